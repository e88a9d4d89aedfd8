package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BigEndian;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * What one commit changed: flags (1), time in microseconds since the epoch (8), the committing session's token (8) and its attempt
 * number (8), number of changed pages (4), pages of the database from this commit on (4, 0 if it left their number alone), number of row
 * bytes (4, only with {@link #ROWS})
 * and those, then either a {@link PageList} or, for a staged transaction, its id (12), under which its manifest has the lists. Several
 * transactions that committed together have one entry. A rollback lists no pages.
 *
 * @param flags {@link #SCHEMA}, {@link #ALLOCATION}, {@link #STAGED}, {@link #ROWS}, {@link #ROLLBACK}
 * @param pageCount of the database from this commit on; 0 if the commit left it alone
 * @param pageNumbers the changed pages, ascending; null for a staged transaction and for a rollback
 * @param stagedId null unless staged
 * @param rows the changed rows, {@link dev.verso.pager.CommitSet#rowChanges}; null if they are not known
 */
record LogEntry(
        int flags,
        long micros,
        long session,
        long attempt,
        int pages,
        int pageCount,
        int[] pageNumbers,
        StagedId stagedId,
        byte[] rows) {
    /** Page 1 changed in more than its allocation fields. */
    static final int SCHEMA = 1;
    /** Page count or freelist changed. */
    static final int ALLOCATION = 2;
    /** The pages were staged. */
    static final int STAGED = 4;
    /** The changed rows are known. */
    static final int ROWS = 8;
    /** The namespace went back to an earlier version: any page may have changed. */
    static final int ROLLBACK = 16;

    private static final int FIXED_BYTES = 33;

    byte[] encode() {
        byte[] fixed = new byte[FIXED_BYTES];
        fixed[0] = (byte) (flags | (stagedId != null ? STAGED : 0) | (rows != null ? ROWS : 0));
        BigEndian.put64(fixed, 1, micros);
        BigEndian.put64(fixed, 9, session);
        BigEndian.put64(fixed, 17, attempt);
        BigEndian.put32(fixed, 25, pages);
        BigEndian.put32(fixed, 29, pageCount);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(fixed);
        if (rows != null) {
            byte[] length = new byte[4];
            BigEndian.put32(length, 0, rows.length);
            out.writeBytes(length);
            out.writeBytes(rows);
        }
        if (stagedId != null) {
            out.writeBytes(stagedId.bytes());
        } else if (pageNumbers != null) {
            PageList.write(out, pageNumbers);
        }
        return out.toByteArray();
    }

    static LogEntry decode(byte[] value) {
        if (value.length < FIXED_BYTES) {
            throw damaged(value);
        }
        int flags = value[0];
        int at = FIXED_BYTES;
        byte[] rows = null;
        if ((flags & ROWS) != 0) {
            int length = value.length < at + 4 ? -1 : BigEndian.s32(value, at);
            at += 4;
            if (length < 0 || length > value.length - at) {
                throw damaged(value);
            }
            rows = Arrays.copyOfRange(value, at, at + length);
            at += length;
        }
        boolean staged = (flags & STAGED) != 0;
        if (staged && value.length - at != NamespaceKeys.STAGED_ID_BYTES) {
            throw damaged(value);
        }
        return new LogEntry(
                flags,
                BigEndian.s64(value, 1),
                BigEndian.s64(value, 9),
                BigEndian.s64(value, 17),
                BigEndian.s32(value, 25),
                BigEndian.s32(value, 29),
                (value[0] & (STAGED | ROLLBACK)) != 0 ? null : PageList.read(value, at),
                staged ? new StagedId(Arrays.copyOfRange(value, at, value.length)) : null,
                rows);
    }

    private static DatabaseException damaged(byte[] value) {
        return new DatabaseException(
                ResultCode.CORRUPT, "a log entry of the store is damaged: " + value.length + " bytes");
    }
}
