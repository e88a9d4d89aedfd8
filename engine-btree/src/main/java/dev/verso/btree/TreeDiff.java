package dev.verso.btree;

import dev.verso.pager.BigEndian;
import dev.verso.pager.Pager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the rows in which a tree differs between two snapshots of one database, by reading its interior pages, which tell where its
 * leaves are, and of the leaves only those that changed: a leaf that is in both trees under the same number and did not change has the same
 * rows in both. An interior page that did not change is read once.
 *
 * <p>An update may write over a row's overflow pages and leave its leaf as it was. Where pages changed that may be such, and no changed row
 * explains them, all leaves are compared.
 */
public final class TreeDiff {
    /** From so many pages on, the first byte of an overflow page may look like the kind of a tree page. */
    private static final int LARGE_PAGE_COUNT = 0x02000000;

    private static final int FIRST_TRUNK = 32;

    private final BTree older;
    private final BTree newer;
    /** The pages that may differ, or null if any may. */
    private final BitSet changed;

    private final BitSet explained = new BitSet();
    private final BitSet readOfOlder = new BitSet();
    private final BitSet readOfNewer = new BitSet();

    /** @param changed every page that differs between the two, or null if that is not known */
    public TreeDiff(BTree older, BTree newer, BitSet changed) {
        this.older = older;
        this.newer = newer;
        this.changed = changed;
    }

    /** How many pages were looked at so far; one that was looked at in both snapshots counts twice. */
    public int pagesRead() {
        return readOfOlder.cardinality() + readOfNewer.cardinality();
    }

    /** The rowids, ascending, of the rows that one table lacks or that differ. A root page of 0 stands for no table. */
    public long[] rowids(int olderRoot, int newerRoot) {
        Side before = new Side(older, olderRoot);
        Side after = new Side(newer, newerRoot);
        long[] found = rowids(before, after, changed);
        return isExplained(before, after) ? found : rowids(before, after, null);
    }

    /** The records that one of two trees of records has and the other has not. */
    public List<byte[]> records(int olderRoot, int newerRoot) {
        Side before = new Side(older, olderRoot);
        Side after = new Side(newer, newerRoot);
        List<byte[]> found = records(before, after, changed);
        return isExplained(before, after) ? found : records(before, after, null);
    }

