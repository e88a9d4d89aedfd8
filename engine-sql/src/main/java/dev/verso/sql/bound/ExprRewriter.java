package dev.verso.sql.bound;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Makes new trees in which some expressions are replaced. The replacement function is asked from the root down: what it answers instead of
 * null stands in the result and is not looked into. Queries inside expressions are rewritten in place when {@code intoSelects} is given.
 */
public final class ExprRewriter implements ExprVisitor<BoundExpr> {
    private final UnaryOperator<BoundExpr> replacement;
    private final boolean intoSelects;

    public ExprRewriter(UnaryOperator<BoundExpr> replacement, boolean intoSelects) {
        this.replacement = replacement;
        this.intoSelects = intoSelects;
    }

    /** The rewritten tree: the same object if nothing in it changed. Null stays null. */
    public BoundExpr rewrite(BoundExpr expr) {
        if (expr == null) {
            return null;
        }
        BoundExpr replaced = replacement.apply(expr);
        return replaced != null ? replaced : expr.accept(this);
    }

    public List<BoundExpr> rewriteAll(List<BoundExpr> exprs) {
        List<BoundExpr> result = new ArrayList<>(exprs.size());
        boolean changed = false;
        for (BoundExpr expr : exprs) {
            BoundExpr rewritten = rewrite(expr);
            changed |= rewritten != expr;
            result.add(rewritten);
        }
        return changed ? result : exprs;
    }

    public List<BoundOrder> rewriteOrder(List<BoundOrder> order) {
        List<BoundOrder> result = new ArrayList<>(order.size());
        for (BoundOrder term : order) {
            result.add(new BoundOrder(rewrite(term.expr()), term.descending(), term.nullsLast(), term.resultColumn()));
        }
        return result;
    }

    /** Rewrites all expressions of a query, and of the queries inside it, in place. */
    public void rewriteSelect(BoundSelect select) {
        if (select.isCompound()) {
            rewriteSelect(select.compoundLeft());
            rewriteSelect(select.compoundRight());
        }
        select.columns().replaceAll(column -> new BoundColumn(rewrite(column.expr()), column.name(), column.alias()));
        for (Source source : select.sources()) {
            if (source.isQuery()) {
                rewriteSelect(source.select());
            }
            source.on(rewrite(source.on()));
        }
        select.where(rewrite(select.where()));
        select.groupBy().replaceAll(this::rewrite);
        select.having(rewrite(select.having()));
        List<BoundOrder> order = rewriteOrder(select.orderBy());
        select.orderBy().clear();
        select.orderBy().addAll(order);
        select.valuesRows().replaceAll(this::rewriteAll);
        select.limit(rewrite(select.limit()), rewrite(select.offset()));
        // Aggregates are found by identity; those whose arguments change take their new form everywhere.
        select.aggregates().replaceAll(aggregate -> (BoundExpr.Aggregate) rewrite(aggregate));
        select.windowCalls().replaceAll(call -> (BoundExpr.WindowCall) rewrite(call));
    }

    private BoundSelect inner(BoundSelect select) {
        if (intoSelects) {
            rewriteSelect(select);
        }
        return select;
    }

    @Override
    public BoundExpr visit(BoundExpr.Literal expr) {
        return expr;
    }

    @Override
    public BoundExpr visit(BoundExpr.Parameter expr) {
        return expr;
    }

    @Override
    public BoundExpr visit(BoundExpr.ColumnRef expr) {
        return expr;
    }

    @Override
    public BoundExpr visit(BoundExpr.FixedColumn expr) {
        BoundExpr value = rewrite(expr.value());
        return value == expr.value()
                ? expr
                : new BoundExpr.FixedColumn(expr.column(), value, expr.affinity(), expr.collation());
    }

    @Override
    public BoundExpr visit(BoundExpr.RegisterRef expr) {
        return expr;
    }

    @Override
    public BoundExpr visit(BoundExpr.CursorColumn expr) {
        return expr;
    }

    @Override
    public BoundExpr visit(BoundExpr.TriggerColumn expr) {
        return expr;
    }

    @Override
    public BoundExpr visit(BoundExpr.Negate expr) {
        BoundExpr operand = rewrite(expr.operand());
        return operand == expr.operand() ? expr : new BoundExpr.Negate(operand);
    }

    @Override
    public BoundExpr visit(BoundExpr.Plus expr) {
        BoundExpr operand = rewrite(expr.operand());
        return operand == expr.operand() ? expr : new BoundExpr.Plus(operand);
    }

    @Override
    public BoundExpr visit(BoundExpr.BitNot expr) {
        BoundExpr operand = rewrite(expr.operand());
        return operand == expr.operand() ? expr : new BoundExpr.BitNot(operand);
    }

    @Override
    public BoundExpr visit(BoundExpr.Not expr) {
        BoundExpr operand = rewrite(expr.operand());
        return operand == expr.operand() ? expr : new BoundExpr.Not(operand);
    }

    @Override
    public BoundExpr visit(BoundExpr.Arithmetic expr) {
        BoundExpr left = rewrite(expr.left());
        BoundExpr right = rewrite(expr.right());
        return left == expr.left() && right == expr.right() ? expr : new BoundExpr.Arithmetic(expr.op(), left, right);
    }

    @Override
    public BoundExpr visit(BoundExpr.Comparison expr) {
        BoundExpr left = rewrite(expr.left());
        BoundExpr right = rewrite(expr.right());
        return left == expr.left() && right == expr.right() ? expr : new BoundExpr.Comparison(expr.op(), left, right);
    }

