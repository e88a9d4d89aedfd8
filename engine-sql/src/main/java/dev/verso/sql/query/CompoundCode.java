package dev.verso.sql.query;

import dev.verso.parser.ast.Select.CompoundOp;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.KeyOrders;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/**
 * UNION ALL runs one side after the other; UNION, INTERSECT and EXCEPT go through ephemeral indexes, whose order the rows come out in. With
 * ORDER BY the rows go through a stable sorter afterwards, which gives the same order of ties as SQLite's merge.
 */
final class CompoundCode {
    private final CodeContext context;
    private final ProgramBuilder builder;

    CompoundCode(CodeContext context) {
        this.context = context;
        builder = context.builder();
    }

    void compile(BoundSelect select, RowSink sink, RowLimit limit, int end) {
        if (!select.orderBy().isEmpty()) {
            sorted(select, sink, limit);
            return;
        }
        int plan = context.planLog().push("COMPOUND QUERY");
        operands(select, sink, limit, end);
        context.planLog().pop(plan);
    }

    private void operands(BoundSelect select, RowSink sink, RowLimit limit, int end) {
        switch (select.compoundOp()) {
            case UNION_ALL -> unionAll(select, sink, limit, end);
            case UNION, EXCEPT -> throughOneIndex(select, sink, limit, end);
            case INTERSECT -> intersect(select, sink, limit, end);
        }
    }

    private void left(BoundSelect select, RowSink sink, RowLimit limit, int end) {
        BoundSelect left = select.compoundLeft();
        if (left.isCompound() && left.orderBy().isEmpty()) {
            operands(left, sink, limit, end);
            return;
        }
        int plan = context.planLog().push("LEFT-MOST SUBQUERY");
        new QueryCode(context).compile(left, sink, limit, end);
        context.planLog().pop(plan);
    }

    private void right(BoundSelect select, String line, RowSink sink, RowLimit limit, int end) {
        int plan = context.planLog().push(line);
        new QueryCode(context).compile(select.compoundRight(), sink, limit, end);
        context.planLog().pop(plan);
    }

    private void unionAll(BoundSelect select, RowSink sink, RowLimit limit, int end) {
        left(select, sink, limit, end);
        right(select, "UNION ALL", sink, limit, end);
    }

    private void throughOneIndex(BoundSelect select, RowSink sink, RowLimit limit, int end) {
        boolean union = select.compoundOp() == CompoundOp.UNION;
        int cursor = openIndex(select);
        RowSink.IndexSet entries = new RowSink.IndexSet(context, cursor, List.of());
        if (union) {
            fill(select, entries);
        } else {
            int done = builder.newLabel();
            left(select, entries, RowLimit.NONE, done);
            builder.place(done);
            int filled = builder.newLabel();
            right(select, "EXCEPT USING TEMP B-TREE", new RowSink.IndexRemoval(context, cursor), RowLimit.NONE, filled);
            builder.place(filled);
        }
        deliver(cursor, -1, select.columns().size(), sink, limit, end);
    }

    /** Puts both sides of a UNION into one index; a UNION on the left shares it. */
    private void fill(BoundSelect select, RowSink entries) {
        BoundSelect left = select.compoundLeft();
        int done = builder.newLabel();
        if (left.isCompound() && left.compoundOp() == CompoundOp.UNION && sameCollations(left, select)) {
            fill(left, entries);
        } else {
            left(select, entries, RowLimit.NONE, done);
        }
        builder.place(done);
        int filled = builder.newLabel();
        right(select, "UNION USING TEMP B-TREE", entries, RowLimit.NONE, filled);
        builder.place(filled);
    }

    private static boolean sameCollations(BoundSelect left, BoundSelect right) {
        for (int i = 0; i < left.columns().size(); i++) {
            if (!collation(left, i).equals(collation(right, i))) {
                return false;
            }
        }
        return true;
    }

