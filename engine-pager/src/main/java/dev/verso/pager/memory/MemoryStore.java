package dev.verso.pager.memory;

import dev.verso.pager.PageCache;
import dev.verso.pager.PageStore;
import dev.verso.pager.StoreSession;

/**
 * A database in memory, private ({@code :memory:}) or shared by several sessions. One session writes at a time; readers keep the
 * snapshot that they opened and never wait. It lives as long as somebody refers to it.
 */
public final class MemoryStore implements PageStore {
    /** SQLite's default page size. */
    public static final int DEFAULT_PAGE_SIZE_BYTES = 4096;

    private final String name;
    private final PageCache cache = PageCache.none();
    private volatile PageTable newest = PageTable.empty(DEFAULT_PAGE_SIZE_BYTES);
    private MemorySession writer;

    /** A private database, with the empty name. */
    public MemoryStore() {
        this("");
    }

    /** A database with a name for messages. */
    public MemoryStore(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public PageCache cache() {
        return cache;
    }

    @Override
    public StoreSession newSession() {
        return new MemorySession(this);
    }

    @Override
    public void close() {
        // Nothing is held but memory.
    }

    PageTable newest() {
        return newest;
    }

    /** True if the session is now the only writer. */
    synchronized boolean becomeWriter(MemorySession session) {
        if (writer == null) {
            writer = session;
        }
        return writer == session;
    }

    synchronized void publish(PageTable table) {
        newest = table;
        writer = null;
    }

    synchronized void leaveWriter(MemorySession session) {
        if (writer == session) {
            writer = null;
        }
    }
}
