package dev.verso.sql.code;

import dev.verso.sql.bound.BoundExpr;

/** Emits code for expressions into the context's program. */
public interface ExpressionCompiler {
    /** Computes the expression into that register. */
    void compile(BoundExpr expr, int target);

    /** Computes the expression into some register, perhaps one where it already is, which must not be changed. */
    int compileToAny(BoundExpr expr);

    /** Computes the elements of a vector or row subquery (one for anything else) into registers in a row. @return the first */
    int compileVector(BoundExpr expr);

    /** Jumps if the expression is true; if it is NULL, jumps only with {@code jumpIfNull}. */
    void jumpIfTrue(BoundExpr expr, int label, boolean jumpIfNull);

    void jumpIfFalse(BoundExpr expr, int label, boolean jumpIfNull);

    /**
     * Makes the right side of an IN available as an index of distinct rows for a loop over it (IN as an index constraint): opens and
     * fills an ephemeral index (once, if it is not correlated) whose key columns are the right side's columns with the affinity of the comparison.
     *
     * @param in an {@link BoundExpr.InList} or {@link BoundExpr.InSelect}
     * @return the cursor; its entries are in ascending order
     */
    int openInValues(BoundExpr in);

    /**
     * As {@link #openInValues}, but takes a tree that holds the values already if there is one.
     */
    InValues openInLoop(BoundExpr in);

    /**
     * The right side of an IN.
     *
     * @param isRows the values are the rowids of a table, not columns of an index
     * @param isDescending the entries are in descending order
     */
    record InValues(int cursor, boolean isRows, boolean isDescending) {}
}
