package dev.verso.kv.pages;

import dev.verso.kv.KvException;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import dev.verso.pager.BigEndian;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;

/**
 * New rowids of one namespace, series by series (a series is a tree). Two transactions that are open at the same time get different ones.
 * With one writer these are the numbers that SQLite would choose: what is not taken by an open transaction, nor by a commit that the asking
 * transaction does not see, is not remembered.
 *
 * <p>That holds within this JVM. Once commits have collided with those of another one, numbers of that series are leased from the store in
 * blocks: key {@code r SERIES} has the first that is not leased.
 */
final class RowidLeases {
    private static final int BLOCK = 256;
    private static final int TRIES = 60;

    /** One series. */
    private static final class Series {
        /** The largest number that each open transaction has been given. */
        private final Map<WriteTransaction, Long> given = new HashMap<>();
        /** The largest one that was committed, and by which version: later snapshots show it. */
        private long committed;

        private long committedVersion = -1;
        private boolean isLeased;
        private long nextLeased;
        private long leaseEnd;
    }

    private final KvStore store;
    private final NamespaceKeys keys;
    private final String name;
    private final Lock lock;
    private final Map<Integer, Series> series = new HashMap<>();

    RowidLeases(KvStore store, NamespaceKeys keys, String name) {
        this.store = store;
        this.keys = keys;
        this.name = name;
        lock = store.clock().newLock();
    }

    /** @return the wanted number or a larger one; the smallest long if there is none */
    long reserve(WriteTransaction transaction, int number, long wanted, long snapshotVersion) {
        lock.lock();
        try {
            return reserveOne(transaction, number, wanted, snapshotVersion);
        } finally {
            lock.unlock();
        }
    }

    private long reserveOne(WriteTransaction transaction, int number, long wanted, long snapshotVersion) {
        Series one = series.computeIfAbsent(number, n -> new Series());
        long next = wanted;
        if (one.committedVersion > snapshotVersion && one.committed >= next) {
            next = one.committed + 1;
        }
        for (Map.Entry<WriteTransaction, Long> each : one.given.entrySet()) {
            if (each.getKey() != transaction && each.getValue() >= next) {
                next = each.getValue() + 1;
            }
        }
        // The largest number plus 1 is the smallest.
        if (one.isLeased && next >= wanted && next < Long.MAX_VALUE - BLOCK) {
            next = leased(one, number, next);
        }
        if (next < wanted) {
            return Long.MIN_VALUE;
        }
        one.given.merge(transaction, next, Math::max);
        return next;
    }

    private long leased(Series one, int number, long wanted) {
        long next = Math.max(wanted, one.nextLeased);
        if (next >= one.leaseEnd) {
            next = lease(number, next);
            one.leaseEnd = next + BLOCK;
        }
        one.nextLeased = next + 1;
        return next;
    }

    /** Takes a block from the store; one that is lost with the answer does no harm. */
    private long lease(int number, long wanted) {
        byte[] key = keys.lease(number);
        for (int tries = 1; ; tries++) {
            try (KvTransaction transaction = store.begin()) {
                byte[] value = transaction.get(key, ReadMode.SERIALIZABLE).await();
                long first = value == null ? wanted : Math.max(wanted, BigEndian.s64(value, 0));
                byte[] next = new byte[8];
                BigEndian.put64(next, 0, first + BLOCK);
                transaction.set(key, next);
                transaction.commit().await();
                return first;
            } catch (KvException e) {
                boolean again =
                        switch (e.failure()) {
                            case CONFLICT, TOO_OLD, FUTURE_VERSION, UNKNOWN_RESULT -> true;
                            case TOO_LARGE, UNAVAILABLE, FULL, TIMED_OUT, INTERRUPTED, CLOSED, OWNED, DAMAGED -> false;
                        };
                if (!again || tries == TRIES) {
                    throw Failures.translate(e, "leasing rowids of", name);
                }
            }
        }
    }

    /** The transaction ended. @param version of its commit, -1 if it was rolled back */
    void end(WriteTransaction transaction, long version) {
        lock.lock();
        try {
            for (Series one : series.values()) {
                Long given = one.given.remove(transaction);
                if (given != null && version >= 0) {
                    one.committed = Math.max(one.committed, given);
                    one.committedVersion = Math.max(one.committedVersion, version);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The transaction collided with a commit of another JVM: from now on numbers of its series are leased. */
    void collided(WriteTransaction transaction) {
        lock.lock();
        try {
            for (Series one : series.values()) {
                one.isLeased |= one.given.containsKey(transaction);
            }
        } finally {
            lock.unlock();
        }
    }
}
