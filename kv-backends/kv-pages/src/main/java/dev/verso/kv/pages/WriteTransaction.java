package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.Versionstamp;
import dev.verso.pager.BigEndian;
import dev.verso.pager.CommitSet;
import dev.verso.pager.PendingPages;
import dev.verso.pager.Rebase;
import java.util.Arrays;

/**
 * One write transaction of a session, from its first write to its end. It holds nothing in the store but what had to be staged; all that
 * can go wrong goes wrong in {@link #commit}.
 */
final class WriteTransaction {
    private static final int TRIES = 60;

    private final VersionedStore store;
    private final SessionReads reads;
    private final Committer committer;
    private final CommitPlanner planner;
    private final SessionFences fences;

    /** Volatile for the heartbeat, which may come in a thread of its own. */
    private volatile Staging staging;

    /** New rowids were given to the transaction. */
    private boolean hasRowids;

    private boolean isPrepared;
    /** What is to be written; null if nothing would change. */
    private CommitPlan plan;
    /** What was read; null unless nothing is to be written. */
    private CommitPlan readPlan;
    /** How to carry out again what is prepared; null if that is not possible. */
    private Rebase rebase;
    /** The snapshot of the transaction, while another is shown to carry it out again; else null. */
    private Snapshot beforeRebase;

    private boolean isCommitted;
    /** What was committed, until it is told whether the session reads on. */
    private Candidate committed;
    /** Of the commit. */
    private long version;

    WriteTransaction(VersionedStore store, SessionReads reads, Committer committer, SessionFences fences) {
        this.store = store;
        this.reads = reads;
        this.committer = committer;
        this.fences = fences;
        planner = new CommitPlanner(store);
    }

    VersionedStore store() {
        return store;
    }

    Committer committer() {
        return committer;
    }

    // ---- before the commit

    /** What is staged, or null. */
    Staging staging() {
        return staging;
    }

    void stage(int[] pageNumbers, byte[][] images, int count) {
        byte[][] uploaded = images;
        if (count > 0 && pageNumbers[0] == 1) {
            uploaded = Arrays.copyOf(images, count);
            uploaded[0] = FirstPage.normalized(images[0], BigEndian.s32(images[0], FirstPage.PAGE_COUNT));
        }
        staged().upload(pageNumbers, uploaded, count);
        reads.view().renew();
    }

    private Staging staged() {
        if (staging == null) {
            staging = fences.newStaging(reads.current().lineage().record().compressed(), reads.pageSize());
        }
        return staging;
    }

    /** See {@link dev.verso.pager.StoreSession#reserve}. */
    long reserve(int series, long wanted) {
        hasRowids = true;
        return store.rowids().reserve(this, series, wanted, reads.current().version());
    }

    void prepare(CommitSet commit) {
        plan = planner.plan(
                reads.current(),
                reads.pageSize(),
                commit,
                staging,
                PendingPages.NONE,
                this::ownOrBase,
                reads::basePage);
        isPrepared = true;
        rebase = staging == null ? commit.rebase() : null;
        readPlan = plan == null ? planner.reads(reads.current(), commit) : null;
        if (plan != null && (staging != null || planner.isTooLarge(plan))) {
            stagePlan();
        }
    }

    private byte[] ownOrBase(int pageNumber) {
        return staging != null && staging.has(pageNumber)
                ? reads.page(staging, pageNumber)
                : reads.basePage(pageNumber);
    }

    /** Stages what is prepared, which then can't be carried out again. */
    CommitPlan stagePlan() {
        rebase = null;
        plan = planner.staged(plan, staged());
        return plan;
    }

    /** Prepares a transaction that has written nothing here. */
    void prepareRead(CommitSet commit) {
        readPlan = planner.reads(reads.current(), commit);
        rebase = commit.rebase();
        isPrepared = true;
    }

