package dev.verso.btree;

import dev.verso.error.DatabaseException;
import dev.verso.pager.BigEndian;
import dev.verso.pager.Pager;
import dev.verso.record.KeyInfo;
import dev.verso.record.TextEncoding;
import java.util.Arrays;
import java.util.List;

/**
 * One connection's view of the trees of one database. Owns its {@link Pager} and knows its open cursors. Used by one thread at a time.
 *
 * <p>Closed cursors are kept and handed out again; within a transaction one that is opened on the same tree tries the page where its
 * predecessor was before it descends from the root. Whoever is about to change a tree tells all other cursors on it first
 * ({@link #beforeWrite}): they keep their key and give up their pages.
 */
public final class BTree implements AutoCloseable {
    private static final int FIRST_FORMAT_WITH_CONSTANTS = 4;

    private static final int MAX_IDLE_CURSORS = 16;

    private final Pager pager;
    final Cell cell = new Cell();
    private int secureDelete;
    final PageEditor editor = new PageEditor();
    final Freelist freelist;
    final PointerMap pointerMap;
    final OverflowChain overflow;
    final Balancer balancer;
    final CellWriter writer;
    final TreeWalk walk;
    private final AutoVacuum vacuum;
    /** Null unless the store wants to know the rows of transactions. */
    final RowTracker rows;

    PageFormat format;
    private TextEncoding encoding = TextEncoding.UTF8;
    private int wantedReservedBytes;
    private int wantedAutoVacuum;
    /** As the header said when the snapshot was opened, or as it was set since: undoing that does not undo it here, nor in SQLite. */
    private int vacuumMode;
    /** Page 1 as it was when its header was last checked. */
    private byte[] checkedHeader;

    private boolean hasPointerMap;
    private boolean hasConstants = true;

    private TreeCursor[] cursors = new TreeCursor[16];
    private int cursorCount;
    private int idleCount;

    public BTree(Pager pager) {
        this.pager = pager;
        freelist = new Freelist(this);
        pointerMap = new PointerMap(this);
        overflow = new OverflowChain(this);
        balancer = new Balancer(this);
        writer = new CellWriter(this);
        walk = new TreeWalk(this);
        vacuum = new AutoVacuum(this);
        rows = pager.wantsRows() ? new RowTracker(this) : null;
        pager.rows(rows);
        use(new PageFormat(pager.pageSize(), 0));
    }

    public Pager pager() {
        return pager;
    }

    // ---- transactions: like the pager's, and cursors are kept right

    /** Opens a snapshot if none is open and checks the header. @throws dev.verso.error.DatabaseException NOTADB, CORRUPT, BUSY */
    public void beginRead() {
        if (pager.isReading()) {
            return;
        }
        pager.beginRead();
        checkHeaderOrEnd();
    }

    /** Becomes a writer; an empty database gets its page 1. */
    public void beginWrite(boolean exclusive) {
        boolean wasReading = pager.isReading();
        pager.beginWrite(exclusive);
        if (!wasReading) {
            checkHeaderOrEnd();
        }
        if (pager.pageCount() == 0) {
            createDatabase();
        } else {
            DatabaseHeader.requireWritable(pager.read(1));
        }
    }

    /** {@link #completeForCommit}, then the pager's {@link Pager#prepareCommit}. */
    public void prepareCommit(String superJournal) {
        completeForCommit();
        pager.prepareCommit(superJournal);
    }

    /** Last edits before a commit: vacuums if the file wants that, completes the header. */
    public void completeForCommit() {
        if (rows != null && !rows.isReplaying()) {
            // The commit may show the pages of other commits, too: cursors keep their keys alone.
            for (int i = 0; i < cursorCount; i++) {
                cursors[i].endRange();
                cursors[i].leave();
            }
        }
        if (pager.hasChanges() && pager.pageCount() > 0) {
            if (vacuumMode == 1 && hasPointerMap) {
                vacuum.vacuumAll();
            }
            byte[] header = pager.read(1);
            if (BigEndian.s32(header, DatabaseHeader.PAGE_COUNT) != pager.pageCount()
                    || BigEndian.s32(header, DatabaseHeader.LIBRARY_VERSION_AT) != DatabaseHeader.LIBRARY_VERSION) {
                header = pager.edit(1);
                BigEndian.put32(header, DatabaseHeader.PAGE_COUNT, pager.pageCount());
                BigEndian.put32(header, DatabaseHeader.LIBRARY_VERSION_AT, DatabaseHeader.LIBRARY_VERSION);
            }
        }
    }

