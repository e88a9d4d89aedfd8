package dev.verso.btree;

import dev.verso.pager.BigEndian;
import dev.verso.record.Varint;

/**
 * A cursor in a table tree: entries are records keyed by rowid, in signed 64-bit order.
 *
 * <p>Rowids are mostly spread evenly, often without holes, so searches guess where a rowid is between two keys that they know before they
 * halve what is left: each look at a cell may be a cache line that the processor has to wait for. The keys beside the child taken in the
 * interior pages bound the leaf, and spare looking at its first and last cell.
 */
public final class TableCursor extends TreeCursor {
    /** Guesses in one page; rowids that defy them are found by halving. */
    private static final int GUESSES = 4;

    private static final int WORTH_GUESSING = 4;

    private long savedRowid;
    private IndexCursor lookupSource;
    private RowReadAhead rowsAhead;
    private long firstRead;
    private long lastRead;

    /** Bounds of the page in hand: all its rowids are greater than {@code below} and at most {@code above}, as far as those are known. */
    private long below;

    private long above;
    private boolean hasBelow;
    private boolean hasAbove;

    TableCursor(BTree tree) {
        super(tree, true);
    }

    /** Moves to the row with this rowid; if there is none, to where it would be, off any entry, and returns false. */
    public boolean seek(long rowid) {
        if (state == ON_ENTRY && isParsed() && cell.rowid == rowid) {
            return true;
        }
        return findAndNote(rowid);
    }

    /** Moves to the first row whose rowid is at least this; false if there is none. */
    public boolean seekAtLeast(long rowid) {
        return findAndNote(rowid) || next();
    }

    /** Moves to the last row whose rowid is at most this; false if there is none. */
    public boolean seekAtMost(long rowid) {
        return findAndNote(rowid) || previous();
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
        write(rowid, record, offset, length, zeroTail, false);
    }

    /**
     * Writes a row of {@code sqlite_sequence} whose counter was raised. Nobody may have read the counter but to raise it: then such writes
     * of several transactions do not conflict, and the largest counter stays.
     */
    public void raise(long rowid, byte[] record, int offset, int length) {
        write(rowid, record, offset, length, 0, true);
    }

    private void write(long rowid, byte[] record, int offset, int length, int zeroTail, boolean raises) {
        tree.beforeWrite(this);
        boolean exists = state == ON_ENTRY && isParsed() && cell.rowid == rowid;
        if (!exists) {
            endRange();
            exists = find(rowid);
        }
        if (exists) {
            parseCell();
        }
        if (tree.rows != null) {
            tree.rows.wrote(rootPage, rowid, exists, true, raises);
        }
        tree.writer.insertTable(this, exists, rowid, record, offset, length, zeroTail);
        if (rows != null && !isReading) {
            stepLimit(0);
        }
    }

    /** Like the method of that name, and the place counts as read. */
    private boolean findAndNote(long rowid) {
        if (rows == null) {
            return find(rowid);
        }
        endRange();
        isBackward = false;
        countsHere = find(rowid);
        firstRead = rowid;
        lastRead = rowid;
        isReading = true;
        return countsHere;
    }

    @Override
    void anchorAtEnd(boolean first) {
        firstRead = first ? Long.MIN_VALUE : Long.MAX_VALUE;
        lastRead = firstRead;
    }

    @Override
    void anchorHere() {
        firstRead = rowidHere();
        lastRead = firstRead;
    }

    private long rowidHere() {
        return state == SAVED ? savedRowid : rowid();
    }

    @Override
    void reachEnd(boolean first) {
        if (first) {
            firstRead = Long.MIN_VALUE;
        } else {
            lastRead = Long.MAX_VALUE;
        }
    }

    @Override
    void report() {
        long first = firstRead;
        long last = lastRead;
        if (countsHere && (state == ON_ENTRY || state == SAVED)) {
            long here = rowidHere();
            first = Math.min(first, here);
            last = Math.max(last, here);
        }
        rows.read(rootPage, first, last, mustCount);
    }

    @Override
    void noteDeleted() {
        tree.rows.wrote(rootPage, cell.rowid, true, false, false);
    }

    @Override
    void readAll() {
        rows.readAll(rootPage, null, mustCount);
    }

