package dev.verso.sql.plan;

/** What kinds of constraint a term can be, as bits. */
final class Operators {
    static final int IN = 1;
    static final int EQUAL = 2;
    static final int GREATER = 4;
    static final int LESS_EQUAL = 8;
    static final int LESS = 16;
    static final int GREATER_EQUAL = 32;
    /** A comparison that only virtual tables know how to use. */
    static final int AUX = 64;

    static final int IS = 128;
    static final int IS_NULL = 256;
    static final int OR = 512;
    static final int AND = 1024;
    /** {@code a.x = b.y}: what is known of one column holds for the other. */
    static final int EQUIVALENCE = 2048;

    static final int ROW_VALUE = 8192;

    static final int RANGE = GREATER | GREATER_EQUAL | LESS | LESS_EQUAL;
    /** Constraints that stand for themselves, not for a combination of others. */
    static final int SINGLE = 511;

    static final int ALL = 16383;

    private Operators() {}
}