    public void finishCommit() {
        pager.finishCommit();
    }

    /** Undoes the transaction; cursors that are open on it must be closed or sought again. */
    public void rollback() {
        loseAll();
        rollbackPages();
    }

    /** Undoes the transaction and closes the snapshot, for which the storage need not be there. No cursor may be open. */
    public void rollbackAndEndRead() {
        loseAll();
        try {
            pager.rollback();
        } finally {
            pager.endRead();
        }
    }

    /** Undoes the transaction; cursors stay where they are, by key. */
    public void rollbackKeepingCursors() {
        leaveAll();
        rollbackPages();
    }

    private void rollbackPages() {
        pager.rollback();
        if (pager.isReading()) {
            checkHeader();
        }
    }

    /** Closes the snapshot. No cursor may be open. */
    public void endRead() {
        loseAll();
        pager.endRead();
    }

    public int openSavepoint() {
        int level = pager.openSavepoint();
        if (rows != null) {
            rows.savepointOpened(level);
        }
        return level;
    }

    public void releaseSavepoint(int level) {
        pager.releaseSavepoint(level);
    }

    /** Undoes the edits since that savepoint. Cursors stay where they are, by key. */
    public void rollbackToSavepoint(int level) {
        leaveAll();
        if (rows != null) {
            rows.savepointUndone(level);
        }
        pager.rollbackToSavepoint(level);
        if (pager.isReading()) {
            checkHeader();
        }
    }

    // ---- header

    public TextEncoding encoding() {
        return encoding;
    }

    /** Encoding for a database that has had no table yet; ignored otherwise. */
    public void encoding(TextEncoding encoding) {
        if (pager.pageCount() == 0 || pager.isReading() && headerField(HeaderField.TEXT_ENCODING) == 0) {
            this.encoding = encoding;
        }
    }

    /** The field's value; 0 in an empty database. */
    public int headerField(HeaderField field) {
        return pager.pageCount() == 0 ? 0 : BigEndian.s32(pager.read(1), field.offset());
    }

    public void headerField(HeaderField field, int value) {
        int before = headerField(field);
        if (before != value) {
            if (rows != null && field.isSetBySql() && !hasPointerMap) {
                rows.headerSet(field, before);
            } else {
                changesPages();
            }
            if (field != HeaderField.SCHEMA_COOKIE) {
                schemaChanged(null);
            }
            BigEndian.put32(pager.edit(1), field.offset(), value);
            checkHeader();
        }
    }

    public int pageSize() {
        return format.pageBytes;
    }

    public int usableBytes() {
        return format.usableBytes;
    }

    /** Page size and reserved bytes for a database that is still empty; ignored otherwise. */
    public void pageSize(int pageSizeBytes, int reservedBytes) {
        if (pager.pageCount() == 0) {
            pager.pageSize(pageSizeBytes);
            wantedReservedBytes = reservedBytes;
            use(new PageFormat(pager.pageSize(), reservedBytes));
        }
    }

    /** True if records may hold 0 and 1 without a body: not in files of schema format 1 to 3. */
    public boolean hasConstants() {
        return hasConstants;
    }

    /** As {@link #secureDelete(int)} was told. */
    public int secureDelete() {
        return secureDelete;
    }

    /**
     * What happens to bytes that nothing refers to any more: 0 they stay, 1 they and whole free pages are overwritten with zeros, 2 they are where that
     * costs no writing of another page.
     */
    public void secureDelete(int mode) {
        secureDelete = mode;
        editor.overwriteFreed(mode != 0);
        freelist.overwriteFreed(mode == 1);
    }

    /** The most pages that the database may have; a larger number of pages is {@code SQLITE_FULL}. */
    public int maxPageCount() {
        return freelist.maxPageCount();
    }

