package dev.verso.kv.foundationdb;

import dev.verso.kv.KvClock;
import dev.verso.kv.KvFeature;
import dev.verso.kv.KvLimits;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.contract.KvStoreContract;
import dev.verso.kv.contract.SimulatedClock;

/** The contract on a double of FoundationDB's client in memory ({@link DoubledDatabase}), whose time the suite moves. */
final class DoubledContractTest extends KvStoreContract {
    @Override
    protected KvStore open(SimulatedClock clock) {
        DoubledCluster cluster = new DoubledCluster(clock);
        FoundationDbStore store =
                FoundationDbStore.connect(new FoundationDbStore("double", new DoubledDatabase(cluster)), 10_000);
        return new KvStore() {
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
                return feature == KvFeature.TEST_CLOCK || store.supports(feature);
            }

            @Override
            public KvTransaction begin() {
                return store.begin();
            }

            @Override
            public KvClock clock() {
                return clock;
            }

            @Override
            public void close() {
                store.close();
                cluster.close();
            }
        };
    }
}
