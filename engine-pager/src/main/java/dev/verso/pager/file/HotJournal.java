package dev.verso.pager.file;

import dev.verso.error.ResultCode;
import dev.verso.pager.BigEndian;
import dev.verso.pager.storage.Storage;
import dev.verso.pager.storage.StorageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * Undoes a transaction whose writer is gone, from the journal that it left. The caller holds EXCLUSIVE. What cannot be trusted (a record
 * with a wrong checksum, a section without a valid header) was never followed by a write to the database, so playback ends there.
 */
final class HotJournal {
    private final FileDatabase database;
    private final Storage storage;
    private final Path path;
    private final boolean sync;

    private StorageFile journal;
    private long journalBytes;
    private int pageSizeBytes;
    private int sectorBytes = JournalFormat.SECTOR_BYTES;
    private int databasePages;
    private int records;
    private int nonce;

    HotJournal(FileDatabase database, boolean sync) {
        this.database = database;
        this.storage = database.storage();
        this.path = database.journalPath();
        this.sync = sync;
    }

    /** Plays the journal back and deletes it. Does nothing if it is gone. */
    void recover() {
        if (storage.bytes(path) == 0) {
            return;
        }
        String superJournal;
        try {
            journal = storage.open(path, Storage.Access.WRITE, null);
        } catch (IOException e) {
            throw Failures.io(ResultCode.CANTOPEN, path, "open the rollback journal", e);
        }
        try {
            if (sync) {
                journal.sync();
            }
            journalBytes = journal.size();
            superJournal = SuperJournal.nameIn(journal, journalBytes);
            if (superJournal == null || storage.kind(Path.of(superJournal)) == Storage.Kind.FILE) {
                playBack();
            }
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_READ, path, "play it back", e);
        } finally {
            close();
        }
        try {
            storage.delete(path);
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_DELETE, path, "delete it", e);
        }
        if (superJournal != null) {
            SuperJournal.deleteIfUnused(storage, Path.of(superJournal));
        }
    }

    private void close() {
        try {
            journal.close();
        } catch (IOException e) {
            throw Failures.io(ResultCode.IOERR_CLOSE, path, "close it", e);
        }
    }

    private void playBack() throws IOException {
        if (!readHeader(0)) {
            return;
        }
        database.truncate((long) databasePages * pageSizeBytes);
        PageWriter writer = database.pageWriter(pageSizeBytes, 64);
        BitSet done = new BitSet();
        byte[] record = new byte[JournalFormat.recordBytes(pageSizeBytes)];
        long position = 0;
        boolean more = true;
        while (more) {
            position += sectorBytes;
            int count = records == JournalFormat.ALL_RECORDS
                    ? (int) Math.min(Integer.MAX_VALUE, (journalBytes - sectorBytes) / record.length)
                    : records;
            for (int i = 0; more && i < count; i++) {
                more = playRecord(record, position, done, writer);
                position += record.length;
            }
            position = JournalFormat.headerPosition(position, sectorBytes);
            more = more && readHeader(position);
        }
        writer.flush();
        if (sync) {
            database.sync();
        }
    }

    private boolean playRecord(byte[] record, long position, BitSet done, PageWriter writer) throws IOException {
        if (journal.read(record, 0, record.length, position) < record.length) {
            return false;
        }
        int pageNumber = BigEndian.s32(record, 0);
        if (pageNumber == 0 || pageNumber == DatabaseHeader.lockPage(pageSizeBytes)) {
            return false;
        }
        if (pageNumber < 0 || pageNumber > databasePages || done.get(pageNumber)) {
            return true;
        }
        int checksum = JournalFormat.checksum(nonce, record, 4, pageSizeBytes);
        if (checksum != BigEndian.s32(record, 4 + pageSizeBytes)) {
            return false;
        }
        writer.write(pageNumber, record, 4);
        done.set(pageNumber);
        return true;
    }

    /** Reads a section's header; the first one also tells page and sector size. */
    private boolean readHeader(long position) throws IOException {
        byte[] header = new byte[JournalFormat.HEADER_BYTES];
        if (position + sectorBytes > journalBytes
                || journal.read(header, 0, header.length, position) < header.length
                || !JournalFormat.isMagic(header, 0)) {
            return false;
        }
        records = BigEndian.s32(header, JournalFormat.RECORD_COUNT);
        nonce = BigEndian.s32(header, JournalFormat.NONCE);
        if (position > 0) {
            return records >= 0;
        }
        databasePages = BigEndian.s32(header, JournalFormat.DATABASE_PAGES);
        pageSizeBytes = BigEndian.s32(header, JournalFormat.PAGE_SIZE);
        if (pageSizeBytes == 0) {
            pageSizeBytes = database.pageSizeOnDisk();
        }
        int sector = BigEndian.s32(header, JournalFormat.SECTOR_SIZE);
        boolean sectorIsGood = sector >= JournalFormat.MIN_SECTOR_BYTES
                && sector <= JournalFormat.MAX_SECTOR_BYTES
                && Integer.bitCount(sector) == 1;
        if (!sectorIsGood || !DatabaseHeader.isPageSize(pageSizeBytes) || databasePages < 0) {
            return false;
        }
        sectorBytes = sector;
        return records >= 0 || records == JournalFormat.ALL_RECORDS;
    }
}
