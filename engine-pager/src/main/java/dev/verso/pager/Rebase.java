package dev.verso.pager;

/**
 * A prepared write transaction that knows its rows, and so can be carried out again on newer pages where its own pages collide with
 * those of other commits. Used by one thread at a time.
 */
public interface Rebase {
    /**
     * True if a commit touched what this transaction has read or written.
     *
     * @param rowChanges of that commit, see {@link CommitSet#rowChanges}
     */
    boolean conflictsWith(byte[] rowChanges);

    /**
     * True if a commit that changed the schema concerns this transaction; false if it has only made objects that this one has nothing to do with.
     *
     * @param rowChanges of that commit
     */
    boolean conflictsWithSchema(byte[] rowChanges);

    /** Collects what {@link #onto} needs; called before the session shows another snapshot, once or more often. */
    void begin();

    /**
     * Drops the transaction's pages and carries it out again on the snapshot that its session shows by now. If this fails, the
     * transaction can only be rolled back.
     *
     * @param pending pages that lie above that snapshot
     * @return what is to be committed instead; its read pages are those that were read on the way
     */
    CommitSet onto(PendingPages pending);
}
