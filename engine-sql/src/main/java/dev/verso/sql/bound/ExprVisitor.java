package dev.verso.sql.bound;

/** Does something for every kind of expression; a new kind does not compile until each visitor has decided about it. */
public interface ExprVisitor<R> {
    R visit(BoundExpr.Literal expr);

    R visit(BoundExpr.Parameter expr);

    R visit(BoundExpr.ColumnRef expr);

    R visit(BoundExpr.FixedColumn expr);

    R visit(BoundExpr.RegisterRef expr);

    R visit(BoundExpr.CursorColumn expr);

    R visit(BoundExpr.TriggerColumn expr);

    R visit(BoundExpr.Negate expr);

    R visit(BoundExpr.Plus expr);

    R visit(BoundExpr.BitNot expr);

    R visit(BoundExpr.Not expr);

    R visit(BoundExpr.Arithmetic expr);

    R visit(BoundExpr.Comparison expr);

    R visit(BoundExpr.And expr);

    R visit(BoundExpr.Or expr);

    R visit(BoundExpr.IsNull expr);

    R visit(BoundExpr.IsTruth expr);

    R visit(BoundExpr.Between expr);

    R visit(BoundExpr.InList expr);

    R visit(BoundExpr.InSelect expr);

    R visit(BoundExpr.Exists expr);

    R visit(BoundExpr.Subquery expr);

    R visit(BoundExpr.Vector expr);

    R visit(BoundExpr.Case expr);

    R visit(BoundExpr.Cast expr);

    R visit(BoundExpr.Collate expr);

    R visit(BoundExpr.Call expr);

    R visit(BoundExpr.Aggregate expr);

    R visit(BoundExpr.WindowCall expr);

    R visit(BoundExpr.Raise expr);
}
