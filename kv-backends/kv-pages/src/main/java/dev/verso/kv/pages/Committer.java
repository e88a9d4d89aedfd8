package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import dev.verso.pager.BigEndian;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Writes a commit in one transaction of the store, which fails if another commit changed a page that this one relied on.
 *
 * <p>While the base snapshot is younger than the store's window, the store itself finds conflicts: the transaction commits at the
 * snapshot's read version with the pages relied on as read conflict ranges. In quiet times it relies on the whole log instead, which
 * tells at once that nothing else has changed, so that the caches need no second round trip; when that fails it may have failed
 * needlessly, and the log decides. An older snapshot is checked against the log between base and head, and then commits at the read
 * version at which the log was read. Two round trips at most, but for a commit that is overtaken again and again. What others have
 * committed before it is not asked for afterwards: who reads on does.
 */
final class Committer {
    private static final int TRIES = 200;
    private static final int LOG_ENTRIES_AT_ONCE = 1_000;
    private static final int MOST_RANGES = 4_000;
    private static final Runnable NOTHING = () -> {};

    /**
     * A commit that went through.
     *
     * @param after the snapshot right after it, or null if other commits may have come between and it must be read
     */
    record Committed(Versionstamp stamp, Snapshot after) {}

    private final VersionedStore store;
    private final KvStore kv;
    private final NamespaceKeys keys;
    private final LogReader log;
    private final SnapshotOpener opener;
    private final Fence fence;
    private final long session;
    /** The log entry written last. */
    private LogEntry written;

    Committer(VersionedStore store, SnapshotOpener opener, Fence fence, long session) {
        this.store = store;
        kv = store.store();
        keys = store.keys();
        log = new LogReader(keys, store.numbers());
        this.opener = opener;
        this.fence = fence;
        this.session = session;
    }

    Committed commit(Snapshot base, CommitPlan plan) {
        long age = kv.clock().micros() - base.takenMicros();
        if (age < kv.limits().windowMillis() * 600) {
            Committed committed = store.expectsQuiet() ? commitAlone(base, plan) : commitAtBase(base, plan);
            if (committed != null) {
                return committed;
            }
        }
        for (int tries = 1; tries <= TRIES; tries++) {
            Committed committed = commitAfterCheck(base, plan, tries == 1);
            if (committed != null) {
                return committed;
            }
        }
        throw Failures.conflict(store.name(), "overtaken by other commits " + TRIES + " times");
    }

    /**
     * Commits on top of a snapshot that all of the plan is right on.
     *
     * @param reliesOnLog nobody else may have committed since; else nobody may have changed what the plan relies on
     * @return null if that is not so, or perhaps not so
     */
    Committed send(Snapshot tip, CommitPlan plan, boolean reliesOnLog) {
        return send(tip, plan, reliesOnLog, NOTHING);
    }

    /** @param meanwhile is run while the commit is on its way */
    Committed send(Snapshot tip, CommitPlan plan, boolean reliesOnLog, Runnable meanwhile) {
        try {
            return sendOnce(tip, plan, reliesOnLog ? tip.version() : -1, meanwhile);
        } catch (KvException e) {
            if (e.failure() == KvFailure.CONFLICT && !reliesOnLog) {
                store.noteCollision();
            }
            return orTryAgain(e, reliesOnLog);
        }
    }

    private Committed sendOnce(Snapshot tip, CommitPlan plan, long quietSince, Runnable meanwhile) {
        try (KvTransaction transaction = kv.begin()) {
            transaction.readVersion(tip.readVersion());
            long micros = write(transaction, tip, plan, quietSince);
            return committed(transaction, tip, tip.pageCount(), plan, micros, quietSince, meanwhile);
        }
    }

    /** Relies on nobody else having committed, and then on the pages alone. Returns null if the log has to decide. */
    private Committed commitAlone(Snapshot base, CommitPlan plan) {
        Committed committed = send(base, plan, true);
        return committed != null ? committed : send(base, plan, false);
    }

