package dev.verso.kv.memory;

import dev.verso.kv.KvClock;
import dev.verso.kv.KvFeature;
import dev.verso.kv.KvLimits;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvStoreProvider;
import dev.verso.kv.KvTransaction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code mem:NAME}: a store that every opener of that name in this JVM shares. It stands in for a server and so lives until the JVM
 * ends, whoever closes it.
 */
public final class MemoryKvStoreProvider implements KvStoreProvider {
    private static final Map<String, MemoryKvStore> STORES = new ConcurrentHashMap<>();

    public MemoryKvStoreProvider() {}

    @Override
    public String scheme() {
        return "mem";
    }

    @Override
    public KvStore open(String location, Map<String, String> options) {
        return new Connected(STORES.computeIfAbsent(
                location, name -> MemoryKvStore.builder().name("mem:" + name).build()));
    }

    /** Closing it leaves the store as it is. */
    private record Connected(MemoryKvStore store) implements KvStore {
        @Override
        public String name() {
            return store.name();
        }

        @Override
        public KvLimits limits() {
            return store.limits();
        }

        @Override
        public boolean supports(KvFeature feature) {
            return store.supports(feature);
        }

        @Override
        public KvTransaction begin() {
            return store.begin();
        }

        @Override
        public KvClock clock() {
            return store.clock();
        }

        @Override
        public void close() {
            // The name outlives whoever opened it.
        }
    }
}
