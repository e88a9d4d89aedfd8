package dev.verso.kv.embedded;

import dev.verso.kv.Bytes;
import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The values that recent commits replaced, so that transactions read the past while the map holds the newest state. A commit adds the
 * old value before it edits the map; a reader looks at the map first and here second, and so never misses one.
 *
 * <p>The changes of a key are a chain from the newest to the oldest. The oldest goes first, so that a chain is only ever cut at its end.
 */
final class OldValues {
    /** The value that a key had until {@code version}. */
    static final class Change {
        private final byte[] key;
        private final long version;
        private final byte[] value;
        private volatile Change older;
        /** Under the engine's lock. */
        private Change newer;

        private Change(byte[] key, long version, byte[] value, Change older) {
            this.key = key;
            this.version = version;
            this.value = value;
            this.older = older;
        }

        /** The value at a version, null for none, or {@link #CURRENT}; for the newest change of a key. */
        byte[] at(long atVersion) {
            byte[] found = CURRENT;
            for (Change change = this; change != null && change.version > atVersion; change = change.older) {
                found = change.value;
            }
            return found;
        }
    }

    /** An answer for "there is none here": the map's value holds. */
    static final byte[] CURRENT = new byte[0];

    private final ConcurrentSkipListMap<byte[], Change> newest = new ConcurrentSkipListMap<>(Bytes::compare);
    private final ArrayDeque<Change> inOrder = new ArrayDeque<>();
    private volatile long floor;

    OldValues(long version) {
        floor = version;
    }

    /** States from this version on can be read. */
    long floor() {
        return floor;
    }

    /** Notes what a key held before {@code version} changes it. Under the engine's lock. */
    void add(byte[] key, byte[] value, long version) {
        Change before = newest.get(key);
        Change change = new Change(key, version, value, before);
        if (before != null) {
            before.newer = change;
        }
        newest.put(key, change);
        inOrder.addLast(change);
    }

    /** The value of the key at a version, null for none, or {@link #CURRENT}. */
    byte[] at(byte[] key, long version) {
        Change change = newest.get(key);
        return change == null ? CURRENT : change.at(version);
    }

    /** The keys of a range that have changed recently, with their newest changes. */
    ConcurrentNavigableMap<byte[], Change> changed(byte[] begin, byte[] end) {
        return newest.subMap(begin, true, end, false);
    }

    /** Forgets what only states before {@code version} need. Under the engine's lock. */
    void forgetBefore(long version) {
        if (version <= floor) {
            return;
        }
        floor = version;
        while (!inOrder.isEmpty() && inOrder.peekFirst().version <= version) {
            Change oldest = inOrder.removeFirst();
            if (oldest.newer == null) {
                newest.remove(oldest.key);
            } else {
                oldest.newer.older = null;
            }
        }
    }
}
