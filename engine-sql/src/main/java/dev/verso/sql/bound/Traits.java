package dev.verso.sql.bound;

import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.value.Affinity;
import java.util.List;

/** What follows from an expression's form: affinity, collation (sqlite.org/datatype3.html §3 and §7), constancy, equality. */
public final class Traits {
    public static final String BINARY = "BINARY";

    private Traits() {}

    /** The affinity of the value; NONE for anything that is not a column, a CAST, or a subquery of one. */
    public static Affinity affinity(BoundExpr expr) {
        if (expr instanceof BoundExpr.ColumnRef column) {
            return column.source().columnAffinity(column.column());
        }
        if (expr instanceof BoundExpr.RegisterRef register) {
            return register.affinity();
        }
        if (expr instanceof BoundExpr.FixedColumn column) {
            return column.affinity();
        }
        if (expr instanceof BoundExpr.CursorColumn column) {
            return column.affinity();
        }
        if (expr instanceof BoundExpr.TriggerColumn column) {
            // As in SQLite: NEW.x and OLD.x have the collation of their column, but not its affinity.
            return column.column() < 0 ? Affinity.INTEGER : Affinity.NONE;
        }
        if (expr instanceof BoundExpr.Cast cast) {
            return cast.affinity();
        }
        if (expr instanceof BoundExpr.Collate collate) {
            return affinity(collate.operand());
        }
        if (expr instanceof BoundExpr.Subquery subquery) {
            return affinity(lastColumn(subquery.select(), 0));
        }
        if (expr instanceof BoundExpr.Vector vector) {
            return affinity(vector.elements().get(0));
        }
        return Affinity.NONE;
    }

    /** The affinity of the i-th element of a vector or row subquery; of the expression itself for anything else. */
    public static Affinity elementAffinity(BoundExpr expr, int element) {
        if (expr instanceof BoundExpr.Vector vector) {
            return affinity(vector.elements().get(element));
        }
        if (expr instanceof BoundExpr.Subquery subquery) {
            return affinity(lastColumn(subquery.select(), element));
        }
        return affinity(expr);
    }

    /** Number of columns of a vector or row subquery; 1 for anything else. */
    public static int width(BoundExpr expr) {
        if (expr instanceof BoundExpr.Vector vector) {
            return vector.elements().size();
        }
        return expr instanceof BoundExpr.Subquery subquery
                ? subquery.select().columns().size()
                : 1;
    }

    /** The affinity applied to both sides of a comparison. */
    public static Affinity comparisonAffinity(BoundExpr left, BoundExpr right) {
        return combine(affinity(left), affinity(right));
    }

    /** What {@link #comparisonAffinity} is for operands of those affinities. */
    public static Affinity combine(Affinity left, Affinity right) {
        if (left != Affinity.NONE && right != Affinity.NONE) {
            return left.isNumeric() || right.isNumeric() ? Affinity.NUMERIC : Affinity.BLOB;
        }
        return left == Affinity.NONE ? right : left;
    }

    /** The collation that a comparison of the two uses; the left side decides first. */
    public static String comparisonCollation(BoundExpr left, BoundExpr right) {
        String collation = null;
        if (hasExplicitCollation(left)) {
            collation = collationOrNull(left);
        } else if (hasExplicitCollation(right)) {
            collation = collationOrNull(right);
        } else {
            collation = collationOrNull(left);
            if (collation == null) {
                collation = collationOrNull(right);
            }
        }
        return collation == null ? BINARY : collation;
    }

    /** The collation by which the expression is sorted and grouped; BINARY if nothing else is said. */
    public static String collation(BoundExpr expr) {
        String collation = collationOrNull(expr);
        return collation == null ? BINARY : collation;
    }

    /** The collation that COLLATE or a column gives, or null. */
    public static String collationOrNull(BoundExpr expr) {
        BoundExpr at = expr;
        while (true) {
            if (at instanceof BoundExpr.Collate collate) {
                return collate.collation();
            } else if (at instanceof BoundExpr.ColumnRef column) {
                return column.source().columnCollation(column.column());
            } else if (at instanceof BoundExpr.RegisterRef register) {
                return register.collation();
            } else if (at instanceof BoundExpr.FixedColumn column) {
                return column.collation();
            } else if (at instanceof BoundExpr.CursorColumn column) {
                return column.collation();
            } else if (at instanceof BoundExpr.TriggerColumn column) {
                return column.column() < 0
                        ? null
                        : column.table().columns().get(column.column()).collation();
            } else if (at instanceof BoundExpr.Cast cast) {
                at = cast.operand();
            } else if (at instanceof BoundExpr.Plus plus) {
                at = plus.operand();
            } else if (at instanceof BoundExpr.Vector vector) {
                at = vector.elements().get(0);
            } else {
                at = firstWithCollate(at);
                if (at == null) {
                    return null;
                }
            }
        }
    }

    private static BoundExpr firstWithCollate(BoundExpr expr) {
        List<BoundExpr> parts = expr instanceof BoundExpr.WindowCall call ? call.arguments() : Trees.children(expr);
        for (BoundExpr child : parts) {
            if (hasExplicitCollation(child)) {
                return child;
            }
        }
        return null;
    }

