package dev.verso.kv.embedded;

import static dev.verso.kv.embedded.TransactionChecks.requireLimit;
import static dev.verso.kv.embedded.TransactionChecks.requireRange;
import static dev.verso.kv.embedded.TransactionChecks.requireStamp;

import dev.verso.kv.AtomicOp;
import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Supplier;

/** A transaction of {@link EmbeddedEngine}. */
final class EmbeddedTransaction implements KvTransaction {
    private static final int SLICE_PAIRS = 1_024;

    private final EmbeddedEngine engine;
    private final WriteBuffer writes;
    private final ConflictRanges conflicts = new ConflictRanges();
    private final TransactionChecks checks;
    private final List<EmbeddedWatch> watches = new ArrayList<>();
    private long readVersion = -1;
    private long acquiredMicros;
    private long bytes;
    private boolean over;

    EmbeddedTransaction(EmbeddedEngine engine) {
        this.engine = engine;
        writes = new WriteBuffer(engine.limits().valueBytes());
        checks = new TransactionChecks("the store", engine.limits());
    }

    // ---- read version

    @Override
    public Pending<Long> readVersion() {
        return answer(this::acquired);
    }

    @Override
    public void readVersion(long version) {
        requireActive();
        if (readVersion >= 0) {
            throw new IllegalStateException("the transaction reads at version " + readVersion + " already");
        }
        engine.acquire(version);
        hold(version);
    }

    private long acquired() {
        if (readVersion < 0) {
            hold(engine.acquire());
        }
        return readVersion;
    }

    private void hold(long version) {
        readVersion = version;
        acquiredMicros = engine.clock().micros();
    }

    private long readableVersion() {
        long version = acquired();
        if (isPastWindow(engine.clock().micros())) {
            throw new KvException(
                    KvFailure.TOO_OLD,
                    "the transaction is older than " + engine.limits().windowMillis() + " ms");
        }
        return version;
    }

    boolean isPastWindow(long nowMicros) {
        return readVersion >= 0 && nowMicros - acquiredMicros > engine.limits().windowMillis() * 1_000;
    }

    // ---- reads

    @Override
    public Pending<byte[]> get(byte[] key, ReadMode mode) {
        checks.requireKey(key);
        return answer(() -> {
            if (writes.decides(key)) {
                return writes.over(key, null);
            }
            byte[] stored = engine.get(key, readableVersion());
            if (mode == ReadMode.SERIALIZABLE) {
                conflicts.addRead(key, Bytes.after(key));
            }
            return writes.over(key, stored);
        });
    }

    @Override
    public Pending<List<KeyValue>> getRange(byte[] begin, byte[] end, int limit, boolean reverse, ReadMode mode) {
        requireRange(begin, end);
        requireLimit(limit);
        return answer(() -> range(begin, end, limit, reverse, mode));
    }

    private List<KeyValue> range(byte[] begin, byte[] end, int limit, boolean reverse, ReadMode mode) {
        long version = readableVersion();
        int wanted = limit == UNLIMITED ? Integer.MAX_VALUE : limit;
        List<KeyValue> result = new ArrayList<>(Math.min(wanted, 16));
        byte[] from = begin;
        byte[] to = end;
        while (result.size() < wanted && Bytes.compare(from, to) < 0) {
            int count = Math.min(SLICE_PAIRS, wanted - result.size());
            EmbeddedEngine.Slice slice = engine.slice(from, to, count, reverse, version);
            if (writes.touches(slice.begin, slice.end)) {
                writes.overlay(slice.begin, slice.end, slice.pairs);
            }
            NavigableMap<byte[], byte[]> ordered = reverse ? slice.pairs.descendingMap() : slice.pairs;
            for (Map.Entry<byte[], byte[]> pair : ordered.entrySet()) {
                result.add(new KeyValue(pair.getKey(), pair.getValue()));
                if (result.size() == wanted) {
                    break;
                }
            }
            if (reverse) {
                to = slice.begin;
            } else {
                from = slice.end;
            }
        }
        if (mode == ReadMode.SERIALIZABLE) {
            conflicts.addRead(begin, end, result, wanted, reverse);
        }
        return result;
    }

