package dev.verso.btree;

import dev.verso.error.DatabaseException;
import dev.verso.record.RecordView;
import dev.verso.record.Varint;
import java.util.Arrays;

/**
 * The rows of a table that a scan of an index is going to look up: when one of them is not at hand, the leaves of those that follow in
 * the index are asked for together with it, and the next leaf of the index too.
 */
final class RowReadAhead extends ReadAhead {
    /** The first row of a scan is read alone: most lookups by an index are for one row. */
    private static final int FIRST_BATCH = 1;

    private static final int GROWTH = 16;
    private static final int MOST_ROWS = 4096;

    private static final int MOST_ROUNDS = 3;

    private final Cell cell = new Cell();
    private final RecordView record = new RecordView();
    private int rootPage;
    private int batch = FIRST_BATCH;
    private long[] rowids = new long[GROWTH];
    private int rows;
    private int lastSeeks;
    private int lastIndex;
    private int lastPage;
    private int direction = 1;
    /** Leaves of the index that the scan comes to soon and that are not at hand. */
    private final int[] nextLeaves = new int[4];

    private int nextLeafCount;

    RowReadAhead(BTree tree) {
        super(tree);
    }

    /** Before the row is looked up: {@code source} stands on the index entry that leads to it. */
    void beforeSeek(TableCursor table, IndexCursor source, long rowid) {
        rootPage = table.rootPage;
        if (source.state != TreeCursor.ON_ENTRY || !source.isLeaf) {
            return;
        }
        turn(source);
        cell.use(tree.format, pager);
        if (source.seeks != lastSeeks) {
            lastSeeks = source.seeks;
            batch = FIRST_BATCH;
        }
        if (pathTo(rowid) != 0) {
            readBatch(source, rowid);
        }
    }

    private void readBatch(IndexCursor source, long rowid) {
        try {
            gather(source, rowid);
        } catch (DatabaseException e) {
            // A damaged entry further on; the scan says so if it gets there.
            nextLeafCount = 0;
        }
        int most = Math.min(MOST_PAGES, pager.prefetchLimit());
        for (int round = 0; round < MOST_ROUNDS; round++) {
            int taken = 0;
            for (; taken < rows && count() < most; taken++) {
                int page = pathTo(rowids[taken]);
                if (page != 0) {
                    want(page);
                }
            }
            if (count() == 0) {
                break;
            }
            // The next round is for leaves whose parent was not at hand either, not for more rows.
            rows = taken;
            for (int i = 0; i < nextLeafCount && round == 0; i++) {
                want(nextLeaves[i]);
            }
            ask();
        }
        batch = Math.min(batch * GROWTH, MOST_ROWS);
    }

    private void turn(IndexCursor source) {
        if (source.pageNumber == lastPage && source.index != lastIndex) {
            direction = source.index > lastIndex ? 1 : -1;
        } else if (source.pageNumber != lastPage) {
            direction = source.index == source.cellCount - 1 && source.cellCount > 1 ? -1 : 1;
        }
        lastPage = source.pageNumber;
        lastIndex = source.index;
    }

    /** The first page on the way to the row that is not at hand, or 0 if all are. */
    private int pathTo(long rowid) {
        int page = rootPage;
        for (int depth = 0; depth < PageFormat.MAX_DEPTH && page >= 1 && page <= pager.pageCount(); depth++) {
            byte[] image = pager.atHand(page);
            if (image == null) {
                return page;
            }
            if (image[PageFormat.headerOffset(page)] != PageFormat.TABLE_INTERIOR) {
                return 0;
            }
            page = childFor(image, page, rowid);
        }
        return 0;
    }

    private int childFor(byte[] image, int page, long rowid) {
        int cells = cells(image, page);
        int low = 0;
        int high = cells - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int at = cellOffset(image, page, middle);
            if (at == 0) {
                return 0;
            }
            if (interiorRowid(image, page, at) < rowid) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return child(image, page, low, cells);
    }

    private long interiorRowid(byte[] image, int page, int at) {
        if (at + 4 + Varint.MAX_BYTES <= image.length) {
            return Varint.get(image, at + 4);
        }
        cell.parseTableInterior(image, page, at);
        return cell.rowid;
    }

    /** The rowids of the index entries from the current one on, as far as their leaves are at hand. */
    private void gather(IndexCursor source, long rowid) {
        rows = 0;
        add(rowid);
        nextLeafCount = 0;
        gatherLeaf(source.page, source.pageNumber, source.index + direction);
        if (source.depth == 0) {
            return;
        }
        int parent = source.depth - 1;
        byte[] image = source.pathImages[parent];
        int page = source.pathPages[parent];
        int cells = cells(image, page);
        for (int slot = source.pathIndexes[parent] + direction; slot >= 0 && slot <= cells; slot += direction) {
            addEntry(image, page, direction > 0 ? slot - 1 : slot, 4);
            int leaf = child(image, page, slot, cells);
            if (leaf < 1 || leaf > pager.pageCount()) {
                return;
            }
            byte[] leafImage = pager.atHand(leaf);
            if (leafImage == null) {
                nextLeaves[nextLeafCount++] = leaf;
                if (nextLeafCount * source.cellCount >= batch * GROWTH || nextLeafCount == nextLeaves.length) {
                    return;
                }
                continue;
            }
            if (rows >= batch
                    || nextLeafCount > 0
                    || leafImage[PageFormat.headerOffset(leaf)] != PageFormat.INDEX_LEAF) {
                return;
            }
            gatherLeaf(leafImage, leaf, direction > 0 ? 0 : cells(leafImage, leaf) - 1);
        }
    }

    private void gatherLeaf(byte[] image, int page, int from) {
        int cells = cells(image, page);
        for (int i = from; i >= 0 && i < cells && rows < batch; i += direction) {
            addEntry(image, page, i, 0);
        }
    }

    private void addEntry(byte[] image, int page, int cellIndex, int childBytes) {
        int at = cellOffset(image, page, cellIndex);
        if (at != 0 && nextLeafCount == 0) {
            cell.parseIndex(image, page, at, childBytes);
            if (cell.overflowPage == 0) {
                record.wrap(image, cell.payloadAt, cell.payloadBytes);
                add(record.integer(record.columnCount() - 1));
            }
        }
    }

    private void add(long rowid) {
        if (rows == rowids.length) {
            rowids = Arrays.copyOf(rowids, rows * 2);
        }
        rowids[rows++] = rowid;
    }
}
