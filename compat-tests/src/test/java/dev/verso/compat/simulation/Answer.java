package dev.verso.compat.simulation;

import dev.verso.compat.simulation.Scheduler.Actor;
import dev.verso.kv.KvException;
import dev.verso.kv.Pending;

/** What a request to the simulated store is answered with, once it has arrived. */
final class Answer<T> implements Pending<T> {
    private final Scheduler scheduler;
    private Pending<T> arrived;
    private Actor waiting;

    Answer(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void arrive(Pending<T> answer) {
        arrived = answer;
        if (waiting != null) {
            scheduler.wake(waiting);
        }
    }

    @Override
    public T await() {
        scheduler.requireRunning();
        while (arrived == null) {
            waiting = scheduler.current();
            scheduler.park();
        }
        waiting = null;
        try {
            return arrived.await();
        } catch (KvException e) {
            // Whoever asks gets an exception of its own.
            throw new KvException(e.failure(), e.getMessage(), e);
        }
    }

    @Override
    public boolean isDone() {
        return arrived != null;
    }
}
