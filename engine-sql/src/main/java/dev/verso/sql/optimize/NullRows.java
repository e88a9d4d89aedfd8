package dev.verso.sql.optimize;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundExpr.ComparisonOp;
import dev.verso.sql.bound.Source;

/** Tells whether a condition rules out that a source stands on the row of NULLs that an outer join puts in place of a missing one. */
final class NullRows {
    private NullRows() {}

    /** True if the condition cannot be true when all columns of the source are NULL. */
    static boolean excludedIfTrue(BoundExpr expr, Source source) {
        if (expr instanceof BoundExpr.And and) {
            return excludedIfTrue(and.left(), source) || excludedIfTrue(and.right(), source);
        } else if (expr instanceof BoundExpr.Or or) {
            return excludedIfTrue(or.left(), source) && excludedIfTrue(or.right(), source);
        } else if (expr instanceof BoundExpr.Between between && !between.negated()) {
            return isNull(between.operand(), source) || isNull(between.low(), source) || isNull(between.high(), source);
        } else if (expr instanceof BoundExpr.InSelect in) {
            return !in.negated() && isNull(in.operand(), source);
        } else if (expr instanceof BoundExpr.InList in) {
            return (!in.negated() || !in.list().isEmpty()) && isNull(in.operand(), source);
        } else if (expr instanceof BoundExpr.IsNull test) {
            return test.negated() && isNull(test.operand(), source);
        } else if (expr instanceof BoundExpr.IsTruth test) {
            return !test.negated() && isNull(test.operand(), source);
        }
        return isNull(expr, source);
    }

    /** True if the value is certainly NULL when all columns of the source are. */
    private static boolean isNull(BoundExpr expr, Source source) {
        if (expr instanceof BoundExpr.ColumnRef column) {
            // A column of a query is not looked into: it may be a constant.
            return column.source() == source && source.generated(Math.max(column.column(), 0)) == null;
        } else if (expr instanceof BoundExpr.Comparison comparison) {
            return comparison.op() != ComparisonOp.IS
                    && comparison.op() != ComparisonOp.IS_NOT
                    && (isNull(comparison.left(), source) || isNull(comparison.right(), source));
        } else if (expr instanceof BoundExpr.Arithmetic arithmetic) {
            return isNull(arithmetic.left(), source) || isNull(arithmetic.right(), source);
        } else if (expr instanceof BoundExpr.And and) {
            return isNull(and.left(), source) && isNull(and.right(), source);
        } else if (expr instanceof BoundExpr.Or or) {
            return isNull(or.left(), source) && isNull(or.right(), source);
        } else if (expr instanceof BoundExpr.Not not) {
            return isNull(not.operand(), source);
        } else if (expr instanceof BoundExpr.Negate negate) {
            return isNull(negate.operand(), source);
        } else if (expr instanceof BoundExpr.BitNot not) {
            return isNull(not.operand(), source);
        } else if (expr instanceof BoundExpr.Plus plus) {
            return isNull(plus.operand(), source);
        } else if (expr instanceof BoundExpr.Collate collate) {
            return isNull(collate.operand(), source);
        } else if (expr instanceof BoundExpr.Cast cast) {
            return isNull(cast.operand(), source);
        } else if (expr instanceof BoundExpr.Between between) {
            return isNull(between.operand(), source);
        }
        return false;
    }
}
