package dev.verso.btree;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BigEndian;
import dev.verso.pager.Pager;

/**
 * Pages that hold nothing (file format §1.5): page 1 names the first trunk and the number of free pages; a trunk has the next trunk's
 * number, its number of leaves, and the leaves' page numbers.
 */
final class Freelist {
    static final int FIRST_TRUNK = 32;
    static final int COUNT = 36;
    private static final int NEXT_TRUNK = 0;
    private static final int LEAF_COUNT = 4;
    private static final int LEAVES = 8;

    private final BTree tree;
    private final Pager pager;
    private int maxPageCount = Integer.MAX_VALUE - 1;
    private boolean overwrites;

    Freelist(BTree tree) {
        this.tree = tree;
        this.pager = tree.pager();
    }

    int maxPageCount() {
        return maxPageCount;
    }

    void maxPageCount(int pages) {
        maxPageCount = pages;
    }

    /** Whether pages that become free are overwritten with zeros. */
    void overwriteFreed(boolean on) {
        overwrites = on;
    }

    int count() {
        return BigEndian.s32(pager.read(1), COUNT);
    }

    /**
     * A page for new content: a free one, or one more at the end. Its old content is of no interest.
     *
     * @param near of the first trunk's leaves the one closest to this page number is taken; 0 for the first leaf
     */
    int allocate(int near) {
        int free = checkedCount();
        if (free == 0) {
            return append();
        }
        int trunk = BigEndian.s32(pager.read(1), FIRST_TRUNK);
        checkPage(trunk, 1);
        byte[] image = pager.read(trunk);
        int leaves = leafCount(image, trunk);
        if (leaves > 0) {
            int taken = near == 0 ? 0 : closestLeaf(image, leaves, near);
            int page = BigEndian.s32(image, LEAVES + 4 * taken);
            checkPage(page, trunk);
            removeLeaf(trunk, taken, leaves);
            BigEndian.put32(pager.edit(1), COUNT, free - 1);
            return page;
        }
        int next = nextTrunk(image, trunk);
        byte[] header = pager.edit(1);
        BigEndian.put32(header, FIRST_TRUNK, next);
        BigEndian.put32(header, COUNT, free - 1);
        return trunk;
    }

    private static int closestLeaf(byte[] image, int leaves, int near) {
        int closest = 0;
        int distance = Math.abs(BigEndian.s32(image, LEAVES) - near);
        for (int i = 1; i < leaves; i++) {
            int other = Math.abs(BigEndian.s32(image, LEAVES + 4 * i) - near);
            if (other < distance) {
                closest = i;
                distance = other;
            }
        }
        return closest;
    }

    /** Takes a leaf off a trunk; the last one takes its place. */
    private void removeLeaf(int trunk, int taken, int leaves) {
        byte[] edited = pager.edit(trunk);
        BigEndian.put32(edited, LEAVES + 4 * taken, BigEndian.s32(edited, LEAVES + 4 * (leaves - 1)));
        BigEndian.put32(edited, LEAF_COUNT, leaves - 1);
    }

    /** Takes this free page off the list; false if it is not on it. */
    boolean allocateExactly(int wanted) {
        return take(wanted, wanted) != 0;
    }

    /** A free page with a number of at most {@code last}; 0 if there is none. */
    int allocateUpTo(int last) {
        return take(2, last);
    }

    /** One more page at the end of the database. */
    int append() {
        int page = pager.pageCount() + 1;
        if (page <= 0 || page > maxPageCount) {
            throw full();
        }
        if (page == tree.format.lockBytePage) {
            page++;
        }
        if (tree.hasPointerMap() && tree.format.isMapPage(page)) {
            page++;
            if (page == tree.format.lockBytePage) {
                page++;
            }
        }
        if (page <= 0 || page > maxPageCount) {
            throw full();
        }
        pager.pageCount(page);
        return page;
    }

