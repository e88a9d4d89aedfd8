package dev.verso.kv.embedded;

import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvClock;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvLimits;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Versionstamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Optimistic transactions over a sorted map of the newest state. Invariants, all under {@link #lock} unless said otherwise:
 *
 * <ol>
 *   <li>{@code visible <= applied}: the map holds every commit up to {@code applied}; readers are given {@code visible}, which moves
 *       when a commit is durable. Both only grow. ({@code visible} is read without the lock.)
 *   <li>Every state from {@code old.floor()} on can be read: the map's value, or the one that {@link OldValues} kept.
 *   <li>Every transaction that read at {@code history.floor()} or later can be checked for conflicts.
 *   <li>After a failed edit or a failed {@link Durability#persist} nothing is accepted any more.
 * </ol>
 */
public final class EmbeddedEngine {
    /**
     * The parts an engine is made of; {@code keepWindow} keeps every state of the window readable, not only those in use;
     * {@code sharesVersions} gives commits that wait at once one version, as FoundationDB does.
     */
    public record Parts(
            String name,
            SortedBytes data,
            long version,
            KvLimits limits,
            KvClock clock,
            Network network,
            Durability durability,
            boolean keepWindow,
            boolean sharesVersions) {}

    private static final class Late {
        private final EmbeddedTransaction transaction;
        private int requestsLeft = 2;

        private Late(EmbeddedTransaction transaction) {
            this.transaction = transaction;
        }
    }

    /** A commit that waits for its turn. Under the lock, but for its owner once it is done. */
    private static final class Request {
        private final EmbeddedTransaction transaction;
        private final List<EmbeddedWatch> fired = new ArrayList<>();
        private Versionstamp stamp;
        private KvException failure;
        private long overtaker;
        private boolean done;

        private Request(EmbeddedTransaction transaction) {
            this.transaction = transaction;
        }
    }

    /** Transactions reading at one version. */
    private static final class Readers {
        private int count;
        private long lastMicros;
    }

    /** How long commits gather that share a version. */
    private static final long BATCH_MICROS = 500;

    private final String name;
    private final SortedBytes data;
    private final KvLimits limits;
    private final KvClock clock;
    private final Network network;
    private final Durability durability;
    private final boolean keepWindow;
    private final boolean sharesVersions;
    private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final ConflictHistory history;
    private final OldValues old;
    private final Watches watches = new Watches();
    private final TreeMap<Long, Readers> readers = new TreeMap<>();
    private final List<Late> late = new ArrayList<>();
    private long applied;
    private volatile long visible;
    private volatile KvException refusal;

    public EmbeddedEngine(Parts parts) {
        name = parts.name;
        data = parts.data;
        limits = parts.limits;
        clock = parts.clock;
        network = parts.network;
        durability = parts.durability;
        keepWindow = parts.keepWindow;
        sharesVersions = parts.sharesVersions;
        applied = parts.version;
        visible = parts.version;
        history = new ConflictHistory(parts.version);
        old = new OldValues(parts.version);
    }

    /** Begins a transaction. */
    public KvTransaction begin() {
        requireOpen();
        return new EmbeddedTransaction(this);
    }

    /** Runs {@code work} while no commit is being applied. */
    public void betweenCommits(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /** The newest commit in the map; ask inside {@link #betweenCommits}. */
    public long appliedVersion() {
        return applied;
    }

    /** Refuses all work from now on, with this reason. */
    public void refuse(KvException reason) {
        lock.lock();
        try {
            if (refusal == null) {
                refusal = reason;
            }
        } finally {
            lock.unlock();
        }
        watches.failAll(reason);
    }

    /** Refuses all work from now on: the store is closed. */
    public void close() {
        refuse(new KvException(KvFailure.CLOSED, name + " is closed"));
    }

    // ---- for transactions

    KvLimits limits() {
        return limits;
    }

    KvClock clock() {
        return clock;
    }

    Network network() {
        return network;
    }

    void requireOpen() {
        KvException reason = refusal;
        if (reason != null) {
            throw new KvException(reason.failure(), reason.getMessage(), reason);
        }
    }

    /** A fresh read version, held until {@link #release}. */
    long acquire() {
        lock.lock();
        try {
            requireOpen();
            settleLate();
            hold(visible);
            return visible;
        } finally {
            lock.unlock();
        }
    }

    /** Holds a version that the caller named. */
    void acquire(long version) {
        lock.lock();
        try {
            requireOpen();
            if (version > visible) {
                throw new KvException(
                        KvFailure.FUTURE_VERSION,
                        "version " + version + " is after the newest of " + name + ", " + visible);
            }
            hold(version);
        } finally {
            lock.unlock();
        }
    }

    private void hold(long version) {
        Readers at = readers.computeIfAbsent(version, v -> new Readers());
        at.count++;
        at.lastMicros = clock.micros();
    }

    void release(long version) {
        lock.lock();
        try {
            Readers at = readers.get(version);
            if (at != null && --at.count == 0) {
                readers.remove(version);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The key's value at a version that is held. */
    byte[] get(byte[] key, long version) {
        byte[] newest = data.get(key);
        byte[] before = old.at(key, version);
        requireReadable(version);
        return before == OldValues.CURRENT ? newest : before;
    }

    /** Pairs of a part of a range. */
    static final class Slice {
        /** The pairs at the version, in key order. */
        final NavigableMap<byte[], byte[]> pairs = new TreeMap<>(Bytes::compare);
        /** The part they are all of; what lies beyond was not looked at. */
        byte[] begin;

        byte[] end;
    }

    /** The pairs of the range's first part (last, if reverse): the whole range if it holds fewer than about {@code count} pairs. */
    Slice slice(byte[] begin, byte[] end, int count, boolean reverse, long version) {
        Slice slice = new Slice();
        slice.begin = begin;
        slice.end = end;
        int taken = 0;
        for (Iterator<KeyValue> pairs = data.range(begin, end, reverse); pairs.hasNext(); ) {
            KeyValue pair = pairs.next();
            slice.pairs.put(pair.key(), pair.value());
            if (++taken == count && pairs.hasNext()) {
                if (reverse) {
                    slice.begin = pair.key();
                } else {
                    slice.end = Bytes.after(pair.key());
                }
                break;
            }
        }
        for (Map.Entry<byte[], OldValues.Change> change :
                old.changed(slice.begin, slice.end).entrySet()) {
            byte[] value = change.getValue().at(version);
            if (value == null) {
                slice.pairs.remove(change.getKey());
            } else if (value != OldValues.CURRENT) {
                slice.pairs.put(change.getKey(), value);
            }
        }
        requireReadable(version);
        return slice;
    }

    private void requireReadable(long version) {
        requireOpen();
        if (version < old.floor()) {
            throw new KvException(
                    KvFailure.TOO_OLD,
                    "version " + version + " of " + name + " can no longer be read; oldest is " + old.floor());
        }
    }

    /** Checks, applies and persists; the fate was chosen by the network. */
    Versionstamp commit(EmbeddedTransaction transaction, CommitFate fate) {
        if (fate == CommitFate.UNKNOWN_LOST || fate == CommitFate.UNKNOWN_LATE) {
            lock.lock();
            try {
                requireOpen();
                settleLate();
                if (fate == CommitFate.UNKNOWN_LATE) {
                    late.add(new Late(transaction));
                }
            } finally {
                lock.unlock();
            }
            throw unknownResult();
        }
        Request request = new Request(transaction);
        if (sharesVersions) {
            requests.add(request);
            clock.sleepMicros(BATCH_MICROS);
        }
        lock.lock();
        try {
            if (!request.done) {
                requireOpen();
                settleLate();
                decide(request);
            }
        } finally {
            lock.unlock();
        }
        if (request.failure != null) {
            if (request.failure.failure() == KvFailure.CONFLICT) {
                // The next try would meet the same conflict until the commits that caused it can be seen.
                persist(request.overtaker);
            }
            throw request.failure;
        }
        if (request.stamp != Versionstamp.NONE) {
            persist(request.stamp.version());
        }
        request.fired.forEach(EmbeddedWatch::fire);
        if (fate == CommitFate.UNKNOWN_APPLIED) {
            throw unknownResult();
        }
        return request.stamp;
    }

    /** Decides about one request, or where versions are shared about all that wait, in their order and under one version. */
    private void decide(Request first) {
        long version = applied + 1;
        int order = 0;
        for (Request next = first; next != null; next = nextWaiting(first)) {
            try {
                Versionstamp stamp = new Versionstamp(version, order);
                boolean wrote = apply(next.transaction, stamp, next.fired);
                next.stamp = wrote ? stamp : Versionstamp.NONE;
                order += wrote ? 1 : 0;
            } catch (KvException e) {
                next.failure = e;
                next.overtaker = applied;
            }
            next.done = true;
        }
    }

    private Request nextWaiting(Request first) {
        Request next = requests.poll();
        return next == first ? requests.poll() : next;
    }

    private KvException unknownResult() {
        return new KvException(KvFailure.UNKNOWN_RESULT, "the outcome of a commit to " + name + " is not known");
    }

    private void persist(long version) {
        try {
            durability.persist(version);
        } catch (KvException e) {
            KvFailure kind = e.failure() == KvFailure.FULL ? KvFailure.FULL : KvFailure.UNAVAILABLE;
            refuse(new KvException(kind, name + " must be opened again: " + e.getMessage(), e));
            throw e;
        }
        lock.lock();
        try {
            visible = Math.max(visible, version);
        } finally {
            lock.unlock();
        }
    }

    /** Applies delayed commits whose time has come. */
    private void settleLate() {
        for (int i = 0; i < late.size(); ) {
            Late each = late.get(i);
            if (--each.requestsLeft > 0) {
                i++;
                continue;
            }
            late.remove(i);
            List<EmbeddedWatch> fired = new ArrayList<>();
            try {
                Versionstamp stamp = new Versionstamp(applied + 1, 0);
                if (apply(each.transaction, stamp, fired)) {
                    persist(stamp.version());
                }
            } catch (KvException e) {
                if (e.failure() != KvFailure.CONFLICT && e.failure() != KvFailure.TOO_OLD) {
                    throw e;
                }
                // Refused like any other; whoever sent it has been told that its outcome is unknown.
            }
            fired.forEach(EmbeddedWatch::fire);
        }
    }

    /** Returns false if there was nothing to write. */
    private boolean apply(EmbeddedTransaction transaction, Versionstamp stamp, List<EmbeddedWatch> fired) {
        long now = clock.micros();
        forget(now);
        if (transaction.writesSomething()) {
            check(transaction, now);
            long version = stamp.version();
            try {
                write(transaction.writes(), stamp, fired);
                data.committed(version);
            } catch (RuntimeException e) {
                refuse(new KvException(KvFailure.UNAVAILABLE, name + " failed: " + e.getMessage(), e));
                throw new KvException(KvFailure.UNAVAILABLE, "a commit to " + name + " failed: " + e.getMessage(), e);
            }
            applied = version;
            history.add(version, now, transaction.writeConflicts());
            registerWatches(transaction);
            return true;
        }
        registerWatches(transaction);
        return false;
    }

    private void check(EmbeddedTransaction transaction, long now) {
        List<KeyRange> read = transaction.readConflicts();
        if (read.isEmpty()) {
            return;
        }
        long readVersion = transaction.heldVersion();
        if (readVersion < history.floor() || transaction.isPastWindow(now)) {
            throw new KvException(
                    KvFailure.TOO_OLD,
                    "a transaction that read " + name + " at version " + readVersion + " is too old to commit");
        }
        if (history.conflicts(readVersion, read)) {
            throw new KvException(
                    KvFailure.CONFLICT,
                    "another transaction has changed what this one read in " + name + " at version " + readVersion);
        }
    }

    private void write(WriteBuffer writes, Versionstamp stamp, List<EmbeddedWatch> fired) {
        long version = stamp.version();
        for (Map.Entry<byte[], byte[]> range : writes.clearedRanges()) {
            for (Iterator<KeyValue> pairs = data.range(range.getKey(), range.getValue(), false); pairs.hasNext(); ) {
                replace(pairs.next().key(), null, version, fired);
            }
        }
        for (Map.Entry<byte[], WriteBuffer.Edit> each : writes.edits()) {
            byte[] key = each.getKey();
            replace(key, writes.committed(key, each.getValue(), data.get(key), stamp), version, fired);
        }
        for (WriteBuffer.StampedKey each : writes.stampedKeys()) {
            byte[] key = each.key().clone();
            stamp.write(key, each.stampOffset());
            replace(key, each.value(), version, fired);
        }
    }

    private void replace(byte[] key, byte[] value, long version, List<EmbeddedWatch> fired) {
        byte[] before = data.get(key);
        if (before == null && value == null) {
            return;
        }
        old.add(key, before, version);
        if (value == null) {
            data.remove(key);
        } else {
            data.put(key, value);
        }
        watches.take(key, fired);
    }

    private void registerWatches(EmbeddedTransaction transaction) {
        for (EmbeddedWatch watch : transaction.watches()) {
            watches.add(watch);
            byte[] now = data.get(watch.key());
            if (!Arrays.equals(now, watch.seen())) {
                watch.fire();
            }
        }
    }

    /** Lets go of the past that nobody can ask for any more. */
    private void forget(long now) {
        long windowStart = now - limits.windowMillis() * 1_000;
        history.forgetBefore(windowStart);
        long needed = keepWindow ? history.floor() : visible;
        if (!keepWindow) {
            for (Map.Entry<Long, Readers> at : readers.entrySet()) {
                if (at.getValue().lastMicros >= windowStart) {
                    needed = Math.min(needed, at.getKey());
                    break;
                }
            }
        }
        old.forgetBefore(needed);
    }
}
