package dev.verso.sql.plan;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.vm.value.Affinity;
import dev.verso.vtab.ConstraintOperator;

/**
 * One conjunct of WHERE or of an outer join's ON (or one disjunct of an OR), and what analysis found out about it. If {@link #operators} is not 0 it
 * has the form "column operator value": {@link #source} and {@link #column} name the column, {@link #right} the value.
 */
final class Term {
    // ---- flags
    /** Follows from another term: helps to find rows, needs no test. */
    static final int VIRTUAL = 1;
    /** Needs no test any more: code for it has been written, or an index guarantees it. */
    static final int CODED = 2;
    /** Has a virtual child that is the same with its sides exchanged. */
    static final int COPIED = 4;
    /** {@code x > NULL} made from {@code x IS NOT NULL}. */
    static final int NOT_NULL = 8;
    /** One of the two bounds made from LIKE or GLOB. */
    static final int LIKE_BOUND = 16;
    /** The comparison is IS. */
    static final int IS = 32;
    /** Samples say that the term is true for half of the rows, or more. */
    static final int HIGH_TRUTH = 64;
    /** Part of a comparison of row values. */
    static final int SLICE = 128;
    /** An estimate took the term to be true for few rows, without knowing. */
    static final int GUESSED_TRUTH = 256;

    static final int EXPRESSION = -2;

    final BoundExpr expr;
    /**
     * What the condition of a partial index is compared with: as SQLite has it, the column on the left. Null where exchanging the sides exchanged the
     * collation as well.
     */
    BoundExpr known;

    /** Another form of {@link #known}, or null. */
    BoundExpr alsoKnown;

    final TermList list;
    int flags;
    /** The term that this one was made from; it needs no test if all its children are guaranteed. */
    Term parent;

    int children;
    /** Estimate (0 or less) of the part of rows for which the term is true, from {@code likely()} and its kind; 1 if nothing is known. */
    int truth = 1;
    /** Position of the source whose outer join's ON this comes from, or -1. */
    int onSource = -1;

    int operators;
    /** Sources needed to test the term. */
    long needed;
    /** Sources needed to compute {@link #right}. */
    long rightNeeded;

    int source = -1;
    /** Column of the source, ROWID, or {@link #EXPRESSION}: then {@link #left} may equal an indexed expression. */
    int column;

    BoundExpr left;
    /** What the column is compared with; null for IS NULL and for IN. */
    BoundExpr right;

    /** For a vector IN: which element of the vector, from 1; else 0. */
    int field;

    /** For a term with {@link Operators#AUX}: which comparison. */
    ConstraintOperator matchOperator;

    int functionCode;

    Affinity affinity;
    String collation;
    /** Terms of an OR, or of a conjunction inside an OR. */
    TermList inner;
    /** For an OR: the sources for which every disjunct has a constraint. */
    long indexable;

    Term(BoundExpr expr, TermList list) {
        this.expr = expr;
        this.known = expr;
        this.list = list;
    }

    boolean is(int flag) {
        return (flags & flag) != 0;
    }

    boolean isOneOf(int operatorMask) {
        return (operators & operatorMask) != 0;
    }

    /** True if {@link #rightNeeded} are all among the sources that stand on a row. */
    boolean isReady(long available) {
        return (rightNeeded & ~available) == 0;
    }

    void childOf(Term other) {
        parent = other;
        truth = other.truth;
        other.children++;
    }

    @Override
    public String toString() {
        return expr + " operators " + operators + " flags " + flags;
    }
}
