package dev.verso.pager;

import java.util.Arrays;

/** Page number to image and a tag, without boxes: open addressing, linear probing. Page number 0 marks a free place. */
final class PageMap {
    private static final int INITIAL_PLACES = 16;
    /** A cleared map keeps its arrays up to this size. */
    private static final int KEPT_PLACES = 256;

    private int[] pageNumbers = new int[INITIAL_PLACES];
    private byte[][] images = new byte[INITIAL_PLACES][];
    private long[] tags = new long[INITIAL_PLACES];
    private int size;

    int size() {
        return size;
    }

    /** Number of places, for walking over all of them with {@link #pageNumber}. */
    int places() {
        return pageNumbers.length;
    }

    /** The page number at a place, 0 if it is free. */
    int pageNumber(int place) {
        return pageNumbers[place];
    }

    byte[] image(int place) {
        return images[place];
    }

    long tag(int place) {
        return tags[place];
    }

    void tag(int place, long tag) {
        tags[place] = tag;
    }

    /** The place of the page, or -1. */
    int find(int pageNumber) {
        int mask = pageNumbers.length - 1;
        for (int place = home(pageNumber); ; place = place + 1 & mask) {
            int found = pageNumbers[place];
            if (found == pageNumber) {
                return place;
            }
            if (found == 0) {
                return -1;
            }
        }
    }

    /** Adds or replaces. */
    void put(int pageNumber, byte[] image, long tag) {
        if (size * 2 >= pageNumbers.length) {
            grow();
        }
        int mask = pageNumbers.length - 1;
        int place = home(pageNumber);
        while (pageNumbers[place] != 0 && pageNumbers[place] != pageNumber) {
            place = place + 1 & mask;
        }
        if (pageNumbers[place] == 0) {
            size++;
        }
        pageNumbers[place] = pageNumber;
        images[place] = image;
        tags[place] = tag;
    }

    /** Forgets the page; moves later entries of the same run, so places found before are no longer good. */
    void remove(int pageNumber) {
        int place = find(pageNumber);
        if (place < 0) {
            return;
        }
        int mask = pageNumbers.length - 1;
        int free = place;
        for (int next = free + 1 & mask; pageNumbers[next] != 0; next = next + 1 & mask) {
            int home = home(pageNumbers[next]);
            boolean homeIsAfterFree = free <= next ? home > free && home <= next : home > free || home <= next;
            if (!homeIsAfterFree) {
                pageNumbers[free] = pageNumbers[next];
                images[free] = images[next];
                tags[free] = tags[next];
                free = next;
            }
        }
        pageNumbers[free] = 0;
        images[free] = null;
        size--;
    }

    void clear() {
        if (size == 0) {
            return;
        }
        if (pageNumbers.length > KEPT_PLACES) {
            pageNumbers = new int[INITIAL_PLACES];
            images = new byte[INITIAL_PLACES][];
            tags = new long[INITIAL_PLACES];
        } else {
            Arrays.fill(pageNumbers, 0);
            Arrays.fill(images, null);
        }
        size = 0;
    }

    /** All page numbers, ascending. */
    int[] sortedPageNumbers() {
        int[] sorted = new int[size];
        int count = 0;
        for (int pageNumber : pageNumbers) {
            if (pageNumber != 0) {
                sorted[count++] = pageNumber;
            }
        }
        Arrays.sort(sorted);
        return sorted;
    }

    private int home(int pageNumber) {
        return (pageNumber * 0x9E3779B9) >>> (Integer.numberOfLeadingZeros(pageNumbers.length) + 1);
    }

    private void grow() {
        int[] oldNumbers = pageNumbers;
        byte[][] oldImages = images;
        long[] oldTags = tags;
        pageNumbers = new int[oldNumbers.length * 2];
        images = new byte[oldNumbers.length * 2][];
        tags = new long[oldNumbers.length * 2];
        size = 0;
        for (int place = 0; place < oldNumbers.length; place++) {
            if (oldNumbers[place] != 0) {
                put(oldNumbers[place], oldImages[place], oldTags[place]);
            }
        }
    }
}
