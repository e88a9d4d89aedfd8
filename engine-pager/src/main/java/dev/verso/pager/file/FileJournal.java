package dev.verso.pager.file;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BigEndian;
import dev.verso.pager.storage.Storage;
import dev.verso.pager.storage.StorageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The rollback journal of one write transaction, in a file beside the database; see {@link JournalFormat} for its bytes.
 *
 * <p>Invariant: a page of the database is overwritten only after the section that holds its original was made durable, which ends the
 * section. The order of writes and syncs in {@link #makeDurable} is what recovery depends on: the header of a section becomes valid only
 * after its records are on the disk (at FULL), or together with them, told apart by the checksums (at NORMAL).
 */
final class FileJournal implements TransactionJournal {
    /** What happens to the file when the transaction is over. */
    enum Ending {
        DELETE,
        TRUNCATE,
        PERSIST
    }

    private static final int BUFFER_BYTES = 1 << 18;
    private static final int SYNC_NORMAL = 1;
    private static final int SYNC_FULL = 2;
    private static final int SYNC_EXTRA = 3;

    private final FileDatabase database;
    private final Path path;
    private StorageFile file;
    private final int pageSizeBytes;
    private final int originalPageCount;
    private final Ending ending;
    private final int syncLevel;
    /** True if the file had content before: what follows this transaction's bytes may look like a section. */
    private final boolean mayHaveStaleTail;

    private final byte[] firstHeader = new byte[JournalFormat.HEADER_BYTES];
    private byte[] buffer;
    private int bufferedBytes;
    private long bufferPosition;

    private boolean sectionOpen;
    private long sectionPosition;
    private int sectionRecords;
    private int nonce;
    private long[] durableSections = new long[4];
    private int[] durableRecords = new int[4];
    private int durableCount;

    private boolean directorySynced;
    private boolean hasSuperJournal;
    private boolean dropped;
    /** True if blanking the header was tried and failed: nobody knows whether it is still there. */
    private boolean headerInDoubt;

    private long sizeLimit = -1;
    private boolean closed;

    FileJournal(FileDatabase database, int pageSizeBytes, int originalPageCount, Ending ending, int syncLevel) {
        this.database = database;
        this.path = database.journalPath();
        this.pageSizeBytes = pageSizeBytes;
        this.originalPageCount = originalPageCount;
        this.ending = ending;
        this.syncLevel = syncLevel;
        this.file = open(Storage.Access.CREATE);
        this.buffer = new byte[JournalFormat.SECTOR_BYTES + 4 * JournalFormat.recordBytes(pageSizeBytes)];
        try {
            this.mayHaveStaleTail = file.size() > 0;
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_FSTAT, path, "ask for its size", e);
        }
        beginSection();
    }

    private StorageFile open(Storage.Access access) {
        try {
            return database.storage().open(path, access, database.path());
        } catch (IOException e) {
            Path directory = path.getParent();
            boolean locked = directory != null && !database.storage().isWritable(directory);
            throw Failures.io(
                    locked ? ResultCode.READONLY_DIRECTORY : ResultCode.CANTOPEN,
                    path,
                    "create the rollback journal",
                    e);
        }
    }

    private void beginSection() {
        long end = bufferPosition + bufferedBytes;
        long position = JournalFormat.headerPosition(end, JournalFormat.SECTOR_BYTES);
        int padding = (int) (position - end);
        int at = reserve(padding + JournalFormat.SECTOR_BYTES) + padding;
        if (syncLevel < SYNC_NORMAL) {
            System.arraycopy(JournalFormat.MAGIC, 0, buffer, at, JournalFormat.MAGIC.length);
            BigEndian.put32(buffer, at + JournalFormat.RECORD_COUNT, JournalFormat.ALL_RECORDS);
        }
        BigEndian.put32(buffer, at + JournalFormat.NONCE, database.storage().randomNumber());
        BigEndian.put32(buffer, at + JournalFormat.DATABASE_PAGES, originalPageCount);
        BigEndian.put32(buffer, at + JournalFormat.SECTOR_SIZE, JournalFormat.SECTOR_BYTES);
        BigEndian.put32(buffer, at + JournalFormat.PAGE_SIZE, pageSizeBytes);
        nonce = BigEndian.s32(buffer, at + JournalFormat.NONCE);
        sectionPosition = position;
        sectionRecords = 0;
        sectionOpen = true;
    }

    @Override
    public void add(int pageNumber, byte[] original) {
        if (!sectionOpen) {
            beginSection();
        }
        int at = reserve(JournalFormat.recordBytes(pageSizeBytes));
        BigEndian.put32(buffer, at, pageNumber);
        System.arraycopy(original, 0, buffer, at + 4, pageSizeBytes);
        BigEndian.put32(buffer, at + 4 + pageSizeBytes, JournalFormat.checksum(nonce, original, 0, pageSizeBytes));
        sectionRecords++;
    }

    @Override
    public void addSuperJournal(String superJournal) {
        long end = bufferPosition + bufferedBytes;
        int padding = (int) (JournalFormat.headerPosition(end, JournalFormat.SECTOR_BYTES) - end);
        byte[] record = JournalFormat.superJournalRecord(superJournal, DatabaseHeader.lockPage(pageSizeBytes));
        int at = reserve(padding + record.length) + padding;
        System.arraycopy(record, 0, buffer, at, record.length);
        hasSuperJournal = true;
        flush();
        if (mayHaveStaleTail) {
            try {
                file.truncate(bufferPosition);
            } catch (IOException e) {
                throw Failures.io(ResultCode.IOERR_TRUNCATE, path, "cut off its old content", e);
            }
        }
    }

    /** Makes room for some bytes, zeroed, and returns where in the buffer they begin. */
    private int reserve(int bytes) {
        if (bufferedBytes + bytes > BUFFER_BYTES && bufferedBytes > 0) {
            flush();
        }
        if (bufferedBytes + bytes > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(bufferedBytes + bytes, Math.min(BUFFER_BYTES, buffer.length * 2)));
        }
        int at = bufferedBytes;
        Arrays.fill(buffer, at, at + bytes, (byte) 0);
        bufferedBytes += bytes;
        return at;
    }

    private void flush() {
        if (bufferedBytes > 0) {
            write(buffer, bufferedBytes, bufferPosition);
            bufferPosition += bufferedBytes;
            bufferedBytes = 0;
        }
    }

    private void write(byte[] bytes, int count, long position) {
        try {
            file.write(bytes, 0, count, position);
            database.countWrite();
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_WRITE, path, "write " + count + " bytes at " + position, e);
        }
    }

    @Override
    public void makeDurable() {
        flush();
        if (sectionOpen && syncLevel >= SYNC_NORMAL) {
            if (mayHaveStaleTail && !hasSuperJournal) {
                breakStaleSection();
            }
            if (syncLevel >= SYNC_FULL) {
                sync();
            }
            byte[] start = Arrays.copyOf(JournalFormat.MAGIC, 12);
            BigEndian.put32(start, JournalFormat.RECORD_COUNT, sectionRecords);
            write(start, start.length, sectionPosition);
        }
        if (syncLevel >= SYNC_NORMAL) {
            sync();
        }
        noteDurableSection();
    }

    private void noteDurableSection() {
        if (!sectionOpen) {
            return;
        }
        boolean continued = durableCount > 0 && durableSections[durableCount - 1] == sectionPosition;
        if (!continued) {
            if (durableCount == durableSections.length) {
                durableSections = Arrays.copyOf(durableSections, durableCount * 2);
                durableRecords = Arrays.copyOf(durableRecords, durableCount * 2);
            }
            durableSections[durableCount++] = sectionPosition;
        }
        durableRecords[durableCount - 1] = sectionRecords;
        // A section whose header says "all that follow" goes on; one with a number has ended.
        sectionOpen = syncLevel < SYNC_NORMAL;
    }

    /** An old header right behind our last record would make recovery go on into an old transaction. */
    private void breakStaleSection() {
        long next = JournalFormat.headerPosition(bufferPosition, JournalFormat.SECTOR_BYTES);
        byte[] start = new byte[JournalFormat.MAGIC.length];
        try {
            int got = file.read(start, 0, start.length, next);
            if (got == start.length && JournalFormat.isMagic(start, 0)) {
                write(new byte[1], 1, next);
            }
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_READ, path, "read at " + next, e);
        }
    }

    private void sync() {
        try {
            file.sync();
            database.countSync();
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_FSYNC, path, "sync it", e);
        }
        if (!directorySynced) {
            syncDirectory();
            directorySynced = true;
        }
    }

    private void syncDirectory() {
        try {
            database.storage().syncDirectory(path.getParent());
            database.countSync();
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_DIR_FSYNC, path, "sync its directory", e);
        }
    }

    /** Before the first page is put back the journal must be known to be hot: playing back may be cut short in its turn. */
    @Override
    public void playBack(PageWriter target) {
        if (closed) {
            file = open(Storage.Access.WRITE);
            closed = false;
        }
        if (headerInDoubt) {
            write(firstHeader, firstHeader.length, 0);
            sync();
        }
        byte[] record = new byte[JournalFormat.recordBytes(pageSizeBytes)];
        for (int section = 0; section < durableCount; section++) {
            long position = durableSections[section] + JournalFormat.SECTOR_BYTES;
            for (int i = 0; i < durableRecords[section]; i++) {
                readRecord(record, position);
                target.write(BigEndian.s32(record, 0), record, 4);
                position += record.length;
            }
        }
    }

    private void readRecord(byte[] record, long position) {
        try {
            if (file.read(record, 0, record.length, position) == record.length) {
                return;
            }
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_READ, path, "read the record at " + position, e);
        }
        throw Failures.of(ResultCode.IOERR_SHORT_READ, path, "the record at " + position + " is gone");
    }

    @Override
    public void drop() {
        switch (ending) {
            case DELETE -> delete();
            case TRUNCATE -> truncate();
            case PERSIST -> blankHeader();
        }
    }

    private void delete() {
        close();
        try {
            database.storage().delete(path);
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_DELETE, path, "delete it", e);
        }
        dropped = true;
        if (syncLevel >= SYNC_EXTRA) {
            syncDirectory();
        }
    }

    private void truncate() {
        try {
            file.truncate(0);
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_TRUNCATE, path, "truncate it", e);
        }
        dropped = true;
        if (syncLevel >= SYNC_FULL) {
            sync();
        }
        close();
    }

    /** How long the file may stay when only its header is blanked; -1 for any length. */
    void sizeLimit(long bytes) {
        sizeLimit = bytes;
    }

    private void cutToLimit() {
        try {
            if (sizeLimit > 0 && file.size() > sizeLimit) {
                file.truncate(sizeLimit);
            }
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_TRUNCATE, path, "truncate it", e);
        }
    }

    private void blankHeader() {
        if (hasSuperJournal || sizeLimit == 0) {
            truncate();
            return;
        }
        if (!headerInDoubt) {
            readFirstHeader();
            headerInDoubt = true;
        }
        write(new byte[JournalFormat.HEADER_BYTES], JournalFormat.HEADER_BYTES, 0);
        dropped = true;
        if (syncLevel >= SYNC_NORMAL) {
            sync();
        }
        cutToLimit();
        close();
    }

    private void readFirstHeader() {
        try {
            file.read(firstHeader, 0, firstHeader.length, 0);
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_READ, path, "read its header", e);
        }
    }

    /** True once a crash can no longer bring the transaction's originals back, whatever else failed in {@link #drop}. */
    boolean isDropped() {
        return dropped;
    }

    /** Closes the file and leaves it for recovery. */
    void close() {
        if (!closed) {
            closed = true;
            try {
                file.close();
            } catch (IOException e) {
                throw new DatabaseException(
                        ResultCode.IOERR_CLOSE, ResultCode.IOERR_CLOSE.text() + ": " + path + ": " + e.getMessage(), e);
            }
        }
    }
}
