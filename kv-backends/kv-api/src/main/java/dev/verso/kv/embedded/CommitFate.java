package dev.verso.kv.embedded;

/** What becomes of a commit when a store simulates a bad network. */
public enum CommitFate {
    /** Answered truthfully. */
    NORMAL,
    /** Checked and applied if it may be; answered with {@code UNKNOWN_RESULT}. */
    UNKNOWN_APPLIED,
    /** Dropped; answered with {@code UNKNOWN_RESULT}. */
    UNKNOWN_LOST,
    /** Answered with {@code UNKNOWN_RESULT}, then checked and applied a few requests later. */
    UNKNOWN_LATE
}
