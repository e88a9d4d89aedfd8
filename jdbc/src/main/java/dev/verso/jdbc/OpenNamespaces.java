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
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The key-value stores that this JVM has open, each once, and their namespaces, each once for each version that is looked at: all connections
 * to one share its page cache.
 */
final class OpenNamespaces {
    private static final Map<String, OpenStore> STORES = new HashMap<>();

    private OpenNamespaces() {}

    /** True if a location begins with the scheme of a key-value backend. */
    static boolean isNamespace(String location) {
        return location.startsWith("local:")
                || location.startsWith("mem:")
                || location.startsWith("fdb:")
                || location.startsWith("etcd:");
    }

    /**
     * Opens {@code scheme:place/namespace[@version]}.
     *
     * @param create make a namespace that is not there
     */
    static PageStore open(String location, boolean readOnly, boolean create) {
        int slash = location.lastIndexOf('/');
        if (slash < 0 || slash == location.length() - 1) {
            throw new DatabaseException(
                    ResultCode.CANTOPEN,
                    "unable to open database file: '" + location + "' names no namespace (scheme:place/namespace)");
        }
        OpenStore store = acquire(location.substring(0, slash), create && !readOnly);
        try {
            NamespaceAddress address = NamespaceAddress.parse(location.substring(slash + 1));
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
     * @param location of its store
     * @param name of its namespace when it was opened
     */
    record Home(Namespaces namespaces, String location, String name) {}

    /** Where a database lies that was opened here, or null for another kind of database. */
    static Home home(PageStore store) {
        return store instanceof OpenNamespace namespace
                ? new Home(namespace.store.namespaces, namespace.store.location, namespace.address.name())
                : null;
    }

    /** The namespaces of a store, for administration; {@link StoreHandle#close} gives it up. */
    static StoreHandle store(String location) {
        return new StoreHandle(acquire(location, true));
    }

    private static OpenStore acquire(String location, boolean create) {
        int colon = location.indexOf(':');
        String scheme = location.substring(0, colon);
        String place = location.substring(colon + 1);
        String key = scheme.equals("local")
                ? "local:" + Path.of(place).toAbsolutePath().normalize()
                : location;
        synchronized (STORES) {
            OpenStore store = STORES.get(key);
            if (store == null) {
                try {
                    KvStore opened = KvStores.open(scheme, place, Map.of("create", String.valueOf(create)));
                    store = new OpenStore(key, location, opened, new Namespaces(opened));
                } catch (KvException e) {
                    throw new DatabaseException(
                            ResultCode.CANTOPEN,
                            "unable to open database file: " + location + ": " + e.getMessage(),
                            e);
                }
                STORES.put(key, store);
            }
            store.users++;
            return store;
        }
    }

    private static void release(OpenStore store) {
        synchronized (STORES) {
            if (--store.users == 0) {
                STORES.remove(store.key);
                store.heartbeat.end();
                store.kv.close();
            }
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
        private final String location;
        private final KvStore kv;
        private final Namespaces namespaces;
        private final Heartbeat heartbeat;
        private final Map<String, OpenNamespace> open = new HashMap<>();
        private int users;

        OpenStore(String key, String location, KvStore kv, Namespaces namespaces) {
            this.key = key;
            this.location = location;
            this.kv = kv;
            this.namespaces = namespaces;
            heartbeat = new Heartbeat(namespaces, key);
        }

        /** Shares by what the address means now: a name may have been given to another database. */
        synchronized PageStore open(NamespaceAddress address, boolean readOnly) {
            Namespaces.Place place = namespaces.locate(address);
            String identity = place.identity() + (readOnly ? " ro" : "");
            OpenNamespace shared = open.get(identity);
            if (shared == null) {
                shared = new OpenNamespace(this, identity, address, namespaces.open(place, readOnly));
                heartbeat.begin();
                open.put(identity, shared);
            }
            shared.users++;
            return shared;
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
