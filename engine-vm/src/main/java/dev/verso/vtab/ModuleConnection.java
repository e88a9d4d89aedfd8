package dev.verso.vtab;

/**
 * The connection as a module may use it: its statements run inside the statement and the transaction that the module is called from, so that what
 * they write is committed and rolled back with it.
 */
public interface ModuleConnection {
    /** Runs all statements of the text; rows are ignored. */
    void execute(String sql);

    /** Prepares one statement. It may be kept for as long as the table is connected. */
    ModuleStatement prepare(String sql);

    /** What {@code last_insert_rowid()} answers; statements of the module change it. */
    long lastInsertRowid();

    void lastInsertRowid(long rowid);
}