    public void maxPageCount(int pages) {
        freelist.maxPageCount(Math.max(pages, pager.pageCount()));
    }

    /** {@code PRAGMA auto_vacuum}: 0 none, 1 full, 2 incremental; to be set while the database is empty (1 and 2 may change any time). */
    public int autoVacuum() {
        return vacuumMode;
    }

    /** In a database that exists only a writer may. */
    public void autoVacuum(int mode) {
        wantedAutoVacuum = mode;
        if (!pager.isReading()) {
            return;
        }
        if (pager.pageCount() == 0) {
            vacuumMode = mode;
        } else if (hasPointerMap && mode != 0 && pager.isWriting()) {
            headerField(HeaderField.INCREMENTAL_VACUUM, mode == 2 ? 1 : 0);
            vacuumMode = mode;
        }
    }

    /** True if FULL and INCREMENTAL may still be chosen, or take each other's place. */
    public boolean mayAutoVacuum() {
        return pager.pageCount() == 0 || hasPointerMap;
    }

    private void readVacuumMode() {
        if (pager.pageCount() == 0) {
            vacuumMode = wantedAutoVacuum;
        } else if (!hasPointerMap) {
            vacuumMode = 0;
        } else {
            vacuumMode = headerField(HeaderField.INCREMENTAL_VACUUM) == 0 ? 1 : 2;
        }
    }

    /** Moves up to that many pages to the end and gives them up; for {@code PRAGMA incremental_vacuum}. @return pages given up */
    public int incrementalVacuum(int pages) {
        if (!hasPointerMap) {
            return 0;
        }
        changesPages();
        int done = 0;
        while (done < pages && vacuum.vacuumOne()) {
            done++;
        }
        return done;
    }

    // ---- trees

    /** Creates an empty tree and returns its root page. The first one fixes the text encoding. */
    public int createTree(TreeKind kind) {
        if (hasPointerMap) {
            changesPages();
        }
        if (headerField(HeaderField.SCHEMA_FORMAT) == 0) {
            headerField(HeaderField.SCHEMA_FORMAT, DatabaseHeader.SCHEMA_FORMAT);
            if (headerField(HeaderField.TEXT_ENCODING) == 0) {
                headerField(HeaderField.TEXT_ENCODING, encoding.headerValue());
            }
        }
        pager.safePoint();
        int root = hasPointerMap ? vacuum.createRoot() : freelist.allocate(1);
        byte[] image = pager.editNew(root);
        PageEditor.clear(image, root, kind == TreeKind.TABLE ? PageFormat.TABLE_LEAF : PageFormat.INDEX_LEAF, format);
        if (rows != null) {
            rows.made(root, kind);
        }
        return root;
    }

    /** Deletes all entries, keeps the root page. @return number of entries there were in a table tree's leaves (or an index tree) */
    public long clearTree(int rootPage) {
        if (rows != null) {
            rows.cleared(rootPage, isTable(rootPage));
        }
        pager.safePoint();
        for (int i = 0; i < cursorCount; i++) {
            if (cursors[i].rootPage == rootPage) {
                cursors[i].leave();
            }
        }
        return walk.clear(rootPage);
    }

    /**
     * Frees all pages of the tree. With auto-vacuum the last root page may move into the gap: the schema must then be changed.
     *
     * @return the old number of the root page that moved to {@code rootPage}, or 0
     */
    public int dropTree(int rootPage) {
        if (rootPage < 2 || rootPage > pager.pageCount()) {
            throw Corruption.of(rootPage, "is no root page that can be dropped");
        }
        pager.safePoint();
        for (int i = 0; i < cursorCount; i++) {
            if (cursors[i].rootPage == rootPage) {
                cursors[i].isReading = false;
                cursors[i].lose();
            }
        }
        if (rows != null) {
            rows.dropped(rootPage);
        }
        walk.clear(rootPage);
        if (hasPointerMap) {
            changesPages();
            int moved = vacuum.dropRoot(rootPage);
            if (moved != 0) {
                // What was noted of the tree that moved stands under its old number.
                changesPagesUnknown();
            }
            return moved;
        }
        freelist.free(rootPage);
        return 0;
    }