    private void intersect(BoundSelect select, RowSink sink, RowLimit limit, int end) {
        int leftCursor = openIndex(select);
        int leftDone = builder.newLabel();
        left(select, new RowSink.IndexSet(context, leftCursor, List.of()), RowLimit.NONE, leftDone);
        builder.place(leftDone);
        int rightCursor = openIndex(select);
        int rightDone = builder.newLabel();
        right(
                select,
                "INTERSECT USING TEMP B-TREE",
                new RowSink.IndexSet(context, rightCursor, List.of()),
                RowLimit.NONE,
                rightDone);
        builder.place(rightDone);
        deliver(leftCursor, rightCursor, select.columns().size(), sink, limit, end);
    }

    private int openIndex(BoundSelect select) {
        int cursor = builder.newCursor();
        List<String> collations = new ArrayList<>();
        for (int i = 0; i < select.columns().size(); i++) {
            collations.add(collation(select, i));
        }
        builder.add(
                Opcode.OpenEphemeral,
                cursor,
                collations.size(),
                0,
                KeyOrders.ascending(context.session(), collations),
                0);
        return cursor;
    }

    /** The leftmost query that has a collation for the column decides. */
    static String collation(BoundSelect select, int column) {
        String collation = collationOrNull(select, column);
        return collation == null ? Traits.BINARY : collation;
    }

    private static String collationOrNull(BoundSelect select, int column) {
        if (!select.isCompound()) {
            return Traits.collationOrNull(select.columns().get(column).expr());
        }
        String left = collationOrNull(select.compoundLeft(), column);
        return left != null ? left : collationOrNull(select.compoundRight(), column);
    }

    /** Delivers the entries of an index, of those that are in the other one too if there is one. */
    private void deliver(int cursor, int other, int columns, RowSink sink, RowLimit limit, int end) {
        int target = sink.registers(columns);
        int record = other < 0 ? 0 : builder.newRegister();
        int empty = builder.newLabel(); // nothing here; what stands after the compound still runs
        builder.add(Opcode.Rewind, cursor, empty);
        int top = builder.address();
        int next = builder.newLabel();
        if (other >= 0) {
            builder.add(Opcode.RowData, cursor, record);
            builder.add(Opcode.NotFound, other, next, record, 0, 0);
        }
        limit.skip(next);
        for (int i = 0; i < columns; i++) {
            builder.add(Opcode.Column, cursor, i, target + i);
        }
        sink.row(target, columns);
        limit.count(end);
        builder.place(next);
        builder.add(Opcode.Next, cursor, top);
        builder.place(empty);
    }

    // ---- ORDER BY

    private void sorted(BoundSelect select, RowSink sink, RowLimit limit) {
        int columns = select.columns().size();
        int first = builder.newRegisters(columns);
        List<BoundExpr> values = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
            values.add(new BoundExpr.RegisterRef(first + i, Affinity.NONE, collationOrNull(select, i)));
        }
        List<BoundOrder> order = new ArrayList<>();
        for (BoundOrder term : select.orderBy()) {
            BoundExpr value = values.get(term.resultColumn());
            if (term.expr() instanceof BoundExpr.Collate collate) {
                value = new BoundExpr.Collate(value, collate.collation());
            }
            order.add(new BoundOrder(value, term.descending(), term.nullsLast(), term.resultColumn()));
        }
        RowSorter sorter = new RowSorter(context, values, order, limit);
        sorter.open();
        int filled = builder.newLabel();
        int plan = context.planLog().push("MERGE (" + select.compoundOp().name().replace('_', ' ') + ")");
        operands(select, new Sorting(context, sorter, first), RowLimit.NONE, filled);
        context.planLog().pop(plan);
        builder.place(filled);
        sorter.deliver(sink);
    }

    /** Takes the rows of a compound into a sorter. */
    private static final class Sorting extends RowSink {
        private final RowSorter sorter;
        private final int first;

        Sorting(CodeContext context, RowSorter sorter, int first) {
            super(context);
            this.sorter = sorter;
            this.first = first;
        }

        @Override
        int registers(int columns) {
            return first;
        }

        @Override
        void row(int from, int columns) {
            assert from == first : "the row is in other registers than was asked for";
            int next = builder.newLabel();
            sorter.row(next, first);
            builder.place(next);
        }
    }
}
