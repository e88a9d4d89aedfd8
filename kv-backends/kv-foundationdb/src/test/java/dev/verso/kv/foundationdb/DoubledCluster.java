package dev.verso.kv.foundationdb;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.KeyValue;
import dev.verso.kv.KvClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What stands behind {@link DoubledDatabase}: a double of a FoundationDB cluster, in memory, written from FoundationDB's documentation and
 * not from our other stores. All state belongs to one thread, which plays the client's network thread; answers are handed to an executor
 * as fdb-java does.
 *
 * <p>Versions are microseconds of the clock that is passed in, at least one apart; what waits to be committed at once shares one. States
 * of the last 5,000,000 versions can be read, and committed on.
 */
final class DoubledCluster implements AutoCloseable {
    /** What can be made to fail. */
    enum Request {
        READ_VERSION,
        READ,
        COMMIT
    }

    private record Fault(int code, boolean applied) {}

    record Range(byte[] begin, byte[] end) {
        boolean intersects(Range other) {
            return Arrays.compareUnsigned(begin, other.end) < 0 && Arrays.compareUnsigned(other.begin, end) < 0;
        }
    }

    record Chunk(List<KeyValue> pairs, boolean more) {}

    /** A transaction as it is sent. */
    record Commit(
            long readVersion,
            List<Range> reads,
            List<Range> writes,
            List<DoubledMutation> mutations,
            CompletableFuture<byte[]> stamp,
            Executor callbacks) {}

    /** A key watched, and the value that it had. */
    record WatchedKey(byte[] key, byte[] seen, CompletableFuture<Void> fired, Executor callbacks) {}

    private record Committed(long version, List<Range> writes) {}

    private record Changed(long version, byte[] key) {}

    /** The values of one key, by version; null where it was cleared. */
    private static final class Values extends TreeMap<Long, byte[]> {
        private static final long serialVersionUID = 1L;

        byte[] at(long version) {
            Map.Entry<Long, byte[]> entry = floorEntry(version);
            return entry == null ? null : entry.getValue();
        }
    }

    static final long WINDOW_VERSIONS = 5_000_000;

    private final KvClock clock;
    private final ExecutorService network;
    private final TreeMap<byte[], Values> keys = new TreeMap<>(Arrays::compareUnsigned);
    private final ArrayDeque<Committed> history = new ArrayDeque<>();
    private final ArrayDeque<Changed> changes = new ArrayDeque<>();
    private final Set<WatchedKey> watches = new HashSet<>();
    private final EnumMap<Request, ArrayDeque<Fault>> faults = new EnumMap<>(Request.class);
    private SplittableRandom luck;
    private final List<Runnable> parked = new ArrayList<>();
    private final Set<CompletableFuture<Void>> watchPlaces = ConcurrentHashMap.newKeySet();
    private final AtomicInteger openTransactions = new AtomicInteger();
    private volatile int mostWatches = 10_000;
    private List<Commit> waiting = new ArrayList<>();
    private long last;
    private boolean down;

