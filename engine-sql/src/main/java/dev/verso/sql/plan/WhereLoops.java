package dev.verso.sql.plan;

import dev.verso.sql.code.CodeContext;

/**
 * Nested loops in a program under construction: {@link #begin} plans and emits everything up to the innermost body, the caller emits the body
 * (which reads columns through its sources' {@code access}), {@link #end} closes the loops.
 */
public final class WhereLoops {
    private WhereLoops() {}

    public static WhereLoops begin(CodeContext context, WhereRequest request) {
        throw new UnsupportedOperationException();
    }

    /** Where the body jumps to go on with the next row. */
    public int continueLabel() {
        throw new UnsupportedOperationException();
    }

    /** Where the body jumps to end all loops. */
    public int breakLabel() {
        throw new UnsupportedOperationException();
    }

    /** How many leading terms of the requested order the loops deliver. */
    public int orderedTerms() {
        throw new UnsupportedOperationException();
    }

    /** True if the loops never deliver two equal rows of the requested DISTINCT columns. */
    public boolean isDistinct() {
        throw new UnsupportedOperationException();
    }

    /** True if equal rows of the requested DISTINCT columns come one after the other. */
    public boolean isDistinctOrdered() {
        throw new UnsupportedOperationException();
    }

    /** True if the loops deliver at most one row. */
    public boolean isSingleRow() {
        throw new UnsupportedOperationException();
    }

    /** For WRITE: true if rows may be changed while the loop runs on (one row, or an access that the change cannot disturb). */
    public boolean isOnePass() {
        throw new UnsupportedOperationException();
    }

    /** A guess of the number of rows delivered. */
    public double estimatedRows() {
        throw new UnsupportedOperationException();
    }

    /** Closes the loops, innermost first, and places {@link #breakLabel}. */
    public void end() {
        throw new UnsupportedOperationException();
    }
}
