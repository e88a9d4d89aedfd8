package dev.verso.kv.contract;

import dev.verso.kv.KeyValue;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Brings bad luck to any store, by a seed or by an order that a test gives: refused reads and commits, unknown results, delays on the
 * store's clock. Thread-safe if the store is.
 */
public final class FaultyKvStore extends ForwardingStore {
    /** What can happen to a commit. */
    public enum CommitFault {
        NONE,
        /** Not applied, answered as a conflict. */
        CONFLICT,
        /** Not applied, answered as too old. */
        TOO_OLD,
        /** Not applied, answered as unknown. */
        UNKNOWN_LOST,
        /** Applied if it may be, answered as unknown. */
        UNKNOWN_APPLIED,
        /** Answered as unknown, and applied if it may be when the next transaction but one begins. */
        UNKNOWN_LATE,
        /** Not applied, answered as unavailable. */
        UNAVAILABLE
    }

    private record Held(KvTransaction transaction, int[] beginsLeft) {}

    private final SplittableRandom random;
    private final ArrayDeque<CommitFault> ordered = new ArrayDeque<>();
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private double commitFaultRate;
    private double readFaultRate;
    private long mostDelayMicros;
    private int faults;
    private boolean isUnreachable;
    private Runnable beforeCommit;
    private Runnable afterCommit;

    public FaultyKvStore(KvStore store, long seed) {
        super(store);
        random = new SplittableRandom(seed);
    }

    /** This part of the commits meets a fault of any kind but UNAVAILABLE. */
    public synchronized FaultyKvStore commitFaults(double rate) {
        commitFaultRate = rate;
        return this;
    }

    /** This part of the reads fails as too old. */
    public synchronized FaultyKvStore readFaults(double rate) {
        readFaultRate = rate;
        return this;
    }

    /** While it is, all reads and commits fail as unavailable. */
    public synchronized FaultyKvStore unreachable(boolean unreachable) {
        isUnreachable = unreachable;
        return this;
    }

    /** Each answer is delayed by up to this much. */
    public synchronized FaultyKvStore delays(long mostMicros) {
        mostDelayMicros = mostMicros;
        return this;
    }

    /** The next commits that write meet these faults, in order. */
    public synchronized void onNextCommits(CommitFault... next) {
        ordered.addAll(List.of(next));
    }

    /** Something that happens once, while the next commit that writes is on its way to the store. */
    public synchronized void beforeNextCommit(Runnable event) {
        beforeCommit = event;
    }

    /** Something that happens once, after the next commit that writes was decided and before its answer arrives. */
    public synchronized void afterNextCommit(Runnable event) {
        afterCommit = event;
    }

    private void happen(boolean before) {
        Runnable event;
        synchronized (this) {
            event = before ? beforeCommit : afterCommit;
            if (before) {
                beforeCommit = null;
            } else {
                afterCommit = null;
            }
        }
        if (event != null) {
            event.run();
        }
    }

    /** What {@link #onNextCommits} has ordered and has not happened yet will not happen. */
    public synchronized void forgetOrders() {
        ordered.clear();
    }

    /** Faults that have struck. */
    public synchronized int faults() {
        return faults;
    }

    private synchronized CommitFault nextCommitFault() {
        CommitFault fault = CommitFault.NONE;
        if (isUnreachable) {
            fault = CommitFault.UNAVAILABLE;
        } else if (!ordered.isEmpty()) {
            fault = ordered.removeFirst();
        } else if (commitFaultRate > 0 && random.nextDouble() < commitFaultRate) {
            fault = CommitFault.values()[1 + random.nextInt(5)];
        }
        faults += fault == CommitFault.NONE ? 0 : 1;
        return fault;
    }

    private <T> Pending<T> read(Supplier<Pending<T>> request) {
        delay();
        synchronized (this) {
            if (isUnreachable) {
                faults++;
                return Pending.failed(new KvException(KvFailure.UNAVAILABLE, "the store can't be reached"));
            }
            if (readFaultRate > 0 && random.nextDouble() < readFaultRate) {
                faults++;
                return Pending.failed(new KvException(KvFailure.TOO_OLD, "a read that was made to fail"));
            }
        }
        return request.get();
    }

    private void delay() {
        long micros;
        synchronized (this) {
            micros = mostDelayMicros == 0 ? 0 : random.nextLong(mostDelayMicros + 1);
        }
        if (micros > 0) {
            store.clock().sleepMicros(micros);
        }
    }

    private Pending<Versionstamp> commit(KvTransaction transaction) {
        delay();
        if (transaction.approximateBytes() == 0) {
            return transaction.commit();
        }
        happen(true);
        Pending<Versionstamp> answer = commit(transaction, nextCommitFault());
        happen(false);
        return answer;
    }

    private Pending<Versionstamp> commit(KvTransaction transaction, CommitFault fault) {
        switch (fault) {
            case NONE -> {
                return transaction.commit();
            }
            case CONFLICT, TOO_OLD, UNAVAILABLE -> {
                transaction.close();
                return Pending.failed(
                        new KvException(KvFailure.valueOf(fault.name()), "a commit that was made to fail"));
            }
            case UNKNOWN_LOST -> transaction.close();
            case UNKNOWN_APPLIED -> applyIfAllowed(transaction);
            case UNKNOWN_LATE -> {
                // As it would be if it were under way: it conflicts with what is committed from now on.
                transaction.readVersion().await();
                synchronized (this) {
                    held.add(new Held(transaction, new int[] {2}));
                }
            }
        }
        return Pending.failed(new KvException(KvFailure.UNKNOWN_RESULT, "a commit whose answer was lost"));
    }

    private static void applyIfAllowed(KvTransaction transaction) {
        try {
            transaction.commit().await();
        } catch (KvException e) {
            if (!e.isRetryable()) {
                throw e;
            }
            // The store refused it, as it may; the answer is lost all the same.
        }
    }

    /** Lets held commits go whose time has come. */
    private void release() {
        while (true) {
            KvTransaction due;
            synchronized (this) {
                if (held.isEmpty() || --held.peekFirst().beginsLeft[0] > 0) {
                    return;
                }
                due = held.removeFirst().transaction;
            }
            applyIfAllowed(due);
        }
    }

    @Override
    public KvTransaction begin() {
        release();
        return new Faulty(store.begin());
    }

    private final class Faulty extends ForwardingTransaction {
        private boolean sent;

        private Faulty(KvTransaction transaction) {
            super(transaction);
        }

        @Override
        public Pending<Long> readVersion() {
            return read(transaction::readVersion);
        }

        @Override
        public Pending<byte[]> get(byte[] key, ReadMode mode) {
            return read(() -> transaction.get(key, mode));
        }

        @Override
        public Pending<List<KeyValue>> getRange(byte[] begin, byte[] end, int limit, boolean reverse, ReadMode mode) {
            return read(() -> transaction.getRange(begin, end, limit, reverse, mode));
        }

        @Override
        public Pending<Versionstamp> commit() {
            sent = true;
            return FaultyKvStore.this.commit(transaction);
        }

        @Override
        public void close() {
            // What was sent may arrive later, whatever the sender does.
            if (!sent) {
                transaction.close();
            }
        }
    }
}
