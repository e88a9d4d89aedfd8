package dev.verso.sql.plan;

/**
 * How a virtual table is to be searched; the terms whose values it wants are those of the candidate, in their order.
 *
 * @param trusted bit i: the table guarantees term i
 * @param wholeLists bit i: the values of the IN that is term i are handed over as a whole
 * @param ordered true if rows come as the request wants them
 * @param hex EXPLAIN QUERY PLAN shows the number in hexadecimal
 * @param skipsOffset true if the table skips the rows of OFFSET itself
 */
record VirtualPlan(
        int number, String text, long trusted, long wholeLists, boolean ordered, boolean hex, boolean skipsOffset) {
    boolean isTrusted(int term) {
        return term < Long.SIZE && (trusted & 1L << term) != 0;
    }

    boolean takesWholeList(int term) {
        return term < Long.SIZE && (wholeLists & 1L << term) != 0;
    }
}
