package dev.verso.kv.contract;

import dev.verso.kv.KvClock;
import dev.verso.kv.KvFeature;
import dev.verso.kv.KvLimits;
import dev.verso.kv.KvStore;

/** A store over another one: its transactions are the double's own, the rest is passed on. */
abstract class ForwardingStore implements KvStore {
    final KvStore store;

    ForwardingStore(KvStore store) {
        this.store = store;
    }

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
    public KvClock clock() {
        return store.clock();
    }

    @Override
    public void close() {
        store.close();
    }
}
