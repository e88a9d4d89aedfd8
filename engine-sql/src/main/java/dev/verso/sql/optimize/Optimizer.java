package dev.verso.sql.optimize;

import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;

/** Rewrites one query in place. Queries inside of it are rewritten when their own turn comes, which is when they are compiled. */
public final class Optimizer {
    private Optimizer() {}

    /** Rewrites the query (and the parts of a compound); does nothing the second time. */
    public static void optimize(BoundSelect select) {
        optimize(select, false);
    }

    /** The same for a query of a recursive table, whose order and limit are the table's; the row that a term reads must be provided already. */
    public static void optimizePart(BoundSelect select) {
        optimize(select, true);
    }

    private static void optimize(BoundSelect select, boolean part) {
        if (select.isOptimized()) {
            return;
        }
        select.optimized();
        if (select.isCompound()) {
            select.keepCollations();
            optimize(select.compoundLeft(), true);
            optimize(select.compoundRight(), true);
            return;
        }
        WindowRewrite.apply(select);
        if (select.sources().isEmpty()) {
            return;
        }
        OuterJoinReduction.apply(select);
        dropOrderOfSources(select);
        boolean changed = false;
        for (int i = 0; i < select.sources().size(); i++) {
            if (UnionAllFlattening.apply(select, i, part)) {
                optimize(select.compoundLeft(), true);
                optimize(select.compoundRight(), true);
                return;
            }
            if (Flattening.apply(select, i, part)) {
                changed = true;
                OuterJoinReduction.apply(select);
                dropOrderOfSources(select);
                i = -1;
            }
        }
        changed |= ExistsToJoin.apply(select);
        changed |= UnusedJoins.drop(select);
        if (changed) {
            ColumnUse.recompute(select);
        }
        ConstantPropagation.apply(select);
        for (Source source : select.sources()) {
            if (source.isQuery()) {
                WherePushDown.apply(select, source);
            }
        }
        HavingToWhere.apply(select);
    }

    /** The order of a subquery's rows means nothing where the query around it orders, or joins, its rows anyway; a MATERIALIZED one keeps it. */
    private static void dropOrderOfSources(BoundSelect select) {
        if (select.orderBy().isEmpty() && select.sources().size() == 1) {
            return;
        }
        if (Order.matters(select)) {
            return;
        }
        for (Source source : select.sources()) {
            if (source.isQuery()
                    && !source.isMaterialized()
                    && !source.isProvided()
                    && source.select().limit() == null
                    && source.select().groupBy().isEmpty()
                    && !source.select().isOrderRequired()
                    && source.select().recursion() == null) {
                source.select().orderBy().clear();
            }
        }
    }
}