    /** What is prepared, as a candidate; if nothing is to be written, its plan tells what was read. */
    Candidate candidate() {
        requirePrepared();
        return new Candidate(this, base(), plan != null ? plan : readPlan, rebase);
    }

    /** The snapshot of the transaction. */
    Snapshot base() {
        return reads.current();
    }

    // ---- the commit

    /**
     * Commits what is prepared, if that is not done yet.
     *
     * @param readsOn false if the session closes its snapshot next: then what others have committed meanwhile is not asked for
     * @return the version of the commit, or that to read on at if nothing was changed
     */
    long commit(boolean readsOn) {
        if (!isCommitted) {
            commitPrepared(readsOn);
        }
        if (committed != null) {
            goOn(readsOn);
        }
        return version;
    }

    /** Commits, and leaves it to {@link #commit} to go on after that. */
    void commitPrepared(boolean readsOn) {
        requirePrepared();
        if (plan == null) {
            commitNothing();
            return;
        }
        Candidate candidate = candidate();
        candidate.readsOn = readsOn;
        boolean isAlone = staging != null || base().lineage().isLocked();
        if (isAlone || !store.pipeline().commit(candidate)) {
            Committer.Committed alone = committer.commit(base(), plan);
            candidate.stamp = alone.stamp();
            candidate.after = alone.after();
        }
        committed(candidate);
    }

    /**
     * What is prepared was committed with others; if nothing was changed, the stamp may be null.
     *
     * @param candidate knows the snapshot right after it, or the store must be asked
     */
    void committedTogether(Versionstamp stamp, Candidate candidate) {
        if (plan == null) {
            if (beforeRebase != null) {
                reads.show(beforeRebase);
            }
            commitNothing();
            return;
        }
        candidate.stamp = stamp;
        committed(candidate);
    }

    private void committed(Candidate candidate) {
        committed = candidate;
        isCommitted = true;
        endRowids(candidate.stamp == null ? -1 : store.numbers().number(candidate.stamp));
    }

    private void commitNothing() {
        endRowids(-1);
        staging = null;
        isCommitted = true;
        version = base().version();
    }

    private void goOn(boolean readsOn) {
        Candidate done = committed;
        committed = null;
        staging = null;
        if (done.stamp == null) {
            // Nothing was left to write on top of what others have written.
            goOnAt(beforeRebase, false);
            return;
        }
        version = store.numbers().number(done.stamp);
        if (done.after != null) {
            goOnAt(done.after, done.hasCompany || done.isAfterRead && reads.hadCompany(base().version(), version));
        } else if (readsOn) {
            goOnAt(reads.after(base(), done.stamp, plan), true);
        } else {
            reads.endAt(version, plan.pageSizeBytes(), done.hasCompany);
        }
    }

    private void goOnAt(Snapshot after, boolean hasCompany) {
        version = after.version();
        reads.goOnAt(after, hasCompany);
    }

    private void endRowids(long version) {
        if (hasRowids) {
            hasRowids = false;
            store.rowids().end(this, version);
        }
    }

    // ---- committing in company, see CommitPipeline

    /**
     * Commits a group of which this transaction is the first.
     *
     * <p>Where others may have committed since the tip, relying on the log fails; then, or at once if that is likely, the commit relies on its pages
     * alone. Where those may have changed as well, the news are asked for while the commit is on its way: so the transactions
     * can be carried out again after one round trip where a collision was expected, and after two where it was not.
     *
     * @return null if others have changed what the group relies on, or perhaps: then the store's recent commits tell
     */
    Committer.Committed send(CommitGroup group) {
        Snapshot tip = group.tip();
        long age = store.store().clock().micros() - tip.takenMicros();
        if (age >= store.store().limits().windowMillis() * 600) {
            Snapshot newest = reads.newest();
            if (newest.version() != tip.version() || newest.lineage().isLocked()) {
                return null;
            }
            tip = newest;
        }
        CommitPlan joined = group.joined();
        boolean asksMeanwhile = store.expectsCollision();
        if (group.hasRebased() || store.expectsQuiet()) {
            Committer.Committed committed = committer.send(tip, joined, true);
            if (committed != null) {
                return committed;
            }
            if (group.hasRebased()) {
                reads.newest();
                return null;
            }
            asksMeanwhile = true;
        }
        News news = new News();
        Committer.Committed committed = committer.send(tip, joined, false, asksMeanwhile ? news : () -> {});
        if (committed == null) {
            news.require();
        }
        return committed;
    }

