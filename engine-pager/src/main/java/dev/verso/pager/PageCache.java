package dev.verso.pager;

/**
 * Published page images of one store, shared by its sessions and bounded by bytes. An image is valid from the version that wrote it
 * until the version before the one that replaced it. {@link #get} takes no lock, allocates nothing and survives scans (a page
 * that is read once does not push out one that is read often).
 */
public final class PageCache {
    public PageCache() {}

    /** The image of the page at that version, or null if it is not here. */
    public byte[] get(int pageNumber, long version) {
        throw new UnsupportedOperationException();
    }

    /** Adds an image that was read at {@code version}. */
    public void put(int pageNumber, long version, byte[] image) {
        throw new UnsupportedOperationException();
    }

    /**
     * The store went from {@code oldVersion} to {@code newVersion} by changing these pages: others stay valid. {@code images} may be
     * null, or have null elements, where the new images are not at hand.
     */
    public void advance(long oldVersion, long newVersion, int[] changedPages, byte[][] images) {
        throw new UnsupportedOperationException();
    }

    /** Forgets everything: the store changed in ways unknown. */
    public void clear() {
        throw new UnsupportedOperationException();
    }

    /** Bounds the cache; the default is 2,000 KiB as in SQLite's {@code cache_size}. */
    public void capacityBytes(long bytes) {
        throw new UnsupportedOperationException();
    }
}
