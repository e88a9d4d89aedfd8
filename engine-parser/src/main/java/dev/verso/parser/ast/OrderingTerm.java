package dev.verso.parser.ast;

/**
 * A term of ORDER BY, or a column of an index, key or conflict target.
 *
 * @param order null if not written
 * @param nulls null if not written
 */
public record OrderingTerm(Expr expr, SortOrder order, Nulls nulls) {
    /** NULLS FIRST or NULLS LAST. */
    public enum Nulls {
        FIRST,
        LAST
    }

    public boolean isDescending() {
        return order == SortOrder.DESC;
    }
}
