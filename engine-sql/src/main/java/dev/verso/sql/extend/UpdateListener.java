package dev.verso.sql.extend;

/** Told of rows that have been inserted, changed or deleted in tables with rowids. */
@FunctionalInterface
public interface UpdateListener {
    /** What happened to a row. */
    enum Operation {
        INSERT,
        UPDATE,
        DELETE
    }

    /** @param database {@code main}, {@code temp} or the name of an attached one */
    void changed(Operation operation, String database, String table, long rowid);
}
