package dev.verso.kv.pages;

import dev.verso.kv.KvFeature;
import dev.verso.kv.KvStore;
import dev.verso.kv.Versionstamp;

/**
 * Versions as users see them, one {@code long} each, and the stamps in the store. Where every commit has a store version of its own,
 * that is the number. Where commits can share one (FoundationDB commits in batches), the order within follows in the low 12 bits;
 * commits beyond the 4,095th of a batch share a number, and so are always seen together.
 */
final class VersionNumbers {
    private static final int ORDER_BITS = 12;
    private static final int LAST_ORDER = (1 << ORDER_BITS) - 1;

    private final int orderBits;

    VersionNumbers(KvStore store) {
        orderBits = store.supports(KvFeature.SHARED_VERSIONS) ? ORDER_BITS : 0;
    }

    /** True if commits can share a version of the store: then one of the same version may follow a commit. */
    boolean areShared() {
        return orderBits != 0;
    }

    long number(Versionstamp stamp) {
        return orderBits == 0 ? stamp.version() : stamp.version() << ORDER_BITS | Math.min(stamp.order(), LAST_ORDER);
    }

    /** The largest number of all that a read version of the store shows. */
    long shownBy(long readVersion) {
        return orderBits == 0 ? readVersion : readVersion << ORDER_BITS | LAST_ORDER;
    }

    /** True if no other commit can have this stamp's number. */
    boolean isOwn(Versionstamp stamp) {
        return orderBits == 0 || stamp.order() < LAST_ORDER;
    }

    /** The number that {@link #after} made a stamp of. */
    long before(Versionstamp after) {
        if (orderBits == 0) {
            return after.version() - 1;
        }
        return after.order() == 0
                ? after.version() - 1 << ORDER_BITS | LAST_ORDER
                : after.version() << ORDER_BITS | after.order() - 1;
    }

    /** The first stamp after all that have this number. */
    Versionstamp after(long number) {
        if (orderBits == 0) {
            return new Versionstamp(number + 1, 0);
        }
        long version = number >>> ORDER_BITS;
        int order = (int) number & LAST_ORDER;
        return order == LAST_ORDER ? new Versionstamp(version + 1, 0) : new Versionstamp(version, order + 1);
    }
}
