package dev.verso.btree;

import dev.verso.pager.BigEndian;
import dev.verso.pager.Pager;
import dev.verso.record.PayloadSource;
import dev.verso.record.RecordView;

/**
 * A place in one tree: on an entry, or in the gap before or after one. Stays right when its own connection changes the tree through
 * another cursor. Used by one thread. A closed cursor belongs to its {@link BTree} again, which hands it out anew: do not touch it.
 *
 * <p>One long file, because moving, staying right and deleting all work on the one path, whose fields the hot loop must find in one object.
 *
 * <pre>
 *   OFF       on no entry; a path may be in hand that the next seek tries first
 *   ON_ENTRY  the path leads to entry {@code index} of the current page
 *   GAP       before entry {@code index} of the current leaf; index may be the cell count
 *   SAVED     the tree was changed by someone else: the key is kept and sought again when needed
 * </pre>
 */
public abstract sealed class TreeCursor implements AutoCloseable permits TableCursor, IndexCursor {
    static final int CLOSED = 0;
    static final int OFF = 1;
    static final int ON_ENTRY = 2;
    static final int GAP = 3;
    static final int SAVED = 4;

    /** What a saved position was relative to the saved key. */
    private static final int AT_KEY = 0;

    private static final int BEFORE_KEY = 1;
    private static final int AFTER_KEY = 2;

    private static final int RAW = 0;
    private static final int CELL_PARSED = 1;
    private static final int RECORD_WRAPPED = 2;

    private static final int CACHE_LINE_BYTES = 64;
    private static final int PREFETCH_PAGES = 32;
    private static final int MAX_KEPT_BUFFER_BYTES = 1 << 20;
    private static final byte[] EMPTY_SCHEMA = emptySchemaPage();

    final BTree tree;
    final Pager pager;
    final Cell cell = new Cell();
    final boolean isTable;
    int rootPage;
    boolean isWritable;
    /** Whether entries come in their order, as many as there are: pages are then left full. */
    boolean isBulk;
    /** Where the cursor stands in its tree's list of cursors. */
    int listIndex;

    int state;
    /** True if the fields below describe a path that is right at this moment. */
    boolean hasPath;

    int depth;
    byte[] page;
    int pageNumber;
    int cellCount;
    /** Where the page's cell offsets begin. */
    int pointers;

    boolean isLeaf;
    /** The leaf was reached by a search that met a key before it and one at or after its end: see {@link TableCursor}. */
    boolean isBounded;
    /** On a leaf the entry or gap; on an interior page the child taken, or the entry (index trees). */
    int index;

    final int[] pathPages = new int[PageFormat.MAX_DEPTH];
    final int[] pathIndexes = new int[PageFormat.MAX_DEPTH];
    private final int[] pathCounts = new int[PageFormat.MAX_DEPTH];
    final byte[][] pathImages = new byte[PageFormat.MAX_DEPTH][];

    /** The cell count if {@link #next} may just count up, else 0. */
    private int stepLimit;

    private int parsed;
    /** The cell's rowid is read, too: a record that is only looked at needs none. */
    private boolean knowsRowid;
    /** Whether the page is a private copy: asked for when the first record of the page is. */
    private boolean isVolatile;

    private boolean knowsVolatile;
    private int savedAs;

    /** Who is told what is read here; null if nobody wants to know. */
    RowTracker rows;
    /** A range is being read: from where the last seek led to where the cursor is. */
    boolean isReading;
    /** The entry that the cursor is on belongs to the range. */
    boolean countsHere;

    boolean isBackward;
    /** What is read is read for a constraint. */
    boolean mustCount;

    private int leafSteps;
    /** Keeps the compiler from seeing that {@link #warm} computes nothing. */
    private int warmed;

    private int stepDirection;
    private int[] prefetchPages;
    /** Where pages are far away, else null. */
    private final LeafReadAhead leavesAhead;

    private int leafDepth;
    private byte[] whole = new byte[0];
    private final RecordView record = new RecordView();
    private final PayloadSource wholePayload = this::loadWhole;

    TreeCursor(BTree tree, boolean isTable) {
        this.tree = tree;
        this.pager = tree.pager();
        this.isTable = isTable;
        leavesAhead = pager.isRemote() ? new LeafReadAhead(tree) : null;
    }

