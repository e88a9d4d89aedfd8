package dev.verso.kv.embedded;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Supplier;

/** A transaction of {@link EmbeddedEngine}. */
final class EmbeddedTransaction implements KvTransaction {
    private static final int SLICE_PAIRS = 1_024;

    private final EmbeddedEngine engine;
    private final WriteBuffer writes;
    private final List<KeyRange> readRanges = new ArrayList<>();
    private final List<KeyRange> writeRanges = new ArrayList<>();
    private final List<EmbeddedWatch> watches = new ArrayList<>();
    private boolean automaticWriteConflicts = true;
    private long readVersion = -1;
    private long acquiredMicros;
    private long bytes;
    private boolean over;

    EmbeddedTransaction(EmbeddedEngine engine) {
        this.engine = engine;
        writes = new WriteBuffer(engine.limits().valueBytes());
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
        requireKey(key);
        return answer(() -> {
            if (writes.decides(key)) {
                return writes.over(key, null);
            }
            byte[] stored = engine.get(key, readableVersion());
            if (mode == ReadMode.SERIALIZABLE) {
                addReadRange(key, Bytes.after(key));
            }
            return writes.over(key, stored);
        });
    }

    @Override
    public Pending<List<KeyValue>> getRange(byte[] begin, byte[] end, int limit, boolean reverse, ReadMode mode) {
        requireRange(begin, end);
        if (limit < 0) {
            throw new IllegalArgumentException("limit " + limit);
        }
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
            boolean stoppedEarly = result.size() == wanted && !result.isEmpty();
            byte[] last = stoppedEarly ? result.get(result.size() - 1).key() : null;
            addReadRange(stoppedEarly && reverse ? last : begin, stoppedEarly && !reverse ? Bytes.after(last) : end);
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
        addReadRange(begin, end);
    }

    @Override
    public void addWriteConflictRange(byte[] begin, byte[] end) {
        requireActive();
        requireRange(begin, end);
        addWriteRange(begin, end);
    }

    @Override
    public void automaticWriteConflicts(boolean automatic) {
        automaticWriteConflicts = automatic;
    }

    private void addReadRange(byte[] begin, byte[] end) {
        if (Bytes.compare(begin, end) < 0) {
            readRanges.add(new KeyRange(begin, end));
            bytes += begin.length + end.length;
        }
    }

    private void addWriteRange(byte[] begin, byte[] end) {
        if (Bytes.compare(begin, end) < 0) {
            writeRanges.add(new KeyRange(begin, end));
            bytes += begin.length + end.length;
        }
    }

    private void touch(byte[] begin, byte[] end) {
        if (automaticWriteConflicts) {
            addWriteRange(begin, end);
        }
    }

    // ---- writes

    @Override
    public void set(byte[] key, byte[] value) {
        requireActive();
        requireKey(key);
        requireValue(key, value);
        writes.put(key, value);
        bytes += key.length + value.length;
        touch(key, Bytes.after(key));
    }

    @Override
    public void clear(byte[] key) {
        requireActive();
        requireKey(key);
        writes.put(key, null);
        bytes += key.length;
        touch(key, Bytes.after(key));
    }

    @Override
    public void clearRange(byte[] begin, byte[] end) {
        requireActive();
        requireRange(begin, end);
        if (Bytes.compare(begin, end) < 0) {
            writes.clearRange(begin, end);
            bytes += begin.length + end.length;
            touch(begin, end);
        }
    }

    @Override
    public void mutate(AtomicOp operation, byte[] key, byte[] operand) {
        requireActive();
        requireKey(key);
        requireValue(key, operand);
        writes.mutate(operation, key, operand);
        bytes += key.length + operand.length;
        touch(key, Bytes.after(key));
    }

    @Override
    public void setVersionstampedKey(byte[] key, int stampOffset, byte[] value) {
        requireActive();
        requireKey(key);
        requireValue(key, value);
        requireStamp(key.length, stampOffset);
        writes.putStampedKey(key, stampOffset, value);
        bytes += key.length + value.length;
        if (automaticWriteConflicts) {
            byte[] least = key.clone();
            Arrays.fill(least, stampOffset, stampOffset + Versionstamp.BYTES, (byte) 0);
            byte[] most = key.clone();
            Arrays.fill(most, stampOffset, stampOffset + Versionstamp.BYTES, (byte) 0xff);
            addWriteRange(least, Bytes.after(most));
        }
    }

    @Override
    public void setVersionstampedValue(byte[] key, byte[] value, int stampOffset) {
        requireActive();
        requireKey(key);
        requireValue(key, value);
        requireStamp(value.length, stampOffset);
        writes.putStamped(key, value, stampOffset);
        bytes += key.length + value.length;
        touch(key, Bytes.after(key));
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
        return bytes;
    }

    @Override
    public Pending<Versionstamp> commit() {
        return answer(() -> {
            over = true;
            try {
                if (bytes > engine.limits().transactionBytes()) {
                    throw new KvException(
                            KvFailure.TOO_LARGE,
                            "a transaction of " + bytes + " bytes; the store takes "
                                    + engine.limits().transactionBytes());
                }
                CommitFate fate = writesSomething() ? engine.network().nextFate() : CommitFate.NORMAL;
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
        return !writes.isEmpty() || !writeRanges.isEmpty();
    }

    WriteBuffer writes() {
        return writes;
    }

    /** The version read at. A transaction with read conflict ranges but without a read version reads at its commit. */
    long heldVersion() {
        return readVersion >= 0 ? readVersion : Long.MAX_VALUE;
    }

    List<KeyRange> readConflicts() {
        return KeyRange.normalize(readRanges);
    }

    List<KeyRange> writeConflicts() {
        return KeyRange.normalize(writeRanges);
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

    private void requireKey(byte[] key) {
        if (key.length > engine.limits().keyBytes()) {
            throw new KvException(
                    KvFailure.TOO_LARGE,
                    "a key of " + key.length + " bytes; the store takes "
                            + engine.limits().keyBytes());
        }
        if (key.length > 0 && key[0] == (byte) 0xff) {
            throw new IllegalArgumentException("key " + Bytes.printable(key) + " is outside the range for users");
        }
    }

    private void requireValue(byte[] key, byte[] value) {
        if (value.length > engine.limits().valueBytes()) {
            throw new KvException(
                    KvFailure.TOO_LARGE,
                    "a value of " + value.length + " bytes for " + Bytes.printable(key) + "; the store takes "
                            + engine.limits().valueBytes());
        }
    }

    private static void requireRange(byte[] begin, byte[] end) {
        if (Bytes.compare(begin, end) > 0) {
            throw new IllegalArgumentException(
                    "range from " + Bytes.printable(begin) + " down to " + Bytes.printable(end));
        }
    }

    private static void requireStamp(int length, int stampOffset) {
        if (stampOffset < 0 || stampOffset + Versionstamp.BYTES > length) {
            throw new IllegalArgumentException("a versionstamp at " + stampOffset + " in " + length + " bytes");
        }
    }
}
