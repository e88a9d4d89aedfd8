package dev.verso.sql.optimize;

import dev.verso.parser.ast.Select.JoinKind;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Trees;

/** {@code a LEFT JOIN b ON c WHERE b.x > 5} is an inner join: WHERE drops the rows of NULLs anyway. */
final class OuterJoinReduction {
    private OuterJoinReduction() {}

    static void apply(BoundSelect select) {
        if (select.where() == null || hasRightJoin(select)) {
            return;
        }
        boolean again = true;
        while (again) {
            again = false;
            for (Source source : select.sources()) {
                if (source.join() == JoinKind.LEFT && isExcluded(select, source)) {
                    source.join(JoinKind.INNER);
                    source.nullable(false);
                    select.where(Trees.and(select.where(), source.on()));
                    source.on(null);
                    again = true;
                }
            }
        }
    }

    static boolean hasRightJoin(BoundSelect select) {
        for (Source source : select.sources()) {
            if (source.join() == JoinKind.RIGHT || source.join() == JoinKind.FULL) {
                return true;
            }
        }
        return false;
    }

    private static boolean isExcluded(BoundSelect select, Source source) {
        for (BoundExpr term : Trees.conjuncts(select.where())) {
            if (NullRows.excludedIfTrue(term, source)) {
                return true;
            }
        }
        return false;
    }
}
