package dev.verso.btree;

import dev.verso.pager.BigEndian;
import dev.verso.pager.Pager;

/**
 * What files with a pointer map do more: root pages stay together at the beginning, and free pages are given up by moving pages from
 * the end into them.
 */
final class AutoVacuum {
    private final BTree tree;
    private final Pager pager;
    private final Cell cell = new Cell();

    AutoVacuum(BTree tree) {
        this.tree = tree;
        this.pager = tree.pager();
    }

    /** Makes room for one more root page behind the last one. */
    int createRoot() {
        int root = largestRoot() + 1;
        while (isReserved(root)) {
            root++;
        }
        if (root > pager.pageCount()) {
            int page = tree.freelist.append();
            if (page != root) {
                throw Corruption.of(page, "the next root page should be " + root);
            }
        } else if (tree.pointerMap.kind(root) == PointerMap.FREE) {
            if (!tree.freelist.allocateExactly(root)) {
                throw Corruption.of(root, "the pointer map has it as free, the freelist has it not");
            }
        } else {
            if (tree.pointerMap.kind(root) == PointerMap.ROOT) {
                throw Corruption.of(root, "is a root page behind the last one");
            }
            tree.leaveAll();
            int refuge = tree.freelist.allocate(root);
            relocate(root, refuge);
        }
        BigEndian.put32(pager.edit(1), HeaderField.LARGEST_ROOT_PAGE.offset(), root);
        tree.pointerMap.put(root, PointerMap.ROOT, 0);
        return root;
    }

    /** Gives up the root page of an emptied tree; the last root page takes its number. @return that page's old number, or 0 */
    int dropRoot(int root) {
        int last = largestRoot();
        if (root > last) {
            throw Corruption.of(root, "is a root page behind the last one, " + last);
        }
        if (root == last) {
            tree.freelist.free(root);
        } else {
            if (tree.pointerMap.kind(last) != PointerMap.ROOT) {
                throw Corruption.of(last, "is no root page in the pointer map");
            }
            tree.leaveAll();
            relocate(last, root);
            tree.freelist.free(last);
        }
        int newLast = last - 1;
        while (newLast > 1 && isReserved(newLast)) {
            newLast--;
        }
        BigEndian.put32(pager.edit(1), HeaderField.LARGEST_ROOT_PAGE.offset(), newLast);
        return root == last ? 0 : last;
    }

    /** Full auto-vacuum, before a commit: gives up all free pages. */
    void vacuumAll() {
        int pages = pager.pageCount();
        int free = checkedFreeCount();
        if (free == 0) {
            return;
        }
        int remaining = remainingPages(pages, free);
        tree.leaveAll();
        for (int last = pages; last > remaining; last--) {
            if (!isReserved(last) && tree.pointerMap.kind(last) != PointerMap.FREE) {
                int target;
                do {
                    if (tree.freelist.count() == 0) {
                        throw Corruption.of(last, "not enough free pages to move it to");
                    }
                    target = tree.freelist.allocate(0);
                } while (target > remaining);
                relocate(last, target);
                pager.safePoint();
            }
        }
        tree.freelist.clear();
        pager.pageCount(remaining);
    }

    /** Gives up the last page, moving it if it is in use; false if there is no free page. */
    boolean vacuumOne() {
        int pages = pager.pageCount();
        int free = checkedFreeCount();
        if (free == 0) {
            return false;
        }
        int remaining = remainingPages(pages, free);
        tree.leaveAll();
        int last = pages;
        while (isReserved(last)) {
            last--;
        }
        if (tree.pointerMap.kind(last) == PointerMap.FREE) {
            if (!tree.freelist.allocateExactly(last)) {
                throw Corruption.of(last, "the pointer map has it as free, the freelist has it not");
            }
        } else {
            int target = tree.freelist.allocateUpTo(remaining);
            if (target == 0) {
                throw Corruption.of(last, "no free page to move it to");
            }
            relocate(last, target);
        }
        last--;
        while (last > 1 && isReserved(last)) {
            last--;
        }
        pager.pageCount(last);
        pager.safePoint();
        return true;
    }

    /** Pages that stay when all free ones, and the map pages that are then not needed, are gone. */
    private int remainingPages(int pages, int free) {
        PageFormat format = tree.format;
        int perMap = format.pointersPerMapPage;
        int mapPages = (free - pages + format.mapPageOf(pages) + perMap) / perMap;
        int remaining = pages - free - mapPages;
        if (pages > format.lockBytePage && remaining < format.lockBytePage) {
            remaining--;
        }
        while (remaining > 1 && isReserved(remaining)) {
            remaining--;
        }
        if (remaining < 1 || remaining > pages) {
            throw Corruption.of(1, free + " free pages of " + pages);
        }
        return remaining;
    }

