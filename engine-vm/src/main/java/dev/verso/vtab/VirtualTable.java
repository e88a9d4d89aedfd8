package dev.verso.vtab;

/**
 * A virtual table as one connection uses it. One that can be changed implements {@link WritableVirtualTable} as well, one that takes part in
 * transactions {@link TransactionalVirtualTable}.
 */
public interface VirtualTable {
    /**
     * A CREATE TABLE statement that tells the columns; its table name counts for nothing. A column with the word {@code HIDDEN} in its type is left
     * out of {@code *} and of INSERT without a column list, and takes an argument of the table used as a function. A WITHOUT ROWID table that is
     * writable needs a primary key of one column.
     */
    String declaration();

    /**
     * Chooses how rows are to be found. The planner asks several times with different constraints usable, and takes the cheapest of all plans that
     * it hears of.
     *
     * @return false if there is no way with the constraints that are usable
     */
    boolean bestIndex(IndexRequest request);

    /** A new cursor, on no row: {@link VirtualCursor#filter} comes first. */
    VirtualCursor open();

    /**
     * The table's own form of a function that is called with one of its columns as first operand ({@code column MATCH x}, {@code f(column, …)}).
     *
     * @param name in lower case
     * @return null to leave the function as it is
     */
    default FunctionOverload findFunction(String name, int argumentCount) {
        return null;
    }

    /** The connection has no further use for the table, which goes on to exist. */
    default void disconnect() {}

    /** DROP TABLE: whatever {@link VirtualModule#create} made is to be removed. The object is not used again. */
    default void destroy() {
        disconnect();
    }

    /** ALTER TABLE … RENAME TO: shadow tables are to be renamed. */
    default void rename(String newName) {}

    /**
     * Part of {@code PRAGMA integrity_check}.
     *
     * @param quick true for {@code quick_check}
     * @return what is wrong, or null
     */
    default String checkIntegrity(String schemaName, String tableName, boolean quick) {
        return null;
    }

    /** Who may use the table. */
    enum Trust {
        /** Anybody, views and triggers too: reading it can do no harm whoever wrote the schema. */
        INNOCUOUS,
        /** Anybody, unless the schema is not trusted. */
        NORMAL,
        /** SQL typed at the top level only, not views or triggers. */
        DIRECT_ONLY
    }

    default Trust trust() {
        return Trust.NORMAL;
    }
}