    /** Reads what others have committed, once. */
    private final class News implements Runnable {
        private boolean isRead;
        private DatabaseException failure;

        @Override
        public void run() {
            isRead = true;
            try {
                reads.newest();
            } catch (DatabaseException e) {
                // A commit that goes through does without.
                failure = e;
            }
        }

        void require() {
            if (!isRead) {
                reads.newest();
            } else if (failure != null) {
                throw failure;
            }
        }
    }

    /** The snapshot after a group that this transaction has committed. */
    Snapshot after(CommitGroup group, Versionstamp stamp) {
        return reads.after(group.tip(), stamp, group.joined());
    }

    /** Carries the transaction out again on top of a snapshot and what is pending above it; null if it would change nothing. */
    CommitPlan rebase(Snapshot tip, PendingPages pending) {
        rebase.begin();
        if (beforeRebase == null) {
            beforeRebase = reads.current();
        }
        reads.show(tip);
        CommitSet commit = rebase.onto(pending);
        plan = planner.plan(
                tip,
                tip.pageSizeBytes(),
                commit,
                null,
                pending,
                page -> pendingOrBase(pending, page),
                page -> pendingOrBase(pending, page));
        if (plan != null && planner.isTooLarge(plan)) {
            throw Failures.conflict(
                    store.name(), "too much was changed since this transaction began to commit it again");
        }
        return plan;
    }

    /** As {@link #rebase} on a snapshot; if nothing is left to write, the plan says so. */
    CommitPlan rebaseOrRead(Snapshot tip) {
        CommitPlan again = rebase(tip, PendingPages.NONE);
        return again != null
                ? again
                : planner.reads(tip, new CommitSet(new int[0], new byte[0][], tip.pageCount(), new int[0]));
    }

    private byte[] pendingOrBase(PendingPages pending, int pageNumber) {
        byte[] image = pending.image(pageNumber);
        return image != null ? image : reads.basePage(pageNumber);
    }

    /** Checks, by the store's log, commits that the store's recent commits do not tell; returns a snapshot that shows them. */
    Snapshot catchUp(Candidate candidate, CommitCheck check) {
        for (int tries = 1; ; tries++) {
            try {
                Snapshot newest = reads.newest();
                committer.catchUp(reads.view().transaction(), candidate, base(), check);
                if (newest.version() >= candidate.checkedTo) {
                    return newest;
                }
            } catch (KvException e) {
                if (e.failure() != KvFailure.TOO_OLD && e.failure() != KvFailure.FUTURE_VERSION || tries == TRIES) {
                    throw Failures.translate(e, "committing to", store.name());
                }
            }
        }
    }

    /** The commit failed because of one of another JVM. */
    void collidedElsewhere() {
        if (hasRowids) {
            store.rowids().collided(this);
        }
    }

    // ---- giving up

    void rollback() {
        if (isCommitted) {
            return;
        }
        endRowids(-1);
        Staging abandoned = staging;
        if (beforeRebase != null) {
            reads.show(beforeRebase);
        }
        staging = null;
        isCommitted = true;
        if (abandoned != null) {
            try {
                abandoned.discard();
            } catch (KvException e) {
                // Nobody sees what is left; it costs room until it is collected. The rollback itself has succeeded.
                reads.view().renew();
            }
        }
    }

    private void requirePrepared() {
        if (!isPrepared) {
            throw new DatabaseException(ResultCode.MISUSE, "finishCommit without prepareCommit on " + store.name());
        }
    }
}
