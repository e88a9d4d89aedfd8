package dev.verso.kv.embedded;

import dev.verso.kv.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The values that recent commits replaced, so that transactions read the past while the map holds the newest state. A commit adds the
 * old value before it edits the map; a reader looks at the map first and here second, and so never misses one.
 */
final class OldValues {
    /** The value that a key had until {@code version}; {@code older} is the change before. */
    private record Replaced(long version, byte[] value, Replaced older) {}

    /** What a commit touched, to be forgotten in order. */
    private record Touched(long version, List<byte[]> keys) {}

    /** An answer for "there is none here": the map's value holds. */
    static final byte[] CURRENT = new byte[0];

    private final ConcurrentSkipListMap<byte[], Replaced> changes = new ConcurrentSkipListMap<>(Bytes::compare);
    private final ArrayDeque<Touched> touched = new ArrayDeque<>();
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
        Replaced before = changes.get(key);
        changes.put(key, new Replaced(version, value, before));
        Touched last = touched.peekLast();
        if (last == null || last.version != version) {
            last = new Touched(version, new ArrayList<>());
            touched.addLast(last);
        }
        last.keys.add(key);
    }

    /** The value of the key at a version, null for none, or {@link #CURRENT}. */
    byte[] at(byte[] key, long version) {
        return at(changes.get(key), version);
    }

    /** The keys of a range that have changed recently. */
    ConcurrentNavigableMap<byte[], Replaced> changed(byte[] begin, byte[] end) {
        return changes.subMap(begin, true, end, false);
    }

    /** The value at a version by an entry of {@link #changed}. */
    static byte[] at(Map.Entry<byte[], ?> change, long version) {
        return at((Replaced) change.getValue(), version);
    }

    private static byte[] at(Replaced newest, long version) {
        byte[] value = CURRENT;
        for (Replaced change = newest; change != null && change.version > version; change = change.older) {
            value = change.value;
        }
        return value;
    }

    /** Forgets what only states before {@code version} need. Under the engine's lock. */
    void forgetBefore(long version) {
        if (version <= floor) {
            return;
        }
        floor = version;
        while (!touched.isEmpty() && touched.peekFirst().version <= version) {
            for (byte[] key : touched.removeFirst().keys) {
                Replaced newest = changes.get(key);
                if (newest == null) {
                    continue;
                }
                Replaced kept = without(newest, version);
                if (kept == null) {
                    changes.remove(key);
                } else if (kept != newest) {
                    changes.put(key, kept);
                }
            }
        }
    }

    /** The chain without changes at or before {@code version}. */
    private static Replaced without(Replaced change, long version) {
        if (change == null || change.version <= version) {
            return null;
        }
        Replaced older = without(change.older, version);
        return older == change.older ? change : new Replaced(change.version, change.value, older);
    }
}
