package dev.verso.pager;

/** What the layer above the pager knows about the rows of a transaction: by it, commits that collide on pages only need not fail. */
public interface TransactionRows {
    /** A transaction, or what goes on after a commit, begins with nothing read or written. */
    void clear();

    /** The changed rows for the log of the store, in a form that only this layer reads; null if they are not known. */
    byte[] changes();

    /** True if something was read that a commit of another database relies on. */
    boolean hasReads();

    /** True if {@link #reapply} works for what this transaction has done. */
    boolean canReapply();

    /** See {@link Rebase#conflictsWith}. */
    boolean conflictsWith(byte[] rowChanges);

    /** See {@link Rebase#conflictsWithSchema}. */
    boolean conflictsWithSchema(byte[] rowChanges);

    /** Copies what was written, before the transaction's pages go. */
    void collect();

    /** Writes what was written once more, to the pages that the pager shows now. */
    void reapply();
}
