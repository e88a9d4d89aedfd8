package dev.verso.kv.etcd;

import dev.verso.kv.KvClock;
import dev.verso.kv.embedded.KeyRange;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What this client knows of the commits, its own and others'. Invariants, under this object's lock:
 *
 * <ol>
 *   <li>Every version in {@code floor + 1 .. known} has its entry, and none else has one.
 *   <li>{@code floor} and {@code known} only grow.
 * </ol>
 *
 * A transaction that read at {@code floor} or later can be checked; a client that falls far behind begins anew.
 */
final class CommitHistory {
    /** Catching up with more than this costs more than the transactions that it could save. */
    private static final int MOST_BEHIND = 2_000;

    private static final int RECORDS_AT_ONCE = 256;
    private static final int MOST_KEPT = 50_000;

    private record Committed(long revision, long micros, List<KeyRange> written) {}

    private final StoreKeys keys;
    private final KvClock clock;
    private final long windowMicros;
    private final TreeMap<Long, Committed> commits = new TreeMap<>();
    private long floor = -1;
    private long floorRevision;
    private long known = -1;
    private long knownRevision;

    CommitHistory(StoreKeys keys, KvClock clock, long windowMillis) {
        this.keys = keys;
        this.clock = clock;
        windowMicros = windowMillis * 1_000;
    }

    synchronized long known() {
        return known;
    }

    /** A revision of etcd that shows exactly the commits up to a version; -1 if it is not known. */
    synchronized long revisionOf(long version) {
        if (version == known) {
            return knownRevision;
        }
        if (version == floor) {
            return floorRevision;
        }
        Committed commit = commits.get(version);
        return commit == null ? -1 : commit.revision;
    }

    /** Asks for what is new since the newest version known: two requests, for {@link #learn}. */
    void ask(TxnRequest.Builder request, boolean asFailure) {
        RequestOp newest = RequestOp.newBuilder()
                .setRequestRange(RangeRequest.newBuilder().setKey(keys.sequence()))
                .build();
        RequestOp records = RequestOp.newBuilder()
                .setRequestRange(RangeRequest.newBuilder()
                        .setKey(keys.record(known() + 1))
                        .setRangeEnd(keys.recordsEnd())
                        .setLimit(RECORDS_AT_ONCE))
                .build();
        if (asFailure) {
            request.addFailure(newest).addFailure(records);
        } else {
            request.addSuccess(newest).addSuccess(records);
        }
    }

    /**
     * Learns from the first two answers of a request that {@link #ask} began.
     *
     * @return the newest version at the revision of the answer
     */
    long learn(TxnResponse response) {
        RangeResponse sequence = response.getResponses(0).getResponseRange();
        long newest = sequence.getKvsCount() == 0
                ? 0
                : StoreKeys.version(sequence.getKvs(0).getValue(), 0);
        learn(
                newest,
                response.getHeader().getRevision(),
                response.getResponses(1).getResponseRange().getKvsList());
        return newest;
    }

    private synchronized void learn(long newest, long revision, List<KeyValue> records) {
        long knownBefore = known;
        for (KeyValue each : records) {
            long version = keys.versionOf(each.getKey());
            if (version == known + 1) {
                add(
                        version,
                        each.getModRevision(),
                        CommitRecord.decode(each.getValue(), version).written());
            }
        }
        boolean moreToCome = records.size() == RECORDS_AT_ONCE
                && keys.versionOf(records.get(0).getKey()) <= knownBefore + 1;
        if (knownBefore < 0 || newest > known && !moreToCome || newest - known > MOST_BEHIND) {
            commits.clear();
            floor = newest;
            known = newest;
            knownRevision = revision;
        } else if (newest == known) {
            // Nothing of the store has changed in between, and the servers keep younger revisions for longer.
            knownRevision = Math.max(knownRevision, revision);
        }
        invariantsHold();
    }

    /** Notes the commit of the version after the newest known. */
    synchronized void add(long version, long revision, List<KeyRange> written) {
        if (version != known + 1) {
            // Known already, or forgotten as too far behind.
            return;
        }
        long now = clock.micros();
        commits.put(version, new Committed(revision, now, written));
        known = version;
        knownRevision = revision;
        while (commits.size() > MOST_KEPT
                || !commits.isEmpty() && now - commits.firstEntry().getValue().micros > windowMicros) {
            if (commits.size() == 1) {
                break;
            }
            Map.Entry<Long, Committed> oldest = commits.pollFirstEntry();
            floor = oldest.getKey();
            floorRevision = oldest.getValue().revision;
        }
        invariantsHold();
    }

    private void invariantsHold() {
        assert floor <= known : "floor " + floor + " after " + known;
        assert commits.size() == known - floor : commits.size() + " commits from " + floor + " to " + known;
    }

    /** What a transaction that read these ranges at a version may do. */
    enum Verdict {
        MAY_COMMIT,
        CONFLICT,
        TOO_OLD
    }

    /** Whether a commit after {@code readVersion} wrote into one of the ranges; both are normalized. */
    synchronized Verdict check(long readVersion, List<KeyRange> read) {
        if (readVersion < floor) {
            return Verdict.TOO_OLD;
        }
        for (Committed commit :
                commits.tailMap(readVersion, false).descendingMap().values()) {
            if (KeyRange.overlap(read, commit.written)) {
                return Verdict.CONFLICT;
            }
        }
        return Verdict.MAY_COMMIT;
    }
}
