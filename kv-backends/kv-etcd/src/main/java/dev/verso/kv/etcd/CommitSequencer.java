package dev.verso.kv.etcd;

import dev.verso.kv.Bytes;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvLimits;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.embedded.KeyRange;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Commits this client's transactions, those that wait at once together. The sequence key in etcd holds the newest version N. A commit
 *
 * <ol>
 *   <li>checks each transaction's reads against what the versions up to N wrote ({@link CommitHistory}), and against those before it in
 *       the batch;
 *   <li>sends one transaction of etcd: if the sequence is still N, make it N+1 and write record N+1 and all that the transactions write,
 *       with the stamp (N+1, place in the batch); else answer with the records after N.
 * </ol>
 *
 * So a version's number is known before it is written, the check is exact, and a batch is applied at most once however often it is sent:
 * whoever wrote N+1 first has it, and record N+1 names its author. That is how a lost answer is settled: the same batch is sent again
 * until etcd answers. Only if it does not within the time, the result is unknown.
 */
final class CommitSequencer implements AutoCloseable {
    /** Records are kept for this many versions, so that others can catch up. */
    private static final long RECORDS_KEPT = 20_000;

    private static final long RECORDS_DELETED_EVERY = 256;
    /** What etcd takes, less what it adds itself. */
    private static final int MOST_REQUEST_BYTES = 1_572_864 - 1_024;

    private static final int MOST_TOGETHER = 1_000;
    private static final int GETS_TOGETHER = 100;
    private static final long PAUSE_MILLIS = 50;

    /** What became of an attempt at the next version. */
    private enum Outcome {
        APPLIED,
        /** Another commit took the version, and nothing was applied. */
        OVERTAKEN
    }

    private final EtcdCluster cluster;
    private final StoreKeys keys;
    private final CommitHistory history;
    private final KvLimits limits;
    private final long timeoutMillis;
    private final long client = new SecureRandom().nextLong();
    private final LinkedBlockingQueue<CommitRequest> waiting = new LinkedBlockingQueue<>();
    private final CommitRequest stop = new CommitRequest(-1, List.of(), List.of(), null, 0);
    private final Thread thread;
    private CommitRequest held;
    private long attempts;
    private boolean closed;

