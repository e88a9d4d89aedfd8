package dev.verso.kv.pages;

import dev.verso.kv.Versionstamp;
import java.util.ArrayDeque;

/**
 * Commits of this JVM that no snapshot has shown yet: who ends with its commit does not ask what others have committed before it. The images
 * are kept for the cache, which gets them when the log tells of the commit. Thread-safe; never waits.
 */
final class UnseenCommits {
    private static final int MOST = 64;
    private static final long MOST_BYTES = 4 << 20;

    private record Commit(Versionstamp stamp, long version, byte[][] images, long bytes) {}

    private final ArrayDeque<Commit> commits = new ArrayDeque<>();
    private long bytes;
    private long newest = Long.MIN_VALUE;

    /** @param plan one that has all its images */
    synchronized void add(Versionstamp stamp, long version, CommitPlan plan) {
        newest = Math.max(newest, version);
        Commit added = new Commit(stamp, version, plan.images(), CommitPlanner.imageBytes(plan));
        commits.add(added);
        bytes += added.bytes;
        while (commits.size() > MOST || bytes > MOST_BYTES) {
            bytes -= commits.remove().bytes;
        }
    }

    /** Newest version of all that were added; snapshots may show it by now. */
    synchronized long newest() {
        return newest;
    }

    /** The images that a commit wrote, in the order of its page numbers; null if they are not here. */
    synchronized byte[][] images(Versionstamp stamp) {
        for (Commit each : commits) {
            if (each.stamp.equals(stamp)) {
                return each.images;
            }
        }
        return null;
    }

    /** The cache has heard of all versions up to this one. */
    synchronized void seen(long version) {
        if (commits.removeIf(each -> each.version <= version)) {
            bytes = 0;
            commits.forEach(each -> bytes += each.bytes);
        }
    }
}
