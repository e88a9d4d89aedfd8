package dev.verso.kv.embedded;

import dev.verso.kv.Bytes;
import dev.verso.kv.KvException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The active watches of an engine, by key. */
final class Watches {
    private final TreeMap<byte[], List<EmbeddedWatch>> byKey = new TreeMap<>(Bytes::compare);

    synchronized void add(EmbeddedWatch watch) {
        List<EmbeddedWatch> same = byKey.computeIfAbsent(watch.key(), key -> new ArrayList<>());
        same.removeIf(EmbeddedWatch::isOver);
        same.add(watch);
    }

    /** Moves the watches of a key that changes into {@code fired}. */
    synchronized void take(byte[] key, List<EmbeddedWatch> fired) {
        if (byKey.isEmpty()) {
            return;
        }
        List<EmbeddedWatch> same = byKey.remove(key);
        if (same != null) {
            fired.addAll(same);
        }
    }

    synchronized void failAll(KvException reason) {
        byKey.values().forEach(same -> same.forEach(watch -> watch.fail(reason)));
        byKey.clear();
    }
}
