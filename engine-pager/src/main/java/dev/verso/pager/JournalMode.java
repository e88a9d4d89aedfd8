package dev.verso.pager;

/** {@code PRAGMA journal_mode}. */
public enum JournalMode {
    DELETE,
    PERSIST,
    OFF,
    TRUNCATE,
    MEMORY,
    WAL
}
