package dev.verso.pager;

/** Decides whether to wait for a lock that another connection holds. */
@FunctionalInterface
public interface BusyHandler {
    /** Gives up at once. */
    BusyHandler NONE = attempts -> false;

    /**
     * Called each time a lock could not be had; may sleep.
     *
     * @param attempts how often this lock has been asked for before, from 0
     * @return false to give up with {@code SQLITE_BUSY}
     */
    boolean waitAgain(int attempts);
}
