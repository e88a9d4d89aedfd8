package dev.verso.kv.pages;

import java.time.Instant;
import java.util.List;

/**
 * What there is to know about a namespace without reading its pages.
 *
 * @param id what it is called inside the store, in hexadecimal digits; stays when it is renamed
 * @param newest version that all see; 0 for none
 * @param newestTime when that was made; null for none
 * @param oldest versions before it are gone, but for those that are held; 0 if none are
 * @param base name and version of the namespace that it was forked from, like {@code app@17}; null if it is no fork
 * @param rollbacks how many are still remembered
 * @param lock null if it is not locked
 * @param pins versions that the user keeps
 * @param forks what was forked from it
 * @param leases versions that open snapshots keep
 * @param compressed whole page images are deflated from now on
 * @param schedule when garbage is collected by itself; null for never
 */
public record NamespaceStat(
        String name,
        String id,
        Instant created,
        long newest,
        Instant newestTime,
        int pageCount,
        int pageSizeBytes,
        long oldest,
        Retention retention,
        String base,
        int rollbacks,
        Lock lock,
        List<Pin> pins,
        List<Fork> forks,
        List<Long> leases,
        boolean compressed,
        CollectionSchedule schedule) {

    /**
     * A lock.
     *
     * @param frozen the version that all but the owner see
     * @param until from then on another owner may take over
     */
    public record Lock(String owner, long frozen, Instant since, Instant until) {}

    /** A pinned version. */
    public record Pin(long version, String label) {}

    /** A fork and the version that it began at. */
    public record Fork(String name, long version) {}
}