    public TableCursor openTable(int rootPage, boolean writable) {
        TableCursor cursor = (TableCursor) idle(rootPage, true);
        if (cursor == null) {
            cursor = new TableCursor(this);
            add(cursor);
        }
        cursor.open(rootPage, writable);
        cursor.forgetLookups();
        return cursor;
    }

    public IndexCursor openIndex(int rootPage, KeyInfo keyInfo, boolean writable) {
        IndexCursor cursor = (IndexCursor) idle(rootPage, false);
        if (cursor == null) {
            cursor = new IndexCursor(this);
            add(cursor);
        }
        cursor.isBulk = false;
        cursor.open(rootPage, writable);
        cursor.keyInfo(keyInfo);
        return cursor;
    }

    /**
     * {@code PRAGMA integrity_check}'s part below SQL: walks these trees, the freelist and the pointer map.
     *
     * @param rootPages all roots of the schema, 1 included; a 0 skips the check for unused pages (a partial check)
     * @return SQLite's findings in SQLite's words, at most {@code maxFindings}; empty if all is well
     */
    public List<String> integrityCheck(int[] rootPages, int maxFindings) {
        return integrityCheck(rootPages, maxFindings, null);
    }

    /** Like {@link #integrityCheck(int[], int)}; {@code entryCounts} gets the number of entries of each tree (null if not wanted). */
    public List<String> integrityCheck(int[] rootPages, int maxFindings, long[] entryCounts) {
        changesPages();
        return new IntegrityCheck(this, maxFindings).run(rootPages, entryCounts);
    }

    @Override
    public void close() {
        loseAll();
        pager.close();
    }

    // ---- rows, where the store wants to know them

    /**
     * Says that this transaction changes pages in another way than row by row, or looks at pages themselves: then it conflicts with other
     * commits by pages. To be called by whoever reads or edits pages of the pager.
     */
    public void changesPages() {
        if (rows != null) {
            rows.pagesOnly();
        }
    }

    /** As {@link #changesPages}, and nobody knows which rows change with the pages. */
    public void changesPagesUnknown() {
        if (rows != null) {
            rows.rowsUnknown();
        }
    }

    /**
     * Says that this transaction has changed the schema.
     *
     * @param tables root pages of the tables with whose rows something else is to be written from now on (an index, what a trigger writes), if all that
     *     there is besides is new objects; null for any other change: then all who use the schema conflict with it
     */
    public void schemaChanged(int[] tables) {
        if (rows != null) {
            rows.schemaChanged(hasPointerMap ? null : tables);
        }
    }

    /** True if the store compares what a transaction has read with others' commits. */
    public boolean wantsRows() {
        return rows != null;
    }

    /** Says that what this transaction does follows from what is in the schema. */
    public void readsSchema() {
        if (rows != null) {
            rows.readSchema();
        }
    }

    /** Says, before a commit, that statements go on after it: the trees that were made must stay where they are. */
    public void keepTrees() {
        if (rows != null) {
            rows.keepTrees();
        }
    }

    /** True, once, after a commit that has made trees at other roots than {@link #createTree} had told: the schema must be read again. */
    public boolean takeMovedTrees() {
        return rows != null && rows.takeMovedTrees();
    }

    boolean isTable(int rootPage) {
        return PageFormat.isTable(pager.read(rootPage), rootPage);
    }

    /** Under snapshot isolation only what constraints have read counts as read. Holds from the next transaction on. */
    public void snapshotIsolation(boolean on) {
        if (rows != null) {
            rows.wantSnapshotIsolation(on);
            if (!pager.isReading()) {
                rows.clear();
            }
        }
    }

    /** What {@link #snapshotIsolation} has set; false where the store does not want to know rows. */
    public boolean isSnapshotIsolation() {
        return rows != null && rows.wantsSnapshotIsolation();
    }

    /** The pager shows other pages, on which the transaction is to be carried out again. */
    void enterRebased() {
        forgetPaths();
        checkHeader();
    }