    void free(int page) {
        if (page < 2 || page > pager.pageCount()) {
            throw Corruption.of(page, "freed, but outside 2.." + pager.pageCount());
        }
        int free = checkedCount();
        int trunk = BigEndian.s32(pager.read(1), FIRST_TRUNK);
        if (tree.hasPointerMap()) {
            tree.pointerMap.put(page, PointerMap.FREE, 0);
        }
        if (free != 0) {
            checkPage(trunk, 1);
            int leaves = leafCount(pager.read(trunk), trunk);
            if (leaves < tree.format.trunkCapacity) {
                byte[] image = pager.edit(trunk);
                BigEndian.put32(image, LEAF_COUNT, leaves + 1);
                BigEndian.put32(image, LEAVES + 4 * leaves, page);
                BigEndian.put32(pager.edit(1), COUNT, free + 1);
                if (overwrites) {
                    pager.editNew(page);
                }
                return;
            }
        }
        byte[] image = pager.editNew(page);
        BigEndian.put32(image, NEXT_TRUNK, free == 0 ? 0 : trunk);
        BigEndian.put32(image, LEAF_COUNT, 0);
        byte[] header = pager.edit(1);
        BigEndian.put32(header, FIRST_TRUNK, page);
        BigEndian.put32(header, COUNT, free + 1);
    }

    /** Forgets all free pages: the file was cut off before them. */
    void clear() {
        byte[] header = pager.edit(1);
        BigEndian.put32(header, FIRST_TRUNK, 0);
        BigEndian.put32(header, COUNT, 0);
    }

    /** Takes any page with a number in that range off the list. */
    private int take(int from, int to) {
        int free = checkedCount();
        int previous = 0;
        int trunk = free == 0 ? 0 : BigEndian.s32(pager.read(1), FIRST_TRUNK);
        for (int seen = 0; trunk != 0; seen++) {
            checkPage(trunk, previous == 0 ? 1 : previous);
            if (seen > free) {
                throw Corruption.of(trunk, "the freelist goes round in circles");
            }
            byte[] image = pager.read(trunk);
            int leaves = leafCount(image, trunk);
            int next = nextTrunk(image, trunk);
            if (trunk >= from && trunk <= to) {
                takeTrunk(trunk, previous, next, leaves);
                BigEndian.put32(pager.edit(1), COUNT, free - 1);
                return trunk;
            }
            for (int i = 0; i < leaves; i++) {
                int page = BigEndian.s32(image, LEAVES + 4 * i);
                if (page >= from && page <= to) {
                    checkPage(page, trunk);
                    removeLeaf(trunk, i, leaves);
                    BigEndian.put32(pager.edit(1), COUNT, free - 1);
                    return page;
                }
            }
            previous = trunk;
            trunk = next;
        }
        return 0;
    }

    /** Unlinks a trunk; its first leaf becomes the trunk of the others. */
    private void takeTrunk(int trunk, int previous, int next, int leaves) {
        int successor = next;
        if (leaves > 0) {
            byte[] image = pager.read(trunk);
            successor = BigEndian.s32(image, LEAVES);
            checkPage(successor, trunk);
            byte[] promoted = pager.editNew(successor);
            image = pager.read(trunk);
            BigEndian.put32(promoted, NEXT_TRUNK, next);
            BigEndian.put32(promoted, LEAF_COUNT, leaves - 1);
            System.arraycopy(image, LEAVES + 4, promoted, LEAVES, 4 * (leaves - 1));
        }
        if (previous == 0) {
            BigEndian.put32(pager.edit(1), FIRST_TRUNK, successor);
        } else {
            BigEndian.put32(pager.edit(previous), NEXT_TRUNK, successor);
        }
    }

    private int checkedCount() {
        int free = count();
        if (free < 0 || free >= Math.max(1, pager.pageCount())) {
            throw Corruption.of(
                    1, "a freelist of " + Integer.toUnsignedString(free) + " pages in a file of " + pager.pageCount());
        }
        return free;
    }

    private int leafCount(byte[] image, int trunk) {
        int leaves = BigEndian.s32(image, LEAF_COUNT);
        if (leaves < 0 || leaves > tree.format.usableBytes / 4 - 2) {
            throw Corruption.of(trunk, "a freelist trunk with " + Integer.toUnsignedString(leaves) + " leaves");
        }
        return leaves;
    }

    private int nextTrunk(byte[] image, int trunk) {
        int next = BigEndian.s32(image, NEXT_TRUNK);
        if (next != 0) {
            checkPage(next, trunk);
        }
        return next;
    }

    private void checkPage(int page, int namedBy) {
        if (page < 2 || page > pager.pageCount() || page == namedBy) {
            throw Corruption.of(
                    namedBy, "the freelist names page " + Integer.toUnsignedString(page) + " of " + pager.pageCount());
        }
    }

    private static DatabaseException full() {
        return new DatabaseException(ResultCode.FULL, ResultCode.FULL.text());
    }
}
