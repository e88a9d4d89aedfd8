package dev.verso.kv.pages;

/**
 * What a session reads.
 *
 * @param version newest commit it sees; 0 for an empty namespace
 * @param micros when that commit was made
 * @param pageCount 0 for an empty namespace
 * @param pageSizeBytes 0 for an empty namespace
 * @param readVersion a read version of the store at which nothing of the namespace is newer
 * @param takenMicros when the read version was fetched
 * @param lineage where its pages are
 */
record Snapshot(
        long version,
        long micros,
        int pageCount,
        int pageSizeBytes,
        long readVersion,
        long takenMicros,
        Lineage lineage) {
    /** As the time at which the read version was fetched: it is too old for conflict ranges. */
    static final long TAKEN_LONG_AGO = Long.MIN_VALUE / 2;

    /** The same, known to be the newest at another time. */
    Snapshot takenAt(long micros) {
        return new Snapshot(version, micros(), pageCount, pageSizeBytes, readVersion, micros, lineage);
    }
}
