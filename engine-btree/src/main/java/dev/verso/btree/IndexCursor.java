package dev.verso.btree;

import dev.verso.pager.BigEndian;
import dev.verso.record.KeyInfo;
import dev.verso.record.SearchKey;

/** A cursor in an index tree: entries are key records in the order of the tree's {@link KeyInfo}. */
public final class IndexCursor extends TreeCursor {
    /** How many seeks in a row must miss the leaf in hand before it is tried only now and then. */
    private static final int PATIENCE = 3;

    private final SearchKey ownKey = new SearchKey();
    private KeyInfo keyInfo;
    private byte[] savedKey = new byte[64];
    private int savedBytes;
    private byte[] entryBuffer = new byte[0];
    private int misses;
    /** Counts up with each seek: tells one scan from the next. */
    int seeks;

    /** Where the range that is being read begins: the columns of a key, none for an end of the tree. */
    private byte[] anchor = new byte[64];

    private int anchorBytes;
    private int anchorColumns;
    /** The range has reached the other end of the tree. */
    private boolean hasReachedEnd;

    private byte[] hereBuffer = new byte[0];

    IndexCursor(BTree tree) {
        super(tree, false);
    }

    void keyInfo(KeyInfo keyInfo) {
        this.keyInfo = keyInfo;
        misses = 0;
    }

    /** Tells that the tree is being filled in its order, until this cursor is opened again: its pages are then left full. */
    public void fillsInOrder() {
        isBulk = true;
    }

    KeyInfo keyInfo() {
        return keyInfo;
    }

    /**
     * Descends to the key.
     *
     * @return 0 if the cursor is on an equal entry; negative if it is on an entry before the key (the last such), positive if on one
     *     after it (the first such); if the tree is empty, negative with the cursor on no entry
     */
    public int seek(SearchKey key) {
        seeks++;
        if (rows == null) {
            return land(key);
        }
        endRange();
        isBackward = false;
        isReading = false;
        int landed = land(key);
        if (anchor.length < key.recordBytes()) {
            anchor = new byte[Math.max(key.recordBytes(), anchor.length * 2)];
        }
        key.copyRecord(anchor);
        anchorBytes = key.recordBytes();
        anchorColumns = key.columns();
        hasReachedEnd = false;
        isReading = true;
        countsHere = landed == 0;
        if (landed != 0) {
            stepLimit(0);
        }
        return landed;
    }

    /** Moves to the first entry at or after the key, whose equal result must not be 0; false if there is none. */
    public boolean seekAtLeast(SearchKey key) {
        if (seek(key) <= 0) {
            return next();
        }
        countsHere = true;
        return true;
    }

    /** Moves to the last entry at or before the key, whose equal result must not be 0; false if there is none. */
    public boolean seekAtMost(SearchKey key) {
        int landed = seek(key);
        isBackward = rows != null;
        if (landed > 0) {
            return previous();
        }
        if (isOnEntry()) {
            countsHere = true;
            return true;
        }
        if (rows != null) {
            reachEnd(true);
        }
        return false;
    }

    /** Deletes the entry with that key; false if there is none. That it was looked for does not count as read. */
    public boolean deleteKey(SearchKey key) {
        endRange();
        isBackward = false;
        if (land(key) != 0 || !isOnEntry()) {
            return false;
        }
        delete(false);
        return true;
    }

    private int land(SearchKey key) {
        if (find(key)) {
            return 0;
        }
        if (cellCount == 0) {
            state = OFF;
            return -1;
        }
        if (index > 0) {
            enter(index - 1);
            return -1;
        }
        enter(0);
        return 1;
    }

    /** Compares the current entry with the key: negative if the entry sorts before it. */
    public int compareEntry(SearchKey key) {
        parseCell();
        if (cell.overflowPage == 0) {
            return key.compareEntry(page, cell.payloadAt, cell.payloadBytes);
        }
        return key.compareEntry(record());
    }

    /** Inserts a key record; an entry that is equal over the tree's key columns is replaced (WITHOUT ROWID update). */
    public void insert(byte[] record, int offset, int length, boolean append) {
        tree.beforeWrite(this);
        endRange();
        boolean exists = find(ownKey.wrap(keyInfo, record, offset, length, keyInfo.keyColumns(), 0));
        if (exists) {
            parseCell();
        }
        if (tree.rows != null) {
            noteWritten(record, offset, length, exists, true);
        }
        tree.writer.insertIndex(this, exists, record, offset, length);
        if (rows != null) {
            stepLimit(0);
        }
    }

    /** Tells the tracker of a written or deleted record: of its key. */
    private void noteWritten(byte[] record, int offset, int length, boolean was, boolean is) {
        int columns = keyInfo.keyColumns();
        if (hereBuffer.length < length) {
            hereBuffer = new byte[Math.max(length, hereBuffer.length * 2)];
        }
        int bytes = KeyPrefix.copy(record, offset, length, columns, hereBuffer);
        tree.rows.wrote(rootPage, keyInfo, hereBuffer, 0, bytes, was, is);
    }

    @Override
    void noteDeleted() {
        byte[] key = new byte[cell.payloadBytes];
        noteWritten(key, 0, copyPayload(key, 0), true, false);
    }

    private void anchorAt(byte[] key, int offset, int length, int columns) {
        if (anchor.length < length) {
            anchor = new byte[Math.max(length, anchor.length * 2)];
        }
        System.arraycopy(key, offset, anchor, 0, length);
        anchorBytes = length;
        anchorColumns = columns;
        hasReachedEnd = false;
    }

