package dev.verso.btree;

import dev.verso.pager.BigEndian;
import dev.verso.pager.Pager;
import java.util.Arrays;

/**
 * Edits the cells of one tree page in place: takes and gives back space, keeps the freeblock list. Mutable view over a page's private copy,
 * never to be kept over another edit of the pager.
 *
 * <p>Invariants of a page that this leaves: freeblocks ascend, are at least 4 bytes, never touch each other nor the content start; at
 * most 60 fragmented bytes; free bytes = gap + freeblocks + fragments.
 */
final class PageEditor {
    private static final int MAX_FRAGMENTED_BYTES = 60;

    private final Cell cell = new Cell();
    private byte[] scratch = new byte[0];
    private PageFormat format;
    private byte[] page;
    private int pageNumber;
    private int header;
    private int kind;
    private int pointers;
    private boolean overwrites;

    /** Whether bytes that become free are overwritten with zeros. */
    void overwriteFreed(boolean on) {
        overwrites = on;
    }

    void use(PageFormat format, Pager pager) {
        this.format = format;
        cell.use(format, pager);
        if (scratch.length != format.pageBytes) {
            scratch = new byte[format.pageBytes];
        }
    }

    PageEditor wrap(byte[] page, int pageNumber) {
        this.page = page;
        this.pageNumber = pageNumber;
        header = PageFormat.headerOffset(pageNumber);
        kind = page[header];
        if (!PageFormat.isTreeKind(kind)) {
            throw Corruption.of(pageNumber, "kind " + (kind & 0xff) + " is no tree page");
        }
        pointers = header + PageFormat.headerBytes(kind);
        if (pointers + 2 * cellCount() > format.usableBytes) {
            throw Corruption.of(pageNumber, cellCount() + " cells do not fit");
        }
        return this;
    }

    /** Makes the page an empty one of that kind; bytes outside the header stay. */
    static void clear(byte[] page, int pageNumber, int kind, PageFormat format) {
        int header = PageFormat.headerOffset(pageNumber);
        page[header] = (byte) kind;
        BigEndian.putU16(page, header + PageFormat.FIRST_FREEBLOCK, 0);
        BigEndian.putU16(page, header + PageFormat.CELL_COUNT, 0);
        BigEndian.putU16(page, header + PageFormat.CONTENT_START, format.usableBytes);
        page[header + PageFormat.FRAGMENTED_BYTES] = 0;
    }

    int cellCount() {
        return BigEndian.u16(page, header + PageFormat.CELL_COUNT);
    }

    int cellOffset(int cellIndex) {
        int at = BigEndian.u16(page, pointers + 2 * cellIndex);
        int floor = pointers + 2 * cellCount();
        if (at < floor || at > format.usableBytes - PageFormat.MIN_CELL_BYTES) {
            throw Corruption.cellOffset(pageNumber, cellIndex, at, floor, format.usableBytes);
        }
        return at;
    }

    /** The child left of that cell, or the right child, of an interior page. */
    int child(int slot) {
        return BigEndian.s32(page, slot < cellCount() ? cellOffset(slot) : header + PageFormat.RIGHT_CHILD);
    }

    void rightChild(int child) {
        BigEndian.put32(page, header + PageFormat.RIGHT_CHILD, child);
    }

    /** Inserts a cell; false, with the page as it was, if there is no room. {@code sizeBytes} is at least 4. */
    boolean insert(int cellIndex, byte[] source, int offset, int sizeBytes) {
        int count = cellCount();
        int pointersEnd = pointers + 2 * count;
        int contentStart = checkedContentStart(pointersEnd);
        int at;
        if (contentStart - pointersEnd >= sizeBytes + 2) {
            at = contentStart - sizeBytes;
            BigEndian.putU16(page, header + PageFormat.CONTENT_START, at);
        } else {
            at = contentStart - pointersEnd >= 2 ? takeFreeblock(sizeBytes) : 0;
            if (at == 0) {
                if (freeBytes() < sizeBytes + 2) {
                    return false;
                }
                defragment();
                at = contentStart() - sizeBytes;
                if (at < pointersEnd + 2) {
                    throw Corruption.of(pageNumber, "cells overlap");
                }
                BigEndian.putU16(page, header + PageFormat.CONTENT_START, at);
            }
        }
        System.arraycopy(source, offset, page, at, sizeBytes);
        int pointerAt = pointers + 2 * cellIndex;
        if (cellIndex < count) {
            System.arraycopy(page, pointerAt, page, pointerAt + 2, pointersEnd - pointerAt);
        }
        BigEndian.putU16(page, pointerAt, at);
        BigEndian.putU16(page, header + PageFormat.CELL_COUNT, count + 1);
        return true;
    }

