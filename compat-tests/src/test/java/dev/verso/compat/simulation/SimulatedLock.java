package dev.verso.compat.simulation;

import dev.verso.compat.simulation.Scheduler.Actor;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** A reentrant lock among actors: who waits for it hands the turn on. Who gets it next is up to the seed. */
final class SimulatedLock implements Lock {
    private static final double PAUSE = 0.05;

    private final Scheduler scheduler;
    private final List<Actor> waiting = new ArrayList<>();
    private Actor owner;
    private int holds;

    SimulatedLock(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void lock() {
        Actor self = scheduler.current();
        if (self != null) {
            scheduler.requireRunning();
            if (owner != self && scheduler.chance(PAUSE)) {
                // Others may come first where only a lock, and no call of the store, stands between two steps.
                scheduler.sleepMicros(scheduler.random().nextInt(100));
            }
        }
        while (holds > 0 && owner != self) {
            waiting.add(self);
            scheduler.park();
            waiting.remove(self);
        }
        owner = self;
        holds++;
    }

    @Override
    public void unlock() {
        if (scheduler.isStopped()) {
            return; // its process is no more, and nobody waits for this lock
        }
        if (holds == 0 || owner != scheduler.current()) {
            throw new IllegalMonitorStateException("unlocked by " + scheduler.current() + ", held by " + owner);
        }
        if (--holds == 0) {
            owner = null;
            waiting.forEach(scheduler::wake);
        }
    }

    @Override
    public Condition newCondition() {
        return new Signals();
    }

    @Override
    public void lockInterruptibly() {
        lock();
    }

    @Override
    public boolean tryLock() {
        if (holds > 0 && owner != scheduler.current()) {
            return false;
        }
        lock();
        return true;
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) {
        long end = deadline(unit.toMicros(time));
        Actor self = scheduler.current();
        while (!tryLock()) {
            if (scheduler.micros() >= end) {
                return false;
            }
            waiting.add(self);
            scheduler.park();
            waiting.remove(self);
        }
        return true;
    }

    /** When the simulated time is over; the current actor is woken then. */
    private long deadline(long micros) {
        Actor self = scheduler.current();
        scheduler.after(Math.max(0, micros), () -> scheduler.wake(self));
        return scheduler.micros() + micros;
    }

    private final class Signals implements Condition {
        private final List<Actor> waiters = new ArrayList<>();

        @Override
        public void awaitUninterruptibly() {
            await(Long.MAX_VALUE);
        }

        /** @return false if the time came before a signal */
        private boolean await(long endMicros) {
            Actor self = scheduler.current();
            int held = holds;
            waiters.add(self);
            holds = 1;
            unlock();
            while (waiters.contains(self) && scheduler.micros() < endMicros) {
                scheduler.park();
            }
            boolean signalled = !waiters.remove(self);
            lock();
            holds = held;
            return signalled;
        }

        @Override
        public void await() {
            awaitUninterruptibly();
        }

        @Override
        public void signal() {
            if (!waiters.isEmpty()) {
                scheduler.wake(waiters.remove(scheduler.random().nextInt(waiters.size())));
            }
        }

        @Override
        public void signalAll() {
            waiters.forEach(scheduler::wake);
            waiters.clear();
        }

        @Override
        public boolean await(long time, TimeUnit unit) {
            return await(deadline(unit.toMicros(time)));
        }

        @Override
        public long awaitNanos(long nanosTimeout) {
            long end = deadline(TimeUnit.NANOSECONDS.toMicros(nanosTimeout));
            await(end);
            return TimeUnit.MICROSECONDS.toNanos(end - scheduler.micros());
        }

        @Override
        public boolean awaitUntil(Date deadline) {
            return await(deadline(TimeUnit.MILLISECONDS.toMicros(deadline.getTime()) - scheduler.micros()));
        }
    }
}
