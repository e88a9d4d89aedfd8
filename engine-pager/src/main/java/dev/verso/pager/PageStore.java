package dev.verso.pager;

/**
 * One database in some kind of storage: a file, memory, or versioned pages in a key-value store. Shared by all connections of this
 * JVM to that database; thread-safe.
 */
public interface PageStore extends AutoCloseable {
    /** What messages and {@code PRAGMA database_list} call this database: an absolute path, or the empty string for a private one. */
    String name();

    /** True if no session of this store may write. */
    boolean isReadOnly();

    /** The published page images, shared by this store's sessions. */
    PageCache cache();

    /** A new session, for one connection. */
    StoreSession newSession();

    /** Gives up the caller's interest; the last one closes the storage. Sessions must be closed before. */
    @Override
    void close();
}
