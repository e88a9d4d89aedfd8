package dev.verso.sql.bound;

/**
 * A resolved term of ORDER BY.
 *
 * @param nullsLast NULL after everything in the order that results
 * @param resultColumn position of the equal result column, or -1
 */
public record BoundOrder(BoundExpr expr, boolean descending, boolean nullsLast, int resultColumn) {
    /** True if nulls stand where an index of that direction has them: first if ascending, last if descending. */
    public boolean hasDefaultNulls() {
        return nullsLast == descending;
    }
}
