package dev.verso.compat.simulation;

import dev.verso.kv.KvClock;
import dev.verso.kv.KvFeature;
import dev.verso.kv.KvLimits;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;

/** The store as one process sees it over the network. Each request is a chance for others to go first, and for the process to die. */
final class SimulatedKvStore implements KvStore {
    private final Scheduler scheduler;
    private final SimulatedServer server;
    private final SimulatedProcess process;
    private final KvClock clock;

    SimulatedKvStore(Scheduler scheduler, SimulatedServer server, SimulatedProcess process, long aheadMicros) {
        this.scheduler = scheduler;
        this.server = server;
        this.process = process;
        clock = new SimulatedTime(scheduler, aheadMicros);
    }

    @Override
    public String name() {
        return "sim:" + process.number();
    }

    @Override
    public KvLimits limits() {
        return server.memory().limits();
    }

    @Override
    public boolean supports(KvFeature feature) {
        return feature != KvFeature.INSTANT_READ_VERSION && server.memory().supports(feature);
    }

    @Override
    public KvTransaction begin() {
        scheduler.requireRunning();
        return new SimulatedTransaction(scheduler, server, process);
    }

    @Override
    public KvClock clock() {
        return clock;
    }

    @Override
    public void close() {
        // The server outlives its users.
    }
}
