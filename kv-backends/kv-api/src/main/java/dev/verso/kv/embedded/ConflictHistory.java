package dev.verso.kv.embedded;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;

/** What the commits within the window wrote. Guarded by the engine's lock. */
final class ConflictHistory {
    private record Committed(long version, long micros, List<KeyRange> written) {}

    private final ArrayDeque<Committed> commits = new ArrayDeque<>();
    private long floor;

    ConflictHistory(long version) {
        floor = version;
    }

    /** Transactions that read at this version or later can be checked. */
    long floor() {
        return floor;
    }

    void add(long version, long micros, List<KeyRange> written) {
        commits.addLast(new Committed(version, micros, written));
    }

    /** True if a commit after {@code readVersion} wrote into one of the ranges. */
    boolean conflicts(long readVersion, List<KeyRange> read) {
        for (Iterator<Committed> newestFirst = commits.descendingIterator(); newestFirst.hasNext(); ) {
            Committed commit = newestFirst.next();
            if (commit.version <= readVersion) {
                return false;
            }
            if (KeyRange.overlap(read, commit.written)) {
                return true;
            }
        }
        return false;
    }

    /** Forgets commits made before {@code micros}. */
    void forgetBefore(long micros) {
        while (!commits.isEmpty() && commits.peekFirst().micros < micros) {
            floor = commits.removeFirst().version;
        }
    }
}
