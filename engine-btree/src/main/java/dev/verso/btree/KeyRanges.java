package dev.verso.btree;

import dev.verso.record.KeyInfo;
import dev.verso.record.SearchKey;
import java.util.Arrays;

/**
 * Ranges of key records that a transaction has read in one index tree. A bound is a record, of which some leading columns count, and lies
 * before or after all entries that have those; or it is an end of the tree. Past a number of ranges neighbours are joined: then the
 * transaction counts as having read more than it did.
 */
final class KeyRanges {
    private static final int MOST = 1_024;
    private static final int MOST_BYTES = 1 << 18;

    /** Before all entries with those columns, or after them. */
    static final int BEFORE = -1;

    static final int AFTER = 1;

    /** A bound: where its record is, how many columns count, on which side it lies; no columns for an end of the tree. */
    private static final class Bound {
        private final int offset;
        private final int length;
        private final int columns;
        private final int side;

        private Bound(int offset, int length, int columns, int side) {
            this.offset = offset;
            this.length = length;
            this.columns = columns;
            this.side = side;
        }
    }

    private final KeyInfo keyInfo;
    private final SearchKey searchKey = new SearchKey();
    private byte[] arena = new byte[256];
    private int used;
    private Bound[] low = new Bound[4];
    private Bound[] high = new Bound[4];
    private int count;
    private boolean isSorted = true;

    KeyRanges(KeyInfo keyInfo) {
        this.keyInfo = keyInfo;
    }

    KeyInfo keyInfo() {
        return keyInfo;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Adds a range. Bounds with no columns are the tree's ends. */
    void add(
            byte[] from,
            int fromOffset,
            int fromLength,
            int fromColumns,
            byte[] to,
            int toOffset,
            int toLength,
            int toColumns) {
        if (count > 0
                && isLast(low[count - 1], from, fromOffset, fromLength, fromColumns)
                && isLast(high[count - 1], to, toOffset, toLength, toColumns)) {
            return;
        }
        if (count == low.length || used + fromLength + toLength > MOST_BYTES) {
            makeRoom();
        }
        Bound lower = keep(from, fromOffset, fromLength, fromColumns, BEFORE);
        boolean isPoint = from == to && fromOffset == toOffset && fromLength == toLength && fromColumns == toColumns;
        Bound upper = isPoint
                ? new Bound(lower.offset, lower.length, toColumns, AFTER)
                : keep(to, toOffset, toLength, toColumns, AFTER);
        low[count] = lower;
        high[count] = upper;
        count++;
        isSorted = count == 1;
    }

    private boolean isLast(Bound bound, byte[] bytes, int offset, int length, int columns) {
        return bound.columns == columns
                && Arrays.equals(arena, bound.offset, bound.offset + bound.length, bytes, offset, offset + length);
    }

    private Bound keep(byte[] bytes, int offset, int length, int columns, int side) {
        int kept = columns == 0 ? 0 : length;
        if (arena.length - used < kept) {
            arena = Arrays.copyOf(arena, Math.max(arena.length * 2, used + kept));
        }
        System.arraycopy(bytes, offset, arena, used, kept);
        Bound bound = new Bound(used, kept, columns, side);
        used += kept;
        return bound;
    }

    /** True if a key was read, or the gap that it lies in. */
    boolean contains(byte[] key, int offset, int length) {
        sort();
        int from = 0;
        int to = count - 1;
        while (from <= to) {
            int middle = from + to >>> 1;
            if (order(high[middle], key, offset, length) < 0) {
                from = middle + 1;
            } else if (order(low[middle], key, offset, length) > 0) {
                to = middle - 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /** Where a bound lies as seen from a record: before it (negative) or after it. */
    private int order(Bound bound, byte[] key, int offset, int length) {
        if (bound.columns == 0) {
            return bound.side;
        }
        return -searchKey
                .wrap(keyInfo, arena, bound.offset, bound.length, bound.columns, -bound.side)
                .compareEntry(key, offset, length);
    }

    private int order(Bound a, Bound b) {
        if (a.columns == 0 || b.columns == 0) {
            return a.columns == 0 && b.columns == 0
                    ? Integer.compare(a.side, b.side)
                    : a.columns == 0 ? a.side : -b.side;
        }
        int columns = Math.min(a.columns, b.columns);
        int result =
                -searchKey.wrap(keyInfo, arena, a.offset, a.length, columns, 0).compareEntry(arena, b.offset, b.length);
        if (result != 0) {
            return result;
        }
        if (a.columns == b.columns) {
            return Integer.compare(a.side, b.side);
        }
        return a.columns < b.columns ? a.side : -b.side;
    }

    private void makeRoom() {
        sort();
        if (count > MOST / 2 || used > MOST_BYTES / 2) {
            joinNeighbours();
        }
        if (count > low.length / 2) {
            low = Arrays.copyOf(low, low.length * 2);
            high = Arrays.copyOf(high, high.length * 2);
        }
    }

    /** Sorts, and joins ranges that overlap. */
    private void sort() {
        if (isSorted) {
            return;
        }
        Integer[] places = new Integer[count];
        Arrays.setAll(places, i -> i);
        Bound[] from = low;
        Bound[] to = high;
        Arrays.sort(places, (a, b) -> order(from[a], from[b]));
        Bound[] sortedLow = new Bound[low.length];
        Bound[] sortedHigh = new Bound[high.length];
        int kept = 0;
        for (int i : places) {
            if (kept > 0 && order(from[i], sortedHigh[kept - 1]) <= 0) {
                if (order(to[i], sortedHigh[kept - 1]) > 0) {
                    sortedHigh[kept - 1] = to[i];
                }
            } else {
                sortedLow[kept] = from[i];
                sortedHigh[kept++] = to[i];
            }
        }
        low = sortedLow;
        high = sortedHigh;
        count = kept;
        isSorted = true;
    }

    private void joinNeighbours() {
        byte[] old = arena;
        Bound[] oldLow = low;
        Bound[] oldHigh = high;
        int before = count;
        low = new Bound[oldLow.length];
        high = new Bound[oldHigh.length];
        arena = new byte[Math.max(256, used / 2)];
        used = 0;
        count = 0;
        for (int i = 0; i < before; i += 2) {
            Bound from = oldLow[i];
            Bound to = oldHigh[Math.min(i + 1, before - 1)];
            low[count] = keep(old, from.offset, from.length, from.columns, BEFORE);
            high[count++] = keep(old, to.offset, to.length, to.columns, AFTER);
        }
        if (used > MOST_BYTES / 2) {
            // Long keys: all of the tree counts as read.
            low[0] = new Bound(0, 0, 0, BEFORE);
            high[0] = new Bound(0, 0, 0, AFTER);
            count = 1;
            used = 0;
        }
    }
}
