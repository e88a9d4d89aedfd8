package dev.verso.kv.etcd;

import static dev.verso.kv.embedded.TransactionChecks.requireLimit;
import static dev.verso.kv.embedded.TransactionChecks.requireRange;
import static dev.verso.kv.embedded.TransactionChecks.requireStamp;

import dev.verso.kv.AtomicOp;
import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvLimits;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.Watch;
import dev.verso.kv.embedded.ConflictRanges;
import dev.verso.kv.embedded.TransactionChecks;
import dev.verso.kv.embedded.WriteBuffer;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * A transaction: reads at one revision, writes gathered here until the commit. Reads are sent when the first of them is awaited; a write
 * that comes before waits for them, so that they don't see it.
 */
final class EtcdTransaction implements KvTransaction {
    private static final int SLICE_PAIRS = 1_000;
    /** What etcd's protocol adds to the two entries of a key, at most. */
    private static final int OVERHEAD_BYTES = 64;

    private final EtcdStore store;
    private final SnapshotReads reads;
    private final WriteBuffer writes;
    private final List<Answer<?>> unanswered = new ArrayList<>();
    private final ConflictRanges conflicts = new ConflictRanges();
    private final TransactionChecks checks;
    private final List<EtcdWatch> watches = new ArrayList<>();
    private long bytes;
    private boolean over;

    EtcdTransaction(EtcdStore store) {
        this.store = store;
        KvLimits limits = store.limits();
        checks = new TransactionChecks(store.name(), limits);
        reads = new SnapshotReads(store);
        writes = new WriteBuffer(limits.valueBytes());
    }

    // ---- read version

    @Override
    public Pending<Long> readVersion() {
        requireActive();
        reads.askVersion();
        return new Pending<>() {
            @Override
            public Long await() {
                return reads.version();
            }

            @Override
            public boolean isDone() {
                return reads.isVersionKnown();
            }
        };
    }

    /** The revision of etcd that it reads at. */
    long revision() {
        return reads.revision();
    }

    @Override
    public void readVersion(long version) {
        requireActive();
        reads.at(version);
    }

    // ---- reads

    /** A read whose answer is worked out once, when it is awaited or something is about to be written. */
    private abstract static class Answer<T> implements Pending<T> {
        private T value;
        private KvException failure;
        private boolean known;

        abstract T work();

        abstract boolean isThere();

        @Override
        public final T await() {
            settle();
            if (failure != null) {
                throw failure;
            }
            return value;
        }

        final void settle() {
            if (!known) {
                try {
                    value = work();
                } catch (KvException e) {
                    failure = e;
                }
                known = true;
            }
        }

        @Override
        public final boolean isDone() {
            return known || isThere();
        }
    }

    private <T> Answer<T> later(Answer<T> answer) {
        unanswered.add(answer);
        return answer;
    }

    private void settleReads() {
        if (!unanswered.isEmpty()) {
            for (Answer<?> each : unanswered) {
                each.settle();
            }
            unanswered.clear();
        }
    }

    @Override
    public Pending<byte[]> get(byte[] key, ReadMode mode) {
        requireActive();
        checks.requireKey(key);
        if (writes.decides(key)) {
            return Pending.of(writes.over(key, null));
        }
        SnapshotReads.Asked asked =
                reads.ask(RangeRequest.newBuilder().setKey(store.keys().data(key)));
        return later(new Answer<>() {
            @Override
            byte[] work() {
                RangeResponse found = asked.await();
                byte[] stored = found.getKvsCount() == 0
                        ? null
                        : found.getKvs(0).getValue().toByteArray();
                if (mode == ReadMode.SERIALIZABLE) {
                    conflicts.addRead(key, Bytes.after(key));
                }
                return writes.over(key, stored);
            }

            @Override
            boolean isThere() {
                return asked.isDone();
            }
        });
    }

    @Override
    public Pending<List<KeyValue>> getRange(byte[] begin, byte[] end, int limit, boolean reverse, ReadMode mode) {
        requireActive();
        requireRange(begin, end);
        requireLimit(limit);
        if (Bytes.compare(begin, end) == 0) {
            return Pending.of(List.of());
        }
        // The whole of a range comes from its end, which is the cheaper way.
        boolean whole = limit == UNLIMITED;
        int wanted = whole ? Integer.MAX_VALUE : limit;
        SliceRead first = slice(begin, end, wanted, reverse || whole);
        return later(new Answer<>() {
            @Override
            List<KeyValue> work() {
                List<KeyValue> found = range(first, begin, end, wanted, reverse || whole);
                if (mode == ReadMode.SERIALIZABLE) {
                    conflicts.addRead(begin, end, found, wanted, reverse);
                }
                if (whole && !reverse) {
                    Collections.reverse(found);
                }
                return found;
            }

            @Override
            boolean isThere() {
                return first.isDone();
            }
        });
    }

    private SliceRead slice(byte[] begin, byte[] end, int wanted, boolean fromTheEnd) {
        return new SliceRead(reads, store.keys(), begin, end, Math.min(wanted, SLICE_PAIRS), fromTheEnd);
    }

