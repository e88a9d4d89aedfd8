package dev.verso.pager.file;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BusyHandler;
import dev.verso.pager.CommitSet;
import dev.verso.pager.JournalMode;
import dev.verso.pager.StoreSession;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One connection's access to a database file: its level of locks, its snapshot, and the transaction that it writes. A commit takes
 * EXCLUSIVE before the {@link FileTransaction} does anything to the file, so that BUSY leaves everything as it was, and goes back to SHARED
 * when it is done.
 *
 * <p>Longer than most classes since every method of the SPI is here, with the states that order them.
 */
final class FileSession implements StoreSession {
    private enum State {
        IDLE,
        READING,
        WRITING,
        PREPARED,
        /** A rollback failed: what the file holds is up to the next one who finds the journal. */
        BROKEN
    }

    private static final int SYNC_FULL = 2;

    private final FileDatabase database;
    private final boolean readOnly;
    private final boolean immutable;
    private final FileLocks.Holder holder = new FileLocks.Holder();
    private State state = State.IDLE;

    private int emptyPageSizeBytes;
    private long version;
    private int pageSizeBytes;
    private int pageCount;
    private boolean snapshotIsWal;
    private int snapshotReads;
    private boolean wroteInSnapshot;
    private long ownCommits;

    private JournalMode journalMode = JournalMode.DELETE;
    private int synchronous = SYNC_FULL;
    private long journalSizeLimit = -1;
    private boolean exclusiveLocking;
    /** Locks outlast the snapshot; when the locking is normal again, they go with the next snapshot. */
    private boolean keptLocks;
    /** Under exclusive locking a journal in mode DELETE stays, with its header blanked, as long as the locks do. */
    private boolean keptJournal;

    private boolean leavesWalMode;
    private FileTransaction transaction;
    private DatabaseException failure;

    FileSession(FileDatabase database, boolean readOnly, boolean immutable, int emptyPageSizeBytes) {
        this.database = database;
        this.readOnly = readOnly;
        this.immutable = immutable;
        this.emptyPageSizeBytes = emptyPageSizeBytes;
    }

    FileLocks.Holder lockHolder() {
        return holder;
    }

    /** True if this session takes no locks. */
    boolean isLockless() {
        return immutable || database.isPrivate();
    }

    boolean mayWrite() {
        return !readOnly && !immutable && database.isWritable() && database.isFormatWritable();
    }

    // ---- snapshots

    @Override
    public void beginSnapshot(BusyHandler busy) {
        if (state != State.IDLE) {
            return;
        }
        for (int attempts = 0; !database.enter(this); attempts++) {
            if (!busy.waitAgain(attempts)) {
                throw busy("another connection is writing");
            }
        }
        state = State.READING;
        snapshotReads = 0;
        wroteInSnapshot = false;
        takeSnapshot();
    }

