package dev.verso.btree;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BigEndian;
import dev.verso.pager.Pager;
import java.util.ArrayList;
import java.util.List;

/**
 * All pages of one tree, overflow pages included, with how full they are: what {@code dbstat} shows (sqlite.org/dbstat.html). Each page comes before
 * its children, the overflow pages of a cell before the child to its left.
 */
public final class TreePages {
    /** What a page is for. */
    public enum Kind {
        INTERNAL,
        LEAF,
        OVERFLOW,
        /** A page of a tree that does not follow the file format; nothing below it is visited. */
        CORRUPTED
    }

    /** A tree page on the way from the root to where the walk is. */
    private static final class Level {
        final int page;
        final String path;
        byte[] image;
        Kind kind;
        int cells;
        int[] cellOffsets;
        int rightChild;
        /** Cell whose overflow pages come next */
        int cell;

        Level(int page, String path) {
            this.page = page;
            this.path = path;
        }
    }

    private final BTree tree;
    private final Pager pager;
    private final List<Level> levels = new ArrayList<>();
    private final Cell cell = new Cell();
    private boolean rootPending;
    private int nextOverflow;
    private int overflowIndex;
    private int overflowRest;
    private boolean overflowSeen;

    private int page;
    private String path;
    private Kind kind;
    private int cells;
    private long payload;
    private long unused;
    private long largestPayload;

    /** @param tree in a snapshot */
    public TreePages(BTree tree) {
        this.tree = tree;
        pager = tree.pager();
    }

    /** Begins with the root; {@link #next} goes there. */
    public void begin(int rootPage) {
        levels.clear();
        nextOverflow = 0;
        overflowSeen = false;
        cell.use(tree.format, pager);
        levels.add(new Level(rootPage, "/"));
        rootPending = true;
    }

    /** Moves to the next page. @return false if there is none */
    public boolean next() {
        if (rootPending) {
            rootPending = false;
            visit(levels.get(0));
            return true;
        }
        while (!levels.isEmpty()) {
            Level level = levels.get(levels.size() - 1);
            if (advanceOverflow(level)) {
                return true;
            }
            boolean leaf = level.kind != Kind.INTERNAL;
            if (level.cell > level.cells || leaf && level.cell >= level.cells) {
                levels.remove(levels.size() - 1);
                // The parent stands on the cell whose child this was, overflow pages seen.
                overflowSeen = false;
                nextOverflow = 0;
                continue;
            }
            int at = level.cell++;
            overflowSeen = false;
            if (!leaf) {
                descend(level, at);
                return true;
            }
        }
        return false;
    }

    private void descend(Level parent, int slot) {
        if (levels.size() >= PageFormat.MAX_DEPTH) {
            throw Corruption.of(parent.page, "the tree is deeper than " + PageFormat.MAX_DEPTH + " pages");
        }
        int child = slot == parent.cells ? parent.rightChild : BigEndian.s32(parent.image, parent.cellOffsets[slot]);
        Level level = new Level(child, parent.path + hex(slot, 3) + "/");
        levels.add(level);
        visit(level);
    }

    /** Moves to the next overflow page of the current cell, if there is one. */
    private boolean advanceOverflow(Level level) {
        if (level.cell >= level.cells || level.kind == Kind.CORRUPTED) {
            return false;
        }
        if (!overflowSeen) {
            overflowSeen = true;
            cell.parse(level.image, level.page, level.cellOffsets[level.cell], treeKind(level));
            nextOverflow = cell.overflowPage;
            overflowIndex = 0;
            overflowRest = cell.payloadBytes - cell.localBytes;
        }
        if (nextOverflow == 0 || overflowRest <= 0) {
            return false;
        }
        int capacity = tree.format.usableBytes - 4;
        page = nextOverflow;
        path = level.path + hex(level.cell, 3) + "+" + hex(overflowIndex++, 6);
        kind = Kind.OVERFLOW;
        cells = 0;
        largestPayload = 0;
        payload = Math.min(overflowRest, capacity);
        unused = capacity - payload;
        overflowRest -= capacity;
        nextOverflow = overflowRest > 0 ? BigEndian.s32(pager.read(page), 0) : 0;
        return true;
    }

