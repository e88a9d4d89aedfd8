package dev.verso.btree;

import dev.verso.pager.BigEndian;
import dev.verso.pager.Pager;
import dev.verso.record.Varint;

/**
 * One cell, read from its page with every size checked. Mutable: {@code parse} moves it. Layout (file format §1.6):
 *
 * <pre>
 *   table leaf:      payload bytes varint | rowid varint | local payload | first overflow page u32, if the payload is not all local
 *   table interior:  left child u32 | rowid varint
 *   index leaf:      payload bytes varint | local payload | first overflow page u32, if …
 *   index interior:  left child u32 | payload bytes varint | local payload | first overflow page u32, if …
 * </pre>
 */
final class Cell {
    private static final int CHILD_BYTES = 4;

    PageFormat format;
    private Pager pager;

    int payloadBytes;
    int localBytes;
    /** Where on the page the payload begins. */
    int payloadAt;
    /** First page of the overflow chain; 0 if there is none. */
    int overflowPage;

    long rowid;
    /** Bytes that the cell takes on the page, left child included. */
    int sizeBytes;

    void use(PageFormat format, Pager pager) {
        this.format = format;
        this.pager = pager;
    }

    /** Bytes of the cell without the left child and without the padding of a cell of less than 4 bytes. */
    int bodyBytes(int cellOffset, int childBytes) {
        return payloadAt + localBytes + (overflowPage == 0 ? 0 : 4) - cellOffset - childBytes;
    }

    void parse(byte[] page, int pageNumber, int cellOffset, int kind) {
        switch (kind) {
            case PageFormat.TABLE_LEAF -> parseTableLeaf(page, pageNumber, cellOffset);
            case PageFormat.TABLE_INTERIOR -> parseTableInterior(page, pageNumber, cellOffset);
            case PageFormat.INDEX_LEAF -> parseIndex(page, pageNumber, cellOffset, 0);
            default -> parseIndex(page, pageNumber, cellOffset, CHILD_BYTES);
        }
    }

    void parseTableLeaf(byte[] page, int pageNumber, int cellOffset) {
        int at = cellOffset;
        long size;
        if (at + 2 * Varint.MAX_BYTES <= page.length) {
            size = page[at];
            if (size >= 0) {
                at++;
            } else {
                size = Varint.get(page, at);
                at = Varint.end(page, at);
            }
            rowid = Varint.get(page, at);
            at = Varint.end(page, at);
        } else {
            int end = checkedEnd(page, pageNumber, at);
            size = Varint.get(page, at);
            at = end;
            end = checkedEnd(page, pageNumber, at);
            rowid = Varint.get(page, at);
            at = end;
        }
        finish(page, pageNumber, cellOffset, at, size, format.maxTableLocal, true);
    }

    /**
     * Finds the payload of a table leaf's cell; where that is simple, without reading the rowid.
     *
     * @return true if the whole cell was parsed
     */
    boolean parseTablePayload(byte[] page, int pageNumber, int cellOffset) {
        if (cellOffset + 2 * Varint.MAX_BYTES <= page.length) {
            int at = cellOffset + 1;
            int size = page[cellOffset];
            if (size < 0) {
                int low = page[at++];
                size = low < 0 ? Integer.MAX_VALUE : (size & 0x7f) << 7 | low;
            }
            int last = at + Varint.MAX_BYTES - 1;
            while (page[at++] < 0 && at <= last) {}
            if (size <= format.maxTableLocal && at + size <= format.usableBytes) {
                payloadAt = at;
                payloadBytes = size;
                localBytes = size;
                overflowPage = 0;
                return false;
            }
        }
        parseTableLeaf(page, pageNumber, cellOffset);
        return true;
    }

    void parseIndex(byte[] page, int pageNumber, int cellOffset, int childBytes) {
        int at = cellOffset + childBytes;
        long size;
        if (at + Varint.MAX_BYTES <= page.length) {
            size = page[at];
            if (size >= 0) {
                at++;
            } else {
                size = Varint.get(page, at);
                at = Varint.end(page, at);
            }
        } else {
            int end = checkedEnd(page, pageNumber, at);
            size = Varint.get(page, at);
            at = end;
        }
        finish(page, pageNumber, cellOffset, at, size, format.maxIndexLocal, false);
    }

    void parseTableInterior(byte[] page, int pageNumber, int cellOffset) {
        int at = cellOffset + CHILD_BYTES;
        int end = checkedEnd(page, pageNumber, at);
        rowid = Varint.get(page, at);
        payloadAt = end;
        payloadBytes = 0;
        localBytes = 0;
        overflowPage = 0;
        sizeBytes = end - cellOffset;
    }

    private void finish(byte[] page, int pageNumber, int cellOffset, int at, long size, int maxLocal, boolean isTable) {
        payloadAt = at;
        if (size >= 0 && size <= maxLocal) {
            payloadBytes = (int) size;
            localBytes = (int) size;
            overflowPage = 0;
            int end = at + (int) size;
            if (end > format.usableBytes) {
                throw Corruption.cellEnd(pageNumber, cellOffset, format.usableBytes);
            }
            sizeBytes = Math.max(PageFormat.MIN_CELL_BYTES, end - cellOffset);
            return;
        }
        // No payload is larger than the whole file: nothing that a damaged size asks for can exhaust the memory.
        if (size < 0 || size > Math.min(Integer.MAX_VALUE - 64L, (long) pager.pageCount() * format.usableBytes)) {
            throw Corruption.of(
                    pageNumber,
                    "the cell at byte " + cellOffset + " has a payload of " + Long.toUnsignedString(size)
                            + " bytes, more than the file");
        }
        payloadBytes = (int) size;
        localBytes = format.localBytes(size, isTable);
        int end = at + localBytes + 4;
        if (end > format.usableBytes) {
            throw Corruption.cellEnd(pageNumber, cellOffset, format.usableBytes);
        }
        overflowPage = BigEndian.s32(page, end - 4);
        if (overflowPage == 0) {
            throw Corruption.of(pageNumber, "the cell at byte " + cellOffset + " lacks its overflow page");
        }
        sizeBytes = end - cellOffset;
    }

    private int checkedEnd(byte[] page, int pageNumber, int at) {
        int end = Varint.endChecked(page, at, format.usableBytes);
        if (end < 0) {
            throw Corruption.cellEnd(pageNumber, at, format.usableBytes);
        }
        return end;
    }
}
