package dev.verso.compat.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What everybody has done: all databases with all their versions, and all transactions. */
final class Model {
    /**
     * A database that somebody is making.
     *
     * @param base of a fork, else null
     * @param imported what a file has that is imported, else null
     */
    record Birth(NamespaceHistory base, Contents imported) {}

    private final List<NamespaceHistory> namespaces = new ArrayList<>();
    private final Map<Long, Attempt> attempts = new HashMap<>();
    private final Map<String, Birth> births = new HashMap<>();
    private long transactions;
    private long slots;

    /** All that are there, in the order of their birth. */
    List<NamespaceHistory> namespaces() {
        return namespaces;
    }

    /** By its identity in the store; null if it has not been heard of. */
    NamespaceHistory namespace(String id) {
        for (NamespaceHistory each : namespaces) {
            if (each.id().equals(id)) {
                return each;
            }
        }
        return null;
    }

    Attempt begin(SimulatedProcess process, boolean isSnapshotIsolated) {
        Attempt attempt = new Attempt(++transactions, process, isSnapshotIsolated);
        attempts.put(attempt.number(), attempt);
        return attempt;
    }

    Attempt attempt(long number) {
        Attempt attempt = attempts.get(number);
        if (attempt == null) {
            throw new AssertionError("nobody has begun transaction " + number);
        }
        return attempt;
    }

    Iterable<Attempt> attempts() {
        return attempts.values();
    }

    /** A row of the ledger for a client. */
    long nextSlot() {
        return ++slots;
    }

    /** Somebody makes a database of this name. */
    void mayBeBorn(String name, NamespaceHistory base) {
        births.put(name, new Birth(base, null));
    }

    /** Somebody imports a file into a database of this name. */
    void mayBeImported(String name, Contents contents) {
        births.put(name, new Birth(null, contents));
    }

    /** The one that is called so, as far as anybody knows, or null. */
    NamespaceHistory named(String name) {
        for (NamespaceHistory each : namespaces) {
            if (each.name().equals(name) && !each.isDeleted()) {
                return each;
            }
        }
        return null;
    }

    Map<String, Birth> births() {
        return births;
    }
}
