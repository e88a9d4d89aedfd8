package dev.verso.kv;

/** What {@link KvTransaction#mutate} can do; integers are little-endian and unsigned, as in FoundationDB. */
public enum AtomicOp {
    /** Adds; the result has the operand's length, and an absent value counts as zero. */
    ADD,
    /** Bitwise and; an absent value becomes the operand. */
    BIT_AND,
    /** Bitwise or; an absent value counts as zero. */
    BIT_OR,
    /** Bitwise exclusive or; an absent value counts as zero. */
    BIT_XOR,
    /** The larger of both as integers of the operand's length; an absent value becomes the operand. */
    MAX,
    /** The smaller of both as integers of the operand's length; an absent value becomes the operand. */
    MIN,
    /** The larger of both as byte strings; an absent value becomes the operand. */
    BYTE_MAX,
    /** The smaller of both as byte strings; an absent value becomes the operand. */
    BYTE_MIN,
    /** Appends the operand unless the value would become too large. */
    APPEND_IF_FITS,
    /** Clears the key if its value equals the operand. */
    COMPARE_AND_CLEAR
}
