package dev.verso.btree;

import dev.verso.record.RecordView;

/**
 * A place in one tree: on an entry, or in the gap before or after one. Stays right when its own connection changes the tree through
 * another cursor. Used by one thread.
 */
public abstract sealed class TreeCursor implements AutoCloseable permits TableCursor, IndexCursor {
    TreeCursor() {}

    /** Moves to the first entry; false if the tree is empty. */
    public final boolean first() {
        throw new UnsupportedOperationException();
    }

    /** Moves to the last entry; false if the tree is empty. */
    public final boolean last() {
        throw new UnsupportedOperationException();
    }

    /** Moves to the next entry; false past the last one. After {@link #delete} with kept position: to the entry after the deleted one. */
    public final boolean next() {
        throw new UnsupportedOperationException();
    }

    /** Moves to the previous entry; false before the first one. */
    public final boolean previous() {
        throw new UnsupportedOperationException();
    }

    /** True if the cursor is on an entry. */
    public final boolean isOnEntry() {
        throw new UnsupportedOperationException();
    }

    /** Bytes of the entry's payload (the record). */
    public final int payloadBytes() {
        throw new UnsupportedOperationException();
    }

    /** The entry's record: one view that belongs to the cursor and moves with it. */
    public final RecordView record() {
        throw new UnsupportedOperationException();
    }

    /** Copies the whole payload. @return the bytes copied, {@link #payloadBytes} */
    public final int copyPayload(byte[] into, int offset) {
        throw new UnsupportedOperationException();
    }

    /** Deletes the entry. With {@code keepPosition} the next {@link #next} or {@link #previous} goes to its neighbour. */
    public final void delete(boolean keepPosition) {
        throw new UnsupportedOperationException();
    }

    /** Number of entries in the tree, by reading its pages. */
    public final long count() {
        throw new UnsupportedOperationException();
    }

    /** A cheap guess of the number of entries, from one path down the tree. */
    public final long estimatedCount() {
        throw new UnsupportedOperationException();
    }

    @Override
    public final void close() {
        throw new UnsupportedOperationException();
    }
}
