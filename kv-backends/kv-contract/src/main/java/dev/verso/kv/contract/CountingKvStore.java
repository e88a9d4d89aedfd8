package dev.verso.kv.contract;

import dev.verso.kv.KeyValue;
import dev.verso.kv.KvFeature;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts round trips: requests that are issued before the first of them is awaited share one. Commits are requests too. Meant for one
 * thread at a time.
 */
public final class CountingKvStore extends ForwardingStore {
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong trips = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private boolean tripIsOpen;

    public CountingKvStore(KvStore store) {
        super(store);
    }

    /** Round trips since the last {@link #reset}. */
    public long trips() {
        return trips.get();
    }

    /** Reads and commits since the last {@link #reset}. */
    public long requests() {
        return requests.get();
    }

    /** Commits since the last {@link #reset}. */
    public long commits() {
        return commits.get();
    }

    public synchronized void reset() {
        requests.set(0);
        trips.set(0);
        commits.set(0);
        tripIsOpen = false;
    }

    private synchronized <T> Pending<T> count(Pending<T> answer) {
        requests.incrementAndGet();
        if (!tripIsOpen) {
            tripIsOpen = true;
            trips.incrementAndGet();
        }
        long trip = trips.get();
        return new Pending<>() {
            @Override
            public T await() {
                arrived(trip);
                return answer.await();
            }

            @Override
            public boolean isDone() {
                return answer.isDone();
            }
        };
    }

    private synchronized void arrived(long trip) {
        if (trip == trips.get()) {
            tripIsOpen = false;
        }
    }

    @Override
    public boolean supports(KvFeature feature) {
        // What is counted here stands for a store beyond a network.
        return feature != KvFeature.INSTANT_READ_VERSION && store.supports(feature);
    }

    @Override
    public KvTransaction begin() {
        return new Counted(store.begin());
    }

    private final class Counted extends ForwardingTransaction {

        private Counted(KvTransaction transaction) {
            super(transaction);
        }

        @Override
        public Pending<Long> readVersion() {
            return count(transaction.readVersion());
        }

        @Override
        public Pending<byte[]> get(byte[] key, ReadMode mode) {
            return count(transaction.get(key, mode));
        }

        @Override
        public Pending<List<KeyValue>> getRange(byte[] begin, byte[] end, int limit, boolean reverse, ReadMode mode) {
            return count(transaction.getRange(begin, end, limit, reverse, mode));
        }

        @Override
        public Pending<Versionstamp> commit() {
            commits.incrementAndGet();
            return count(transaction.commit());
        }
    }
}
