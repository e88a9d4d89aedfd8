package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A namespace that one owner alone writes. The owner reads and writes the head; all others read the frozen version.
 *
 * @param owner who holds it; sessions say who they are
 * @param token of this locking: another one by the same owner has another
 * @param frozen the newest version when it was locked
 * @param untilMicros from then on another may take it, which undoes the owner's work
 */
record NamespaceLock(String owner, long token, long frozen, long sinceMicros, long untilMicros) {
    /** The error of who may not write now. */
    DatabaseException refusal(String name) {
        return new DatabaseException(
                ResultCode.BUSY,
                name + " is locked by '" + owner + "' since " + time(sinceMicros)
                        + " and shows version " + frozen + " to all others; the lock can be taken over after "
                        + time(untilMicros));
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
