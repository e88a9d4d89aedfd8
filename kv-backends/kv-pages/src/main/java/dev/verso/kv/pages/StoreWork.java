package dev.verso.kv.pages;

import dev.verso.kv.KvException;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import java.util.function.Function;

/** Small transactions of the store that are tried again until it is known whether they were applied. */
final class StoreWork {
    private static final int TRIES = 100;

    /** A change: runs until it is known to be done. */
    interface Change {
        /** Makes the change; {@code again} if an earlier try may have been applied. Returns false if there is nothing to commit. */
        boolean make(KvTransaction transaction, boolean again);
    }

    private final KvStore store;

    StoreWork(KvStore store) {
        this.store = store;
    }

    KvStore store() {
        return store;
    }

    long micros() {
        return store.clock().micros();
    }

    void change(String name, Change change) {
        boolean again = false;
        for (int tries = 1; ; tries++) {
            try (KvTransaction transaction = store.begin()) {
                if (change.make(transaction, again)) {
                    transaction.commit().await();
                }
                return;
            } catch (KvException e) {
                switch (e.failure()) {
                    case UNKNOWN_RESULT -> again = true;
                    case CONFLICT, TOO_OLD, FUTURE_VERSION -> {}
                    case TOO_LARGE, UNAVAILABLE, FULL, TIMED_OUT, INTERRUPTED, CLOSED, OWNED, DAMAGED ->
                        throw Failures.translate(e, "changing", name);
                }
                if (tries == TRIES) {
                    throw Failures.translate(e, "changing", name);
                }
            }
        }
    }

    <T> T read(String name, Function<KvTransaction, T> reader) {
        for (int tries = 1; ; tries++) {
            try (KvTransaction transaction = store.begin()) {
                return reader.apply(transaction);
            } catch (KvException e) {
                if (!e.isRetryable() || tries == TRIES) {
                    throw Failures.opening(e, name);
                }
            }
        }
    }
}
