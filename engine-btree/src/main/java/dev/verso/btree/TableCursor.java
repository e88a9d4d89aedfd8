package dev.verso.btree;

/** A cursor in a table tree: entries are records keyed by rowid, in signed 64-bit order. */
public final class TableCursor extends TreeCursor {
    TableCursor() {}

    /** Moves to the row with this rowid; if there is none, to where it would be, off any entry, and returns false. */
    public boolean seek(long rowid) {
        throw new UnsupportedOperationException();
    }

    /** Moves to the first row whose rowid is at least this; false if there is none. */
    public boolean seekAtLeast(long rowid) {
        throw new UnsupportedOperationException();
    }

    /** Moves to the last row whose rowid is at most this; false if there is none. */
    public boolean seekAtMost(long rowid) {
        throw new UnsupportedOperationException();
    }

    /** The rowid of the current entry. */
    public long rowid() {
        throw new UnsupportedOperationException();
    }

    /**
     * Inserts the row, or replaces the one with that rowid; the cursor is then on it. {@code zeroTail} zero bytes follow the record
     * (a zeroblob as last column). {@code append} is a hint that the rowid is the largest.
     */
    public void insert(long rowid, byte[] record, int offset, int length, int zeroTail, boolean append) {
        throw new UnsupportedOperationException();
    }
}
