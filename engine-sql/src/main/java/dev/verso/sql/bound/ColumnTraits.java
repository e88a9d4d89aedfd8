package dev.verso.sql.bound;

import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/** Affinity and collation of the columns that a query gives as a source of another one. */
final class ColumnTraits {
    private static final int NUMBER = 1;
    private static final int TEXT = 2;
    private static final int BLOB = 4;

    /** Stands for the values of rows without affinity. */
    private static final BoundExpr ANYTHING = null;

    private final Affinity[] affinities;
    private final String[] collations;

    private ColumnTraits(int count) {
        affinities = new Affinity[count];
        collations = new String[count];
    }

    static ColumnTraits of(BoundSelect select) {
        int count = select.columns().size();
        ColumnTraits traits = new ColumnTraits(count);
        for (int i = 0; i < count; i++) {
            traits.collations[i] = collation(select, i);
        }
        if (select.recursion() != null) {
            for (Source self : select.recursion().selves()) {
                self.columnTraits(traits);
            }
        }
        for (int i = 0; i < count; i++) {
            if (select.recursion() != null) {
                traits.affinities[i] = ownAffinity(select.columns().get(i).expr());
            }
            traits.affinities[i] = affinity(select, i);
        }
        return traits;
    }

    /** NONE for what is not worked out yet: the later columns of a recursive table, for its own terms. */
    Affinity affinity(int column) {
        return affinities[column] == null ? Affinity.NONE : affinities[column];
    }

    /** Null if the column has none of its own. */
    String collation(int column) {
        return collations[column];
    }

    /**
     * The first core with an affinity gives it, unless another one may deliver values that the affinity would change. Where the first core of a
     * compound casts to a number, the numbers keep the form that each core gives them.
     */
    private static Affinity affinity(BoundSelect select, int column) {
        List<BoundExpr> exprs = new ArrayList<>();
        collect(select, column, exprs);
        int first = 0;
        while (first < exprs.size() && ownAffinity(exprs.get(first)) == Affinity.NONE) {
            first++;
        }
        if (first == exprs.size()) {
            return Affinity.NONE;
        }
        Affinity affinity = Traits.affinity(exprs.get(first));
        int possible = 0;
        for (int i = 0; i < exprs.size(); i++) {
            possible |= i == first ? 0 : storageClasses(exprs.get(i));
        }
        if (affinity == Affinity.TEXT && (possible & NUMBER) != 0 || affinity.isNumeric() && (possible & TEXT) != 0) {
            return Affinity.BLOB;
        }
        boolean castsNumbers = exprs.size() > 1 && affinity.isNumeric() && exprs.get(0) instanceof BoundExpr.Cast;
        return castsNumbers ? Affinity.FLEXNUM : affinity;
    }

    private static void collect(BoundSelect select, int column, List<BoundExpr> exprs) {
        if (select.isCompound()) {
            collect(select.compoundLeft(), column, exprs);
            collect(select.compoundRight(), column, exprs);
        } else if (select.isUnionOfRows()) {
            for (List<BoundExpr> row : select.valuesRows()) {
                exprs.add(row.get(column));
            }
        } else if (select.valuesRows().size() > 1) {
            exprs.add(ANYTHING);
        } else if (select.recursion() != null) {
            collect(select.recursion().setup(), column, exprs);
            for (BoundSelect term : select.recursion().terms()) {
                collect(term, column, exprs);
            }
        } else {
            exprs.add(select.columns().get(column).expr());
        }
    }

    private static Affinity ownAffinity(BoundExpr expr) {
        return expr == ANYTHING ? Affinity.NONE : Traits.affinity(expr);
    }

    /** The first core alone gives it. */
    private static String collation(BoundSelect select, int column) {
        return Traits.collationOrNull(
                Traits.firstCore(select).columns().get(column).expr());
    }

    /** Storage classes besides NULL that the value may have. */
    private static int storageClasses(BoundExpr expr) {
        if (expr == ANYTHING) {
            return NUMBER | TEXT | BLOB;
        }
        if (expr instanceof BoundExpr.Collate collate) {
            return storageClasses(collate.operand());
        }
        if (expr instanceof BoundExpr.Plus plus) {
            return storageClasses(plus.operand());
        }
        if (expr instanceof BoundExpr.Literal literal) {
            if (literal.value() == null) {
                return 0;
            }
            return literal.value() instanceof String ? TEXT : literal.value() instanceof byte[] ? BLOB : NUMBER;
        }
        if (expr instanceof BoundExpr.Arithmetic arithmetic) {
            return arithmetic.op() == BoundExpr.ArithmeticOp.CONCAT ? TEXT | BLOB : NUMBER;
        }
        if (expr instanceof BoundExpr.Parameter
                || expr instanceof BoundExpr.Call
                || expr instanceof BoundExpr.Aggregate
                || expr instanceof BoundExpr.WindowCall) {
            return NUMBER | TEXT | BLOB;
        }
        if (expr instanceof BoundExpr.Case choice) {
            int possible = choice.otherwise() == null ? 0 : storageClasses(choice.otherwise());
            for (BoundExpr.When when : choice.whens()) {
                possible |= storageClasses(when.result());
            }
            return possible;
        }
        Affinity affinity = Traits.affinity(expr);
        if (affinity.isNumeric()) {
            return NUMBER | BLOB;
        }
        if (affinity == Affinity.TEXT) {
            return TEXT | BLOB;
        }
        if (expr instanceof BoundExpr.ColumnRef
                || expr instanceof BoundExpr.Cast
                || expr instanceof BoundExpr.Subquery) {
            return NUMBER | TEXT | BLOB;
        }
        return NUMBER;
    }
}
