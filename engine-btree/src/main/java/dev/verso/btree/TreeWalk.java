package dev.verso.btree;

import dev.verso.pager.BigEndian;
import dev.verso.pager.Pager;

/** Passes over whole trees: counts and frees. */
final class TreeWalk {
    private static final int PREFETCH_PAGES = 32;

    private final BTree tree;
    private final Pager pager;
    private final int[] prefetchPages = new int[PREFETCH_PAGES];
    private final Cell cell = new Cell();
    private int pagesSeen;

    TreeWalk(BTree tree) {
        this.tree = tree;
        this.pager = tree.pager();
    }

    long count(int rootPage, boolean isTable) {
        pagesSeen = 0;
        return countPage(rootPage, isTable, 0);
    }

    /** Entries on the way to the first leaf, multiplied: SQLite's estimate. */
    long estimate(int rootPage, boolean isTable) {
        pagesSeen = 0;
        long estimate = 1;
        int page = rootPage;
        for (int depth = 0; ; depth++) {
            byte[] image = read(page, isTable, depth);
            int header = PageFormat.headerOffset(page);
            int cells = cellCount(image, page);
            if (PageFormat.isLeaf(image[header])) {
                return estimate * cells;
            }
            estimate *= cells;
            page = child(image, page, 0, cells);
        }
    }

    /** Frees all pages of the tree but the root, which becomes an empty leaf. @return the entries that there were */
    long clear(int rootPage) {
        pagesSeen = 0;
        cell.use(tree.format, pager);
        boolean isTable = PageFormat.isTable(pager.read(rootPage)[PageFormat.headerOffset(rootPage)]);
        long entries = freePage(rootPage, isTable, 0);
        byte[] root = rootPage == 1 || tree.secureDelete() == 0 ? pager.edit(rootPage) : pager.editNew(rootPage);
        PageEditor.clear(root, rootPage, isTable ? PageFormat.TABLE_LEAF : PageFormat.INDEX_LEAF, tree.format);
        return entries;
    }

    private long countPage(int page, boolean isTable, int depth) {
        byte[] image = read(page, isTable, depth);
        int cells = cellCount(image, page);
        if (PageFormat.isLeaf(image[PageFormat.headerOffset(page)])) {
            return cells;
        }
        long sum = isTable ? 0 : cells;
        for (int i = 0; i <= cells; i++) {
            prefetchChildren(image, page, i, cells);
            sum += countPage(child(image, page, i, cells), isTable, depth + 1);
        }
        return sum;
    }

    private long freePage(int page, boolean isTable, int depth) {
        byte[] image = read(page, isTable, depth);
        int kind = image[PageFormat.headerOffset(page)];
        boolean isLeaf = PageFormat.isLeaf(kind);
        int cells = cellCount(image, page);
        long sum = isTable && !isLeaf ? 0 : cells;
        for (int i = 0; i < cells; i++) {
            if (!isLeaf) {
                prefetchChildren(image, page, i, cells);
                sum += freePage(child(image, page, i, cells), isTable, depth + 1);
            }
            if (!isTable || isLeaf) {
                cell.parse(image, page, cellOffset(image, page, i, cells), kind);
                if (cell.overflowPage != 0) {
                    tree.overflow.free(
                            cell.overflowPage, tree.format.overflowPages(cell.payloadBytes, cell.localBytes), page);
                }
            }
        }
        if (!isLeaf) {
            sum += freePage(child(image, page, cells, cells), isTable, depth + 1);
        }
        if (depth > 0) {
            tree.freelist.free(page);
        }
        pager.safePoint();
        return sum;
    }

    /** Asks for the next children of a page together. */
    private void prefetchChildren(byte[] image, int page, int slot, int cells) {
        if (slot % PREFETCH_PAGES == 0) {
            int count = 0;
            for (int i = slot; i <= cells && count < PREFETCH_PAGES; i++) {
                prefetchPages[count++] = child(image, page, i, cells);
            }
            pager.prefetch(prefetchPages, count);
        }
    }

    private byte[] read(int page, boolean isTable, int depth) {
        if (depth >= PageFormat.MAX_DEPTH || depth > 0 && page < 2) {
            throw Corruption.of(page, "the tree is deeper than " + PageFormat.MAX_DEPTH + " pages or leads to page 1");
        }
        if (++pagesSeen > pager.pageCount()) {
            throw Corruption.of(page, "the tree has more pages than the file");
        }
        byte[] image = pager.read(page);
        int kind = image[PageFormat.headerOffset(page)];
        if (!PageFormat.isTreeKind(kind) || PageFormat.isTable(kind) != isTable) {
            throw Corruption.of(page, "kind " + (kind & 0xff) + " does not belong in this tree");
        }
        return image;
    }

    private int cellCount(byte[] image, int page) {
        int header = PageFormat.headerOffset(page);
        int cells = BigEndian.u16(image, header + PageFormat.CELL_COUNT);
        if (header + PageFormat.headerBytes(image[header]) + 2 * cells > tree.format.usableBytes) {
            throw Corruption.of(page, cells + " cells do not fit");
        }
        return cells;
    }

    private int child(byte[] image, int page, int slot, int cells) {
        if (slot == cells) {
            return BigEndian.s32(image, PageFormat.headerOffset(page) + PageFormat.RIGHT_CHILD);
        }
        return BigEndian.s32(image, cellOffset(image, page, slot, cells));
    }

    private int cellOffset(byte[] image, int page, int cellIndex, int cells) {
        int header = PageFormat.headerOffset(page);
        int pointers = header + PageFormat.headerBytes(image[header]);
        int at = BigEndian.u16(image, pointers + 2 * cellIndex);
        if (at < pointers + 2 * cells || at > tree.format.usableBytes - PageFormat.MIN_CELL_BYTES) {
            throw Corruption.cellOffset(page, cellIndex, at, pointers + 2 * cells, tree.format.usableBytes);
        }
        return at;
    }
}