    private static byte[] emptySchemaPage() {
        byte[] image = new byte[PageFormat.headerOffset(1) + PageFormat.LEAF_HEADER_BYTES];
        image[PageFormat.headerOffset(1)] = PageFormat.TABLE_LEAF;
        return image;
    }

    // ---- what the two kinds do in their own way

    /** Keeps the key of the current entry. */
    abstract void saveKey();

    /** Seeks the kept key; the cursor is then on its entry or in the gap where it would be. */
    abstract void seekSavedKey();

    /** A new range begins at an end of the tree. */
    abstract void anchorAtEnd(boolean first);

    /** A new range begins at the entry that the cursor is on, or was on when its key was kept; that entry included. */
    abstract void anchorHere();

    /** The range goes on to an end of the tree. */
    abstract void reachEnd(boolean first);

    /** Tells the tracker of the range. */
    abstract void report();

    // ---- moving

    /** Moves to the first entry; false if the tree is empty. */
    public final boolean first() {
        if (rows != null) {
            beginAtEnd(true);
        }
        loadRoot();
        descendLeft();
        return arrived(enterLeafAt(0));
    }

    /** Moves to the last entry; false if the tree is empty. */
    public final boolean last() {
        if (rows != null) {
            beginAtEnd(false);
        }
        return arrived(toLast());
    }

    /** Like {@link #last}, for choosing a new rowid: what that was does not count as read. */
    public final boolean lastUnnoted() {
        if (rows == null) {
            return toLast();
        }
        endRange();
        isBackward = false;
        boolean found = toLast();
        stepLimit = 0;
        return found;
    }

    private boolean toLast() {
        if (!hasPath || !isLeaf || !isLastLeaf()) {
            loadRoot();
            descendRight();
        }
        return enterLeafAt(cellCount - 1);
    }

    /** Moves to the next entry; false past the last one. After {@link #delete} with kept position: to the entry after the deleted one. */
    public final boolean next() {
        int next = index + 1;
        if (next < stepLimit) {
            index = next;
            parsed = RAW;
            return true;
        }
        return nextSlow();
    }

    /** Moves to the previous entry; false before the first one. */
    public final boolean previous() {
        if (index > 0 && stepLimit > 0 && rows == null) {
            index--;
            parsed = RAW;
            return true;
        }
        return previousSlow();
    }

    /** True if the cursor is on an entry. */
    public final boolean isOnEntry() {
        if (state == SAVED) {
            restore();
        }
        return state == ON_ENTRY;
    }

    /** Bytes of the entry's payload (the record). */
    public final int payloadBytes() {
        parseCell();
        return cell.payloadBytes;
    }

    /** The entry's record: one view that belongs to the cursor and moves with it. */
    public final RecordView record() {
        if (parsed != RECORD_WRAPPED) {
            if (parsed != RAW || !isTable || state != ON_ENTRY) {
                parseCell();
            } else {
                knowsRowid = cell.parseTablePayload(page, pageNumber, cellOffset(index));
            }
            if (!knowsVolatile) {
                isVolatile = pager.isPrivate(pageNumber);
                knowsVolatile = true;
            }
            record.wrap(page, cell.payloadAt, cell.localBytes, cell.payloadBytes, wholePayload, isVolatile);
            parsed = RECORD_WRAPPED;
        }
        return record;
    }

    /**
     * Lays a view over the entry's record if that lies whole on a page that never changes: the view then stays right wherever this cursor
     * goes.
     *
     * @return false if it does not, and the view is as it was
     */
    public final boolean lendRecord(RecordView view) {
        if (parsed == RAW) {
            parseCell();
        }
        if (!knowsVolatile) {
            isVolatile = pager.isPrivate(pageNumber);
            knowsVolatile = true;
        }
        if (isVolatile || cell.overflowPage != 0) {
            return false;
        }
        view.wrap(page, cell.payloadAt, cell.payloadBytes, cell.payloadBytes, null, false);
        return true;
    }

    /** Copies the whole payload. @return the bytes copied, {@link #payloadBytes} */
    public final int copyPayload(byte[] into, int offset) {
        parseCell();
        System.arraycopy(page, cell.payloadAt, into, offset, cell.localBytes);
        if (cell.overflowPage != 0) {
            tree.overflow.read(
                    cell.overflowPage, into, offset + cell.localBytes, cell.payloadBytes - cell.localBytes, pageNumber);
        }
        return cell.payloadBytes;
    }

