package dev.verso.vm;

import java.util.Arrays;

/**
 * A set of rowids. Either filled first and then emptied in order ({@link #takeSmallest}), or tested against batches added before
 * ({@link #test}): the batches are sorted arrays, merged when a new one begins.
 */
final class RowSet {
    private long[] values = new long[16];
    private int count;
    private boolean sorted = true;
    private int taken;
    private long[] earlier = new long[0];
    private int batch;

    void clear() {
        count = 0;
        taken = 0;
        sorted = true;
        earlier = new long[0];
        batch = 0;
    }

    void add(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        if (count > 0 && value < values[count - 1]) {
            sorted = false;
        }
        values[count++] = value;
    }

    boolean isEmpty() {
        sort();
        return taken == count;
    }

    /** The smallest value, once even if it was added more than once. */
    long takeSmallest() {
        sort();
        long value = values[taken++];
        while (taken < count && values[taken] == value) {
            taken++;
        }
        return value;
    }

    private void sort() {
        if (!sorted) {
            Arrays.sort(values, taken, count);
            sorted = true;
        }
    }

    /** True if an earlier batch than this one has the value. */
    boolean test(int currentBatch, long value) {
        if (currentBatch != batch) {
            sort();
            long[] merged = Arrays.copyOf(earlier, earlier.length + count);
            System.arraycopy(values, 0, merged, earlier.length, count);
            Arrays.sort(merged);
            earlier = merged;
            count = 0;
            batch = currentBatch;
        }
        return Arrays.binarySearch(earlier, value) >= 0;
    }
}
