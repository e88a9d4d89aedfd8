package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * The commits of this JVM's connections to one namespace. While one commit of the store is on its way ({@code flight}), others line up
 * ({@code gathering}): each is checked against all that lies before it, is carried out again in memory where its pages collide with those,
 * and they all go as one transaction of the store, with one version. Who comes first waits for nobody.
 *
 * <p>Invariants:
 * <ol>
 *   <li>The members of a group are right one after the other on top of the group's {@code tip} and, while that is in flight, of the
 *       group below.
 *   <li>A flight that fails takes nobody with it but its members; if it did not happen because of a commit of another machine, all are
 *       placed anew, and so are those that gathered above it.
 *   <li>A member's transaction is touched by its own thread alone; the leader of a group, its first member, only writes what all have
 *       planned.
 * </ol>
 */
final class CommitPipeline {
    private static final int MOST_PLACEMENTS = 200;

    private final VersionedStore store;
    private final CommitCheck check;
    private final Lock lock;
    private final Condition changed;
    private CommitGroup flight;
    private CommitGroup gathering;
    /** A commit over several namespaces has the turn: no group flies. */
    private boolean isTaken;
    /** Such commits that wait for it. */
    private int waiting;
    /** Who goes next if both wait: such a commit, or the group. */
    private boolean isGroupNext = true;

    CommitPipeline(VersionedStore store) {
        this.store = store;
        check = new CommitCheck(store);
        lock = store.store().clock().newLock();
        changed = lock.newCondition();
    }

    /**
     * Commits the candidate, which is then done.
     *
     * @return false if it must be committed on its own
     */
    boolean commit(Candidate candidate) {
        lock.lock();
        try {
            while (!candidate.isDone) {
                if (candidate.group == null) {
                    if (!place(candidate)) {
                        return false;
                    }
                } else if (candidate.group == gathering && mayFly() && gathering.leader() == candidate) {
                    lead();
                } else {
                    changed.awaitUninterruptibly();
                }
            }
        } finally {
            lock.unlock();
        }
        if (candidate.failure != null) {
            throw candidate.failure;
        }
        return true;
    }

    // ---- turns of commits over several namespaces

    /** Waits until no group is in flight, and keeps them from flying until {@link #endTurn}. */
    void takeTurn() {
        lock.lock();
        try {
            waiting++;
            while (flight != null || isTaken || gathering != null && isGroupNext) {
                changed.awaitUninterruptibly();
            }
            waiting--;
            isTaken = true;
        } finally {
            lock.unlock();
        }
    }

