package dev.verso.pager;

import java.util.Arrays;

/**
 * Published page images of one store, shared by its sessions and bounded by bytes. An image is valid from the version that wrote it
 * until the version before the one that replaced it. {@link #get} takes no lock, allocates nothing and survives scans (a page
 * that is read once does not push out one that is read often).
 *
 * <p>Entries hang off a two-level array indexed by page number. Everything that changes it holds this object's monitor; {@link #get}
 * reads it without. That is safe because the image and first version of an entry are final fields, and a reader that sees an old
 * pointer or a zero in the other fields only misses; what makes a replaced image invisible to a session at a newer version is that
 * {@link #newestVersion} is volatile, written after the change, and read by {@link #observe} before the session's first read.
 *
 * <p>Eviction follows S3-FIFO: a new page enters a small queue (a tenth of the bytes); it moves to the main queue only if it was hit
 * twice before its turn to leave came, or if it comes back soon after it left (a table of recently evicted page numbers tells). The
 * main queue is a clock: a page that was hit since its last turn gets another.
 */
public final class PageCache {
    /** The default bound, SQLite's {@code cache_size} of -2000. */
    public static final long DEFAULT_CAPACITY_BYTES = 2_000 * 1024L;

    private static final int HEAP_PARTS = 8;
    private static final int LEAF_BITS = 10;
    private static final int LEAF_MASK = (1 << LEAF_BITS) - 1;
    /** What an entry costs beyond its image, about. */
    private static final int ENTRY_BYTES = 64;

    private static final int MAX_HITS = 3;
    private static final int PROMOTING_HITS = 2;
    private static final int MOST_IMAGES_OF_A_PAGE = 16;
    private static final long OPEN_END = Long.MAX_VALUE;

    private static final class Entry {
        final byte[] image;
        final long firstVersion;
        final int pageNumber;
        /** Last version known to have this image; {@link #OPEN_END} while it is the newest. */
        long lastVersion;
        /** Entry of the same page for other versions. */
        Entry other;
        /** Neighbours in the queue. */
        Entry previous;

        Entry next;
        int hits;
        boolean inMain;

        Entry(int pageNumber, byte[] image, long firstVersion, long lastVersion) {
            this.pageNumber = pageNumber;
            this.image = image;
            this.firstVersion = firstVersion;
            this.lastVersion = lastVersion;
        }
    }

    /** First in, first out; an entry can also leave from the middle. */
    private static final class Queue {
        Entry head;
        Entry tail;
        long bytes;

        void add(Entry entry) {
            entry.next = null;
            entry.previous = tail;
            if (tail == null) {
                head = entry;
            } else {
                tail.next = entry;
            }
            tail = entry;
            bytes += costBytes(entry);
        }

        void remove(Entry entry) {
            if (entry.previous == null) {
                head = entry.next;
            } else {
                entry.previous.next = entry.next;
            }
            if (entry.next == null) {
                tail = entry.previous;
            } else {
                entry.next.previous = entry.previous;
            }
            entry.previous = null;
            entry.next = null;
            bytes -= costBytes(entry);
        }
    }

    private final boolean keepsOldVersions;
    private final boolean storesNothing;
    private volatile Entry[][] table = new Entry[16][];
    private volatile long newestVersion = Long.MIN_VALUE;

    private int[] leafCounts = new int[16];
    private Queue small = new Queue();
    private Queue main = new Queue();
    private volatile long capacityBytes = DEFAULT_CAPACITY_BYTES;
    /** Page numbers that left the small queue lately, each at the place its hash names. */
    private int[] ghosts = new int[256];

    private long evictions;

    /** A cache that keeps images of older versions, as room allows, for the snapshots that still read them. */
    public PageCache() {
        this(true, false);
    }

    private PageCache(boolean keepsOldVersions, boolean storesNothing) {
        this.keepsOldVersions = keepsOldVersions;
        this.storesNothing = storesNothing;
    }

    /** A cache for a store where no snapshot outlives a commit: a replaced image is dropped at once. */
    public static PageCache newestOnly() {
        return new PageCache(false, false);
    }

