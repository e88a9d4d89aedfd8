package dev.verso.sql.optimize;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;

/** Knows when the sequence of input rows shows in a query's result. */
final class Order {
    private Order() {}

    /** True if an aggregate of the query depends on the sequence in which it sees its rows, like {@code group_concat}. */
    static boolean matters(BoundSelect select) {
        for (BoundExpr.Aggregate aggregate : select.aggregates()) {
            switch (aggregate.function().name()) {
                case "count", "sum", "total", "avg", "min", "max" -> {}
                default -> {
                    return true;
                }
            }
        }
        return false;
    }
}
