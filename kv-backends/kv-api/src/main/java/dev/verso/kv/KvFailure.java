package dev.verso.kv;

/** How a request to a store can fail. */
public enum KvFailure {
    /** Another transaction wrote what this one read. Nothing was applied; the work can be done again. */
    CONFLICT,
    /** The read version is older than the store's window. Nothing was applied. */
    TOO_OLD,
    /** The transaction, a key or a value is larger than the store takes. Nothing was applied. */
    TOO_LARGE,
    /** The commit may have been applied, may not have been, and may yet be until the window has passed. */
    UNKNOWN_RESULT,
    /** The read version is not known yet; try again. */
    FUTURE_VERSION,
    /** The store can't be reached, refuses work or failed. Nothing was applied. */
    UNAVAILABLE,
    /** No room is left on the store's disk. Nothing was applied. */
    FULL,
    /** No answer in time. Nothing was applied. */
    TIMED_OUT,
    /** The waiting thread was interrupted; its interrupt flag is set again. */
    INTERRUPTED,
    /** The store or the transaction is closed. */
    CLOSED,
    /** Another process owns the store. */
    OWNED,
    /** What is stored makes no sense. */
    DAMAGED
}