    /** A cache that never holds anything, for a store whose pages are in memory anyway. */
    public static PageCache none() {
        return new PageCache(false, true);
    }

    /** True if this cache never holds anything. */
    public boolean storesNothing() {
        return storesNothing;
    }

    /** The image of the page at that version, or null if it is not here. */
    public byte[] get(int pageNumber, long version) {
        Entry[][] table = this.table;
        int row = pageNumber >>> LEAF_BITS;
        if (row >= table.length) {
            return null;
        }
        Entry[] leaf = table[row];
        if (leaf == null) {
            return null;
        }
        for (Entry entry = leaf[pageNumber & LEAF_MASK]; entry != null; entry = entry.other) {
            if (version >= entry.firstVersion && version <= entry.lastVersion) {
                int hits = entry.hits;
                if (hits < MAX_HITS) {
                    entry.hits = hits + 1;
                }
                return entry.image;
            }
        }
        return null;
    }

    /** True if {@link #get} would find the page; does not count as use. */
    public boolean contains(int pageNumber, long version) {
        Entry entry = newest(pageNumber);
        while (entry != null && (version < entry.firstVersion || version > entry.lastVersion)) {
            entry = entry.other;
        }
        return entry != null;
    }

    /** Adds an image that was read at {@code version}. */
    public synchronized void put(int pageNumber, long version, byte[] image) {
        if (storesNothing || contains(pageNumber, version)) {
            return;
        }
        if (version > newestVersion) {
            observe(version);
        }
        link(new Entry(pageNumber, image, version, version == newestVersion ? OPEN_END : version));
        evict();
    }

    /**
     * The store went from {@code oldVersion} to {@code newVersion} by changing these pages: others stay valid. {@code images} may be
     * null, or have null elements, where the new images are not at hand. Does nothing if the cache knows a newer version already; if it
     * has not heard of {@code oldVersion}, everything before is of unknown worth to newer snapshots and forgotten.
     */
    public synchronized void advance(long oldVersion, long newVersion, int[] changedPages, byte[][] images) {
        if (newVersion <= newestVersion) {
            return;
        }
        if (oldVersion > newestVersion) {
            clear();
        }
        long lastKnown = newestVersion;
        for (int i = 0; i < changedPages.length; i++) {
            int pageNumber = changedPages[i];
            boolean wasInMain = false;
            Entry entry = newest(pageNumber);
            if (entry != null && entry.lastVersion == OPEN_END) {
                wasInMain = entry.inMain;
                if (keepsOldVersions) {
                    entry.lastVersion = lastKnown;
                } else {
                    unlink(entry);
                }
            }
            if (images != null && images[i] != null && !storesNothing) {
                Entry replacement = new Entry(pageNumber, images[i], newVersion, OPEN_END);
                replacement.inMain = wasInMain;
                link(replacement);
                dropOldest(replacement);
            }
        }
        newestVersion = newVersion;
        evict();
    }

    /**
     * Called before the first read at a version: if the store moved on to it in ways that {@link #advance} was not told, everything is
     * forgotten.
     */
    public void observe(long version) {
        if (version > newestVersion) {
            synchronized (this) {
                if (version > newestVersion) {
                    clear();
                    newestVersion = version;
                }
            }
        }
    }

    /** The newest version that this cache has heard of; {@code Long.MIN_VALUE} at first. */
    public long newestVersion() {
        return newestVersion;
    }

    /** Forgets everything: the store changed in ways unknown. */
    public synchronized void clear() {
        table = new Entry[16][];
        leafCounts = new int[16];
        small = new Queue();
        main = new Queue();
    }

    /** Bounds the cache, by an eighth of the JVM's heap at most; the default is 2,000 KiB as in SQLite's {@code cache_size}. */
    public synchronized void capacityBytes(long bytes) {
        capacityBytes = Math.min(Math.max(0, bytes), Runtime.getRuntime().maxMemory() / HEAP_PARTS);
        evict();
    }

    /** The bound. */
    public long capacityBytes() {
        return capacityBytes;
    }

