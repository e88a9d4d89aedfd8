package dev.verso.sql.resolve;

/** How result columns without AS are called: PRAGMA full_column_names and short_column_names. */
public enum ColumnNaming {
    /** A column by its name. */
    SHORT,
    /** A column of a table by both names, {@code *} by the short ones. */
    FULL,
    /** As {@link #FULL}, and {@code *}, also that of a subquery, by the alias and the column's name. */
    FULL_EVERYWHERE,
    /** By the text of the expression. */
    AS_WRITTEN;

    public static ColumnNaming of(boolean full, boolean brief) {
        if (full) {
            return brief ? FULL : FULL_EVERYWHERE;
        }
        return brief ? SHORT : AS_WRITTEN;
    }
}
