package dev.verso.sql.query;

import dev.verso.parser.ast.Select.CompoundOp;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.code.CodeContext;
import dev.verso.vm.ProgramBuilder;
import java.util.List;

/** UNION ALL without ORDER BY runs one side after the other; every other compound is a merge of sorted sides, see {@link CompoundMerge}. */
final class CompoundCode {
    private final CodeContext context;
    private final ProgramBuilder builder;

    CompoundCode(CodeContext context) {
        this.context = context;
        builder = context.builder();
    }

    void compile(BoundSelect select, RowSink sink, RowLimit limit, int end) {
        if (isMerged(select)) {
            MergeBalance.apply(select);
            new CompoundMerge(context, select, sink, limit, end).compile();
            return;
        }
        if (isMerged(leftmost(select))) {
            sequence(select, sink, limit, end);
            return;
        }
        int plan = context.planLog().push("COMPOUND QUERY");
        sequence(select, sink, limit, end);
        context.planLog().pop(plan);
    }

    /** The first operand that does not run one side after the other. */
    private static BoundSelect leftmost(BoundSelect select) {
        BoundSelect left = select.compoundLeft();
        return isSequence(left) ? leftmost(left) : left;
    }

    /** True if the left side is part of the same chain. */
    private static boolean isSequence(BoundSelect left) {
        return left.isCompound() && !isMerged(left) && !left.isSpread();
    }

    private static boolean isMerged(BoundSelect select) {
        return select.isCompound()
                && (select.compoundOp() != CompoundOp.UNION_ALL
                        || !select.orderBy().isEmpty());
    }

    private void sequence(BoundSelect select, RowSink sink, RowLimit limit, int end) {
        BoundSelect left = select.compoundLeft();
        if (isSequence(left)) {
            sequence(left, sink, limit, end);
        } else if (left.isSpread() && !isMerged(left)) {
            // In SQLite's plan, what follows hangs below these two.
            context.planLog().push("LEFT-MOST SUBQUERY");
            context.planLog().push("COMPOUND QUERY");
            sequence(left, sink, limit, end);
        } else if (isMerged(left)) {
            new QueryCode(context).compile(left, sink, limit, end);
        } else {
            operand(left, "LEFT-MOST SUBQUERY", sink, limit, end);
        }
        operand(select.compoundRight(), "UNION ALL", sink, limit, end);
        select.estimatedRows(left.estimatedRows() + select.compoundRight().estimatedRows());
    }

    private void operand(BoundSelect operand, String line, RowSink sink, RowLimit limit, int end) {
        int plan = context.planLog().push(line);
        new QueryCode(context).compile(operand, sink, limit, end);
        context.planLog().pop(plan);
    }

    /** The collation by which the column's values count as equal: the leftmost query that has one decides. */
    static String collation(BoundSelect select, int column) {
        String collation = select.collationOrNull(column);
        return collation == null ? dev.verso.sql.bound.Traits.BINARY : collation;
    }

    /** ORDER BY of an operand is what the compound needs; setting it twice changes nothing. */
    static void order(BoundSelect operand, List<BoundOrder> terms) {
        operand.orderBy().clear();
        operand.orderBy().addAll(terms);
    }
}
