package dev.verso.btree;

import dev.verso.pager.BigEndian;
import dev.verso.pager.Pager;
import dev.verso.record.Varint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Looks at every page of a database and says what is wrong with it, in SQLite's words and SQLite's order: the freelist, then each tree
 * from right to left, then the pages that nobody refers to. Never throws for what it finds; reads sizes that it has not
 * believed yet only from a padded copy of the page.
 */
final class IntegrityCheck {
    /** Varints at the end of a page may seem to run past it. */
    private static final int PADDING = 32;
    /** Deeper than any tree can be; keeps a chain of damaged pages from exhausting the stack. */
    private static final int MAX_DEPTH = 200;

    private static final int SQLITE_CORRUPT = 11;
    private static final int PREFETCH_PAGES = 32;

    private enum Place {
        NONE,
        FREELIST,
        PAGE,
        RIGHT_CHILD,
        CELL
    }

    private final BTree tree;
    private final Pager pager;
    private final PageFormat format;
    private final int maxFindings;
    private final int pageCount;
    private final BitSet referenced = new BitSet();
    private final List<String> findings = new ArrayList<>();

    private Place place = Place.NONE;
    private int rootPage;
    private int atPage;
    private int atCell;
    private long entries;

    /** Smallest rowid of the tree page checked last: the bound for the page left of it. */
    private long smallestRowid;

    // the cell that was measured last
    private long rowid;
    private long payloadBytes;
    private int localBytes;
    private int payloadAt;
    private int sizeBytes;

    IntegrityCheck(BTree tree, int maxFindings) {
        this.tree = tree;
        this.pager = tree.pager();
        this.format = tree.format;
        this.maxFindings = maxFindings;
        this.pageCount = pager.pageCount();
    }

    /** @param entryCounts gets the number of entries of each tree; may be null */
    List<String> run(int[] rootPages, long[] entryCounts) {
        if (pageCount == 0) {
            return findings;
        }
        boolean isPartial = rootPages.length > 0 && rootPages[0] == 0;
        if (format.lockBytePage <= pageCount) {
            referenced.set(format.lockBytePage);
        }
        byte[] header = pager.read(1);
        if (!isPartial || rootPages.length > 1 && rootPages[1] == 1) {
            place = Place.FREELIST;
            checkFreelist(BigEndian.s32(header, Freelist.FIRST_TRUNK), BigEndian.u32(header, Freelist.COUNT));
            place = Place.NONE;
        }
        if (!isPartial) {
            checkLargestRoot(header, rootPages);
        }
        for (int i = 0; i < rootPages.length && hasRoom(); i++) {
            entries = 0;
            if (rootPages[i] != 0) {
                if (tree.hasPointerMap() && rootPages[i] > 1 && !isPartial) {
                    checkPointerMap(rootPages[i], PointerMap.ROOT, 0);
                }
                rootPage = rootPages[i];
                checkPage(rootPage, Long.MAX_VALUE, 0);
            }
            if (entryCounts != null) {
                entryCounts[i] = entries;
            }
        }
        if (!isPartial) {
            checkAllReferenced();
        }
        return findings;
    }

    // ---- findings

    private boolean hasRoom() {
        return findings.size() < maxFindings;
    }

    private void found(String what) {
        if (!hasRoom()) {
            return;
        }
        String where =
                switch (place) {
                    case NONE -> "";
                    case FREELIST -> "Freelist: ";
                    case PAGE -> "Tree " + text(rootPage) + " page " + text(atPage) + ": ";
                    case RIGHT_CHILD -> "Tree " + text(rootPage) + " page " + text(atPage) + " right child: ";
                    case CELL -> "Tree " + text(rootPage) + " page " + text(atPage) + " cell " + atCell + ": ";
                };
        findings.add(where + what);
    }

    private static String text(int unsigned) {
        return Integer.toUnsignedString(unsigned);
    }

    // ---- references

    /** Notes that somebody refers to the page; false, with a finding, if there is no such page or somebody else did. */
    private boolean refer(int page) {
        if (page <= 0 || page > pageCount) {
            found("invalid page number " + text(page));
            return false;
        }
        if (referenced.get(page)) {
            found("2nd reference to page " + page);
            return false;
        }
        referenced.set(page);
        return true;
    }

