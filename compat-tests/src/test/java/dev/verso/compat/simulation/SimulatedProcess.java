package dev.verso.compat.simulation;

import dev.verso.kv.pages.Namespaces;

/** A JVM of the simulated world: a store opened over the network, with the caches and pipelines that its connections share. */
final class SimulatedProcess {
    private final Scheduler scheduler;
    private final int number;
    private final Namespaces namespaces;
    private boolean isDead;

    /** @param aheadMicros how much its clock is fast */
    SimulatedProcess(Scheduler scheduler, SimulatedServer server, int number, long aheadMicros) {
        this.scheduler = scheduler;
        this.number = number;
        SimulatedKvStore store = new SimulatedKvStore(scheduler, server, this, aheadMicros);
        namespaces = new Namespaces(store, server::nextToken);
    }

    Namespaces namespaces() {
        return namespaces;
    }

    int number() {
        return number;
    }

    boolean isDead() {
        return isDead;
    }

    /** Begins an actor that ends with this process. */
    void spawn(String name, boolean background, Runnable body) {
        scheduler.spawn(name, this, background, body);
    }

    /** From now on nothing of it acts; what it has sent may arrive all the same. */
    void crash() {
        isDead = true;
        scheduler.stop(this);
    }

    @Override
    public String toString() {
        return "process " + number;
    }
}
