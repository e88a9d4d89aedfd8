package dev.verso.kv.memory;

import dev.verso.kv.KvStore;
import dev.verso.kv.contract.KvStoreContract;
import dev.verso.kv.contract.SimulatedClock;

final class MemoryKvStoreContractTest extends KvStoreContract {
    @Override
    protected KvStore open(SimulatedClock clock) {
        return MemoryKvStore.builder().clock(clock).build();
    }
}
