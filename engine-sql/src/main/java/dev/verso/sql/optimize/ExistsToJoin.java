package dev.verso.sql.optimize;

import dev.verso.parser.ast.Select.JoinKind;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Trees;

/**
 * An {@code EXISTS (SELECT … FROM t WHERE c)} among the terms of WHERE becomes a loop over t that ends with its first match: it takes
 * part in the choice of indexes and of the order of loops, and its condition is tested as soon as it can be.
 */
final class ExistsToJoin {
    private static final int MAX_SOURCES = 64;

    private ExistsToJoin() {}

    static boolean apply(BoundSelect select) {
        if (select.where() == null || select.offset() != null || OuterJoinReduction.hasRightJoin(select)) {
            return false;
        }
        BoundExpr where = null;
        boolean changed = false;
        for (BoundExpr term : Trees.conjuncts(select.where())) {
            if (term instanceof BoundExpr.Exists exists && isPossible(select, exists.select())) {
                BoundSelect inner = exists.select();
                Source source = inner.sources().get(0);
                source.join(JoinKind.COMMA);
                source.exists(true);
                select.sources().add(source);
                select.outerSources().addAll(inner.outerSources());
                select.outerSources().removeAll(select.sources());
                where = Trees.and(where, inner.where());
                changed = true;
            } else {
                where = Trees.and(where, term);
            }
        }
        if (changed) {
            select.where(where);
        }
        return changed;
    }

    private static boolean isPossible(BoundSelect outer, BoundSelect inner) {
        return !inner.isCompound()
                && inner.recursion() == null
                && inner.valuesRows().isEmpty()
                && inner.sources().size() == 1
                && !inner.isAggregate()
                && inner.windowCalls().isEmpty()
                && inner.limit() == null
                && !inner.isOptimized()
                && inner.sources().get(0).table() != null
                && inner.sources().get(0).table().schema() != null
                && outer.sources().size() < MAX_SOURCES;
    }
}
