package dev.verso.btree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.BusyHandler;
import dev.verso.pager.CommitSet;
import dev.verso.pager.PageStore;
import dev.verso.pager.Pager;
import dev.verso.pager.StoreSession;
import dev.verso.pager.memory.MemoryStore;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What differs between two snapshots of a table, against two maps, and what it costs to find out. */
final class TreeDiffTest {
    private static final int PAGE_BYTES = 512;

    private final MemoryStore store = new MemoryStore();
    private final BTree tree = new BTree(new Pager(store));
    private int root;

    private void begin() {
        tree.pageSize(PAGE_BYTES, 0);
        tree.beginWrite(false);
        root = tree.createTree(TreeKind.TABLE);
        commit();
    }

    private void commit() {
        tree.prepareCommit(null);
        tree.finishCommit();
        tree.endRead();
    }

    private static byte[] row(long number, int bytes) {
        byte[] row = new byte[bytes];
        Arrays.fill(row, (byte) number);
        return row;
    }

    private void put(long rowid, byte[] row) {
        try (TableCursor cursor = tree.openTable(root, true)) {
            cursor.seek(rowid);
            cursor.insert(rowid, row, 0, row.length, 0, false);
        }
    }

    private void delete(long rowid) {
        try (TableCursor cursor = tree.openTable(root, true)) {
            if (cursor.seek(rowid)) {
                cursor.delete(false);
            }
        }
    }

    /** A copy of the database as it is, that does not change any more. */
    private MemoryStore copy() {
        MemoryStore copy = new MemoryStore();
        try (StoreSession from = store.newSession();
                StoreSession to = copy.newSession()) {
            from.beginSnapshot(BusyHandler.NONE);
            int count = from.pageCount();
            int[] numbers = new int[count];
            byte[][] images = new byte[count][];
            for (int i = 0; i < count; i++) {
                numbers[i] = i + 1;
                images[i] = from.readPage(i + 1);
            }
            to.pageSize(PAGE_BYTES);
            to.beginSnapshot(BusyHandler.NONE);
            to.beginWrite(false, BusyHandler.NONE);
            to.prepareCommit(new CommitSet(numbers, images, count, new int[0]), null, BusyHandler.NONE);
            to.finishCommit();
            to.endSnapshot();
            from.endSnapshot();
        }
        return copy;
    }

    private static BitSet changed(MemoryStore before, MemoryStore after) {
        BitSet changed = new BitSet();
        try (StoreSession a = before.newSession();
                StoreSession b = after.newSession()) {
            a.beginSnapshot(BusyHandler.NONE);
            b.beginSnapshot(BusyHandler.NONE);
            for (int page = 1; page <= Math.max(a.pageCount(), b.pageCount()); page++) {
                if (page > a.pageCount()
                        || page > b.pageCount()
                        || !Arrays.equals(a.readPage(page), b.readPage(page))) {
                    changed.set(page);
                }
            }
            a.endSnapshot();
            b.endSnapshot();
        }
        return changed;
    }

    private static long[] rowids(PageStore before, PageStore after, int root, BitSet changed) {
        BTree a = new BTree(new Pager(before));
        BTree b = new BTree(new Pager(after));
        a.beginRead();
        b.beginRead();
        long[] found = new TreeDiff(a, b, changed).rowids(root, root);
        a.endRead();
        b.endRead();
        return found;
    }

    @Test
    void randomChangesAreFoundExactly() {
        long seed = Long.getLong("verso.seed", 1L);
        SplittableRandom random = new SplittableRandom(seed);
        begin();
        TreeMap<Long, byte[]> now = new TreeMap<>();
        for (int round = 0; round < 60; round++) {
            TreeMap<Long, byte[]> then = new TreeMap<>(now);
            MemoryStore before = copy();
            tree.beginWrite(false);
            int changes = random.nextInt(4) == 0 ? 300 : 1 + random.nextInt(5);
            for (int i = 0; i < changes; i++) {
                long rowid = 1 + random.nextInt(400);
                if (random.nextInt(3) == 0) {
                    delete(rowid);
                    now.remove(rowid);
                } else {
                    int bytes = now.containsKey(rowid) && random.nextBoolean()
                            ? now.get(rowid).length
                            : 1 + random.nextInt(random.nextInt(5) == 0 ? 3_000 : 60);
                    byte[] row = row(random.nextInt(), bytes);
                    if (now.containsKey(rowid) && random.nextBoolean()) {
                        // Only the end differs, which lies on an overflow page.
                        row = now.get(rowid).clone();
                        row[row.length - 1]++;
                    }
                    put(rowid, row);
                    now.put(rowid, row);
                }
            }
            commit();
            TreeSet<Long> expected = new TreeSet<>();
            then.forEach((rowid, row) -> {
                if (!Arrays.equals(row, now.get(rowid))) {
                    expected.add(rowid);
                }
            });
            now.keySet().stream().filter(rowid -> !then.containsKey(rowid)).forEach(expected::add);
            MemoryStore after = copy();
            assertThat(rowids(before, after, root, changed(before, after)))
                    .as("round %d, replay with -Dverso.seed=%d", round, seed)
                    .containsExactly(
                            expected.stream().mapToLong(Long::longValue).toArray());
            assertThat(rowids(before, after, root, null))
                    .containsExactly(
                            expected.stream().mapToLong(Long::longValue).toArray());
        }
    }

    @Test
    void aRowWhoseOverflowPageWasWrittenOverIsFound() {
        begin();
        tree.beginWrite(false);
        for (int i = 1; i <= 200; i++) {
            put(i, row(i, i == 100 ? 2_000 : 20));
        }
        commit();
        MemoryStore before = copy();
        byte[] row = row(100, 2_000);
        row[1_999] = 1;
        tree.beginWrite(false);
        put(100, row);
        commit();
        MemoryStore after = copy();
        BitSet changed = changed(before, after);
        assertThat(rowids(before, after, root, changed)).containsExactly(100);
    }

    @Test
    void onlyInteriorAndChangedPagesAreRead() {
        begin();
        tree.beginWrite(false);
        for (int i = 1; i <= 20_000; i++) {
            put(i, row(i, 20));
        }
        commit();
        MemoryStore before = copy();
        tree.beginWrite(false);
        put(5_000, row(1, 20));
        delete(15_000);
        commit();
        MemoryStore after = copy();
        BTree a = new BTree(new Pager(before));
        BTree b = new BTree(new Pager(after));
        a.beginRead();
        b.beginRead();
        BitSet changed = changed(before, after);
        TreeDiff diff = new TreeDiff(a, b, changed);
        assertThat(diff.rowids(root, root)).containsExactly(5_000, 15_000);
        int pages = a.pager().pageCount();
        assertThat(pages).isGreaterThan(1_000);
        assertThat(changed.cardinality()).isLessThanOrEqualTo(4);
        assertThat(diff.pagesRead()).as("of %d pages", pages).isLessThan(pages / 20);
        a.endRead();
        b.endRead();
    }
}
