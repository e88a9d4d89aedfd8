package dev.verso.btree;

import java.util.Arrays;

/**
 * Ranges of rowids that a transaction has read in one tree. Past a number of ranges the smallest gaps between them are closed: then it
 * counts as having read more than it did.
 */
final class RowidRanges {
    private static final int MOST = 2_048;

    private long[] first = new long[4];
    private long[] last = new long[4];
    private int count;
    private boolean isSorted = true;

    boolean isEmpty() {
        return count == 0;
    }

    void add(long from, long to) {
        if (count > 0) {
            int top = count - 1;
            boolean touches = (last[top] == Long.MAX_VALUE || from <= last[top] + 1)
                    && (first[top] == Long.MIN_VALUE || to >= first[top] - 1);
            if (touches) {
                isSorted &= from >= first[top];
                first[top] = Math.min(first[top], from);
                last[top] = Math.max(last[top], to);
                return;
            }
        }
        if (count == first.length) {
            makeRoom();
        }
        isSorted &= count == 0 || from > last[count - 1];
        first[count] = from;
        last[count] = to;
        count++;
    }

    /** True if one of the rowids from the first to the last was read. */
    boolean overlaps(long from, long to) {
        sort();
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            if (last[middle] < from) {
                low = middle + 1;
            } else if (first[middle] > to) {
                high = middle - 1;
            } else {
                return true;
            }
        }
        return false;
    }

    private void makeRoom() {
        sort();
        if (count > MOST / 2) {
            closeGaps();
        }
        if (count > first.length / 2) {
            first = Arrays.copyOf(first, first.length * 2);
            last = Arrays.copyOf(last, last.length * 2);
        }
    }

    /** Sorts, and joins ranges that meet. */
    private void sort() {
        if (isSorted) {
            return;
        }
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        long[] from = first;
        long[] to = last;
        Arrays.sort(order, (a, b) -> Long.compare(from[a], from[b]));
        long[] sortedFirst = new long[first.length];
        long[] sortedLast = new long[last.length];
        int kept = 0;
        for (int i : order) {
            if (kept > 0 && (sortedLast[kept - 1] == Long.MAX_VALUE || from[i] <= sortedLast[kept - 1] + 1)) {
                sortedLast[kept - 1] = Math.max(sortedLast[kept - 1], to[i]);
            } else {
                sortedFirst[kept] = from[i];
                sortedLast[kept++] = to[i];
            }
        }
        first = sortedFirst;
        last = sortedLast;
        count = kept;
        isSorted = true;
    }

    private void closeGaps() {
        long[] gaps = new long[count - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = first[i + 1] - last[i];
        }
        // compared as unsigned: a gap may be longer than the largest long
        long[] ordered = gaps.clone();
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] += Long.MIN_VALUE;
        }
        Arrays.sort(ordered);
        long widest = ordered[ordered.length / 2];
        int kept = 1;
        for (int i = 1; i < count; i++) {
            if (gaps[i - 1] + Long.MIN_VALUE <= widest) {
                last[kept - 1] = last[i];
            } else {
                first[kept] = first[i];
                last[kept++] = last[i];
            }
        }
        count = kept;
    }
}
