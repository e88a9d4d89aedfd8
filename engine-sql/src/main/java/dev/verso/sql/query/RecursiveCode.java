package dev.verso.sql.query;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.optimize.Optimizer;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/**
 * Recursive common table expressions (sqlite.org/lang_with.html): rows wait in a queue, first in first out or by ORDER BY; each one taken out is
 * delivered, then makes the recursive queries add further ones.
 */
final class RecursiveCode {
    private final CodeContext context;
    private final ProgramBuilder builder;

    RecursiveCode(CodeContext context) {
        this.context = context;
        builder = context.builder();
    }

    void compile(BoundSelect select, RowSink sink, RowLimit limit, int end) {
        BoundSelect.Recursion recursion = select.recursion();
        int columns = select.columns().size();
        Queue queue = new Queue(select, columns);
        queue.open();
        int plan = context.planLog().push("SETUP");
        int setUp = builder.newLabel();
        Optimizer.optimizePart(recursion.setup());
        new QueryCode(context).compile(recursion.setup(), queue, RowLimit.NONE, setUp);
        builder.place(setUp);
        context.planLog().pop(plan);

        int top = builder.address();
        int current = builder.newRegisters(columns);
        builder.add(Opcode.Rewind, queue.cursor, end);
        for (int i = 0; i < columns; i++) {
            builder.add(Opcode.Column, queue.cursor, queue.firstColumn + i, current + i);
        }
        builder.add(Opcode.Delete, queue.cursor);

        int skipped = builder.newLabel();
        limit.skip(skipped);
        sink.row(sink.from(current, columns), columns);
        limit.count(end);
        builder.place(skipped);

        for (int i = 0; i < recursion.terms().size(); i++) {
            plan = context.planLog().push("RECURSIVE STEP");
            provide(recursion.selves().get(i), current);
            int done = builder.newLabel();
            Optimizer.optimizePart(recursion.terms().get(i));
            new QueryCode(context).compile(recursion.terms().get(i), queue, RowLimit.NONE, done);
            builder.place(done);
            context.planLog().pop(plan);
        }
        builder.add(Opcode.Goto, 0, top);
    }

    /** The table's one row in the recursive query is a coroutine that yields the current row once. */
    private void provide(Source self, int current) {
        int returnRegister = builder.newRegister();
        int skip = builder.add(Opcode.Goto);
        int entry = builder.address();
        builder.add(Opcode.Yield, returnRegister);
        builder.add(Opcode.EndCoroutine, returnRegister);
        builder.jumpHere(skip);
        self.access(Source.Access.REGISTERS);
        self.firstRegister(current);
        self.coroutine(returnRegister, entry);
        self.provided(true);
    }

    /** Takes new rows: leaves out those seen before if the recursion is a UNION, and puts the others in the queue. */
    private final class Queue extends RowSink {
        private final int cursor;
        private final int row;
        private final List<BoundOrder> order;
        private final boolean distinct;
        private final int columns;
        private final int firstColumn;
        private final int distinctCursor;
        private final BoundSelect select;

        Queue(BoundSelect select, int columns) {
            super(RecursiveCode.this.context);
            this.select = select;
            this.columns = columns;
            row = builder.newRegisters(columns);
            order = KeyOrders.forIndex(orderOfRow());
            distinct = select.recursion().distinct();
            cursor = builder.newCursor();
            distinctCursor = distinct ? builder.newCursor() : -1;
            firstColumn = order.isEmpty() ? 0 : order.size() + 1;
        }

        /** The terms of ORDER BY, reading the row's registers. */
        private List<BoundOrder> orderOfRow() {
            List<BoundOrder> terms = new ArrayList<>();
            for (BoundOrder term : select.orderBy()) {
                BoundExpr value = new BoundExpr.RegisterRef(
                        row + term.resultColumn(), Affinity.NONE, Traits.collationOrNull(term.expr()));
                terms.add(new BoundOrder(value, term.descending(), term.nullsLast(), term.resultColumn()));
            }
            return terms;
        }

        @Override
        int registers(int count) {
            return row;
        }

        @Override
        int from(int first, int count) {
            builder.add(Opcode.Copy, first, row, count - 1);
            return row;
        }

        void open() {
            if (order.isEmpty()) {
                builder.add(Opcode.OpenEphemeral, cursor, columns);
            } else {
                builder.add(
                        Opcode.OpenEphemeral,
                        cursor,
                        firstColumn + columns,
                        0,
                        KeyOrders.of(context.session(), order, 1),
                        0);
            }
            if (distinct) {
                List<String> collations = new ArrayList<>();
                for (int i = 0; i < columns; i++) {
                    collations.add(collation(i));
                }
                builder.add(
                        Opcode.OpenEphemeral,
                        distinctCursor,
                        columns,
                        0,
                        KeyOrders.ascending(context.session(), collations),
                        0);
            }
        }

        /** As in every compound the leftmost query that has a collation decides. */
        private String collation(int column) {
            String collation = select.recursion().setup().collationOrNull(column);
            for (BoundSelect term : select.recursion().terms()) {
                collation = collation == null ? term.collationOrNull(column) : collation;
            }
            return collation == null ? Traits.BINARY : collation;
        }

        @Override
        void row(int first, int count) {
            int next = builder.newLabel();
            int record = context.temporaries().take();
            if (distinct) {
                builder.add(Opcode.Found, distinctCursor, next, first, columns, 0);
                builder.add(Opcode.MakeRecord, first, columns, record);
                builder.add(Opcode.IdxInsert, distinctCursor, record, first, columns, 0);
            }
            if (order.isEmpty()) {
                int rowid = context.temporaries().take();
                builder.add(Opcode.MakeRecord, first, columns, record);
                builder.add(Opcode.NewRowid, cursor, rowid);
                builder.add(Opcode.Insert, cursor, record, rowid, null, Flags.APPEND);
                context.temporaries().release(rowid);
            } else {
                ordered(first, record);
            }
            context.temporaries().release(record);
            builder.place(next);
        }

        private void ordered(int first, int record) {
            assert first == row : "the row is in other registers than was asked for";
            int entry = builder.newRegisters(firstColumn + columns);
            for (int i = 0; i < order.size(); i++) {
                BoundExpr value = new BoundExpr.RegisterRef(first + order.get(i).resultColumn(), Affinity.NONE, null);
                context.expressions().compile(value, entry + i);
            }
            builder.add(Opcode.Sequence, cursor, entry + order.size());
            builder.add(Opcode.Copy, first, entry + firstColumn, columns - 1);
            builder.add(Opcode.MakeRecord, entry, firstColumn + columns, record);
            builder.add(Opcode.IdxInsert, cursor, record, entry, firstColumn + columns, 0);
        }
    }
}