    DoubledCluster(KvClock clock) {
        this.clock = clock;
        last = clock.micros();
        network = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "doubled-fdb-network-thread");
            thread.setDaemon(true);
            return thread;
        });
    }

    // ---- for tests

    /** The next request of this kind fails with this code. */
    void failNext(Request request, int code) {
        failNext(request, code, false);
    }

    /** The next commit fails with this code; {@code applied} if it is carried out nevertheless. */
    void failNextCommit(int code, boolean applied) {
        failNext(Request.COMMIT, code, applied);
    }

    private void failNext(Request request, int code, boolean applied) {
        synchronized (faults) {
            faults.computeIfAbsent(request, r -> new ArrayDeque<>()).add(new Fault(code, applied));
        }
    }

    /** From now on about one request in thirty fails, each in one of the ways that a sound cluster has. */
    void badLuck(long seed) {
        synchronized (faults) {
            luck = new SplittableRandom(seed);
        }
    }

    void mostWatches(int count) {
        mostWatches = count;
    }

    /** Watches that take a place. */
    int watchCount() {
        watchPlaces.removeIf(CompletableFuture::isDone);
        return watchPlaces.size();
    }

    /** Transactions of the client that nobody has closed. */
    int openTransactions() {
        return openTransactions.get();
    }

    /** No answers from now on. */
    void stop() {
        network.execute(() -> down = true);
    }

    /** Answers again; commits that were on their way are of unknown result, and lost. */
    void start() {
        network.execute(() -> {
            down = false;
            List<Runnable> late = List.copyOf(parked);
            parked.clear();
            late.forEach(Runnable::run);
        });
    }

    @Override
    public void close() {
        network.shutdown();
    }

    // ---- for the client

    AtomicInteger transactions() {
        return openTransactions;
    }

    CompletableFuture<Long> readVersion(Executor callbacks) {
        return ask(Request.READ_VERSION, callbacks, () -> last = Math.max(last, clock.micros()));
    }

    CompletableFuture<byte[]> get(byte[] key, long version, Executor callbacks) {
        return ask(Request.READ, callbacks, () -> {
            requireReadable(version);
            Values values = keys.get(key);
            byte[] value = values == null ? null : values.at(version);
            return value == null ? null : value.clone();
        });
    }

    /** Pairs in order, up to a number of them (0: any) or about so many bytes (0: any). */
    CompletableFuture<Chunk> range(
            Range range, int limit, int bytes, boolean reverse, long version, Executor callbacks) {
        return ask(Request.READ, callbacks, () -> {
            requireReadable(version);
            NavigableMap<byte[], Values> part = keys.subMap(range.begin, true, range.end, false);
            List<KeyValue> pairs = new ArrayList<>();
            int taken = 0;
            for (Map.Entry<byte[], Values> each : (reverse ? part.descendingMap() : part).entrySet()) {
                byte[] value = each.getValue().at(version);
                if (value == null) {
                    continue;
                }
                if (limit > 0 && pairs.size() == limit || bytes > 0 && taken >= bytes) {
                    return new Chunk(pairs, true);
                }
                pairs.add(new KeyValue(each.getKey().clone(), value.clone()));
                taken += each.getKey().length + value.length;
            }
            return new Chunk(pairs, false);
        });
    }

    /** The 10 bytes of the versionstamp come back by {@link Commit#stamp}. */
    void commit(Commit commit) {
        network.execute(() -> {
            if (down) {
                parked.add(() -> fail(commit.stamp, commit.callbacks, 1021));
                return;
            }
            waiting.add(commit);
            if (waiting.size() == 1) {
                network.execute(this::decide);
            }
        });
    }

    /** Takes a place for a watch; false if there is none. */
    boolean takeWatch(CompletableFuture<Void> fired) {
        synchronized (watchPlaces) {
            if (watchCount() == mostWatches) {
                return false;
            }
            watchPlaces.add(fired);
            return true;
        }
    }

    /** From now on a change fires; at once if there has been one since the value was seen. */
    void watch(WatchedKey watch) {
        network.execute(() -> {
            if (!fireIfChanged(watch)) {
                watches.add(watch);
                watch.fired.whenComplete((nothing, failure) -> network.execute(() -> watches.remove(watch)));
            }
        });
    }

    private boolean fireIfChanged(WatchedKey watch) {
        Values values = keys.get(watch.key);
        boolean changed = !Arrays.equals(values == null ? null : values.at(last), watch.seen);
        if (changed) {
            watch.callbacks.execute(() -> watch.fired.complete(null));
        }
        return changed;
    }

    // ---- on the network thread

    private <T> CompletableFuture<T> ask(Request request, Executor callbacks, Supplier<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        network.execute(() -> serve(request, callbacks, work, answer));
        return answer;
    }

    private <T> void serve(Request request, Executor callbacks, Supplier<T> work, CompletableFuture<T> answer) {
        if (down) {
            parked.add(() -> serve(request, callbacks, work, answer));
            return;
        }
        Fault fault = fault(request);
        if (fault != null) {
            fail(answer, callbacks, fault.code);
            return;
        }
        try {
            T value = work.get();
            callbacks.execute(() -> answer.complete(value));
        } catch (FDBException e) {
            callbacks.execute(() -> answer.completeExceptionally(e));
        }
    }

    private Fault fault(Request request) {
        synchronized (faults) {
            ArrayDeque<Fault> next = faults.get(request);
            Fault ordered = next == null ? null : next.poll();
            return ordered != null || luck == null || luck.nextInt(30) > 0 ? ordered : badLuck(request);
        }
    }

    private Fault badLuck(Request request) {
        int[] codes =
                switch (request) {
                    case READ_VERSION -> new int[] {1037, 1039, 1051, 1078};
                    case READ -> new int[] {1007, 1009, 1037, 1039};
                    case COMMIT -> new int[] {1007, 1020, 1021, 1039, 1042};
                };
        int code = codes[luck.nextInt(codes.length)];
        return new Fault(code, (code == 1021 || code == 1039) && luck.nextBoolean());
    }

    private static void fail(CompletableFuture<?> answer, Executor callbacks, int code) {
        callbacks.execute(() -> answer.completeExceptionally(error(code)));
    }

    static FDBException error(int code) {
        return new FDBException("made by the double", code);
    }

    private long oldest() {
        return Math.max(last, clock.micros()) - WINDOW_VERSIONS;
    }

    private void requireReadable(long version) {
        if (version < oldest()) {
            throw error(1007);
        }
        if (version > last) {
            throw error(1009);
        }
    }

    /** All that wait, in their order and under one version. */
    private void decide() {
        List<Commit> batch = waiting;
        waiting = new ArrayList<>();
        long version = Math.max(last + 1, clock.micros());
        forget(version);
        int order = 0;
        for (Commit commit : batch) {
            Fault fault = fault(Request.COMMIT);
            int refusal = fault != null && !fault.applied ? fault.code : refusal(commit);
            if (refusal != 0) {
                fail(commit.stamp, commit.callbacks, refusal);
                continue;
            }
            byte[] stamp = DoubledMutation.stamp(version, order++);
            List<Range> writes = new ArrayList<>(commit.writes);
            for (DoubledMutation mutation : commit.mutations) {
                apply(mutation.stamped(stamp, writes), version);
            }
            last = version;
            history.addLast(new Committed(version, writes));
            List.copyOf(watches).forEach(this::fireIfChanged);
            if (fault != null) {
                fail(commit.stamp, commit.callbacks, fault.code);
            } else {
                commit.callbacks.execute(() -> commit.stamp.complete(stamp));
            }
        }
    }

    private int refusal(Commit commit) {
        if (commit.reads.isEmpty()) {
            return 0;
        }
        if (commit.readVersion < oldest()) {
            return 1007;
        }
        for (var later = history.descendingIterator(); later.hasNext(); ) {
            Committed each = later.next();
            if (each.version <= commit.readVersion) {
                return 0;
            }
            for (Range written : each.writes) {
                for (Range read : commit.reads) {
                    if (written.intersects(read)) {
                        return 1020;
                    }
                }
            }
        }
        return 0;
    }

    private void apply(DoubledMutation mutation, long version) {
        if (mutation.clears()) {
            for (Map.Entry<byte[], Values> each :
                    keys.subMap(mutation.key(), true, mutation.operand(), false).entrySet()) {
                if (each.getValue().lastEntry().getValue() != null) {
                    put(each.getKey(), each.getValue(), version, null);
                }
            }
            return;
        }
        Values values = keys.computeIfAbsent(mutation.key(), key -> new Values());
        byte[] before = values.isEmpty() ? null : values.lastEntry().getValue();
        put(mutation.key(), values, version, mutation.apply(before));
    }

    private void put(byte[] key, Values values, long version, byte[] value) {
        values.put(version, value);
        changes.addLast(new Changed(version, key));
    }

    /** Drops what no read version can see any more. */
    private void forget(long now) {
        long oldest = now - WINDOW_VERSIONS;
        while (!history.isEmpty() && history.peekFirst().version < oldest) {
            history.removeFirst();
        }
        while (!changes.isEmpty() && changes.peekFirst().version < oldest) {
            byte[] key = changes.removeFirst().key;
            Values values = keys.get(key);
            if (values == null) {
                continue;
            }
            Long kept = values.floorKey(oldest);
            if (kept != null) {
                values.headMap(kept, false).clear();
                if (values.size() == 1 && values.get(kept) == null) {
                    keys.remove(key);
                }
            }
        }
    }
}
