package dev.verso.kv.foundationdb;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.TransactionOptions;
import com.apple.foundationdb.async.AsyncIterable;
import com.apple.foundationdb.async.AsyncIterator;
import dev.verso.kv.foundationdb.DoubledCluster.Range;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A double of fdb-java's transaction. Stricter than it in two things: the options that our code must not set are refused, and so is every
 * use after a commit has begun (used_during_commit), which fdb-java leaves undefined.
 */
final class DoubledTransaction extends DoubledReader implements Transaction {
    private static final int NEXT_WRITE_NO_WRITE_CONFLICT_RANGE = 30;
    private static final int MOST_KEY_BYTES = 10_000;
    private static final int MOST_VALUE_BYTES = 100_000;
    private static final int MOST_TRANSACTION_BYTES = 10_000_000;
    /** The structures around a mutation and around a range. */
    private static final int MUTATION_BYTES = 40;

    private static final int RANGE_BYTES = 24;
    private static final int CHUNK_BYTES = 80_000;
    private static final Set<Integer> RETRYABLE =
            Set.of(1007, 1009, 1020, 1021, 1037, 1038, 1039, 1042, 1051, 1078, 1213);

    private record PendingWatch(byte[] key, CompletableFuture<byte[]> seen, CompletableFuture<Void> fired) {}

    private final class Snapshot extends DoubledReader {
        @Override
        public boolean isSnapshot() {
            return true;
        }

        @Override
        public ReadTransaction snapshot() {
            return this;
        }

        @Override
        public CompletableFuture<Long> getReadVersion() {
            return DoubledTransaction.this.getReadVersion();
        }

        @Override
        public void setReadVersion(long version) {
            DoubledTransaction.this.setReadVersion(version);
        }

        @Override
        public boolean addReadConflictRangeIfNotSnapshot(byte[] begin, byte[] end) {
            return false;
        }

        @Override
        public boolean addReadConflictKeyIfNotSnapshot(byte[] key) {
            return false;
        }

        @Override
        public CompletableFuture<byte[]> get(byte[] key) {
            return value(key, true);
        }

        @Override
        public AsyncIterable<KeyValue> getRange(
                byte[] begin, byte[] end, int limit, boolean reverse, StreamingMode mode) {
            return range(begin, end, limit, reverse, mode, true);
        }

        @Override
        public TransactionOptions options() {
            return DoubledTransaction.this.options();
        }

        @Override
        public Executor getExecutor() {
            return executor;
        }
    }

    private final DoubledDatabase database;
    private final DoubledCluster cluster;
    private final Executor executor;
    private final ReadTransaction snapshot = new Snapshot();
    private final Set<CompletableFuture<?>> outstanding = ConcurrentHashMap.newKeySet();
    private List<CompletableFuture<?>> reading = new ArrayList<>();
    private DoubledWrites writes = new DoubledWrites();
    private List<Range> readRanges = new ArrayList<>();
    private List<Range> writeRanges = new ArrayList<>();
    private List<PendingWatch> watches = new ArrayList<>();
    private CompletableFuture<byte[]> versionstamp = new CompletableFuture<>();
    private CompletableFuture<Long> readVersion;
    private FDBException deferred;
    private boolean noNextWriteConflict;
    private boolean committing;
    private boolean closed;

    DoubledTransaction(DoubledDatabase database, Executor executor) {
        this.database = database;
        this.executor = executor;
        cluster = database.cluster();
        cluster.transactions().incrementAndGet();
    }

    private synchronized void requireUsable() {
        if (closed) {
            throw new IllegalStateException("Cannot access closed object");
        }
        if (committing) {
            throw DoubledCluster.error(2017);
        }
    }