    private void takeSnapshot() {
        version = database.version();
        pageCount = database.pageCount();
        pageSizeBytes = pageCount == 0 ? emptyPageSizeBytes : database.pageSizeBytes();
        snapshotIsWal = database.isWal();
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public int pageSize() {
        if (state != State.IDLE) {
            return pageSizeBytes;
        }
        int known = database.pageSizeBytes();
        return known != 0 ? known : emptyPageSizeBytes;
    }

    @Override
    public int pageCount() {
        return pageCount;
    }

    @Override
    public void pageSize(int bytes) {
        if (!DatabaseHeader.isPageSize(bytes)) {
            throw new IllegalArgumentException("page size " + bytes);
        }
        emptyPageSizeBytes = bytes;
        if (state != State.IDLE && pageCount == 0 && transaction == null) {
            pageSizeBytes = bytes;
        }
    }

    @Override
    public byte[] readPage(int pageNumber) {
        requireNoFailure();
        byte[] image = database.readPage(pageNumber, pageSizeBytes);
        noteRead();
        return image;
    }

    @Override
    public void readPages(int[] pageNumbers, int count, byte[][] images) {
        requireNoFailure();
        for (int from = 0; from < count; ) {
            int to = from + 1;
            while (to < count && pageNumbers[to] == pageNumbers[to - 1] + 1) {
                to++;
            }
            if (to == from + 1) {
                images[from] = database.readPage(pageNumbers[from], pageSizeBytes);
            } else {
                byte[] run = new byte[(to - from) * pageSizeBytes];
                database.read(run, pageNumbers[from], pageSizeBytes);
                for (int i = from; i < to; i++) {
                    int start = (i - from) * pageSizeBytes;
                    images[i] = Arrays.copyOfRange(run, start, start + pageSizeBytes);
                }
            }
            from = to;
        }
        noteRead();
    }

    /** As long as a write-ahead log stays empty, nobody can have copied pages from it into the file while they were read. */
    private void noteRead() {
        snapshotReads++;
        if (snapshotIsWal) {
            database.refuseFrames();
        }
    }

    @Override
    public void endSnapshot() {
        try {
            if (state == State.WRITING || state == State.PREPARED) {
                rollback();
            }
        } finally {
            boolean readOnce = state == State.READING && !wroteInSnapshot;
            boolean keepsLock = exclusiveLocking && state != State.BROKEN;
            state = State.IDLE;
            failure = null;
            if (keepsLock) {
                keptLocks = true;
            } else if (keptLocks) {
                endExclusiveLocking();
            } else if (readOnce && !isLockless()) {
                database.leave(this);
            } else {
                unlock(FileLocks.NONE);
            }
        }
    }

    private void endExclusiveLocking() {
        keptLocks = false;
        try {
            if (keptJournal && journalMode == JournalMode.DELETE) {
                new FileJournal(database, pageSizeBytes, pageCount, FileJournal.Ending.DELETE, 0).drop();
            }
        } finally {
            keptJournal = false;
            unlock(FileLocks.NONE);
        }
    }

    // ---- writing

    @Override
    public void beginWrite(boolean exclusive, BusyHandler busy) {
        requireNoFailure();
        boolean fresh = state == State.READING;
        if (fresh) {
            becomeWriter();
        }
        if (!exclusive) {
            return;
        }
        try {
            lockExclusive(busy);
        } catch (DatabaseException e) {
            if (fresh) {
                leaveWrite();
            }
            throw e;
        }
    }

    private void becomeWriter() {
        if (!mayWrite()) {
            String why = readOnly || immutable
                    ? "it was opened read-only"
                    : database.isWritable() ? "its write version is newer than 2" : "no permission to write to it";
            throw Failures.of(ResultCode.READONLY, database.path(), why);
        }
        if (!isLockless() && !database.locks().lock(holder, FileLocks.RESERVED)) {
            throw busy("another connection is writing");
        }
        if (snapshotIsWal) {
            try {
                takeOverFromWal();
            } catch (DatabaseException e) {
                leaveWrite();
                throw e;
            }
        }
        state = State.WRITING;
        wroteInSnapshot = true;
    }

    /** Begun when there is something to write: until then an empty database may still get another page size. */
    private FileTransaction transaction() {
        if (transaction == null) {
            JournalMode mode = journalMode;
            if (exclusiveLocking && mode == JournalMode.DELETE) {
                mode = JournalMode.PERSIST;
                keptJournal = true;
            }
            transaction =
                    new FileTransaction(database, version, pageSizeBytes, pageCount, mode, synchronous, leavesWalMode);
            transaction.journalSizeLimit(journalSizeLimit);
        }
        return transaction;
    }

    /**
     * A file in WAL mode may be written with a rollback journal only when nobody is connected to it in WAL mode, and its header must then
     * say so. Those who are connected hold SHARED all the time, so EXCLUSIVE proves it.
     */
    private void takeOverFromWal() {
        if (!database.locks().lock(holder, FileLocks.EXCLUSIVE)) {
            throw Failures.of(
                    ResultCode.READONLY,
                    database.path(),
                    "the database is in WAL mode and another connection has it open; writing to a write-ahead log is not supported yet");
        }
        database.refuseFrames();
        if (database.hasWalFiles()) {
            if (snapshotReads > 0) {
                throw Failures.of(
                        ResultCode.BUSY_SNAPSHOT,
                        database.path(),
                        "the database is in WAL mode and may have changed since this transaction began to read");
            }
            database.refresh();
            takeSnapshot();
        }
        leavesWalMode = true;
    }

    private void lockExclusive(BusyHandler busy) {
        if (isLockless()) {
            return;
        }
        database.endLingering();
        for (int attempts = 0; !database.locks().lock(holder, FileLocks.EXCLUSIVE); attempts++) {
            if (!busy.waitAgain(attempts)) {
                throw busy("others are reading");
            }
        }
    }

    @Override
    public void stage(int[] pageNumbers, byte[][] images, int count, BusyHandler busy) {
        requireNoFailure();
        assert state == State.WRITING : "stage in state " + state;
        lockExclusive(busy);
        try {
            transaction().stage(pageNumbers, images, count);
        } catch (DatabaseException e) {
            throw failed(e);
        }
    }

    @Override
    public boolean mayChangePageSize() {
        return true;
    }

    @Override
    public void becomes(int newPageSizeBytes, int newPageCount, byte[] lockPage) {
        assert state == State.WRITING : "becomes in state " + state;
        transaction().becomes(newPageSizeBytes, newPageCount, lockPage);
    }

    @Override
    public void prepareCommit(CommitSet commit, String superJournal, BusyHandler busy) {
        requireNoFailure();
        assert state == State.WRITING : "prepareCommit in state " + state;
        lockExclusive(busy);
        try {
            transaction().prepare(commit, superJournal);
        } catch (DatabaseException e) {
            throw failed(e);
        }
        state = State.PREPARED;
    }

    @Override
    public long finishCommit() {
        requireNoFailure();
        assert state == State.PREPARED : "finishCommit in state " + state;
        DatabaseException late;
        try {
            late = transaction.commit();
        } catch (DatabaseException e) {
            throw failed(e);
        }
        transaction.publish();
        ownCommits++;
        leaveWrite();
        takeSnapshot();
        if (late != null) {
            throw late;
        }
        return version;
    }

    @Override
    public void rollback() {
        if (state != State.WRITING && state != State.PREPARED) {
            return;
        }
        if (transaction == null) {
            leaveWrite();
            return;
        }
        try {
            transaction.rollBack();
        } catch (DatabaseException e) {
            transaction.abandonJournal();
            database.forget();
            leaveWrite();
            state = State.BROKEN;
            failure = e;
            throw e;
        }
        leaveWrite();
    }

    private void leaveWrite() {
        transaction = null;
        leavesWalMode = false;
        failure = null;
        state = State.READING;
        if (!exclusiveLocking) {
            unlock(FileLocks.SHARED);
        }
    }

    private void unlock(int to) {
        if (!isLockless()) {
            database.locks().unlock(holder, to);
        }
    }

    // ---- transactions over several files

    @Override
    public boolean takesSuperJournal() {
        boolean inFile = journalMode == JournalMode.DELETE
                || journalMode == JournalMode.TRUNCATE
                || journalMode == JournalMode.PERSIST;
        return inFile && synchronous > 0 && !database.isPrivate();
    }

    @Override
    public String createSuperJournal(List<StoreSession> sessions) {
        List<Path> journals = sessions.stream()
                .map(session -> ((FileSession) session).database.journalPath())
                .toList();
        return SuperJournal.create(database, journals).toString();
    }

    @Override
    public void deleteSuperJournal(String superJournal) {
        SuperJournal.delete(database.storage(), Path.of(superJournal));
    }

    // ---- settings

    @Override
    public long dataVersion() {
        return (state == State.IDLE ? database.version() : version) - ownCommits;
    }

    /** WAL for a file whose header says so, until this session writes to it. */
    @Override
    public JournalMode journalMode() {
        return state != State.IDLE && snapshotIsWal ? JournalMode.WAL : journalMode;
    }

    @Override
    public JournalMode journalMode(JournalMode wanted, BusyHandler busy) {
        if (wanted == JournalMode.WAL || state == State.WRITING || state == State.PREPARED || wanted == journalMode) {
            return journalMode();
        }
        boolean leftFile = journalMode == JournalMode.PERSIST || journalMode == JournalMode.TRUNCATE;
        boolean keepsFile = wanted == JournalMode.PERSIST || wanted == JournalMode.TRUNCATE;
        journalMode = wanted;
        if (leftFile && exclusiveLocking) {
            keptJournal = true;
        } else if (leftFile && !keepsFile && mayWrite() && !isLockless()) {
            deleteLeftJournal();
        }
        return journalMode();
    }

    /** Only who holds RESERVED may delete a journal file: it might be another writer's. If that is not to be had, the file stays. */
    private void deleteLeftJournal() {
        boolean wasIdle = state == State.IDLE;
        if (wasIdle) {
            beginSnapshot(BusyHandler.NONE);
        }
        try {
            if (database.locks().lock(holder, FileLocks.RESERVED)) {
                new FileJournal(database, pageSizeBytes, pageCount, FileJournal.Ending.DELETE, 0).drop();
                unlock(FileLocks.SHARED);
            }
        } finally {
            if (wasIdle) {
                endSnapshot();
            }
        }
    }

    @Override
    public void journalSizeLimit(long bytes) {
        journalSizeLimit = bytes;
    }

    @Override
    public void synchronous(int level) {
        synchronous = level;
    }

    int synchronous() {
        return synchronous;
    }

    @Override
    public void exclusiveLocking(boolean exclusive) {
        exclusiveLocking = exclusive;
    }

    @Override
    public void close() {
        try {
            exclusiveLocking = false;
            endSnapshot();
        } finally {
            unlock(FileLocks.NONE);
            if (!isLockless()) {
                database.endLingering();
            }
        }
    }

    // ---- errors

    private DatabaseException failed(DatabaseException e) {
        failure = e;
        return e;
    }

    private void requireNoFailure() {
        if (failure != null) {
            throw new DatabaseException(
                    failure.code(), failure.getMessage() + " (nothing more can be done until the rollback)", failure);
        }
    }

    private DatabaseException busy(String why) {
        return Failures.of(ResultCode.BUSY, database.path(), why);
    }
}
