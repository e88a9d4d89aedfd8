package dev.verso.kv.contract;

import dev.verso.kv.AtomicOp;
import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvClock;
import dev.verso.kv.KvFeature;
import dev.verso.kv.KvLimits;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.Watch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The keys of a store that begin with a prefix, as a store of their own, with a clock that the test gives: so a test gets an empty store
 * on a server that others use too. Closing it clears its keys and closes the server's store.
 */
public final class PartOfStore extends ForwardingStore {
    private static final int CLEARED_AT_ONCE = 1_000;

    private final byte[] prefix;
    private final KvClock clock;

    /** @param prefix printable ASCII */
    public PartOfStore(KvStore store, String prefix, KvClock clock) {
        super(store);
        this.prefix = prefix.getBytes(StandardCharsets.US_ASCII);
        this.clock = clock;
    }

    @Override
    public String name() {
        return store.name() + "/" + new String(prefix, StandardCharsets.US_ASCII);
    }

    @Override
    public KvLimits limits() {
        KvLimits limits = store.limits();
        return new KvLimits(
                limits.keyBytes() - prefix.length,
                limits.valueBytes(),
                limits.transactionBytes(),
                limits.windowMillis());
    }

    @Override
    public boolean supports(KvFeature feature) {
        return feature != KvFeature.TEST_CLOCK && store.supports(feature);
    }

    @Override
    public KvTransaction begin() {
        return new Inside(store.begin());
    }

    @Override
    public KvClock clock() {
        return clock;
    }

    @Override
    public void close() {
        try {
            while (clearSome()) {
                // A server may take long to clear all at once.
            }
        } finally {
            store.close();
        }
    }

    private boolean clearSome() {
        try (KvTransaction transaction = store.begin()) {
            List<KeyValue> pairs = transaction
                    .getRange(prefix, inside(new byte[] {(byte) 0xff}), CLEARED_AT_ONCE, false, ReadMode.SNAPSHOT)
                    .await();
            if (pairs.isEmpty()) {
                return false;
            }
            transaction.clearRange(
                    prefix, Bytes.after(pairs.get(pairs.size() - 1).key()));
            transaction.commit().await();
            return true;
        }
    }

    private byte[] inside(byte[] key) {
        byte[] longer = Arrays.copyOf(prefix, prefix.length + key.length);
        System.arraycopy(key, 0, longer, prefix.length, key.length);
        return longer;
    }

    private KeyValue outside(KeyValue pair) {
        return new KeyValue(Arrays.copyOfRange(pair.key(), prefix.length, pair.key().length), pair.value());
    }

    private final class Inside implements KvTransaction {
        private final KvTransaction transaction;

        private Inside(KvTransaction transaction) {
            this.transaction = transaction;
        }

        @Override
        public Pending<Long> readVersion() {
            return transaction.readVersion();
        }

        @Override
        public void readVersion(long version) {
            transaction.readVersion(version);
        }

        @Override
        public Pending<byte[]> get(byte[] key, ReadMode mode) {
            return transaction.get(inside(key), mode);
        }

        @Override
        public Pending<List<KeyValue>> getRange(byte[] begin, byte[] end, int limit, boolean reverse, ReadMode mode) {
            Pending<List<KeyValue>> pairs = transaction.getRange(inside(begin), inside(end), limit, reverse, mode);
            return new Pending<>() {
                @Override
                public List<KeyValue> await() {
                    List<KeyValue> found = new ArrayList<>();
                    pairs.await().forEach(pair -> found.add(outside(pair)));
                    return found;
                }

                @Override
                public boolean isDone() {
                    return pairs.isDone();
                }
            };
        }

        @Override
        public void addReadConflictRange(byte[] begin, byte[] end) {
            transaction.addReadConflictRange(inside(begin), inside(end));
        }

        @Override
        public void addWriteConflictRange(byte[] begin, byte[] end) {
            transaction.addWriteConflictRange(inside(begin), inside(end));
        }

        @Override
        public void automaticWriteConflicts(boolean automatic) {
            transaction.automaticWriteConflicts(automatic);
        }

        @Override
        public void set(byte[] key, byte[] value) {
            transaction.set(inside(key), value);
        }

        @Override
        public void clear(byte[] key) {
            transaction.clear(inside(key));
        }

        @Override
        public void clearRange(byte[] begin, byte[] end) {
            transaction.clearRange(inside(begin), inside(end));
        }

        @Override
        public void mutate(AtomicOp operation, byte[] key, byte[] operand) {
            transaction.mutate(operation, inside(key), operand);
        }

        @Override
        public void setVersionstampedKey(byte[] key, int stampOffset, byte[] value) {
            transaction.setVersionstampedKey(
                    inside(key), stampOffset < 0 ? stampOffset : stampOffset + prefix.length, value);
        }

        @Override
        public void setVersionstampedValue(byte[] key, byte[] value, int stampOffset) {
            transaction.setVersionstampedValue(inside(key), value, stampOffset);
        }

        @Override
        public Watch watch(byte[] key) {
            return transaction.watch(inside(key));
        }

        @Override
        public long approximateBytes() {
            return transaction.approximateBytes();
        }

        @Override
        public Pending<Versionstamp> commit() {
            return transaction.commit();
        }

        @Override
        public void close() {
            transaction.close();
        }
    }
}