    /** Removes a cell that takes that many bytes. */
    void remove(int cellIndex, int sizeBytes) {
        int count = cellCount();
        int at = cellOffset(cellIndex);
        if (at + sizeBytes > format.usableBytes) {
            throw Corruption.cellEnd(pageNumber, at, format.usableBytes);
        }
        if (count == 1) {
            clear(page, pageNumber, kind, format);
            if (overwrites) {
                Arrays.fill(page, pointers, format.usableBytes, (byte) 0);
            }
            return;
        }
        int pointersEnd = pointers + 2 * count;
        checkedContentStart(pointersEnd);
        if (overwrites) {
            Arrays.fill(page, at, at + sizeBytes, (byte) 0);
        }
        giveBack(at, sizeBytes);
        int pointerAt = pointers + 2 * cellIndex;
        System.arraycopy(page, pointerAt + 2, page, pointerAt, pointersEnd - pointerAt - 2);
        BigEndian.putU16(page, header + PageFormat.CELL_COUNT, count - 1);
    }

    /** Bytes for cells and their offsets that are free in all. */
    int freeBytes() {
        int pointersEnd = pointers + 2 * cellCount();
        int contentStart = checkedContentStart(pointersEnd);
        int free = contentStart - pointersEnd + (page[header + PageFormat.FRAGMENTED_BYTES] & 0xff);
        int block = BigEndian.u16(page, header + PageFormat.FIRST_FREEBLOCK);
        int floor = contentStart;
        while (block != 0) {
            int next = checkFreeblock(block, floor);
            int size = BigEndian.u16(page, block + 2);
            free += size;
            floor = block + size;
            block = next;
        }
        if (free > format.usableBytes - pointersEnd) {
            throw Corruption.of(pageNumber, free + " free bytes are more than there are");
        }
        return free;
    }

    /** Moves all cells together at the end of the page. */
    void defragment() {
        int count = cellCount();
        System.arraycopy(page, 0, scratch, 0, format.usableBytes);
        int at = format.usableBytes;
        int floor = pointers + 2 * count;
        for (int i = 0; i < count; i++) {
            int from = cellOffset(i);
            cell.parse(scratch, pageNumber, from, kind);
            if (from + cell.sizeBytes > format.usableBytes) {
                throw Corruption.cellEnd(pageNumber, from, format.usableBytes);
            }
            at -= cell.sizeBytes;
            if (at < floor) {
                throw Corruption.of(pageNumber, "cells overlap");
            }
            System.arraycopy(scratch, from, page, at, cell.sizeBytes);
            BigEndian.putU16(page, pointers + 2 * i, at);
        }
        if (overwrites) {
            Arrays.fill(page, floor, at, (byte) 0);
        }
        BigEndian.putU16(page, header + PageFormat.FIRST_FREEBLOCK, 0);
        BigEndian.putU16(page, header + PageFormat.CONTENT_START, at);
        page[header + PageFormat.FRAGMENTED_BYTES] = 0;
    }

    private int contentStart() {
        int start = BigEndian.u16(page, header + PageFormat.CONTENT_START);
        return start == 0 ? 65536 : start;
    }

    private int checkedContentStart(int pointersEnd) {
        int contentStart = contentStart();
        if (contentStart < pointersEnd || contentStart > format.usableBytes) {
            throw Corruption.of(
                    pageNumber,
                    "content starts at byte " + contentStart + ", outside " + pointersEnd + ".." + format.usableBytes);
        }
        return contentStart;
    }

