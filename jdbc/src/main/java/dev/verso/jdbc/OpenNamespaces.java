package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvException;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvStores;
import dev.verso.kv.pages.NamespaceAddress;
import dev.verso.kv.pages.Namespaces;
import dev.verso.pager.PageCache;
import dev.verso.pager.PageStore;
import dev.verso.pager.StoreSession;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The key-value stores that this JVM has open, each once, and their namespaces, each once for each version that is looked at: all connections
 * to one share its page cache.
 */
final class OpenNamespaces {
    private static final Map<String, OpenStore> STORES = new HashMap<>();
    private static final Map<String, Opening> OPENING = new HashMap<>();

    private OpenNamespaces() {}

    /**
     * Opens a namespace.
     *
     * @param create make a namespace that is not there
     */
    static PageStore open(StoreLocation location, boolean readOnly, boolean create) {
        OpenStore store = acquire(location.store(), create && !readOnly);
        try {
            NamespaceAddress address = NamespaceAddress.parse(location.namespace());
            if (create && !readOnly && !address.isPinned()) {
                store.namespaces.createIfAbsent(address.name());
            }
            return store.open(address, readOnly);
        } catch (RuntimeException e) {
            release(store);
            throw e;
        }
    }

    /**
     * Where an open database lies.
     *
     * @param name of its namespace when it was opened
     */
    record Home(Namespaces namespaces, String name) {}

    /** Where a database lies that was opened here, or null for another kind of database. */
    static Home home(PageStore store) {
        return store instanceof OpenNamespace namespace
                ? new Home(namespace.store.namespaces, namespace.address.name())
                : null;
    }

    /** The namespaces of a store, for administration; {@link StoreHandle#close} gives it up. */
    static StoreHandle store(StoreLocation location) {
        return new StoreHandle(acquire(location, true));
    }

    /** Who asks first opens it, and whoever asks meanwhile waits; nobody waits who asks for another one. */
    private static OpenStore acquire(StoreLocation location, boolean create) {
        String key = location.identity();
        while (true) {
            Opening opening;
            boolean isFirst = false;
            synchronized (STORES) {
                OpenStore open = STORES.get(key);
                if (open != null) {
                    open.users++;
                    return open;
                }
                opening = OPENING.get(key);
                if (opening == null) {
                    opening = new Opening(create, new CompletableFuture<>());
                    OPENING.put(key, opening);
                    isFirst = true;
                }
            }
            if (isFirst) {
                return open(key, location, opening);
            }
            DatabaseException failure = await(opening.outcome, location);
            if (failure != null && (opening.create || !create)) {
                throw cannotOpen(location, failure.getMessage(), failure);
            }
        }
    }

    /**
     * Someone opens or closes a store.
     *
     * @param outcome null when that is done, or why it is not open
     */
    private record Opening(boolean create, CompletableFuture<DatabaseException> outcome) {}

    private static OpenStore open(String key, StoreLocation location, Opening opening) {
        OpenStore store = null;
        DatabaseException failure = null;
        try {
            KvStore opened = KvStores.open(location.scheme(), location.place(), location.options(opening.create));
            store = new OpenStore(key, location.toString(), opened, new Namespaces(opened));
            store.users = 1;
            return store;
        } catch (KvException e) {
            failure = cannotOpen(location, e.getMessage(), e);
            throw failure;
        } catch (DatabaseException e) {
            failure = e;
            throw e;
        } finally {
            synchronized (STORES) {
                OPENING.remove(key);
                if (store != null) {
                    STORES.put(key, store);
                }
            }
            opening.outcome.complete(
                    store != null || failure != null
                            ? failure
                            : cannotOpen(location, "what opened it has failed", null));
        }
    }

    private static DatabaseException await(CompletableFuture<DatabaseException> outcome, StoreLocation location) {
        try {
            return outcome.get(location.connectTimeoutMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw cannotOpen(location, "no answer within " + location.connectTimeoutMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cannotOpen(location, "interrupted while another thread opens it", e);
        } catch (ExecutionException e) {
            throw new AssertionError("outcomes are values", e);
        }
    }

    private static DatabaseException cannotOpen(StoreLocation location, String why, Throwable cause) {
        String prefix = "unable to open database file: ";
        return new DatabaseException(
                ResultCode.CANTOPEN,
                why != null && why.startsWith(prefix) ? why : prefix + location + ": " + why,
                cause);
    }

    private static void release(OpenStore store) {
        Opening closing = new Opening(false, new CompletableFuture<>());
        synchronized (STORES) {
            if (--store.users > 0) {
                return;
            }
            STORES.remove(store.key);
            // Whoever wants it again waits until it is closed.
            OPENING.put(store.key, closing);
        }
        try {
            store.close();
        } finally {
            synchronized (STORES) {
                OPENING.remove(store.key);
            }
            closing.outcome.complete(null);
        }
    }

    /** A use of a store's namespaces. */
    static final class StoreHandle implements AutoCloseable {
        private final OpenStore store;

        private StoreHandle(OpenStore store) {
            this.store = store;
        }

        Namespaces namespaces() {
            return store.namespaces;
        }

        @Override
        public void close() {
            release(store);
        }
    }

    private static final class OpenStore {
        private final String key;
        private final KvStore kv;
        private final Namespaces namespaces;
        private final Repeated heartbeat;
        private final Repeated collections;
        private final Map<String, OpenNamespace> open = new HashMap<>();
        private int users;

        OpenStore(String key, String title, KvStore kv, Namespaces namespaces) {
            this.key = key;
            this.kv = kv;
            this.namespaces = namespaces;
            heartbeat = new Repeated(
                    "verso-heartbeat " + title, Namespaces.HEARTBEAT_MILLIS, stop -> namespaces.heartbeat());
            collections = new Repeated("verso-collector " + title, Namespaces.HEARTBEAT_MILLIS, namespaces::collectDue);
        }

        /** Shares by what the address means now: a name may have been given to another database. */
        synchronized PageStore open(NamespaceAddress address, boolean readOnly) {
            Namespaces.Place place = namespaces.locate(address);
            String identity = place.identity() + (readOnly ? " ro" : "");
            OpenNamespace shared = open.get(identity);
            if (shared == null) {
                shared = new OpenNamespace(this, identity, address, namespaces.open(place, readOnly));
                heartbeat.begin();
                if (!readOnly && !address.isPinned()) {
                    collections.begin();
                }
                open.put(identity, shared);
            }
            shared.users++;
            return shared;
        }

        /** What is due is collected as long as somebody who may write has the store open. */
        void close() {
            collections.end();
            heartbeat.end();
            kv.close();
        }

        synchronized void close(OpenNamespace namespace) {
            if (--namespace.users == 0) {
                open.remove(namespace.identity);
                namespace.pages.close();
            }
        }
    }

    /** One namespace, shared by its connections. */
    private static final class OpenNamespace implements PageStore {
        private final OpenStore store;
        private final String identity;
        private final NamespaceAddress address;
        private final PageStore pages;
        private int users;

        OpenNamespace(OpenStore store, String identity, NamespaceAddress address, PageStore pages) {
            this.store = store;
            this.identity = identity;
            this.address = address;
            this.pages = pages;
        }

        @Override
        public String name() {
            return pages.name();
        }

        @Override
        public boolean isReadOnly() {
            return pages.isReadOnly();
        }

        @Override
        public PageCache cache() {
            return pages.cache();
        }

        @Override
        public StoreSession newSession() {
            return pages.newSession();
        }

        @Override
        public void close() {
            store.close(this);
            release(store);
        }
    }
}
