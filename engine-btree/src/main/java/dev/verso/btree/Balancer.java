package dev.verso.btree;

import dev.verso.pager.BigEndian;
import dev.verso.pager.Pager;
import dev.verso.record.Varint;
import java.util.Arrays;

/**
 * Restores a tree after a page got too full or too empty.
 *
 * <p>The one general step, {@link #store}: a page's wished content is a {@link CellList} that may be larger than a page. It is joined with up
 * to two neighbours and the parent's cells between them, cut into as many pages as that takes, and the parent's wished content is
 * then stored in the same way, one level up. The root keeps its page number: where it is too full its content goes to a new child
 * (the tree gets deeper), where it has but one child left that child's content comes up (shallower).
 *
 * <p>Which pages are joined, how cells are dealt out among them, and in which order pages are taken and given back is as in SQLite, so that
 * the same changes give trees of the same shape on the same pages.
 *
 * <p>Invariants: a page is only written whole, from lists whose bytes lie in copies; no page is used twice in one step; every page but
 * the root has at least one cell.
 *
 * <p>One long file: its steps share the scratch space of one balance, and call each other from level to level.
 */
final class Balancer {
    private static final int MAX_SIBLINGS = 3;
    private static final int NONE = -1;
    private static final int POINTER_BYTES = 2;

    private final BTree tree;
    private final Pager pager;
    private final Cell cell = new Cell();
    private final PageEditor parentReader = new PageEditor();

    private final int[] pages = new int[PageFormat.MAX_DEPTH + 1];
    private final int[] slots = new int[PageFormat.MAX_DEPTH + 1];
    private int depth;
    /** Whether an index is being filled in its order: pages are then left full, for more will follow. */
    private boolean isBulk;
    /** An interior page that got too full while the leaf below was not yet in order: its level, and what it shall hold. */
    private int pendingLevel;

    private CellList pending;
    /** The lowest level whose page has not been looked at yet by the step under way. */
    private int reached;

    private CellList[] lists = new CellList[8];
    private int listsUsed;
    private byte[][] copies = new byte[8][];
    private int copiesUsed;
    private byte[] dividerBytes = new byte[0];
    private int dividersEnd;
    private byte[] dividerCell = new byte[0];

    private final int[] oldPages = new int[MAX_SIBLINGS];
    private int[] newPages = new int[8];
    /** Cells {@code from[i]} to {@code to[i]} go to new page {@code i}. */
    private int[] from = new int[8];

    private int[] to = new int[8];
    private long[] filled = new long[8];

    Balancer(BTree tree) {
        this.tree = tree;
        this.pager = tree.pager();
    }

    /**
     * Inserts a cell that does not fit where the cursor stands.
     *
     * @return true if the cursor is on the entry now; false if its path is no longer right
     */
    boolean insert(TreeCursor cursor, byte[] body, int offset, int bodyBytes, int child) {
        begin(cursor);
        if (cursor.isTable && cursor.isLeaf && cursor.index == cursor.cellCount && cursor.cellCount > 0) {
            if (depth == 0 && pages[0] != 1) {
                CellList leaf = readPage(pages[0]);
                int below = deepen(leaf.kind);
                write(below, leaf, 0, leaf.count(), 0);
                appendPage(cursor, leaf.rowid(leaf.count() - 1), body, offset, bodyBytes);
                return false;
            }
            if (depth > 0 && pages[depth - 1] != 1 && cursor.isLastChild()) {
                cell.parseTableLeaf(cursor.page, cursor.pageNumber, cursor.cellOffset(cursor.cellCount - 1));
                return appendPage(cursor, cell.rowid, body, offset, bodyBytes);
            }
        }
        CellList list = readPage(cursor.pageNumber);
        list.insert(cursor.index, body, offset, bodyBytes, child);
        store(depth, list);
        return false;
    }

    /** The cursor's page got too empty. */
    void rebalance(TreeCursor cursor) {
        begin(cursor);
        store(depth, readPage(cursor.pageNumber));
    }

