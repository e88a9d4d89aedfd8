package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Something done again and again by a thread of its own, which does not keep the JVM alive. When it fails, the next time comes all the same.
 * The thread is never interrupted: that would close the files of a local store.
 */
final class Repeated {
    private static final Logger LOG = Logger.getLogger(Repeated.class.getName());
    private static final long END_MILLIS = 5_000;

    private final String name;
    private final long millis;
    private final Consumer<BooleanSupplier> task;
    private Thread thread;
    private volatile boolean over;

    /**
     * @param millis from the end of one time to the next; the first comes at once
     * @param task gets what to ask whether it should end
     */
    Repeated(String name, long millis, Consumer<BooleanSupplier> task) {
        this.name = name;
        this.millis = millis;
        this.task = task;
    }

    synchronized void begin() {
        if (thread == null && !over) {
            thread = new Thread(this::run, name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** For good. Waits a few seconds for what is being done. */
    void end() {
        Thread ending;
        synchronized (this) {
            over = true;
            notifyAll();
            ending = thread;
        }
        if (ending != null) {
            try {
                ending.join(END_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        while (!over) {
            try {
                task.accept(() -> over);
            } catch (DatabaseException e) {
                LOG.log(Level.FINE, e, () -> name + " failed; it is done again");
            }
            pause();
        }
    }

    private synchronized void pause() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0 && !over; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            try {
                wait(left);
            } catch (InterruptedException e) {
                // Nobody here does that; whoever did wants the thread to end.
                over = true;
            }
        }
    }
}
