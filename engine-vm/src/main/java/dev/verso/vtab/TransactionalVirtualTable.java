package dev.verso.vtab;

/**
 * A virtual table that keeps something outside of the database, and so has to be told how the transaction goes. One that keeps everything in shadow
 * tables has no need of it.
 */
public interface TransactionalVirtualTable extends VirtualTable {
    /** A statement of the transaction is about to change the table for the first time. */
    void begin();

    /** First step of the commit: the last chance to fail. */
    default void sync() {}

    /** The transaction is committed. Must not fail. */
    void commit();

    /** The transaction is rolled back. Must not fail. */
    void rollback();

    /** Changes from now on may have to be undone on their own. Levels count from 0; one that exists already begins anew. */
    default void savepoint(int level) {}

    /** That level and those above will not be asked for again; their changes stay. */
    default void release(int level) {}

    /** Undoes all changes since that level began; it goes on to exist, those above do not. */
    default void rollbackTo(int level) {}
}