    /** Relies on the pages alone. Returns null if the log has to decide. */
    private Committed commitAtBase(Snapshot base, CommitPlan plan) {
        try {
            return sendOnce(base, plan, -1, NOTHING);
        } catch (KvException e) {
            // Under a lock it may be the lock that has ended, which is told another way.
            if (e.failure() == KvFailure.CONFLICT
                    && rangeCount(plan.checked()) <= MOST_RANGES
                    && !base.lineage().isLocked()) {
                throw Failures.conflict(
                        store.name(), "another connection has changed pages that this transaction read or wrote");
            }
            return orTryAgain(e, false);
        }
    }

    private Committed commitAfterCheck(Snapshot base, CommitPlan plan, boolean quiet) {
        try (KvTransaction transaction = kv.begin()) {
            Pending<Long> readVersion = transaction.readVersion();
            Pending<List<KeyValue>> size =
                    transaction.getRange(keys.sizes(), NamespaceKeys.end(keys.sizes()), 1, true, ReadMode.SNAPSHOT);
            Question question = ask(transaction, base.version(), plan);
            readVersion.await();
            requireWritable(transaction, question, base);
            int pageCount = 0;
            for (KeyValue pair : size.await()) {
                pageCount = BigEndian.s32(pair.value(), 0);
            }
            List<KeyValue> chunk = question.entries.await();
            boolean cacheFollows = chunk.size() < LOG_ENTRIES_AT_ONCE;
            long last = check(transaction, base, plan, chunk);
            if (cacheFollows && last > base.version()) {
                opener.advance(store.cache(), base.version(), last, chunk);
                cacheFollows = store.cache().newestVersion() >= last;
            }
            long micros = write(transaction, base, plan, quiet ? last : -1);
            return committed(transaction, base, pageCount, plan, micros, quiet && cacheFollows ? last : -1, NOTHING);
        } catch (KvException e) {
            return orTryAgain(e, quiet);
        }
    }

    /** What a commit must know of what others did since its base; all asked for in one round trip. */
    record Question(Pending<byte[]> record, Pending<List<KeyValue>> entries, Pending<byte[]> manifest) {}

    Question ask(KvTransaction transaction, long after, CommitPlan plan) {
        return new Question(
                transaction.get(keys.record(), ReadMode.SNAPSHOT),
                log.after(transaction, after, LOG_ENTRIES_AT_ONCE),
                plan.staging() == null
                        ? null
                        : transaction.get(keys.manifest(plan.staging().id().bytes(), 0), ReadMode.SNAPSHOT));
    }

    /** The newest version that can be seen while somebody else has locked the namespace; the largest number if nobody has. */
    long newestVisible(Question question) {
        return opener.newestVisible(question.record.await());
    }

    void requireWritable(KvTransaction transaction, Question question, Snapshot base) {
        opener.requireWritable(transaction, question.record.await(), base);
        if (question.manifest != null && question.manifest.await() == null) {
            throw Failures.conflict(
                    store.name(), "the staged pages of this transaction were given up after a long silence");
        }
    }

    /** Checks a candidate against what the log has after the commits that it was checked against. */
    void catchUp(KvTransaction transaction, Candidate candidate, Snapshot base, CommitCheck check) {
        Question question = ask(transaction, candidate.checkedTo, candidate.plan);
        requireWritable(transaction, question, base);
        catchUp(transaction, candidate, check, question.entries.await(), Long.MAX_VALUE);
    }

    /**
     * @param firstChunk what the log has after the commits that the candidate was checked against
     * @param visible later versions are hidden by a lock, and may never be seen
     */
    void catchUp(
            KvTransaction transaction,
            Candidate candidate,
            CommitCheck check,
            List<KeyValue> firstChunk,
            long visible) {
        List<KeyValue> chunk = firstChunk;
        while (true) {
            for (RecentCommits.Logged each : log.decoded(chunk)) {
                if (each.version() > visible) {
                    return;
                }
                LogEntry entry = each.entry();
                if ((entry.flags() & LogEntry.ROLLBACK) != 0) {
                    throw rolledBack(each.version());
                }
                BitSet staged = null;
                if (entry.pageNumbers() == null) {
                    staged = log.manifest(transaction, entry.stagedId());
                    staged.clear(1);
                }
                if (!check.passes(candidate, each, staged)) {
                    throw check.conflict();
                }
            }
            if (chunk.size() < LOG_ENTRIES_AT_ONCE) {
                return;
            }
            chunk = log.after(transaction, candidate.checkedTo, LOG_ENTRIES_AT_ONCE)
                    .await();
        }
    }

