package dev.verso.pager.memory;

import java.util.Arrays;

/**
 * Pages of one version, by number: a two-level array that is never changed once published. A writer works on a {@link #fork}, which
 * copies a second-level array when it first changes it.
 */
final class PageTable {
    private static final int LEAF_BITS = 8;
    private static final int LEAF_SIZE = 1 << LEAF_BITS;
    private static final byte[][] NO_PAGES = new byte[LEAF_SIZE][];

    final long version;
    final int pageSizeBytes;
    final int pageCount;
    private byte[][][] leaves;
    /** Which leaves this fork may change; null once published. */
    private boolean[] owned;

    private PageTable(long version, int pageSizeBytes, int pageCount, byte[][][] leaves, boolean[] owned) {
        this.version = version;
        this.pageSizeBytes = pageSizeBytes;
        this.pageCount = pageCount;
        this.leaves = leaves;
        this.owned = owned;
    }

    static PageTable empty(int pageSizeBytes) {
        return new PageTable(1, pageSizeBytes, 0, new byte[0][][], null);
    }

    PageTable fork(int pageSizeBytes) {
        return new PageTable(version, pageSizeBytes, pageCount, leaves.clone(), new boolean[leaves.length]);
    }

    /** Ends a fork: the pages up to {@code newPageCount} become the next version. */
    PageTable published(int newPageCount) {
        int leafCount = (newPageCount + LEAF_SIZE - 1) >>> LEAF_BITS;
        int used = newPageCount & LEAF_SIZE - 1;
        if (leafCount > 0 && used != 0) {
            for (int column = used; column < LEAF_SIZE; column++) {
                if (leaf(leafCount - 1)[column] != null) {
                    ownLeaf(leafCount - 1)[column] = null;
                }
            }
        }
        owned = null;
        return new PageTable(version + 1, pageSizeBytes, newPageCount, Arrays.copyOf(leaves, leafCount), null);
    }

    /** The page's image, or null if it was never written. */
    byte[] get(int pageNumber) {
        return leaf(pageNumber - 1 >>> LEAF_BITS)[pageNumber - 1 & LEAF_SIZE - 1];
    }

    void set(int pageNumber, byte[] image) {
        ownLeaf(pageNumber - 1 >>> LEAF_BITS)[pageNumber - 1 & LEAF_SIZE - 1] = image;
    }

    private byte[][] leaf(int row) {
        return row < leaves.length && leaves[row] != null ? leaves[row] : NO_PAGES;
    }

    private byte[][] ownLeaf(int row) {
        assert owned != null : "a published table does not change";
        if (row >= leaves.length) {
            int rows = Math.max(row + 1, leaves.length * 2);
            leaves = Arrays.copyOf(leaves, rows);
            owned = Arrays.copyOf(owned, rows);
        }
        if (!owned[row]) {
            leaves[row] = leaves[row] == null ? new byte[LEAF_SIZE][] : leaves[row].clone();
            owned[row] = true;
        }
        return leaves[row];
    }
}