    /** The result of a request, or its failure, after the network's delay. */
    private <T> Pending<T> answer(Supplier<T> request) {
        requireActive();
        T value = null;
        KvException failure = null;
        try {
            value = request.get();
        } catch (KvException e) {
            failure = e;
        }
        long delay = engine.network().nextDelayMicros();
        if (delay > 0) {
            return new Delayed<>(engine.clock(), engine.clock().micros() + delay, value, failure);
        }
        return failure != null ? Pending.failed(failure) : Pending.of(value);
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

    @Override
    public void set(byte[] key, byte[] value) {
        requireActive();
        checks.requireKey(key);
        checks.requireValue(key, value.length);
        writes.put(key, value);
        bytes += key.length + value.length;
        conflicts.touch(key);
    }

    @Override
    public void clear(byte[] key) {
        requireActive();
        checks.requireKey(key);
        writes.put(key, null);
        bytes += key.length;
        conflicts.touch(key);
    }

    @Override
    public void clearRange(byte[] begin, byte[] end) {
        requireActive();
        requireRange(begin, end);
        if (Bytes.compare(begin, end) < 0) {
            writes.clearRange(begin, end);
            bytes += begin.length + end.length;
            conflicts.touch(begin, end);
        }
    }

    @Override
    public void mutate(AtomicOp operation, byte[] key, byte[] operand) {
        requireActive();
        checks.requireKey(key);
        checks.requireValue(key, operand.length);
        writes.mutate(operation, key, operand);
        bytes += key.length + operand.length;
        conflicts.touch(key);
    }

    @Override
    public void setVersionstampedKey(byte[] key, int stampOffset, byte[] value) {
        requireActive();
        checks.requireKey(key);
        checks.requireValue(key, value.length);
        requireStamp(key.length, stampOffset);
        writes.putStampedKey(key, stampOffset, value);
        bytes += key.length + value.length;
        conflicts.touchStamped(key, stampOffset);
    }

    @Override
    public void setVersionstampedValue(byte[] key, byte[] value, int stampOffset) {
        requireActive();
        checks.requireKey(key);
        checks.requireValue(key, value.length);
        requireStamp(value.length, stampOffset);
        writes.putStamped(key, value, stampOffset);
        bytes += key.length + value.length;
        conflicts.touch(key);
    }

    @Override
    public Watch watch(byte[] key) {
        byte[] seen = get(key, ReadMode.SNAPSHOT).await();
        EmbeddedWatch watch = new EmbeddedWatch(key, seen);
        watches.add(watch);
        return watch;
    }

    // ---- the end

    @Override
    public long approximateBytes() {
        return bytes + conflicts.readBytes() + conflicts.writtenBytes();
    }

    @Override
    public Pending<Versionstamp> commit() {
        return answer(() -> {
            over = true;
            try {
                checks.requireTransaction(approximateBytes());
                CommitFate fate = writesSomething() ? engine.network().nextFate() : CommitFate.NORMAL;
                if (fate == CommitFate.UNKNOWN_LATE && conflicts.readBytes() > 0) {
                    acquired();
                }
                return engine.commit(this, fate);
            } catch (KvException e) {
                watches.forEach(watch -> watch.fail(e));
                throw e;
            } finally {
                releaseVersion();
            }
        });
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            releaseVersion();
        }
    }

    private void releaseVersion() {
        if (readVersion >= 0) {
            engine.release(readVersion);
        }
    }

    // ---- for the engine

    boolean writesSomething() {
        return !writes.isEmpty() || !conflicts.writesNothing();
    }

    WriteBuffer writes() {
        return writes;
    }

    /** The version read at. A transaction with read conflict ranges but without a read version reads at its commit. */
    long heldVersion() {
        return readVersion >= 0 ? readVersion : Long.MAX_VALUE;
    }

    List<KeyRange> readConflicts() {
        return conflicts.read();
    }

    List<KeyRange> writeConflicts() {
        return conflicts.written();
    }

    List<EmbeddedWatch> watches() {
        return watches;
    }

    // ---- checks

    private void requireActive() {
        if (over) {
            throw new KvException(KvFailure.CLOSED, "the transaction is over");
        }
        engine.requireOpen();
    }
}