    /** Deletes the entry. With {@code keepPosition} the next {@link #next} or {@link #previous} goes to its neighbour. */
    public final void delete(boolean keepPosition) {
        parseCell();
        if (tree.rows != null) {
            noteDelete();
        }
        tree.beforeWrite(this);
        if (!isLeaf) {
            saveKey();
            tree.balancer.deleteInterior((IndexCursor) this);
            left(keepPosition);
            return;
        }
        int sizeBytes = cell.sizeBytes;
        PageEditor editor = tree.editor;
        boolean underfull = false;
        if (depth > 0) {
            int freeAfter = editor.wrap(page, pageNumber).freeBytes() + sizeBytes + 2;
            underfull = cellCount == 1 || freeAfter * 3 > tree.format.usableBytes * 2;
            if (underfull && keepPosition) {
                saveKey();
            }
        }
        if (cell.overflowPage != 0) {
            freeOverflow();
        }
        editPage();
        editor.wrap(page, pageNumber).remove(index, sizeBytes);
        cellCount--;
        if (underfull) {
            tree.balancer.rebalance(this);
            left(keepPosition);
        } else {
            gap(index);
        }
    }

    /** Number of entries in the tree, by reading its pages. */
    public final long count() {
        if (rows != null) {
            readAll();
        }
        return isEmptySchema() ? 0 : tree.walk.count(rootPage, isTable);
    }

    /** A cheap guess of the number of entries, from one path down the tree. */
    public final long estimatedCount() {
        return isEmptySchema() ? 0 : tree.walk.estimate(rootPage, isTable);
    }

    @Override
    public final void close() {
        if (state != CLOSED) {
            endRange();
            state = CLOSED;
            stepLimit = 0;
            parsed = RAW;
            if (whole.length > MAX_KEPT_BUFFER_BYTES) {
                whole = new byte[0];
            }
            tree.closed(this);
        }
    }

    // ---- for the tree

    final void open(int rootPage, boolean isWritable) {
        if (this.rootPage != rootPage) {
            hasPath = false;
        }
        this.rootPage = rootPage;
        this.isWritable = isWritable;
        cell.use(tree.format, pager);
        rows = tree.rows;
        isReading = false;
        isBackward = false;
        mustCount = false;
        state = OFF;
        stepLimit = 0;
        parsed = RAW;
    }

    /** Someone else is about to change this tree: keep the key, forget the pages. */
    final void leave() {
        if (state == ON_ENTRY) {
            parseCell();
            saveKey();
            savedAs = AT_KEY;
            state = SAVED;
        } else if (state == GAP) {
            if (cellCount == 0) {
                state = OFF;
            } else {
                savedAs = index < cellCount ? BEFORE_KEY : AFTER_KEY;
                index = Math.min(index, cellCount - 1);
                state = ON_ENTRY;
                parsed = RAW;
                parseCell();
                saveKey();
                state = SAVED;
            }
        }
        forgetPath();
    }

    /** The pages that the path shows are no longer those of the tree, and nobody can say where the cursor was. */
    final void lose() {
        if (state != CLOSED) {
            state = OFF;
        }
        forgetPath();
    }

    final void forgetPath() {
        hasPath = false;
        stepLimit = 0;
        parsed = RAW;
    }

    // ---- for the subclasses and the balancer

    /** After the tree was rebuilt around the deleted or inserted entry whose key is kept. */
    final void left(boolean keepPosition) {
        forgetPath();
        savedAs = AT_KEY;
        state = keepPosition ? SAVED : OFF;
    }

    final void parseCell() {
        if (state != ON_ENTRY) {
            restore();
            if (state != ON_ENTRY) {
                throw new IllegalStateException("the cursor is on no entry");
            }
        }
        if (parsed == RAW || !knowsRowid) {
            int at = cellOffset(index);
            if (isTable) {
                cell.parseTableLeaf(page, pageNumber, at);
            } else {
                cell.parseIndex(page, pageNumber, at, isLeaf ? 0 : 4);
            }
            knowsRowid = true;
            if (parsed == RAW) {
                parsed = CELL_PARSED;
            }
        }
    }

    /** True if the cell is parsed, rowid and all. */
    final boolean isParsed() {
        return parsed != RAW && knowsRowid;
    }

