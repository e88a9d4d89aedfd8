package dev.verso.kv.pages;

import java.time.Duration;

/**
 * Which versions of a namespace are kept: those that were the newest one at some moment of the last {@link #keepFor}, and the newest
 * {@link #keepVersions}; both null and 0 keep everything. Pinned versions, versions that forks began at and versions that open
 * snapshots read are kept besides.
 *
 * @param keepFor null for no rule about age
 * @param keepVersions 0 for no rule about their number
 */
public record Retention(Duration keepFor, int keepVersions) {
    /** Nothing is ever dropped. */
    public static final Retention EVERYTHING = new Retention(null, 0);

    public Retention {
        if (keepFor != null && keepFor.isNegative() || keepVersions < 0) {
            throw new IllegalArgumentException("a retention is not negative");
        }
    }

    boolean isEverything() {
        return keepFor == null && keepVersions == 0;
    }
}
