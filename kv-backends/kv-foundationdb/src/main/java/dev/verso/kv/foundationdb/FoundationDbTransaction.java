package dev.verso.kv.foundationdb;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A transaction of the native client. Limits are checked here, so that all backends refuse alike. */
final class FoundationDbTransaction implements KvTransaction {
    private static final int STAMP_OFFSET_BYTES = 4;

    private final Transaction transaction;
    private boolean automaticWriteConflicts = true;
    private boolean writes;
    private long bytes;
    private KvException refusal;

    FoundationDbTransaction(Transaction transaction, long timeoutMillis) {
        this.transaction = transaction;
        transaction.options().setTimeout(timeoutMillis);
    }

    private interface Request<T> {
        CompletableFuture<T> send();
    }

    private static <T> Pending<T> ask(Request<T> request) {
        try {
            return new FutureAnswer<>(request.send(), false);
        } catch (FDBException | IllegalStateException e) {
            return Pending.failed(FoundationDbFailures.translate(e, false));
        }
    }

    private ReadTransaction reader(ReadMode mode) {
        return mode == ReadMode.SNAPSHOT ? transaction.snapshot() : transaction;
    }

    @Override
    public Pending<Long> readVersion() {
        return ask(transaction::getReadVersion);
    }

    @Override
    public void readVersion(long version) {
        transaction.setReadVersion(version);
    }

    @Override
    public Pending<byte[]> get(byte[] key, ReadMode mode) {
        return ask(() -> reader(mode).get(key));
    }

    @Override
    public Pending<List<KeyValue>> getRange(byte[] begin, byte[] end, int limit, boolean reverse, ReadMode mode) {
        StreamingMode streaming = limit == UNLIMITED ? StreamingMode.WANT_ALL : StreamingMode.EXACT;
        return ask(() -> reader(mode)
                .getRange(begin, end, limit, reverse, streaming)
                .asList()
                .thenApply(FoundationDbTransaction::pairs));
    }

    private static List<KeyValue> pairs(List<com.apple.foundationdb.KeyValue> found) {
        List<KeyValue> pairs = new ArrayList<>(found.size());
        for (com.apple.foundationdb.KeyValue each : found) {
            pairs.add(new KeyValue(each.getKey(), each.getValue()));
        }
        return pairs;
    }

    @Override
    public void addReadConflictRange(byte[] begin, byte[] end) {
        if (Bytes.compare(begin, end) < 0) {
            transaction.addReadConflictRange(begin, end);
            bytes += begin.length + end.length;
        }
    }

    @Override
    public void addWriteConflictRange(byte[] begin, byte[] end) {
        if (Bytes.compare(begin, end) < 0) {
            transaction.addWriteConflictRange(begin, end);
            bytes += begin.length + end.length;
            writes = true;
        }
    }

    @Override
    public void automaticWriteConflicts(boolean automatic) {
        automaticWriteConflicts = automatic;
    }

    /** Before each write. */
    private void beforeWrite(byte[] key, int valueBytes) {
        int longestKey = KvLimits.FOUNDATIONDB.keyBytes();
        int longestValue = KvLimits.FOUNDATIONDB.valueBytes();
        if (key.length > longestKey || valueBytes > longestValue) {
            refusal = new KvException(
                    KvFailure.TOO_LARGE,
                    "a key of " + key.length + " bytes with a value of " + valueBytes + "; FoundationDB takes "
                            + longestKey + " and " + longestValue);
            throw refusal;
        }
        writes = true;
        bytes += key.length + valueBytes;
        if (!automaticWriteConflicts) {
            transaction.options().setNextWriteNoWriteConflictRange();
        } else {
            bytes += 2L * key.length + 1;
        }
    }

    @Override
    public void set(byte[] key, byte[] value) {
        beforeWrite(key, value.length);
        transaction.set(key, value);
    }

    @Override
    public void clear(byte[] key) {
        beforeWrite(key, 0);
        transaction.clear(key);
    }

    @Override
    public void clearRange(byte[] begin, byte[] end) {
        beforeWrite(begin, 0);
        transaction.clear(begin, end);
    }

