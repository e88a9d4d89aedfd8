package dev.verso.kv.pages;

import dev.verso.pager.BigEndian;
import java.util.Arrays;

/**
 * Page 1 as this store keeps it. SQLite writes a change counter into page 1 at every commit, which would make page 1 part of every
 * commit; here it is virtual, always zero in the store, and an export fills it in. What is left of page 1 falls into two items that
 * conflict separately: allocation (page count, freelist), and all the rest, called schema.
 */
final class FirstPage {
    static final int CHANGE_COUNTER = 24;
    static final int PAGE_COUNT = 28;
    static final int FREELIST_TRUNK = 32;
    static final int SCHEMA_COOKIE = 40;
    static final int VERSION_VALID_FOR = 92;
    static final int WRITER_VERSION = 96;
    static final int HEADER_BYTES = 100;

    private FirstPage() {}

    /** A copy with the virtual fields zero and the page count set. */
    static byte[] normalized(byte[] image, int pageCount) {
        byte[] copy = image.clone();
        BigEndian.put32(copy, CHANGE_COUNTER, 0);
        BigEndian.put32(copy, PAGE_COUNT, pageCount);
        BigEndian.put32(copy, VERSION_VALID_FOR, 0);
        BigEndian.put32(copy, WRITER_VERSION, 0);
        return copy;
    }

    /** {@link LogEntry} flags for a change from one normalized image to another; {@code before} may be null for none. */
    static int changes(byte[] before, byte[] after) {
        if (before == null || before.length != after.length) {
            return LogEntry.SCHEMA | LogEntry.ALLOCATION;
        }
        int flags = 0;
        if (!Arrays.equals(before, PAGE_COUNT, SCHEMA_COOKIE, after, PAGE_COUNT, SCHEMA_COOKIE)) {
            flags |= LogEntry.ALLOCATION;
        }
        if (!Arrays.equals(before, 0, CHANGE_COUNTER, after, 0, CHANGE_COUNTER)
                || !Arrays.equals(before, SCHEMA_COOKIE, VERSION_VALID_FOR, after, SCHEMA_COOKIE, VERSION_VALID_FOR)
                || !Arrays.equals(before, HEADER_BYTES, before.length, after, HEADER_BYTES, after.length)) {
            flags |= LogEntry.SCHEMA;
        }
        return flags;
    }

    /** A copy for a file: the change counter agrees with the field that says for which counter the page count holds. */
    static byte[] forFile(byte[] image, int pageCount, int changeCounter, int writerVersion) {
        byte[] copy = image.clone();
        BigEndian.put32(copy, CHANGE_COUNTER, changeCounter);
        BigEndian.put32(copy, PAGE_COUNT, pageCount);
        BigEndian.put32(copy, VERSION_VALID_FOR, changeCounter);
        BigEndian.put32(copy, WRITER_VERSION, writerVersion);
        return copy;
    }
}
