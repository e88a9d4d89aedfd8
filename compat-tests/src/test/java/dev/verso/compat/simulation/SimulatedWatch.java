package dev.verso.compat.simulation;

import dev.verso.kv.Watch;

/** A watch in simulated time: looks now and then whether the store's has fired. */
final class SimulatedWatch implements Watch {
    private static final long BETWEEN_LOOKS_MICROS = 20_000;

    private final Scheduler scheduler;
    private final SimulatedServer server;
    private final Watch watch;

    SimulatedWatch(Scheduler scheduler, SimulatedServer server, Watch watch) {
        this.scheduler = scheduler;
        this.server = server;
        this.watch = watch;
    }

    @Override
    public boolean await(long timeoutMillis) {
        long end = scheduler.micros() + timeoutMillis * 1_000;
        while (!watch.await(0)) {
            if (!server.isReachable()) {
                throw SimulatedServer.unreachable();
            }
            if (scheduler.micros() >= end) {
                return false;
            }
            scheduler.sleepMicros(Math.min(BETWEEN_LOOKS_MICROS, end - scheduler.micros()));
        }
        return true;
    }

    @Override
    public void close() {
        watch.close();
    }
}
