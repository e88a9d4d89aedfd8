package dev.verso.sql.query;

import dev.verso.parser.ast.Select.CompoundOp;
import dev.verso.record.AsciiCase;
import dev.verso.record.KeyInfo;
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
 * Two coroutines deliver their rows in one order; the program takes the smaller one of the two at hand:
 *
 * <pre>
 *             left &lt; right       equal              right &lt; left     left at end    right at end
 * UNION ALL   left               left               right            right          left
 * UNION       left               (drop left)        right            right          left
 * EXCEPT      left               (drop left)        (drop right)     end            left
 * INTERSECT   (drop left)        left               (drop right)     end            end
 * </pre>
 *
 * All but UNION ALL are sorted by every column and give no row twice in a row.
 */
final class CompoundMerge {
    private final CodeContext context;
    private final ProgramBuilder builder;
    private final BoundSelect select;
    private final CompoundOp op;
    private final RowSink sink;
    private final RowLimit limit;
    private final int end;
    private final int columns;
    private final List<BoundOrder> order = new ArrayList<>();
    private int previous;
    private int hasPrevious;

    CompoundMerge(CodeContext context, BoundSelect select, RowSink sink, RowLimit limit, int end) {
        this.context = context;
        this.select = select;
        this.sink = sink;
        this.limit = limit;
        this.end = end;
        builder = context.builder();
        op = select.compoundOp();
        columns = select.columns().size();
    }

    /** One side. */
    private final class Side {
        private final int returnRegister = builder.newRegister();
        private final int first = builder.newRegisters(columns);
        private final int outputReturn = builder.newRegister();
        private final int outputLabel = builder.newLabel();

        void start(BoundSelect operand, String line) {
            CompoundCode.order(operand, orderOf(operand));
            int plan = context.planLog().push(line);
            SelectCompiler.compileCoroutine(context, operand, returnRegister, first);
            context.planLog().pop(plan);
        }

        void output() {
            builder.add(Opcode.Gosub, outputReturn, outputLabel);
        }

        void next(int atEnd) {
            builder.add(Opcode.Yield, returnRegister, atEnd);
        }
    }

    void compile() {
        orderTerms();
        int plan = context.planLog().push("MERGE (" + op.name().replace('_', ' ') + ")");
        Side left = new Side();
        Side right = new Side();
        left.start(select.compoundLeft(), "LEFT");
        right.start(select.compoundRight(), "RIGHT");
        context.planLog().pop(plan);
        boolean distinct = op != CompoundOp.UNION_ALL;
        if (distinct) {
            previous = builder.newRegisters(columns);
            hasPrevious = builder.newRegister();
            builder.add(Opcode.Integer, 0, hasPrevious);
        }
        int finished = builder.newLabel();
        merge(left, right, finished);
        subroutine(left, distinct);
        if (op == CompoundOp.UNION || op == CompoundOp.UNION_ALL) {
            subroutine(right, distinct);
        }
        builder.place(finished);
    }

    private void merge(Side left, Side right, int finished) {
        boolean union = op == CompoundOp.UNION || op == CompoundOp.UNION_ALL;
        int leftEnded = builder.newLabel();
        int rightEnded = builder.newLabel();
        int leftEmpty = builder.newLabel();
        int compare = builder.newLabel();
        int less = builder.newLabel();
        int equal = builder.newLabel();
        int greater = builder.newLabel();

        left.next(leftEmpty);
        right.next(rightEnded);
        builder.place(compare);
        compareSides(left, right);
        builder.add(Opcode.Jump, less, equal, greater);

        if (op == CompoundOp.INTERSECT) {
            builder.place(equal);
            left.output();
            builder.place(less);
        } else {
            builder.place(less);
            if (op == CompoundOp.UNION_ALL) {
                builder.place(equal);
            }
            left.output();
            if (op != CompoundOp.UNION_ALL) {
                builder.place(equal);
            }
        }
        left.next(leftEnded);
        builder.add(Opcode.Goto, 0, compare);

        builder.place(greater);
        if (union) {
            right.output();
        }
        right.next(rightEnded);
        builder.add(Opcode.Goto, 0, compare);

        if (union) {
            drain(right, leftEnded, leftEmpty, finished);
        } else {
            builder.place(leftEnded);
            builder.place(leftEmpty);
            builder.add(Opcode.Goto, 0, finished);
        }
        if (op == CompoundOp.INTERSECT) {
            builder.place(rightEnded);
            builder.add(Opcode.Goto, 0, finished);
        } else {
            drain(left, rightEnded, builder.newLabel(), finished);
        }
    }