    private void checkPointerMap(int child, int kind, int parent) {
        int mapPage = child <= 0 ? 0 : format.mapPageOf(child);
        if (mapPage <= 0 || mapPage > pageCount || child <= mapPage) {
            found("Failed to read ptrmap key=" + text(child));
            return;
        }
        byte[] image = pager.read(mapPage);
        int at = 5 * (child - mapPage - 1);
        int foundKind = image[at] & 0xff;
        int foundParent = BigEndian.s32(image, at + 1);
        if (foundKind < PointerMap.ROOT || foundKind > PointerMap.TREE) {
            found("Failed to read ptrmap key=" + text(child));
        } else if (foundKind != kind || foundParent != parent) {
            found("Bad ptr map entry key=" + child + " expected=(" + kind + "," + text(parent) + ") got=(" + foundKind
                    + "," + text(foundParent) + ")");
        }
    }

    private void checkLargestRoot(byte[] header, int[] rootPages) {
        if (tree.hasPointerMap()) {
            int largest = 0;
            for (int root : rootPages) {
                largest = Math.max(largest, root);
            }
            int inHeader = BigEndian.s32(header, HeaderField.LARGEST_ROOT_PAGE.offset());
            if (largest != inHeader) {
                found("max rootpage (" + text(largest) + ") disagrees with header (" + text(inHeader) + ")");
            }
        } else if (BigEndian.s32(header, HeaderField.INCREMENTAL_VACUUM.offset()) != 0) {
            found("incremental_vacuum enabled with a max rootpage of zero");
        }
    }

    private void checkAllReferenced() {
        for (int page = 1; page <= pageCount && hasRoom(); page++) {
            boolean isMapPage = tree.hasPointerMap() && format.isMapPage(page);
            if (!isMapPage && !referenced.get(page)) {
                found("Page " + page + ": never used");
            } else if (isMapPage && referenced.get(page)) {
                found("Page " + page + ": pointer map referenced");
            }
        }
    }

    // ---- lists of pages

    private void checkFreelist(int firstTrunk, long expected) {
        int findingsBefore = findings.size();
        long missing = expected;
        int trunk = firstTrunk;
        while (trunk != 0 && hasRoom() && refer(trunk)) {
            missing--;
            byte[] image = pager.read(trunk);
            if (tree.hasPointerMap()) {
                checkPointerMap(trunk, PointerMap.FREE, 0);
            }
            long leaves = BigEndian.u32(image, 4);
            if (leaves > format.usableBytes / 4 - 2) {
                found("freelist leaf count too big on page " + trunk);
                missing--;
            } else {
                for (int i = 0; i < leaves; i++) {
                    int leaf = BigEndian.s32(image, 8 + 4 * i);
                    if (tree.hasPointerMap()) {
                        checkPointerMap(leaf, PointerMap.FREE, 0);
                    }
                    refer(leaf);
                }
                missing -= leaves;
            }
            trunk = BigEndian.s32(image, 0);
        }
        checkLength("size", expected, missing, findingsBefore);
    }

    private void checkOverflowChain(int firstPage, long expected) {
        int findingsBefore = findings.size();
        long missing = expected;
        int page = firstPage;
        while (page != 0 && hasRoom() && refer(page)) {
            missing--;
            int next = BigEndian.s32(pager.read(page), 0);
            // a chain that is too long counts below zero and is followed all the same, as SQLite does
            if (tree.hasPointerMap() && missing != 0) {
                checkPointerMap(next, PointerMap.OVERFLOW_NEXT, page);
            }
            page = next;
        }
        checkLength("overflow list length", expected, missing, findingsBefore);
    }

    private void checkLength(String what, long expected, long missing, int findingsBefore) {
        if (missing != 0 && findings.size() == findingsBefore) {
            found(what + " is " + (expected - missing & 0xffffffffL) + " but should be " + expected);
        }
    }

    // ---- trees

