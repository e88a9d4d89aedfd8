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

    IndexCursor(BTree tree) {
        super(tree, false);
    }

    void keyInfo(KeyInfo keyInfo) {
        this.keyInfo = keyInfo;
        misses = 0;
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
        boolean exists = find(ownKey.wrap(keyInfo, record, offset, length, keyInfo.keyColumns(), 0));
        if (exists) {
            parseCell();
        }
        tree.writer.insertIndex(this, exists, record, offset, length);
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
