package dev.verso.btree;

import dev.verso.pager.BigEndian;
import dev.verso.pager.Pager;
import java.util.Arrays;

/** Pages that a cursor is going to read, asked for together: over a network only round trips count. What it asks for is no read of the transaction. */
abstract class ReadAhead {
    static final int MOST_PAGES = 512;

    private static final int PLACE_BITS = 10;

    final Pager pager;
    final BTree tree;
    private final int[] pages = new int[MOST_PAGES];
    /** Open addressing: 1 + the index in the list of the page whose number leads here, or 0. */
    private final int[] places = new int[1 << PLACE_BITS];

    private int count;

    ReadAhead(BTree tree) {
        pager = tree.pager();
        this.tree = tree;
    }

    final int count() {
        return count;
    }

    /** Puts a page on the list, if it is not there yet and the page can be. */
    final void want(int pageNumber) {
        if (pageNumber < 1 || pageNumber > pager.pageCount() || count == MOST_PAGES) {
            return;
        }
        int place = pageNumber * 0x9E3779B9 >>> 32 - PLACE_BITS;
        for (; places[place] != 0; place = place + 1 & places.length - 1) {
            if (pages[places[place] - 1] == pageNumber) {
                return;
            }
        }
        pages[count++] = pageNumber;
        places[place] = count;
    }

    /** Asks for the pages of the list, which is empty afterwards. */
    final void ask() {
        if (count > 0) {
            pager.prefetch(pages, count);
            count = 0;
            Arrays.fill(places, 0);
        }
    }

    /** The child of an interior page, or 0 if the page is damaged: whoever reads it says so. */
    final int child(byte[] image, int page, int slot, int cells) {
        int header = PageFormat.headerOffset(page);
        int at = header + PageFormat.RIGHT_CHILD;
        if (slot < cells) {
            at = cellOffset(image, page, slot);
        }
        return at == 0 || at + 4 > image.length ? 0 : BigEndian.s32(image, at);
    }

    /** Where a cell begins, or 0 if it cannot be there. */
    final int cellOffset(byte[] image, int page, int cellIndex) {
        int header = PageFormat.headerOffset(page);
        int pointers = header + PageFormat.headerBytes(image[header]);
        int at = pointers + 2 * cellIndex;
        if (at + 2 > tree.format.usableBytes) {
            return 0;
        }
        at = BigEndian.u16(image, at);
        return at < pointers || at > tree.format.usableBytes - PageFormat.MIN_CELL_BYTES ? 0 : at;
    }

    static int cells(byte[] image, int page) {
        return BigEndian.u16(image, PageFormat.headerOffset(page) + PageFormat.CELL_COUNT);
    }

    static boolean isInterior(byte[] image, int page) {
        int kind = image[PageFormat.headerOffset(page)];
        return kind == PageFormat.TABLE_INTERIOR || kind == PageFormat.INDEX_INTERIOR;
    }
}
