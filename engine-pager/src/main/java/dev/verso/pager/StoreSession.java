package dev.verso.pager;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;

/**
 * One connection's access to a {@link PageStore}, used by one thread at a time. The states and what leads from one to the next:
 *
 * <pre>
 *   IDLE --beginSnapshot--> READING --beginWrite--> WRITING --prepareCommit--> PREPARED --finishCommit--> READING
 *     ^------endSnapshot------'  ^-------------------rollback---------'-----------'
 * </pre>
 *
 * File with rollback journal: READING holds SHARED, WRITING holds RESERVED or more, PREPARED has journaled, written and synced under
 * EXCLUSIVE, and finishCommit drops the journal. Key-value: WRITING holds nothing (optimistic), finishCommit is one atomic commit
 * that fails with {@code SQLITE_BUSY} on a conflict. All methods throw {@link DatabaseException}; after a failed
 * write or sync the session refuses all work but {@link #rollback} and {@link #close}.
 */
public interface StoreSession extends AutoCloseable {
    /** Opens a snapshot; waits by {@code busy} where a lock is in the way. A hot journal is rolled back first. */
    void beginSnapshot(BusyHandler busy);

    /** The version that the snapshot sees: within one store equal versions mean equal pages, and newer ones are larger. */
    long version();

    /** Page size of the snapshot in bytes; for an empty database the size that the first write will use. */
    int pageSize();

    /** Number of pages in the snapshot; 0 for an empty database. */
    int pageCount();

    /** Sets the page size and reserved bytes for a database that is still empty; ignored otherwise. */
    void pageSize(int pageSizeBytes);

    /**
     * Reads one page of the snapshot, or of this session's staged pages where it has staged that one. The array is new or immutable:
     * the caller may publish it, never edit it.
     */
    byte[] readPage(int pageNumber);

    /** Reads several pages in as few round trips as the storage allows: {@code images[i]} becomes page {@code pageNumbers[i]}. */
    void readPages(int[] pageNumbers, int count, byte[][] images);

    /** True if a read costs a round trip, so that reading several pages together pays. */
    default boolean isRemote() {
        return false;
    }

    /** Becomes a writer on the open snapshot. {@code exclusive} asks at once for the lock that also keeps readers out. */
    void beginWrite(boolean exclusive, BusyHandler busy);

    /**
     * Moves dirty pages of a transaction larger than the cache out of memory. They stay invisible to others, {@link #readPage}
     * returns them from now on, and {@link #rollback} forgets them.
     */
    void stage(int[] pageNumbers, byte[][] images, int count, BusyHandler busy);

    /** True if {@link #becomes} works: a database that has pages may get another page size. */
    default boolean mayChangePageSize() {
        return false;
    }

    /**
     * Says, in a transaction, that the bytes of its pages one after the other are a whole database of {@code pageCount} pages of another size: what the
     * commit leaves behind. For VACUUM.
     *
     * @param lockPage what stands behind the commit where the page of the old size is that holds the bytes to lock, which no transaction has; null if
     *     the database ends before it
     */
    default void becomes(int pageSizeBytes, int pageCount, byte[] lockPage) {
        throw new UnsupportedOperationException("the page size cannot change");
    }

    /** False if {@link #stage} would gain nothing, because the store's pages are in memory anyway. */
    default boolean wantsStaging() {
        return true;
    }

    /**
     * First phase: all that can fail. {@code superJournal} is the path that ties a transaction over several files together, or null.
     */
    void prepareCommit(CommitSet commit, String superJournal, BusyHandler busy);

    /**
     * Second phase: the commit happens here. Returns the new version; the session is then reading at that version. The session tells
     * the store's cache with {@link PageCache#advance}, since only the store knows what else changed between the two versions.
     */
    long finishCommit();

    /**
     * The second phase where nobody reads on: {@link #endSnapshot} follows. What others have committed before this commit need not be found
     * out then.
     */
    default void finishCommitBeforeEnd() {
        finishCommit();
    }

    /** True if {@link CommitSet#readPages} must be filled, because commits of this store can conflict with what was read. */
    default boolean wantsReadSet() {
        return false;
    }

