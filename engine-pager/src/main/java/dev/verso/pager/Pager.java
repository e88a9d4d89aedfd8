package dev.verso.pager;

/**
 * One connection's pages of one database: the snapshot it reads, the private copies it edits, its savepoints. Used by one thread at a
 * time. A page image that {@link #read} returns is immutable unless {@link #isPrivate} says that it is this pager's own copy.
 */
public final class Pager implements AutoCloseable {
    public Pager(PageStore store) {}

    // ---- transactions

    /** Opens a snapshot if none is open. */
    public void beginRead() {
        throw new UnsupportedOperationException();
    }

    /** Becomes a writer (opening a snapshot first if none is open). */
    public void beginWrite(boolean exclusive) {
        throw new UnsupportedOperationException();
    }

    public boolean isReading() {
        throw new UnsupportedOperationException();
    }

    public boolean isWriting() {
        throw new UnsupportedOperationException();
    }

    /** First phase of a commit, see {@link StoreSession#prepareCommit}. Does nothing for a transaction that wrote nothing. */
    public void prepareCommit(String superJournal) {
        throw new UnsupportedOperationException();
    }

    /** Second phase: publishes the pages and ends the write; the snapshot stays open until {@link #endRead}. */
    public void finishCommit() {
        throw new UnsupportedOperationException();
    }

    /** Throws away all edits and all savepoints and ends the write; the snapshot stays open. */
    public void rollback() {
        throw new UnsupportedOperationException();
    }

    /** Closes the snapshot. Images that were handed out stay as they are. */
    public void endRead() {
        throw new UnsupportedOperationException();
    }

    /** Opens a nested savepoint and returns its level, from 0. */
    public int openSavepoint() {
        throw new UnsupportedOperationException();
    }

    /** Forgets this savepoint and those above it; the edits stay. */
    public void releaseSavepoint(int level) {
        throw new UnsupportedOperationException();
    }

    /** Undoes the edits since this savepoint, which stays open; those above it are gone. */
    public void rollbackToSavepoint(int level) {
        throw new UnsupportedOperationException();
    }

    /** Number of open savepoints. */
    public int savepointCount() {
        throw new UnsupportedOperationException();
    }

    // ---- pages

    /** Bytes of a page; fixed once the database has a page. */
    public int pageSize() {
        throw new UnsupportedOperationException();
    }

    /** Page size for a database that is still empty; ignored otherwise. */
    public void pageSize(int pageSizeBytes) {
        throw new UnsupportedOperationException();
    }

    /** Pages of the database as this connection sees it, its own edits included; 0 for an empty one. */
    public int pageCount() {
        throw new UnsupportedOperationException();
    }

    /** Grows or shrinks the database. New pages are zero until edited; edits of pages past the end are forgotten. */
    public void pageCount(int pages) {
        throw new UnsupportedOperationException();
    }

    /**
     * The page's image for reading. Never allocates when the page is cached or edited.
     *
     * @throws dev.verso.error.DatabaseException CORRUPT if the number is 0 or past the end
     */
    public byte[] read(int pageNumber) {
        throw new UnsupportedOperationException();
    }

    /** The page's private copy, made on the first edit (and once for each savepoint). Edit in place. */
    public byte[] edit(int pageNumber) {
        throw new UnsupportedOperationException();
    }

    /** Like {@link #edit} for a page whose old content is of no interest: zeroed, and not read from storage. */
    public byte[] editNew(int pageNumber) {
        throw new UnsupportedOperationException();
    }

    /** True if {@link #read} of this page returns a private copy, which later edits change under the reader. */
    public boolean isPrivate(int pageNumber) {
        throw new UnsupportedOperationException();
    }

    /** Asks for pages that will be read soon, in one batch where that saves round trips; does nothing for those at hand. */
    public void prefetch(int[] pageNumbers, int count) {
        throw new UnsupportedOperationException();
    }

    /** Reads served by the store since this pager was opened (cache misses): what tests of round trips look at. */
    public long storeReads() {
        throw new UnsupportedOperationException();
    }

    /** Version of the open snapshot. */
    public long version() {
        throw new UnsupportedOperationException();
    }

    // ---- settings

    public PageStore store() {
        throw new UnsupportedOperationException();
    }

    /** The store's session, for its journal mode and the like. */
    public StoreSession session() {
        throw new UnsupportedOperationException();
    }

    public void busyHandler(BusyHandler handler) {
        throw new UnsupportedOperationException();
    }

    public BusyHandler busyHandler() {
        throw new UnsupportedOperationException();
    }

    /** Bytes of dirty pages that a transaction may hold before it stages them. */
    public void dirtyBytesLimit(long bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
