package dev.verso.kv.pages;

import dev.verso.kv.Versionstamp;
import dev.verso.kv.pages.NamespaceRecord.Base;
import dev.verso.kv.pages.NamespaceRecord.Rollback;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the pages of a namespace's versions are. A version sees its namespace's entries up to its own stamp, but for what rollbacks have
 * passed over, and where it has none, those of the namespace that it was forked from, up to the version it was forked at, and so on:
 * a list of stretches, nearest first. The newest entry of the first stretch that has one is the page. Immutable.
 */
final class Lineage {
    /** The stamp before all stamps. */
    static final Versionstamp START = new Versionstamp(0, 0);

    /**
     * Entries of one namespace from a stamp (inclusive) to another (exclusive), by their keys; entries that were staged count if
     * they were published before {@code end}.
     */
    record Segment(NamespaceKeys keys, Versionstamp from, Versionstamp end) {
        /** The first key of the page's entries. */
        byte[] first(int pageNumber) {
            byte[] page = keys.page(pageNumber);
            return from.equals(START) ? page : NamespaceKeys.stamped(page, from);
        }

        /** The key after the page's last entry. */
        byte[] last(int pageNumber) {
            return NamespaceKeys.stamped(keys.page(pageNumber), end);
        }

        /** The first key of the page's deltas. */
        byte[] firstDelta(int pageNumber) {
            byte[] deltas = keys.deltas(pageNumber);
            return from.equals(START) ? deltas : NamespaceKeys.stamped(deltas, from);
        }

        /** The key after the page's last delta. */
        byte[] lastDelta(int pageNumber) {
            return NamespaceKeys.stamped(keys.deltas(pageNumber), end);
        }

        boolean holds(Versionstamp stamp) {
            return stamp.compareTo(from) >= 0 && stamp.compareTo(end) < 0;
        }
    }

    private final NamespaceKeys keys;
    private final NamespaceRecord record;
    private final VersionNumbers numbers;

    Lineage(NamespaceKeys keys, NamespaceRecord record, VersionNumbers numbers) {
        this.keys = keys;
        this.record = record;
        this.numbers = numbers;
    }

    NamespaceRecord record() {
        return record;
    }

    boolean isLocked() {
        return record.lock() != null;
    }

    /** What the version sees, nearest first. */
    List<Segment> at(long version) {
        List<Segment> segments = new ArrayList<>(1 + record.bases().size());
        ownSegments(numbers.after(version), segments);
        for (Base base : record.bases()) {
            segments.add(new Segment(new NamespaceKeys(base.id()), base.from(), base.end()));
        }
        return segments;
    }

    /** What the version sees of the namespace's own entries. */
    List<Segment> ownAt(long version) {
        List<Segment> segments = new ArrayList<>(1);
        ownSegments(numbers.after(version), segments);
        return segments;
    }

    private void ownSegments(Versionstamp end, List<Segment> to) {
        Versionstamp last = end;
        for (int i = record.rollbacks().size() - 1; i >= 0; i--) {
            Rollback rollback = record.rollbacks().get(i);
            if (rollback.at().compareTo(last) < 0) {
                to.add(new Segment(keys, rollback.at(), last));
                Versionstamp target = numbers.after(rollback.target());
                last = target.compareTo(rollback.at()) < 0 ? target : rollback.at();
            }
        }
        to.add(new Segment(keys, START, last));
    }
}
