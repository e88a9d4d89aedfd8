package dev.verso.vtab;

/** How a constraint compares a column with its value. */
public enum ConstraintOperator {
    EQUAL,
    GREATER,
    LESS_EQUAL,
    LESS,
    GREATER_EQUAL,
    MATCH,
    LIKE,
    GLOB,
    REGEXP,
    NOT_EQUAL,
    IS_NOT,
    IS_NOT_NULL,
    IS_NULL,
    IS,
    /** No column: the value is the LIMIT, of rows after those that an OFFSET skips. */
    LIMIT,
    /** No column: the value is the number of rows that may be skipped. */
    OFFSET,
    /** A function of the table's own, see {@link VirtualTable#findFunction}. */
    FUNCTION
}
