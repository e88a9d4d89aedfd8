package dev.verso.btree;

import dev.verso.record.RecordBuilder;
import dev.verso.record.RecordView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a transaction has done to the schema below its rows, so that it can be done once more on newer pages: trees made and dropped, in order, and fields
 * of the header. A tree that is made again gets another root page, which then goes into the schema's rows.
 */
final class TreeChanges {
    private static final int ROOT_COLUMN = 3;

    private static final class Change {
        /** Null if a tree was dropped: one of this root that was there before, or, with root 0, one that the transaction had made. */
        final TreeKind kind;
        /** As the transaction's own pages have it. */
        final int ownRoot;
        /** As it was made last. */
        int root;
        /** The place of the change that has dropped it; -1 if there is none. */
        int droppedAt = -1;

        Change(TreeKind kind, int root) {
            this.kind = kind;
            ownRoot = root;
            this.root = root;
        }
    }

    private final List<Change> changes = new ArrayList<>();
    /** Number of changes when each savepoint was opened. */
    private int[] savepoints = new int[4];

    private final boolean[] isFieldSet = new boolean[HeaderField.values().length];
    private final int[] fieldsBefore = new int[HeaderField.values().length];
    private final int[] fields = new int[HeaderField.values().length];

    void clear() {
        changes.clear();
        Arrays.fill(savepoints, 0);
        Arrays.fill(isFieldSet, false);
    }

    /** True if no tree was made or dropped. */
    boolean isEmpty() {
        return changes.isEmpty();
    }

    void made(int root, TreeKind kind) {
        changes.add(new Change(kind, root));
    }

    void dropped(int root) {
        for (Change each : changes) {
            if (each.kind != null && each.root == root && each.droppedAt < 0) {
                each.droppedAt = changes.size();
                changes.add(new Change(null, 0));
                return;
            }
        }
        changes.add(new Change(null, root));
    }

    /** True if a tree that had this root before the transaction was dropped. */
    boolean hasDropped(int root) {
        for (Change each : changes) {
            if (each.kind == null && each.root == root) {
                return true;
            }
        }
        return false;
    }

    /** @param before the field's value until now */
    void fieldSet(HeaderField field, int before) {
        if (!isFieldSet[field.ordinal()]) {
            isFieldSet[field.ordinal()] = true;
            fieldsBefore[field.ordinal()] = before;
        }
    }

    boolean makesIndex() {
        for (Change each : changes) {
            if (each.kind == TreeKind.INDEX && each.droppedAt < 0) {
                return true;
            }
        }
        return false;
    }

    boolean setsCookie() {
        return isFieldSet[HeaderField.SCHEMA_COOKIE.ordinal()];
    }

    // ---- savepoints

    void savepointOpened(int level) {
        if (level >= savepoints.length) {
            savepoints = Arrays.copyOf(savepoints, level * 2);
        }
        savepoints[level] = changes.size();
    }

    /**
     * The changes since a savepoint were undone.
     *
     * @param gone gets the roots of the trees that were made since
     * @return true if a tree is there again whose rows were forgotten when it was dropped
     */
    boolean undone(int level, List<Integer> gone) {
        int count = savepoints[level];
        boolean isBack = false;
        while (changes.size() > count) {
            Change last = changes.remove(changes.size() - 1);
            if (last.kind == null) {
                isBack |= last.root != 0;
            } else if (last.droppedAt < 0) {
                gone.add(last.root);
            }
        }
        for (Change each : changes) {
            if (each.droppedAt >= count) {
                each.droppedAt = -1;
                isBack = true;
            }
        }
        return isBack;
    }

    // ---- once more

    /** Looks at the header before the transaction's pages go. */
    void collect(BTree tree) {
        for (HeaderField field : HeaderField.values()) {
            if (isFieldSet[field.ordinal()]) {
                fields[field.ordinal()] = tree.headerField(field);
            }
        }
    }

    /** Makes all changes on the pages that the tree shows now. */
    void reapply(BTree tree) {
        for (Change each : changes) {
            if (each.kind == null && each.root != 0) {
                tree.dropTree(each.root);
            }
        }
        for (Change each : changes) {
            if (each.kind != null && each.droppedAt < 0) {
                each.root = tree.createTree(each.kind);
            }
        }
        for (HeaderField field : HeaderField.values()) {
            int i = field.ordinal();
            if (isFieldSet[i] && fields[i] != fieldsBefore[i]) {
                tree.headerField(field, fields[i]);
            }
        }
    }

    /** Where the tree is by now that the transaction's own pages have at a root. */
    int newest(int ownRoot) {
        for (Change each : changes) {
            if (each.kind != null && each.ownRoot == ownRoot && each.droppedAt < 0) {
                return each.root;
            }
        }
        return ownRoot;
    }

    /** A row of the schema as the transaction wrote it, with the root that its tree has by now. */
    byte[] schemaRow(byte[] record) {
        RecordView view = new RecordView().wrap(record, 0, record.length);
        if (changes.isEmpty() || !view.hasColumn(ROOT_COLUMN) || !isInteger(view.serialType(ROOT_COLUMN))) {
            return record;
        }
        long ownRoot = view.integer(ROOT_COLUMN);
        int root = ownRoot <= 0 || ownRoot > Integer.MAX_VALUE ? (int) ownRoot : newest((int) ownRoot);
        if (root == ownRoot) {
            return record;
        }
        RecordBuilder moved = new RecordBuilder().begin();
        for (int column = 0; column < view.columnCount(); column++) {
            if (column == ROOT_COLUMN) {
                moved.addInteger(root);
            } else {
                moved.addColumn(view, column);
            }
        }
        int length = moved.finish();
        return Arrays.copyOf(moved.bytes(), length);
    }

    private static boolean isInteger(long serialType) {
        return serialType >= 1 && serialType <= 6 || serialType == 8 || serialType == 9;
    }
}
