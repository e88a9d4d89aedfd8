package dev.verso.compat.simulation;

import dev.verso.pager.PageCache;
import dev.verso.pager.PageStore;
import dev.verso.pager.StoreSession;

/** A database that the connections of a process share: it stays open when one of them closes it, and its heartbeat goes on. */
final class SharedStore implements PageStore {
    private final PageStore store;

    SharedStore(PageStore store) {
        this.store = store;
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
        // As long as the process lives there may be another connection.
    }
}
