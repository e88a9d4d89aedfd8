package dev.verso.vm;

import dev.verso.record.Collations;
import dev.verso.record.KeyInfo;
import dev.verso.record.RecordView;
import dev.verso.record.SearchKey;
import dev.verso.vm.value.Value;
import java.util.Arrays;

/**
 * Sorts serialized records by their leading columns, stably. Records lie one after the other in chunks of memory; what is sorted are
 * their numbers. Each record has a {@link SortPrefix}, an unsigned 64-bit image of its first column, which decides most comparisons; the
 * rest compare the records themselves. Past the memory limit the sorted records go to a temporary file as a run, and {@link SortMerge}
 * merges the runs at the end.
 *
 * <p>Records handed out stay readable until the sorter is reset if they came from memory; those of a merge until the next one.
 */
final class Sorter {
    private static final int FIRST_CHUNK_BYTES = 8 * 1024;
    private static final int LARGEST_CHUNK_BYTES = 1 << 20;
    private static final int LARGEST_KEPT_CHUNK_BYTES = 64 * 1024;
    private static final int OVERHEAD_BYTES = 24;
    private static final int INSERTION_SORT_RECORDS = 7;
    private static final int SHARPENED_RECORDS = 32;
    private static final int RECORDS_BETWEEN_CHECKS = 10_000;

    private final KeyInfo keyInfo;
    private final long memoryLimit;
    private final TemporaryFiles files;
    /** Throws if the statement is to stop. */
    private final Runnable checkStopped;

    private final SortPrefix prefixes;
    private final SearchKey key = new SearchKey();
    private int keyOf = -1;

    private byte[][] chunks = new byte[4][];
    private int chunkCount;
    private int chunkUsed;
    private long memoryUsed;

    /** Where record i lies: chunk number in the upper half, offset in the lower. */
    private long[] places = new long[64];

    private int[] lengths = new int[64];
    private long[] prefix = new long[64];
    private int count;
    /** True while equal prefixes mean equal keys. */
    private boolean prefixDecides;

    private int[] order = new int[0];
    private SortGroups groups;
    private int at = -1;
    private SortMerge merge;

    Sorter(KeyInfo keyInfo, long memoryLimit, TemporaryFiles files, Runnable checkStopped) {
        this.files = files;
        this.checkStopped = checkStopped;
        this.keyInfo = keyInfo;
        this.memoryLimit = memoryLimit;
        prefixes = new SortPrefix(keyInfo);
        prefixDecides = keyInfo.keyColumns() == 1;
    }

    KeyInfo keyInfo() {
        return keyInfo;
    }

    /**
     * Empties the sorter. What chunks hold is not written over, because values may still point into them; the records of the next round go to
     * what is left of the last one, so sorting many small blocks allocates little.
     */
    void reset() {
        byte[] last = chunkCount == 0 ? null : chunks[chunkCount - 1];
        int used = chunkUsed;
        close();
        clearMemory();
        if (last != null && last.length <= LARGEST_KEPT_CHUNK_BYTES) {
            chunks[0] = last;
            chunkCount = 1;
            chunkUsed = used;
        }
        prefixDecides = keyInfo.keyColumns() == 1;
    }

    private void clearMemory() {
        Arrays.fill(chunks, 0, chunkCount, null);
        chunkCount = 0;
        chunkUsed = 0;
        memoryUsed = 0;
        count = 0;
        at = -1;
        keyOf = -1;
    }

    void close() {
        if (merge != null) {
            merge.close();
            merge = null;
        }
    }

    /** Adds a copy of the record. */
    void add(byte[] record, int offset, int length) {
        if (memoryUsed > memoryLimit && count > 0) {
            spill();
        }
        if (chunkCount == 0 || chunkUsed + length > chunks[chunkCount - 1].length) {
            newChunk(length);
        }
        System.arraycopy(record, offset, chunks[chunkCount - 1], chunkUsed, length);
        if (count == places.length) {
            places = Arrays.copyOf(places, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
            prefix = Arrays.copyOf(prefix, count * 2);
        }
        places[count] = (long) (chunkCount - 1) << 32 | chunkUsed;
        lengths[count] = length;
        prefix[count] = prefixes.of(record, offset, length);
        prefixDecides &= prefixes.wasExact();
        count++;
        chunkUsed += length;
        memoryUsed += length + OVERHEAD_BYTES;
    }

    private void newChunk(int atLeast) {
        int size = FIRST_CHUNK_BYTES;
        if (chunkCount > 0) {
            size = Math.min(LARGEST_CHUNK_BYTES, chunks[chunkCount - 1].length * 2);
        }
        if (chunkCount == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunkCount * 2);
        }
        chunks[chunkCount++] = new byte[Math.max(size, atLeast)];
        chunkUsed = 0;
    }

    private void spill() {
        sortMemory();
        if (merge == null) {
            merge = new SortMerge(keyInfo, memoryLimit, files);
        }
        merge.beginRun();
        for (int i = 0; i < count; i++) {
            int record = order[i];
            merge.write(chunks[(int) (places[record] >>> 32)], (int) places[record], lengths[record]);
        }
        merge.endRun();
        clearMemory();
    }

    /** Sorts and moves to the first record; false if there is none. */
    boolean rewind() {
        if (merge != null) {
            if (count > 0) {
                spill();
            }
            return merge.start();
        }
        if (count == 0) {
            return false;
        }
        sortMemory();
        at = 0;
        return true;
    }

    boolean next() {
        if (merge != null) {
            return merge.next();
        }
        if (at + 1 >= count) {
            return false;
        }
        at++;
        return true;
    }