    /**
     * Deletes the entry of an interior page, on which the cursor is: the entry before it, the last of the left child's subtree, takes
     * its place. First the leaf that gave it is put in order, then the interior page, unless the way up from the leaf went past it.
     */
    void deleteInterior(IndexCursor cursor) {
        if (cursor.cell.overflowPage != 0) {
            cursor.freeOverflow();
        }
        int level = cursor.depth;
        int slot = cursor.index;
        int interior = cursor.pageNumber;
        int oldSizeBytes = cursor.cell.sizeBytes;
        int child = cursor.childAt(slot);
        cursor.index = slot;
        cursor.descendTo(child);
        cursor.descendRight();
        cursor.enter(cursor.cellCount - 1);
        cursor.parseCell();
        int bodyAt = cursor.cellOffset(cursor.index);
        int bodyBytes = cursor.cell.bodyBytes(bodyAt, 0);
        int leafSizeBytes = cursor.cell.sizeBytes;
        byte[] replacement = new byte[bodyBytes + 4];
        BigEndian.put32(replacement, 0, child);
        System.arraycopy(cursor.page, bodyAt, replacement, 4, bodyBytes);
        begin(cursor);
        PageEditor editor = tree.editor.wrap(pager.edit(interior), interior);
        editor.remove(slot, oldSizeBytes);
        if (editor.insert(slot, replacement, 0, replacement.length)) {
            if (tree.hasPointerMap() && cursor.cell.overflowPage != 0) {
                tree.pointerMap.put(cursor.cell.overflowPage, PointerMap.OVERFLOW_FIRST, interior);
            }
        } else {
            pending = readPage(interior);
            pending.insert(slot, replacement, 4, bodyBytes, child);
            pendingLevel = level;
        }
        cursor.editPage();
        tree.editor.wrap(cursor.page, cursor.pageNumber).remove(cursor.index, leafSizeBytes);
        cursor.cellCount--;
        if (isUnderfull(cursor.pageNumber)) {
            store(depth, readPage(cursor.pageNumber));
        }
        if (reached <= level) {
            return;
        }
        if (pendingLevel == level) {
            pendingLevel = NONE;
            store(level, pending);
        } else if (level > 0 && isUnderfull(interior)) {
            store(level, readPage(interior));
        }
    }

    // ---- private

    private void begin(TreeCursor cursor) {
        depth = cursor.depth;
        System.arraycopy(cursor.pathPages, 0, pages, 0, depth + 1);
        System.arraycopy(cursor.pathIndexes, 0, slots, 0, depth + 1);
        listsUsed = 0;
        copiesUsed = 0;
        dividersEnd = 0;
        isBulk = cursor.isBulk;
        pendingLevel = NONE;
        reached = depth;
        cell.use(tree.format, pager);
        parentReader.use(tree.format, pager);
    }

    private boolean isUnderfull(int page) {
        return tree.editor.wrap(pager.read(page), page).freeBytes() * 3 > tree.format.usableBytes * 2;
    }

    /** The last leaf below its parent is full and a larger rowid comes: it gets a leaf of its own, and the others stay as they are. */
    private boolean appendPage(TreeCursor cursor, long lastRowid, byte[] body, int offset, int bodyBytes) {
        int leaf = pages[depth];
        int parent = pages[depth - 1];
        byte[] divider = dividerSpace();
        int dividerAt = dividersEnd;
        dividersEnd = Varint.put(divider, dividerAt + 4, lastRowid);
        BigEndian.put32(divider, dividerAt, leaf);
        int rowidBytes = dividersEnd - dividerAt - 4;

        int page = tree.freelist.allocate(0);
        checkUnused(page, 0);
        CellList single = list(PageFormat.TABLE_LEAF);
        single.add(body, offset, bodyBytes, 0);
        byte[] image = write(page, single, 0, 1, 0);
        if (tree.hasPointerMap()) {
            tree.pointerMap.put(page, PointerMap.TREE, parent);
        }

        byte[] parentImage = pager.edit(parent);
        PageEditor editor = tree.editor.wrap(parentImage, parent);
        int parentCells = editor.cellCount();
        if (editor.insert(parentCells, divider, dividerAt, rowidBytes + 4)) {
            editor.rightChild(page);
            if (depth > 1 && isUnderfull(parent)) {
                store(depth - 1, readPage(parent));
                return false;
            }
            if (cursor.depth < depth) {
                return false; // its path is that from before the tree got deeper
            }
            cursor.appended(parentImage, parentCells + 1, page, image);
            return true;
        }
        CellList list = readPage(parent);
        list.add(divider, dividerAt + 4, rowidBytes, leaf);
        list.rightChild = page;
        store(depth - 1, list);
        return false;
    }

