package dev.verso.vtab;

import dev.verso.vm.value.Value;

/** One row that is inserted or changed. Valid during the call only. */
public interface RowChange {
    /** For an update: the rowid, or the primary key in a WITHOUT ROWID table, that the row has had. NULL for an insert. */
    Value oldKey();

    /** The rowid or primary key that the row is to have. NULL for an insert that leaves the choice to the table. */
    Value newKey();

    /** The value that a column is to have; columns are counted from 0, hidden ones included. */
    Value value(int column);

    /** True if an UPDATE does not assign the column. */
    boolean isUnchanged(int column);

    /** The conflict clause of the statement. */
    OnConflict onConflict();

    /** What a change that breaks a constraint is to do. */
    enum OnConflict {
        ROLLBACK,
        ABORT,
        FAIL,
        IGNORE,
        REPLACE
    }
}