    private int checkedFreeCount() {
        int free = tree.freelist.count();
        if (free < 0 || free >= pager.pageCount()) {
            throw Corruption.of(1, "a freelist of " + Integer.toUnsignedString(free) + " pages");
        }
        return free;
    }

    private int largestRoot() {
        int root = BigEndian.s32(pager.read(1), HeaderField.LARGEST_ROOT_PAGE.offset());
        if (root < 1 || root > pager.pageCount()) {
            throw Corruption.of(1, "the largest root page is " + Integer.toUnsignedString(root));
        }
        return root;
    }

    private boolean isReserved(int page) {
        return page == tree.format.lockBytePage || tree.format.isMapPage(page);
    }

    /** Moves a page's content; the page that refers to it, and the map entries of those it refers to, follow. */
    private void relocate(int from, int to) {
        int kind = tree.pointerMap.kind(from);
        int parent = tree.pointerMap.parent(from);
        if (kind == PointerMap.FREE || from == to || to < 3 || to > pager.pageCount()) {
            throw Corruption.of(from, "cannot move to page " + to);
        }
        byte[] content = pager.read(from).clone();
        System.arraycopy(content, 0, pager.editNew(to), 0, content.length);
        if (kind == PointerMap.TREE || kind == PointerMap.ROOT) {
            mapChildren(content, to);
        } else {
            int next = BigEndian.s32(content, 0);
            if (next != 0) {
                tree.pointerMap.put(next, PointerMap.OVERFLOW_NEXT, to);
            }
        }
        if (kind == PointerMap.ROOT) {
            tree.pointerMap.put(to, kind, 0);
            return;
        }
        if (parent < 1 || parent > pager.pageCount()) {
            throw Corruption.of(from, "its parent in the pointer map is " + Integer.toUnsignedString(parent));
        }
        if (kind == PointerMap.OVERFLOW_NEXT) {
            if (BigEndian.s32(pager.read(parent), 0) != from) {
                throw Corruption.of(parent, "is not followed by page " + from);
            }
            BigEndian.put32(pager.edit(parent), 0, to);
        } else {
            changeReference(parent, kind, from, to);
        }
        tree.pointerMap.put(to, kind, parent);
    }

    private void mapChildren(byte[] image, int page) {
        CellList list = cellsOf(image, page);
        for (int i = 0; i < list.count(); i++) {
            int overflowPage = list.overflowPage(i, tree.format);
            if (overflowPage != 0) {
                tree.pointerMap.put(overflowPage, PointerMap.OVERFLOW_FIRST, page);
            }
        }
        if (!PageFormat.isLeaf(list.kind)) {
            for (int i = 0; i <= list.count(); i++) {
                tree.pointerMap.put(list.child(i), PointerMap.TREE, page);
            }
        }
    }

    /** In a tree page: the child or overflow page {@code from} becomes {@code to}. */
    private void changeReference(int page, int kind, int from, int to) {
        byte[] image = pager.read(page);
        int header = PageFormat.headerOffset(page);
        CellList list = cellsOf(image, page);
        boolean isLeaf = PageFormat.isLeaf(list.kind);
        if (kind == PointerMap.TREE && !isLeaf && list.rightChild == from) {
            BigEndian.put32(pager.edit(page), header + PageFormat.RIGHT_CHILD, to);
            return;
        }
        for (int i = 0; i < list.count(); i++) {
            if (kind == PointerMap.TREE) {
                if (!isLeaf && list.child(i) == from) {
                    BigEndian.put32(pager.edit(page), list.offset(i) - 4, to);
                    return;
                }
            } else if (list.overflowPage(i, tree.format) == from) {
                BigEndian.put32(pager.edit(page), list.offset(i) + list.bodyBytes(i) - 4, to);
                return;
            }
        }
        throw Corruption.of(page, "does not refer to page " + from);
    }

    private CellList cellsOf(byte[] image, int page) {
        int kind = image[PageFormat.headerOffset(page)];
        if (!PageFormat.isTreeKind(kind)) {
            throw Corruption.of(page, "kind " + (kind & 0xff) + " is no tree page");
        }
        cell.use(tree.format, pager);
        CellList list = new CellList().reset(kind);
        list.addPage(image, page, cell, tree.format);
        return list;
    }
}