    /** First fit; the offset of the space or 0. */
    private int takeFreeblock(int sizeBytes) {
        int link = header + PageFormat.FIRST_FREEBLOCK;
        int block = BigEndian.u16(page, link);
        int floor = contentStart();
        while (block != 0) {
            int next = checkFreeblock(block, floor);
            int size = BigEndian.u16(page, block + 2);
            int rest = size - sizeBytes;
            if (rest >= 4) {
                BigEndian.putU16(page, block + 2, rest);
                return block + rest;
            }
            if (rest >= 0) {
                int fragmented = (page[header + PageFormat.FRAGMENTED_BYTES] & 0xff) + rest;
                if (fragmented > MAX_FRAGMENTED_BYTES) {
                    return 0;
                }
                BigEndian.putU16(page, link, next);
                page[header + PageFormat.FRAGMENTED_BYTES] = (byte) fragmented;
                return block;
            }
            floor = block + size;
            link = block;
            block = next;
        }
        return 0;
    }

    /** Adds space to the freeblock list, joined with free neighbours and with fragments of up to 3 bytes between. */
    private void giveBack(int start, int sizeBytes) {
        int contentStart = contentStart();
        int at = start;
        int end = start + sizeBytes;
        int link = header + PageFormat.FIRST_FREEBLOCK;
        int block = BigEndian.u16(page, link);
        int previous = 0;
        int floor = contentStart;
        while (block != 0 && block < at) {
            int next = checkFreeblock(block, floor);
            floor = block + BigEndian.u16(page, block + 2);
            previous = block;
            block = next;
        }
        if (at < contentStart || at < floor) {
            throw Corruption.of(pageNumber, "the cell at byte " + at + " lies in free space");
        }
        int joined = 0;
        if (block != 0) {
            int next = checkFreeblock(block, floor);
            if (block < end) {
                throw Corruption.of(pageNumber, "the cell at byte " + at + " overlaps free space");
            }
            if (block - end <= 3) {
                joined += block - end;
                end = block + BigEndian.u16(page, block + 2);
                block = next;
            }
        }
        if (previous != 0) {
            int previousEnd = previous + BigEndian.u16(page, previous + 2);
            if (at - previousEnd <= 3) {
                joined += at - previousEnd;
                at = previous;
            } else {
                link = previous;
            }
        }
        int fragmented = (page[header + PageFormat.FRAGMENTED_BYTES] & 0xff) - joined;
        if (fragmented < 0) {
            throw Corruption.of(pageNumber, "fewer fragmented bytes than counted");
        }
        page[header + PageFormat.FRAGMENTED_BYTES] = (byte) fragmented;
        if (at == previous) {
            link = linkBefore(previous);
        }
        if (at == contentStart) {
            // the space borders the gap: let the gap grow; no freeblock can lie before it
            BigEndian.putU16(page, header + PageFormat.FIRST_FREEBLOCK, block);
            BigEndian.putU16(page, header + PageFormat.CONTENT_START, end);
            return;
        }
        BigEndian.putU16(page, link, at);
        BigEndian.putU16(page, at, block);
        BigEndian.putU16(page, at + 2, end - at);
    }

    private int linkBefore(int target) {
        int link = header + PageFormat.FIRST_FREEBLOCK;
        int block = BigEndian.u16(page, link);
        while (block != target) {
            link = block;
            block = BigEndian.u16(page, link);
        }
        return link;
    }

    /** Checks one freeblock and returns the next one's offset. */
    private int checkFreeblock(int block, int floor) {
        if (block < floor || block > format.usableBytes - 4) {
            throw Corruption.of(
                    pageNumber,
                    "a freeblock starts at byte " + block + ", outside " + floor + ".." + (format.usableBytes - 4));
        }
        int next = BigEndian.u16(page, block);
        int size = BigEndian.u16(page, block + 2);
        if (size < 4 || block + size > format.usableBytes || next != 0 && next <= block + size + 3) {
            throw Corruption.of(
                    pageNumber, "the freeblock at byte " + block + " of " + size + " bytes is followed by " + next);
        }
        return next;
    }
}
