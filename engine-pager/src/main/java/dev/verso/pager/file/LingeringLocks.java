package dev.verso.pager.file;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Gives up the locks that databases keep for a moment after a read (see {@link FileDatabase#leave}). One daemon thread for all of them,
 * there only while it has something to do.
 */
final class LingeringLocks {
    private static final long STEP_NANOS = 500_000;
    private static final long IDLE_MILLIS = 2_000;

    private static final List<FileDatabase> LINGERING = new ArrayList<>();
    private static Thread thread;

    private LingeringLocks() {}

    /** From now on the database is asked every half millisecond to give up what has lingered too long, until it says that it has. */
    static void watch(FileDatabase database) {
        synchronized (LINGERING) {
            LINGERING.add(database);
            if (thread == null) {
                thread = new Thread(LingeringLocks::run, "verso-lingering-locks");
                thread.setDaemon(true);
                thread.start();
            } else {
                LINGERING.notifyAll();
            }
        }
    }

    private static void run() {
        while (true) {
            List<FileDatabase> databases = waitForWork();
            if (databases == null) {
                return;
            }
            LockSupport.parkNanos(STEP_NANOS);
            for (FileDatabase database : databases) {
                if (database.endLingering(System.nanoTime())) {
                    synchronized (LINGERING) {
                        LINGERING.remove(database);
                    }
                }
            }
        }
    }

    /** Null if there was nothing to do for long and the thread should end. */
    private static List<FileDatabase> waitForWork() {
        synchronized (LINGERING) {
            try {
                if (LINGERING.isEmpty()) {
                    LINGERING.wait(IDLE_MILLIS);
                }
            } catch (InterruptedException e) {
                // Like any other wake-up: there is work, or the thread ends.
                assert !Thread.currentThread().isInterrupted();
            }
            if (LINGERING.isEmpty()) {
                thread = null;
                return null;
            }
            return new ArrayList<>(LINGERING);
        }
    }
}
