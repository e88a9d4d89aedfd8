package dev.verso.kv.foundationdb;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verso.kv.KvStore;
import dev.verso.kv.contract.KvStoreContract;
import dev.verso.kv.contract.SimulatedClock;

/** The contract on a real cluster; clears the keys that begin with {@code contract/}. */
final class FoundationDbContractTest extends KvStoreContract {
    @Override
    protected KvStore open(SimulatedClock clock) {
        String cluster = System.getProperty("dev.verso.fdb.cluster");
        assumeTrue(cluster != null, "FoundationDB: no cluster given; run with -Ddev.verso.fdb.cluster=<cluster file>");
        return FoundationDbStore.open(cluster, 10_000);
    }
}
