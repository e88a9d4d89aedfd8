package dev.verso.pager.file;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BigEndian;
import dev.verso.pager.PageCache;
import dev.verso.pager.storage.Storage;
import dev.verso.pager.storage.StorageFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One database file, owned by this process: the open file, its locks, the cache, and what is known of its content. All stores of this JVM
 * that name the same file share one such object.
 *
 * <p>Knowledge of the content ({@link #version}, page count, header) holds while any session of the process has a lock on the file. The
 * first one to get a lock reads the header again; if it differs from what is known, another process has written and the cache is
 * cleared. Guarded by this object's monitor.
 */
final class FileDatabase {
    /** A write-ahead log of this size or less has no frame in it. */
    private static final int WAL_HEADER_BYTES = 32;

    /** How long a SHARED lock is kept at most through a row of short reads. */
    private static final long LINGER_NANOS = 1_000_000;
    /** Reads that end within this time of each other are such a row. */
    private static final long ROW_NANOS = 100_000;

    private static final byte[] EMPTY_FILE = new byte[0];

    private final Storage storage;
    private final Path path;
    private final Path journalPath;
    private final Path walPath;
    private final Path walIndexPath;
    private final StorageFile file;
    private final boolean writable;
    private final Object identity;
    private final FileLocks locks;
    private final PageCache cache = PageCache.newestOnly();

    private long version = 1;
    /** The file's first 100 bytes as known, zeros where it is shorter; empty for an empty file; null if nothing is known. */
    private byte[] headerBytes;

    private int pageSizeBytes;
    private int pageCount;
    private boolean wal;
    private boolean formatWritable = true;

    /** Has SHARED while no session does, between two reads. */
    private final FileLocks.Holder lingering = new FileLocks.Holder();

    private long lockedNanos;
    private long lastLeaveNanos;
    private boolean watched;
    /** A lock that was kept could not be given up: nobody knows any more what this process holds. */
    private DatabaseException lingeringFailure;

    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong syncs = new AtomicLong();

    /** {@code identity} tells this file from others that come to have its name; null for a private database. */
    FileDatabase(Storage storage, Path path, StorageFile file, boolean writable, Object identity) {
        this.storage = storage;
        this.path = path;
        this.journalPath = path.resolveSibling(path.getFileName() + "-journal");
        this.walPath = path.resolveSibling(path.getFileName() + "-wal");
        this.walIndexPath = path.resolveSibling(path.getFileName() + "-shm");
        this.file = file;
        this.writable = writable;
        this.identity = identity;
        this.locks = new FileLocks(file, path);
    }

    Storage storage() {
        return storage;
    }

    Path path() {
        return path;
    }

    Path journalPath() {
        return journalPath;
    }

    PageCache cache() {
        return cache;
    }

    FileLocks locks() {
        return locks;
    }

    boolean isWritable() {
        return writable;
    }

    /** True for a temporary database: no other session, no locks, nothing that has to survive. */
    boolean isPrivate() {
        return identity == null;
    }

    // ---- knowledge of the content

    /** Gives the session a lock for reading and makes sure that what is known holds. Returns false if somebody is in the way. */
    synchronized boolean enter(FileSession session) {
        if (session.isLockless()) {
            if (headerBytes == null) {
                refresh();
            }
            return true;
        }
        FileLocks.Holder holder = session.lockHolder();
        if (holder.level() != FileLocks.NONE) {
            return true;
        }
        if (lingeringFailure != null) {
            throw lingeringFailure;
        }
        if (lingering.level() != FileLocks.NONE) {
            locks.hand(lingering, holder);
            return true;
        }
        if (!locks.lock(holder, FileLocks.SHARED)) {
            return false;
        }
        boolean entered = false;
        try {
            entered = locks.sharers() > 1 && headerBytes != null || recoverAndRefresh(session);
        } finally {
            if (!entered) {
                locks.unlock(holder, FileLocks.NONE);
            }
        }
        return entered;
    }

    /**
     * Ends a session's read. Locks and looking for changes cost many times what a point query does, so in a row of short reads the
     * process keeps its SHARED lock from one to the next, as if it were one longer read: for a millisecond at most, counted from when it
     * got the lock, so that a writer who waits has its turn. A read that is not one of a row gives the lock up at once.
     */
    synchronized void leave(FileSession session) {
        FileLocks.Holder holder = session.lockHolder();
        if (holder.level() == FileLocks.SHARED && locks.sharers() == 1 && !wal) {
            long now = storage.nanoTime();
            boolean inRow = now - lastLeaveNanos < ROW_NANOS;
            lastLeaveNanos = now;
            if (inRow && now - lockedNanos < LINGER_NANOS) {
                locks.hand(holder, lingering);
                if (!watched) {
                    watched = true;
                    LingeringLocks.watch(this);
                }
                return;
            }
        }
        locks.unlock(holder, FileLocks.NONE);
    }

    /** Gives up the lock that was kept, if its time is over; returns true if none is kept any more. */
    synchronized boolean endLingering(long nowNanos) {
        if (lingering.level() != FileLocks.NONE && nowNanos - lockedNanos < LINGER_NANOS) {
            return false;
        }
        watched = false;
        try {
            endLingering();
        } catch (DatabaseException e) {
            lingeringFailure = e;
        }
        return true;
    }

    /** Gives up the lock that was kept: a session wants the file for itself, or is closed. */
    synchronized void endLingering() {
        locks.unlock(lingering, FileLocks.NONE);
    }

    private boolean recoverAndRefresh(FileSession session) {
        lockedNanos = storage.nanoTime();
        if (storage.bytes(journalPath) > 0 && journalIsHot(session) && !recover(session)) {
            return false;
        }
        refresh();
        if (wal) {
            refuseFrames();
        }
        return true;
    }

    /**
     * SQLite's rules: a journal is hot if nobody has a RESERVED lock (its writer is gone), the database is not empty (else the journal is a
     * leftover of a file that was deleted) and the journal's header was not blanked.
     */
    private boolean journalIsHot(FileSession session) {
        if (locks.isReserved()) {
            return false;
        }
        if (fileBytes() == 0) {
            if (session.mayWrite() && locks.lock(session.lockHolder(), FileLocks.RESERVED)) {
                deleteFile(journalPath);
                locks.unlock(session.lockHolder(), FileLocks.SHARED);
            }
            return false;
        }
        byte[] first = new byte[1];
        try (StorageFile journal = storage.open(journalPath, Storage.Access.READ, null)) {
            return journal.read(first, 0, 1, 0) == 1 && first[0] != 0;
        } catch (IOException e) {
            if (storage.bytes(journalPath) == 0) {
                return false;
            }
            throw Failures.io(ResultCode.CANTOPEN, journalPath, "open the rollback journal", e);
        }
    }

    private boolean recover(FileSession session) {
        if (!session.mayWrite()) {
            throw Failures.of(
                    ResultCode.READONLY_ROLLBACK,
                    path,
                    "a crashed writer left " + journalPath.getFileName() + ", which can't be rolled back read-only");
        }
        if (!locks.lock(session.lockHolder(), FileLocks.EXCLUSIVE)) {
            return false;
        }
        headerBytes = null;
        new HotJournal(this, session.synchronous() > 0).recover();
        locks.unlock(session.lockHolder(), FileLocks.SHARED);
        return true;
    }

    /** Write-ahead logs are not read here: content that only a log has must not be passed over. */
    void refuseFrames() {
        if (hasFrames()) {
            throw Failures.of(
                    ResultCode.CANTOPEN,
                    path,
                    "the database is in WAL mode and " + walPath.getFileName()
                            + " holds changes; reading a write-ahead log is not"
                            + " supported yet (close it in SQLite, or run PRAGMA journal_mode=DELETE there, first)");
        }
    }

    boolean hasFrames() {
        return storage.bytes(walPath) > WAL_HEADER_BYTES;
    }

    /** True if some process has been connected in WAL mode and may be still. */
    boolean hasWalFiles() {
        try {
            return storage.kind(walPath) != Storage.Kind.ABSENT || storage.kind(walIndexPath) != Storage.Kind.ABSENT;
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_ACCESS, walPath, "see whether it exists", e);
        }
    }

    void deleteWalFiles() {
        deleteFile(walPath);
        deleteFile(walIndexPath);
    }

    /** What is written to a file that was deleted or moved away is lost, and its journal would lie beside another file. */
    void requireUnmoved() {
        boolean unmoved;
        try {
            unmoved = storage.identity(path).equals(identity);
        } catch (NoSuchFileException | FileNotFoundException e) {
            unmoved = false;
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_FSTAT, path, "see whether it is still the file that was opened", e);
        }
        if (!unmoved) {
            throw Failures.of(ResultCode.READONLY_DBMOVED, path, "the file was deleted or replaced while it was open");
        }
    }

    private void deleteFile(Path victim) {
        try {
            storage.delete(victim);
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_DELETE, victim, "delete it", e);
        }
    }

    /** Reads the header; if it is not the one that is known, all that was known is forgotten. */
    synchronized void refresh() {
        byte[] found = readHeader();
        // Commits to a write-ahead log need not touch the header, so nothing is kept of a file that may have had one
        // meanwhile.
        if (Arrays.equals(found, headerBytes) && !wal) {
            return;
        }
        forget();
        if (found.length == 0) {
            pageSizeBytes = 0;
            pageCount = 0;
            wal = false;
            formatWritable = true;
        } else {
            learn(DatabaseHeader.parse(found, path));
        }
        headerBytes = found;
    }

    private void learn(DatabaseHeader header) {
        long bytes = fileBytes();
        long filePages = (bytes + header.pageSizeBytes() - 1) / header.pageSizeBytes();
        if (filePages > Integer.MAX_VALUE) {
            throw Failures.of(
                    ResultCode.TOOBIG, path, "it has " + filePages + " pages, more than this build can number");
        }
        if (header.pageCount() < 0 || header.pageCount() > filePages) {
            throw Failures.of(
                    ResultCode.CORRUPT,
                    path,
                    "its header counts " + Integer.toUnsignedLong(header.pageCount()) + " pages of "
                            + header.pageSizeBytes() + " bytes, but the file ends after " + bytes + " bytes");
        }
        pageSizeBytes = header.pageSizeBytes();
        pageCount = header.pageCount() == 0 ? (int) filePages : header.pageCount();
        wal = header.wal();
        formatWritable = header.writable();
    }

    /** The content changed in ways unknown. */
    synchronized void forget() {
        if (headerBytes != null) {
            version++;
        }
        headerBytes = null;
        cache.clear();
        cache.observe(version);
    }

    /** A commit of this process: what is known moves on with it. */
    synchronized long publish(byte[] page1, int pageSize, int newPageCount, int[] changedPages, byte[][] images) {
        headerBytes = newPageCount == 0 ? EMPTY_FILE : Arrays.copyOf(page1, DatabaseHeader.BYTES);
        pageSizeBytes = newPageCount == 0 ? 0 : pageSize;
        pageCount = newPageCount;
        wal = false;
        cache.advance(version, version + 1, changedPages, images);
        return ++version;
    }

    synchronized long version() {
        return version;
    }

    /** 0 for an empty database. */
    synchronized int pageSizeBytes() {
        return pageSizeBytes;
    }

    /** The change counter of the last commit known. */
    synchronized int changeCounter() {
        return headerBytes == null || headerBytes.length == 0
                ? 0
                : BigEndian.s32(headerBytes, DatabaseHeader.CHANGE_COUNTER);
    }

    synchronized int pageCount() {
        return pageCount;
    }

    synchronized boolean isWal() {
        return wal;
    }

    synchronized boolean isFormatWritable() {
        return formatWritable;
    }

    /** The page size that the file's header names, for a journal that doesn't; 0 if it names none. */
    int pageSizeOnDisk() {
        byte[] header = readHeader();
        return header.length == 0 ? 0 : DatabaseHeader.parse(header, path).pageSizeBytes();
    }

    private byte[] readHeader() {
        byte[] bytes = new byte[DatabaseHeader.BYTES];
        try {
            int got = file.read(bytes, 0, bytes.length, 0);
            reads.incrementAndGet();
            return got == 0 ? EMPTY_FILE : bytes;
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_READ, path, "read its header", e);
        }
    }

    // ---- the file

    byte[] readPage(int pageNumber, int pageSize) {
        byte[] image = new byte[pageSize];
        read(image, pageNumber, pageSize);
        return image;
    }

    /** Reads one or more neighbouring pages; what lies behind the end of the file is zeros. */
    void read(byte[] into, int firstPage, int pageSize) {
        try {
            file.read(into, 0, into.length, (firstPage - 1L) * pageSize);
            reads.incrementAndGet();
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_READ, path, "read page " + firstPage, e);
        }
    }

    PageWriter pageWriter(int pageSize, int expectedPages) {
        return new PageWriter(file, path, pageSize, expectedPages);
    }

    long fileBytes() {
        try {
            return file.size();
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_FSTAT, path, "ask for its size", e);
        }
    }

    /** Makes the file exactly so long. */
    void truncate(long bytes) {
        if (fileBytes() == bytes) {
            return;
        }
        try {
            file.truncate(bytes);
            countWrite();
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_TRUNCATE, path, "set its size to " + bytes + " bytes", e);
        }
    }

    void sync() {
        try {
            file.sync();
            countSync();
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_FSYNC, path, "sync it", e);
        }
    }

    void close() {
        try {
            endLingering();
            file.close();
        } catch (IOException e) {
            throw new DatabaseException(
                    ResultCode.IOERR_CLOSE, ResultCode.IOERR_CLOSE.text() + ": " + path + ": " + e.getMessage(), e);
        }
    }

    void countWrite() {
        writes.incrementAndGet();
    }

    void countSync() {
        syncs.incrementAndGet();
    }

    long readCount() {
        return reads.get();
    }

    long writeCount() {
        return writes.get();
    }

    long syncCount() {
        return syncs.get();
    }
}