    void endTurn() {
        lock.lock();
        try {
            isTaken = false;
            isGroupNext = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean mayFly() {
        return flight == null && !isTaken && (isGroupNext || waiting == 0);
    }

    // ---- placing

    /** Puts the candidate into the gathering group, or waits; false if it can't be in any. */
    private boolean place(Candidate candidate) {
        Snapshot tip = gathering != null
                ? gathering.tip()
                : flight != null ? flight.tip() : store.recent().newest();
        if (tip == null) {
            // The namespace is locked, and commits depend on who wants them.
            if (candidate.isRebased) {
                throw check.conflict();
            }
            return false;
        }
        boolean isPending = gathering != null || flight != null;
        boolean isBehind = tip.version() < candidate.checkedTo
                || !isPending && tip.version() < store.unseen().newest();
        if (isBehind && isPending) {
            changed.awaitUninterruptibly();
            return true;
        }
        // Where nobody is on the way that would bring news, the store is asked for them.
        List<RecentCommits.Logged> commits = isBehind ? null : store.recent().after(candidate.checkedTo);
        if (commits == null) {
            lock.unlock();
            try {
                candidate.transaction.catchUp(candidate, check);
            } finally {
                lock.lock();
            }
            return true;
        }
        commits.removeIf(each -> each.version() > tip.version());
        if (!check.passes(candidate, commits)) {
            throw check.conflict();
        }
        if (!passesPending(candidate) || gathering != null && !gathering.hasRoomFor(candidate.plan)) {
            changed.awaitUninterruptibly();
            return true;
        }
        if (++candidate.placements > MOST_PLACEMENTS) {
            throw Failures.conflict(store.name(), "overtaken by other commits " + MOST_PLACEMENTS + " times");
        }
        if (gathering == null) {
            gathering = new CommitGroup(flight, tip, store.mostGroupBytes());
        }
        if (candidate.collides && !rebase(candidate)) {
            return true;
        }
        candidate.checkedTo = tip.version();
        gathering.add(candidate);
        return true;
    }

    /** False if a commit that is on its way touches what the candidate has read or written: what becomes of that decides. */
    private boolean passesPending(Candidate candidate) {
        for (CommitGroup group : new CommitGroup[] {flight, gathering}) {
            if (group != null && !group.isEmpty()) {
                if (!check.passes(candidate, group.entry(), null)) {
                    return false;
                }
                candidate.hasCompany = true;
            }
        }
        return true;
    }

    /** Carries the candidate out again on top of the gathering group; false if it is done because nothing is left to write. */
    private boolean rebase(Candidate candidate) {
        CommitPlan plan = null;
        try {
            plan = candidate.transaction.rebase(gathering.pendingTip(), gathering);
        } finally {
            if (plan == null && gathering.isEmpty()) {
                gathering = null;
                changed.signalAll();
            }
        }
        candidate.isRebased = true;
        candidate.collides = false;
        if (plan == null) {
            candidate.isDone = true;
            return false;
        }
        candidate.plan = plan;
        return true;
    }

    // ---- committing

    /** Commits the gathering group; the lock is not held meanwhile. */
    private void lead() {
        CommitGroup group = gathering;
        if (!isCurrent(group)) {
            gathering = null;
            dissolve(group);
            return;
        }
        flight = group;
        gathering = null;
        WriteTransaction leader = group.leader().transaction;
        Committer.Committed committed = null;
        Snapshot after = null;
        RuntimeException failure = null;
        lock.unlock();
        try {
            committed = leader.send(group);
            if (committed != null) {
                after = committed.after() == null && isAwaited(group)
                        ? leader.after(group, committed.stamp())
                        : committed.after();
            }
        } catch (RuntimeException e) {
            failure = e;
        } catch (Error e) {
            // The members must not be placed anew, as when nothing has happened.
            failure = nobodyKnows(e);
            throw e;
        } finally {
            lock.lock();
            flight = null;
            isGroupNext = false;
            changed.signalAll();
            if (committed == null && failure == null) {
                dissolve(group);
            } else {
                finish(group, committed, after, failure);
            }
            // Other commits may lie before a snapshot that had to be read.
            land(committed == null ? null : committed.after());
        }
    }

    /** True if somebody wants to know the snapshot after the group that is in flight. */
    private boolean isAwaited(CommitGroup group) {
        lock.lock();
        try {
            return gathering != null || group.readsOn();
        } finally {
            lock.unlock();
        }
    }

    private DatabaseException nobodyKnows(Error error) {
        return new DatabaseException(
                ResultCode.IOERR,
                ResultCode.IOERR.text() + ": " + store.name() + ": nobody knows whether the commit was applied: "
                        + error,
                error);
    }

    /** True if nothing newer than the group's tip is known, or nothing that its members collide with. */
    private boolean isCurrent(CommitGroup group) {
        Snapshot newest = store.recent().newest();
        if (newest == null) {
            return false;
        }
        if (newest.version() > group.tip().version()) {
            for (Candidate member : group.members()) {
                List<RecentCommits.Logged> commits = store.recent().after(member.checkedTo);
                if (commits == null || !check.passes(member, commits) || member.collides) {
                    return false;
                }
            }
        }
        if (newest.version() >= group.tip().version()) {
            group.tip(newest);
        }
        return true;
    }

    private void finish(CommitGroup group, Committer.Committed committed, Snapshot after, RuntimeException failure) {
        List<Candidate> members = group.members();
        for (int i = 0; i < members.size(); i++) {
            Candidate member = members.get(i);
            member.isDone = true;
            if (failure == null) {
                member.stamp = committed.stamp();
                member.after = after;
                member.isAfterRead = committed.after() == null;
                member.hasCompany |= members.size() > 1;
            } else {
                member.failure = i == 0 ? failure : copy(failure);
            }
        }
    }

    /** Each thread throws an exception of its own. */
    private static RuntimeException copy(RuntimeException failure) {
        return failure instanceof DatabaseException known
                ? new DatabaseException(known.code(), known.getMessage(), known)
                : new IllegalStateException(failure);
    }

    /** After a flight: what gathered above it stands on the snapshot that it left, or is placed anew if that is not certain. */
    private void land(Snapshot after) {
        if (gathering == null) {
            return;
        }
        if (after == null) {
            CommitGroup above = gathering;
            gathering = null;
            dissolve(above);
            return;
        }
        gathering.tip(after);
        for (Candidate member : gathering.members()) {
            member.checkedTo = after.version();
        }
    }

    private void dissolve(CommitGroup group) {
        for (Candidate member : group.members()) {
            member.group = null;
            // What it was carried out on may never be.
            member.collides |= member.isRebased;
        }
        changed.signalAll();
    }
}
