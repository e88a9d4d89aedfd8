package dev.verso.compat.simulation;

import dev.verso.kv.KvClock;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Lock;

/**
 * The clock of a store that gives commits which come at once one version: while the store waits for others to join the first, they do. No
 * time passes in that.
 */
final class GatheringClock implements KvClock {
    private final KvClock clock;
    private final ArrayDeque<Runnable> arrived = new ArrayDeque<>();

    GatheringClock(Scheduler scheduler) {
        clock = new SimulatedTime(scheduler, 0);
    }

    /** @return true if it is the first to arrive */
    boolean arrive(Runnable commit) {
        arrived.add(commit);
        return arrived.size() == 1;
    }

    /** All that have arrived go together. */
    void go() {
        while (!arrived.isEmpty()) {
            arrived.remove().run();
        }
    }

    @Override
    public long micros() {
        return clock.micros();
    }

    @Override
    public void sleepMicros(long micros) {
        Runnable next = arrived.poll();
        if (next != null) {
            next.run();
        }
    }

    @Override
    public Lock newLock() {
        return clock.newLock();
    }
}