    /** Makes this the content of the page on that level of the path. */
    private void store(int level, CellList list) {
        if (level == 0) {
            storeRoot(list);
            return;
        }
        int parentPage = pages[level - 1];
        int slot = slots[level - 1];
        reached = level - 1;
        CellList above = null;
        if (pendingLevel == level - 1) {
            above = pending;
            pendingLevel = NONE;
        }
        byte[] parentCopy = copyOf(parentPage);
        PageEditor parent = parentReader.wrap(parentCopy, parentPage);
        int parentKind = parentCopy[PageFormat.headerOffset(parentPage)];
        int parentCells = above == null ? parent.cellCount() : above.count();
        if (PageFormat.isLeaf(parentKind)
                || PageFormat.isTable(parentKind) != PageFormat.isTable(list.kind)
                || slot > parentCells
                || (above == null ? parent.child(slot) : above.child(slot)) != pages[level]) {
            throw Corruption.of(parentPage, "child " + slot + " is no longer page " + pages[level]);
        }
        int oldCount = Math.min(parentCells + 1, isBulk && parentCells > 1 ? MAX_SIBLINGS - 1 : MAX_SIBLINGS);
        int first = 0;
        if (parentCells > 1 && slot > 0) {
            first = slot == parentCells ? slot + 1 - oldCount : slot - 1;
        }
        CellList all = above == null
                ? gather(parent, parentCopy, parentKind, first, oldCount, slot, list)
                : gather(above, first, oldCount, slot, list);
        boolean keepsAllCells = all.kind == PageFormat.TABLE_LEAF;
        int newCount = cut(all, keepsAllCells);
        choosePages(oldCount, newCount);
        for (int i = 0; i < newCount; i++) {
            int right = i + 1 < newCount && !keepsAllCells ? all.child(to[i]) : all.rightChild;
            write(newPages[i], all, from[i], to[i], right);
        }
        CellList dividers = list(parentKind);
        addDividers(dividers, all, newCount, keepsAllCells);
        int lastChild = newPages[newCount - 1];
        CellList wished = above;
        boolean fits = above == null && replaceInPlace(parentPage, first, oldCount, dividers, lastChild);
        if (!fits) {
            if (wished == null) {
                wished = list(parentKind);
                wished.addPage(parentCopy, parentPage, cell, tree.format);
            }
            wished.remove(first, first + oldCount - 1);
            for (int i = 0; i < dividers.count(); i++) {
                wished.insert(
                        first + i, dividers.source(i), dividers.offset(i), dividers.bodyBytes(i), dividers.child(i));
            }
            wished.child(first + newCount - 1, lastChild);
            fits = above != null && wished.cost() <= capacity(parentPage, parentKind);
            if (fits) {
                write(parentPage, wished, 0, wished.count(), wished.rightChild);
            }
        }
        if (fits && level == 1) {
            liftOnlyChild(parentPage);
        }
        for (int i = newCount; i < oldCount; i++) {
            tree.freelist.free(oldPages[i]);
        }
        if (!fits) {
            store(level - 1, wished);
        } else if (level > 1 && isUnderfull(parentPage)) {
            store(level - 1, readPage(parentPage));
        }
    }

    /**
     * Replaces the cells between the old children by others where they stand, as far as there is room.
     *
     * @return false if there is none; the page's content is then of no use
     */
    private boolean replaceInPlace(int page, int first, int oldCount, CellList dividers, int lastChild) {
        byte[] image = pager.edit(page);
        PageEditor editor = tree.editor.wrap(image, page);
        for (int i = 1; i < oldCount; i++) {
            int at = editor.cellOffset(first);
            cell.parse(image, page, at, dividers.kind);
            editor.remove(first, cell.sizeBytes);
        }
        if (first < editor.cellCount()) {
            BigEndian.put32(image, editor.cellOffset(first), lastChild);
        } else {
            editor.rightChild(lastChild);
        }
        if (dividerCell.length < tree.format.pageBytes) {
            dividerCell = new byte[tree.format.pageBytes];
        }
        for (int i = 0; i < dividers.count(); i++) {
            int bodyBytes = dividers.bodyBytes(i);
            BigEndian.put32(dividerCell, 0, dividers.child(i));
            System.arraycopy(dividers.source(i), dividers.offset(i), dividerCell, 4, bodyBytes);
            if (!editor.insert(first + i, dividerCell, 0, bodyBytes + 4)) {
                return false;
            }
        }
        if (tree.hasPointerMap()) {
            mapReferences(page, dividers, 0, dividers.count(), lastChild, false);
        }
        return true;
    }

