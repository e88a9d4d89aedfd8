package dev.verso.kv.pages;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest commits of a namespace, as far back as this JVM has heard of all of them, and the snapshot after the last: what lets a commit
 * be checked against those before it without asking the store. Thread-safe; never waits.
 */
final class RecentCommits {
    private static final int MOST = 512;

    /** A commit that the log has. */
    record Logged(long version, LogEntry entry) {}

    private final ArrayDeque<Logged> commits = new ArrayDeque<>();
    /** All commits after this version are known. */
    private long knownSince = Long.MAX_VALUE;

    private Snapshot newest;

    /** The newest snapshot that was heard of, or null. */
    synchronized Snapshot newest() {
        return newest;
    }

    /** Nothing is known any more: who sees what depends on who asks, while the namespace is locked. */
    synchronized void forget() {
        commits.clear();
        knownSince = Long.MAX_VALUE;
        newest = null;
    }

    /** The commits after a version, oldest first; null if they are not all known. */
    synchronized List<Logged> after(long version) {
        if (version < knownSince) {
            return null;
        }
        if (newest.version() <= version) {
            return new ArrayList<>();
        }
        List<Logged> found = new ArrayList<>();
        for (Logged each : commits) {
            if (each.version() > version) {
                found.add(each);
            }
        }
        return found;
    }

    /**
     * Adds commits.
     *
     * @param since all commits after this version are among them; -1 if they are not all known
     * @param now the snapshot after them
     */
    synchronized void learn(long since, List<Logged> found, Snapshot now) {
        if (newest != null && now.version() < newest.version()) {
            return;
        }
        boolean joins = newest != null && since >= 0 && since <= newest.version();
        for (Logged each : found) {
            // What a staged transaction changed is not in its entry.
            joins &= each.entry().pageNumbers() != null;
        }
        if (!joins && (newest == null || now.version() > newest.version())) {
            commits.clear();
            knownSince = now.version();
        } else {
            long last = newest.version();
            for (Logged each : found) {
                if (each.version() > last && each.version() <= now.version()) {
                    commits.add(each);
                }
            }
        }
        if (newest == null || now.version() > newest.version() || now.readVersion() >= newest.readVersion()) {
            newest = now;
        }
        while (commits.size() > MOST) {
            knownSince = commits.remove().version();
        }
    }
}
