package dev.verso.btree;

/**
 * Sizes that follow from a database's page size and reserved bytes (file format §1.6). Immutable.
 *
 * <pre>
 *   tree page:  [100 bytes of database header, page 1 only]
 *               0 kind u8 | 1 first freeblock u16 | 3 cell count u16 | 5 content start u16 (0 = 65536) | 7 fragmented bytes u8
 *               8 right child u32 (interior pages only)
 *               cell offsets u16 each, in key order | gap | cells, in any order | reserved bytes
 * </pre>
 */
final class PageFormat {
    static final int TABLE_LEAF = 13;
    static final int TABLE_INTERIOR = 5;
    static final int INDEX_LEAF = 10;
    static final int INDEX_INTERIOR = 2;

    static final int FIRST_FREEBLOCK = 1;
    static final int CELL_COUNT = 3;
    static final int CONTENT_START = 5;
    static final int FRAGMENTED_BYTES = 7;
    static final int RIGHT_CHILD = 8;

    static final int LEAF_HEADER_BYTES = 8;
    static final int INTERIOR_HEADER_BYTES = 12;
    static final int DATABASE_HEADER_BYTES = 100;
    /** A cell takes at least this much, so that a freeblock fits where it was. */
    static final int MIN_CELL_BYTES = 4;
    /** Deeper trees cannot be: SQLite's own limit. */
    static final int MAX_DEPTH = 20;
    /** The page that holds this byte of a file is never used: SQLite locks bytes there. */
    private static final int LOCK_BYTE = 0x40000000;

    final int pageBytes;
    final int usableBytes;
    /** Most payload bytes that an index cell keeps on its page. */
    final int maxIndexLocal;
    /** Most payload bytes that a table leaf cell keeps on its page. */
    final int maxTableLocal;

    final int minLocal;
    final int lockBytePage;
    /** Leaf page numbers on a freelist trunk; 6 less than fit, as SQLite does for the sake of its old versions. */
    final int trunkCapacity;
    /** Entries on a pointer-map page. */
    final int pointersPerMapPage;

    PageFormat(int pageBytes, int reservedBytes) {
        this.pageBytes = pageBytes;
        usableBytes = pageBytes - reservedBytes;
        maxIndexLocal = (usableBytes - 12) * 64 / 255 - 23;
        minLocal = (usableBytes - 12) * 32 / 255 - 23;
        maxTableLocal = usableBytes - 35;
        lockBytePage = LOCK_BYTE / pageBytes + 1;
        trunkCapacity = usableBytes / 4 - 8;
        pointersPerMapPage = usableBytes / 5;
    }

    /** True if a page with that content belongs in a table tree. */
    static boolean isTable(byte[] page, int pageNumber) {
        int kind = page[headerOffset(pageNumber)];
        return kind == TABLE_LEAF || kind == TABLE_INTERIOR;
    }

    static int headerOffset(int pageNumber) {
        return pageNumber == 1 ? DATABASE_HEADER_BYTES : 0;
    }

    static boolean isLeaf(int kind) {
        return kind >= INDEX_LEAF;
    }

    static boolean isTable(int kind) {
        return (kind & 1) != 0;
    }

    static boolean isTreeKind(int kind) {
        return kind == TABLE_LEAF || kind == TABLE_INTERIOR || kind == INDEX_LEAF || kind == INDEX_INTERIOR;
    }

    static int headerBytes(int kind) {
        return isLeaf(kind) ? LEAF_HEADER_BYTES : INTERIOR_HEADER_BYTES;
    }

    int maxLocal(boolean isTable) {
        return isTable ? maxTableLocal : maxIndexLocal;
    }

    /** Payload bytes that stay on the page. */
    int localBytes(long payloadBytes, boolean isTable) {
        int maxLocal = maxLocal(isTable);
        if (payloadBytes <= maxLocal) {
            return (int) payloadBytes;
        }
        int even = minLocal + (int) ((payloadBytes - minLocal) % (usableBytes - 4));
        return even <= maxLocal ? even : minLocal;
    }

    /** Pages of the overflow chain. */
    int overflowPages(int payloadBytes, int localBytes) {
        int perPage = usableBytes - 4;
        return (int) (((long) payloadBytes - localBytes + perPage - 1) / perPage);
    }

    /** The pointer-map page that describes this page; the page itself if it is one; 0 for page 1. */
    int mapPageOf(int pageNumber) {
        if (pageNumber < 2) {
            return 0;
        }
        int pagesPerMap = pointersPerMapPage + 1;
        int mapPage = (pageNumber - 2) / pagesPerMap * pagesPerMap + 2;
        return mapPage == lockBytePage ? mapPage + 1 : mapPage;
    }

    boolean isMapPage(int pageNumber) {
        return mapPageOf(pageNumber) == pageNumber;
    }
}