    /**
     * Checks a page and all below it; {@link #smallestRowid} is then its smallest rowid.
     *
     * @param bound rowids must be smaller; the largest of the page may be equal, if no child has been looked at before
     * @return levels below the page; 0 if the page could not be looked at
     */
    private int checkPage(int page, long bound, int depth) {
        smallestRowid = bound;
        if (!hasRoom() || page == 0 || !refer(page)) {
            return 0;
        }
        Place outerPlace = place;
        int outerPage = atPage;
        int outerCell = atCell;
        place = Place.PAGE;
        atPage = page;
        int levels = 0;
        byte[] image = pager.read(page);
        int header = PageFormat.headerOffset(page);
        int kind = image[header];
        if (!PageFormat.isTreeKind(kind)
                || BigEndian.u16(image, header + PageFormat.CELL_COUNT) > (format.pageBytes - 8) / 6) {
            found("btreeInitPage() returns error code " + SQLITE_CORRUPT);
        } else if (!isFreeSpaceSound(image, header, kind)) {
            found("free space corruption");
        } else if (depth >= MAX_DEPTH) {
            found("Child page depth differs");
        } else {
            levels = checkCells(Arrays.copyOf(image, image.length + PADDING), page, kind, bound, depth);
        }
        place = outerPlace;
        atPage = outerPage;
        atCell = outerCell;
        return levels;
    }

    private boolean isFreeSpaceSound(byte[] image, int header, int kind) {
        int contentStart = contentStart(image, header);
        int cells = BigEndian.u16(image, header + PageFormat.CELL_COUNT);
        int firstCell = header + PageFormat.headerBytes(kind) + 2 * cells;
        int free = (image[header + PageFormat.FRAGMENTED_BYTES] & 0xff) + contentStart;
        int block = BigEndian.u16(image, header + PageFormat.FIRST_FREEBLOCK);
        if (block > 0) {
            if (block < contentStart) {
                return false;
            }
            while (true) {
                if (block > format.usableBytes - 4) {
                    return false;
                }
                int next = BigEndian.u16(image, block);
                int size = BigEndian.u16(image, block + 2);
                if (size < 4) {
                    return false;
                }
                free += size;
                if (next <= block + size + 3) {
                    if (next > 0 || block + size > format.usableBytes) {
                        return false;
                    }
                    break;
                }
                block = next;
            }
        }
        return free <= format.usableBytes && free >= firstCell;
    }

    private int checkCells(byte[] image, int page, int kind, long bound, int depth) {
        int header = PageFormat.headerOffset(page);
        boolean isLeaf = PageFormat.isLeaf(kind);
        boolean isTable = PageFormat.isTable(kind);
        int contentStart = contentStart(image, header);
        int cells = BigEndian.u16(image, header + PageFormat.CELL_COUNT);
        int pointers = header + PageFormat.headerBytes(kind);
        if (isLeaf || !isTable) {
            entries += cells;
        }
        place = Place.CELL;
        long limit = bound;
        boolean mayEqual = true;
        int levels = -1;
        if (!isLeaf) {
            int right = BigEndian.s32(image, header + PageFormat.RIGHT_CHILD);
            if (tree.hasPointerMap()) {
                place = Place.RIGHT_CHILD; // and stays so for the cells of this page: SQLite's findings do
                checkPointerMap(right, PointerMap.TREE, page);
            }
            levels = checkPage(right, limit, depth + 1);
            limit = smallestRowid;
            mayEqual = false;
        }
        boolean checksCoverage = true;
        long[] uses = new long[cells + 1];
        int useCount = 0;
        for (int i = cells - 1; i >= 0 && hasRoom(); i--) {
            atCell = i;
            if (!isLeaf && (cells - 1 - i) % PREFETCH_PAGES == 0) {
                prefetchChildren(image, pointers, i);
            }
            int at = BigEndian.u16(image, pointers + 2 * i);
            if (at < contentStart || at > format.usableBytes - 4) {
                found("Offset " + at + " out of range " + contentStart + ".." + (format.usableBytes - 4));
                checksCoverage = false;
                continue;
            }
            measure(image, at, kind);
            if (at + sizeBytes > format.usableBytes) {
                found("Extends off end of page");
                checksCoverage = false;
                continue;
            }
            if (payloadBytes > 0 && (image[payloadAt] & 0xff) <= 1) {
                found("Bad cell header size");
                checksCoverage = false;
                continue;
            }
            if (isTable) {
                if (mayEqual ? rowid > limit : rowid >= limit) {
                    found("Rowid " + rowid + " out of order");
                }
                limit = rowid;
                mayEqual = false;
            }
            uses[useCount++] = (long) at << 16 | at + sizeBytes - 1;
            if (payloadBytes > localBytes) {
                long pages = (payloadBytes - localBytes + format.usableBytes - 5) / (format.usableBytes - 4);
                int first = BigEndian.s32(image, at + sizeBytes - 4);
                if (tree.hasPointerMap()) {
                    checkPointerMap(first, PointerMap.OVERFLOW_FIRST, page);
                }
                checkOverflowChain(first, pages);
            }
            if (!isLeaf) {
                int child = BigEndian.s32(image, at);
                if (tree.hasPointerMap()) {
                    checkPointerMap(child, PointerMap.TREE, page);
                }
                int childLevels = checkPage(child, limit, depth + 1);
                limit = smallestRowid;
                mayEqual = false;
                if (childLevels != levels) {
                    found("Child page depth differs");
                    levels = childLevels;
                }
            }
        }
        if (checksCoverage && hasRoom()) {
            checkCoverage(image, page, contentStart, uses, useCount);
        }
        smallestRowid = limit;
        return levels + 1;
    }

