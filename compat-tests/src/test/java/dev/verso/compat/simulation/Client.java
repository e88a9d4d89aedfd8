package dev.verso.compat.simulation;

import dev.verso.compat.simulation.Attempt.Outcome;
import dev.verso.compat.simulation.Attempt.Part;
import dev.verso.compat.simulation.NamespaceHistory.Moment;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Runs transactions on a connection, one after the other, and compares each answer with what the model has at that version. */
final class Client {
    private final World world;
    private final Scheduler scheduler;
    private final SplittableRandom random;
    private final Machine machine;
    private final String name;
    private final long slot;
    private final List<NamespaceHistory> databases = new ArrayList<>();
    private SimulatedConnection connection;
    private boolean isSnapshotIsolated;
    private String owner = "";
    /** The lock that it works under; the empty string for none that is known. */
    private String lock = "";

    private boolean sawOutage;

    Client(World world, Machine machine, String name) {
        this.world = world;
        this.machine = machine;
        this.name = name;
        scheduler = world.scheduler();
        random = scheduler.random();
        slot = world.model().nextSlot();
    }

    @Override
    public String toString() {
        return name;
    }

    void live(int transactions) {
        for (int i = 0; i < transactions; i++) {
            world.think();
            if (connection == null && !open(world.anyNamespace())) {
                continue;
            }
            if (scheduler.chance(world.climate().looksBack() ? 0.4 : 0.1)) {
                readThePast();
            }
            if (databases.isEmpty() || !transaction() || scheduler.chance(0.1)) {
                close();
            }
        }
        close();
    }

    /** Works under a lock. */
    boolean liveAs(String lockOwner, NamespaceHistory namespace, int transactions) {
        owner = lockOwner;
        if (!open(namespace)) {
            return false;
        }
        for (int i = 0; i < transactions; i++) {
            world.think();
            if (!transaction()) {
                break;
            }
        }
        close();
        return true;
    }

    private void say(String what) {
        scheduler.trace().say(scheduler.micros(), name, what);
    }

    // ---- the connection

    private boolean open(NamespaceHistory main) {
        NamespaceHistory now = main;
        try {
            SimulatedConnection opened = new SimulatedConnection(machine.store(main), machine.namespaces());
            connection = opened;
            sawOutage = false;
            databases.clear();
            databases.add(main);
            opened.session(0).actAs(owner);
            if (scheduler.chance(0.2)) {
                opened.run("PRAGMA cache_size = 5; PRAGMA cache_spill = 8");
            }
            boolean attaches = owner.isEmpty() && scheduler.chance(0.25);
            isSnapshotIsolated = scheduler.chance(0.2);
            opened.run("PRAGMA verso_isolation = " + (isSnapshotIsolated ? "snapshot" : "serializable"));
            now = attaches ? world.anyNamespace() : main;
            if (now != main) {
                opened.run("ATTACH '" + now.name() + "' AS b");
                databases.add(now);
            }
            return true;
        } catch (DatabaseException e) {
            world.requireExpected(e, now);
            close();
            return false;
        }
    }

    private void close() {
        if (connection != null) {
            SimulatedConnection closing = connection;
            connection = null;
            databases.clear();
            closing.close();
        }
    }

    private int index(NamespaceHistory namespace) {
        return namespace == databases.get(0) ? 0 : 2;
    }

    private String schema(NamespaceHistory namespace) {
        return index(namespace) == 0 ? "main" : "b";
    }

    // ---- a transaction