    /**
     * True if commits of this store can be tied to those of others by a super-journal, with the settings of now. Asked while writing,
     * before {@link #prepareCommit}.
     */
    default boolean takesSuperJournal() {
        return false;
    }

    /**
     * Writes and syncs a super-journal beside this session's file, which then ties the transactions of these sessions together.
     *
     * @param sessions those that will be prepared with the path returned, this one included
     * @return the path to give to {@link #prepareCommit}
     */
    default String createSuperJournal(java.util.List<StoreSession> sessions) {
        throw new UnsupportedOperationException("this store has no super-journals");
    }

    /** Deletes a super-journal: the moment in which the transactions that name it are committed. */
    default void deleteSuperJournal(String superJournal) {
        throw new UnsupportedOperationException("this store has no super-journals");
    }

    /** True if the versions of the past can be read with {@link #showVersion}. */
    default boolean keepsVersions() {
        return false;
    }

    /**
     * Makes the snapshots that are opened from now on show an earlier version, which can only be read: the newest one made until a
     * version number or a time (ISO 8601), or again the newest one of all for {@code now}. Not while a snapshot is open.
     */
    default void showVersion(String point) {
        throw new DatabaseException(ResultCode.ERROR, "this database keeps no versions of its past");
    }

    /** The version that snapshots show because {@link #showVersion} or its address says so; -1 for the newest one of all. */
    default long shownVersion() {
        return -1;
    }

    /**
     * Says who this session works for: if that is the owner of the database's lock, it sees and changes what others don't. The empty
     * string stands for nobody in particular. Who has worked under a lock that is gone, and whose work was not kept, gets errors (PROTOCOL) until this is
     * said again. Stores without such locks take no notice.
     */
    default void actAs(String owner) {
        // Nothing to tell apart.
    }

    /** What {@link #actAs} has said; null for stores that take no notice. */
    default String actsAs() {
        return null;
    }

    /**
     * A number for a new item of a series that this transaction wants to write: the wanted one, or a larger one if another transaction that
     * is still open, or that this one's snapshot does not show, has been given that. Numbers of transactions that end without a commit are
     * given again.
     *
     * @return the number; {@link Long#MIN_VALUE} if there is none left
     */
    default long reserve(int series, long wanted) {
        return wanted;
    }

    /**
     * Tells that another session serves the same connection: where both read one store, their snapshots show the same moment as long as
     * one of them is open. Asked while no snapshot is open.
     */
    default void sharesSnapshotsWith(StoreSession other) {}

    /**
     * After a commit of another session of the connection: moves an open snapshot on to the moment that it shows now, see {@link
     * #sharesSnapshotsWith}.
     */
    default void followOthers() {}

    /** Sessions with the same domain can commit in one go, see {@link #commitTogether}; null where that is not so. */
    default Object commitDomain() {
        return null;
    }

    /**
     * Between the two phases: commits these sessions, which have this session's domain and are prepared, all or none. Their {@link
     * #finishCommit} then only says which version that was.
     *
     * @param reads what the transaction has read in further databases of the domain: nobody may have changed that
     */
    default void commitTogether(java.util.List<StoreSession> sessions, java.util.List<TiedRead> reads) {
        throw new UnsupportedOperationException("this store commits each session on its own");
    }

    /** Ends writing and undoes all that was staged or prepared; the snapshot stays open. */
    void rollback();

    /** Closes the snapshot and gives up all locks. */
    void endSnapshot();

    /** Counts up whenever a session other than this one has committed, as far as this one knows ({@code PRAGMA data_version}). */
    long dataVersion();

    JournalMode journalMode();

    /** Asks for another journal mode; returns the one that holds afterwards. */
    JournalMode journalMode(JournalMode wanted, BusyHandler busy);

    /** {@code PRAGMA synchronous}: 0 OFF, 1 NORMAL, 2 FULL, 3 EXTRA. */
    void synchronous(int level);

    /** {@code PRAGMA journal_size_limit}: how large a rollback journal that outlives its transaction may stay; -1 is no limit. */
    default void journalSizeLimit(long bytes) {
        // without a journal file there is nothing to limit
    }

    /** {@code PRAGMA locking_mode}: exclusive sessions keep their locks between transactions. */
    void exclusiveLocking(boolean exclusive);

    @Override
    void close();
}