    /** Delivers all that is left of a side. @param atRow enters with a row at hand @param before enters with none yet */
    private void drain(Side side, int atRow, int before, int finished) {
        builder.place(atRow);
        int top = builder.address();
        side.output();
        builder.place(before);
        side.next(finished);
        builder.add(Opcode.Goto, 0, top);
    }

    private void compareSides(Side left, Side right) {
        int[] permutation = new int[order.size()];
        boolean inPlace = true;
        for (int i = 0; i < permutation.length; i++) {
            permutation[i] = order.get(i).resultColumn();
            inPlace &= permutation[i] == i;
        }
        KeyInfo keys = KeyOrders.of(context.session(), order, 0);
        if (!inPlace) {
            builder.add(Opcode.Permutation, 0, 0, 0, permutation, 0);
        }
        builder.add(Opcode.Compare, left.first, right.first, order.size(), keys, inPlace ? 0 : 1);
    }

    private void subroutine(Side side, boolean distinct) {
        int[] outside = context.temporaries().isolate();
        builder.place(side.outputLabel);
        int back = builder.newLabel();
        if (distinct) {
            int fresh = builder.newLabel();
            builder.add(Opcode.IfNot, hasPrevious, fresh, 1);
            builder.add(Opcode.Compare, side.first, previous, columns, columnKeys(), 0);
            builder.add(Opcode.Jump, fresh, back, fresh);
            builder.place(fresh);
            builder.add(Opcode.Copy, side.first, previous, columns - 1);
            builder.add(Opcode.Integer, 1, hasPrevious);
        }
        limit.skip(back);
        sink.row(sink.from(side.first, columns), columns);
        limit.count(end);
        builder.place(back);
        builder.add(Opcode.Return, side.outputReturn);
        context.temporaries().endIsolation(outside);
    }

    private KeyInfo columnKeys() {
        List<String> collations = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            collations.add(CompoundCode.collation(select, i));
        }
        return KeyOrders.ascending(context.session(), collations);
    }

    /** ORDER BY; but for UNION ALL followed by every column that is not in it. */
    private void orderTerms() {
        boolean[] covered = new boolean[columns];
        for (BoundOrder term : select.orderBy()) {
            String collation = term.expr() instanceof BoundExpr.Collate collate
                    ? collate.collation()
                    : CompoundCode.collation(select, term.resultColumn());
            order.add(term(term.resultColumn(), collation, term.descending(), term.nullsLast()));
            covered[term.resultColumn()] = true;
        }
        if (op == CompoundOp.UNION_ALL) {
            return;
        }
        for (int i = 0; i < columns; i++) {
            if (!covered[i]) {
                order.add(term(i, CompoundCode.collation(select, i), false, false));
            }
        }
    }

    private static BoundOrder term(int column, String collation, boolean descending, boolean nullsLast) {
        BoundExpr key = new BoundExpr.RegisterRef(0, Affinity.NONE, collation);
        return new BoundOrder(key, descending, nullsLast, column);
    }

    /** The order in terms of one side's own columns. */
    private List<BoundOrder> orderOf(BoundSelect operand) {
        List<BoundOrder> terms = new ArrayList<>();
        for (BoundOrder term : order) {
            BoundExpr column = operand.columns().get(term.resultColumn()).expr();
            String collation = Traits.collation(term.expr());
            BoundExpr key = AsciiCase.same(CompoundCode.collation(operand, term.resultColumn()), collation)
                    ? column
                    : new BoundExpr.Collate(column, collation);
            terms.add(new BoundOrder(key, term.descending(), term.nullsLast(), term.resultColumn()));
        }
        return terms;
    }
}
