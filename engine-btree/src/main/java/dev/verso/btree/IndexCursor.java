package dev.verso.btree;

import dev.verso.record.SearchKey;

/** A cursor in an index tree: entries are key records in the order of the tree's {@link dev.verso.record.KeyInfo}. */
public final class IndexCursor extends TreeCursor {
    IndexCursor() {}

    /**
     * Descends to the key.
     *
     * @return 0 if the cursor is on an equal entry; negative if it is on an entry before the key (the last such), positive if on one
     *     after it (the first such); if the tree is empty, negative with the cursor on no entry
     */
    public int seek(SearchKey key) {
        throw new UnsupportedOperationException();
    }

    /** Compares the current entry with the key: negative if the entry sorts before it. */
    public int compareEntry(SearchKey key) {
        throw new UnsupportedOperationException();
    }

    /** Inserts a key record; an entry that is equal over the tree's key columns is replaced (WITHOUT ROWID update). */
    public void insert(byte[] record, int offset, int length, boolean append) {
        throw new UnsupportedOperationException();
    }
}
