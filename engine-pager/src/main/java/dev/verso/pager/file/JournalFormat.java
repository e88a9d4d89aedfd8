package dev.verso.pager.file;

import dev.verso.pager.BigEndian;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of a rollback journal (file format §3). It is a row of sections, each begun by a header that fills one sector:
 *
 * <pre>
 *   0   8 bytes  magic; zeros until the section's records are on the disk
 *   8   u32      number of records that follow, or -1: all until the end of the file
 *   12  u32      nonce, random for each section, from which every checksum starts
 *   16  u32      pages of the database before the transaction
 *   20  u32      sector size
 *   24  u32      page size
 *   28  zeros up to the sector's end
 * </pre>
 *
 * A record is a page number (u32), the page as it was, and its checksum (u32): the nonce plus every 200th byte, counted from the end.
 * A transaction over several files ends its journals with the name of their super-journal: the lock page's number (u32), the name in
 * UTF-8, its length in bytes (u32), the sum of its bytes (u32), and the magic.
 */
final class JournalFormat {
    static final byte[] MAGIC = {(byte) 0xd9, (byte) 0xd5, 0x05, (byte) 0xf9, 0x20, (byte) 0xa1, 0x63, (byte) 0xd7};
    static final int RECORD_COUNT = 8;
    static final int NONCE = 12;
    static final int DATABASE_PAGES = 16;
    static final int SECTOR_SIZE = 20;
    static final int PAGE_SIZE = 24;
    static final int HEADER_BYTES = 28;
    static final int ALL_RECORDS = -1;

    /** What SQLite writes on disks that overwrite a sector entirely or not at all. */
    static final int SECTOR_BYTES = 512;

    static final int MIN_SECTOR_BYTES = 32;
    static final int MAX_SECTOR_BYTES = 65536;
    private static final int SUPER_TAIL_BYTES = 16;

    private JournalFormat() {}

    static int recordBytes(int pageSizeBytes) {
        return 4 + pageSizeBytes + 4;
    }

    static int checksum(int nonce, byte[] bytes, int offset, int pageSizeBytes) {
        int sum = nonce;
        for (int i = pageSizeBytes - 200; i > 0; i -= 200) {
            sum += bytes[offset + i] & 0xff;
        }
        return sum;
    }

    /** The first position at or after this one where a header may stand. */
    static long headerPosition(long position, int sectorBytes) {
        return (position + sectorBytes - 1) / sectorBytes * sectorBytes;
    }

    static byte[] superJournalRecord(String superJournal, int lockPage) {
        byte[] name = superJournal.getBytes(StandardCharsets.UTF_8);
        byte[] record = new byte[4 + name.length + SUPER_TAIL_BYTES];
        BigEndian.put32(record, 0, lockPage);
        System.arraycopy(name, 0, record, 4, name.length);
        BigEndian.put32(record, 4 + name.length, name.length);
        BigEndian.put32(record, 8 + name.length, signedSum(name));
        System.arraycopy(MAGIC, 0, record, 12 + name.length, MAGIC.length);
        return record;
    }

    /** SQLite adds the characters as C's {@code char}, which is signed on most machines. */
    static int signedSum(byte[] name) {
        int sum = 0;
        for (byte b : name) {
            sum += b;
        }
        return sum;
    }

    static int unsignedSum(byte[] name) {
        int sum = 0;
        for (byte b : name) {
            sum += b & 0xff;
        }
        return sum;
    }

    static boolean isMagic(byte[] bytes, int offset) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (bytes[offset + i] != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }
}