    @Override
    void anchorAtEnd(boolean first) {
        anchorBytes = 0;
        anchorColumns = 0;
        hasReachedEnd = false;
    }

    @Override
    void anchorHere() {
        if (state == SAVED) {
            anchorAt(savedKey, 0, savedBytes, keyInfo.keyColumns());
        } else {
            int length = copyHere();
            anchorAt(hereBuffer, 0, length, keyInfo.keyColumns());
        }
    }

    private int copyHere() {
        int length = payloadBytes();
        if (hereBuffer.length < length) {
            hereBuffer = new byte[Math.max(length, hereBuffer.length * 2)];
        }
        return copyPayload(hereBuffer, 0);
    }

    @Override
    void reachEnd(boolean first) {
        hasReachedEnd = true;
    }

    @Override
    void report() {
        boolean isHere = countsHere && (state == ON_ENTRY || state == SAVED);
        byte[] other = anchor;
        int otherBytes = anchorBytes;
        int otherColumns = anchorColumns;
        if (hasReachedEnd) {
            otherBytes = 0;
            otherColumns = 0;
        } else if (isHere) {
            otherBytes = state == SAVED ? savedBytes : copyHere();
            other = state == SAVED ? savedKey : hereBuffer;
            otherColumns = keyInfo.keyColumns();
        }
        if (isBackward) {
            rows.read(
                    rootPage, keyInfo, other, otherBytes, otherColumns, anchor, anchorBytes, anchorColumns, mustCount);
        } else {
            rows.read(
                    rootPage, keyInfo, anchor, anchorBytes, anchorColumns, other, otherBytes, otherColumns, mustCount);
        }
    }

    @Override
    void readAll() {
        rows.readAll(rootPage, keyInfo, mustCount);
    }

    @Override
    void saveKey() {
        reserveSaved(cell.payloadBytes);
        savedBytes = copyPayload(savedKey, 0);
    }

    void saveKey(byte[] record, int offset, int length) {
        reserveSaved(length);
        System.arraycopy(record, offset, savedKey, 0, length);
        savedBytes = length;
    }

    @Override
    void seekSavedKey() {
        find(ownKey.wrap(keyInfo, savedKey, 0, savedBytes, keyInfo.keyColumns(), 0));
    }

    /** To an equal entry, or to the gap where it would be. */
    private boolean find(SearchKey key) {
        if (!hasPath || !isLeaf || cellCount == 0 || misses > PATIENCE && (misses++ & 15) != 0 || !leafCovers(key)) {
            loadRoot();
            while (!isLeaf) {
                int slot = search(key, 0, cellCount - 1);
                if (slot >= 0) {
                    enter(slot);
                    return true;
                }
                index = ~slot;
                descendTo(childAt(index));
            }
        }
        int slot = search(key, 0, cellCount - 1);
        if (slot >= 0) {
            enter(slot);
            return true;
        }
        gap(~slot);
        return false;
    }

    private boolean leafCovers(SearchKey key) {
        boolean covers;
        if (compareAt(cellCount - 1, key) < 0) {
            covers = isLastLeaf();
        } else {
            covers = compareAt(0, key) <= 0 || isFirstLeaf();
        }
        misses = covers ? 0 : misses + 1;
        return covers;
    }

    private int search(SearchKey key, int from, int to) {
        int low = from;
        int high = to;
        if (isLeaf && high >= 0 && isLastLeaf()) {
            // appends are common: look at the end first
            int order = compareAt(high, key);
            if (order <= 0) {
                return order == 0 ? high : ~(high + 1);
            }
            high--;
        }
        byte[] image = page;
        int offsets = pointers;
        int floor = offsets + 2 * cellCount;
        int childBytes = isLeaf ? 0 : 4;
        int usable = tree.format.usableBytes;
        int maxLocal = tree.format.maxIndexLocal;
        while (low <= high) {
            int middle = low + high >>> 1;
            int at = BigEndian.u16(image, offsets + 2 * middle) + childBytes;
            int size = at < usable ? image[at] : -1;
            int order;
            if (at - childBytes >= floor && size >= 0 && size <= maxLocal && at + 1 + size <= usable) {
                order = key.compareEntry(image, at + 1, size);
            } else {
                order = compareAt(middle, key);
            }
            if (order < 0) {
                low = middle + 1;
            } else if (order > 0) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return ~low;
    }

    private int compareAt(int cellIndex, SearchKey key) {
        int at = cellOffset(cellIndex);
        if (!isLeaf) {
            at += 4;
            if (at >= tree.format.usableBytes) {
                throw Corruption.cellEnd(pageNumber, at, tree.format.usableBytes);
            }
        }
        int size = page[at];
        if (size >= 0 && size <= tree.format.maxIndexLocal && at + 1 + size <= tree.format.usableBytes) {
            return key.compareEntry(page, at + 1, size);
        }
        cell.parseIndex(page, pageNumber, at, 0);
        if (cell.overflowPage == 0) {
            return key.compareEntry(page, cell.payloadAt, cell.payloadBytes);
        }
        if (entryBuffer.length < cell.payloadBytes) {
            entryBuffer = new byte[cell.payloadBytes];
        }
        System.arraycopy(page, cell.payloadAt, entryBuffer, 0, cell.localBytes);
        tree.overflow.read(
                cell.overflowPage, entryBuffer, cell.localBytes, cell.payloadBytes - cell.localBytes, pageNumber);
        return key.compareEntry(entryBuffer, 0, cell.payloadBytes);
    }

    private void reserveSaved(int bytes) {
        if (savedKey.length < bytes) {
            savedKey = new byte[Math.max(bytes, savedKey.length * 2)];
        }
    }
}
