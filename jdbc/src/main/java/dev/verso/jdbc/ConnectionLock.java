package dev.verso.jdbc;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the threads that share a connection apart: the engine below runs one statement's step at a time. Taken for every row, so the way
 * without contention is one compare-and-set; a thread that has to wait polls, because two threads on one connection are rare.
 */
final class ConnectionLock {
    private static final int SPINS = 100;
    private static final long FIRST_NAP_NANOS = 20_000;
    private static final long LONGEST_NAP_NANOS = 1_000_000;

    private final AtomicReference<Thread> owner = new AtomicReference<>();
    private int depth; // the owner's

    ConnectionLock() {}

    /** Waits until this thread has the lock; it may have it already. Each call is matched by {@link #exit}. */
    void enter() {
        Thread me = Thread.currentThread();
        if (owner.getPlain() == me) {
            depth++;
        } else if (!owner.compareAndSet(null, me)) {
            waitFor(me);
        }
    }

    /** As {@link #enter}; calls {@code whileWaiting} again and again until the lock is there. */
    void enterCalling(Runnable whileWaiting) {
        Thread me = Thread.currentThread();
        if (owner.getPlain() == me) {
            depth++;
            return;
        }
        while (!owner.compareAndSet(null, me)) {
            whileWaiting.run();
            LockSupport.parkNanos(this, FIRST_NAP_NANOS);
        }
    }

    void exit() {
        assert owner.getPlain() == Thread.currentThread() : "the lock is left by a thread that does not have it";
        if (depth > 0) {
            depth--;
        } else {
            owner.setRelease(null);
        }
    }

    private void waitFor(Thread me) {
        for (int spins = 0; spins < SPINS; spins++) {
            Thread.onSpinWait();
            if (owner.compareAndSet(null, me)) {
                return;
            }
        }
        long nap = FIRST_NAP_NANOS;
        while (!owner.compareAndSet(null, me)) {
            LockSupport.parkNanos(this, nap);
            nap = Math.min(nap * 2, LONGEST_NAP_NANOS);
        }
    }
}