    /** The start of a cell of the current page, checked. */
    final int cellOffset(int cellIndex) {
        int at = BigEndian.u16(page, pointers + 2 * cellIndex);
        if (at < pointers + 2 * cellCount || at > tree.format.usableBytes - PageFormat.MIN_CELL_BYTES) {
            throw Corruption.cellOffset(pageNumber, cellIndex, at, pointers + 2 * cellCount, tree.format.usableBytes);
        }
        return at;
    }

    /** On the entry of the current page. */
    final void enter(int entryIndex) {
        index = entryIndex;
        state = ON_ENTRY;
        parsed = RAW;
        stepLimit = isLeaf && !isBackward ? cellCount : 0;
    }

    /** Steps must not just count up, or only up to there. */
    final void stepLimit(int limit) {
        stepLimit = limit;
    }

    /** In the gap before that entry of the current leaf. */
    final void gap(int entryIndex) {
        index = entryIndex;
        state = GAP;
        parsed = RAW;
        stepLimit = 0;
    }

    /** Before the page is changed: makes it this connection's own copy. */
    final void editPage() {
        byte[] copy = pager.edit(pageNumber);
        int header = PageFormat.headerOffset(pageNumber);
        if (BigEndian.u16(copy, header + PageFormat.CELL_COUNT) != cellCount || copy[header] != page[header]) {
            // a page that was freed or allocated meanwhile was this one too
            throw Corruption.of(pageNumber, "is used twice");
        }
        page = copy;
        isVolatile = true;
        knowsVolatile = true;
    }

    final void loadRoot() {
        state = OFF;
        stepLimit = 0;
        parsed = RAW;
        leafSteps = 0;
        depth = 0;
        hasPath = false;
        if (isEmptySchema()) {
            loadEmptySchema();
        } else {
            load(rootPage);
            hasPath = true;
        }
    }

    private boolean isEmptySchema() {
        return rootPage == 1 && pager.pageCount() == 0 && pager.isReading();
    }

    /** A database without pages has an empty schema. The path is not kept: the first writer makes page 1. */
    private void loadEmptySchema() {
        page = EMPTY_SCHEMA;
        pageNumber = 1;
        pathPages[0] = 1;
        cellCount = 0;
        pointers = PageFormat.headerOffset(1) + PageFormat.LEAF_HEADER_BYTES;
        isLeaf = true;
        isBounded = false;
        knowsVolatile = false;
    }

    final void descendTo(int child) {
        if (depth + 1 >= PageFormat.MAX_DEPTH) {
            hasPath = false;
            throw Corruption.of(pageNumber, "the tree is deeper than " + PageFormat.MAX_DEPTH + " pages");
        }
        pathIndexes[depth] = index;
        pathCounts[depth] = cellCount;
        pathImages[depth] = page;
        depth++;
        hasPath = false;
        load(child);
        hasPath = true;
    }

    /** The child left of that cell, or the right child. */
    final int childAt(int slot) {
        if (slot < cellCount) {
            return BigEndian.s32(page, cellOffset(slot));
        }
        return BigEndian.s32(page, PageFormat.headerOffset(pageNumber) + PageFormat.RIGHT_CHILD);
    }

    /** Whether the page in hand, which is not the root, is its parent's last child. */
    final boolean isLastChild() {
        return pathIndexes[depth - 1] == pathCounts[depth - 1];
    }

    final boolean isLastLeaf() {
        for (int level = 0; level < depth; level++) {
            if (pathIndexes[level] != pathCounts[level]) {
                return false;
            }
        }
        return true;
    }

    final boolean isFirstLeaf() {
        for (int level = 0; level < depth; level++) {
            if (pathIndexes[level] != 0) {
                return false;
            }
        }
        return true;
    }

    /** The last leaf was split by an append: the path now leads to the new last leaf. */
    final void appended(byte[] parentImage, int parentCells, int newLeaf, byte[] newLeafImage) {
        pathImages[depth - 1] = parentImage;
        pathCounts[depth - 1] = parentCells;
        pathIndexes[depth - 1] = parentCells;
        pathPages[depth] = newLeaf;
        page = newLeafImage;
        isBounded = false;
        pageNumber = newLeaf;
        pointers = PageFormat.LEAF_HEADER_BYTES;
        cellCount = 1;
        isVolatile = true;
        knowsVolatile = true;
        enter(0);
    }

    final void freeOverflow() {
        tree.overflow.free(
                cell.overflowPage, tree.format.overflowPages(cell.payloadBytes, cell.localBytes), pageNumber);
    }

