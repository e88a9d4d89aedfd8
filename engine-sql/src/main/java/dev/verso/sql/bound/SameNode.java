package dev.verso.sql.bound;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Whether two expressions of one class are alike apart from their parts: the same operator, the same number of parts of each kind. */
final class SameNode implements ExprVisitor<Boolean> {
    private final BoundExpr other;

    private SameNode(BoundExpr other) {
        this.other = other;
    }

    /** @param right of the class that {@code left} has */
    static boolean test(BoundExpr left, BoundExpr right) {
        return left.accept(new SameNode(right));
    }

    @Override
    public Boolean visit(BoundExpr.Literal expr) {
        Object value = ((BoundExpr.Literal) other).value();
        return expr.value() instanceof byte[] x && value instanceof byte[] y
                ? Arrays.equals(x, y)
                : Objects.equals(expr.value(), value);
    }

    @Override
    public Boolean visit(BoundExpr.Parameter expr) {
        return expr.number() == ((BoundExpr.Parameter) other).number();
    }

    @Override
    public Boolean visit(BoundExpr.ColumnRef expr) {
        BoundExpr.ColumnRef column = (BoundExpr.ColumnRef) other;
        return expr.source() == column.source() && expr.column() == column.column();
    }

    @Override
    public Boolean visit(BoundExpr.FixedColumn expr) {
        BoundExpr.FixedColumn column = (BoundExpr.FixedColumn) other;
        return expr.affinity() == column.affinity() && Objects.equals(expr.collation(), column.collation());
    }

    @Override
    public Boolean visit(BoundExpr.RegisterRef expr) {
        BoundExpr.RegisterRef register = (BoundExpr.RegisterRef) other;
        return expr.register() == register.register()
                && expr.affinity() == register.affinity()
                && Objects.equals(expr.collation(), register.collation());
    }

    @Override
    public Boolean visit(BoundExpr.CursorColumn expr) {
        BoundExpr.CursorColumn column = (BoundExpr.CursorColumn) other;
        return expr.cursor() == column.cursor()
                && expr.column() == column.column()
                && expr.affinity() == column.affinity()
                && Objects.equals(expr.collation(), column.collation());
    }

    @Override
    public Boolean visit(BoundExpr.TriggerColumn expr) {
        BoundExpr.TriggerColumn column = (BoundExpr.TriggerColumn) other;
        return expr.isNew() == column.isNew() && expr.table() == column.table() && expr.column() == column.column();
    }

    @Override
    public Boolean visit(BoundExpr.Negate expr) {
        return true;
    }

    @Override
    public Boolean visit(BoundExpr.Plus expr) {
        return true;
    }

    @Override
    public Boolean visit(BoundExpr.BitNot expr) {
        return true;
    }

    @Override
    public Boolean visit(BoundExpr.Not expr) {
        return true;
    }

    @Override
    public Boolean visit(BoundExpr.Arithmetic expr) {
        return expr.op() == ((BoundExpr.Arithmetic) other).op();
    }

    @Override
    public Boolean visit(BoundExpr.Comparison expr) {
        return expr.op() == ((BoundExpr.Comparison) other).op();
    }

    @Override
    public Boolean visit(BoundExpr.And expr) {
        return true;
    }

    @Override
    public Boolean visit(BoundExpr.Or expr) {
        return true;
    }

    @Override
    public Boolean visit(BoundExpr.IsNull expr) {
        return expr.negated() == ((BoundExpr.IsNull) other).negated();
    }

    @Override
    public Boolean visit(BoundExpr.IsTruth expr) {
        BoundExpr.IsTruth test = (BoundExpr.IsTruth) other;
        return expr.truth() == test.truth() && expr.negated() == test.negated();
    }

    @Override
    public Boolean visit(BoundExpr.Between expr) {
        return expr.negated() == ((BoundExpr.Between) other).negated();
    }

    @Override
    public Boolean visit(BoundExpr.InList expr) {
        return expr.negated() == ((BoundExpr.InList) other).negated();
    }

    @Override
    public Boolean visit(BoundExpr.InSelect expr) {
        BoundExpr.InSelect in = (BoundExpr.InSelect) other;
        return expr.select() == in.select() && expr.negated() == in.negated();
    }

    @Override
    public Boolean visit(BoundExpr.Exists expr) {
        return expr.select() == ((BoundExpr.Exists) other).select();
    }

    @Override
    public Boolean visit(BoundExpr.Subquery expr) {
        return expr.select() == ((BoundExpr.Subquery) other).select();
    }

    @Override
    public Boolean visit(BoundExpr.Vector expr) {
        return true;
    }

    @Override
    public Boolean visit(BoundExpr.Case expr) {
        BoundExpr.Case choice = (BoundExpr.Case) other;
        return (expr.base() == null) == (choice.base() == null)
                && expr.whens().size() == choice.whens().size()
                && (expr.otherwise() == null) == (choice.otherwise() == null);
    }

    @Override
    public Boolean visit(BoundExpr.Cast expr) {
        return expr.affinity() == ((BoundExpr.Cast) other).affinity();
    }

    @Override
    public Boolean visit(BoundExpr.Collate expr) {
        return expr.collation().equals(((BoundExpr.Collate) other).collation());
    }

    @Override
    public Boolean visit(BoundExpr.Call expr) {
        return expr.function().name().equals(((BoundExpr.Call) other).function().name());
    }

    @Override
    public Boolean visit(BoundExpr.Aggregate expr) {
        BoundExpr.Aggregate aggregate = (BoundExpr.Aggregate) other;
        return expr.function() == aggregate.function()
                && expr.owner() == aggregate.owner()
                && expr.distinct() == aggregate.distinct()
                && expr.arguments().size() == aggregate.arguments().size()
                && (expr.filter() == null) == (aggregate.filter() == null)
                && sameDirections(expr.orderBy(), aggregate.orderBy());
    }

    @Override
    public Boolean visit(BoundExpr.WindowCall expr) {
        BoundExpr.WindowCall call = (BoundExpr.WindowCall) other;
        return expr.function() == call.function()
                && expr.owner() == call.owner()
                && expr.arguments().size() == call.arguments().size()
                && (expr.filter() == null) == (call.filter() == null)
                && expr.window().isSame(call.window());
    }

    @Override
    public Boolean visit(BoundExpr.Raise expr) {
        BoundExpr.Raise raise = (BoundExpr.Raise) other;
        return expr.action() == raise.action() && (expr.message() == null) == (raise.message() == null);
    }

    private static boolean sameDirections(List<BoundOrder> left, List<BoundOrder> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (left.get(i).descending() != right.get(i).descending()
                    || left.get(i).nullsLast() != right.get(i).nullsLast()) {
                return false;
            }
        }
        return true;
    }
}
