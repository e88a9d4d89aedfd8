package dev.verso.pager.memory;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BigEndian;
import dev.verso.pager.BusyHandler;
import dev.verso.pager.CommitSet;
import dev.verso.pager.JournalMode;
import dev.verso.pager.StoreSession;

/** One connection's access to a {@link MemoryStore}. */
final class MemorySession implements StoreSession {
    /** Where the header on page 1 says how many pages there are. */
    private static final int HEADER_PAGE_COUNT = 28;

    private final MemoryStore store;
    private PageTable snapshot;
    private PageTable fork;
    private int wantedPageSizeBytes;
    private int preparedPageCount = -1;
    private long ownCommits;
    private JournalMode journalMode = JournalMode.MEMORY;

    MemorySession(MemoryStore store) {
        this.store = store;
        this.wantedPageSizeBytes = store.newest().pageSizeBytes;
    }

    @Override
    public void beginSnapshot(BusyHandler busy) {
        if (snapshot == null) {
            snapshot = store.newest();
        }
    }

    @Override
    public long version() {
        return current().version;
    }

    @Override
    public int pageSize() {
        PageTable table = current();
        return table.pageCount == 0 ? wantedPageSizeBytes : table.pageSizeBytes;
    }

    @Override
    public int pageCount() {
        return current().pageCount;
    }

    @Override
    public void pageSize(int pageSizeBytes) {
        if (current().pageCount == 0) {
            wantedPageSizeBytes = pageSizeBytes;
        }
    }

    private PageTable current() {
        return snapshot != null ? snapshot : store.newest();
    }

    @Override
    public byte[] readPage(int pageNumber) {
        byte[] image = (fork != null ? fork : snapshot).get(pageNumber);
        return image != null ? image : new byte[pageSize()];
    }

    @Override
    public void readPages(int[] pageNumbers, int count, byte[][] images) {
        for (int i = 0; i < count; i++) {
            images[i] = readPage(pageNumbers[i]);
        }
    }

    @Override
    public void beginWrite(boolean exclusive, BusyHandler busy) {
        if (fork != null) {
            return;
        }
        if (!store.becomeWriter(this)) {
            throw busy(ResultCode.BUSY, "another connection is writing");
        }
        if (store.newest() != snapshot) {
            store.leaveWriter(this);
            throw busy(ResultCode.BUSY_SNAPSHOT, "another connection has written since this transaction began to read");
        }
        fork = snapshot.fork(pageSize());
    }

    private DatabaseException busy(ResultCode code, String why) {
        String name = store.name().isEmpty() ? ":memory:" : store.name();
        return new DatabaseException(code, code.text() + ": " + name + ": " + why);
    }

    @Override
    public void stage(int[] pageNumbers, byte[][] images, int count, BusyHandler busy) {
        for (int i = 0; i < count; i++) {
            fork.set(pageNumbers[i], images[i]);
        }
    }

    @Override
    public boolean wantsStaging() {
        return false;
    }

    @Override
    public void prepareCommit(CommitSet commit, String superJournal, BusyHandler busy) {
        int[] numbers = commit.pageNumbers();
        stage(numbers, commit.images(), numbers.length, busy);
        preparedPageCount = commit.pageCount();
        if (preparedPageCount != snapshot.pageCount && preparedPageCount > 0) {
            byte[] header = readPage(1).clone();
            BigEndian.put32(header, HEADER_PAGE_COUNT, preparedPageCount);
            fork.set(1, header);
        }
    }

    @Override
    public long finishCommit() {
        assert preparedPageCount >= 0 : "finishCommit without prepareCommit";
        snapshot = fork.published(preparedPageCount);
        fork = null;
        preparedPageCount = -1;
        ownCommits++;
        store.publish(snapshot);
        return snapshot.version;
    }

    @Override
    public void rollback() {
        fork = null;
        preparedPageCount = -1;
        store.leaveWriter(this);
    }

    @Override
    public void endSnapshot() {
        assert fork == null : "endSnapshot while writing";
        snapshot = null;
    }

    @Override
    public long dataVersion() {
        return current().version - ownCommits;
    }

    @Override
    public JournalMode journalMode() {
        return journalMode;
    }

    /** As in SQLite, a database in memory knows only MEMORY and OFF, and a transaction that has written keeps what it has. */
    @Override
    public JournalMode journalMode(JournalMode wanted, BusyHandler busy) {
        if (fork == null && (wanted == JournalMode.MEMORY || wanted == JournalMode.OFF)) {
            journalMode = wanted;
        }
        return journalMode;
    }

    @Override
    public void synchronous(int level) {
        // Memory is never synced.
    }

    @Override
    public void exclusiveLocking(boolean exclusive) {
        // Readers never wait here and writers exclude each other anyway.
    }

    @Override
    public void close() {
        rollback();
        snapshot = null;
    }
}
