package dev.verso.kv;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Time for a store, and waiting: the machine's, or what a test makes of them. */
public interface KvClock {
    /** Microseconds since the epoch. */
    long micros();

    /** Waits; a simulated clock moves on instead. */
    void sleepMicros(long micros);

    /**
     * A reentrant lock for those who work on the store together, and may wait for the store while they hold it. Under a simulated clock
     * those who wait for it, or for its conditions, let the others go on.
     */
    default Lock newLock() {
        return new ReentrantLock();
    }

    /** The machine's clock. */
    static KvClock system() {
        return SystemKvClock.INSTANCE;
    }
}
