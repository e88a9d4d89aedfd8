package dev.verso.vtab;

import dev.verso.vm.value.Value;

/** What the planner asks of a virtual table, and the answer under construction. Constraints and terms of ORDER BY are counted from 0. */
public interface IndexRequest {
    /** The column that stands for the rowid. */
    int ROWID = -1;

    /** What is wanted of the order of rows. */
    enum OrderMode {
        /** Rows in the order of the terms. */
        ORDERED,
        /** Rows that agree in all terms one after the other, in whatever order: GROUP BY. */
        GROUPED,
        /** As GROUPED, and of rows that agree only one is needed: DISTINCT. */
        DISTINCT,
        /** As ORDERED, and of rows that agree only one is needed: DISTINCT with ORDER BY. */
        DISTINCT_ORDERED
    }

    // ---- the question

    int constraintCount();

    /** Column of the constraint, {@link #ROWID} for the rowid. */
    int column(int constraint);

    ConstraintOperator operator(int constraint);

    /** For operator FUNCTION the number that {@link VirtualTable#findFunction} gave, else 0. */
    int functionCode(int constraint);

    /** False if its value is not known at this place of the join. */
    boolean isUsable(int constraint);

    /** Name of the collation that the comparison uses. */
    String collation(int constraint);

    /** The value if it is a literal, else null. */
    Value rightValue(int constraint);

    /** True if an EQUAL stands for an IN whose values can be had as a whole. */
    boolean isList(int constraint);

    int orderCount();

    int orderColumn(int term);

    boolean isDescending(int term);

    OrderMode orderMode();

    /** Bit i (63 for all from 63 on) is set if column i is used. */
    long columnsUsed();

    // ---- the answer

    /**
     * Asks for the value of a usable constraint as an argument of {@link VirtualCursor#filter}.
     *
     * @param position of the argument, from 0; without gaps
     * @param trusted true if all rows that the cursor delivers meet the constraint, so that it need not be tested
     */
    void use(int constraint, int position, boolean trusted);

    /** The values of this IN are to be handed over as a whole; otherwise the cursor is filtered once for each. */
    void takeWholeList(int constraint);

    /** Handed on to {@link VirtualCursor#filter}. @param text may be null */
    void index(int number, String text);

    /** EXPLAIN QUERY PLAN shows the index number in hexadecimal. */
    void showNumberInHex();

    /** Rows come as {@link #orderMode} wants them. */
    void orderConsumed();

    /** Cost of the search, in about the unit of one disk access; more than anything unless told. */
    void estimatedCost(double cost);

    /** Rows that the search will find; 25 unless told. */
    void estimatedRows(long rows);

    /** There is at most one row. */
    void atMostOneRow();
}
