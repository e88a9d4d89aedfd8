package dev.verso.pager;

import java.util.Arrays;

/**
 * The open savepoints of a transaction, and what undoes the edits since each. Images beyond a limit go to a temporary file. It keeps
 * images and knows nothing of where a page's content comes from: that is the {@link Pager}'s part.
 */
final class SavepointStack implements AutoCloseable {
    private Savepoint[] savepoints = new Savepoint[4];
    private int count;
    private long lastSerial;
    private long topSerial;

    private int pageSizeBytes;
    private long limitBytes = Pager.DEFAULT_DIRTY_BYTES_LIMIT;
    private long heldBytes;
    private UndoFile undoFile;

    int count() {
        return count;
    }

    /** Serial of the youngest savepoint, larger than those of all opened before it; 0 if none is open. */
    long topSerial() {
        return topSerial;
    }

    Savepoint at(int level) {
        if (level < 0 || level >= count) {
            throw new IllegalArgumentException("savepoint " + level + " of " + count);
        }
        return savepoints[level];
    }

    /** Bytes of a page, for what is saved from now on. */
    void pageSizeBytes(int bytes) {
        pageSizeBytes = bytes;
    }

    /** Bytes of images that stay in memory. */
    void limitBytes(long bytes) {
        limitBytes = bytes;
    }

    /** Opens a savepoint; {@code pageCount} may be {@link Savepoint#AS_SNAPSHOT}. */
    int open(int pageCount, int intactPages) {
        if (count == savepoints.length) {
            savepoints = Arrays.copyOf(savepoints, count * 2);
        }
        Savepoint savepoint = savepoints[count];
        if (savepoint == null) {
            savepoint = new Savepoint();
            savepoints[count] = savepoint;
        }
        topSerial = ++lastSerial;
        savepoint.serial = topSerial;
        savepoint.pageCount = pageCount;
        savepoint.intactPages = intactPages;
        return count++;
    }

    /** Forgets this savepoint and those above it; what they saved goes to the one below. */
    void release(int level) {
        at(level);
        while (count > level) {
            if (count > 1) {
                merge(savepoints[count - 1], savepoints[count - 2]);
            }
            drop(count - 1);
        }
    }

    /** A page that both have saved keeps the older image; one that only the younger saved had that image for the older too. */
    private static void merge(Savepoint younger, Savepoint older) {
        PageMap undo = younger.undo;
        for (int place = 0; place < undo.places(); place++) {
            int page = undo.pageNumber(place);
            if (page != 0 && older.undo.find(page) < 0) {
                older.undo.put(page, undo.image(place), undo.tag(place));
                undo.tag(place, Savepoint.MOVED);
            }
        }
    }

    /** Forgets savepoints, and what they saved, until so many remain. */
    void drop(int remaining) {
        while (count > remaining) {
            forgetUndo(savepoints[--count]);
        }
        topSerial = count == 0 ? 0 : savepoints[count - 1].serial;
        if (count == 0 && undoFile != null) {
            undoFile.reset();
        }
    }

    /** Forgets what the savepoint saved; it stays open. */
    void forgetUndo(Savepoint savepoint) {
        PageMap undo = savepoint.undo;
        if (undo.size() == 0) {
            return;
        }
        for (int place = 0; place < undo.places(); place++) {
            if (undo.pageNumber(place) != 0) {
                long tag = undo.tag(place);
                if (tag == Savepoint.IN_MEMORY) {
                    heldBytes -= undo.image(place).length;
                } else if (tag >= 0) {
                    undoFile.free(tag);
                }
            }
        }
        undo.clear();
    }

    /** True if the youngest savepoint can undo edits of the page already. */
    boolean topHas(int pageNumber) {
        return savepoints[count - 1].undo.find(pageNumber) >= 0;
    }

    /** Keeps a copy of what the page is now for the youngest savepoint, unless that has one already. */
    void save(int pageNumber, byte[] image) {
        if (!topHas(pageNumber)) {
            saveIn(savepoints[count - 1], pageNumber, image);
        }
    }

    /** Notes for the youngest savepoint that the transaction has not touched the page so far, unless it can undo edits of it already. */
    void saveAbsent(int pageNumber) {
        if (!topHas(pageNumber)) {
            savepoints[count - 1].undo.put(pageNumber, null, Savepoint.ABSENT);
        }
    }

    /** Keeps a copy for a savepoint, in place of what it had noted. */
    void saveIn(Savepoint savepoint, int pageNumber, byte[] image) {
        if (heldBytes + image.length <= limitBytes) {
            heldBytes += image.length;
            savepoint.undo.put(pageNumber, image.clone(), Savepoint.IN_MEMORY);
            return;
        }
        if (undoFile == null || undoFile.pageSizeBytes() != pageSizeBytes) {
            if (undoFile != null) {
                undoFile.close();
            }
            undoFile = new UndoFile(pageSizeBytes);
        }
        savepoint.undo.put(pageNumber, null, undoFile.add(image));
    }

    /** The image at a place of a savepoint's undo map; the caller's own. */
    byte[] image(PageMap undo, int place) {
        long tag = undo.tag(place);
        return tag == Savepoint.IN_MEMORY ? undo.image(place) : undoFile.read(tag);
    }

    @Override
    public void close() {
        drop(0);
        if (undoFile != null) {
            undoFile.close();
            undoFile = null;
        }
    }
}