    CommitSequencer(EtcdCluster cluster, StoreKeys keys, CommitHistory history, KvLimits limits, long timeoutMillis) {
        this.cluster = cluster;
        this.keys = keys;
        this.history = history;
        this.limits = limits;
        this.timeoutMillis = timeoutMillis;
        thread = new Thread(this::run, "verso-etcd-commits");
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes a transaction; its outcome comes in time. */
    synchronized void enqueue(CommitRequest request) {
        if (closed) {
            throw cluster.closedFailure();
        }
        waiting.add(request);
    }

    @Override
    public synchronized void close() {
        closed = true;
        waiting.add(stop);
    }

    // ---- the thread

    private void run() {
        try {
            for (List<CommitRequest> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
                commit(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (CommitRequest late = waiting.poll(); late != null; late = waiting.poll()) {
            late.fail(cluster.closedFailure());
        }
    }

    /** Waits for transactions, and takes as many as fit a request of etcd; none when the store is closed. */
    private List<CommitRequest> nextBatch() throws InterruptedException {
        List<CommitRequest> batch = new ArrayList<>();
        CommitRequest next = held != null ? held : waiting.take();
        held = null;
        long bytes = 0;
        while (next != null && next != stop) {
            bytes += next.bytes();
            if (!batch.isEmpty() && (bytes > limits.transactionBytes() || batch.size() == MOST_TOGETHER)) {
                held = next;
                return batch;
            }
            batch.add(next);
            next = waiting.poll();
        }
        if (next == stop && !batch.isEmpty()) {
            waiting.add(stop);
        }
        return batch;
    }

    private void commit(List<CommitRequest> batch) {
        List<CommitRequest> open = batch;
        try {
            while (true) {
                open = reachable(open);
                // What is learned from here on is checked too, but the version must be one that all of them were
                // checked up to.
                long newest = history.known();
                open = acceptable(open);
                if (open.isEmpty()) {
                    return;
                }
                Attempt attempt = new Attempt(open, newest, stored(open));
                if (attempt.request.getSerializedSize() > MOST_REQUEST_BYTES && open.size() > 1) {
                    // Rare: together they delete ranges in more parts than alone.
                    int half = open.size() / 2;
                    List<CommitRequest> second = open.subList(half, open.size());
                    commit(open.subList(0, half));
                    open = second;
                    continue;
                }
                if (attempt.run() == Outcome.APPLIED) {
                    for (int i = 0; i < open.size(); i++) {
                        open.get(i).outcome().complete(new Versionstamp(newest + 1, i));
                    }
                    return;
                }
            }
        } catch (KvException e) {
            for (CommitRequest each : open) {
                each.fail(e);
            }
        } catch (RuntimeException | AssertionError e) {
            // A mistake of ours: whoever waits must hear of it, and it is not known what was sent.
            for (CommitRequest each : open) {
                each.fail(new KvException(KvFailure.UNKNOWN_RESULT, cluster.name() + ": " + e, e));
            }
        }
    }

    // ---- the check

    /** Those whose read version exists; the others are told that it does not. */
    private List<CommitRequest> reachable(List<CommitRequest> requests) {
        List<CommitRequest> reachable = new ArrayList<>(requests.size());
        for (CommitRequest each : requests) {
            try {
                catchUp(each.readVersion());
                reachable.add(each);
            } catch (KvException e) {
                each.fail(e);
            }
        }
        return reachable;
    }

    /** Those that may commit after all that is known, in this order; the others are told why not. */
    private List<CommitRequest> acceptable(List<CommitRequest> requests) {
        List<CommitRequest> accepted = new ArrayList<>(requests.size());
        List<KeyRange> written = new ArrayList<>();
        for (CommitRequest each : requests) {
            CommitHistory.Verdict verdict = verdict(each, written);
            switch (verdict) {
                case MAY_COMMIT -> {
                    accepted.add(each);
                    written.addAll(each.written());
                }
                case CONFLICT ->
                    each.fail(new KvException(
                            KvFailure.CONFLICT, "another transaction wrote what this one read in " + cluster.name()));
                case TOO_OLD ->
                    each.fail(new KvException(
                            KvFailure.TOO_OLD,
                            "what was committed after version " + each.readVersion() + " of " + cluster.name()
                                    + " is no longer known"));
            }
        }
        return accepted;
    }

    private CommitHistory.Verdict verdict(CommitRequest request, List<KeyRange> writtenBefore) {
        if (request.readVersion() < 0) {
            return CommitHistory.Verdict.MAY_COMMIT;
        }
        CommitHistory.Verdict verdict = history.check(request.readVersion(), request.read());
        boolean overlaps = verdict == CommitHistory.Verdict.MAY_COMMIT
                && KeyRange.overlap(request.read(), KeyRange.normalize(writtenBefore));
        return overlaps ? CommitHistory.Verdict.CONFLICT : verdict;
    }

    private void catchUp(long version) {
        while (history.known() < version) {
            TxnRequest.Builder request = TxnRequest.newBuilder();
            history.ask(request, false);
            long newest = history.learn(read(request.build()));
            if (newest < version) {
                throw new KvException(
                        KvFailure.FUTURE_VERSION,
                        "version " + version + " is after the newest of " + cluster.name() + ", " + newest);
            }
        }
    }

    private TxnResponse read(TxnRequest request) {
        return new EtcdRead(cluster, request, timeoutMillis).await();
    }

    /**
     * The values that atomic operations start from, as they are now; of use only if the commit still finds the version that they were read
     * at. Learns of a newer one on the way.
     */
    private Map<byte[], byte[]> stored(List<CommitRequest> requests) {
        Map<byte[], byte[]> values = new TreeMap<>(Bytes::compare);
        List<byte[]> needed = new ArrayList<>();
        for (CommitRequest each : requests) {
            needed.addAll(BatchWrites.dependsOn(each.writes()));
        }
        for (int from = 0; from < needed.size(); from += GETS_TOGETHER) {
            List<byte[]> some = needed.subList(from, Math.min(from + GETS_TOGETHER, needed.size()));
            TxnRequest.Builder gets = TxnRequest.newBuilder();
            history.ask(gets, false);
            for (byte[] key : some) {
                gets.addSuccess(RequestOp.newBuilder()
                        .setRequestRange(RangeRequest.newBuilder().setKey(keys.data(key))));
            }
            TxnResponse answer = read(gets.build());
            history.learn(answer);
            for (int i = 0; i < some.size(); i++) {
                RangeResponse found = answer.getResponses(2 + i).getResponseRange();
                if (found.getKvsCount() > 0) {
                    values.put(some.get(i), found.getKvs(0).getValue().toByteArray());
                }
            }
        }
        return values;
    }

    // ---- the commit

    /** A batch at the version after {@code newest}: one request, sent until its fate is known. */
    private final class Attempt {
        private final long newest;
        private final long number = ++attempts;
        private final List<KeyRange> written;
        private final TxnRequest request;
        /** The request may have been applied, or may yet be. */
        private boolean doubtful;

        private Attempt(List<CommitRequest> batch, long newest, Map<byte[], byte[]> stored) {
            this.newest = newest;
            BatchWrites writes = new BatchWrites(keys, limits.valueBytes());
            List<KeyRange> ranges = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                ranges.addAll(batch.get(i).written());
                writes.add(batch.get(i).writes(), new Versionstamp(newest + 1, i), stored);
            }
            written = KeyRange.normalize(ranges);
            request = request(writes);
        }

        private TxnRequest request(BatchWrites writes) {
            Compare.Builder isStillNewest = Compare.newBuilder().setKey(keys.sequence());
            if (newest == 0) {
                isStillNewest.setTarget(Compare.CompareTarget.CREATE).setCreateRevision(0);
            } else {
                isStillNewest.setTarget(Compare.CompareTarget.VALUE).setValue(StoreKeys.version(newest));
            }
            CommitRecord record = new CommitRecord(client, number, written);
            TxnRequest.Builder all = TxnRequest.newBuilder()
                    .addCompare(isStillNewest.setResult(Compare.CompareResult.EQUAL))
                    .addSuccess(BatchWrites.put(keys.sequence(), StoreKeys.version(newest + 1)))
                    .addSuccess(BatchWrites.put(keys.record(newest + 1), record.encode()))
                    .addAllSuccess(BatchWrites.nested(writes.operations()));
            if ((newest + 1) % RECORDS_DELETED_EVERY == 0 && newest > RECORDS_KEPT) {
                all.addSuccess(BatchWrites.delete(keys.record(0), keys.record(newest - RECORDS_KEPT)));
            }
            history.ask(all, true);
            return all.build();
        }

        /**
         * Sends the request until etcd tells what became of it.
         *
         * @throws KvException if that is none of the outcomes; UNKNOWN_RESULT if it does not tell in time
         */
        private Outcome run() {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
            while (true) {
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                EtcdCluster.Failed failed;
                try {
                    return learn(send(leftMillis));
                } catch (EtcdCluster.Failed e) {
                    failed = e;
                }
                EtcdFailures.Kind kind = failed.kind();
                switch (kind) {
                    case NOT_DONE, STRANGER -> {
                        // Another try.
                    }
                    case LOST -> doubtful = true;
                    case FULL -> {
                        return afterFull(failed);
                    }
                    case TOO_LARGE, REFUSED, COMPACTED, BEHIND -> throw refused(failed);
                }
                if (cluster.isClosed() || leftMillis <= PAUSE_MILLIS) {
                    throw refused(failed);
                }
                EtcdRead.pause(PAUSE_MILLIS);
            }
        }

        private TxnResponse send(long leftMillis) throws EtcdCluster.Failed {
            EtcdCluster.Attempt sent;
            try {
                sent = cluster.send(request, Math.max(leftMillis, 1));
            } catch (KvException e) {
                throw refused(e);
            }
            return sent.await();
        }

        private KvException refused(EtcdCluster.Failed failed) {
            return refused(cluster.isClosed() ? cluster.closedFailure() : failed.translated());
        }

        private KvException refused(KvException reason) {
            return doubtful
                    ? new KvException(
                            KvFailure.UNKNOWN_RESULT,
                            cluster.name() + " did not tell what became of a commit: " + reason.getMessage(),
                            reason)
                    : reason;
        }

        private Outcome learn(TxnResponse answer) {
            if (answer.getSucceeded()) {
                history.add(newest + 1, answer.getHeader().getRevision(), written);
                return Outcome.APPLIED;
            }
            boolean isOwn = false;
            boolean isTold = false;
            for (KeyValue each : answer.getResponses(1).getResponseRange().getKvsList()) {
                if (keys.versionOf(each.getKey()) == newest + 1) {
                    CommitRecord record = CommitRecord.decode(each.getValue(), newest + 1);
                    isOwn = record.client() == client && record.attempt() == number;
                    isTold = true;
                }
            }
            long now = history.learn(answer);
            if (now <= newest) {
                throw new KvException(
                        doubtful ? KvFailure.UNKNOWN_RESULT : KvFailure.DAMAGED,
                        cluster.name() + " was at version " + newest + " and has gone back to " + now);
            }
            if (!isTold && doubtful) {
                throw new KvException(
                        KvFailure.UNKNOWN_RESULT,
                        cluster.name() + " did not tell in time what became of a commit, and has forgotten it since");
            }
            return isOwn ? Outcome.APPLIED : Outcome.OVERTAKEN;
        }

        /** etcd has answered that it is full, perhaps after it applied the request. */
        private Outcome afterFull(EtcdCluster.Failed failed) {
            boolean wasDoubtful = doubtful;
            doubtful = true;
            TxnRequest.Builder ask = TxnRequest.newBuilder();
            history.ask(ask, false);
            TxnResponse answer;
            try {
                answer = read(ask.build());
            } catch (KvException e) {
                throw refused(failed);
            }
            RangeResponse sequence = answer.getResponses(0).getResponseRange();
            long now = sequence.getKvsCount() == 0
                    ? 0
                    : StoreKeys.version(sequence.getKvs(0).getValue(), 0);
            if (now > newest) {
                return learn(answer);
            }
            doubtful = wasDoubtful;
            throw refused(failed);
        }
    }
}
