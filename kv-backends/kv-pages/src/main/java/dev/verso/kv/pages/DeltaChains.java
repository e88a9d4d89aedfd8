package dev.verso.kv.pages;

/**
 * How many deltas lie on pages' newest whole images, as far as this JVM has seen: a commit adds another one only where it knows that there
 * are few. A hint: pages push each other out, and a number may be old, so readers count on nothing. Thread-safe, without locks.
 */
final class DeltaChains {
    private static final int PLACE_BITS = 14;
    private static final int DEPTH_BITS = 8;
    private static final int MOST_DEPTH = (1 << DEPTH_BITS) - 1;

    /** Page number and 1 + depth; 0 for none. An element is written whole, so threads see one or the other. */
    private final long[] places = new long[1 << PLACE_BITS];

    /** Deltas on the page's newest whole image, or {@link #MOST_DEPTH} if that is not known. */
    int depth(int pageNumber) {
        long found = places[place(pageNumber)];
        return found >>> DEPTH_BITS == pageNumber && found != 0 ? (int) (found & MOST_DEPTH) - 1 : MOST_DEPTH;
    }

    void depth(int pageNumber, int depth) {
        places[place(pageNumber)] = (long) pageNumber << DEPTH_BITS | Math.min(depth + 1, MOST_DEPTH);
    }

    private static int place(int pageNumber) {
        return pageNumber * 0x9E3779B9 >>> Integer.SIZE - PLACE_BITS;
    }
}
