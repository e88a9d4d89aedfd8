package dev.verso.btree;

import dev.verso.record.KeyInfo;

/** What a transaction has read and written in one tree. */
final class TreeRows {
    /** In the transaction's own pages, before it was carried out again. */
    private final int ownRoot;

    int rootPage;
    /** Null for a table tree. */
    final KeyInfo keyInfo;

    final RowidRanges rowidsRead;
    final KeyRanges keysRead;
    WrittenRows written;
    /** All rows that there were have been deleted. */
    boolean cleared;
    /** Too many rows were written to know them. */
    boolean unknown;
    /** See {@link RowChanges#REDEFINED}. */
    boolean redefined;
    /** See {@link RowChanges#UNTOLD}. */
    boolean untold;

    TreeRows(int rootPage, KeyInfo keyInfo) {
        ownRoot = rootPage;
        this.rootPage = rootPage;
        this.keyInfo = keyInfo;
        rowidsRead = keyInfo == null ? new RowidRanges() : null;
        keysRead = keyInfo == null ? null : new KeyRanges(keyInfo);
    }

    /** The same, of a tree whose order was not known so far. */
    TreeRows orderedBy(KeyInfo order) {
        TreeRows ordered = new TreeRows(rootPage, order);
        ordered.written = written;
        ordered.cleared = cleared;
        ordered.unknown = unknown;
        ordered.redefined = redefined;
        ordered.untold = untold;
        return ordered;
    }

    boolean isRead() {
        return keyInfo == null ? !rowidsRead.isEmpty() : !keysRead.isEmpty();
    }

    /** The transaction was carried out again. */
    void follow(TreeChanges changes) {
        rootPage = changes.newest(ownRoot);
    }

    boolean isWritten() {
        return written != null || cleared || unknown;
    }

    void readAll() {
        if (keyInfo == null) {
            rowidsRead.add(Long.MIN_VALUE, Long.MAX_VALUE);
        } else {
            keysRead.add(NONE, 0, 0, 0, NONE, 0, 0, 0);
        }
    }

    private static final byte[] NONE = {};

    /** True if the changes of the tree that {@code others} stands on touch what was read or written here. */
    boolean conflictsWith(RowChanges others) {
        if (others.isRedefined() && isWritten()) {
            return true;
        }
        if (others.isUnknown() || others.isCleared() || cleared || unknown) {
            return true;
        }
        while (others.nextRow()) {
            if (keyInfo == null ? conflictsWithRun(others) : conflictsWithKey(others)) {
                return true;
            }
        }
        return false;
    }

    private boolean conflictsWithRun(RowChanges others) {
        long first = others.rowid();
        long last = others.lastOfRun();
        if (!rowidsRead.isEmpty() && rowidsRead.overlaps(first, last)) {
            return true;
        }
        if (written == null) {
            return false;
        }
        boolean raised = others.operation() == RowChanges.Operation.RAISE;
        if (last - first >= 0 && last - first < written.count()) {
            for (long rowid = first; ; rowid++) {
                int place = written.find(rowid);
                if (place >= 0 && !(raised && (written.state(place) & WrittenRows.RAISED) != 0)) {
                    return true;
                }
                if (rowid == last) {
                    return false;
                }
            }
        }
        for (int place = 0; place < written.count(); place++) {
            boolean both = raised && (written.state(place) & WrittenRows.RAISED) != 0;
            if (written.rowid(place) >= first && written.rowid(place) <= last && !both) {
                return true;
            }
        }
        return false;
    }

    private boolean conflictsWithKey(RowChanges others) {
        byte[] keys = others.array();
        return keysRead.contains(keys, others.keyOffset(), others.keyBytes())
                || written != null && written.find(keys, others.keyOffset(), others.keyBytes()) >= 0;
    }
}
