package dev.verso.sql.write;

import dev.verso.sql.schema.Table;

/** Rules of generated columns that are checked when a table is created. */
public final class GeneratedColumns {
    private GeneratedColumns() {}

    /** Fails with {@code generated column loop on "c"} if columns depend on each other in a circle. */
    public static void checkLoops(WriteContext context, Table table) {
        NewRow.checkLoops(context, table);
    }
}
