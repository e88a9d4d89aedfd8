package dev.verso.kv.embedded;

import dev.verso.kv.Bytes;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvLimits;
import dev.verso.kv.Versionstamp;

/** What every request of a transaction is checked for before anything is done. */
public final class TransactionChecks {
    private final String store;
    private final KvLimits limits;

    /** @param store what messages call it */
    public TransactionChecks(String store, KvLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    /** @throws KvException TOO_LARGE if the key is too long */
    public void requireKey(byte[] key) {
        if (key.length > limits.keyBytes()) {
            throw tooLarge("a key of " + key.length + " bytes", limits.keyBytes());
        }
        if (key.length > 0 && key[0] == (byte) 0xff) {
            throw new IllegalArgumentException("key " + Bytes.printable(key) + " is outside the range for users");
        }
    }

    /** @throws KvException TOO_LARGE if a value for the key may not have so many bytes */
    public void requireValue(byte[] key, int valueBytes) {
        if (valueBytes > limits.valueBytes()) {
            throw tooLarge("a value of " + valueBytes + " bytes for " + Bytes.printable(key), limits.valueBytes());
        }
    }

    /** @throws KvException TOO_LARGE if a transaction may not have so many bytes */
    public void requireTransaction(long bytes) {
        if (bytes > limits.transactionBytes()) {
            throw tooLarge("a transaction of " + bytes + " bytes", limits.transactionBytes());
        }
    }

    private KvException tooLarge(String what, long limit) {
        return new KvException(KvFailure.TOO_LARGE, what + "; " + store + " takes " + limit);
    }

    public static void requireRange(byte[] begin, byte[] end) {
        if (Bytes.compare(begin, end) > 0) {
            throw new IllegalArgumentException(
                    "range from " + Bytes.printable(begin) + " down to " + Bytes.printable(end));
        }
    }

    /** @throws IllegalArgumentException if the limit of a range read is negative */
    public static void requireLimit(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit " + limit);
        }
    }

    /** @throws IllegalArgumentException if a stamp at that offset does not fit into so many bytes */
    public static void requireStamp(int length, int stampOffset) {
        if (stampOffset < 0 || stampOffset + Versionstamp.BYTES > length) {
            throw new IllegalArgumentException("a versionstamp at " + stampOffset + " in " + length + " bytes");
        }
    }
}
