package dev.verso.pager;

/**
 * What undoes the edits since a savepoint was opened: for each page edited since, what it was then. An image kept here belongs to the
 * savepoint. A tag says where the image is: {@link #IN_MEMORY} here, {@link #ABSENT} in the snapshot (the transaction had not touched
 * the page), {@link #MOVED} handed to the savepoint below; any other tag is its place in the {@link UndoFile}.
 */
final class Savepoint {
    static final long ABSENT = -1;
    static final long IN_MEMORY = -2;
    static final long MOVED = -3;
    /** A {@link #pageCount} that says: as in the snapshot. */
    static final int AS_SNAPSHOT = -1;

    final PageMap undo = new PageMap();
    /** Larger for each savepoint opened; pages carry the number of the savepoint that saved them last. */
    long serial;

    int pageCount;
    int intactPages;
}