    /** The pages that cursors would try first may be those of another version. */
    void forgetPaths() {
        for (int i = 0; i < cursorCount; i++) {
            TreeCursor cursor = cursors[i];
            if (cursor.state != TreeCursor.ON_ENTRY && cursor.state != TreeCursor.GAP) {
                cursor.forgetPath();
            }
        }
    }

    // ---- for the package

    boolean hasPointerMap() {
        return hasPointerMap;
    }

    /** Before {@code cursor} changes its tree. */
    void beforeWrite(TreeCursor cursor) {
        pager.safePoint();
        int root = cursor.rootPage;
        for (int i = 0; i < cursorCount; i++) {
            TreeCursor other = cursors[i];
            if (other.rootPage == root && other != cursor) {
                other.leave();
            }
        }
    }

    /** Before pages move that cursors may be on. */
    void leaveAll() {
        for (int i = 0; i < cursorCount; i++) {
            cursors[i].leave();
        }
    }

    void closed(TreeCursor cursor) {
        if (++idleCount > MAX_IDLE_CURSORS) {
            idleCount--;
            TreeCursor last = cursors[--cursorCount];
            cursors[cursor.listIndex] = last;
            last.listIndex = cursor.listIndex;
            cursors[cursorCount] = null;
        }
    }

    // ---- private

    private void loseAll() {
        for (int i = 0; i < cursorCount; i++) {
            cursors[i].isReading = false;
            cursors[i].lose();
        }
    }

    private void add(TreeCursor cursor) {
        if (cursorCount == cursors.length) {
            cursors = Arrays.copyOf(cursors, cursorCount * 2);
        }
        cursor.listIndex = cursorCount;
        cursors[cursorCount++] = cursor;
    }

    /** A closed cursor of that kind: best one with a path in that tree, else one that remembers nothing of use. */
    private TreeCursor idle(int rootPage, boolean isTable) {
        if (idleCount == 0) {
            return null;
        }
        TreeCursor found = null;
        for (int i = 0; i < cursorCount; i++) {
            TreeCursor cursor = cursors[i];
            if (cursor.state == TreeCursor.CLOSED && cursor.isTable == isTable) {
                if (cursor.rootPage == rootPage) {
                    found = cursor;
                    break;
                }
                if (!cursor.hasPath || idleCount == MAX_IDLE_CURSORS) {
                    found = cursor;
                }
            }
        }
        if (found != null) {
            idleCount--;
        }
        return found;
    }

    private void use(PageFormat newFormat) {
        if (format == null || format.pageBytes != newFormat.pageBytes || format.usableBytes != newFormat.usableBytes) {
            format = newFormat;
        }
        cell.use(format, pager);
        editor.use(format, pager);
    }

    private void checkHeaderOrEnd() {
        try {
            checkHeader();
            readVacuumMode();
        } catch (DatabaseException e) {
            pager.endRead();
            throw e;
        }
    }

    private void checkHeader() {
        if (pager.pageCount() == 0) {
            checkedHeader = null;
            hasPointerMap = false;
            hasConstants = true;
            use(new PageFormat(pager.pageSize(), wantedReservedBytes));
            return;
        }
        byte[] page = pager.read(1);
        if (page != checkedHeader || pager.isPrivate(1)) {
            use(DatabaseHeader.read(page, pager.isWriting() ? Integer.MAX_VALUE : pager.pageCount()));
            encoding = DatabaseHeader.encoding(page, encoding);
            hasPointerMap = BigEndian.s32(page, HeaderField.LARGEST_ROOT_PAGE.offset()) != 0;
            int format = BigEndian.s32(page, HeaderField.SCHEMA_FORMAT.offset());
            hasConstants = format == 0 || format >= FIRST_FORMAT_WITH_CONSTANTS;
            checkedHeader = page;
        }
    }

    private void createDatabase() {
        changesPages();
        pager.pageCount(1);
        use(new PageFormat(pager.pageSize(), wantedReservedBytes));
        DatabaseHeader.write(pager.editNew(1), format, wantedAutoVacuum);
        checkHeader();
        readVacuumMode();
    }
}