    @Override
    public void mutate(AtomicOp operation, byte[] key, byte[] operand) {
        beforeWrite(key, operand.length);
        transaction.mutate(mutation(operation), key, operand);
    }

    private static MutationType mutation(AtomicOp operation) {
        return switch (operation) {
            case ADD -> MutationType.ADD;
            case BIT_AND -> MutationType.BIT_AND;
            case BIT_OR -> MutationType.BIT_OR;
            case BIT_XOR -> MutationType.BIT_XOR;
            case MAX -> MutationType.MAX;
            case MIN -> MutationType.MIN;
            case BYTE_MAX -> MutationType.BYTE_MAX;
            case BYTE_MIN -> MutationType.BYTE_MIN;
            case APPEND_IF_FITS -> MutationType.APPEND_IF_FITS;
            case COMPARE_AND_CLEAR -> MutationType.COMPARE_AND_CLEAR;
        };
    }

    @Override
    public void setVersionstampedKey(byte[] key, int stampOffset, byte[] value) {
        beforeWrite(key, value.length);
        transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, withOffset(key, stampOffset), value);
        if (automaticWriteConflicts) {
            byte[] least = key.clone();
            Arrays.fill(least, stampOffset, stampOffset + Versionstamp.BYTES, (byte) 0);
            byte[] most = key.clone();
            Arrays.fill(most, stampOffset, stampOffset + Versionstamp.BYTES, (byte) 0xff);
            addWriteConflictRange(least, Bytes.after(most));
        }
    }

    @Override
    public void setVersionstampedValue(byte[] key, byte[] value, int stampOffset) {
        beforeWrite(key, value.length);
        transaction.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, key, withOffset(value, stampOffset));
    }

    /** The client takes the stamp's place as 4 little-endian bytes at the end. */
    private static byte[] withOffset(byte[] pattern, int stampOffset) {
        byte[] parameter = Arrays.copyOf(pattern, pattern.length + STAMP_OFFSET_BYTES);
        for (int i = 0; i < STAMP_OFFSET_BYTES; i++) {
            parameter[pattern.length + i] = (byte) (stampOffset >>> 8 * i);
        }
        return parameter;
    }

    @Override
    public Watch watch(byte[] key) {
        try {
            return new FutureWatch(transaction.watch(key));
        } catch (FDBException e) {
            throw FoundationDbFailures.translate(e, false);
        }
    }

    @Override
    public long approximateBytes() {
        return bytes;
    }

    @Override
    public Pending<Versionstamp> commit() {
        if (refusal != null) {
            return Pending.failed(refusal);
        }
        if (bytes > KvLimits.FOUNDATIONDB.transactionBytes()) {
            return Pending.failed(new KvException(
                    KvFailure.TOO_LARGE,
                    "a transaction of " + bytes + " bytes; FoundationDB takes "
                            + KvLimits.FOUNDATIONDB.transactionBytes()));
        }
        try {
            if (!writes) {
                return new FutureAnswer<>(transaction.commit().thenApply(done -> Versionstamp.NONE), true);
            }
            // The stamp has to be asked for before the commit is sent.
            CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
            return new FutureAnswer<>(
                    transaction.commit().thenCompose(done -> stamp).thenApply(bytesOf -> Versionstamp.read(bytesOf, 0)),
                    true);
        } catch (FDBException | IllegalStateException e) {
            return Pending.failed(FoundationDbFailures.translate(e, false));
        }
    }

    @Override
    public void close() {
        transaction.close();
    }

    /** A watch of the client. */
    private record FutureWatch(CompletableFuture<Void> future) implements Watch {
        @Override
        public boolean await(long timeoutMillis) {
            try {
                future.get(timeoutMillis, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KvException(KvFailure.INTERRUPTED, "interrupted while watching a key", e);
            } catch (ExecutionException | RuntimeException e) {
                throw FoundationDbFailures.translate(e, false);
            }
        }

        @Override
        public void close() {
            future.cancel(true);
        }
    }
}
