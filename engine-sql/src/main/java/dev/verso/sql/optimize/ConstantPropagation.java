package dev.verso.sql.optimize;

import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundExpr.ComparisonOp;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.ExprRewriter;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code WHERE x = 5 AND x < y} is {@code WHERE x = 5 AND 5 < y}: a column that one term of WHERE holds equal to a constant is that constant
 * in the other terms. A term without any column left is tested once, before the loops, and one with a column less is tested earlier.
 *
 * <p>Equal values need not be alike: of a column without affinity (1 and 1.0), only operands of comparisons are replaced.
 */
final class ConstantPropagation {
    /** A term {@code column = value} or {@code column IN (value)}. */
    private record Fixed(BoundExpr term, BoundExpr.ColumnRef column, BoundExpr value) {}

    private final List<Fixed> found = new ArrayList<>();
    /** One of the columns has no affinity. */
    private boolean unequalAlikes;

    private ConstantPropagation() {}

    static void apply(BoundSelect select) {
        if (select.where() instanceof BoundExpr.And && !OuterJoinReduction.hasRightJoin(select)) {
            new ConstantPropagation().rewrite(select);
        }
    }

    private void rewrite(BoundSelect select) {
        List<BoundExpr> terms = Trees.conjuncts(select.where());
        for (BoundExpr term : terms) {
            if (term instanceof BoundExpr.Comparison comparison && comparison.op() == ComparisonOp.EQUAL) {
                String collation = Traits.comparisonCollation(comparison.left(), comparison.right());
                note(term, comparison.right(), comparison.left(), collation);
                note(term, comparison.left(), comparison.right(), collation);
            } else if (term instanceof BoundExpr.InList in
                    && !in.negated()
                    && in.list().size() == 1) {
                note(term, in.operand(), in.list().get(0), Traits.collation(in.operand()));
            }
        }
        if (found.isEmpty()) {
            return;
        }
        ExprRewriter rewriter = new ExprRewriter(this::replacement, false);
        BoundExpr where = null;
        boolean changed = false;
        for (BoundExpr term : terms) {
            BoundExpr rewritten = isDefinition(term) ? term : rewriter.rewrite(term);
            changed |= rewritten != term;
            where = Trees.and(where, rewritten);
        }
        if (changed) {
            select.where(where);
        }
    }

    private void note(BoundExpr term, BoundExpr left, BoundExpr right, String collation) {
        if (left instanceof BoundExpr.ColumnRef column
                && Traits.isConstant(right)
                && Traits.affinity(right) == Affinity.NONE
                && AsciiCase.same(collation, Traits.BINARY)
                && find(column) == null) {
            found.add(new Fixed(term, column, right));
            unequalAlikes |= hasNoAffinity(column);
        }
    }

    private Fixed find(BoundExpr.ColumnRef column) {
        for (Fixed fixed : found) {
            if (fixed.column.equals(column)) {
                return fixed;
            }
        }
        return null;
    }

    private boolean isDefinition(BoundExpr term) {
        for (Fixed fixed : found) {
            if (fixed.term == term) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasNoAffinity(BoundExpr.ColumnRef column) {
        Affinity affinity = Traits.affinity(column);
        return affinity == Affinity.NONE || affinity == Affinity.BLOB;
    }

    private BoundExpr replacement(BoundExpr expr) {
        if (expr instanceof BoundExpr.ColumnRef column) {
            return unequalAlikes && hasNoAffinity(column) ? null : fixed(column);
        }
        if (unequalAlikes && expr instanceof BoundExpr.Comparison comparison) {
            return inComparison(comparison);
        }
        return null;
    }

    private BoundExpr inComparison(BoundExpr.Comparison comparison) {
        if (comparison.op() == ComparisonOp.IS_NOT) {
            return null;
        }
        BoundExpr left = comparison.left() instanceof BoundExpr.ColumnRef column ? fixed(column) : null;
        BoundExpr right = comparison.right() instanceof BoundExpr.ColumnRef column
                        && Traits.affinity(comparison.left()) != Affinity.TEXT
                ? fixed(column)
                : null;
        if (left == null && right == null) {
            return null;
        }
        ExprRewriter others = new ExprRewriter(this::replacement, false);
        return new BoundExpr.Comparison(
                comparison.op(),
                left == null ? others.rewrite(comparison.left()) : left,
                right == null ? others.rewrite(comparison.right()) : right);
    }

    private BoundExpr fixed(BoundExpr.ColumnRef column) {
        Fixed fixed = find(column);
        return fixed == null
                ? null
                : new BoundExpr.FixedColumn(
                        column, fixed.value, Traits.affinity(column), Traits.collationOrNull(column));
    }
}
