package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BigEndian;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * What one commit changed: flags (1), time in microseconds since the epoch (8), the committing session's token (8) and its attempt
 * number (8), number of pages (4), then either a {@link PageList} or, for a staged transaction, its id (12), under which its manifest
 * has the lists.
 *
 * @param flags {@link #SCHEMA}, {@link #ALLOCATION}, {@link #STAGED}
 * @param pageNumbers the changed pages, ascending; null for a staged transaction
 * @param stagedId null unless staged
 */
record LogEntry(int flags, long micros, long session, long attempt, int pages, int[] pageNumbers, StagedId stagedId) {
    /** Page 1 changed in more than its allocation fields. */
    static final int SCHEMA = 1;
    /** Page count or freelist changed. */
    static final int ALLOCATION = 2;
    /** The pages were staged. */
    static final int STAGED = 4;

    private static final int FIXED_BYTES = 29;

    byte[] encode() {
        byte[] fixed = new byte[FIXED_BYTES];
        fixed[0] = (byte) flags;
        BigEndian.put64(fixed, 1, micros);
        BigEndian.put64(fixed, 9, session);
        BigEndian.put64(fixed, 17, attempt);
        BigEndian.put32(fixed, 25, pages);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(fixed);
        if (stagedId != null) {
            out.writeBytes(stagedId.bytes());
        } else {
            PageList.write(out, pageNumbers);
        }
        return out.toByteArray();
    }

    static LogEntry decode(byte[] value) {
        if (value.length < FIXED_BYTES
                || (value[0] & STAGED) != 0 && value.length != FIXED_BYTES + NamespaceKeys.STAGED_ID_BYTES) {
            throw new DatabaseException(
                    ResultCode.CORRUPT, "a log entry of the store is damaged: " + value.length + " bytes");
        }
        boolean staged = (value[0] & STAGED) != 0;
        return new LogEntry(
                value[0],
                BigEndian.s64(value, 1),
                BigEndian.s64(value, 9),
                BigEndian.s64(value, 17),
                BigEndian.s32(value, 25),
                staged ? null : PageList.read(value, FIXED_BYTES),
                staged ? new StagedId(Arrays.copyOfRange(value, FIXED_BYTES, value.length)) : null);
    }
}
