package dev.verso.kv.foundationdb;

import com.apple.foundationdb.KeyValue;
import dev.verso.kv.foundationdb.DoubledCluster.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a transaction has written, laid over what it reads. What waits for its versionstamp can't be read (accessed_unreadable). */
final class DoubledWrites {
    private record Numbered(int number, DoubledMutation mutation) {}

    private final List<DoubledMutation> all = new ArrayList<>();
    private final TreeMap<byte[], List<Numbered>> byKey = new TreeMap<>(Arrays::compareUnsigned);
    private final List<Numbered> clears = new ArrayList<>();
    private final List<Range> landings = new ArrayList<>();

    List<DoubledMutation> all() {
        return all;
    }

    /** @param readVersion 0 if there is none yet */
    void add(DoubledMutation mutation, long readVersion) {
        Numbered numbered = new Numbered(all.size(), mutation);
        all.add(mutation);
        if (mutation.clears()) {
            clears.add(numbered);
        } else if (mutation.hasStampedKey()) {
            landings.add(mutation.landing(readVersion));
        } else {
            byKey.computeIfAbsent(mutation.key(), key -> new ArrayList<>()).add(numbered);
        }
    }

    private int lastClear(byte[] key) {
        for (int i = clears.size() - 1; i >= 0; i--) {
            DoubledMutation clear = clears.get(i).mutation;
            if (Arrays.compareUnsigned(clear.key(), key) <= 0 && Arrays.compareUnsigned(key, clear.operand()) < 0) {
                return clears.get(i).number;
            }
        }
        return -1;
    }

    /** True if the store's value of the key makes no difference. */
    boolean decides(byte[] key) {
        int cleared = lastClear(key);
        boolean decided = cleared >= 0;
        for (Numbered each : byKey.getOrDefault(key, List.of())) {
            decided |= each.number > cleared && each.mutation.decides();
        }
        return decided;
    }

    boolean touches(Range range) {
        return !byKey.subMap(range.begin(), true, range.end(), false).isEmpty()
                || landings.stream().anyMatch(range::intersects)
                || clears.stream()
                        .anyMatch(each -> range.intersects(new Range(each.mutation.key(), each.mutation.operand())));
    }

    byte[] over(byte[] key, byte[] stored) {
        requireReadable(new Range(key, Arrays.copyOf(key, key.length + 1)));
        int cleared = lastClear(key);
        byte[] value = cleared >= 0 ? null : stored;
        boolean unreadable = false;
        for (Numbered each : byKey.getOrDefault(key, List.of())) {
            if (each.number < cleared) {
                continue;
            }
            if (each.mutation.hasStampedValue()) {
                unreadable = true;
            } else if (each.mutation.decides() || !unreadable) {
                unreadable = false;
                value = each.mutation.apply(value);
            }
        }
        if (unreadable) {
            throw DoubledCluster.error(1036);
        }
        return value;
    }

    void requireReadable(Range range) {
        if (landings.stream().anyMatch(range::intersects)) {
            throw DoubledCluster.error(1036);
        }
    }

    /** The pairs of a range, of which these are stored, in the order asked for. */
    Collection<KeyValue> over(Range range, List<KeyValue> stored, int limit, boolean reverse) {
        NavigableMap<byte[], byte[]> base = new TreeMap<>(Arrays::compareUnsigned);
        stored.forEach(pair -> base.put(pair.getKey(), pair.getValue()));
        NavigableMap<byte[], byte[]> merged = new TreeMap<>(base);
        byKey.subMap(range.begin(), true, range.end(), false).keySet().forEach(key -> merged.putIfAbsent(key, null));
        List<KeyValue> result = new ArrayList<>();
        for (Map.Entry<byte[], byte[]> each : (reverse ? merged.descendingMap() : merged).entrySet()) {
            byte[] value = over(each.getKey(), each.getValue());
            if (value != null) {
                result.add(new KeyValue(each.getKey(), value));
                if (result.size() == limit) {
                    break;
                }
            }
        }
        return result;
    }
}
