package dev.verso.vm;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import java.util.ArrayList;
import java.util.List;

/** Cursors whose tree no other cursor may write: those of an UPDATE while the row in its way is deleted and the triggers of that deletion run. */
final class PinnedCursors {
    private final List<Cursor> pinned = new ArrayList<>();

    boolean isEmpty() {
        return pinned.isEmpty();
    }

    void pin(Cursor cursor) {
        pinned.add(cursor);
    }

    void unpin(Cursor cursor) {
        pinned.remove(cursor);
    }

    void clear() {
        pinned.clear();
    }

    /**
     * Before a write.
     *
     * @throws DatabaseException CONSTRAINT_PINNED if the cursor is about to write a tree on which another one is pinned
     */
    void check(Cursor writer) {
        for (Cursor cursor : pinned) {
            if (cursor != writer && cursor.isOnTreeOf(writer)) {
                throw new DatabaseException(ResultCode.CONSTRAINT_PINNED, ResultCode.CONSTRAINT_PINNED.text());
            }
        }
    }
}
