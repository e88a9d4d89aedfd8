package dev.verso.kv;

import java.util.List;

/**
 * One optimistic transaction: reads see the store at one read version plus this transaction's own writes; nothing is visible to
 * others before {@link #commit}, which fails with {@link KvFailure#CONFLICT} if another transaction that committed after the read
 * version wrote into one of this one's read conflict ranges.
 *
 * <p>Reads are answered through {@link Pending}: several that are issued before the first is awaited travel together and count as
 * one round trip, the fetch of the read version included. Failures surface in {@link Pending#await}.
 *
 * <p>Keys begin with a byte below {@code 0xff}. A range is {@code [begin, end)}. What a versionstamped operation writes must not be
 * read in the same transaction. Versionstamped keys are written after all other writes of the transaction.
 */
public interface KvTransaction extends AutoCloseable {
    /** For {@link #getRange}: as many as there are. */
    int UNLIMITED = 0;

    /** The version this transaction reads at: it sees every commit that was acknowledged before the version was fetched. */
    Pending<Long> readVersion();

    /**
     * Reads at a version that an earlier transaction learned (from {@link #readVersion} or a commit) instead of a fresh one. Only
     * before the first read.
     */
    void readVersion(long version);

    /** The value of a key, null where there is none. */
    Pending<byte[]> get(byte[] key, ReadMode mode);

    /**
     * The pairs of a range in key order, or in reverse order.
     *
     * @param limit at most this many pairs, or {@link #UNLIMITED}
     */
    Pending<List<KeyValue>> getRange(byte[] begin, byte[] end, int limit, boolean reverse, ReadMode mode);

    /** Makes the commit fail if someone else writes into the range after the read version. */
    void addReadConflictRange(byte[] begin, byte[] end);

    /** Makes others that read the range fail as if this transaction had written all of it. */
    void addWriteConflictRange(byte[] begin, byte[] end);

    /** Whether writes from now on add the keys that they touch to the write conflict ranges; true at the start. */
    void automaticWriteConflicts(boolean automatic);

    void set(byte[] key, byte[] value);

    void clear(byte[] key);

    void clearRange(byte[] begin, byte[] end);

    /** Changes a value where it is stored, without reading it and so without a read conflict. */
    void mutate(AtomicOp operation, byte[] key, byte[] operand);

    /**
     * Sets a key that holds the commit's versionstamp: its 10 bytes replace those at {@code stampOffset}. The write conflict range
     * covers every key that could come of it.
     */
    void setVersionstampedKey(byte[] key, int stampOffset, byte[] value);

    /** Sets a value that holds the commit's versionstamp: its 10 bytes replace those at {@code stampOffset}. */
    void setVersionstampedValue(byte[] key, byte[] value, int stampOffset);

    /**
     * Watches a key for a value other than the one this transaction sees. Active once the transaction has committed (also one that
     * wrote nothing), and outlives it.
     */
    Watch watch(byte[] key);

    /** Bytes that a commit would count against {@link KvLimits#transactionBytes()}. */
    long approximateBytes();

    /**
     * Commits. A transaction without writes has nothing to check and answers {@link Versionstamp#NONE}. One that has conflict ranges
     * to check and no read version takes one before it is sent: so it conflicts with whatever is committed after an answer to it,
     * even an unknown one. After a failure the transaction is over; the caller begins another.
     */
    Pending<Versionstamp> commit();

    /** Gives the transaction up; does nothing after a commit. */
    @Override
    void close();
}
