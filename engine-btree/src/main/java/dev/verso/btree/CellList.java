package dev.verso.btree;

import dev.verso.pager.BigEndian;
import dev.verso.record.Varint;
import java.util.Arrays;

/**
 * The cells of one page, or of several neighbours, as they are or as they shall be. A cell's body leaves out the left child, which
 * {@link #child} has: so a cell moves between leaf and interior pages unchanged. Bodies are slices of arrays that the owner must not
 * change while the list is in use.
 */
final class CellList {
    private static final int INITIAL_CELLS = 256;

    int kind;
    /** The right child of the last page (interior pages). */
    int rightChild;

    private int count;
    private byte[][] sources = new byte[INITIAL_CELLS][];
    private int[] offsets = new int[INITIAL_CELLS];
    private int[] bodyBytes = new int[INITIAL_CELLS];
    private int[] children = new int[INITIAL_CELLS];

    CellList reset(int kind) {
        this.kind = kind;
        count = 0;
        rightChild = 0;
        return this;
    }

    int count() {
        return count;
    }

    byte[] source(int i) {
        return sources[i];
    }

    int offset(int i) {
        return offsets[i];
    }

    int bodyBytes(int i) {
        return bodyBytes[i];
    }

    /** The page left of cell {@code i}; for {@code count()} the right child. */
    int child(int i) {
        return i == count ? rightChild : children[i];
    }

    void child(int i, int pageNumber) {
        if (i == count) {
            rightChild = pageNumber;
        } else {
            children[i] = pageNumber;
        }
    }

    /** Bytes that the cell takes on a page of this kind, its cell offset included. */
    int cost(int i) {
        return PageFormat.isLeaf(kind) ? 2 + Math.max(PageFormat.MIN_CELL_BYTES, bodyBytes[i]) : 6 + bodyBytes[i];
    }

    long cost() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += cost(i);
        }
        return sum;
    }

    void add(byte[] source, int offset, int bytes, int child) {
        insert(count, source, offset, bytes, child);
    }

    void insert(int at, byte[] source, int offset, int bytes, int child) {
        reserve(1);
        if (at < count) {
            move(at, at + 1);
        }
        sources[at] = source;
        offsets[at] = offset;
        bodyBytes[at] = bytes;
        children[at] = child;
        count++;
    }

    void remove(int from, int to) {
        if (from < to) {
            move(to, from);
            count -= to - from;
        }
    }

    void addAll(CellList other) {
        reserve(other.count);
        System.arraycopy(other.sources, 0, sources, count, other.count);
        System.arraycopy(other.offsets, 0, offsets, count, other.count);
        System.arraycopy(other.bodyBytes, 0, bodyBytes, count, other.count);
        System.arraycopy(other.children, 0, children, count, other.count);
        count += other.count;
        rightChild = other.rightChild;
    }

    /** Adds the cells of a page; {@code image} stays in use. */
    void addPage(byte[] image, int pageNumber, Cell cell, PageFormat format) {
        int header = PageFormat.headerOffset(pageNumber);
        int found = image[header];
        if (found != kind) {
            throw Corruption.of(pageNumber, "kind " + (found & 0xff) + " beside a page of kind " + kind);
        }
        int pointers = header + PageFormat.headerBytes(kind);
        int cells = BigEndian.u16(image, header + PageFormat.CELL_COUNT);
        int floor = pointers + 2 * cells;
        if (floor > format.usableBytes) {
            throw Corruption.of(pageNumber, cells + " cells do not fit");
        }
        int childBytes = PageFormat.isLeaf(kind) ? 0 : 4;
        boolean isTableLeaf = kind == PageFormat.TABLE_LEAF;
        int shortest = isTableLeaf ? Math.min(0x7f, format.maxTableLocal) : Math.min(0x7f, format.maxIndexLocal);
        int fastEnd = kind == PageFormat.TABLE_INTERIOR ? 0 : format.usableBytes - 2 * Varint.MAX_BYTES - childBytes;
        int room = format.usableBytes - floor;
        reserve(cells);
        for (int i = 0; i < cells; i++) {
            int at = BigEndian.u16(image, pointers + 2 * i);
            if (at < floor || at > format.usableBytes - PageFormat.MIN_CELL_BYTES) {
                throw Corruption.cellOffset(pageNumber, i, at, floor, format.usableBytes);
            }
            int body = at + childBytes;
            int bytes = -1;
            if (at < fastEnd) {
                int payload = image[body];
                if (payload >= 0 && payload <= shortest) {
                    bytes = (isTableLeaf ? Varint.end(image, body + 1) : body + 1) + payload - body;
                }
            }
            if (bytes < 0 || body + bytes > format.usableBytes) {
                cell.parse(image, pageNumber, at, kind);
                bytes = cell.bodyBytes(at, childBytes);
            }
            room -= Math.max(PageFormat.MIN_CELL_BYTES, bytes + childBytes);
            if (room < 0) {
                throw Corruption.of(pageNumber, "cells overlap");
            }
            sources[count] = image;
            offsets[count] = body;
            bodyBytes[count] = bytes;
            children[count] = childBytes == 0 ? 0 : BigEndian.s32(image, at);
            count++;
        }
        rightChild = childBytes == 0 ? 0 : BigEndian.s32(image, header + PageFormat.RIGHT_CHILD);
    }

    /** The rowid of a table leaf's cell. */
    long rowid(int i) {
        return Varint.get(sources[i], Varint.end(sources[i], offsets[i]));
    }

    /** The first overflow page of a cell with payload; 0 if there is none. */
    int overflowPage(int i, PageFormat format) {
        if (kind == PageFormat.TABLE_INTERIOR) {
            return 0;
        }
        boolean isTable = kind == PageFormat.TABLE_LEAF;
        if (bodyBytes[i] <= format.minLocal || Varint.get(sources[i], offsets[i]) <= format.maxLocal(isTable)) {
            return 0;
        }
        return BigEndian.s32(sources[i], offsets[i] + bodyBytes[i] - 4);
    }

    private void reserve(int more) {
        if (count + more > sources.length) {
            int size = Math.max(count + more, count * 2);
            sources = Arrays.copyOf(sources, size);
            offsets = Arrays.copyOf(offsets, size);
            bodyBytes = Arrays.copyOf(bodyBytes, size);
            children = Arrays.copyOf(children, size);
        }
    }

    private void move(int from, int to) {
        int length = count - from;
        System.arraycopy(sources, from, sources, to, length);
        System.arraycopy(offsets, from, offsets, to, length);
        System.arraycopy(bodyBytes, from, bodyBytes, to, length);
        System.arraycopy(children, from, children, to, length);
    }
}
