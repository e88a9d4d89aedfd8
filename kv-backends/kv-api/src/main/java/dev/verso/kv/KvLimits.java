package dev.verso.kv;

/**
 * What a store takes.
 *
 * @param keyBytes longest key
 * @param valueBytes longest value
 * @param transactionBytes keys, values and conflict ranges of one transaction together
 * @param windowMillis age up to which a read version can be read and committed at
 */
public record KvLimits(int keyBytes, int valueBytes, long transactionBytes, long windowMillis) {
    /** FoundationDB's. */
    public static final KvLimits FOUNDATIONDB = new KvLimits(10_000, 100_000, 10_000_000, 5_000);
}