    /** Asks for the children of this cell and of those left of it together. */
    private void prefetchChildren(byte[] image, int pointers, int cellIndex) {
        int[] pages = new int[PREFETCH_PAGES];
        int count = 0;
        for (int i = cellIndex; i >= 0 && count < PREFETCH_PAGES; i--) {
            int at = BigEndian.u16(image, pointers + 2 * i);
            if (at <= format.usableBytes - 4) {
                pages[count++] = BigEndian.s32(image, at);
            }
        }
        pager.prefetch(pages, count);
    }

    /** Every byte behind the content start must belong to one cell, one freeblock, or be counted as a fragment. */
    private void checkCoverage(byte[] image, int page, int contentStart, long[] cellUses, int cellCount) {
        place = Place.NONE;
        int header = PageFormat.headerOffset(page);
        long[] uses = Arrays.copyOf(cellUses, cellCount + format.usableBytes / 4);
        int count = cellCount;
        int block = BigEndian.u16(image, header + PageFormat.FIRST_FREEBLOCK);
        while (block > 0 && count < uses.length) {
            int size = BigEndian.u16(image, block + 2);
            uses[count++] = (long) block << 16 | block + size - 1 & 0xffff;
            block = BigEndian.u16(image, block);
        }
        Arrays.sort(uses, 0, count);
        int fragmented = 0;
        int end = contentStart - 1;
        int next = 0;
        while (next < count) {
            int start = (int) (uses[next] >> 16);
            int useEnd = (int) (uses[next] & 0xffff);
            next++;
            if (end >= start) {
                found("Multiple uses for byte " + start + " of page " + page);
                break;
            }
            fragmented += start - end - 1;
            end = useEnd;
        }
        fragmented += format.usableBytes - end - 1;
        int counted = image[header + PageFormat.FRAGMENTED_BYTES] & 0xff;
        if (next == count && fragmented != counted) {
            found("Fragmentation of " + text(fragmented) + " bytes reported as " + counted + " on page " + page);
        }
    }

    /** Sizes of a cell as it claims them. */
    private void measure(byte[] image, int at, int kind) {
        int next = at;
        if (kind == PageFormat.TABLE_INTERIOR) {
            rowid = Varint.get(image, next + 4);
            sizeBytes = Varint.end(image, next + 4) - at;
            payloadBytes = 0;
            localBytes = 0;
            return;
        }
        boolean isTable = kind == PageFormat.TABLE_LEAF;
        if (kind == PageFormat.INDEX_INTERIOR) {
            next += 4;
        }
        payloadBytes = Varint.get(image, next) & 0xffffffffL;
        next = Varint.end(image, next);
        if (isTable) {
            rowid = Varint.get(image, next);
            next = Varint.end(image, next);
        }
        payloadAt = next;
        localBytes = format.localBytes(payloadBytes, isTable);
        sizeBytes = payloadBytes > localBytes
                ? next + localBytes + 4 - at
                : Math.max(PageFormat.MIN_CELL_BYTES, next + localBytes - at);
    }

    private static int contentStart(byte[] image, int header) {
        int start = BigEndian.u16(image, header + PageFormat.CONTENT_START);
        return start == 0 ? 65536 : start;
    }
}
