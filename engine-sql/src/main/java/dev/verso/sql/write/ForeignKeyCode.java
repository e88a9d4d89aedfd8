package dev.verso.sql.write;

import dev.verso.sql.schema.Table;

/** What foreign keys add to the change of a row. */
final class ForeignKeyCode {
    private static final ForeignKeyCode NOTHING = new ForeignKeyCode();

    private ForeignKeyCode() {}

    static ForeignKeyCode forInsert(WriteContext context, Table table) {
        return NOTHING;
    }

    static ForeignKeyCode forDelete(WriteContext context, Table table) {
        return NOTHING;
    }

    static ForeignKeyCode forUpdate(WriteContext context, Table table, Assignments assignments) {
        return NOTHING;
    }

    boolean isRequired() {
        return false;
    }

    void checkOld(int oldRowid) {}

    void checkNew(int newRowid) {}

    void actionsAfterDelete(int oldRowid) {}

    void actionsAfterUpdate(int oldRowid, int newRowid) {}
}