    /** Checks the log from the base on; returns the newest version. */
    private long check(KvTransaction transaction, Snapshot base, CommitPlan plan, List<KeyValue> firstChunk) {
        long last = base.version();
        List<KeyValue> chunk = firstChunk;
        while (true) {
            for (KeyValue entry : chunk) {
                last = log.version(entry);
                check(transaction, plan, LogEntry.decode(entry.value()), last);
            }
            if (chunk.size() < LOG_ENTRIES_AT_ONCE) {
                return last;
            }
            byte[] from = Bytes.after(chunk.get(chunk.size() - 1).key());
            chunk = transaction
                    .getRange(from, NamespaceKeys.end(keys.log()), LOG_ENTRIES_AT_ONCE, false, ReadMode.SNAPSHOT)
                    .await();
        }
    }

    private void check(KvTransaction transaction, CommitPlan plan, LogEntry entry, long version) {
        if ((entry.flags() & LogEntry.ROLLBACK) != 0) {
            throw rolledBack(version);
        }
        if ((entry.flags() & LogEntry.SCHEMA) != 0 && (plan.readsFirstPage() || plan.writesFirstPage())
                || (entry.flags() & LogEntry.ALLOCATION) != 0 && plan.writesFirstPage()) {
            throw overtaken(1, version);
        }
        if (plan.checked().isEmpty()) {
            return;
        }
        if (entry.pageNumbers() != null) {
            for (int page : entry.pageNumbers()) {
                if (plan.checked().get(page)) {
                    throw overtaken(page, version);
                }
            }
        } else {
            BitSet changed = log.manifest(transaction, entry.stagedId());
            changed.clear(1);
            changed.and(plan.checked());
            if (!changed.isEmpty()) {
                throw overtaken(changed.nextSetBit(0), version);
            }
        }
    }

    private DatabaseException rolledBack(long version) {
        return Failures.conflict(store.name(), "version " + version + " has rolled back to an earlier one");
    }

    private DatabaseException overtaken(int page, long version) {
        return Failures.conflict(
                store.name(),
                "page " + page + ", which this transaction read or wrote, was changed by version " + version);
    }

    /**
     * Adds all that the commit writes and relies on.
     *
     * @param quietSince rely on no commit at all after this version; -1 to rely on the checked pages alone
     * @return the time of the commit
     */
    long write(KvTransaction transaction, Snapshot base, CommitPlan plan, long quietSince) {
        rely(transaction, plan, quietSince);
        addWriteConflicts(transaction, plan);

        int[] numbers = plan.pageNumbers();
        for (int i = 0; i < numbers.length; i++) {
            writePage(transaction, base, plan, numbers[i], plan.images()[i]);
        }
        Staging staging = plan.staging();
        if (staging != null) {
            // Garbage collection that has given the staged pages up has moved this.
            byte[] manifest = keys.manifest(staging.id().bytes(), 0);
            transaction.addReadConflictRange(manifest, Bytes.after(manifest));
            byte[] published = keys.published(staging.id().bytes());
            transaction.addWriteConflictRange(published, Bytes.after(published));
            transaction.setVersionstampedValue(keys.published(staging.id().bytes()), new byte[Versionstamp.BYTES], 0);
        }
        if (plan.sizeChanges()) {
            byte[] size = new byte[8];
            BigEndian.put32(size, 0, plan.pageCount());
            BigEndian.put32(size, 4, plan.pageSizeBytes());
            transaction.setVersionstampedKey(keys.sizePattern(), keys.stampOffset(), size);
        }
        long micros = Math.max(kv.clock().micros(), base.micros() + 1);
        LogEntry entry = new LogEntry(
                plan.flags(),
                micros,
                session,
                fence.nextAttempt(),
                plan.changedPages(),
                plan.sizeChanges() ? plan.pageCount() : 0,
                staging == null ? numbers : null,
                staging == null ? null : staging.id(),
                plan.rows());
        written = entry;
        transaction.setVersionstampedKey(keys.logPattern(), keys.stampOffset(), entry.encode());
        transaction.setVersionstampedKey(keys.timePattern(micros), keys.timeStampOffset(), new byte[0]);
        byte[] head = new byte[Versionstamp.BYTES + 8];
        BigEndian.put64(head, Versionstamp.BYTES, micros);
        transaction.setVersionstampedValue(keys.head(), head, 0);
        fence.guard(transaction);
        return micros;
    }

