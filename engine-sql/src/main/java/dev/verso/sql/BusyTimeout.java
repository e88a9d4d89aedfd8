package dev.verso.sql;

import dev.verso.pager.BusyHandler;

/**
 * Waits for locks as sqlite3_busy_timeout does: short naps that grow, until the timeout is used up. An interrupt, or the deadline of the
 * statement that waits, ends the wait sooner.
 */
final class BusyTimeout implements BusyHandler {
    private static final int[] NAP_MILLIS = {1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100};
    private static final int[] BEFORE_MILLIS = {0, 1, 3, 8, 18, 33, 53, 78, 103, 128, 178, 228};

    private volatile int timeoutMillis;
    private volatile boolean interrupted;
    private long deadlineNanos;

    int timeoutMillis() {
        return timeoutMillis;
    }

    void timeoutMillis(int millis) {
        timeoutMillis = Math.max(millis, 0);
    }

    /** A statement starts. @param newDeadlineNanos by {@link System#nanoTime}; 0 for none */
    void begin(long newDeadlineNanos) {
        interrupted = false;
        deadlineNanos = newDeadlineNanos;
    }

    /** Ends the wait of the statement that runs. Any thread. */
    void interrupt() {
        interrupted = true;
    }

    @Override
    public boolean waitAgain(int attempts) {
        if (interrupted) {
            return false;
        }
        int last = NAP_MILLIS.length - 1;
        long before = attempts <= last
                ? BEFORE_MILLIS[attempts]
                : BEFORE_MILLIS[last] + (long) NAP_MILLIS[last] * (attempts - last);
        long nap = NAP_MILLIS[Math.min(attempts, last)];
        nap = Math.min(nap, timeoutMillis - before);
        if (deadlineNanos != 0) {
            nap = Math.min(nap, (deadlineNanos - System.nanoTime() + 999_999) / 1_000_000);
        }
        if (nap <= 0) {
            return false;
        }
        try {
            Thread.sleep(nap);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