    /** Up to {@code wanted} pairs in the order of reading, with this transaction's own writes. */
    private List<KeyValue> range(SliceRead first, byte[] begin, byte[] end, int wanted, boolean reverse) {
        List<KeyValue> result = new ArrayList<>(Math.min(wanted, 16));
        SliceRead next = first;
        byte[] from = begin;
        byte[] to = end;
        while (true) {
            SliceRead.Slice slice = next.await();
            if (writes.touches(slice.begin(), slice.end())) {
                writes.overlay(slice.begin(), slice.end(), slice.pairs());
            }
            NavigableMap<byte[], byte[]> ordered = reverse ? slice.pairs().descendingMap() : slice.pairs();
            for (Map.Entry<byte[], byte[]> pair : ordered.entrySet()) {
                result.add(new KeyValue(pair.getKey(), pair.getValue()));
                if (result.size() == wanted) {
                    return result;
                }
            }
            if (reverse) {
                to = slice.begin();
            } else {
                from = slice.end();
            }
            if (Bytes.compare(from, to) >= 0) {
                return result;
            }
            next = slice(from, to, wanted - result.size(), reverse);
        }
    }

    // ---- conflict ranges

    @Override
    public void addReadConflictRange(byte[] begin, byte[] end) {
        requireActive();
        requireRange(begin, end);
        conflicts.addRead(begin, end);
    }

    @Override
    public void addWriteConflictRange(byte[] begin, byte[] end) {
        requireActive();
        requireRange(begin, end);
        conflicts.addWrite(begin, end);
    }

    @Override
    public void automaticWriteConflicts(boolean automatic) {
        conflicts.automatic(automatic);
    }

    // ---- writes

    /** Before each write; a key may double in length in etcd, and a second entry holds it once more. */
    private void beforeWrite(byte[] key, int valueBytes) {
        requireActive();
        checks.requireKey(key);
        checks.requireValue(key, valueBytes);
        settleReads();
        int prefixBytes = store.keys().prefixBytes();
        bytes += 3L * key.length + 2L * prefixBytes + valueBytes + OVERHEAD_BYTES;
        if (writes.isCleared(key)) {
            // Splits two ranges that are deleted.
            bytes += 6L * key.length + 4L * prefixBytes + OVERHEAD_BYTES;
        }
    }

    @Override
    public void set(byte[] key, byte[] value) {
        beforeWrite(key, value.length);
        writes.put(key, value);
        conflicts.touch(key);
    }

    @Override
    public void clear(byte[] key) {
        beforeWrite(key, 0);
        writes.put(key, null);
        conflicts.touch(key);
    }

    @Override
    public void clearRange(byte[] begin, byte[] end) {
        requireRange(begin, end);
        if (Bytes.compare(begin, end) < 0) {
            beforeWrite(begin, 0);
            bytes += 3L * end.length;
            writes.clearRange(begin, end);
            conflicts.touch(begin, end);
        }
    }

    @Override
    public void mutate(AtomicOp operation, byte[] key, byte[] operand) {
        beforeWrite(key, operand.length);
        writes.mutate(operation, key, operand);
        conflicts.touch(key);
    }

    @Override
    public void setVersionstampedKey(byte[] key, int stampOffset, byte[] value) {
        requireStamp(key.length, stampOffset);
        beforeWrite(key, value.length);
        writes.putStampedKey(key, stampOffset, value);
        conflicts.touchStamped(key, stampOffset);
    }

    @Override
    public void setVersionstampedValue(byte[] key, byte[] value, int stampOffset) {
        requireStamp(value.length, stampOffset);
        beforeWrite(key, value.length);
        writes.putStamped(key, value, stampOffset);
        conflicts.touch(key);
    }

    @Override
    public Watch watch(byte[] key) {
        byte[] seen = get(key, ReadMode.SNAPSHOT).await();
        EtcdWatch watch = new EtcdWatch(store, store.keys().data(key), seen, reads.revision() + 1);
        watches.add(watch);
        return watch;
    }

    // ---- the end

    @Override
    public long approximateBytes() {
        return bytes + conflicts.writtenBytes() + (long) CommitRecord.RANGE_BYTES * conflicts.writes();
    }

    @Override
    public Pending<Versionstamp> commit() {
        requireActive();
        over = true;
        try {
            settleReads();
            long all = approximateBytes();
            checks.requireTransaction(all);
            if (writes.isEmpty() && conflicts.writesNothing()) {
                activateWatches();
                return Pending.of(Versionstamp.NONE);
            }
            CommitRequest request = new CommitRequest(
                    conflicts.readsNothing() ? -1 : reads.versionReadAt(),
                    conflicts.read(),
                    conflicts.written(),
                    writes,
                    all);
            store.commit(request);
            request.outcome().whenComplete((stamp, failure) -> {
                if (failure == null) {
                    activateWatches();
                } else {
                    failWatches(CommitAnswer.reason(failure));
                }
            });
            return new CommitAnswer(request.outcome(), store.name());
        } catch (KvException e) {
            failWatches(e);
            return Pending.failed(e);
        }
    }

    private void activateWatches() {
        watches.forEach(EtcdWatch::activate);
    }

    private void failWatches(KvException reason) {
        watches.forEach(watch -> watch.fail(reason));
    }

    @Override
    public void close() {
        over = true;
    }

    // ---- checks

    private void requireActive() {
        if (over) {
            throw new KvException(KvFailure.CLOSED, "the transaction is over");
        }
        store.requireOpen();
    }
}