    /** An answer that fails when the transaction is closed. */
    private <T> CompletableFuture<T> tracked(CompletableFuture<T> answer) {
        CompletableFuture<T> result = new CompletableFuture<>();
        outstanding.add(result);
        answer.whenComplete((value, failure) -> {
            outstanding.remove(result);
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(plain(failure));
            }
        });
        return result;
    }

    private static Throwable plain(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private synchronized <T> CompletableFuture<T> reading(CompletableFuture<T> answer) {
        reading.add(answer);
        return tracked(answer);
    }

    // ---- reads

    @Override
    public boolean isSnapshot() {
        return false;
    }

    @Override
    public ReadTransaction snapshot() {
        return snapshot;
    }

    @Override
    public CompletableFuture<Long> getReadVersion() {
        requireUsable();
        return tracked(version());
    }

    private synchronized CompletableFuture<Long> version() {
        if (readVersion == null) {
            readVersion = cluster.readVersion(executor);
        }
        return deferred != null ? CompletableFuture.failedFuture(deferred) : readVersion;
    }

    private synchronized long knownVersion() {
        return readVersion == null || !readVersion.isDone() || readVersion.isCompletedExceptionally()
                ? 0
                : readVersion.join();
    }

    @Override
    public synchronized void setReadVersion(long version) {
        requireUsable();
        if (readVersion != null) {
            defer(2010);
        } else if (version <= 0) {
            defer(2011);
        } else {
            readVersion = CompletableFuture.completedFuture(version);
        }
    }

    @Override
    public CompletableFuture<byte[]> get(byte[] key) {
        return value(key, false);
    }

    private CompletableFuture<byte[]> value(byte[] key, boolean isSnapshot) {
        requireUsable();
        if (isOutside(key)) {
            return reading(CompletableFuture.failedFuture(DoubledCluster.error(2004)));
        }
        byte[] own = key.clone();
        if (writes.decides(own)) {
            return reading(version().thenApply(version -> writes.over(own, null)));
        }
        if (!isSnapshot) {
            addRead(own, after(own));
        }
        return reading(version()
                .thenCompose(version -> cluster.get(own, version, executor))
                .thenApply(stored -> writes.over(own, stored)));
    }

    @Override
    public AsyncIterable<KeyValue> getRange(byte[] begin, byte[] end, int limit, boolean reverse, StreamingMode mode) {
        return range(begin, end, limit, reverse, mode, false);
    }

    private AsyncIterable<KeyValue> range(
            byte[] begin, byte[] end, int limit, boolean reverse, StreamingMode mode, boolean isSnapshot) {
        requireUsable();
        return new AsyncIterable<>() {
            @Override
            public AsyncIterator<KeyValue> iterator() {
                throw DoubledDatabase.unused("iterators");
            }

            @Override
            public CompletableFuture<List<KeyValue>> asList() {
                return list(new Range(begin.clone(), end.clone()), limit, reverse, mode, isSnapshot);
            }
        };
    }

    private CompletableFuture<List<KeyValue>> list(
            Range range, int limit, boolean reverse, StreamingMode mode, boolean isSnapshot) {
        requireUsable();
        int refusal = mode == StreamingMode.EXACT && limit == 0
                ? 2210
                : limit < 0
                        ? 2012
                        : isOutside(range.begin()) || isBeyond(range.end())
                                ? 2004
                                : Arrays.compareUnsigned(range.begin(), range.end()) > 0 ? 2005 : 0;
        if (refusal != 0) {
            return reading(CompletableFuture.failedFuture(DoubledCluster.error(refusal)));
        }
        boolean merged = writes.touches(range);
        int bytes = mode == StreamingMode.EXACT ? 0 : CHUNK_BYTES;
        List<KeyValue> stored = new ArrayList<>();
        return reading(version()
                .thenCompose(version -> fetch(range, merged ? 0 : limit, bytes, reverse, version, stored))
                .thenApply(done -> {
                    List<KeyValue> result = merged ? List.copyOf(writes.over(range, stored, limit, reverse)) : stored;
                    Range scanned = scanned(range, result, limit, reverse);
                    writes.requireReadable(scanned);
                    if (!isSnapshot) {
                        addRead(scanned.begin(), scanned.end());
                    }
                    return result;
                }));
    }

    private CompletableFuture<Void> fetch(
            Range range, int limit, int bytes, boolean reverse, long version, List<KeyValue> into) {
        int left = limit == 0 ? 0 : limit - into.size();
        return cluster.range(range, left, bytes, reverse, version, executor).thenCompose(chunk -> {
            into.addAll(chunk.pairs());
            if (!chunk.more() || limit > 0 && into.size() >= limit) {
                return CompletableFuture.completedFuture(null);
            }
            byte[] last = into.get(into.size() - 1).getKey();
            Range rest = reverse ? new Range(range.begin(), last) : new Range(after(last), range.end());
            return fetch(rest, limit, bytes, reverse, version, into);
        });
    }

    private static Range scanned(Range range, List<KeyValue> result, int limit, boolean reverse) {
        if (limit == 0 || result.size() < limit) {
            return range;
        }
        byte[] last = result.get(result.size() - 1).getKey();
        return reverse ? new Range(last, range.end()) : new Range(range.begin(), after(last));
    }

    // ---- conflict ranges

    private synchronized void addRead(byte[] begin, byte[] end) {
        if (Arrays.compareUnsigned(begin, end) < 0) {
            readRanges.add(new Range(begin, end));
        }
    }

    @Override
    public boolean addReadConflictRangeIfNotSnapshot(byte[] begin, byte[] end) {
        addReadConflictRange(begin, end);
        return true;
    }

    @Override
    public boolean addReadConflictKeyIfNotSnapshot(byte[] key) {
        addReadConflictKey(key);
        return true;
    }

    @Override
    public void addReadConflictKey(byte[] key) {
        addReadConflictRange(key, after(key));
    }

    @Override
    public void addWriteConflictKey(byte[] key) {
        addWriteConflictRange(key, after(key));
    }

    @Override
    public void addReadConflictRange(byte[] begin, byte[] end) {
        requireUsable();
        if (Arrays.compareUnsigned(begin, end) > 0) {
            throw DoubledCluster.error(2005);
        }
        addRead(begin.clone(), end.clone());
    }

    @Override
    public synchronized void addWriteConflictRange(byte[] begin, byte[] end) {
        requireUsable();
        if (Arrays.compareUnsigned(begin, end) > 0) {
            throw DoubledCluster.error(2005);
        }
        if (!Arrays.equals(begin, end)) {
            writeRanges.add(new Range(begin.clone(), end.clone()));
        }
    }

    @Override
    public TransactionOptions options() {
        return new TransactionOptions(this::option);
    }

    private void option(int code, byte[] parameter) {
        requireUsable();
        if (code != NEXT_WRITE_NO_WRITE_CONFLICT_RANGE) {
            throw new AssertionError("our code sets option " + code + " of a transaction to "
                    + (parameter == null ? "nothing" : ByteBuffer.wrap(parameter)));
        }
        noNextWriteConflict = true;
    }

    // ---- writes: what is wrong with them is said by the next request that has an answer

    private void defer(int code) {
        if (deferred == null) {
            deferred = DoubledCluster.error(code);
        }
    }

    private synchronized void write(DoubledMutation mutation, Range conflict) {
        requireUsable();
        boolean silent = noNextWriteConflict;
        noNextWriteConflict = false;
        boolean clears = mutation.clears();
        if (isOutside(mutation.key()) || clears && isBeyond(mutation.operand())) {
            defer(2004);
        } else if (clears && Arrays.compareUnsigned(mutation.key(), mutation.operand()) > 0) {
            defer(2005);
        } else if (!clears && mutation.key().length > MOST_KEY_BYTES) {
            defer(2102);
        } else if (!clears && mutation.operand().length > MOST_VALUE_BYTES) {
            defer(2103);
        } else if ((mutation.hasStampedKey() || mutation.hasStampedValue()) && !mutation.hasValidOffset()) {
            defer(2000);
        } else if (!clears || !Arrays.equals(mutation.key(), mutation.operand())) {
            writes.add(mutation, knownVersion());
            if (!silent && conflict != null) {
                writeRanges.add(conflict);
            }
        }
    }

    @Override
    public void set(byte[] key, byte[] value) {
        write(DoubledMutation.set(key, value), new Range(key.clone(), after(key)));
    }

    @Override
    public void clear(byte[] key) {
        clear(key, after(key));
    }

    @Override
    public void clear(byte[] begin, byte[] end) {
        write(DoubledMutation.clear(begin, end), new Range(begin.clone(), end.clone()));
    }

    @Override
    public void clear(com.apple.foundationdb.Range range) {
        clear(range.begin, range.end);
    }

    @Override
    @Deprecated
    public void clearRangeStartsWith(byte[] prefix) {
        throw DoubledDatabase.unused("clearRangeStartsWith");
    }

    /** The range of a versionstamped key is known to the cluster only. */
    @Override
    public void mutate(MutationType type, byte[] key, byte[] operand) {
        boolean stampedKey = type == MutationType.SET_VERSIONSTAMPED_KEY;
        write(DoubledMutation.operation(type, key, operand), stampedKey ? null : new Range(key.clone(), after(key)));
    }

    private static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    private static boolean isOutside(byte[] key) {
        return key.length > 0 && key[0] == (byte) 0xff;
    }

    private static boolean isBeyond(byte[] end) {
        return isOutside(end) && end.length > 1;
    }

    // ---- watches

    @Override
    public CompletableFuture<Void> watch(byte[] key) {
        CompletableFuture<byte[]> seen = value(key, false);
        CompletableFuture<Void> fired = new CompletableFuture<>();
        CompletableFuture<byte[]> counted = seen.whenComplete((value, failure) -> {
            if (failure != null) {
                fired.completeExceptionally(plain(failure));
            } else if (!cluster.takeWatch(fired)) {
                fired.completeExceptionally(DoubledCluster.error(1032));
            }
        });
        synchronized (this) {
            reading.add(counted);
            watches.add(new PendingWatch(key.clone(), seen, fired));
        }
        return fired;
    }

    private synchronized List<PendingWatch> takeWatches() {
        List<PendingWatch> taken = watches;
        watches = new ArrayList<>();
        return taken;
    }

    private void failWatches(Throwable failure) {
        takeWatches().forEach(watch -> watch.fired.completeExceptionally(failure));
    }

    // ---- the end

    private synchronized long sizeBytes() {
        long size = 0;
        for (DoubledMutation each : writes.all()) {
            size += each.key().length + each.operand().length + MUTATION_BYTES;
        }
        for (List<Range> ranges : List.of(readRanges, writeRanges)) {
            for (Range each : ranges) {
                size += each.begin().length + each.end().length + RANGE_BYTES;
            }
        }
        return size;
    }

    @Override
    public CompletableFuture<Long> getApproximateSize() {
        requireUsable();
        return CompletableFuture.completedFuture(sizeBytes());
    }

    @Override
    public synchronized CompletableFuture<byte[]> getVersionstamp() {
        requireUsable();
        return tracked(versionstamp);
    }

    @Override
    public synchronized CompletableFuture<Void> commit() {
        requireUsable();
        committing = true;
        CompletableFuture<byte[]> stamp = versionstamp;
        CompletableFuture<Void> done = CompletableFuture.allOf(reading.toArray(CompletableFuture[]::new))
                .thenCompose(read -> send())
                .handle((bytes, failure) -> {
                    if (failure != null) {
                        stamp.completeExceptionally(plain(failure));
                        failWatches(plain(failure));
                        throw new CompletionException(plain(failure));
                    }
                    if (bytes.length == 0) {
                        stamp.completeExceptionally(DoubledCluster.error(2021));
                    } else {
                        stamp.complete(bytes);
                    }
                    for (PendingWatch watch : takeWatches()) {
                        cluster.watch(
                                new DoubledCluster.WatchedKey(watch.key, watch.seen.join(), watch.fired, executor));
                    }
                    return null;
                });
        return tracked(done);
    }

    /** The versionstamp; empty if there was nothing to commit. */
    private synchronized CompletableFuture<byte[]> send() {
        if (deferred != null) {
            return CompletableFuture.failedFuture(deferred);
        }
        if (writes.all().isEmpty() && writeRanges.isEmpty()) {
            return CompletableFuture.completedFuture(new byte[0]);
        }
        if (sizeBytes() > MOST_TRANSACTION_BYTES) {
            return CompletableFuture.failedFuture(DoubledCluster.error(2101));
        }
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        return version().thenCompose(version -> {
            cluster.commit(new DoubledCluster.Commit(
                    version, List.copyOf(readRanges), List.copyOf(writeRanges), writes.all(), answer, executor));
            return answer;
        });
    }

    @Override
    public Long getCommittedVersion() {
        throw DoubledDatabase.unused("getCommittedVersion");
    }

    /** As the client's rules are: what may be tried again resets the transaction. */
    @Override
    public synchronized CompletableFuture<Transaction> onError(Throwable error) {
        if (!(plain(error) instanceof FDBException failure && RETRYABLE.contains(failure.getCode()))) {
            return CompletableFuture.failedFuture(error);
        }
        failWatches(failure);
        reading = new ArrayList<>();
        writes = new DoubledWrites();
        readRanges = new ArrayList<>();
        writeRanges = new ArrayList<>();
        versionstamp = new CompletableFuture<>();
        readVersion = null;
        deferred = null;
        committing = false;
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void cancel() {
        FDBException cancelled = DoubledCluster.error(1025);
        synchronized (this) {
            defer(1025);
        }
        outstanding.forEach(each -> executor.execute(() -> each.completeExceptionally(cancelled)));
        failWatches(cancelled);
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        cluster.transactions().decrementAndGet();
        cancel();
    }

    @Override
    public Database getDatabase() {
        return database;
    }

    @Override
    public Executor getExecutor() {
        return executor;
    }

    @Override
    public <T> T run(Function<? super Transaction, T> work) {
        throw DoubledDatabase.unused("run");
    }

    @Override
    public <T> CompletableFuture<T> runAsync(Function<? super Transaction, ? extends CompletableFuture<T>> work) {
        throw DoubledDatabase.unused("runAsync");
    }
}
