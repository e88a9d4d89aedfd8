package dev.verso.sql.plan;

import dev.verso.sql.bound.BoundExpr;

/** One conjunct of WHERE or of an outer join's ON. */
final class Term {
    final BoundExpr expr;
    /** Sources that must stand on a row before the term can be tested. */
    final long needed;
    /** Position of the source whose outer join's ON this comes from, or -1. */
    final int onSource;

    boolean coded;

    Term(BoundExpr expr, long needed, int onSource) {
        this.expr = expr;
        this.needed = needed;
        this.onSource = onSource;
    }
}