    private void storeRoot(CellList list) {
        int root = pages[0];
        reached = 0;
        if (list.cost() <= capacity(root, list.kind)) {
            write(root, list, 0, list.count(), list.rightChild);
            liftOnlyChild(root);
            return;
        }
        deepen(list.kind);
        store(1, list);
    }

    /** Puts a new page below the root, which becomes an interior page with that one child and nothing else; the path gets longer. @return the new page */
    private int deepen(int kind) {
        int root = pages[0];
        if (depth + 1 >= PageFormat.MAX_DEPTH) {
            throw Corruption.of(root, "the tree is deeper than " + PageFormat.MAX_DEPTH + " pages");
        }
        int child = tree.freelist.allocate(root);
        checkUnused(child, 0);
        CellList empty = list(PageFormat.isTable(kind) ? PageFormat.TABLE_INTERIOR : PageFormat.INDEX_INTERIOR);
        write(root, empty, 0, 0, child);
        System.arraycopy(pages, 0, pages, 1, depth + 1);
        System.arraycopy(slots, 0, slots, 1, depth + 1);
        depth++;
        pages[1] = child;
        slots[0] = 0;
        return child;
    }

    /** While the root has no cell but a child, the child's content takes the root's place if it fits there. */
    private void liftOnlyChild(int root) {
        for (int i = 0; i < PageFormat.MAX_DEPTH; i++) {
            byte[] image = pager.read(root);
            int header = PageFormat.headerOffset(root);
            if (PageFormat.isLeaf(image[header]) || BigEndian.u16(image, header + PageFormat.CELL_COUNT) > 0) {
                return;
            }
            int child = BigEndian.s32(image, header + PageFormat.RIGHT_CHILD);
            if (child == root) {
                throw Corruption.of(root, "is its own child");
            }
            CellList content = readPage(child);
            if (PageFormat.isTable(content.kind) != PageFormat.isTable(image[header])) {
                throw Corruption.of(child, "kind " + content.kind + " does not belong under kind " + image[header]);
            }
            if (content.cost() > capacity(root, content.kind)) {
                return; // page 1 has less room than others
            }
            write(root, content, 0, content.count(), content.rightChild);
            tree.freelist.free(child);
        }
    }

    /** The cells of the siblings and, but for table leaves, the parent's cells between them. */
    private CellList gather(
            PageEditor parent, byte[] parentCopy, int parentKind, int first, int oldCount, int slot, CellList changed) {
        CellList all = list(changed.kind);
        for (int i = 0; i < oldCount; i++) {
            int page = parent.child(first + i);
            checkSibling(page, i);
            oldPages[i] = page;
            if (first + i == slot) {
                all.addAll(changed);
            } else {
                all.addPage(copyOf(page), page, cell, tree.format);
            }
            if (i + 1 < oldCount && all.kind != PageFormat.TABLE_LEAF) {
                int at = parent.cellOffset(first + i);
                cell.parse(parentCopy, pages[0], at, parentKind);
                all.add(parentCopy, at + 4, cell.bodyBytes(at, 4), all.rightChild);
            }
        }
        return all;
    }

    /** The same where the parent's content is a list. */
    private CellList gather(CellList parent, int first, int oldCount, int slot, CellList changed) {
        CellList all = list(changed.kind);
        for (int i = 0; i < oldCount; i++) {
            int page = parent.child(first + i);
            checkSibling(page, i);
            oldPages[i] = page;
            if (first + i == slot) {
                all.addAll(changed);
            } else {
                all.addPage(copyOf(page), page, cell, tree.format);
            }
            if (i + 1 < oldCount) {
                int divider = first + i;
                all.add(parent.source(divider), parent.offset(divider), parent.bodyBytes(divider), all.rightChild);
            }
        }
        return all;
    }

