package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.pager.PageCache;

/** Reads the pages that a session sees: those of its snapshot, ahead where it reads one after the other, and those that it has staged. */
final class SnapshotPages {
    private static final int FIRST_AHEAD_PAGES = 4;
    private static final int MOST_AHEAD_PAGES = 64;
    private static final int TRIES = 60;

    private final VersionedStore store;
    private final ReadView view;
    private final PageReader reader;
    private int expectedPage;
    private int aheadPages;

    SnapshotPages(VersionedStore store, ReadView view) {
        this.store = store;
        this.view = view;
        reader = new PageReader(store.keys(), store.name(), store.outcomes(), store.chains());
    }

    /** The next page read is the first of a new snapshot. */
    void forgetPlace() {
        expectedPage = 0;
    }

    /** @param staging what the session has staged, or null */
    byte[] read(Snapshot snapshot, Staging staging, int pageNumber) {
        if (isStaged(staging, pageNumber)) {
            return staged(staging, pageNumber);
        }
        requireInside(snapshot, pageNumber);
        aheadPages = pageNumber == expectedPage
                ? Math.min(MOST_AHEAD_PAGES, Math.max(FIRST_AHEAD_PAGES, aheadPages * 2))
                : 0;
        expectedPage = pageNumber + 1;
        if (aheadPages > 0) {
            byte[] image = readAhead(snapshot, pageNumber);
            if (image != null) {
                return image;
            }
        }
        return readOne(snapshot, pageNumber);
    }

    private byte[] readOne(Snapshot snapshot, int pageNumber) {
        byte[][] image = new byte[1][];
        reader.read(view, snapshot, new int[] {pageNumber}, 1, image);
        return image[0];
    }

    /** Reads the page and some that follow, which go to the cache. Null if that fails: then the page is read alone. */
    private byte[] readAhead(Snapshot snapshot, int pageNumber) {
        PageCache cache = store.cache();
        long room = cache.capacityBytes() / 4 / snapshot.pageSizeBytes();
        int[] numbers = new int[1 + aheadPages];
        numbers[0] = pageNumber;
        int count = 1;
        int next = pageNumber + 1;
        for (; next <= snapshot.pageCount() && count <= Math.min(aheadPages, room); next++) {
            if (!cache.contains(next, snapshot.version())) {
                numbers[count++] = next;
            }
        }
        byte[][] images = new byte[count][];
        try {
            reader.read(view, snapshot, numbers, count, images);
        } catch (DatabaseException e) {
            if (e.code() != ResultCode.CORRUPT) {
                throw e;
            }
            // A damaged page that nobody asked for is nobody's business yet.
            return null;
        }
        for (int i = 1; i < count; i++) {
            cache.put(numbers[i], snapshot.version(), images[i]);
        }
        expectedPage = next;
        return images[0];
    }

    /** Reads several pages in one round trip: {@code images[i]} becomes page {@code pageNumbers[i]}. */
    void read(Snapshot snapshot, Staging staging, int[] pageNumbers, int count, byte[][] images) {
        for (int i = 0; i < count; i++) {
            images[i] = null;
            if (isStaged(staging, pageNumbers[i])) {
                images[i] = staged(staging, pageNumbers[i]);
            } else {
                requireInside(snapshot, pageNumbers[i]);
            }
        }
        reader.read(view, snapshot, pageNumbers, count, images);
    }

    /** A page of the snapshot, from the cache if it is there. */
    byte[] base(Snapshot snapshot, int pageNumber) {
        byte[] cached = store.cache().get(pageNumber, snapshot.version());
        return cached != null ? cached : readOne(snapshot, pageNumber);
    }

    private static boolean isStaged(Staging staging, int pageNumber) {
        return staging != null && staging.has(pageNumber);
    }

    /** A page that the session has staged. */
    private byte[] staged(Staging staging, int pageNumber) {
        for (int tries = 1; ; tries++) {
            try {
                return staging.read(view, pageNumber);
            } catch (KvException e) {
                if (e.failure() != KvFailure.TOO_OLD && e.failure() != KvFailure.FUTURE_VERSION || tries == TRIES) {
                    throw Failures.translate(e, "reading", store.name());
                }
                view.renew();
            }
        }
    }

    private void requireInside(Snapshot snapshot, int pageNumber) {
        if (pageNumber < 1 || pageNumber > snapshot.pageCount()) {
            throw new DatabaseException(
                    ResultCode.CORRUPT,
                    ResultCode.CORRUPT.text() + ": " + store.name() + ": page " + pageNumber + " is outside 1.."
                            + snapshot.pageCount());
        }
    }
}
