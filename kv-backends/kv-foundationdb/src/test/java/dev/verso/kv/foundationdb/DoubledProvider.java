package dev.verso.kv.foundationdb;

import dev.verso.kv.KvClock;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvStoreProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens stores on the double of FoundationDB's client; a location names a cluster of this JVM's. Found where this module's tests are on
 * the class path. The option {@code badLuck=SEED} makes requests to the cluster fail at random.
 */
public final class DoubledProvider implements KvStoreProvider {
    private static final Map<String, DoubledCluster> CLUSTERS = new ConcurrentHashMap<>();

    public DoubledProvider() {}

    @Override
    public String scheme() {
        return "fdb-double";
    }

    @Override
    public KvStore open(String location, Map<String, String> options) {
        DoubledCluster cluster = CLUSTERS.computeIfAbsent(location, at -> new DoubledCluster(KvClock.system()));
        String seed = options.get("badLuck");
        if (seed != null) {
            cluster.badLuck(Long.parseLong(seed));
        }
        return FoundationDbStore.connect(
                new FoundationDbStore(scheme() + ":" + location, new DoubledDatabase(cluster)),
                Long.parseLong(options.getOrDefault("connectTimeoutMillis", "10000")));
    }
}
