package dev.verso.kv.pages;

import dev.verso.kv.Versionstamp;
import dev.verso.pager.Rebase;

/**
 * A transaction that wants to commit. The states:
 *
 * <pre>
 *   unplaced --place--> in a gathering group --> in flight --> done
 *      ^------------- the group was dissolved ------'
 * </pre>
 */
final class Candidate {
    final WriteTransaction transaction;
    /** What it writes and relies on; another plan after each rebase. */
    CommitPlan plan;
    /** How to carry it out again; null if that is not possible. */
    Rebase rebase;
    /** All commits up to this version have been checked: none touches what this one read or wrote, by pages or by rows. */
    long checkedTo;
    /** Its pages collide with those of a commit before it: it must be carried out again on newer pages. */
    boolean collides;
    /** It has been carried out again: that its pages were left alone no longer tells that what it read was. */
    boolean isRebased;
    /** Others have committed between its base and itself, or together with it. */
    boolean hasCompany;

    CommitGroup group;
    int placements;

    boolean isDone;
    /** Why it failed, or null. */
    RuntimeException failure;
    /** Its commit, or that of its group; null if nothing was left to write. */
    Versionstamp stamp;
    /** Where the session goes on reading, if it was committed; null if nobody has asked for that. */
    Snapshot after;

    /** Others may have committed before {@link #after}, since it had to be read. */
    boolean isAfterRead;
    /** The session reads on after the commit. */
    boolean readsOn;

    Candidate(WriteTransaction transaction, Snapshot base, CommitPlan plan, Rebase rebase) {
        this.transaction = transaction;
        this.plan = plan;
        this.rebase = rebase;
        checkedTo = base.version();
    }
}