    /** Bytes held now, a little for each entry's own cost included. */
    public synchronized long heldBytes() {
        return small.bytes + main.bytes;
    }

    /** How many images had to leave for lack of room so far. */
    public synchronized long evictions() {
        return evictions;
    }

    private Entry newest(int pageNumber) {
        Entry[][] table = this.table;
        int row = pageNumber >>> LEAF_BITS;
        return row < table.length && table[row] != null ? table[row][pageNumber & LEAF_MASK] : null;
    }

    private void link(Entry entry) {
        int row = entry.pageNumber >>> LEAF_BITS;
        if (row >= table.length) {
            int rows = Integer.highestOneBit(row) << 1;
            leafCounts = Arrays.copyOf(leafCounts, rows);
            table = Arrays.copyOf(table, rows);
        }
        Entry[] leaf = table[row];
        if (leaf == null) {
            leaf = new Entry[1 << LEAF_BITS];
            table[row] = leaf;
        }
        int column = entry.pageNumber & LEAF_MASK;
        Entry head = leaf[column];
        if (head != null && head.firstVersion > entry.firstVersion) {
            entry.other = head.other;
            head.other = entry;
        } else {
            entry.other = head;
            leaf[column] = entry;
        }
        leafCounts[row]++;
        enqueue(entry);
    }

    /** Pages that change all the time would fill the cache with images that hardly anybody reads any more. */
    private void dropOldest(Entry newest) {
        Entry oldest = newest;
        int count = 1;
        for (Entry entry = newest.other; entry != null; entry = entry.other) {
            oldest = entry;
            count++;
        }
        if (count > MOST_IMAGES_OF_A_PAGE && oldest.lastVersion != OPEN_END) {
            unlink(oldest);
            evictions++;
        }
    }

    private void enqueue(Entry entry) {
        int ghost = ghostIndex(entry.pageNumber);
        if (entry.inMain || ghosts[ghost] == entry.pageNumber) {
            ghosts[ghost] = 0;
            entry.inMain = true;
            main.add(entry);
        } else {
            small.add(entry);
        }
    }

    /** Takes the entry out of the table and its queue. */
    private void unlink(Entry entry) {
        int row = entry.pageNumber >>> LEAF_BITS;
        Entry[] leaf = table[row];
        int column = entry.pageNumber & LEAF_MASK;
        if (leaf[column] == entry) {
            leaf[column] = entry.other;
        } else {
            Entry before = leaf[column];
            while (before.other != entry) {
                before = before.other;
            }
            before.other = entry.other;
        }
        if (--leafCounts[row] == 0) {
            table[row] = null;
        }
        (entry.inMain ? main : small).remove(entry);
    }

    private void evict() {
        while (small.bytes + main.bytes > capacityBytes) {
            if (small.bytes > capacityBytes / 10 || main.bytes == 0) {
                evictFromSmall();
            } else {
                evictFromMain();
            }
        }
    }

    private void evictFromSmall() {
        Entry entry = small.head;
        if (entry.hits >= PROMOTING_HITS) {
            small.remove(entry);
            entry.hits = 0;
            entry.inMain = true;
            main.add(entry);
            return;
        }
        remember(entry.pageNumber);
        unlink(entry);
        evictions++;
    }

    private void evictFromMain() {
        Entry entry = main.head;
        if (entry.hits > 0 && entry.lastVersion == OPEN_END) {
            entry.hits--;
            main.remove(entry);
            main.add(entry);
            return;
        }
        unlink(entry);
        evictions++;
    }

    private void remember(int pageNumber) {
        long wanted = Math.min(1 << 20, capacityBytes / 2048);
        if (ghosts.length < wanted) {
            ghosts = new int[Integer.highestOneBit((int) wanted) << 1];
        }
        ghosts[ghostIndex(pageNumber)] = pageNumber;
    }

    private int ghostIndex(int pageNumber) {
        return (pageNumber * 0x9E3779B9) >>> (Integer.numberOfLeadingZeros(ghosts.length) + 1);
    }

    private static long costBytes(Entry entry) {
        return entry.image.length + ENTRY_BYTES;
    }
}
