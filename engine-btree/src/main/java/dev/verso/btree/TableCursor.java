package dev.verso.btree;

import dev.verso.pager.BigEndian;
import dev.verso.record.Varint;

/** A cursor in a table tree: entries are records keyed by rowid, in signed 64-bit order. */
public final class TableCursor extends TreeCursor {
    private long savedRowid;

    TableCursor(BTree tree) {
        super(tree, true);
    }

    /** Moves to the row with this rowid; if there is none, to where it would be, off any entry, and returns false. */
    public boolean seek(long rowid) {
        if (state == ON_ENTRY && isParsed() && cell.rowid == rowid) {
            return true;
        }
        return find(rowid);
    }

    /** Moves to the first row whose rowid is at least this; false if there is none. */
    public boolean seekAtLeast(long rowid) {
        return find(rowid) || next();
    }

    /** Moves to the last row whose rowid is at most this; false if there is none. */
    public boolean seekAtMost(long rowid) {
        return find(rowid) || previous();
    }

    /** The rowid of the current entry. */
    public long rowid() {
        if (!isParsed()) {
            parseCell();
        }
        return cell.rowid;
    }

    /**
     * Inserts the row, or replaces the one with that rowid; the cursor is then on it. {@code zeroTail} zero bytes follow the record
     * (a zeroblob as last column). {@code append} is a hint that the rowid is the largest.
     */
    public void insert(long rowid, byte[] record, int offset, int length, int zeroTail, boolean append) {
        tree.beforeWrite(this);
        boolean exists = seek(rowid);
        if (exists) {
            parseCell();
        }
        tree.writer.insertTable(this, exists, rowid, record, offset, length, zeroTail);
    }

    @Override
    void saveKey() {
        savedRowid = cell.rowid;
    }

    void saveKey(long rowid) {
        savedRowid = rowid;
    }

    @Override
    void seekSavedKey() {
        find(savedRowid);
    }

    /** To the entry, or to the gap where it would be. The leaf in hand is tried before the root. */
    private boolean find(long rowid) {
        if (!hasPath || !leafCovers(rowid)) {
            loadRoot();
            while (!isLeaf) {
                int slot = childSlotOf(rowid);
                index = slot;
                descendTo(childAt(slot));
            }
        }
        int slot = searchLeaf(rowid);
        if (slot >= 0) {
            enter(slot);
            return true;
        }
        gap(~slot);
        return false;
    }

    private boolean leafCovers(long rowid) {
        if (!isLeaf || cellCount == 0) {
            return false;
        }
        if (rowid > leafRowid(cellCount - 1)) {
            return isLastLeaf();
        }
        return rowid >= leafRowid(0) || isFirstLeaf();
    }

    /** The index of the entry, or the complement of the index before which it would be. */
    private int searchLeaf(long rowid) {
        int high = cellCount - 1;
        if (high < 0) {
            return ~0;
        }
        long last = leafRowid(high);
        if (rowid >= last) {
            return rowid == last ? high : ~cellCount;
        }
        long first = leafRowid(0);
        if (rowid <= first) {
            return rowid == first ? 0 : ~0;
        }
        int low = 1;
        high--;
        long distance = rowid - first;
        if (last - first == cellCount - 1 && distance < cellCount) {
            // rowids without holes, the common case: no need to search
            int guess = (int) distance;
            if (leafRowid(guess) == rowid) {
                return guess;
            }
        }
        while (low <= high) {
            int middle = low + high >>> 1;
            long found = leafRowid(middle);
            if (found < rowid) {
                low = middle + 1;
            } else if (found > rowid) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return ~low;
    }

    /** The child whose subtree has the rowid: an interior cell's key is the largest of its left child. */
    private int childSlotOf(long rowid) {
        int low = 0;
        int high = cellCount - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            long key = interiorRowid(middle);
            if (key < rowid) {
                low = middle + 1;
            } else if (key > rowid) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return low;
    }

    private long leafRowid(int cellIndex) {
        int at = BigEndian.u16(page, pointers + 2 * cellIndex);
        if (at < pointers + 2 * cellCount || at + 2 * Varint.MAX_BYTES > page.length) {
            cell.parseTableLeaf(page, pageNumber, cellOffset(cellIndex));
            return cell.rowid;
        }
        int rowidAt = page[at] >= 0 ? at + 1 : Varint.end(page, at);
        return Varint.get(page, rowidAt);
    }

    private long interiorRowid(int cellIndex) {
        int at = BigEndian.u16(page, pointers + 2 * cellIndex);
        if (at < pointers + 2 * cellCount || at + 4 + Varint.MAX_BYTES > page.length) {
            cell.parseTableInterior(page, pageNumber, cellOffset(cellIndex));
            return cell.rowid;
        }
        return Varint.get(page, at + 4);
    }
}
