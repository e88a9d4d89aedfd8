package dev.verso.compat.simulation;

import dev.verso.kv.KvClock;
import java.util.concurrent.locks.Lock;

/** The clock of a machine: the scheduler's, a little fast or slow. Waiting on it hands the turn on. */
final class SimulatedTime implements KvClock {
    private final Scheduler scheduler;
    private final long aheadMicros;

    SimulatedTime(Scheduler scheduler, long aheadMicros) {
        this.scheduler = scheduler;
        this.aheadMicros = aheadMicros;
    }

    @Override
    public long micros() {
        return scheduler.micros() + aheadMicros;
    }

    @Override
    public void sleepMicros(long micros) {
        scheduler.sleepMicros(micros);
    }

    @Override
    public Lock newLock() {
        return new SimulatedLock(scheduler);
    }
}
