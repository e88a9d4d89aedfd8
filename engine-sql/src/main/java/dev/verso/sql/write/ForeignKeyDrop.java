package dev.verso.sql.write;

import dev.verso.sql.schema.Table;

/** What foreign keys add to DROP TABLE: the rows are deleted first, and no child may be left behind. */
public final class ForeignKeyDrop {
    private ForeignKeyDrop() {}

    /** Emits the work before the table is dropped. */
    public static void compile(WriteContext context, Table table) {
        ForeignKeyCode.forDelete(context, table);
    }
}
