package dev.verso.parser;

import java.util.function.Supplier;

/**
 * Runs work that recurses deeply on a thread with a large stack, while the caller waits. SQL may be nested a thousand levels deep, which the stack of an
 * ordinary thread does not carry through all phases of compilation.
 */
public final class DeepStack {
    /** Reserved, not used: pages of a stack cost memory only once they are touched. */
    private static final long STACK_BYTES = 1L << 30;

    private DeepStack() {}

    private static final class Worker<T> extends Thread {
        private final Supplier<T> work;
        private T result;
        private Throwable failure;

        Worker(Supplier<T> work) {
            super(null, null, "verso-deep-statement", STACK_BYTES);
            this.work = work;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                result = work.get();
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }
    }

    /** True on a thread with a large stack. */
    public static boolean isHere() {
        return Thread.currentThread() instanceof Worker;
    }

    /** Runs the work and returns or throws what it returns or throws. */
    public static <T> T call(Supplier<T> work) {
        if (isHere()) {
            return work.get();
        }
        Worker<T> worker = new Worker<>(work);
        worker.start();
        boolean interrupted = false;
        while (true) {
            try {
                worker.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (worker.failure instanceof RuntimeException e) {
            throw e;
        }
        if (worker.failure instanceof Error e) {
            throw e;
        }
        return worker.result;
    }
}
