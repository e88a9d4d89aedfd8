package dev.verso.compat.simulation;

import dev.verso.compat.simulation.NamespaceHistory.GoingBack;
import dev.verso.compat.simulation.NamespaceHistory.Moment;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.pages.CollectionOptions;
import dev.verso.kv.pages.NamespaceAddress;
import dev.verso.kv.pages.NamespaceVersion;
import dev.verso.kv.pages.Namespaces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Does to databases as a whole what can be done to them while clients work: collects garbage, forks, goes back, locks, pins, renames. */
final class Administrator {
    private static final int MOST_NAMESPACES = 5;
    private static final Duration TAKEOVER = Duration.ofSeconds(20);
    private static final Duration EARLY_TAKEOVER = Duration.ofMillis(500);

    private final World world;
    private final Scheduler scheduler;
    private final SplittableRandom random;
    private final Machine machine;
    private final Namespaces namespaces;

    Administrator(World world, Machine machine) {
        this.world = world;
        this.machine = machine;
        scheduler = world.scheduler();
        random = scheduler.random();
        namespaces = machine.namespaces();
    }

    void live(int tasks) {
        for (int i = 0; i < tasks; i++) {
            world.think();
            if (scheduler.chance(0.3)) {
                scheduler.sleepMicros(random.nextLong(60_000_000));
            }
            NamespaceHistory namespace = world.anyNamespace();
            try {
                task(namespace);
            } catch (DatabaseException e) {
                say("fails on " + namespace + ": " + e.getMessage());
                world.requireExpected(e, namespace);
            }
        }
    }

    private void say(String what) {
        scheduler.tally().count(what.substring(0, what.indexOf(' ')));
        scheduler.trace().say(scheduler.micros(), "admin " + machine.process().number(), what);
    }

