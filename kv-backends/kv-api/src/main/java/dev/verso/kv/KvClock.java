package dev.verso.kv;

/** Time for a store: the machine's, or one that a test moves. */
public interface KvClock {
    /** Microseconds since the epoch. */
    long micros();

    /** Waits; a simulated clock moves on instead. */
    void sleepMicros(long micros);

    /** The machine's clock. */
    static KvClock system() {
        return SystemKvClock.INSTANCE;
    }
}
