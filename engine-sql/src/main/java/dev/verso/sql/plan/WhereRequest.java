package dev.verso.sql.plan;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundOrder;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import java.util.List;

/**
 * What the planner is asked for: nested loops over {@code sources} that visit the rows for which {@code where} holds. Cursors of table
 * sources are not yet assigned; query sources are already materialised (Access.CURSOR on an ephemeral table that is open) or run as coroutines.
 *
 * @param sources FROM in order; join kinds and ON conditions are in them
 * @param where null if all rows count
 * @param order the order that would be welcome, empty if none: ORDER BY, or GROUP BY terms, or DISTINCT columns, as {@code purpose} says
 * @param limitRegister register that holds LIMIT + OFFSET if it is known to be useful, else 0
 * @param distinct what rows are to be told apart by, beside {@code order}: the columns of SELECT DISTINCT, or the keys of GROUP BY and the argument of
 *     the only aggregate if that is DISTINCT; else empty
 * @param resultColumns number of result columns: wide rows cost more to sort
 * @param limitRows LIMIT + OFFSET if it is a constant, or a guess; -1 if there is no LIMIT
 * @param query the query whose FROM the sources are; null for loops of other statements
 * @param counts LIMIT and OFFSET of the query, if nothing stands between the loops and them; else null
 */
public record WhereRequest(
        List<Source> sources,
        BoundExpr where,
        List<BoundOrder> order,
        Purpose purpose,
        int limitRegister,
        List<BoundOrder> distinct,
        int resultColumns,
        long limitRows,
        BoundSelect query,
        RowCounts counts) {
    public WhereRequest(
            List<Source> sources, BoundExpr where, List<BoundOrder> order, Purpose purpose, int limitRegister) {
        this(sources, where, order, purpose, limitRegister, List.of(), 1, -1, null, null);
    }

    /** Of a query that groups or aggregates its rows. */
    public WhereRequest(BoundSelect query, List<BoundOrder> order, Purpose purpose, List<BoundOrder> distinct) {
        this(query.sources(), query.where(), order, purpose, 0, distinct, 1, -1, query, null);
    }

    /** Registers of LIMIT and OFFSET (0 for none) with their expressions: a virtual table may count by itself. */
    public record RowCounts(int limitRegister, BoundExpr limit, int offsetRegister, BoundExpr offset) {}

    /** True if rows that are equal in some columns count once, whatever order is asked for beside. */
    boolean wantsDistinct() {
        return purpose == Purpose.DISTINCT || !distinct.isEmpty();
    }

    int offsetRegister() {
        return counts == null ? 0 : counts.offsetRegister();
    }

    /** What the loops are for. */
    public enum Purpose {
        /** Any order will do. */
        UNORDERED,
        /** {@code order} is ORDER BY. */
        ORDER_BY,
        /** {@code order} is GROUP BY: equal keys must come together, in whatever order and direction. */
        GROUP_BY,
        /** GROUP_BY, and if the loops deliver {@code order} as it is written, that is welcome. */
        GROUP_BY_IN_ORDER,
        /** GROUP_BY_IN_ORDER for what was written as DISTINCT: groups count only if each term has its direction. */
        DISTINCT_IN_ORDER,
        /** {@code order} are the columns of SELECT DISTINCT: equal rows should come together. */
        DISTINCT,
        /** Only the smallest or largest of {@code order[0]} counts: min() or max(). The first non-null row ends the loop. */
        MIN_MAX,
        /** UPDATE or DELETE of the one source: its table cursor is open for writing already (source.cursor is assigned). */
        WRITE
    }
}