    /** True if COLLATE stands in the expression. */
    public static boolean hasExplicitCollation(BoundExpr expr) {
        if (expr instanceof BoundExpr.Collate collate) {
            return !collate.isImplicit();
        }
        for (BoundExpr child : Trees.children(expr)) {
            if (hasExplicitCollation(child)) {
                return true;
            }
        }
        return false;
    }

    /** The leftmost core of a compound: it gives names, and types first of all. */
    public static BoundSelect firstCore(BoundSelect select) {
        BoundSelect core = select;
        while (core.isCompound()) {
            core = core.compoundLeft();
        }
        return core;
    }

    /** The last core of a compound: where a query stands as an operand, SQLite takes affinity and collation from it. */
    public static BoundSelect lastCore(BoundSelect select) {
        return select.isCompound() ? select.compoundRight() : select;
    }

    /** The expression that gives a column of the operand {@code select} its affinity and collation: in the last core, and of several rows the last one. */
    public static BoundExpr lastColumn(BoundSelect select, int column) {
        BoundSelect core = lastCore(select);
        List<List<BoundExpr>> rows = core.valuesRows();
        return rows.size() > 1 && core.isUnionOfRows()
                ? rows.get(rows.size() - 1).get(column)
                : core.columns().get(column).expr();
    }

    /** True if the value is the same in every row and every run with the same parameters: may be computed once, before the loops. */
    public static boolean isConstant(BoundExpr expr) {
        return !Trees.any(expr, Traits::varies);
    }

    /** True if all of them are constant in that sense. */
    public static boolean areConstant(List<BoundExpr> exprs) {
        for (BoundExpr expr : exprs) {
            if (!isConstant(expr)) {
                return false;
            }
        }
        return true;
    }

    private static boolean varies(BoundExpr expr) {
        if (expr instanceof BoundExpr.Call call) {
            return !call.function().is(FunctionDefinition.Flag.DETERMINISTIC)
                    && !call.function().is(FunctionDefinition.Flag.SLOW_CHANGING);
        }
        return expr instanceof BoundExpr.ColumnRef
                || expr instanceof BoundExpr.CursorColumn
                || expr instanceof BoundExpr.RegisterRef
                || expr instanceof BoundExpr.TriggerColumn
                || expr instanceof BoundExpr.Aggregate
                || expr instanceof BoundExpr.WindowCall
                || expr instanceof BoundExpr.Raise
                || Trees.subselect(expr) != null;
    }

    /** True if every function in it always gives the same result for the same arguments (queries inside count as not). */
    public static boolean isDeterministic(BoundExpr expr) {
        return !Trees.any(
                expr,
                part -> Trees.subselect(part) != null
                        || part instanceof BoundExpr.Call call
                                && !call.function().is(FunctionDefinition.Flag.DETERMINISTIC));
    }

    /** True unless the value can be seen never to be NULL. */
    public static boolean mayBeNull(BoundExpr expr) {
        if (expr instanceof BoundExpr.Literal literal) {
            return literal.value() == null;
        }
        if (expr instanceof BoundExpr.ColumnRef column) {
            return column.source().columnMayBeNull(column.column());
        }
        if (expr instanceof BoundExpr.Plus plus) {
            return mayBeNull(plus.operand());
        }
        if (expr instanceof BoundExpr.Negate negate) {
            return mayBeNull(negate.operand());
        }
        if (expr instanceof BoundExpr.Collate collate) {
            return mayBeNull(collate.operand());
        }
        return !(expr instanceof BoundExpr.IsNull
                || expr instanceof BoundExpr.IsTruth
                || expr instanceof BoundExpr.Exists);
    }

    /** True if an aggregate of that query stands in the expression. */
    public static boolean hasAggregate(BoundExpr expr, BoundSelect owner) {
        return Trees.anyDeep(expr, part -> part instanceof BoundExpr.Aggregate aggregate && aggregate.owner() == owner);
    }

    /** True if a window function of the query around stands in the expression. */
    public static boolean hasWindowCall(BoundExpr expr) {
        return Trees.any(expr, BoundExpr.WindowCall.class::isInstance);
    }

    /** True if both are certain to have the same value; COLLATE counts. */
    public static boolean same(BoundExpr left, BoundExpr right) {
        if (left == right) {
            return true;
        }
        if (left instanceof BoundExpr.FixedColumn fixed && !(right instanceof BoundExpr.FixedColumn)) {
            return same(fixed.column(), right);
        }
        if (right instanceof BoundExpr.FixedColumn fixed && !(left instanceof BoundExpr.FixedColumn)) {
            return same(left, fixed.column());
        }
        if (left == null || right == null || left.getClass() != right.getClass()) {
            return false;
        }
        return SameNode.test(left, right) && sameAll(Trees.children(left), Trees.children(right));
    }

    private static boolean sameAll(List<BoundExpr> left, List<BoundExpr> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!same(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** True if the two are the same apart from COLLATE around them. */
    public static boolean sameApartFromCollation(BoundExpr left, BoundExpr right) {
        return same(Trees.skipCollateAndLikely(left), Trees.skipCollateAndLikely(right));
    }
}
