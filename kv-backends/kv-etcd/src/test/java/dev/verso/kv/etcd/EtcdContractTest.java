package dev.verso.kv.etcd;

import dev.verso.kv.KvStore;
import dev.verso.kv.contract.EtcdMembers;
import dev.verso.kv.contract.KvStoreContract;
import dev.verso.kv.contract.SimulatedClock;

/** The contract on a real cluster; clears the keys that begin with {@code verso-contract/}. */
final class EtcdContractTest extends KvStoreContract {
    @Override
    protected KvStore open(SimulatedClock clock) {
        return EtcdStore.open(EtcdMembers.endpoints() + "/verso-contract", 10_000);
    }
}