    private static int treeKind(Level level) {
        return level.image[PageFormat.headerOffset(level.page)];
    }

    private static String hex(int number, int digits) {
        StringBuilder text = new StringBuilder(Integer.toHexString(number));
        while (text.length() < digits) {
            text.insert(0, '0');
        }
        return text.toString();
    }

    /** Reads a tree page and makes it the current one. */
    private void visit(Level level) {
        page = level.page;
        path = level.path;
        cells = 0;
        payload = 0;
        unused = 0;
        largestPayload = 0;
        overflowSeen = false;
        nextOverflow = 0;
        try {
            decode(level);
        } catch (DatabaseException e) {
            if (e.code() != ResultCode.CORRUPT) {
                throw e;
            }
            level.kind = Kind.CORRUPTED;
            level.cells = 0;
            cells = 0;
            payload = 0;
            largestPayload = 0;
        }
        kind = level.kind;
    }

    private void decode(Level level) {
        byte[] image = pager.read(level.page);
        int header = PageFormat.headerOffset(level.page);
        int treeKind = image[header];
        if (!PageFormat.isTreeKind(treeKind)) {
            throw Corruption.of(level.page, "kind " + (treeKind & 0xff) + " is no tree page");
        }
        level.image = image;
        boolean leaf = PageFormat.isLeaf(treeKind);
        level.kind = leaf ? Kind.LEAF : Kind.INTERNAL;
        level.cells = BigEndian.u16(image, header + PageFormat.CELL_COUNT);
        level.rightChild = leaf ? 0 : BigEndian.s32(image, header + PageFormat.RIGHT_CHILD);
        int pointers = header + PageFormat.headerBytes(treeKind);
        // 0 stands for 65,536. SQLite's module does not know: an empty page of that size has -8 bytes unused.
        int contentStart = BigEndian.u16(image, header + PageFormat.CONTENT_START);
        if (pointers + 2 * level.cells > tree.format.usableBytes) {
            throw Corruption.of(level.page, level.cells + " cells do not fit");
        }
        unused = contentStart - pointers - 2L * level.cells + (image[header + PageFormat.FRAGMENTED_BYTES] & 0xff);
        unused += freeblockBytes(level, header);
        level.cellOffsets = new int[level.cells];
        for (int i = 0; i < level.cells; i++) {
            int at = BigEndian.u16(image, pointers + 2 * i);
            if (at < pointers || at > tree.format.usableBytes - PageFormat.MIN_CELL_BYTES) {
                throw Corruption.cellOffset(level.page, i, at, pointers + 2 * level.cells, tree.format.usableBytes);
            }
            level.cellOffsets[i] = at;
            cell.parse(image, level.page, at, treeKind);
            payload += cell.localBytes;
            largestPayload = Math.max(largestPayload, cell.payloadBytes);
        }
        cells = level.cells;
    }

    private long freeblockBytes(Level level, int header) {
        long bytes = 0;
        int at = BigEndian.u16(level.image, header + PageFormat.FIRST_FREEBLOCK);
        while (at != 0) {
            if (at + 4 > tree.format.usableBytes) {
                throw Corruption.of(level.page, "a freeblock lies outside");
            }
            bytes += BigEndian.u16(level.image, at + 2);
            int next = BigEndian.u16(level.image, at);
            if (next != 0 && next <= at) {
                throw Corruption.of(level.page, "freeblocks are not in order");
            }
            at = next;
        }
        return bytes;
    }

    // ---- the current page

    public int pageNumber() {
        return page;
    }

    /** Where the page is in its tree: {@code /1c2/000/} for the leftmost child of the 451st child of the root, {@code …+000001} for overflow. */
    public String path() {
        return path;
    }

    public Kind kind() {
        return kind;
    }

    /** Number of cells; 0 for an overflow page. */
    public int cellCount() {
        return cells;
    }

    /** Bytes of payload that are on the page itself. */
    public long payloadBytes() {
        return payload;
    }

    public long unusedBytes() {
        return unused;
    }

    /** Size of the largest payload that begins on the page. */
    public long largestPayloadBytes() {
        return largestPayload;
    }
}
