package dev.verso.sql.extend;

/** What a function promises or asks for. */
public enum FunctionOption {
    /** The same arguments give the same result: it may be used in indexes and generated columns, and be computed once. */
    DETERMINISTIC,
    /** Only statements may call it, not views, triggers or the schema otherwise. */
    DIRECT_ONLY,
    /** It does no harm whoever calls it. */
    INNOCUOUS
}