    private long[] rowids(Side before, Side after, BitSet differing) {
        Map<Long, byte[]> rows = new HashMap<>();
        Set<Integer> same = unchanged(before, after, differing);
        before.rows(same, (rowid, payload) -> rows.put(rowid, payload));
        List<Long> found = new ArrayList<>();
        after.rows(same, (rowid, payload) -> {
            byte[] old = rows.remove(rowid);
            if (old == null || !Arrays.equals(old, payload)) {
                found.add(rowid);
            }
        });
        found.addAll(rows.keySet());
        return found.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private List<byte[]> records(Side before, Side after, BitSet differing) {
        Map<Content, byte[]> rows = new HashMap<>();
        Set<Integer> same = unchanged(before, after, differing);
        before.rows(same, (rowid, payload) -> rows.put(new Content(payload), payload));
        List<byte[]> found = new ArrayList<>();
        after.rows(same, (rowid, payload) -> {
            if (rows.remove(new Content(payload)) == null) {
                found.add(payload);
            }
        });
        found.addAll(rows.values());
        return found;
    }

    /** Bytes that are equal by content. */
    private record Content(byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Content content && Arrays.equals(bytes, content.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /** Pages with rows that both trees have and that did not change. */
    private static Set<Integer> unchanged(Side before, Side after, BitSet differing) {
        Set<Integer> same = new HashSet<>();
        if (differing != null) {
            same.addAll(before.pages);
            same.retainAll(new HashSet<>(after.pages));
            same.removeIf(differing::get);
        }
        return same;
    }

    /** True if no changed page may be an overflow page of a row that was not compared. */
    private boolean isExplained(Side before, Side after) {
        if (changed == null) {
            return true;
        }
        if (Math.max(older.pager().pageCount(), newer.pager().pageCount()) >= LARGE_PAGE_COUNT) {
            return false;
        }
        for (int page = changed.nextSetBit(2); page >= 0; page = changed.nextSetBit(page + 1)) {
            explainChains(before, page);
            explainChains(after, page);
        }
        for (int page = changed.nextSetBit(2); page >= 0; page = changed.nextSetBit(page + 1)) {
            if (!explained.get(page) && before.mayBeOverflow(page) && after.mayBeOverflow(page)) {
                return false;
            }
        }
        return true;
    }

    /** A changed page of another tree explains the overflow pages of its rows as well as one of ours does. */
    private void explainChains(Side side, int page) {
        if (page <= side.pager.pageCount() && !explained.get(page) && !side.isFree(page)) {
            byte[] image = side.read(page);
            if (side.isMapPage(page)) {
                explained.set(page);
            } else if (PageFormat.isTreeKind(image[0])) {
                explained.set(page);
                if (image[0] != PageFormat.TABLE_INTERIOR) {
                    side.eachCell(page, image, cell -> side.payload(image, cell));
                }
            }
        }
    }

    private interface Row {
        void at(long rowid, byte[] payload);
    }

    private interface CellUse {
        void at(Cell cell);
    }

    /** One of the two trees. */
    private final class Side {
        private final BTree tree;
        private final Pager pager;
        /** The pages that have rows: leaves, and interior pages of a tree of records. */
        private final List<Integer> pages = new ArrayList<>();

        private final Cell cell = new Cell();
        private BitSet free;

        private Side(BTree tree, int rootPage) {
            this.tree = tree;
            pager = tree.pager();
            cell.use(tree.format, pager);
            if (rootPage > 0) {
                add(rootPage, 0, depth(rootPage));
            }
        }

        /** A page that is the same in both is read from the older one, so that it is read once. */
        private byte[] read(int page) {
            boolean same = changed != null
                    && !changed.get(page)
                    && page <= older.pager().pageCount();
            (same || tree == older ? readOfOlder : readOfNewer).set(page);
            return same ? older.pager().read(page) : pager.read(page);
        }

        private int depth(int rootPage) {
            int depth = 0;
            int page = rootPage;
            byte[] image = read(page);
            while (!PageFormat.isLeaf(kind(page, image))) {
                if (++depth >= PageFormat.MAX_DEPTH) {
                    throw Corruption.of(page, "the tree is deeper than " + PageFormat.MAX_DEPTH + " pages");
                }
                page = child(page, image, cellCount(page, image));
                image = read(page);
            }
            return depth;
        }

        private int kind(int page, byte[] image) {
            int kind = image[PageFormat.headerOffset(page)];
            if (!PageFormat.isTreeKind(kind)) {
                throw Corruption.of(page, "kind " + (kind & 0xff) + " does not belong in a tree");
            }
            return kind;
        }

        private void add(int page, int level, int leafLevel) {
            if (level == leafLevel) {
                pages.add(page);
                return;
            }
            byte[] image = read(page);
            int kind = kind(page, image);
            if (PageFormat.isLeaf(kind)) {
                throw Corruption.of(page, "a leaf is nearer to the root than others");
            }
            if (kind == PageFormat.INDEX_INTERIOR) {
                pages.add(page);
            }
            if (pages.size() > pager.pageCount()) {
                throw Corruption.of(page, "the tree has more pages than the file");
            }
            int cells = cellCount(page, image);
            for (int i = 0; i <= cells; i++) {
                add(child(page, image, i), level + 1, leafLevel);
            }
        }

        private int cellCount(int page, byte[] image) {
            int header = PageFormat.headerOffset(page);
            int cells = BigEndian.u16(image, header + PageFormat.CELL_COUNT);
            if (header + PageFormat.headerBytes(image[header]) + 2 * cells > tree.format.usableBytes) {
                throw Corruption.of(page, cells + " cells do not fit");
            }
            return cells;
        }

        private int child(int page, byte[] image, int slot) {
            int cells = cellCount(page, image);
            int child = slot == cells
                    ? BigEndian.s32(image, PageFormat.headerOffset(page) + PageFormat.RIGHT_CHILD)
                    : BigEndian.s32(image, cellOffset(page, image, slot, cells));
            if (child < 2 || child > pager.pageCount()) {
                throw Corruption.of(page, "child " + child + " of " + pager.pageCount() + " pages");
            }
            return child;
        }

        private int cellOffset(int page, byte[] image, int cellIndex, int cells) {
            int header = PageFormat.headerOffset(page);
            int pointers = header + PageFormat.headerBytes(image[header]);
            int at = BigEndian.u16(image, pointers + 2 * cellIndex);
            if (at < pointers + 2 * cells || at > tree.format.usableBytes - PageFormat.MIN_CELL_BYTES) {
                throw Corruption.cellOffset(page, cellIndex, at, pointers + 2 * cells, tree.format.usableBytes);
            }
            return at;
        }

        private void eachCell(int page, byte[] image, CellUse use) {
            int kind = kind(page, image);
            int cells = cellCount(page, image);
            for (int i = 0; i < cells; i++) {
                cell.parse(image, page, cellOffset(page, image, i, cells), kind);
                use.at(cell);
            }
        }

        /** Hands over all rows but those on certain pages. */
        private void rows(Set<Integer> without, Row use) {
            for (int page : pages) {
                if (!without.contains(page)) {
                    byte[] image = read(page);
                    explained.set(page);
                    eachCell(page, image, each -> use.at(each.rowid, payload(image, each)));
                }
            }
        }

        /** The whole payload; its overflow pages are explained. */
        private byte[] payload(byte[] image, Cell each) {
            byte[] payload = Arrays.copyOfRange(image, each.payloadAt, each.payloadAt + each.payloadBytes);
            Arrays.fill(payload, each.localBytes, payload.length, (byte) 0);
            int page = each.overflowPage;
            int at = each.localBytes;
            while (at < payload.length) {
                if (page < 2 || page > pager.pageCount()) {
                    throw Corruption.of(page, "an overflow chain leads to page " + page);
                }
                explained.set(page);
                byte[] part = read(page);
                int bytes = Math.min(payload.length - at, tree.format.usableBytes - 4);
                System.arraycopy(part, 4, payload, at, bytes);
                at += bytes;
                page = BigEndian.s32(part, 0);
            }
            return payload;
        }

        /** No page of a tree, so one of a chain perhaps; the first byte belongs to a page number there. */
        private boolean mayBeOverflow(int page) {
            return page <= pager.pageCount() && !isFree(page) && !PageFormat.isTreeKind(read(page)[0]);
        }

        private boolean isMapPage(int page) {
            return tree.hasPointerMap() && tree.format.isMapPage(page);
        }

        /** Free pages keep what was on them, which means nothing. */
        private boolean isFree(int page) {
            if (free == null) {
                free = new BitSet();
                int trunk = BigEndian.s32(pager.read(1), FIRST_TRUNK);
                while (trunk > 1 && trunk <= pager.pageCount() && !free.get(trunk)) {
                    free.set(trunk);
                    byte[] image = pager.read(trunk);
                    int leaves = Math.min(BigEndian.s32(image, 4), tree.format.usableBytes / 4 - 2);
                    for (int i = 0; i < leaves; i++) {
                        free.set(Math.max(0, BigEndian.s32(image, 8 + 4 * i)));
                    }
                    trunk = BigEndian.s32(image, 0);
                }
            }
            return free.get(page);
        }
    }
}
