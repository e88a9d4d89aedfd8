package dev.verso.sql.bound;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Walks and rebuilds expressions without knowing what they mean. A query inside an expression is not entered. */
public final class ExprTree {
    private ExprTree() {}

    /** The direct operands, in order; none for a leaf. The base of a CASE and FILTER count, absent ones are left out. */
    public static List<BoundExpr> operands(BoundExpr expr) {
        List<BoundExpr> operands = new ArrayList<>(3);
        mapOperands(expr, operand -> {
            operands.add(operand);
            return operand;
        });
        return operands;
    }

    /** Calls {@code visitor} for the expression and all below it, parents first. */
    public static void walk(BoundExpr expr, Consumer<BoundExpr> visitor) {
        visitor.accept(expr);
        for (BoundExpr operand : operands(expr)) {
            walk(operand, visitor);
        }
    }

    /** The query inside the expression itself: of IN, EXISTS, or a scalar subquery; null for all others. */
    public static BoundSelect select(BoundExpr expr) {
        if (expr instanceof BoundExpr.Subquery subquery) {
            return subquery.select();
        } else if (expr instanceof BoundExpr.Exists exists) {
            return exists.select();
        } else if (expr instanceof BoundExpr.InSelect in) {
            return in.select();
        }
        return null;
    }

    /** The expression with every direct operand replaced; the same object if nothing changed. */
    public static BoundExpr mapOperands(BoundExpr expr, UnaryOperator<BoundExpr> change) {
        if (expr instanceof BoundExpr.Literal
                || expr instanceof BoundExpr.Parameter
                || expr instanceof BoundExpr.ColumnRef
                || expr instanceof BoundExpr.RegisterRef
                || expr instanceof BoundExpr.TriggerColumn
                || expr instanceof BoundExpr.Exists
                || expr instanceof BoundExpr.Subquery) {
            return expr;
        } else if (expr instanceof BoundExpr.Negate e) {
            BoundExpr operand = change.apply(e.operand());
            return operand == e.operand() ? e : new BoundExpr.Negate(operand);
        } else if (expr instanceof BoundExpr.Plus e) {
            BoundExpr operand = change.apply(e.operand());
            return operand == e.operand() ? e : new BoundExpr.Plus(operand);
        } else if (expr instanceof BoundExpr.BitNot e) {
            BoundExpr operand = change.apply(e.operand());
            return operand == e.operand() ? e : new BoundExpr.BitNot(operand);
        } else if (expr instanceof BoundExpr.Not e) {
            BoundExpr operand = change.apply(e.operand());
            return operand == e.operand() ? e : new BoundExpr.Not(operand);
        } else if (expr instanceof BoundExpr.Arithmetic e) {
            BoundExpr left = change.apply(e.left());
            BoundExpr right = change.apply(e.right());
            return left == e.left() && right == e.right() ? e : new BoundExpr.Arithmetic(e.op(), left, right);
        } else if (expr instanceof BoundExpr.Comparison e) {
            BoundExpr left = change.apply(e.left());
            BoundExpr right = change.apply(e.right());
            return left == e.left() && right == e.right() ? e : new BoundExpr.Comparison(e.op(), left, right);
        } else if (expr instanceof BoundExpr.And e) {
            BoundExpr left = change.apply(e.left());
            BoundExpr right = change.apply(e.right());
            return left == e.left() && right == e.right() ? e : new BoundExpr.And(left, right);
        } else if (expr instanceof BoundExpr.Or e) {
            BoundExpr left = change.apply(e.left());
            BoundExpr right = change.apply(e.right());
            return left == e.left() && right == e.right() ? e : new BoundExpr.Or(left, right);
        } else {
            return mapOthers(expr, change);
        }
    }