    final void descendLeft() {
        while (!isLeaf) {
            index = 0;
            descendTo(childAt(0));
        }
    }

    final void descendRight() {
        while (!isLeaf) {
            index = cellCount;
            descendTo(childAt(cellCount));
        }
    }

    final void restore() {
        if (state != SAVED) {
            return;
        }
        int as = savedAs;
        seekSavedKey();
        if (state == ON_ENTRY && as != AT_KEY) {
            if (isLeaf) {
                gap(as == BEFORE_KEY ? index : index + 1);
            } else if (as == BEFORE_KEY) {
                descendTo(childAt(index));
                descendRight();
                gap(cellCount);
            } else {
                index++;
                descendTo(childAt(index));
                descendLeft();
                gap(0);
            }
        }
    }

    // ---- what is read

    /** What is read from here on until the cursor is opened anew is read for a constraint: snapshot isolation wants to know it, too. */
    public final void readsForConstraint() {
        mustCount = true;
    }

    /** What is read from here on until the cursor is opened anew does not count as read. */
    public final void readsUnnoted() {
        rows = null;
    }

    /** The range ends where the cursor is. */
    final void endRange() {
        if (isReading) {
            isReading = false;
            report();
        }
    }

    private void beginAtEnd(boolean first) {
        endRange();
        anchorAtEnd(first);
        isReading = true;
        countsHere = false;
        isBackward = !first;
    }

    /** The cursor is about to step in that direction. */
    private void turn(boolean backward) {
        if (isReading && isBackward != backward && countsHere) {
            endRange();
        }
        isBackward = backward;
        if (!isReading && (state == ON_ENTRY || state == SAVED)) {
            anchorHere();
            isReading = true;
            countsHere = false;
        }
    }

    /** After a step in the direction of the range. */
    private boolean arrived(boolean isOnEntry) {
        if (rows == null) {
            return isOnEntry;
        }
        if (isOnEntry) {
            if (!isReading) {
                anchorHere();
                isReading = true;
            }
            countsHere = true;
        } else if (isReading) {
            countsHere = false;
            reachEnd(isBackward);
        }
        return isOnEntry;
    }

    /** Before the current entry is deleted. */
    private void noteDelete() {
        if (isReading) {
            endRange();
            anchorHere();
            isReading = true;
            countsHere = false;
        }
        noteDeleted();
    }

    /** Tells the tracker that the current entry is going to be deleted. */
    abstract void noteDeleted();

    /** Tells the tracker that the whole tree was read. */
    abstract void readAll();

    // ---- private

    private void load(int number) {
        byte[] image = pager.read(number);
        int header = PageFormat.headerOffset(number);
        int kind = image[header];
        boolean leaf = kind == (isTable ? PageFormat.TABLE_LEAF : PageFormat.INDEX_LEAF);
        if (!leaf && kind != (isTable ? PageFormat.TABLE_INTERIOR : PageFormat.INDEX_INTERIOR)) {
            throw Corruption.of(
                    number,
                    "kind " + (kind & 0xff) + " does not belong in " + (isTable ? "a table" : "an index") + " tree");
        }
        int count = BigEndian.u16(image, header + PageFormat.CELL_COUNT);
        int start = header + (leaf ? PageFormat.LEAF_HEADER_BYTES : PageFormat.INTERIOR_HEADER_BYTES);
        if (start + 2 * count > tree.format.usableBytes || count == 0 && depth > 0) {
            throw Corruption.of(number, "a page cannot have " + count + " cells");
        }
        page = image;
        pageNumber = number;
        pathPages[depth] = number;
        cellCount = count;
        pointers = start;
        isLeaf = leaf;
        isBounded = false;
        knowsVolatile = false;
    }

    private void ascend() {
        depth--;
        page = pathImages[depth];
        pageNumber = pathPages[depth];
        cellCount = pathCounts[depth];
        index = pathIndexes[depth];
        pointers = PageFormat.headerOffset(pageNumber) + PageFormat.INTERIOR_HEADER_BYTES;
        isLeaf = false;
        knowsVolatile = false;
    }

    private boolean enterLeafAt(int entryIndex) {
        if (cellCount == 0) {
            state = OFF;
            return false;
        }
        enter(entryIndex);
        return true;
    }

    private boolean nextSlow() {
        if (rows == null) {
            return toNext();
        }
        turn(false);
        return noted(false);
    }

