package dev.verso.vtab;

import dev.verso.vm.value.Value;

/** A virtual table that INSERT, UPDATE and DELETE can change. */
public interface WritableVirtualTable extends VirtualTable {
    /**
     * Adds a row.
     *
     * @return its rowid; without meaning for a WITHOUT ROWID table
     */
    long insert(RowChange row);

    /** Changes the row whose rowid (whose primary key in a WITHOUT ROWID table) is {@link RowChange#oldKey}. */
    void update(RowChange row);

    /** Removes a row. @param key its rowid, or its primary key in a WITHOUT ROWID table */
    void delete(Value key);

    /**
     * False if an UPDATE that does not assign the column need not read it first: {@link RowChange#value} is then NULL for it, and {@link
     * RowChange#isUnchanged} tells.
     */
    default boolean needsUnchanged(int column) {
        return true;
    }

    /**
     * True if the table undoes by itself what a failed change has done, so that INSERT OR IGNORE and the like can go on after an error with a code
     * of the CONSTRAINT family. REPLACE is up to the table: {@link RowChange#onConflict} tells it.
     */
    default boolean honoursConflictClauses() {
        return false;
    }
}