    /**
     * A rowid for a new row: the wanted one, or a larger one where another open transaction of this JVM has been given that.
     *
     * @return the smallest long if there is none
     */
    public long reserve(long wanted) {
        return pager.session().reserve(rootPage, wanted);
    }

    /** Tells that an AUTOINCREMENT counter gave the rowid, which must never be given again, whatever becomes of the row. */
    public void given(long rowid) {
        if (tree.rows != null) {
            tree.rows.given(rootPage, rowid);
        }
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

    /**
     * Tells that the seeks to come are for rows that the entries of this index lead to, so that where pages are far away the next rows
     * are read together. Until this cursor is opened again.
     */
    public void lookupsFrom(IndexCursor index) {
        if (pager.isRemote()) {
            lookupSource = index;
        }
    }

    void forgetLookups() {
        lookupSource = null;
    }

    private void readRowsAhead(long rowid) {
        if (rowsAhead == null) {
            rowsAhead = new RowReadAhead(tree);
        }
        rowsAhead.beforeSeek(this, lookupSource, rowid);
    }

    /** To the entry, or to the gap where it would be. The leaf in hand is tried before the root. */
    private boolean find(long rowid) {
        if (!hasPath || !leafCovers(rowid)) {
            if (lookupSource != null) {
                readRowsAhead(rowid);
            }
            loadRoot();
            hasBelow = false;
            hasAbove = false;
            while (!isLeaf) {
                int slot = childSlotOf(rowid);
                index = slot;
                descendTo(childAt(slot));
            }
            isBounded = hasBelow && hasAbove;
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
        if (isBounded && !isWritable) { // a writer's tree may have been balanced since
            return rowid > below && rowid <= above;
        }
        if (rowid > leafRowid(cellCount - 1)) {
            return isLastLeaf();
        }
        return rowid >= leafRowid(0) || isFirstLeaf();
    }

    /** The index of the entry, or the complement of the index before which it would be. */
    private int searchLeaf(long rowid) {
        if (isBounded) {
            return searchBetween(rowid, -1, below, cellCount - 1, above);
        }
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
        return searchBetween(rowid, 0, first, high, last);
    }

    /** Searches the leaf, whose entries at two indexes have about those rowids. */
    private int searchBetween(long rowid, int beforeAt, long before, int afterAt, long after) {
        int low = 0;
        int high = cellCount - 1;
        int leftAt = beforeAt;
        long left = before;
        int rightAt = afterAt;
        long right = after;
        int guesses = GUESSES;
        while (low <= high) {
            int middle = low + high >>> 1;
            if (high - low >= WORTH_GUESSING && guesses-- > 0) {
                middle = Math.min(Math.max(guess(rowid, leftAt, left, rightAt, right), low), high);
            }
            long found = leafRowid(middle);
            if (found < rowid) {
                low = middle + 1;
                leftAt = middle;
                left = found;
            } else if (found > rowid) {
                high = middle - 1;
                rightAt = middle;
                right = found;
            } else {
                return middle;
            }
        }
        return ~low;
    }

    /** Where the rowid is if those between the two are spread evenly. */
    private static int guess(long rowid, int leftAt, long left, int rightAt, long right) {
        return leftAt + (int) ((double) (rowid - left) * (rightAt - leftAt) / (double) (right - left));
    }

    /** The child whose subtree has the rowid: an interior cell's key is the largest of its left child. Narrows the bounds. */
    private int childSlotOf(long rowid) {
        int leftAt = -1;
        int rightAt = cellCount;
        int guesses = GUESSES;
        while (rightAt - leftAt > 1) {
            int middle = leftAt + rightAt >>> 1;
            if (rightAt - leftAt > WORTH_GUESSING && hasBelow && hasAbove && guesses-- > 0) {
                middle = Math.min(Math.max(guess(rowid, leftAt, below, rightAt, above), leftAt + 1), rightAt - 1);
            }
            long key = interiorRowid(middle);
            if (key < rowid) {
                leftAt = middle;
                below = key;
                hasBelow = true;
            } else {
                rightAt = middle;
                above = key;
                hasAbove = true;
            }
        }
        return rightAt;
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
