package dev.verso.jdbc;

import dev.verso.pager.PageCache;
import dev.verso.pager.PageStore;
import dev.verso.pager.StoreSession;
import dev.verso.pager.memory.MemoryStore;
import java.util.HashMap;
import java.util.Map;

/** Databases in memory that connections of this JVM share by name; one vanishes with its last connection, as in SQLite. */
final class SharedMemory implements PageStore {
    private static final Map<String, SharedMemory> OPEN = new HashMap<>();

    private final String key;
    private final MemoryStore store;
    private int users;

    private SharedMemory(String key) {
        this.key = key;
        this.store = new MemoryStore(key);
    }

    static SharedMemory open(String name) {
        synchronized (OPEN) {
            SharedMemory shared = OPEN.computeIfAbsent(name, SharedMemory::new);
            shared.users++;
            return shared;
        }
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public boolean isReadOnly() {
        return store.isReadOnly();
    }

    @Override
    public PageCache cache() {
        return store.cache();
    }

    @Override
    public StoreSession newSession() {
        return store.newSession();
    }

    @Override
    public void close() {
        synchronized (OPEN) {
            if (--users == 0) {
                OPEN.remove(key);
                store.close();
            }
        }
    }
}
