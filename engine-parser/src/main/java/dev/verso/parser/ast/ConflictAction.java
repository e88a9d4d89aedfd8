package dev.verso.parser.ast;

/** What happens when a constraint fails (sqlite.org/lang_conflict.html). */
public enum ConflictAction {
    ROLLBACK,
    ABORT,
    FAIL,
    IGNORE,
    REPLACE
}
