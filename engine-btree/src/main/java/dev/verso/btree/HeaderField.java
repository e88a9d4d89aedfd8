package dev.verso.btree;

/** Integers of the database header that SQL reads and writes (file format §1.3), by their byte offset on page 1. */
public enum HeaderField {
    FREELIST_COUNT(36),
    SCHEMA_COOKIE(40),
    SCHEMA_FORMAT(44),
    DEFAULT_CACHE_SIZE(48),
    LARGEST_ROOT_PAGE(52),
    TEXT_ENCODING(56),
    USER_VERSION(60),
    INCREMENTAL_VACUUM(64),
    APPLICATION_ID(68);

    private final int offset;

    HeaderField(int offset) {
        this.offset = offset;
    }

    public int offset() {
        return offset;
    }

    /** True for numbers that pragmas and changes of the schema set, and that say nothing of the other pages. */
    boolean isSetBySql() {
        return this == SCHEMA_COOKIE || this == USER_VERSION || this == APPLICATION_ID || this == DEFAULT_CACHE_SIZE;
    }
}