    /** Divides the cells among pages and returns how many it takes. */
    private int cut(CellList all, boolean keepsAllCells) {
        int capacity = tree.format.usableBytes - PageFormat.headerBytes(all.kind);
        int count = 0;
        int cellIndex = 0;
        do {
            growTo(count + 2);
            from[count] = cellIndex;
            long sum = 0;
            while (cellIndex < all.count() && sum + all.cost(cellIndex) <= capacity) {
                sum += all.cost(cellIndex++);
            }
            if (cellIndex < all.count() && cellIndex == from[count]) {
                throw Corruption.of(pages[0], "a cell is larger than a page");
            }
            to[count] = cellIndex;
            filled[count] = sum;
            count++;
            if (cellIndex < all.count() && !keepsAllCells) {
                cellIndex++; // goes to the parent
                if (cellIndex == all.count()) {
                    from[count] = cellIndex;
                    to[count] = cellIndex;
                    filled[count] = 0;
                    count++;
                }
            }
        } while (cellIndex < all.count());
        evenOut(all, count, keepsAllCells);
        return count;
    }

    private void growTo(int pageCount) {
        if (pageCount > from.length) {
            from = Arrays.copyOf(from, pageCount * 2);
            to = Arrays.copyOf(to, pageCount * 2);
            filled = Arrays.copyOf(filled, pageCount * 2);
            newPages = Arrays.copyOf(newPages, pageCount * 2);
        }
    }

    /** The pages were filled from the left; moves cells to the right until neighbours are about equal (or, filling an index, not empty). */
    private void evenOut(CellList all, int count, boolean keepsAllCells) {
        for (int i = count - 1; i > 0; i--) {
            int tolerance = i == count - 1 ? POINTER_BYTES : 0;
            while (to[i - 1] - from[i - 1] > 1) {
                int last = to[i - 1] - 1;
                int first = keepsAllCells ? last : last + 1;
                long left = filled[i - 1] - all.cost(last);
                long right = filled[i] + all.cost(first);
                if (filled[i] != 0 && (isBulk || right > left + tolerance)) {
                    break;
                }
                filled[i - 1] = left;
                filled[i] = right;
                to[i - 1] = last;
                from[i] = first;
            }
        }
    }

    /** The first of the old pages, then new ones; in the end ascending, so that a scan reads forward. Old pages left over stay in {@link #oldPages}. */
    private void choosePages(int oldCount, int newCount) {
        int kept = Math.min(oldCount, newCount);
        System.arraycopy(oldPages, 0, newPages, 0, kept);
        int near = oldPages[0];
        for (int i = kept; i < newCount; i++) {
            int page = tree.freelist.allocate(isBulk ? 1 : near);
            checkUnused(page, oldCount);
            for (int j = kept; j < i; j++) {
                if (newPages[j] == page) {
                    throw Corruption.of(page, "is on the freelist twice");
                }
            }
            newPages[i] = page;
            near = page;
        }
        Arrays.sort(newPages, 0, newCount);
    }

    /** The cells that the parent needs between the new pages. */
    private void addDividers(CellList dividers, CellList all, int newCount, boolean keepsAllCells) {
        for (int i = 0; i + 1 < newCount; i++) {
            if (keepsAllCells) {
                byte[] space = dividerSpace();
                int at = dividersEnd;
                dividersEnd = Varint.put(space, at, all.rowid(to[i] - 1));
                dividers.add(space, at, dividersEnd - at, newPages[i]);
            } else {
                dividers.add(all.source(to[i]), all.offset(to[i]), all.bodyBytes(to[i]), newPages[i]);
            }
        }
    }

