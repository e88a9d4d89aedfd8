package dev.verso.btree;

import dev.verso.pager.BigEndian;
import dev.verso.pager.Pager;
import java.util.Arrays;

/** Chains of pages that hold what of a payload is not on its tree page (file format §1.7): next page u32 (0 ends it), then payload. */
final class OverflowChain {
    private static final int NEXT_BYTES = 4;

    private final BTree tree;
    private final Pager pager;

    OverflowChain(BTree tree) {
        this.tree = tree;
        this.pager = tree.pager();
    }

    /** Copies {@code bytes} bytes of payload from the chain; {@code owner} is the tree page, for messages. */
    void read(int firstPage, byte[] into, int offset, int bytes, int owner) {
        int perPage = tree.format.usableBytes - NEXT_BYTES;
        int page = firstPage;
        int at = offset;
        int rest = bytes;
        while (rest > 0) {
            byte[] image = pager.read(checked(page, owner));
            int part = Math.min(rest, perPage);
            System.arraycopy(image, NEXT_BYTES, into, at, part);
            at += part;
            rest -= part;
            page = BigEndian.s32(image, 0);
        }
    }

    /**
     * Stores the part of a payload behind its first {@code localBytes} in a new chain and returns its first page. The payload is
     * {@code length} bytes of {@code record}, then zeros.
     */
    int write(byte[] record, int offset, int length, int payloadBytes, int localBytes, int owner) {
        int perPage = tree.format.usableBytes - NEXT_BYTES;
        int first = tree.freelist.allocate(placeAfter(0));
        int page = first;
        int previous = owner;
        int done = localBytes;
        while (true) {
            int part = Math.min(payloadBytes - done, perPage);
            boolean isLast = done + part == payloadBytes;
            if (tree.hasPointerMap()) {
                tree.pointerMap.put(
                        page, page == first ? PointerMap.OVERFLOW_FIRST : PointerMap.OVERFLOW_NEXT, previous);
            }
            int next = isLast ? 0 : tree.freelist.allocate(placeAfter(page));
            byte[] image = pager.editNew(page);
            BigEndian.put32(image, 0, next);
            copyPart(record, offset, length, done, image, NEXT_BYTES, part);
            done += part;
            if (isLast) {
                return first;
            }
            previous = page;
            page = next;
            pager.safePoint();
        }
    }

    /** Where a chain should go on: as SQLite has it, the page itself, or with a pointer map the next one that may hold content. */
    private int placeAfter(int page) {
        if (!tree.hasPointerMap()) {
            return page;
        }
        int next = page + 1;
        while (tree.format.isMapPage(next) || next == tree.format.lockBytePage) {
            next++;
        }
        return next;
    }

    /** Writes a payload of the same size over the chain's old one; pages that have it already stay untouched. */
    void overwrite(int firstPage, byte[] record, int offset, int length, int payloadBytes, int localBytes, int owner) {
        int perPage = tree.format.usableBytes - NEXT_BYTES;
        byte[] wanted = new byte[perPage];
        int page = firstPage;
        int done = localBytes;
        while (done < payloadBytes) {
            byte[] image = pager.read(checked(page, owner));
            int part = Math.min(payloadBytes - done, perPage);
            copyPart(record, offset, length, done, wanted, 0, part);
            int next = BigEndian.s32(image, 0);
            if (!Arrays.equals(image, NEXT_BYTES, NEXT_BYTES + part, wanted, 0, part)) {
                System.arraycopy(wanted, 0, pager.edit(page), NEXT_BYTES, part);
            }
            done += part;
            page = next;
            pager.safePoint();
        }
    }

    /** Frees a chain of that many pages. */
    void free(int firstPage, int pages, int owner) {
        int page = firstPage;
        for (int i = 0; i < pages; i++) {
            int next = i + 1 < pages ? BigEndian.s32(pager.read(checked(page, owner)), 0) : 0;
            tree.freelist.free(checked(page, owner));
            page = next;
            pager.safePoint();
        }
    }

    /** Copies bytes {@code from} to {@code from + count} of a payload that is a record followed by zeros. */
    static void copyPart(byte[] record, int offset, int length, int from, byte[] into, int at, int count) {
        int real = Math.max(0, Math.min(count, length - from));
        if (real > 0) {
            System.arraycopy(record, offset + from, into, at, real);
        }
        if (real < count) {
            Arrays.fill(into, at + real, at + count, (byte) 0);
        }
    }

    private int checked(int page, int owner) {
        if (page < 2 || page > pager.pageCount()) {
            throw Corruption.of(
                    owner,
                    "an overflow chain leads to page " + Integer.toUnsignedString(page) + " of " + pager.pageCount());
        }
        return page;
    }
}
