package dev.verso.sql.bound;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Walks over trees of expressions and queries. */
public final class Trees {
    private Trees() {}

    /** Direct parts of the expression; what is inside a query does not count. */
    public static List<BoundExpr> children(BoundExpr expr) {
        return expr.accept(Children.OF);
    }

    /** The query of an {@code IN (SELECT)}, EXISTS or scalar subquery; null for everything else. */
    public static BoundSelect subselect(BoundExpr expr) {
        if (expr instanceof BoundExpr.Subquery subquery) {
            return subquery.select();
        }
        if (expr instanceof BoundExpr.Exists exists) {
            return exists.select();
        }
        return expr instanceof BoundExpr.InSelect in ? in.select() : null;
    }

    /** Calls {@code visitor} for the expression and all below it, parents first; queries inside are not looked into. */
    public static void walk(BoundExpr expr, Consumer<BoundExpr> visitor) {
        visitor.accept(expr);
        for (BoundExpr child : children(expr)) {
            walk(child, visitor);
        }
    }

    /** True if the expression, or one inside it, fits; queries inside are not looked into. Null never does. */
    public static boolean any(BoundExpr expr, Predicate<BoundExpr> test) {
        if (expr == null) {
            return false;
        }
        if (test.test(expr)) {
            return true;
        }
        List<BoundExpr> children = children(expr);
        for (int i = 0; i < children.size(); i++) {
            if (any(children.get(i), test)) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #any}, looking into queries too. */
    public static boolean anyDeep(BoundExpr expr, Predicate<BoundExpr> test) {
        return any(expr, part -> {
            if (test.test(part)) {
                return true;
            }
            BoundSelect select = subselect(part);
            return select != null && anyIn(select, test);
        });
    }

    /** True if an expression anywhere in the query fits. */
    public static boolean anyIn(BoundSelect select, Predicate<BoundExpr> test) {
        for (BoundExpr expr : expressions(select)) {
            if (anyDeep(expr, test)) {
                return true;
            }
        }
        for (Source source : select.sources()) {
            if (source.isQuery() && anyIn(source.select(), test)) {
                return true;
            }
        }
        return select.isCompound() && (anyIn(select.compoundLeft(), test) || anyIn(select.compoundRight(), test));
    }

    /** All expressions that stand directly in a query, nulls left out. */
    public static List<BoundExpr> expressions(BoundSelect select) {
        List<BoundExpr> all = new ArrayList<>();
        for (BoundColumn column : select.columns()) {
            all.add(column.expr());
        }
        for (Source source : select.sources()) {
            add(all, source.on());
        }
        add(all, select.where());
        all.addAll(select.groupBy());
        add(all, select.having());
        for (BoundOrder order : select.orderBy()) {
            all.add(order.expr());
        }
        for (List<BoundExpr> row : select.valuesRows()) {
            all.addAll(row);
        }
        add(all, select.limit());
        add(all, select.offset());
        return all;
    }

    private static void add(List<BoundExpr> all, BoundExpr expr) {
        if (expr != null) {
            all.add(expr);
        }
    }

    /** Sources whose columns the expression uses, through the queries inside it too. */
    public static Set<Source> sources(BoundExpr expr) {
        Set<Source> found = new LinkedHashSet<>();
        collectSources(expr, found);
        return found;
    }

    public static void collectSources(BoundExpr expr, Set<Source> found) {
        if (expr == null) {
            return;
        }
        if (expr instanceof BoundExpr.ColumnRef column) {
            found.add(column.source());
            return;
        }
        BoundSelect select = subselect(expr);
        if (select != null) {
            found.addAll(select.outerSources());
        }
        for (BoundExpr child : children(expr)) {
            collectSources(child, found);
        }
    }

    /** The terms of a conjunction, left to right; none for null. */
    public static List<BoundExpr> conjuncts(BoundExpr expr) {
        List<BoundExpr> terms = new ArrayList<>();
        collectConjuncts(expr, terms);
        return terms;
    }

    private static void collectConjuncts(BoundExpr expr, List<BoundExpr> terms) {
        if (expr instanceof BoundExpr.And and) {
            collectConjuncts(and.left(), terms);
            collectConjuncts(and.right(), terms);
        } else if (expr != null) {
            terms.add(expr);
        }
    }

    /** The conjunction of both; either may be null. */
    public static BoundExpr and(BoundExpr left, BoundExpr right) {
        if (left == null) {
            return right;
        }
        return right == null ? left : new BoundExpr.And(left, right);
    }

    /** The expression without COLLATE and {@code likely()} and the like around it: what an index can be found for. */
    public static BoundExpr skipCollateAndLikely(BoundExpr expr) {
        BoundExpr inner = expr;
        while (true) {
            if (inner instanceof BoundExpr.Collate collate) {
                inner = collate.operand();
            } else if (inner instanceof BoundExpr.Call call && isLikelihood(call)) {
                inner = call.arguments().get(0);
            } else {
                return inner;
            }
        }
    }

    private static boolean isLikelihood(BoundExpr.Call call) {
        return switch (call.function().name()) {
            case "likely", "unlikely", "likelihood" -> true;
            default -> false;
        };
    }
}
