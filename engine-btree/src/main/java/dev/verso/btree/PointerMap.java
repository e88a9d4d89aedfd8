package dev.verso.btree;

import dev.verso.pager.BigEndian;
import dev.verso.pager.Pager;

/**
 * Who refers to each page, in files that can be vacuumed step by step (file format §1.8): map pages with entries of 5 bytes, kind u8 and
 * page u32. Page 1 and the map pages themselves have no entry.
 */
final class PointerMap {
    /** Root of a tree; no page refers to it. */
    static final int ROOT = 1;
    /** On the freelist; no page named. */
    static final int FREE = 2;
    /** First of an overflow chain; the tree page with its cell is named. */
    static final int OVERFLOW_FIRST = 3;
    /** Later page of a chain; the one before it is named. */
    static final int OVERFLOW_NEXT = 4;
    /** Tree page that is no root; its parent is named. */
    static final int TREE = 5;

    private static final int ENTRY_BYTES = 5;

    private final BTree tree;
    private final Pager pager;

    PointerMap(BTree tree) {
        this.tree = tree;
        this.pager = tree.pager();
    }

    void put(int page, int kind, int parent) {
        int mapPage = checkedMapPage(page);
        int at = ENTRY_BYTES * (page - mapPage - 1);
        byte[] image = pager.read(mapPage);
        if (image[at] != kind || BigEndian.s32(image, at + 1) != parent) {
            image = pager.edit(mapPage);
            image[at] = (byte) kind;
            BigEndian.put32(image, at + 1, parent);
        }
    }

    int kind(int page) {
        int mapPage = checkedMapPage(page);
        int kind = pager.read(mapPage)[ENTRY_BYTES * (page - mapPage - 1)];
        if (kind < ROOT || kind > TREE) {
            throw Corruption.of(mapPage, "the pointer map has kind " + (kind & 0xff) + " for page " + page);
        }
        return kind;
    }

    int parent(int page) {
        int mapPage = checkedMapPage(page);
        return BigEndian.s32(pager.read(mapPage), ENTRY_BYTES * (page - mapPage - 1) + 1);
    }

    private int checkedMapPage(int page) {
        int mapPage = tree.format.mapPageOf(page);
        if (page < 3 || page > pager.pageCount() || page <= mapPage) {
            throw Corruption.of(page, "has no place in the pointer map of " + pager.pageCount() + " pages");
        }
        return mapPage;
    }
}