    private void task(NamespaceHistory namespace) {
        if (world.climate().isContested() && scheduler.chance(0.5)) {
            lock(namespace);
            return;
        }
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> collect(namespace);
            case 4 -> fork(namespace);
            case 5, 6 -> rollBack(namespace);
            case 7 -> lock(namespace);
            case 8 -> pin(namespace);
            case 9 -> unpin(namespace);
            case 10 -> rename(namespace);
            case 11 -> delete(namespace);
            case 12 -> list(namespace);
            case 13, 14, 15 -> Differences.check(world, namespaces, namespace);
            case 16 -> truncate(namespace);
            case 17 -> world.files().importFile(machine.process());
            case 18 -> world.files().export(machine.process(), namespace);
            default -> {
                if (scheduler.chance(0.5)) {
                    await(namespace);
                } else {
                    namespaces.compressed(namespace.name(), scheduler.chance(0.5));
                }
            }
        }
    }

    private long anyVersion(NamespaceHistory namespace) {
        List<Long> versions = new ArrayList<>(namespace.versions().keySet());
        // Mostly a young one.
        int back = random.nextInt(1 + random.nextInt(versions.size()));
        return versions.get(versions.size() - 1 - back);
    }

    // ---- garbage

    private void collect(NamespaceHistory namespace) {
        say("collects the garbage of " + namespace);
        CollectionOptions options = CollectionOptions.DEFAULTS.withAbandonedAfter(Duration.ofMinutes(1));
        namespaces.collect(namespace.name(), options, report -> {});
        new Kept(world, namespace).check();
    }

    /** Drops what is before a version, whatever the retention says. */
    private void truncate(NamespaceHistory namespace) {
        long version = anyVersion(namespace);
        say("truncates " + namespace + " before " + version);
        namespace.mayBeTruncated(version);
        namespaces.collect(namespace.name(), CollectionOptions.DEFAULTS.withBefore(version), report -> {});
        new Kept(world, namespace).check();
    }

    // ---- history

    private void fork(NamespaceHistory base) {
        if (world.model().namespaces().size() >= MOST_NAMESPACES) {
            return;
        }
        String name = "fork" + machine.process().number() + "." + random.nextInt(1_000);
        long version = scheduler.chance(0.5) ? anyVersion(base) : NamespaceAddress.NEWEST;
        say("forks " + base + "@" + version + " as " + name);
        world.model().mayBeBorn(name, base);
        Moment begun = base.now();
        try {
            namespaces.fork(new NamespaceAddress(base.name(), version, null), name);
        } catch (DatabaseException e) {
            world.requireReadable(e, base, version, begun);
            if (!world.isOutage(e)) {
                world.model().births().remove(name);
            }
            return;
        }
        Observer.require(!world.model().births().containsKey(name), name + " was made and is not there");
    }

    private void rollBack(NamespaceHistory namespace) {
        long version = anyVersion(namespace);
        say("rolls " + namespace + " back to " + version);
        GoingBack going = namespace.mayGoBack("rollback to " + version, version);
        long newest = namespace.newest();
        Moment begun = namespace.now();
        try {
            long target = namespaces.rollBack(namespace.name(), version);
            Observer.require(target == version, namespace + " went back to " + target + " and not to " + version);
        } catch (DatabaseException e) {
            say("does not roll back: " + e.getMessage());
            world.requireReadable(e, namespace, version, begun);
            if (!world.isOutage(e)) {
                namespace.cannotGoBackAnyMore(going);
            }
            return;
        }
        Observer.require(namespace.wasDone(going, newest), namespace + " has not gone back to " + version);
    }

    private void lock(NamespaceHistory namespace) {
        String owner = Eye.OWNERS[1 + random.nextInt(2)];
        say(owner + " locks " + namespace);
        namespace.lockAsked(1);
        long before = namespace.newest();
        GoingBack takeover = namespace.mayGoBack("takeover by " + owner, NamespaceHistory.FROZEN);
        try {
            namespaces.lock(namespace.name(), owner, world.climate().isContested() ? EARLY_TAKEOVER : TAKEOVER);
        } catch (DatabaseException e) {
            say("does not lock: " + e.getMessage());
            world.requireExpected(e, namespace);
            if (!world.isOutage(e)) {
                namespace.lockAsked(-1);
                namespace.cannotGoBackAnyMore(takeover);
            }
            return;
        }
        if (!namespace.wasDone(takeover, before)) {
            namespace.cannotGoBackAnyMore(takeover);
        }
        new Client(world, machine, owner)
                .liveAs(owner, namespace, 1 + random.nextInt(world.climate().isContested() ? 10 : 4));
        world.think();
        if (scheduler.chance(world.climate().isContested() ? 0.4 : 0.15)) {
            return; // forgotten: somebody may take it over
        }
        boolean keep = scheduler.chance(0.5);
        say(owner + " unlocks " + namespace + (keep ? " and keeps" : " and undoes"));
        long newest = namespace.newest();
        GoingBack undoing = keep ? null : namespace.mayGoBack("end of the lock of " + owner, NamespaceHistory.FROZEN);
        try {
            namespaces.unlock(namespace.name(), owner, keep);
        } catch (DatabaseException e) {
            say("does not unlock: " + e.getMessage());
            if (e.code() != ResultCode.ERROR) {
                world.requireExpected(e, namespace);
            }
            if (e.code() == ResultCode.CANTOPEN || world.isOutage(e)) {
                return; // it has another name or nobody knows, and the lock is there
            }
        }
        if (undoing != null && !namespace.wasDone(undoing, newest)) {
            namespace.cannotGoBackAnyMore(undoing);
        }
        namespace.lockAsked(-1);
    }

    // ---- pins

    private void pin(NamespaceHistory namespace) {
        long version = anyVersion(namespace);
        say("pins " + namespace + "@" + version);
        Moment begun = namespace.now();
        int unpins = namespace.unpins(version);
        try {
            namespaces.pin(new NamespaceAddress(namespace.name(), version, null), "kept");
        } catch (DatabaseException e) {
            world.requireReadable(e, namespace, version, begun);
            return;
        }
        if (unpins >= 0 && namespace.unpins(version) == unpins) {
            namespace.pins().add(version);
        }
    }

    private void unpin(NamespaceHistory namespace) {
        if (!namespace.pins().isEmpty()) {
            long version = namespace.pins().get(random.nextInt(namespace.pins().size()));
            say("unpins " + namespace + "@" + version);
            namespace.unpinAsked(version);
            namespaces.unpin(namespace.name(), version);
            namespace.unpinDone(version);
        }
    }

    // ---- names

    private void rename(NamespaceHistory namespace) {
        String name = "n" + machine.process().number() + "." + random.nextInt(1_000);
        say("renames " + namespace + " to " + name);
        namespace.mayBeRenamed(true);
        namespaces.rename(namespace.name(), name);
        namespace.name(name);
    }

    private void delete(NamespaceHistory namespace) {
        if (namespace == world.model().namespaces().get(0)) {
            return;
        }
        say("deletes " + namespace);
        namespace.deletionAsked(1);
        try {
            namespaces.delete(namespace.name());
        } catch (DatabaseException e) {
            say("does not delete: " + e.getMessage());
            world.requireExpected(e, namespace);
            if (!world.isOutage(e)) {
                namespace.deletionAsked(-1);
            }
            return;
        }
        Observer.require(namespace.isDeleted(), namespace + " was deleted and is there");
    }

    // ---- looking on

    private void list(NamespaceHistory namespace) {
        String name = namespace.name();
        long last = -1;
        for (NamespaceVersion each : namespaces.versions(name, 0, 10_000)) {
            if (each.version() < namespace.versions().firstKey()) {
                Observer.require(!namespace.wasImported(), name + " shows a part of its import: " + each.version());
                continue; // from before it had its tables
            }
            Observer.require(
                    namespace.versions().containsKey(each.version()), name + " has no version " + each.version());
            Long before = namespace.versions().lowerKey(each.version());
            Observer.require(
                    last < 0
                            || before != null
                                    && (before == last || !world.observer().isReadable(namespace, before)),
                    "the list of " + name + " lacks " + before);
            last = each.version();
        }
    }

    private void await(NamespaceHistory namespace) {
        long after = namespace.newest();
        long found = namespaces.awaitVersion(namespace.name(), after, Duration.ofSeconds(10));
        say("waited for " + namespace + " after " + after + ": " + found);
        Observer.require(
                found == -1 || found > after && namespace.versions().containsKey(found),
                namespace + " has no version " + found + " after " + after);
    }
}