    /** False if the connection is of no use any more. */
    private boolean transaction() {
        Attempt attempt = world.model().begin(machine.process(), isSnapshotIsolated);
        attempt.begunUnder(lock);
        String heldBefore = databases.get(0).heldLock();
        boolean isLockLost = databases.get(0).isLost(lock);
        Map<NamespaceHistory, Moment> begun = new HashMap<>();
        for (NamespaceHistory each : databases) {
            begun.put(each, each.now());
        }
        try {
            connection.run(scheduler.chance(0.2) ? "BEGIN IMMEDIATE" : "BEGIN");
            boolean writes = !scheduler.chance(0.2);
            int statements = 1 + random.nextInt(6);
            for (int i = 0; i < statements; i++) {
                NamespaceHistory namespace = databases.get(random.nextInt(databases.size()));
                Operation operation = Operation.random(random, attempt.number());
                if (writes && scheduler.chance(0.03)) {
                    scheduler.tally().count("large transaction");
                    operation = Operation.bulk(random, attempt.number(), 20 + random.nextInt(100), 600);
                }
                if (writes || operation.isQuery()) {
                    perform(attempt, namespace, operation, begun.get(namespace));
                    Observer.require(!isLockLost, name + " goes on after the lock of " + lock + " was taken over");
                    if (lock.isEmpty() && !owner.isEmpty() && heldBefore.startsWith(owner)) {
                        worksUnder(heldBefore, attempt);
                    }
                    if (scheduler.chance(0.5)) {
                        world.think();
                    }
                }
            }
            if (writes) {
                for (NamespaceHistory each : databases) {
                    if (each == databases.get(0) || attempt.parts().containsKey(each)) {
                        perform(attempt, each, Operation.sign(slot, attempt.number()), begun.get(each));
                    }
                }
            }
        } catch (DatabaseException e) {
            attempt.outcome(Outcome.FAILED);
            say(attempt.number() + " fails: " + e.getMessage());
            requireExpected(e, attempt);
            return giveUp();
        }
        if (scheduler.chance(0.05)) {
            attempt.outcome(Outcome.FAILED);
            return giveUp();
        }
        return commit(attempt);
    }

    /** A snapshot is open that was begun when a lock of this owner was there. */
    private void worksUnder(String heldBefore, Attempt attempt) {
        if (databases.get(0).heldLock().equals(heldBefore)) {
            lock = heldBefore;
            attempt.begunUnder(lock);
        }
    }

    private void perform(Attempt attempt, NamespaceHistory namespace, Operation operation, Moment begun) {
        String sql = operation.in(schema(namespace));
        say(attempt.number() + " on " + namespace + ": " + (sql.length() < 120 ? sql : sql.substring(0, 120)));
        String answer = "";
        Operation done = operation;
        long chosen = 0;
        if (operation.isQuery()) {
            answer = connection.query(sql);
        } else {
            answer = change(sql);
            if (operation.choosesRowid() != null) {
                chosen = connection.number("SELECT last_insert_rowid()");
                done = operation.withRowid(chosen);
            }
        }
        long version = connection.session(index(namespace)).version();
        Part part = attempt.parts().get(namespace);
        if (part == null) {
            part = new Part(namespace, version, namespace.mayBeLockedSince(begun));
            Observer.require(
                    version >= begun.acknowledged() || part.mayBeFrozen(),
                    attempt + " sees " + namespace + "@" + version + ", but " + begun.acknowledged()
                            + " was there before it began");
            attempt.parts().put(namespace, part);
            requireOneMoment(attempt);
        }
        Observer.require(part.base() == version, attempt + " saw " + part.base() + " and now " + version);
        Observer.require(
                !operation.isNumbered() || chosen > part.draft().largestNumber(),
                attempt + " on " + namespace + "@" + version + " got a number again: " + sql);
        Observer.requireEqual(answer, part.add(done), attempt + " on " + namespace + "@" + version + ": " + sql);
    }

    private String change(String sql) {
        try {
            connection.run(sql);
            return "";
        } catch (DatabaseException e) {
            if (e.code() != ResultCode.CONSTRAINT_FOREIGNKEY) {
                throw e;
            }
            scheduler.tally().count("forbidden by a foreign key");
            return Operation.FORBIDDEN;
        }
    }

    /** All databases are seen as of one moment. */
    private void requireOneMoment(Attempt attempt) {
        long earliest = 0;
        long latest = Long.MAX_VALUE;
        for (Part each : attempt.parts().values()) {
            earliest = Math.max(earliest, each.base());
            if (!each.mayBeFrozen()) {
                latest = Math.min(latest, each.namespace().after(each.base()));
            }
        }
        Observer.require(earliest < latest, attempt + " sees different moments: " + attempt.parts());
    }

