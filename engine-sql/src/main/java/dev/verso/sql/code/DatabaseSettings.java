package dev.verso.sql.code;

import dev.verso.btree.BTree;

/** What pragmas have set for one attached database and must be able to say again. */
public final class DatabaseSettings {
    /** KiB, hence negative. */
    public static final int DEFAULT_CACHE_SIZE = -2000;

    private static final int TEMP = 1;

    private int cacheSize;
    private int cacheSpill = 1;
    private int synchronous;
    private String journalMode = "delete";
    private boolean exclusiveLocking;
    private int secureDelete;
    private long maxPageCount = 4_294_967_294L;
    private long journalSizeLimit = -1;

    DatabaseSettings(int database) {
        cacheSize = database == TEMP ? 0 : DEFAULT_CACHE_SIZE;
        synchronous = database == TEMP ? 0 : 2;
    }

    /** The journal mode last said, in lower case: all there is to it for a database in memory. */
    public String journalMode() {
        return journalMode;
    }

    public void journalMode(String mode) {
        journalMode = mode;
    }

    /** Pages, or KiB if negative. */
    public int cacheSize() {
        return cacheSize;
    }

    public void cacheSize(int pagesOrKibibytes) {
        cacheSize = pagesOrKibibytes;
    }

    /** Has the cache of the database hold as much. @param spills whether a transaction writes pages to the file before it ends */
    public void limitCache(BTree tree, boolean spills) {
        long bytes = cacheSize < 0 ? -1024L * cacheSize : (long) cacheSize * tree.pageSize();
        tree.pager().store().cache().capacityBytes(bytes);
        long spill = (long) cacheSpill * tree.pageSize();
        tree.pager().dirtyBytesLimit(spills ? Math.max(bytes, spill) : Long.MAX_VALUE);
    }

    /** Pages that a transaction may edit, at least, before it writes some to the file. */
    public int cacheSpill() {
        return cacheSpill;
    }

    public void cacheSpill(int pages) {
        cacheSpill = pages;
    }

    /** 0 OFF to 3 EXTRA. */
    public int synchronous() {
        return synchronous;
    }

    public void synchronous(int level) {
        synchronous = level;
    }

    public boolean exclusiveLocking() {
        return exclusiveLocking;
    }

    public void exclusiveLocking(boolean on) {
        exclusiveLocking = on;
    }

    /** 0 off, 1 on, 2 fast. */
    public int secureDelete() {
        return secureDelete;
    }

    public void secureDelete(int mode) {
        secureDelete = mode;
    }

    public long maxPageCount() {
        return maxPageCount;
    }

    public void maxPageCount(long pages) {
        maxPageCount = pages;
    }

    public long journalSizeLimit() {
        return journalSizeLimit;
    }

    public void journalSizeLimit(long bytes) {
        journalSizeLimit = bytes;
    }
}
