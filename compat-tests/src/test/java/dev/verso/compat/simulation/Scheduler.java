package dev.verso.compat.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs actors, each on a thread of its own, of which exactly one has its turn at a time, on a clock that jumps from event to event. Whose
 * turn is next when several could go on is drawn from the seed, as is everything else that could differ: so one seed is one run.
 *
 * <p>Whoever holds the turn calls the methods of this class; no lock is needed. A turn is handed on in {@link #park} only.
 */
final class Scheduler {
    /** 2026-01-01T00:00:00Z. */
    private static final long START_MICROS = 1_767_225_600_000_000L;

    /** So long one turn may take at most, and this many times as long all of them. */
    private static final long PATIENCE_SECONDS = 60;

    private static final int MOST_PATIENCE = 20;
    /** No foreground actor sleeps so long: they wait for each other. */
    private static final long STANDSTILL_MICROS = 7_200_000_000L;

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "simulated");
        thread.setDaemon(true);
        return thread;
    });

    /** Thrown in an actor whose process is no more, or when the simulation is over; nobody catches it but the scheduler. */
    static final class Stopped extends Error {
        private static final long serialVersionUID = 1L;

        private Stopped() {
            super("this actor's process is no more", null, false, false);
        }
    }

    /** Something that happens at a time: a wake-up of an actor, or work that takes no time. */
    private record Event(long atMicros, int order, long number, Actor actor, Runnable work)
            implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atMicros, other.atMicros);
            if (byTime != 0) {
                return byTime;
            }
            int byChance = Integer.compare(order, other.order);
            return byChance != 0 ? byChance : Long.compare(number, other.number);
        }
    }

    /** A thread of the simulated world. */
    static final class Actor {
        private final String name;
        private final int number;
        private final SimulatedProcess process;
        private final boolean isBackground;
        private final Semaphore turn = new Semaphore(0);
        private boolean isOver;
        private volatile Thread thread;

        private Actor(String name, int number, SimulatedProcess process, boolean isBackground) {
            this.name = name;
            this.number = number;
            this.process = process;
            this.isBackground = isBackground;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final SplittableRandom random;
    private final Trace trace = new Trace();
    private final Tally tally = new Tally();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Actor> actors = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private long nowMicros = START_MICROS;
    private long lastForegroundMicros = START_MICROS;
    private long eventCount;
    private int actorCount;
    /** How often the turn was handed on, for the thread that waits for the end. */
    private volatile long turns;

    private Actor current;
    private boolean isStopping;
    private Throwable failure;

    Scheduler(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The one source of chance. */
    SplittableRandom random() {
        return random;
    }

    /** True with this probability. */
    boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    Tally tally() {
        return tally;
    }

    Trace trace() {
        return trace;
    }

    long micros() {
        return nowMicros;
    }

    long startMicros() {
        return START_MICROS;
    }

    /** Whose turn it is; null while an event's work runs, and outside of the run. */
    Actor current() {
        return current;
    }

    /** Begins an actor of a process (null for none), which ends with that. The run is over when all actors but background ones are. */
    void spawn(String name, SimulatedProcess process, boolean background, Runnable body) {
        Actor actor = new Actor(name, ++actorCount, process, background);
        actors.add(actor);
        THREADS.execute(() -> live(actor, body));
        wake(actor);
    }

    /** Work that an event does: it takes no time and must not wait. */
    void after(long delayMicros, Runnable work) {
        events.add(new Event(nowMicros + delayMicros, random.nextInt(), ++eventCount, null, work));
    }

    /** Lets the current actor wait. Nothing else happens where there is none: in an event, or outside of the run. */
    void sleepMicros(long micros) {
        Actor self = current;
        if (self == null) {
            return;
        }
        long end = nowMicros + micros;
        events.add(new Event(end, random.nextInt(), ++eventCount, self, null));
        do {
            park();
        } while (nowMicros < end);
    }

    /** The actor's {@link #park} returns soon. */
    void wake(Actor actor) {
        events.add(new Event(nowMicros, random.nextInt(), ++eventCount, actor, null));
    }

    /** Hands the turn on until somebody wakes this actor; it may also return for no reason. */
    void park() {
        Actor self = current;
        if (self == null) {
            throw new IllegalStateException("an event, or the world outside, can't wait");
        }
        requireRunning();
        handOn(self);
        requireRunning();
    }

    /** Throws {@link Stopped} if the current actor must not go on. */
    void requireRunning() {
        if (isStopped()) {
            throw new Stopped();
        }
    }

    /** True if the current actor must not go on. */
    boolean isStopped() {
        return isStopping || current != null && current.process != null && current.process.isDead();
    }

    /** Lets the actors of a process come to their end. */
    void stop(SimulatedProcess process) {
        for (Actor each : actors) {
            if (each.process == process) {
                wake(each);
            }
        }
    }

    /** The run has failed: all come to their end. */
    void fail(Throwable reason) {
        if (failure == null) {
            failure = reason;
        }
        stopAll();
    }

    /** Runs until all foreground actors are over. */
    void run() {
        handOn(null);
        boolean ended = false;
        try {
            long seen = -1;
            for (int waited = 0; !ended && waited < MOST_PATIENCE && turns != seen; waited++) {
                seen = turns;
                ended = over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (!ended) {
            Actor stuck = current;
            AssertionError error = new AssertionError("the simulation stands still in " + stuck);
            if (stuck != null && stuck.thread != null) {
                error.setStackTrace(stuck.thread.getStackTrace());
            }
            throw error;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private AssertionError standstill() {
        AssertionError error = new AssertionError("all wait for each other: " + actors);
        for (Actor each : actors) {
            if (!each.isBackground && each.thread != null) {
                AssertionError waiting = new AssertionError(each.name + " waits here");
                waiting.setStackTrace(each.thread.getStackTrace());
                error.addSuppressed(waiting);
            }
        }
        return error;
    }

    private void live(Actor self, Runnable body) {
        self.thread = Thread.currentThread();
        self.turn.acquireUninterruptibly();
        try {
            requireRunning();
            body.run();
        } catch (Stopped stopped) {
            trace.add(self.number, 's');
        } catch (Throwable e) {
            // Whoever is stopped in the middle of something may stumble on its way out.
            if (!isStopped()) {
                fail(e);
            }
        }
        self.isOver = true;
        self.thread = null;
        actors.remove(self);
        if (actors.isEmpty()) {
            current = null;
            over.countDown();
            return;
        }
        if (!isStopping && actors.stream().allMatch(each -> each.isBackground)) {
            stopAll();
        }
        handOn(null);
    }

    private void stopAll() {
        if (!isStopping) {
            isStopping = true;
            actors.forEach(this::wake);
        }
    }

    /** Does what is due until an actor is: that one has the turn then. Returns when {@code self} has it again, at once if it is null. */
    private void handOn(Actor self) {
        while (true) {
            Event next = events.poll();
            if (next == null) {
                fail(standstill());
                actors.forEach(this::wake);
                continue;
            }
            nowMicros = Math.max(nowMicros, next.atMicros);
            if (next.actor == null) {
                current = null;
                try {
                    next.work.run();
                } catch (Throwable e) {
                    fail(e);
                }
            } else if (!next.actor.isOver) {
                trace.add(next.actor.number, nowMicros);
                if (!next.actor.isBackground) {
                    lastForegroundMicros = nowMicros;
                } else if (nowMicros - lastForegroundMicros > STANDSTILL_MICROS && !isStopping) {
                    fail(standstill());
                }
                current = next.actor;
                turns = eventCount;
                if (next.actor == self) {
                    return;
                }
                next.actor.turn.release();
                if (self != null) {
                    self.turn.acquireUninterruptibly();
                }
                return;
            }
        }
    }
}
