package dev.verso.kv.memory;

import dev.verso.kv.KvStore;
import dev.verso.kv.contract.KvStoreContract;
import dev.verso.kv.contract.PartOfStore;
import dev.verso.kv.contract.SimulatedClock;

/** What tests run on where they are given a server. */
final class PartOfStoreContractTest extends KvStoreContract {
    @Override
    protected KvStore open(SimulatedClock clock) {
        return new PartOfStore(MemoryKvStore.create(), "part/", clock);
    }
}
