package dev.verso.pager.file;

import dev.verso.error.ResultCode;
import dev.verso.pager.BigEndian;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the store must know of the first 100 bytes of a database file (file format §1.3). All else in there belongs to the layers above.
 *
 * @param pageSizeBytes 512 to 65536
 * @param pageCount the in-header page count, 0 if the file was last written by something that did not keep it
 * @param wal true if the file is in WAL mode
 * @param writable false if the file's write version is newer than this code
 */
record DatabaseHeader(int pageSizeBytes, int pageCount, boolean wal, boolean writable) {
    static final int BYTES = 100;

    static final int WRITE_VERSION = 18;
    static final int READ_VERSION = 19;
    static final int CHANGE_COUNTER = 24;
    static final int PAGE_COUNT = 28;
    static final int VERSION_VALID_FOR = 92;
    static final int SQLITE_VERSION_NUMBER = 96;

    /** The version of SQLite that is imitated, as it stands in files that it wrote last. */
    static final int IMITATED_VERSION_NUMBER = 3_054_001;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int MIN_USABLE_BYTES = 480;
    private static final int LOCK_BYTE_OFFSET = 0x40000000;

    /** Reads the header of a file that is not empty; {@code bytes} has zeros where the file ended early. */
    static DatabaseHeader parse(byte[] bytes, Path path) {
        if (Arrays.mismatch(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length) >= 0) {
            throw Failures.of(ResultCode.NOTADB, path, "it does not begin with \"SQLite format 3\"");
        }
        int readVersion = BigEndian.u8(bytes, READ_VERSION);
        if (readVersion > 2) {
            throw Failures.of(ResultCode.NOTADB, path, "its read version is " + readVersion + ", known are 1 and 2");
        }
        if (bytes[21] != 64 || bytes[22] != 32 || bytes[23] != 32) {
            throw Failures.of(ResultCode.NOTADB, path, "the payload fractions at byte 21 are not 64, 32, 32");
        }
        int pageSizeBytes = BigEndian.u8(bytes, 16) << 8 | BigEndian.u8(bytes, 17) << 16;
        int usableBytes = pageSizeBytes - BigEndian.u8(bytes, 20);
        if (!isPageSize(pageSizeBytes) || usableBytes < MIN_USABLE_BYTES) {
            throw Failures.of(
                    ResultCode.NOTADB,
                    path,
                    "a page has " + pageSizeBytes + " bytes, of which " + usableBytes + " usable");
        }
        boolean countIsValid = BigEndian.s32(bytes, CHANGE_COUNTER) == BigEndian.s32(bytes, VERSION_VALID_FOR);
        int pageCount = countIsValid ? BigEndian.s32(bytes, PAGE_COUNT) : 0;
        int writeVersion = BigEndian.u8(bytes, WRITE_VERSION);
        return new DatabaseHeader(pageSizeBytes, pageCount, readVersion == 2, writeVersion <= 2);
    }

    static boolean isPageSize(int bytes) {
        return bytes >= 512 && bytes <= 65536 && Integer.bitCount(bytes) == 1;
    }

    /** The page that holds the lock bytes; it is never written. */
    static int lockPage(int pageSizeBytes) {
        return LOCK_BYTE_OFFSET / pageSizeBytes + 1;
    }

    /** Notes a commit in the image of page 1. */
    static void stamp(byte[] page1, int changeCounter, int pageCount) {
        BigEndian.put32(page1, CHANGE_COUNTER, changeCounter);
        BigEndian.put32(page1, PAGE_COUNT, pageCount);
        BigEndian.put32(page1, VERSION_VALID_FOR, changeCounter);
        BigEndian.put32(page1, SQLITE_VERSION_NUMBER, IMITATED_VERSION_NUMBER);
    }
}
