package dev.verso.btree;

import dev.verso.pager.TransactionRows;
import dev.verso.record.KeyInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The rows that a transaction has read and written, tree by tree. It exists only where the store wants it (a versioned one); cursors
 * report to it.
 *
 * <p>Every transaction relies on the schema as a whole, but for changes of it of which is told which tables they concern ({@link
 * #schemaChanged}): those concern who has read the schema's tree, and who has written rows of such a table.
 *
 * <p>Written rows are kept as keys: what became of them is looked up in the transaction's own pages, so that undoing a savepoint needs no
 * undoing here.
 */
final class RowTracker implements TransactionRows {
    static final int SCHEMA_ROOT = 1;
    /** What the keys of written rows may take; with more of them they are forgotten. */
    private static final long MOST_WRITTEN_BYTES = 16L << 20;

    private static final int CHECKED_EVERY_ROWS = 1_024;

    private final BTree tree;
    private final List<TreeRows> trees = new ArrayList<>();
    private TreeRows latest;
    private int writes;
    /** More was done than row operations: pages can't be made again from rows. */
    private boolean pagesOnly;
    /** Nobody knows which rows changed. */
    private boolean rowsUnknown;
    /** Savepoints were rolled back: what was noted of rows may have been undone. */
    private boolean uncertain;
    /** The schema's own rows were read. */
    private boolean readsSchema;
    /** Trees made and dropped, and the header. */
    private final TreeChanges changes = new TreeChanges();
    /** Statements go on after the commit, which may use trees that were made. */
    private boolean keepsTrees;
    /** Trees that were made have got other roots. */
    private boolean movedTrees;
    /** A rebase is writing: nothing is to be noted. */
    private boolean replaying;

    private boolean snapshotIsolation;
    private boolean wantsSnapshotIsolation;
    private List<RowCopies> copies;

    RowTracker(BTree tree) {
        this.tree = tree;
    }

    @Override
    public void clear() {
        trees.clear();
        latest = null;
        writes = 0;
        pagesOnly = false;
        rowsUnknown = false;
        uncertain = false;
        readsSchema = false;
        changes.clear();
        keepsTrees = false;
        copies = null;
        snapshotIsolation = wantsSnapshotIsolation;
        tree.forgetPaths();
    }

    boolean isReplaying() {
        return replaying;
    }

    boolean wantsSnapshotIsolation() {
        return wantsSnapshotIsolation;
    }

    void wantSnapshotIsolation(boolean on) {
        wantsSnapshotIsolation = on;
    }

    void pagesOnly() {
        pagesOnly = !replaying || pagesOnly;
    }

    void rowsUnknown() {
        pagesOnly = true;
        rowsUnknown = true;
    }

    void savepointOpened(int level) {
        changes.savepointOpened(level);
    }

    void savepointUndone(int level) {
        uncertain = true;
        if (changes.isEmpty()) {
            return;
        }
        List<Integer> gone = new ArrayList<>();
        if (changes.undone(level, gone)) {
            rowsUnknown();
        }
        trees.removeIf(each -> gone.contains(each.rootPage));
        latest = null;
    }

    // ---- the schema

    void made(int rootPage, TreeKind kind) {
        if (!replaying) {
            changes.made(rootPage, kind);
        }
    }

    /** The tree is gone, and with it all that was noted of it. */
    void dropped(int rootPage) {
        if (!replaying) {
            trees.removeIf(each -> each.rootPage == rootPage);
            latest = null;
            changes.dropped(rootPage);
        }
    }

    /** @param before the field's value until now */
    void headerSet(HeaderField field, int before) {
        if (!replaying) {
            changes.fieldSet(field, before);
        }
    }

    void keepTrees() {
        keepsTrees = true;
    }

    /** True once after a rebase has made trees at other roots than the transaction had. */
    boolean takeMovedTrees() {
        boolean moved = movedTrees;
        movedTrees = false;
        return moved;
    }

    /** The schema was read by other means than its tree. */
    void readSchema() {
        readsSchema |= !replaying && !snapshotIsolation;
    }

    /**
     * The schema was changed.
     *
     * @param tables root pages of the tables with whose rows something else is to be written from now on, if all that there is besides is new objects;
     *     null for any other change
     */
    void schemaChanged(int[] tables) {
        if (replaying) {
            return;
        }
        if (tables == null) {
            rows(SCHEMA_ROOT, null).untold = true;
            return;
        }
        rows(SCHEMA_ROOT, null).redefined = true;
        for (int root : tables) {
            TreeRows table = known(root);
            if (table == null) {
                table = tree.isTable(root) ? rows(root, null) : unordered(root);
            }
            table.redefined = true;
        }
    }

    TreeRows rows(int rootPage, KeyInfo keyInfo) {
        if (latest != null && latest.rootPage == rootPage) {
            return latest;
        }
        for (int i = 0; i < trees.size(); i++) {
            TreeRows each = trees.get(i);
            if (each.rootPage == rootPage) {
                if (keyInfo != null && each.keyInfo.keyColumns() < keyInfo.keyColumns()) {
                    each = each.orderedBy(keyInfo);
                    trees.set(i, each);
                }
                latest = each;
                return each;
            }
        }
        TreeRows added = new TreeRows(rootPage, keyInfo);
        trees.add(added);
        latest = added;
        return added;
    }

    private TreeRows known(int rootPage) {
        for (TreeRows each : trees) {
            if (each.rootPage == rootPage) {
                return each;
            }
        }
        return null;
    }

    // ---- what cursors report

    /** @param mustCount read for a constraint: counts under snapshot isolation too */
    void read(int rootPage, long first, long last, boolean mustCount) {
        if (rootPage == SCHEMA_ROOT) {
            readSchema();
        } else if (!replaying && (mustCount || !snapshotIsolation)) {
            rows(rootPage, null).rowidsRead.add(first, last);
        }
    }

    /** A range of keys, from bound to bound; bounds with no columns are the tree's ends. */
    void read(
            int rootPage,
            KeyInfo keyInfo,
            byte[] from,
            int fromBytes,
            int fromColumns,
            byte[] to,
            int toBytes,
            int toColumns,
            boolean mustCount) {
        if (!replaying && (mustCount || !snapshotIsolation)) {
            rows(rootPage, keyInfo).keysRead.add(from, 0, fromBytes, fromColumns, to, 0, toBytes, toColumns);
        }
    }

    void readAll(int rootPage, KeyInfo keyInfo, boolean mustCount) {
        if (rootPage == SCHEMA_ROOT) {
            readSchema();
        } else if (!replaying && (mustCount || !snapshotIsolation)) {
            rows(rootPage, keyInfo).readAll();
        }
    }

    void wrote(int rootPage, long rowid, boolean was, boolean is, boolean raised) {
        if (replaying) {
            return;
        }
        WrittenRows written = writtenRows(rows(rootPage, null));
        if (written != null) {
            written.write(rowid, was, is, raised);
            wrote();
        }
    }

    /** The rowid was given by an AUTOINCREMENT counter. */
    void given(int rootPage, long rowid) {
        if (replaying) {
            return;
        }
        WrittenRows written = writtenRows(rows(rootPage, null));
        if (written != null) {
            written.given(rowid);
            wrote();
        }
    }

    void wrote(int rootPage, KeyInfo keyInfo, byte[] key, int offset, int length, boolean was, boolean is) {
        if (replaying) {
            return;
        }
        WrittenRows written = writtenRows(rows(rootPage, keyInfo));
        if (written != null) {
            written.write(key, offset, length, was, is);
            wrote();
        }
    }

    /** Null if there were too many to know them. */
    private static WrittenRows writtenRows(TreeRows rows) {
        if (rows.written == null && !rows.unknown) {
            rows.written = new WrittenRows(rows.keyInfo != null);
        }
        return rows.written;
    }

    /** A tree is about to lose all its rows. */
    void cleared(int rootPage, boolean isTable) {
        if (replaying) {
            return;
        }
        TreeRows rows = known(rootPage);
        if (rows == null) {
            // No cursor was on it; if it is an index, only that it was cleared matters.
            rows = isTable ? rows(rootPage, null) : unordered(rootPage);
        }
        rows.cleared = true;
        rows.written = null;
    }

    private TreeRows unordered(int rootPage) {
        return rows(
                rootPage,
                new KeyInfo(tree.encoding(), new dev.verso.record.Collation[0], new boolean[0], new boolean[0], 0));
    }

    private void wrote() {
        if (++writes % CHECKED_EVERY_ROWS != 0) {
            return;
        }
        long bytes = 0;
        TreeRows largest = null;
        for (TreeRows each : trees) {
            if (each.written != null) {
                bytes += each.written.bytes();
                if (largest == null || each.written.bytes() > largest.written.bytes()) {
                    largest = each;
                }
            }
        }
        if (bytes > MOST_WRITTEN_BYTES) {
            largest.unknown = true;
            largest.written = null;
            pagesOnly = true;
        }
    }

    // ---- what the pager asks

    @Override
    public boolean hasReads() {
        if (pagesOnly || readsSchema) {
            return true;
        }
        for (TreeRows each : trees) {
            if (each.isRead()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean canReapply() {
        return !pagesOnly && (changes.isEmpty() || !keepsTrees);
    }

    @Override
    public boolean conflictsWith(byte[] rowChanges) {
        RowChanges others = new RowChanges(rowChanges);
        while (others.nextTree()) {
            if (changes.hasDropped(others.rootPage())) {
                return true;
            }
            TreeRows mine = known(others.rootPage());
            // What an index was made of does not count as read under snapshot isolation, and yet must not change.
            boolean isIndexed = snapshotIsolation && mine != null && mine.redefined && changes.makesIndex();
            if (isIndexed || mine != null && mine.conflictsWith(others)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean conflictsWithSchema(byte[] rowChanges) {
        boolean isTold = false;
        RowChanges others = new RowChanges(rowChanges);
        while (others.nextTree()) {
            TreeRows mine = known(others.rootPage());
            if (others.rootPage() == SCHEMA_ROOT) {
                if (others.isUntold() || mine != null && mine.isWritten() || changes.setsCookie()) {
                    return true;
                }
                isTold |= others.isRedefined();
            } else if (others.isRedefined() && mine != null && mine.isWritten()) {
                return true;
            }
        }
        return !isTold || readsSchema;
    }

    @Override
    public byte[] changes() {
        if (rowsUnknown) {
            return null;
        }
        settle();
        trees.sort(Comparator.comparingInt(each -> each.rootPage));
        RowChangesWriter out = new RowChangesWriter();
        for (TreeRows each : trees) {
            if (each.isWritten() || each.redefined || each.untold) {
                out.add(each);
            }
        }
        return out.bytes();
    }

    /** Looks up, after the undoing of savepoints, which rows are there. */
    private void settle() {
        if (!uncertain) {
            return;
        }
        replaying = true;
        try {
            for (TreeRows each : trees) {
                if (each.written != null) {
                    RowCopies.settle(tree, each);
                }
            }
        } finally {
            replaying = false;
        }
        uncertain = false;
    }

    @Override
    public void collect() {
        if (copies != null) {
            return;
        }
        List<RowCopies> collected = new ArrayList<>();
        replaying = true;
        try {
            changes.collect(tree);
            for (TreeRows each : trees) {
                if (each.isWritten()) {
                    collected.add(RowCopies.of(tree, each));
                }
            }
        } finally {
            replaying = false;
        }
        copies = collected;
    }

    @Override
    public void reapply() {
        replaying = true;
        try {
            tree.enterRebased();
            changes.reapply(tree);
            movedTrees |= !changes.isEmpty();
            for (TreeRows each : trees) {
                each.follow(changes);
            }
            latest = null;
            for (RowCopies each : copies) {
                each.write(tree, changes);
            }
            tree.completeForCommit();
        } finally {
            replaying = false;
        }
    }

    @Override
    public String toString() {
        return Arrays.toString(trees.stream().mapToInt(each -> each.rootPage).toArray());
    }
}