    private boolean commit(Attempt attempt) {
        attempt.outcome(Outcome.COMMITTING);
        try {
            connection.run("COMMIT");
            attempt.outcome(Outcome.COMMITTED);
        } catch (DatabaseException e) {
            boolean nobodyKnows = e.code() == ResultCode.IOERR && e.getMessage().contains("nobody knows");
            attempt.outcome(nobodyKnows ? Outcome.UNKNOWN : Outcome.FAILED);
            say(attempt.number() + " is not committed: " + e.getMessage());
            scheduler.tally().count("commit fails: " + e.code());
            if (!nobodyKnows) {
                requireExpected(e, attempt);
                requireNotThere(attempt);
            }
            return giveUp();
        }
        say(attempt.number() + " is committed");
        scheduler.tally().count("committed");
        if (sawOutage) {
            sawOutage = false;
            scheduler.tally().count("committed on a connection that saw an outage");
        }
        for (Part each : attempt.parts().values()) {
            Observer.require(
                    each.mayBeCommitted(),
                    attempt + " is not in " + each.namespace() + ", whose newest is "
                            + each.namespace().newest());
            each.namespace().acknowledged(each.committedAt());
        }
        return true;
    }

    private static void requireNotThere(Attempt attempt) {
        for (Part each : attempt.parts().values()) {
            Observer.require(each.committedAt() < 0, attempt + " is in " + each.namespace() + "@" + each.committedAt());
        }
    }

    private void requireExpected(DatabaseException e, Attempt attempt) {
        if (world.isOutage(e)) {
            sawOutage = true;
            scheduler.sleepMicros(random.nextLong(2_000_000));
            return;
        }
        for (Part each : attempt.parts().values()) {
            if (world.isDropped(e, each.namespace(), each.base()) && !world.isCalm()) {
                return; // its heartbeat may have been too late
            }
        }
        if (e.code() == ResultCode.IOERR_READ && databases.stream().anyMatch(NamespaceHistory::isDeleted)) {
            return; // what it had staged went with the database
        }
        if (e.code() == ResultCode.PROTOCOL) {
            NamespaceHistory namespace = databases.get(0);
            Observer.require(
                    !owner.isEmpty() && (lock.isEmpty() || !namespace.heldLock().equals(lock)),
                    name + " as '" + owner + "' under the lock of " + lock + ": " + e.getMessage());
            scheduler.tally().count(namespace.isLost(lock) ? "lock taken from its owner" : "lock ended by a namesake");
            return;
        }
        NamespaceHistory gone = null;
        for (NamespaceHistory each : databases) {
            gone = gone == null || each.mayBeDeleted() ? each : gone;
        }
        world.requireExpected(e, gone);
    }

    /** After a failure; an outage is no reason to give the connection up, and to roll back needs no store. */
    private boolean giveUp() {
        try {
            connection.rollBack();
            return true;
        } catch (DatabaseException e) {
            Observer.require(!world.isOutage(e), "ROLLBACK fails: " + e);
            return false;
        }
    }

    // ---- the past

    private void readThePast() {
        NamespaceHistory namespace = databases.get(0);
        List<Long> versions = new ArrayList<>(namespace.versions().keySet());
        long version = versions.get(random.nextInt(versions.size())) + random.nextInt(2);
        Moment begun = namespace.now();
        try {
            connection.run("PRAGMA verso_snapshot = " + version);
            say("sees " + namespace + "@" + version);
            scheduler.tally().count("past seen");
            String items = connection.query("SELECT id, g, u, v FROM item ORDER BY id");
            Observer.requireEqual(
                    items, namespace.at(version).itemLines(), name + " sees the past " + namespace + "@" + version);
            world.think();
            Observer.requireEqual(
                    connection.query(Contents.OTHERS), namespace.at(version).otherLines(), namespace + "@" + version);
            String ledger = connection.query("SELECT slot, txn FROM ledger ORDER BY slot");
            Observer.requireEqual(ledger, namespace.at(version).ledgerLines(), namespace + "@" + version);
        } catch (DatabaseException e) {
            say("does not see " + namespace + "@" + version + ": " + e.getMessage());
            boolean isYetToCome = e.code() == ResultCode.CANTOPEN
                    && (version > begun.acknowledged() || namespace.mayBeLockedSince(begun));
            if (!isYetToCome && !world.isDropped(e, namespace, version)) {
                world.requireExpected(e, namespace);
            }
        }
        connection.session(0).showVersion("now");
    }
}