    /** Adds what the commit relies on; see {@link #write}. */
    void rely(KvTransaction transaction, CommitPlan plan, long quietSince) {
        transaction.automaticWriteConflicts(false);
        byte[] record = keys.record();
        transaction.addReadConflictRange(record, Bytes.after(record));
        if (quietSince >= 0) {
            transaction.addReadConflictRange(log.firstAfter(quietSince), NamespaceKeys.end(keys.log()));
        } else {
            addReadConflicts(transaction, plan);
        }
    }

    /** A delta, if nobody can have changed the page since the base whose image is at hand and there are not too many already. */
    private void writePage(KvTransaction transaction, Snapshot base, CommitPlan plan, int pageNumber, byte[] image) {
        int depth = store.chains().depth(pageNumber);
        byte[] before = depth < PageDelta.MOST_IN_A_ROW && plan.checked().get(pageNumber)
                ? store.cache().get(pageNumber, base.version())
                : null;
        byte[] delta = before == null ? null : PageDelta.between(before, image);
        if (delta != null) {
            transaction.setVersionstampedKey(keys.deltaPattern(pageNumber), keys.pageStampOffset(), delta);
        } else {
            transaction.setVersionstampedKey(
                    keys.pagePattern(pageNumber),
                    keys.pageStampOffset(),
                    PageEntry.whole(image, base.lineage().record().compressed()));
        }
        store.chains().depth(pageNumber, delta == null ? 0 : depth + 1);
    }

    private void addReadConflicts(KvTransaction transaction, CommitPlan plan) {
        if (plan.readsFirstPage() || plan.writesFirstPage()) {
            byte[] item = keys.schemaItem();
            transaction.addReadConflictRange(item, Bytes.after(item));
        }
        if (plan.writesFirstPage()) {
            byte[] item = keys.allocationItem();
            transaction.addReadConflictRange(item, Bytes.after(item));
        }
        for (int[] run : runs(plan.checked())) {
            transaction.addReadConflictRange(keys.pageItem(run[0]), NamespaceKeys.end(keys.pageItem(run[1])));
        }
    }

    private void addWriteConflicts(KvTransaction transaction, CommitPlan plan) {
        transaction.addWriteConflictRange(keys.log(), NamespaceKeys.end(keys.log()));
        if ((plan.flags() & LogEntry.SCHEMA) != 0) {
            byte[] item = keys.schemaItem();
            transaction.addWriteConflictRange(item, Bytes.after(item));
        }
        if ((plan.flags() & LogEntry.ALLOCATION) != 0) {
            byte[] item = keys.allocationItem();
            transaction.addWriteConflictRange(item, Bytes.after(item));
        }
        BitSet written;
        if (plan.staging() != null) {
            written = plan.staging().pages();
        } else {
            written = new BitSet();
            for (int page : plan.pageNumbers()) {
                written.set(page);
            }
        }
        for (int[] run : runs(written)) {
            transaction.addWriteConflictRange(keys.pageItem(run[0]), NamespaceKeys.end(keys.pageItem(run[1])));
        }
    }

    /** Runs of neighbouring pages, first and last; if there are very many, one from the first page to the last. */
    private static List<int[]> runs(BitSet pages) {
        List<int[]> runs = new ArrayList<>();
        for (int first = pages.nextSetBit(0); first >= 0; ) {
            int end = pages.nextClearBit(first);
            runs.add(new int[] {first, end - 1});
            if (runs.size() > MOST_RANGES) {
                return List.of(new int[] {pages.nextSetBit(0), pages.length() - 1});
            }
            first = pages.nextSetBit(end);
        }
        return runs;
    }

    private static int rangeCount(BitSet pages) {
        int count = 0;
        for (int first = pages.nextSetBit(0); first >= 0; first = pages.nextSetBit(pages.nextClearBit(first))) {
            count++;
        }
        return count;
    }

