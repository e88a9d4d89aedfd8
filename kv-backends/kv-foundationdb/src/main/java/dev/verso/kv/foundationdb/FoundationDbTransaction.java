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
import dev.verso.kv.embedded.TransactionChecks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A transaction of the native client. Limits are checked here, so that all backends refuse alike, and so is that it is not used after its
 * end: fdb-java switches off the client's own check, and a second commit would be undefined.
 *
 * <p>Answers arrive on threads of fdb-java's executor, never on the client's network thread; what is chained to them here does not wait.
 */
final class FoundationDbTransaction implements KvTransaction {
    private static final int STAMP_OFFSET_BYTES = 4;
    /** What the client counts for a mutation or a range besides its bytes, at most: the size of its own structures. */
    private static final int MUTATION_BYTES = 40;

    private static final int RANGE_BYTES = 24;

    private final FoundationDbStore store;
    private final Transaction transaction;
    private final long timeoutMillis;
    private boolean automaticWriteConflicts = true;
    private boolean writes;
    private boolean over;
    private long bytes;
    private KvException refusal;

    FoundationDbTransaction(FoundationDbStore store, Transaction transaction, long timeoutMillis) {
        this.store = store;
        this.transaction = transaction;
        this.timeoutMillis = timeoutMillis;
    }

    private void requireActive() {
        if (over) {
            throw new KvException(KvFailure.CLOSED, "the transaction is over");
        }
        store.requireOpen();
    }

    private interface Request<T> {
        CompletableFuture<T> send();
    }

    private <T> Pending<T> ask(Request<T> request) {
        requireActive();
        try {
            return new FutureAnswer<>(request.send(), timeoutMillis, null);
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
        requireActive();
        transaction.setReadVersion(version);
    }

    @Override
    public Pending<byte[]> get(byte[] key, ReadMode mode) {
        if (mode == ReadMode.SERIALIZABLE) {
            countRange(2L * key.length + 1);
        }
        return ask(() -> reader(mode).get(key));
    }

    @Override
    public Pending<List<KeyValue>> getRange(byte[] begin, byte[] end, int limit, boolean reverse, ReadMode mode) {
        TransactionChecks.requireRange(begin, end);
        TransactionChecks.requireLimit(limit);
        if (mode == ReadMode.SERIALIZABLE) {
            countRange(begin.length + end.length);
        }
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

    private void countRange(long keyBytes) {
        bytes += keyBytes + RANGE_BYTES;
    }

    @Override
    public void addReadConflictRange(byte[] begin, byte[] end) {
        requireActive();
        TransactionChecks.requireRange(begin, end);
        if (Bytes.compare(begin, end) < 0) {
            transaction.addReadConflictRange(begin, end);
            countRange(begin.length + end.length);
        }
    }

    @Override
    public void addWriteConflictRange(byte[] begin, byte[] end) {
        requireActive();
        TransactionChecks.requireRange(begin, end);
        if (Bytes.compare(begin, end) < 0) {
            transaction.addWriteConflictRange(begin, end);
            countRange(begin.length + end.length);
            writes = true;
        }
    }

    @Override
    public void automaticWriteConflicts(boolean automatic) {
        automaticWriteConflicts = automatic;
    }

    /** Before each write; lengths as the client takes them. */
    private void beforeWrite(int keyBytes, int valueBytes) {
        beforeWrite(keyBytes, valueBytes, 2L * keyBytes + 1);
    }

    private void beforeWrite(int keyBytes, int valueBytes, long conflictBytes) {
        requireActive();
        int longestKey = KvLimits.FOUNDATIONDB.keyBytes();
        int longestValue = KvLimits.FOUNDATIONDB.valueBytes();
        if (keyBytes > longestKey || valueBytes > longestValue) {
            refusal = new KvException(
                    KvFailure.TOO_LARGE,
                    "a key of " + keyBytes + " bytes with a value of " + valueBytes + "; FoundationDB takes "
                            + longestKey + " and " + longestValue);
            throw refusal;
        }
        writes = true;
        bytes += keyBytes + valueBytes + MUTATION_BYTES;
        if (automaticWriteConflicts) {
            countRange(conflictBytes);
        } else {
            transaction.options().setNextWriteNoWriteConflictRange();
        }
    }

    @Override
    public void set(byte[] key, byte[] value) {
        beforeWrite(key.length, value.length);
        transaction.set(key, value);
    }

    @Override
    public void clear(byte[] key) {
        beforeWrite(key.length, key.length + 1);
        transaction.clear(key);
    }

    @Override
    public void clearRange(byte[] begin, byte[] end) {
        TransactionChecks.requireRange(begin, end);
        if (Bytes.compare(begin, end) < 0) {
            // Of an empty range the client makes nothing, and a transaction of nothing has no versionstamp.
            beforeWrite(begin.length, end.length, (long) begin.length + end.length);
            transaction.clear(begin, end);
        }
    }

    @Override
    public void mutate(AtomicOp operation, byte[] key, byte[] operand) {
        beforeWrite(key.length, operand.length);
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
        TransactionChecks.requireStamp(key.length, stampOffset);
        beforeWrite(key.length + STAMP_OFFSET_BYTES, value.length);
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
        TransactionChecks.requireStamp(value.length, stampOffset);
        beforeWrite(key.length, value.length + STAMP_OFFSET_BYTES);
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

    /**
     * The client fetches a read version when it likes; what this transaction sees is settled before the watch is returned. The client
     * reads the key for it, so that it counts for the conflicts of a transaction that writes.
     */
    @Override
    public Watch watch(byte[] key) {
        readVersion().await();
        try {
            return store.keep(new FutureWatch(transaction.watch(key)));
        } catch (FDBException | IllegalStateException e) {
            throw FoundationDbFailures.translate(e, false);
        }
    }

    @Override
    public long approximateBytes() {
        return bytes;
    }

    @Override
    public Pending<Versionstamp> commit() {
        requireActive();
        over = true;
        if (refusal == null && bytes > KvLimits.FOUNDATIONDB.transactionBytes()) {
            refusal = new KvException(
                    KvFailure.TOO_LARGE,
                    "a transaction of " + bytes + " bytes; FoundationDB takes "
                            + KvLimits.FOUNDATIONDB.transactionBytes());
        }
        if (refusal != null) {
            transaction.close();
            return Pending.failed(refusal);
        }
        try {
            // The stamp has to be asked for before the commit is sent; there is none where nothing is written.
            CompletableFuture<byte[]> stamp = writes ? transaction.getVersionstamp() : null;
            CompletableFuture<Void> committed = transaction.commit();
            CompletableFuture<Versionstamp> answer = stamp == null
                    ? committed.thenApply(done -> Versionstamp.NONE)
                    : committed.thenCompose(done -> stamp).thenApply(bytesOf -> Versionstamp.read(bytesOf, 0));
            return new FutureAnswer<>(
                    answer.whenComplete((done, failure) -> transaction.close()), timeoutMillis, transaction);
        } catch (FDBException | IllegalStateException e) {
            transaction.close();
            return Pending.failed(FoundationDbFailures.translate(e, false));
        }
    }

    /** A commit on its way goes on, and lets go of the client's transaction itself. */
    @Override
    public void close() {
        if (!over) {
            over = true;
            transaction.close();
        }
    }
}