    private static BoundExpr mapOthers(BoundExpr expr, UnaryOperator<BoundExpr> change) {
        if (expr instanceof BoundExpr.IsNull e) {
            BoundExpr operand = change.apply(e.operand());
            return operand == e.operand() ? e : new BoundExpr.IsNull(operand, e.negated());
        } else if (expr instanceof BoundExpr.IsTruth e) {
            BoundExpr operand = change.apply(e.operand());
            return operand == e.operand() ? e : new BoundExpr.IsTruth(operand, e.truth(), e.negated());
        } else if (expr instanceof BoundExpr.Between e) {
            BoundExpr operand = change.apply(e.operand());
            BoundExpr low = change.apply(e.low());
            BoundExpr high = change.apply(e.high());
            return operand == e.operand() && low == e.low() && high == e.high()
                    ? e
                    : new BoundExpr.Between(operand, low, high, e.negated());
        } else if (expr instanceof BoundExpr.InList e) {
            BoundExpr operand = change.apply(e.operand());
            List<BoundExpr> list = mapList(e.list(), change);
            return operand == e.operand() && list == e.list() ? e : new BoundExpr.InList(operand, list, e.negated());
        } else if (expr instanceof BoundExpr.InSelect e) {
            BoundExpr operand = change.apply(e.operand());
            return operand == e.operand() ? e : new BoundExpr.InSelect(operand, e.select(), e.negated());
        } else if (expr instanceof BoundExpr.Vector e) {
            List<BoundExpr> elements = mapList(e.elements(), change);
            return elements == e.elements() ? e : new BoundExpr.Vector(elements);
        } else if (expr instanceof BoundExpr.Case e) {
            return mapCase(e, change);
        } else if (expr instanceof BoundExpr.Cast e) {
            BoundExpr operand = change.apply(e.operand());
            return operand == e.operand() ? e : new BoundExpr.Cast(operand, e.affinity());
        } else if (expr instanceof BoundExpr.Collate e) {
            BoundExpr operand = change.apply(e.operand());
            return operand == e.operand() ? e : new BoundExpr.Collate(operand, e.collation());
        } else if (expr instanceof BoundExpr.Call e) {
            List<BoundExpr> arguments = mapList(e.arguments(), change);
            return arguments == e.arguments() ? e : new BoundExpr.Call(e.function(), arguments);
        } else if (expr instanceof BoundExpr.Aggregate e) {
            return mapAggregate(e, change);
        } else if (expr instanceof BoundExpr.Raise e) {
            BoundExpr message = e.message() == null ? null : change.apply(e.message());
            return message == e.message() ? e : new BoundExpr.Raise(e.action(), message);
        }
        throw new IllegalStateException("unknown expression " + expr.getClass().getSimpleName());
    }

    private static BoundExpr mapCase(BoundExpr.Case e, UnaryOperator<BoundExpr> change) {
        BoundExpr base = e.base() == null ? null : change.apply(e.base());
        boolean changed = base != e.base();
        List<BoundExpr.When> whens = new ArrayList<>(e.whens().size());
        for (BoundExpr.When when : e.whens()) {
            BoundExpr condition = change.apply(when.condition());
            BoundExpr result = change.apply(when.result());
            boolean same = condition == when.condition() && result == when.result();
            changed |= !same;
            whens.add(same ? when : new BoundExpr.When(condition, result));
        }
        BoundExpr otherwise = e.otherwise() == null ? null : change.apply(e.otherwise());
        changed |= otherwise != e.otherwise();
        return changed ? new BoundExpr.Case(base, whens, otherwise) : e;
    }

    private static BoundExpr mapAggregate(BoundExpr.Aggregate e, UnaryOperator<BoundExpr> change) {
        List<BoundExpr> arguments = mapList(e.arguments(), change);
        boolean changed = arguments != e.arguments();
        List<BoundOrder> order = new ArrayList<>(e.orderBy().size());
        for (BoundOrder term : e.orderBy()) {
            BoundExpr key = change.apply(term.expr());
            changed |= key != term.expr();
            order.add(
                    key == term.expr()
                            ? term
                            : new BoundOrder(key, term.descending(), term.nullsLast(), term.resultColumn()));
        }
        BoundExpr filter = e.filter() == null ? null : change.apply(e.filter());
        changed |= filter != e.filter();
        return changed ? new BoundExpr.Aggregate(e.function(), arguments, e.distinct(), order, filter, e.owner()) : e;
    }

    private static List<BoundExpr> mapList(List<BoundExpr> list, UnaryOperator<BoundExpr> change) {
        List<BoundExpr> mapped = null;
        for (int i = 0; i < list.size(); i++) {
            BoundExpr before = list.get(i);
            BoundExpr after = change.apply(before);
            if (after != before && mapped == null) {
                mapped = new ArrayList<>(list.subList(0, i));
            }
            if (mapped != null) {
                mapped.add(after);
            }
        }
        return mapped == null ? list : mapped;
    }
}
