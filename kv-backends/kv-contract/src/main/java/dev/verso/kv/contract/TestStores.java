package dev.verso.kv.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verso.kv.KvClock;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvStores;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The one place that decides which store the tests of layers above run on: one in memory, FoundationDB if a cluster is given, or another server.
 *
 * <pre>
 *   -Ddev.verso.fdb.cluster=CLUSTER-FILE      FoundationDB
 *   -Ddev.verso.test.store=etcd               etcd: three members that the tests start, or those that dev.verso.etcd.endpoints names
 *   -Ddev.verso.test.store=fdb-double         FoundationDB's store on a double of FoundationDB's client, in memory (tests of kv-foundationdb)
 * </pre>
 */
public final class TestStores {
    /** Names FoundationDB's cluster file. */
    public static final String CLUSTER_PROPERTY = "dev.verso.fdb.cluster";

    private static final String STORE_PROPERTY = "dev.verso.test.store";
    private static final String DOUBLE = "fdb-double";
    private static final Map<String, String> OPTIONS = Map.of("connectTimeoutMillis", "10000");

    private TestStores() {}

    /** True if tests run on a server and not in memory. */
    public static boolean isServer() {
        return System.getProperty(CLUSTER_PROPERTY) != null || System.getProperty(STORE_PROPERTY) != null;
    }

    /** FoundationDB's cluster file; aborts the test, by name, if none is given. */
    public static String cluster() {
        String cluster = System.getProperty(CLUSTER_PROPERTY);
        assumeTrue(
                cluster != null, "FoundationDB: no cluster given; run with -D" + CLUSTER_PROPERTY + "=<cluster file>");
        return cluster;
    }

    /**
     * An empty store.
     *
     * @param memory makes one in memory
     */
    public static KvStore open(Supplier<? extends KvStore> memory) {
        return open(KvClock.system(), memory);
    }

    /**
     * An empty store with a clock.
     *
     * @param memory makes one in memory, with that clock
     */
    public static KvStore open(KvClock clock, Supplier<? extends KvStore> memory) {
        return isServer() ? new PartOfStore(server(), "verso-test-" + UUID.randomUUID() + "/", clock) : memory.get();
    }

    private static KvStore server() {
        String cluster = System.getProperty(CLUSTER_PROPERTY);
        if (cluster != null) {
            return KvStores.open("fdb", cluster, OPTIONS);
        }
        String scheme = System.getProperty(STORE_PROPERTY);
        if (scheme.equals(DOUBLE)) {
            return KvStores.open(DOUBLE, "tests", OPTIONS);
        }
        if (!scheme.equals("etcd")) {
            throw new IllegalArgumentException("-D" + STORE_PROPERTY + "=" + scheme + ": neither etcd nor " + DOUBLE);
        }
        return KvStores.open("etcd", EtcdMembers.endpoints() + "/verso-test", OPTIONS);
    }

    /**
     * Where JDBC finds an empty store, like {@code mem:name}; on FoundationDB one store for all, so that databases need names of their own.
     *
     * @param memory the location of one in memory
     */
    public static String location(String memory) {
        if (System.getProperty(CLUSTER_PROPERTY) != null) {
            return "fdb:" + cluster();
        }
        return "etcd".equals(System.getProperty(STORE_PROPERTY))
                ? "etcd:" + EtcdMembers.endpoints() + "/verso-test-" + UUID.randomUUID()
                : memory;
    }
}