    @Override
    public BoundExpr visit(BoundExpr.And expr) {
        BoundExpr left = rewrite(expr.left());
        BoundExpr right = rewrite(expr.right());
        return left == expr.left() && right == expr.right() ? expr : new BoundExpr.And(left, right);
    }

    @Override
    public BoundExpr visit(BoundExpr.Or expr) {
        BoundExpr left = rewrite(expr.left());
        BoundExpr right = rewrite(expr.right());
        return left == expr.left() && right == expr.right() ? expr : new BoundExpr.Or(left, right);
    }

    @Override
    public BoundExpr visit(BoundExpr.IsNull expr) {
        BoundExpr operand = rewrite(expr.operand());
        return operand == expr.operand() ? expr : new BoundExpr.IsNull(operand, expr.negated());
    }

    @Override
    public BoundExpr visit(BoundExpr.IsTruth expr) {
        BoundExpr operand = rewrite(expr.operand());
        return operand == expr.operand() ? expr : new BoundExpr.IsTruth(operand, expr.truth(), expr.negated());
    }

    @Override
    public BoundExpr visit(BoundExpr.Between expr) {
        BoundExpr operand = rewrite(expr.operand());
        BoundExpr low = rewrite(expr.low());
        BoundExpr high = rewrite(expr.high());
        return operand == expr.operand() && low == expr.low() && high == expr.high()
                ? expr
                : new BoundExpr.Between(operand, low, high, expr.negated());
    }

    @Override
    public BoundExpr visit(BoundExpr.InList expr) {
        BoundExpr operand = rewrite(expr.operand());
        List<BoundExpr> list = rewriteAll(expr.list());
        return operand == expr.operand() && list == expr.list()
                ? expr
                : new BoundExpr.InList(operand, list, expr.negated());
    }

    @Override
    public BoundExpr visit(BoundExpr.InSelect expr) {
        BoundExpr operand = rewrite(expr.operand());
        BoundSelect select = inner(expr.select());
        return operand == expr.operand() ? expr : new BoundExpr.InSelect(operand, select, expr.negated());
    }

    @Override
    public BoundExpr visit(BoundExpr.Exists expr) {
        inner(expr.select());
        return expr;
    }

    @Override
    public BoundExpr visit(BoundExpr.Subquery expr) {
        inner(expr.select());
        return expr;
    }

    @Override
    public BoundExpr visit(BoundExpr.Vector expr) {
        List<BoundExpr> elements = rewriteAll(expr.elements());
        return elements == expr.elements() ? expr : new BoundExpr.Vector(elements);
    }

    @Override
    public BoundExpr visit(BoundExpr.Case expr) {
        BoundExpr base = rewrite(expr.base());
        BoundExpr otherwise = rewrite(expr.otherwise());
        boolean changed = base != expr.base() || otherwise != expr.otherwise();
        List<BoundExpr.When> whens = new ArrayList<>(expr.whens().size());
        for (BoundExpr.When when : expr.whens()) {
            BoundExpr condition = rewrite(when.condition());
            BoundExpr result = rewrite(when.result());
            changed |= condition != when.condition() || result != when.result();
            whens.add(new BoundExpr.When(condition, result));
        }
        return changed ? new BoundExpr.Case(base, whens, otherwise) : expr;
    }

    @Override
    public BoundExpr visit(BoundExpr.Cast expr) {
        BoundExpr operand = rewrite(expr.operand());
        return operand == expr.operand() ? expr : new BoundExpr.Cast(operand, expr.affinity());
    }

    @Override
    public BoundExpr visit(BoundExpr.Collate expr) {
        BoundExpr operand = rewrite(expr.operand());
        return operand == expr.operand() ? expr : new BoundExpr.Collate(operand, expr.collation(), expr.isImplicit());
    }

    @Override
    public BoundExpr visit(BoundExpr.Call expr) {
        List<BoundExpr> arguments = rewriteAll(expr.arguments());
        return arguments == expr.arguments() ? expr : new BoundExpr.Call(expr.function(), arguments);
    }

    @Override
    public BoundExpr visit(BoundExpr.Aggregate expr) {
        List<BoundExpr> arguments = rewriteAll(expr.arguments());
        List<BoundOrder> order = expr.orderBy().isEmpty() ? expr.orderBy() : rewriteOrder(expr.orderBy());
        BoundExpr filter = rewrite(expr.filter());
        return arguments == expr.arguments() && order.equals(expr.orderBy()) && filter == expr.filter()
                ? expr
                : new BoundExpr.Aggregate(expr.function(), arguments, expr.distinct(), order, filter, expr.owner());
    }

    @Override
    public BoundExpr visit(BoundExpr.WindowCall expr) {
        List<BoundExpr> arguments = rewriteAll(expr.arguments());
        BoundWindow window = expr.window();
        List<BoundExpr> partition = rewriteAll(window.partitionBy());
        List<BoundOrder> order = rewriteOrder(window.orderBy());
        BoundExpr filter = rewrite(expr.filter());
        return arguments == expr.arguments()
                        && partition == window.partitionBy()
                        && order.equals(window.orderBy())
                        && filter == expr.filter()
                ? expr
                : new BoundExpr.WindowCall(
                        expr.function(), arguments, filter, window.with(partition, order), expr.owner());
    }

    @Override
    public BoundExpr visit(BoundExpr.Raise expr) {
        BoundExpr message = rewrite(expr.message());
        return message == expr.message() ? expr : new BoundExpr.Raise(expr.action(), message);
    }
}
