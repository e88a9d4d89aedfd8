package dev.verso.kv.pages;

import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;

/**
 * Read transactions, one after the other: a snapshot of pages lives as long as it likes, while a read version of the store lives for
 * seconds. Any read version that is young enough serves any snapshot made before.
 */
final class ReadView {
    private final KvStore store;
    private KvTransaction transaction;
    private long begunMicros;
    private boolean verified;

    ReadView(KvStore store) {
        this.store = store;
    }

    /** A transaction young enough to read with. */
    KvTransaction transaction() {
        long now = store.clock().micros();
        if (transaction != null && now - begunMicros > store.limits().windowMillis() * 1_000 / 2) {
            renew();
        }
        if (transaction == null) {
            transaction = store.begin();
            begunMicros = now;
            verified = false;
        }
        return transaction;
    }

    /** True if this transaction has seen that the snapshot's version is kept. */
    boolean isVerified() {
        return verified;
    }

    void verified() {
        verified = true;
    }

    /** The next read uses a fresh read version. */
    void renew() {
        if (transaction != null) {
            transaction.close();
            transaction = null;
        }
    }
}
