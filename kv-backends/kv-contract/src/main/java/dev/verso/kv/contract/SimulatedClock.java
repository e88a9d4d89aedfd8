package dev.verso.kv.contract;

import dev.verso.kv.KvClock;

/** Time that moves when it is told to, or when somebody sleeps. */
public final class SimulatedClock implements KvClock {
    private long micros;

    /** Starts at 2026-01-01T00:00:00Z. */
    public SimulatedClock() {
        micros = 1_767_225_600_000_000L;
    }

    @Override
    public synchronized long micros() {
        return micros;
    }

    @Override
    public synchronized void sleepMicros(long wait) {
        micros += wait;
    }

    public void advanceMillis(long millis) {
        sleepMicros(millis * 1_000);
    }
}
