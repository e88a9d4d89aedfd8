package dev.verso.compat.simulation;

import dev.verso.error.DatabaseException;
import dev.verso.kv.pages.Namespaces;
import dev.verso.pager.PageStore;
import java.util.HashMap;
import java.util.Map;

/** A process with what it has open, its clients, and an administrator. */
final class Machine {
    private final World world;
    private final SimulatedProcess process;
    private final Map<NamespaceHistory, PageStore> open = new HashMap<>();

    Machine(World world, SimulatedProcess process) {
        this.world = world;
        this.process = process;
    }

    SimulatedProcess process() {
        return process;
    }

    Namespaces namespaces() {
        return process.namespaces();
    }

    void start(int clients, int transactions, int tasks) {
        process.spawn("heartbeat " + process.number(), true, this::beat);
        for (int i = 1; i <= clients; i++) {
            Client client = new Client(world, this, process.number() + "." + i);
            process.spawn("client " + client, false, () -> client.live(transactions));
        }
        if (tasks > 0) {
            Administrator administrator = new Administrator(world, this);
            process.spawn("admin " + process.number(), false, () -> administrator.live(tasks));
        }
    }

    private void beat() {
        while (true) {
            world.scheduler().sleepMicros(Namespaces.HEARTBEAT_MILLIS * 1_000);
            try {
                namespaces().heartbeat();
            } catch (DatabaseException e) {
                world.requireExpected(e, null);
            }
        }
    }

    /** What all connections of this process to a database share. */
    PageStore store(NamespaceHistory namespace) {
        PageStore store = open.get(namespace);
        if (store == null) {
            PageStore opened = namespaces().open(namespace.name());
            store = new SharedStore(opened);
            PageStore first = open.putIfAbsent(namespace, store);
            if (first != null) {
                opened.close();
                store = first;
            }
        }
        return store;
    }

    @Override
    public String toString() {
        return process.toString();
    }
}