    /** @param quietSince nobody else has committed after this version; -1 if that is not certain */
    private Committed committed(
            KvTransaction transaction,
            Snapshot base,
            int pageCount,
            CommitPlan plan,
            long micros,
            long quietSince,
            Runnable meanwhile) {
        Versionstamp stamp = stamp(transaction, meanwhile);
        if (stamp == null) {
            return null;
        }
        note(plan, stamp);
        Snapshot after = after(stamp, base, pageCount, plan, micros, quietSince);
        if (after == null) {
            noteUnseen(plan, stamp);
        }
        return new Committed(stamp, after);
    }

    /**
     * The snapshot right after the commit that was written last; null if it must be read.
     *
     * @param pageCount of the database before it
     */
    Snapshot after(Versionstamp stamp, Snapshot base, int pageCount, CommitPlan plan, long micros, long quietSince) {
        if (quietSince < 0 || !store.numbers().isOwn(stamp)) {
            return null;
        }
        long version = store.numbers().number(stamp);
        int[] changed = plan.staging() == null
                ? plan.pageNumbers()
                : plan.staging().pages().stream().toArray();
        Snapshot after = new Snapshot(
                version,
                micros,
                plan.sizeChanges() ? plan.pageCount() : pageCount,
                plan.pageSizeBytes(),
                stamp.version(),
                // Where another commit may follow in the same version, the log must be read before this snapshot is
                // relied on.
                store.numbers().areShared()
                        ? Snapshot.TAKEN_LONG_AGO
                        : kv.clock().micros(),
                base.lineage());
        if (!base.lineage().isLocked()) {
            store.recent().learn(quietSince, List.of(new RecentCommits.Logged(version, written)), after);
        }
        long before = Math.max(base.version(), store.cache().newestVersion());
        store.cache().advance(before, version, changed, plan.staging() == null ? plan.images() : null);
        if (plan.staging() == null) {
            // Where somebody else has read of this commit in the log before, the cache lacks its images.
            putImages(changed, plan.images(), version);
        }
        if (!store.numbers().areShared()) {
            // Else the read version may show more than this snapshot does.
            store.latest(after);
        }
        return after;
    }

    /** Commits; null if that was not applied and never will be. */
    Versionstamp stamp(KvTransaction transaction) {
        return stamp(transaction, NOTHING);
    }

    private Versionstamp stamp(KvTransaction transaction, Runnable meanwhile) {
        try {
            Pending<Versionstamp> commit = transaction.commit();
            meanwhile.run();
            return commit.await();
        } catch (KvException e) {
            if (e.failure() != KvFailure.UNKNOWN_RESULT) {
                throw e;
            }
            return settle();
        }
    }

    void note(CommitPlan plan, Versionstamp stamp) {
        store.noteCommit();
        if (plan.staging() != null) {
            store.outcomes().put(plan.staging().id(), stamp);
        }
    }

    /** The snapshot after the commit is not known. */
    void noteUnseen(CommitPlan plan, Versionstamp stamp) {
        if (plan.staging() != null) {
            return;
        }
        long version = store.numbers().number(stamp);
        store.unseen().add(stamp, version, plan);
        if (store.cache().newestVersion() >= version) {
            // Somebody has read of this commit in the log already.
            putImages(plan.pageNumbers(), plan.images(), version);
        }
    }

    private void putImages(int[] numbers, byte[][] images, long version) {
        for (int i = 0; i < numbers.length; i++) {
            store.cache().put(numbers[i], version, images[i]);
        }
    }

    private Versionstamp settle() {
        try {
            return fence.settle();
        } catch (KvException e) {
            throw new DatabaseException(
                    ResultCode.IOERR,
                    ResultCode.IOERR.text() + ": " + store.name() + ": nobody knows whether the commit was applied: "
                            + e.getMessage(),
                    e);
        }
    }

    Committed orTryAgain(KvException e, boolean quiet) {
        return switch (e.failure()) {
            case CONFLICT -> {
                if (quiet) {
                    store.noteContention();
                }
                yield null;
            }
            case TOO_OLD, FUTURE_VERSION -> null;
            case TOO_LARGE, UNKNOWN_RESULT, UNAVAILABLE, FULL, TIMED_OUT, INTERRUPTED, CLOSED, OWNED, DAMAGED ->
                throw Failures.translate(e, "committing to", store.name());
        };
    }
}
