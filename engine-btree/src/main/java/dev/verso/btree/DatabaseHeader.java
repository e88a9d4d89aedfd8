package dev.verso.btree;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BigEndian;
import dev.verso.record.TextEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first 100 bytes of page 1 (file format §1.3).
 *
 * <pre>
 *   0 "SQLite format 3\0" | 16 page size u16 (1 = 65536) | 18 write version u8 | 19 read version u8 | 20 reserved bytes u8
 *   21 64 | 22 32 | 23 32 | 24 change counter | 28 page count | 32 first freelist trunk | 36 free pages | 40 schema cookie
 *   44 schema format | 48 default cache size | 52 largest root page | 56 text encoding | 60 user version
 *   64 incremental vacuum | 68 application id | 72 zeros | 92 change counter of page count | 96 version of the last writer
 * </pre>
 */
final class DatabaseHeader {
    /** What we write as the version of the library: that of the SQLite that we imitate. */
    static final int LIBRARY_VERSION = 3_054_001;

    static final int PAGE_COUNT = 28;
    static final int LIBRARY_VERSION_AT = 96;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int PAGE_SIZE = 16;
    private static final int WRITE_VERSION = 18;
    private static final int READ_VERSION = 19;
    private static final int RESERVED_BYTES = 20;
    private static final int FRACTIONS = 21;
    private static final int CHANGE_COUNTER = 24;
    /** The newest. */
    static final int SCHEMA_FORMAT = 4;

    private static final int COUNTED_AT = 92;
    private static final int NEWEST_VERSION = 2;
    private static final int MIN_USABLE_BYTES = 480;

    private DatabaseHeader() {}

    /** Writes a new database's page 1: the header and an empty schema table. */
    static void write(byte[] page, PageFormat format, int autoVacuum) {
        System.arraycopy(MAGIC, 0, page, 0, MAGIC.length);
        BigEndian.putU16(page, PAGE_SIZE, format.pageBytes == 65536 ? 1 : format.pageBytes);
        page[WRITE_VERSION] = 1;
        page[READ_VERSION] = 1;
        page[RESERVED_BYTES] = (byte) (format.pageBytes - format.usableBytes);
        page[FRACTIONS] = 64;
        page[FRACTIONS + 1] = 32;
        page[FRACTIONS + 2] = 32;
        BigEndian.put32(page, PAGE_COUNT, 1);
        BigEndian.put32(page, HeaderField.LARGEST_ROOT_PAGE.offset(), autoVacuum == 0 ? 0 : 1);
        BigEndian.put32(page, HeaderField.INCREMENTAL_VACUUM.offset(), autoVacuum == 2 ? 1 : 0);
        BigEndian.put32(page, LIBRARY_VERSION_AT, LIBRARY_VERSION);
        PageEditor.clear(page, 1, PageFormat.TABLE_LEAF, format);
    }

    /** Checks page 1 and returns the sizes that it gives. */
    static PageFormat read(byte[] page, int pageCount) {
        if (!Arrays.equals(page, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                || (page[READ_VERSION] & 0xff) > NEWEST_VERSION
                || page[FRACTIONS] != 64
                || page[FRACTIONS + 1] != 32
                || page[FRACTIONS + 2] != 32) {
            throw Corruption.notADatabase();
        }
        int pageBytes = BigEndian.u16(page, PAGE_SIZE);
        pageBytes = pageBytes == 1 ? 65536 : pageBytes;
        int reserved = page[RESERVED_BYTES] & 0xff;
        if (pageBytes < 512 || Integer.bitCount(pageBytes) != 1 || pageBytes - reserved < MIN_USABLE_BYTES) {
            throw Corruption.notADatabase();
        }
        if (pageBytes != page.length) {
            throw Corruption.of(1, "the header says pages of " + pageBytes + " bytes, the file has " + page.length);
        }
        long counted = BigEndian.u32(page, PAGE_COUNT);
        if (counted > pageCount && BigEndian.s32(page, CHANGE_COUNTER) == BigEndian.s32(page, COUNTED_AT)) {
            throw Corruption.of(1, "the header counts " + counted + " pages, the file has " + pageCount);
        }
        return new PageFormat(pageBytes, reserved);
    }

    /** @param unsaid of a database that has had no table yet */
    static TextEncoding encoding(byte[] page, TextEncoding unsaid) {
        int said = BigEndian.s32(page, HeaderField.TEXT_ENCODING.offset());
        if (said == 0) {
            return unsaid;
        }
        return switch (said & 3) {
            case 2 -> TextEncoding.UTF16LE;
            case 3 -> TextEncoding.UTF16BE;
            default -> TextEncoding.UTF8;
        };
    }

    static void requireWritable(byte[] page) {
        if ((page[WRITE_VERSION] & 0xff) > NEWEST_VERSION) {
            throw new DatabaseException(ResultCode.READONLY, ResultCode.READONLY.text());
        }
    }
}