    private boolean previousSlow() {
        if (rows == null) {
            return toPrevious();
        }
        turn(true);
        return noted(true);
    }

    /** A step, of which the rows count as read. One that fails has left its place: all in its direction counts then. */
    private boolean noted(boolean backward) {
        boolean isOnEntry;
        try {
            isOnEntry = backward ? toPrevious() : toNext();
        } catch (RuntimeException e) {
            lose();
            if (isReading) {
                countsHere = false;
                reachEnd(backward);
            }
            throw e;
        }
        return arrived(isOnEntry);
    }

    private boolean toNext() {
        if (state == SAVED) {
            restore();
        }
        if (state == GAP) {
            if (index < cellCount) {
                enter(index);
                return true;
            }
            index = cellCount - 1;
        } else if (state != ON_ENTRY) {
            return false;
        }
        int entry = index + 1;
        if (!isLeaf) {
            return stepIntoChild(entry, 1);
        }
        if (entry < cellCount) {
            enter(entry);
            return true;
        }
        while (depth > 0) {
            ascend();
            if (index < cellCount) {
                if (isTable) {
                    return stepIntoChild(index + 1, 1);
                }
                enter(index);
                return true;
            }
        }
        lose();
        return false;
    }

    private boolean toPrevious() {
        if (state == SAVED) {
            restore();
        }
        if (state == GAP) {
            if (index > 0) {
                enter(index - 1);
                return true;
            }
        } else if (state != ON_ENTRY) {
            return false;
        } else if (!isLeaf) {
            return stepIntoChild(index, -1);
        } else if (index > 0) {
            enter(index - 1);
            return true;
        }
        while (depth > 0) {
            ascend();
            if (index > 0) {
                if (isTable) {
                    return stepIntoChild(index - 1, -1);
                }
                enter(index - 1);
                return true;
            }
        }
        lose();
        return false;
    }

    /** Goes to the nearest leaf entry in that child of the current page. */
    private boolean stepIntoChild(int slot, int direction) {
        // No scan passes more leaves than there are pages: a longer one goes round in circles through damaged child
        // pointers.
        if (stepDirection != direction) {
            stepDirection = direction;
            leafSteps = 0;
        }
        if (++leafSteps > pager.pageCount()) {
            int number = pageNumber;
            lose();
            throw Corruption.of(number, "a scan passes more leaves than there are pages");
        }
        index = slot;
        if (leafSteps >= 2) {
            if (leavesAhead == null) {
                prefetch(slot, direction);
            } else {
                if (leafSteps == 2) {
                    leavesAhead.restart();
                }
                leavesAhead.beforeStep(this, slot, direction, leafDepth);
            }
        }
        descendTo(childAt(slot));
        if (direction > 0) {
            descendLeft();
            enter(0);
            warm();
        } else {
            descendRight();
            enter(cellCount - 1);
        }
        leafDepth = depth;
        return true;
    }

    /**
     * Reads a byte of every cache line of a leaf that a scan enters. Cells lie in the page in the reverse of the scan's order, which
     * processors do not foresee: here the misses overlap, later each would be waited for.
     */
    private void warm() {
        byte[] image = page;
        int sum = 0;
        for (int at = 0; at < image.length; at += CACHE_LINE_BYTES) {
            sum += image[at];
        }
        warmed = sum;
    }

    /** Asks for the children that the scan comes to next, a batch at a time. */
    private void prefetch(int slot, int direction) {
        boolean isAskedFor = leafSteps % PREFETCH_PAGES != 2 && slot != (direction > 0 ? 0 : cellCount);
        if (isAskedFor) {
            return;
        }
        if (prefetchPages == null) {
            prefetchPages = new int[PREFETCH_PAGES];
        }
        int count = 0;
        for (int next = slot; next >= 0 && next <= cellCount && count < PREFETCH_PAGES; next += direction) {
            int child = childAt(next);
            if (child >= 1 && child <= pager.pageCount()) {
                prefetchPages[count++] = child;
            }
        }
        if (count > 1) {
            pager.prefetch(prefetchPages, count);
        }
    }

    private byte[] loadWhole() {
        if (whole.length < cell.payloadBytes) {
            whole = new byte[Math.max(cell.payloadBytes, Math.min(whole.length * 2, MAX_KEPT_BUFFER_BYTES))];
        }
        copyPayload(whole, 0);
        return whole;
    }
}
