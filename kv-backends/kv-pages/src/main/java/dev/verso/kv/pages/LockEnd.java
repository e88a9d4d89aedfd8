package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import dev.verso.pager.BigEndian;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a lock ended, under its token, for the sessions that have worked under it: kind (1), time (8, microseconds since the epoch), and in UTF-8 who took
 * it over. Whoever ends a lock writes it. A session goes on as anybody else only after a lock whose work was kept; else half of what it does would vanish with the
 * lock and the other half stay. Where nothing is written any more, the end is too long ago to know.
 */
final class LockEnd {
    private static final byte KEPT = 1;
    private static final byte UNDONE = 2;
    private static final byte TAKEN_OVER = 3;
    private static final int OWNER_OFFSET = 9;

    private LockEnd() {}

    static void kept(KvTransaction transaction, NamespaceKeys keys, NamespaceLock lock, long micros) {
        write(transaction, keys, lock, KEPT, micros, "");
    }

    static void undone(KvTransaction transaction, NamespaceKeys keys, NamespaceLock lock, long micros) {
        write(transaction, keys, lock, UNDONE, micros, "");
    }

    static void takenOver(KvTransaction transaction, NamespaceKeys keys, NamespaceLock lock, long micros, String by) {
        write(transaction, keys, lock, TAKEN_OVER, micros, by);
    }

    private static void write(
            KvTransaction transaction, NamespaceKeys keys, NamespaceLock lock, byte kind, long micros, String by) {
        byte[] owner = by.getBytes(StandardCharsets.UTF_8);
        byte[] value = Arrays.copyOf(new byte[] {kind}, OWNER_OFFSET + owner.length);
        BigEndian.put64(value, 1, micros);
        System.arraycopy(owner, 0, value, OWNER_OFFSET, owner.length);
        transaction.set(keys.lockEnd(lock.token()), value);
    }

    /** When it was, by a value. */
    static long micros(byte[] value) {
        return BigEndian.s64(value, 1);
    }

    /**
     * Checks that what was done under a lock which is no more has been kept.
     *
     * @param owner of the lock
     * @throws DatabaseException PROTOCOL if not
     */
    static void requireKept(KvTransaction transaction, NamespaceKeys keys, String name, String owner, long token) {
        byte[] value = transaction.get(keys.lockEnd(token), ReadMode.SNAPSHOT).await();
        if (value != null && value[0] == KEPT) {
            return;
        }
        String how;
        if (value == null) {
            how = "ended so long ago that nobody knows whether its work was kept";
        } else if (value[0] == TAKEN_OVER) {
            how = "was taken over by '"
                    + new String(value, OWNER_OFFSET, value.length - OWNER_OFFSET, StandardCharsets.UTF_8)
                    + "', which has undone its work";
        } else {
            how = "was ended, and its work undone";
        }
        throw new DatabaseException(
                ResultCode.PROTOCOL,
                ResultCode.PROTOCOL.text() + ": " + name + ": the lock of '" + owner
                        + "', under which this connection has worked, " + how
                        + "; verso_lock, or PRAGMA verso_lock_owner = NAME, begins anew");
    }
}