    /** Sets the value to the current record. */
    void read(Value out) {
        if (merge != null) {
            out.setBlobCopy(merge.bytes(), merge.offset(), merge.length());
        } else {
            int record = order[at];
            out.setBlob(chunks[(int) (places[record] >>> 32)], (int) places[record], lengths[record]);
        }
    }

    /** Lays the view over the current record. */
    RecordView view(RecordView view) {
        if (merge != null) {
            return view.wrap(merge.bytes(), merge.offset(), merge.length(), merge.length(), null, true);
        }
        int record = order[at];
        return view.wrap(chunks[(int) (places[record] >>> 32)], (int) places[record], lengths[record]);
    }

    /** True if the given record differs from the current one in its first columns, or has a NULL there. */
    boolean differs(byte[] record, int offset, int length, int columns) {
        RecordView view = new RecordView().wrap(record, offset, length);
        for (int i = 0; i < columns; i++) {
            if (!view.hasColumn(i) || view.serialType(i) == 0) {
                return true;
            }
        }
        keyOf = -1;
        if (merge != null) {
            key.wrap(keyInfo, merge.bytes(), merge.offset(), merge.length(), columns, 0);
        } else {
            int current = order[at];
            key.wrap(
                    keyInfo,
                    chunks[(int) (places[current] >>> 32)],
                    (int) places[current],
                    lengths[current],
                    columns,
                    0);
        }
        return key.compareEntry(record, offset, length) != 0;
    }

    // ---- sorting in memory: a stable merge sort of record numbers

    private void sortMemory() {
        if (order.length < count) {
            order = new int[Math.max(count, 64)];
        }
        if (count >= SortGroups.WORTHWHILE_RECORDS && sortGroups()) {
            return;
        }
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        if (!prefixDecides && count >= SHARPENED_RECORDS) {
            sharpenPrefixes();
        }
        keyOf = -1;
        int[] other = new int[count];
        System.arraycopy(order, 0, other, 0, count);
        sort(other, order, 0, count);
    }

    /** Where many records have the same key, sorts one of each and puts the others where it went; false if there are few such. */
    private boolean sortGroups() {
        if (groups == null) {
            groups = new SortGroups(keyInfo.keyColumns());
        }
        if (!groups.find(chunks, places, lengths, count)) {
            return false;
        }
        int groupCount = groups.count();
        int[] firsts = Arrays.copyOf(groups.firsts(), groupCount);
        int[] sorted = firsts.clone();
        keyOf = -1;
        sort(firsts, sorted, 0, groupCount);
        // Groups whose keys are equal though their bytes differ share one place: their records keep the order they came
        // in.
        int[] groupOf = groups.groupOf();
        int[] starts = new int[groupCount + 1];
        int[] rankOf = new int[groupCount];
        int rank = -1;
        for (int i = 0; i < groupCount; i++) {
            if (i == 0 || compare(sorted[i - 1], sorted[i]) != 0) {
                rank++;
            }
            rankOf[groupOf[sorted[i]]] = rank;
        }
        for (int i = 0; i < count; i++) {
            starts[rankOf[groupOf[i]] + 1]++;
        }
        for (int i = 1; i <= rank; i++) {
            starts[i] += starts[i - 1];
        }
        for (int i = 0; i < count; i++) {
            order[starts[rankOf[groupOf[i]]]++] = i;
        }
        return true;
    }

    /** Where all keys are texts that begin alike, prefixes are made of what comes after that: they tell more of them apart. */
    private void sharpenPrefixes() {
        if (!prefixes.beginCommon(chunks[(int) (places[0] >>> 32)], (int) places[0], lengths[0])) {
            return;
        }
        for (int i = 1; i < count; i++) {
            if (prefixes.common(chunks[(int) (places[i] >>> 32)], (int) places[i], lengths[i]) == 0) {
                return;
            }
        }
        boolean exact = true;
        for (int i = 0; i < count; i++) {
            prefix[i] = prefixes.afterCommon(chunks[(int) (places[i] >>> 32)], (int) places[i], lengths[i]);
            exact &= prefixes.wasExact();
        }
        prefixDecides = exact && keyInfo.keyColumns() == 1;
    }

    /** Sorts {@code from} to {@code to} of {@code target}; {@code source} has the same numbers there. */
    private void sort(int[] source, int[] target, int from, int to) {
        if (to - from <= INSERTION_SORT_RECORDS) {
            for (int i = from + 1; i < to; i++) {
                int record = target[i];
                int j = i - 1;
                while (j >= from && compare(target[j], record) > 0) {
                    target[j + 1] = target[j];
                    j--;
                }
                target[j + 1] = record;
            }
            return;
        }
        if (to - from > RECORDS_BETWEEN_CHECKS) {
            checkStopped.run();
        }
        int middle = from + to >>> 1;
        sort(target, source, from, middle);
        sort(target, source, middle, to);
        if (compare(source[middle - 1], source[middle]) <= 0) {
            System.arraycopy(source, from, target, from, to - from);
            return;
        }
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            if (right >= to || left < middle && compare(source[left], source[right]) <= 0) {
                target[i] = source[left++];
            } else {
                target[i] = source[right++];
            }
        }
    }

    private int compare(int left, int right) {
        long a = prefix[left];
        long b = prefix[right];
        if (a != b) {
            return Long.compareUnsigned(a, b);
        }
        if (prefixDecides) {
            return 0;
        }
        if (keyOf != right) {
            key.wrap(
                    keyInfo,
                    chunks[(int) (places[right] >>> 32)],
                    (int) places[right],
                    lengths[right],
                    keyInfo.keyColumns(),
                    0);
            keyOf = right;
        }
        return key.compareEntry(chunks[(int) (places[left] >>> 32)], (int) places[left], lengths[left]);
    }

    static boolean isBinary(dev.verso.record.Collation collation) {
        return collation == null || collation == Collations.BINARY;
    }
}
