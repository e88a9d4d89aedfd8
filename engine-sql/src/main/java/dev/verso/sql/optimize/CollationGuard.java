package dev.verso.sql.optimize;

import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.ExprRewriter;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;

/**
 * A column of a subquery compares by BINARY if nothing else is said; an expression that takes its place has no collation, so that the other side
 * of a comparison would decide. Writes BINARY into those comparisons where that makes a difference.
 */
final class CollationGuard {
    private final Source source;
    private final ExprRewriter rewriter = new ExprRewriter(this::guarded, true);

    private CollationGuard(Source source) {
        this.source = source;
    }

    /** True if the expression has no collation of its own while a column with its value has. */
    static boolean hasNone(BoundExpr expr) {
        return expr instanceof BoundExpr.ColumnRef
                ? Traits.collationOrNull(expr) == null
                : !(expr instanceof BoundExpr.Collate) && !Traits.hasExplicitCollation(expr);
    }

    /** What takes the place of a column that is {@code expr}: where COLLATE stands in it, the collation is that of a column, not one that was asked for. */
    static BoundExpr asColumn(BoundExpr expr) {
        if (!Traits.hasExplicitCollation(expr)) {
            return expr;
        }
        BoundExpr operand = expr instanceof BoundExpr.Collate collate ? collate.operand() : expr;
        return new BoundExpr.Collate(operand, Traits.collation(expr), true);
    }

    /** False if the query compares in ways that are not looked into. */
    static boolean isPossible(BoundSelect select) {
        return !Trees.anyIn(
                select,
                expr -> expr instanceof BoundExpr.Vector
                        || expr instanceof BoundExpr.InSelect
                        || expr instanceof BoundExpr.Case value && value.base() != null);
    }

    static void apply(BoundSelect select, Source source) {
        boolean expressions = false;
        for (var column : source.select().columns()) {
            expressions |= hasNone(column.expr());
        }
        if (expressions) {
            new CollationGuard(source).rewriter.rewriteSelect(select);
        }
    }

    private BoundExpr guarded(BoundExpr expr) {
        if (expr instanceof BoundExpr.Comparison comparison
                && isColumn(comparison.left(), source)
                && decides(comparison.right())) {
            return new BoundExpr.Comparison(
                    comparison.op(), binary(comparison.left()), rewriter.rewrite(comparison.right()));
        }
        if (expr instanceof BoundExpr.Between between
                && isColumn(between.operand(), source)
                && (decides(between.low()) || decides(between.high()))) {
            return new BoundExpr.Between(
                    binary(between.operand()),
                    rewriter.rewrite(between.low()),
                    rewriter.rewrite(between.high()),
                    between.negated());
        }
        return null;
    }

    /** True if the operand's collation is that of a column of the source. */
    private static boolean isColumn(BoundExpr operand, Source source) {
        if (operand instanceof BoundExpr.Plus plus) {
            return isColumn(plus.operand(), source);
        }
        if (operand instanceof BoundExpr.Cast cast) {
            return isColumn(cast.operand(), source);
        }
        return operand instanceof BoundExpr.ColumnRef column
                && column.source() == source
                && hasNone(source.select().columns().get(column.column()).expr());
    }

    /** True if the operand has a collation, not by COLLATE, that would count against one that has none. */
    private static boolean decides(BoundExpr operand) {
        String collation = Traits.collationOrNull(operand);
        return collation != null && !AsciiCase.same(collation, Traits.BINARY) && !Traits.hasExplicitCollation(operand);
    }

    private static BoundExpr binary(BoundExpr operand) {
        return new BoundExpr.Collate(operand, Traits.BINARY);
    }
}
