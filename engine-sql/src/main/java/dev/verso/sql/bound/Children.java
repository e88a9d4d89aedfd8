package dev.verso.sql.bound;

import java.util.ArrayList;
import java.util.List;

/** The direct parts of an expression, left to right. A query inside one is not a part; see {@link Trees#subselect}. */
final class Children implements ExprVisitor<List<BoundExpr>> {
    static final Children OF = new Children();

    private Children() {}

    @Override
    public List<BoundExpr> visit(BoundExpr.Literal expr) {
        return List.of();
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.Parameter expr) {
        return List.of();
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.ColumnRef expr) {
        return List.of();
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.FixedColumn expr) {
        return List.of(expr.value());
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.RegisterRef expr) {
        return List.of();
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.CursorColumn expr) {
        return List.of();
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.TriggerColumn expr) {
        return List.of();
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.Negate expr) {
        return List.of(expr.operand());
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.Plus expr) {
        return List.of(expr.operand());
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.BitNot expr) {
        return List.of(expr.operand());
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.Not expr) {
        return List.of(expr.operand());
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.Arithmetic expr) {
        return List.of(expr.left(), expr.right());
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.Comparison expr) {
        return List.of(expr.left(), expr.right());
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.And expr) {
        return List.of(expr.left(), expr.right());
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.Or expr) {
        return List.of(expr.left(), expr.right());
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.IsNull expr) {
        return List.of(expr.operand());
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.IsTruth expr) {
        return List.of(expr.operand());
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.Between expr) {
        return List.of(expr.operand(), expr.low(), expr.high());
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.InList expr) {
        List<BoundExpr> parts = new ArrayList<>(expr.list().size() + 1);
        parts.add(expr.operand());
        parts.addAll(expr.list());
        return parts;
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.InSelect expr) {
        return List.of(expr.operand());
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.Exists expr) {
        return List.of();
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.Subquery expr) {
        return List.of();
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.Vector expr) {
        return expr.elements();
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.Case expr) {
        List<BoundExpr> parts = new ArrayList<>();
        if (expr.base() != null) {
            parts.add(expr.base());
        }
        for (BoundExpr.When when : expr.whens()) {
            parts.add(when.condition());
            parts.add(when.result());
        }
        if (expr.otherwise() != null) {
            parts.add(expr.otherwise());
        }
        return parts;
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.Cast expr) {
        return List.of(expr.operand());
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.Collate expr) {
        return List.of(expr.operand());
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.Call expr) {
        return expr.arguments();
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.Aggregate expr) {
        List<BoundExpr> parts = new ArrayList<>(expr.arguments());
        for (BoundOrder order : expr.orderBy()) {
            parts.add(order.expr());
        }
        if (expr.filter() != null) {
            parts.add(expr.filter());
        }
        return parts;
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.WindowCall expr) {
        BoundWindow window = expr.window();
        List<BoundExpr> parts = new ArrayList<>(expr.arguments());
        parts.addAll(window.partitionBy());
        for (BoundOrder term : window.orderBy()) {
            parts.add(term.expr());
        }
        addIfPresent(parts, expr.filter());
        addIfPresent(parts, window.startOffset());
        addIfPresent(parts, window.endOffset());
        return parts;
    }

    private static void addIfPresent(List<BoundExpr> parts, BoundExpr part) {
        if (part != null) {
            parts.add(part);
        }
    }

    @Override
    public List<BoundExpr> visit(BoundExpr.Raise expr) {
        return expr.message() == null ? List.of() : List.of(expr.message());
    }
}