    /** Writes a whole page from cells of a list. */
    private byte[] write(int page, CellList list, int first, int end, int rightChild) {
        byte[] image = page == 1 ? pager.edit(1) : pager.editNew(page);
        int header = PageFormat.headerOffset(page);
        boolean isLeaf = PageFormat.isLeaf(list.kind);
        PageEditor.clear(image, page, list.kind, tree.format);
        if (!isLeaf) {
            BigEndian.put32(image, header + PageFormat.RIGHT_CHILD, rightChild);
        }
        int pointerAt = header + PageFormat.headerBytes(list.kind);
        int floor = pointerAt + 2 * (end - first);
        int at = tree.format.usableBytes;
        for (int i = first; i < end; i++) {
            int bodyBytes = list.bodyBytes(i);
            at -= isLeaf ? Math.max(PageFormat.MIN_CELL_BYTES, bodyBytes) : bodyBytes + 4;
            if (at < floor) {
                throw Corruption.of(page, "cells overlap");
            }
            if (isLeaf) {
                System.arraycopy(list.source(i), list.offset(i), image, at, bodyBytes);
            } else {
                BigEndian.put32(image, at, list.child(i));
                System.arraycopy(list.source(i), list.offset(i), image, at + 4, bodyBytes);
            }
            BigEndian.putU16(image, pointerAt, at);
            pointerAt += 2;
        }
        if (page == 1 && tree.secureDelete() != 0) {
            java.util.Arrays.fill(image, floor, at, (byte) 0);
        }
        BigEndian.putU16(image, header + PageFormat.CELL_COUNT, end - first);
        BigEndian.putU16(image, header + PageFormat.CONTENT_START, at);
        if (tree.hasPointerMap()) {
            mapReferences(page, list, first, end, rightChild, isLeaf);
        }
        return image;
    }

    private void mapReferences(int page, CellList list, int first, int end, int rightChild, boolean isLeaf) {
        for (int i = first; i < end; i++) {
            int overflowPage = list.overflowPage(i, tree.format);
            if (overflowPage != 0) {
                tree.pointerMap.put(overflowPage, PointerMap.OVERFLOW_FIRST, page);
            }
            if (!isLeaf) {
                tree.pointerMap.put(list.child(i), PointerMap.TREE, page);
            }
        }
        if (!isLeaf) {
            tree.pointerMap.put(rightChild, PointerMap.TREE, page);
        }
    }

    private long capacity(int page, int kind) {
        return tree.format.usableBytes - PageFormat.headerOffset(page) - PageFormat.headerBytes(kind);
    }

    private CellList readPage(int page) {
        byte[] image = copyOf(page);
        int kind = image[PageFormat.headerOffset(page)];
        if (!PageFormat.isTreeKind(kind)) {
            throw Corruption.of(page, "kind " + (kind & 0xff) + " is no tree page");
        }
        CellList list = list(kind);
        list.addPage(image, page, cell, tree.format);
        return list;
    }

    private byte[] copyOf(int page) {
        byte[] image = pager.read(page);
        if (copiesUsed == copies.length) {
            copies = Arrays.copyOf(copies, copiesUsed * 2);
        }
        byte[] copy = copies[copiesUsed];
        if (copy == null || copy.length != image.length) {
            copy = new byte[image.length];
            copies[copiesUsed] = copy;
        }
        copiesUsed++;
        System.arraycopy(image, 0, copy, 0, image.length);
        return copy;
    }

    private CellList list(int kind) {
        if (listsUsed == lists.length) {
            lists = Arrays.copyOf(lists, listsUsed * 2);
        }
        CellList list = lists[listsUsed];
        if (list == null) {
            list = new CellList();
            lists[listsUsed] = list;
        }
        listsUsed++;
        return list.reset(kind);
    }

    /** An array with room for one more divider at {@link #dividersEnd}; full arrays stay with the lists that use them. */
    private byte[] dividerSpace() {
        if (dividersEnd + 16 > dividerBytes.length) {
            dividerBytes = new byte[1024];
            dividersEnd = 0;
        }
        return dividerBytes;
    }

    private void checkSibling(int page, int known) {
        for (int i = 0; i < known; i++) {
            if (oldPages[i] == page) {
                throw Corruption.of(page, "is a child twice");
            }
        }
        if (page == 1) {
            throw Corruption.of(1, "is nobody's child");
        }
    }

    /** A page that the freelist gave out must not be part of the tree that it is for. */
    private void checkUnused(int page, int siblings) {
        for (int i = 0; i <= depth; i++) {
            if (pages[i] == page) {
                throw Corruption.of(page, "is on the freelist and in a tree");
            }
        }
        for (int i = 0; i < siblings; i++) {
            if (oldPages[i] == page) {
                throw Corruption.of(page, "is on the freelist and in a tree");
            }
        }
    }
}
