package dev.verso.kv.pages;

import java.time.Duration;

/**
 * How to collect garbage.
 *
 * @param dryRun tell what would go, and change nothing
 * @param before drop the history before this version, whatever the retention says; 0 to follow the retention
 * @param minAge what was the newest version within this time stays: somebody may read it who has no lease yet
 * @param abandonedAfter a staged transaction that has not been heard of for so long is given up
 */
public record CollectionOptions(boolean dryRun, long before, Duration minAge, Duration abandonedAfter) {
    /** Follows the retention. */
    public static final CollectionOptions DEFAULTS =
            new CollectionOptions(false, 0, Duration.ofMinutes(1), Duration.ofHours(1));

    public CollectionOptions withDryRun(boolean dry) {
        return new CollectionOptions(dry, before, minAge, abandonedAfter);
    }

    public CollectionOptions withBefore(long version) {
        return new CollectionOptions(dryRun, version, minAge, abandonedAfter);
    }

    public CollectionOptions withMinAge(Duration age) {
        return new CollectionOptions(dryRun, before, age, abandonedAfter);
    }

    public CollectionOptions withAbandonedAfter(Duration age) {
        return new CollectionOptions(dryRun, before, minAge, age);
    }
}
