package dev.verso.kv.pages;

import dev.verso.kv.Bytes;
import dev.verso.kv.KvException;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import dev.verso.pager.BigEndian;

/**
 * Tells whether a commit with an unknown result was applied, exactly. Each guarded transaction writes its attempt number and stamp under
 * the session's key and conflicts with whoever writes there after its read version. To settle, the session reads the key: if it has the
 * attempt, that one was applied; if not, it writes a fence, after which the attempt can't be applied any more, however late it arrives.
 *
 * <p>Value: attempt (8 bytes), then 0 for applied with the stamp (10), or 1 for fenced. The key holds one session's latest attempt and
 * goes when the session closes.
 */
final class Fence {
    private static final int TRIES = 60;
    /** A store that is gone lets each try run into its timeout. */
    private static final long LONGEST_MICROS = 60_000_000;

    private static final byte APPLIED = 0;
    private static final byte FENCED = 1;

    private final KvStore store;
    private final byte[] key;
    private long attempt;
    private boolean written;

    Fence(KvStore store, byte[] key) {
        this.store = store;
        this.key = key;
    }

    /** Number of the attempt that {@link #guard} is going to make. */
    long nextAttempt() {
        return attempt + 1;
    }

    /** Makes the transaction one that can be settled. */
    void guard(KvTransaction transaction) {
        attempt++;
        written = true;
        byte[] value = new byte[9 + Versionstamp.BYTES];
        BigEndian.put64(value, 0, attempt);
        value[8] = APPLIED;
        transaction.addReadConflictRange(key, Bytes.after(key));
        transaction.addWriteConflictRange(key, Bytes.after(key));
        transaction.setVersionstampedValue(key, value, 9);
    }

    /**
     * The stamp of the latest guarded transaction, or null if it was not applied and never will be.
     *
     * @throws KvException if the store gives no answer
     */
    Versionstamp settle() {
        KvException last = null;
        long end = store.clock().micros() + LONGEST_MICROS;
        for (int i = 0; i < TRIES && (last == null || store.clock().micros() < end); i++) {
            if (i > 0) {
                store.clock().sleepMicros(Math.min(1_000L << Math.min(i, 8), 200_000));
            }
            try (KvTransaction transaction = store.begin()) {
                byte[] value = transaction.get(key, ReadMode.SERIALIZABLE).await();
                if (value != null && value.length >= 9 && BigEndian.s64(value, 0) == attempt) {
                    return value[8] == APPLIED ? Versionstamp.read(value, 9) : null;
                }
                byte[] fence = new byte[9];
                BigEndian.put64(fence, 0, attempt);
                fence[8] = FENCED;
                transaction.set(key, fence);
                transaction.commit().await();
                return null;
            } catch (KvException e) {
                switch (e.failure()) {
                    case CONFLICT, TOO_OLD, FUTURE_VERSION, UNKNOWN_RESULT, UNAVAILABLE, TIMED_OUT -> last = e;
                    case TOO_LARGE, FULL, INTERRUPTED, CLOSED, OWNED, DAMAGED -> throw e;
                }
            }
        }
        throw last;
    }

    /** The stamp of an attempt that was applied, from the value under its key; null for one that was fenced. */
    static Versionstamp applied(byte[] value) {
        return value.length == 9 + Versionstamp.BYTES && value[8] == APPLIED ? Versionstamp.read(value, 9) : null;
    }

    /** True if the key may be there. */
    boolean isWritten() {
        return written;
    }
}
