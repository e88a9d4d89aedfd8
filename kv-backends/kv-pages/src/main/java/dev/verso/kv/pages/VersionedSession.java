package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BusyHandler;
import dev.verso.pager.CommitSet;
import dev.verso.pager.JournalMode;
import dev.verso.pager.StoreSession;
import dev.verso.pager.TiedRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One connection's access to a namespace: what it sees ({@link SessionReads}) and the transaction that it writes ({@link
 * WriteTransaction}). Costs in round trips: opening a snapshot 1, reading any number of pages together 1, a commit 1, two where the
 * first that comes in company finds out about it or where the session reads on after others may have committed, two or three more where the transaction
 * must be carried out again, and one for each few megabytes that had to be staged.
 */
final class VersionedSession implements StoreSession {
    private final VersionedStore store;
    private final SnapshotOpener opener;
    private final SessionReads reads;
    private final SessionFences fences;
    private final Committer committer;

    /** Null if none is open. Volatile for the heartbeat, which may come in a thread of its own. */
    private volatile WriteTransaction writing;

    VersionedSession(VersionedStore store, long token) {
        this.store = store;
        opener = new SnapshotOpener(store);
        reads = new SessionReads(store, opener);
        fences = new SessionFences(store, token);
        committer = new Committer(store, opener, fences.commit(), token);
    }

    // ---- snapshot

    @Override
    public void beginSnapshot(BusyHandler busy) {
        reads.open();
    }

    @Override
    public void sharesSnapshotsWith(StoreSession other) {
        if (other instanceof VersionedSession session) {
            reads.shareWith(session.reads);
        }
    }

    @Override
    public long version() {
        return reads.current().version();
    }

    @Override
    public int pageSize() {
        return reads.pageSize();
    }

    @Override
    public void pageSize(int pageSizeBytes) {
        reads.pageSize(pageSizeBytes);
    }

    @Override
    public int pageCount() {
        return reads.current().pageCount();
    }

    @Override
    public void endSnapshot() {
        assert writing == null : "endSnapshot while writing";
        reads.close();
    }

    // ---- time travel

    @Override
    public boolean keepsVersions() {
        return true;
    }

    @Override
    public void showVersion(String point) {
        reads.showVersion(point);
    }

    @Override
    public long shownVersion() {
        return reads.shownVersion();
    }

    @Override
    public void actAs(String owner) {
        opener.owner(owner);
    }

    @Override
    public String actsAs() {
        return opener.owner();
    }

    // ---- what the heartbeat asks

    /** Adds the versions that this session has been reading since a time. */
    void addReadVersions(long sinceMicros, Set<Long> to) {
        reads.addVersions(sinceMicros, to);
    }

    /** The transaction that this session is staging, or null. */
    StagedId stagedId() {
        Staging staging = staging();
        return staging == null ? null : staging.id();
    }

    private Staging staging() {
        WriteTransaction open = writing;
        return open == null ? null : open.staging();
    }

    // ---- reading

    @Override
    public byte[] readPage(int pageNumber) {
        return reads.page(staging(), pageNumber);
    }

    @Override
    public void readPages(int[] pageNumbers, int count, byte[][] images) {
        reads.pages(staging(), pageNumbers, count, images);
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    // ---- writing

    @Override
    public boolean wantsReadSet() {
        return !store.isReadOnly();
    }

    @Override
    public void beginWrite(boolean exclusive, BusyHandler busy) {
        reads.requireWritable();
        if (writing == null) {
            writing = new WriteTransaction(store, reads, committer, fences);
        }
    }

    private WriteTransaction writing() {
        if (writing == null) {
            throw new DatabaseException(ResultCode.MISUSE, "no write transaction is open on " + store.name());
        }
        return writing;
    }

    @Override
    public void stage(int[] pageNumbers, byte[][] images, int count, BusyHandler busy) {
        writing().stage(pageNumbers, images, count);
    }

    @Override
    public long reserve(int series, long wanted) {
        return writing().reserve(series, wanted);
    }

    @Override
    public void prepareCommit(CommitSet commit, String superJournal, BusyHandler busy) {
        writing().prepare(commit);
    }

    @Override
    public long finishCommit() {
        return finishCommit(true);
    }

    @Override
    public void finishCommitBeforeEnd() {
        finishCommit(false);
    }

    private long finishCommit(boolean readsOn) {
        long version = writing().commit(readsOn);
        writing = null;
        return version;
    }

    @Override
    public void followOthers() {
        reads.followGroup();
    }

    @Override
    public Object commitDomain() {
        // The past does not change: nothing that was read there has to be looked at again.
        return shownVersion() == VersionedStore.NEWEST ? store.store() : null;
    }

    @Override
    public void commitTogether(List<StoreSession> sessions, List<TiedRead> reads) {
        if (sessions.size() == 1 && reads.isEmpty()) {
            writing().commitPrepared(false);
            return;
        }
        List<WriteTransaction> transactions = new ArrayList<>();
        for (StoreSession each : sessions) {
            transactions.add(((VersionedSession) each).writing());
        }
        for (TiedRead each : reads) {
            transactions.add(((VersionedSession) each.session()).read(each.reads()));
        }
        new JointCommit(transactions).commit();
    }

    private WriteTransaction read(CommitSet commit) {
        WriteTransaction transaction = new WriteTransaction(store, reads, committer, fences);
        transaction.prepareRead(commit);
        return transaction;
    }

    @Override
    public void rollback() {
        if (writing != null) {
            WriteTransaction abandoned = writing;
            writing = null;
            abandoned.rollback();
        }
    }

    // ---- settings

    @Override
    public long dataVersion() {
        return reads.dataVersion();
    }

    /** Commits are atomic without a journal; what applications expect to see is SQLite's default. */
    @Override
    public JournalMode journalMode() {
        return JournalMode.DELETE;
    }

    @Override
    public JournalMode journalMode(JournalMode wanted, BusyHandler busy) {
        return journalMode();
    }

    @Override
    public void synchronous(int level) {
        // Every commit is as durable as the store makes it.
    }

    @Override
    public void exclusiveLocking(boolean exclusive) {
        // There are no locks to keep.
    }

    @Override
    public void close() {
        rollback();
        reads.close();
        store.forget(this);
        fences.close();
    }
}
