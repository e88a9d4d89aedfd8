package dev.verso.kv.foundationdb;

import dev.verso.kv.KvStore;
import dev.verso.kv.contract.KvStoreContract;
import dev.verso.kv.contract.SimulatedClock;
import dev.verso.kv.contract.TestStores;

/** The contract on a real cluster; clears the keys that begin with {@code contract/}. */
final class FoundationDbContractTest extends KvStoreContract {
    @Override
    protected KvStore open(SimulatedClock clock) {
        return FoundationDbStore.open(TestStores.cluster(), 10_000);
    }
}
