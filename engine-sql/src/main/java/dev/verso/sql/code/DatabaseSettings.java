package dev.verso.sql.code;

/** What pragmas have set for one attached database and must be able to say again. */
public final class DatabaseSettings {
    private static final int DEFAULT_CACHE_SIZE = -2000;
    private static final int DEFAULT_SPILL = 483;

    private int cacheSize = DEFAULT_CACHE_SIZE;
    private int cacheSpill = DEFAULT_SPILL;
    private int synchronous = 2;
    private boolean exclusiveLocking;
    private int secureDelete;
    private long maxPageCount = 4_294_967_294L;
    private long journalSizeLimit = -1;

    DatabaseSettings() {}

    /** Pages, or KiB if negative. */
    public int cacheSize() {
        return cacheSize;
    }

    public void cacheSize(int pagesOrKibibytes) {
        cacheSize = pagesOrKibibytes;
    }

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
