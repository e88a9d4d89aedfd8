package dev.verso.btree;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BigEndian;
import dev.verso.record.Varint;
import java.util.Arrays;

/**
 * Builds cells and puts them where a cursor stands: over an equal payload in place, else by cell; the {@link Balancer} takes what does not fit. A new
 * overflow chain is written before the old one is freed, as by SQLite: which pages are used, and how many, depends on it.
 */
final class CellWriter {
    /** SQLite's default limit of a row's length. */
    private static final int MAX_PAYLOAD_BYTES = 1_000_000_000;
    /** Room for a left child, two varints and an overflow page number. */
    private static final int CELL_OVERHEAD_BYTES = 32;

    private final BTree tree;
    private byte[] cellBytes = new byte[0];

    CellWriter(BTree tree) {
        this.tree = tree;
    }

    void insertTable(
            TableCursor cursor, boolean exists, long rowid, byte[] record, int offset, int length, int zeroTail) {
        int payloadBytes = checkedSize((long) length + zeroTail);
        if (exists && cursor.cell.payloadBytes == payloadBytes) {
            overwrite(cursor, record, offset, length);
            return;
        }
        reserve();
        int at = Varint.put(cellBytes, 0, payloadBytes);
        at = Varint.put(cellBytes, at, rowid);
        int bodyBytes = fillPayload(cursor, at, record, offset, length, payloadBytes);
        if (exists) {
            removeOld(cursor);
        }
        if (putOnLeaf(cursor, bodyBytes)) {
            return;
        }
        cursor.saveKey(rowid);
        if (!tree.balancer.insert(cursor, cellBytes, 0, bodyBytes, 0)) {
            cursor.left(true);
        }
    }

    void insertIndex(IndexCursor cursor, boolean exists, byte[] record, int offset, int length) {
        checkedSize(length);
        if (exists && cursor.cell.payloadBytes == length) {
            overwrite(cursor, record, offset, length);
            return;
        }
        reserve();
        if (exists && !cursor.isLeaf) {
            replaceInterior(cursor, record, offset, length);
            return;
        }
        int at = Varint.put(cellBytes, 0, length);
        int bodyBytes = fillPayload(cursor, at, record, offset, length, length);
        if (exists) {
            removeOld(cursor);
        }
        if (putOnLeaf(cursor, bodyBytes)) {
            return;
        }
        cursor.saveKey(record, offset, length);
        if (!tree.balancer.insert(cursor, cellBytes, 0, bodyBytes, 0)) {
            cursor.left(true);
        }
    }

    private void replaceInterior(IndexCursor cursor, byte[] record, int offset, int length) {
        int child = cursor.childAt(cursor.index);
        int at = Varint.put(cellBytes, 4, length);
        int bodyBytes = fillPayload(cursor, at, record, offset, length, length) - 4;
        removeOld(cursor);
        BigEndian.put32(cellBytes, 0, child);
        cursor.editPage();
        if (tree.editor.wrap(cursor.page, cursor.pageNumber).insert(cursor.index, cellBytes, 0, bodyBytes + 4)) {
            cursor.cellCount++;
            cursor.enter(cursor.index);
            return;
        }
        cursor.saveKey(record, offset, length);
        if (!tree.balancer.insert(cursor, cellBytes, 4, bodyBytes, child)) {
            cursor.left(true);
        }
    }

    private boolean putOnLeaf(TreeCursor cursor, int bodyBytes) {
        cursor.editPage();
        int sizeBytes = Math.max(PageFormat.MIN_CELL_BYTES, bodyBytes);
        if (!tree.editor.wrap(cursor.page, cursor.pageNumber).insert(cursor.index, cellBytes, 0, sizeBytes)) {
            return false;
        }
        cursor.cellCount++;
        cursor.enter(cursor.index);
        return true;
    }

    /** Puts the payload, or its local part and a new overflow chain, at {@code at}; returns where the cell ends. */
    private int fillPayload(TreeCursor cursor, int at, byte[] record, int offset, int length, int payloadBytes) {
        int localBytes = tree.format.localBytes(payloadBytes, cursor.isTable);
        OverflowChain.copyPart(record, offset, length, 0, cellBytes, at, localBytes);
        int end = at + localBytes;
        if (localBytes < payloadBytes) {
            int first = tree.overflow.write(record, offset, length, payloadBytes, localBytes, cursor.pageNumber);
            BigEndian.put32(cellBytes, end, first);
            end += 4;
        }
        return end;
    }

    /**
     * Takes the entry that the cursor is on off its page; the cursor then stands where it was. The new entry has its overflow chain by then: as in SQLite,
     * the old one's pages become free behind that.
     */
    private void removeOld(TreeCursor cursor) {
        if (cursor.cell.overflowPage != 0) {
            cursor.freeOverflow();
        }
        int sizeBytes = cursor.cell.sizeBytes;
        cursor.editPage();
        tree.editor.wrap(cursor.page, cursor.pageNumber).remove(cursor.index, sizeBytes);
        cursor.cellCount--;
    }

    private void overwrite(TreeCursor cursor, byte[] record, int offset, int length) {
        Cell cell = cursor.cell;
        if (cell.overflowPage != 0) {
            tree.overflow.overwrite(
                    cell.overflowPage, record, offset, length, cell.payloadBytes, cell.localBytes, cursor.pageNumber);
        }
        cursor.editPage();
        OverflowChain.copyPart(record, offset, length, 0, cursor.page, cell.payloadAt, cell.localBytes);
        cursor.enter(cursor.index);
    }

    private void reserve() {
        int needed = tree.format.pageBytes + CELL_OVERHEAD_BYTES;
        if (cellBytes.length < needed) {
            cellBytes = Arrays.copyOf(cellBytes, needed);
        }
    }

    private static int checkedSize(long payloadBytes) {
        if (payloadBytes > MAX_PAYLOAD_BYTES) {
            throw new DatabaseException(ResultCode.TOOBIG, ResultCode.TOOBIG.text());
        }
        return (int) payloadBytes;
    }
}
