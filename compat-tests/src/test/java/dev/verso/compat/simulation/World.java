package dev.verso.compat.simulation;

import dev.verso.compat.simulation.NamespaceHistory.Moment;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvLimits;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.kv.pages.Namespaces;
import dev.verso.kv.pages.Retention;
import dev.verso.pager.PageStore;
import java.util.ArrayList;
import java.util.List;

/** One run: a store, processes that come and go, and the model that all of them are held against. */
final class World {
    private static final String[] FIRST_NAMES = {"app", "other"};

    /** Part of the versions of which all rows are compared as soon as they are there, or 1 to look at their trees, too. */
    private static final double WHOLE_RATE = Double.parseDouble(System.getProperty("verso.whole", "0.2"));

    private final Scheduler scheduler;
    private final Climate climate;
    private final SimulatedServer server;
    private final Model model = new Model();
    private final Observer observer;
    private final List<Machine> machines = new ArrayList<>();
    private final FileWork files;
    private int processes;

    World(long seed) {
        scheduler = new Scheduler(seed);
        climate = Climate.random(scheduler.random());
        GatheringClock gathering = climate.sharedVersions() ? new GatheringClock(scheduler) : null;
        MemoryKvStore memory = MemoryKvStore.builder()
                .clock(gathering != null ? gathering : new SimulatedTime(scheduler, 0))
                .sharedVersions(gathering != null)
                .limits(new KvLimits(10_000, 100_000, climate.transactionBytes(), 5_000))
                .build();
        server = new SimulatedServer(scheduler, memory, climate.weather(), gathering);
        long[] ownTokens = {0};
        observer = new Observer(scheduler, model, new Namespaces(memory, () -> ++ownTokens[0]), WHOLE_RATE);
        server.onApplied(observer::look);
        files = new FileWork(this);
    }

    FileWork files() {
        return files;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Climate climate() {
        return climate;
    }

    Model model() {
        return model;
    }

    Observer observer() {
        return observer;
    }

    SimulatedServer server() {
        return server;
    }

    /** Runs to the end, and checks all that can be checked then. */
    void run() {
        scheduler.trace().say(scheduler.micros(), "world", climate.toString());
        scheduler.spawn("begin", null, false, this::begin);
        try {
            scheduler.run();
            new Aftermath(this).check();
        } finally {
            files.close();
        }
    }

    private void begin() {
        for (String name : FIRST_NAMES) {
            make(name);
        }
        for (int i = 0; i < climate.processes(); i++) {
            startMachine(climate.transactions());
        }
        if (climate.crashes() > 0) {
            scheduler.spawn("fate", null, false, this::crashNowAndThen);
        }
        if (climate.outages() > 0) {
            scheduler.spawn("outages", null, false, this::breakNowAndThen);
        }
    }

    /** A database with its tables, made at once. */
    private void make(String name) {
        Namespaces namespaces = observer.namespaces();
        model.mayBeBorn(name, null);
        namespaces.create(name);
        observer.look();
        NamespaceHistory namespace = model.namespaces().get(model.namespaces().size() - 1);
        if (climate.keptVersions() > 0) {
            namespaces.retention(name, new Retention(null, climate.keptVersions()));
        }
        try (PageStore store = namespaces.open(name);
                SimulatedConnection connection = new SimulatedConnection(store, namespaces)) {
            connection.run("PRAGMA page_size = " + climate.pageSizeBytes());
            if (scheduler.chance(0.2)) {
                connection.run("PRAGMA auto_vacuum = " + (scheduler.chance(0.5) ? "full" : "incremental"));
            }
            connection.run("BEGIN; " + Contents.SCHEMA + "; COMMIT");
        }
        namespace.add(namespaces.newestVersion(name), Contents.EMPTY, scheduler.micros());
    }

    private void startMachine(int transactions) {
        long ahead = scheduler.chance(0.5) ? 0 : scheduler.random().nextLong(-500_000, 500_000);
        SimulatedProcess process = new SimulatedProcess(scheduler, server, ++processes, ahead);
        Machine machine = new Machine(this, process);
        machines.add(machine);
        machine.start(climate.clients(), transactions, climate.tasks());
    }

    private void breakNowAndThen() {
        for (int i = 0; i < climate.outages(); i++) {
            scheduler.sleepMicros(scheduler.random().nextLong(climate.thinkMicros() * 40 + 10_000));
            // Mostly short, sometimes longer than anybody tries again, and than leases last.
            long micros =
                    scheduler.chance(0.1) ? 100_000_000 : scheduler.random().nextLong(1_000, 5_000_000);
            scheduler.trace().say(scheduler.micros(), "fate", "outage of " + micros + " microseconds");
            scheduler.tally().count("outage");
            server.goesAway(micros);
            scheduler.sleepMicros(micros);
        }
    }

    /** Any machine; rather one that is in the middle of an import or export. */
    private Machine victim() {
        for (Machine each : machines) {
            if (files.isBusy(each.process()) && scheduler.chance(0.5)) {
                return each;
            }
        }
        return machines.get(scheduler.random().nextInt(machines.size()));
    }

    /** Another process takes its place. */
    void crash(SimulatedProcess process) {
        scheduler.trace().say(scheduler.micros(), "fate", "crash of " + process + " in its work on a file");
        scheduler.tally().count("crash");
        machines.removeIf(each -> each.process() == process);
        process.crash();
        startMachine(1 + climate.transactions() / 2);
    }

    private void crashNowAndThen() {
        for (int i = 0; i < climate.crashes(); i++) {
            scheduler.sleepMicros(scheduler.random().nextLong(climate.thinkMicros() * 40 + 10_000));
            Machine victim = victim();
            machines.remove(victim);
            scheduler.trace().say(scheduler.micros(), "fate", "crash of " + victim);
            scheduler.tally().count("crash");
            victim.process().crash();
            startMachine(1 + climate.transactions() / 2);
        }
    }

    /** A time between two steps of a client: mostly short, sometimes long. */
    void think() {
        long most = scheduler.chance(0.01) ? 40_000_000 : scheduler.chance(0.05) ? 3_000_000 : climate.thinkMicros();
        scheduler.sleepMicros(scheduler.random().nextLong(most));
    }

    /** One of the databases that are there. */
    NamespaceHistory anyNamespace() {
        List<NamespaceHistory> there = new ArrayList<>(model.namespaces());
        there.removeIf(each -> each.isDeleted() || each.isImporting());
        boolean first = climate.isCrowded() && scheduler.chance(0.8);
        NamespaceHistory chosen = there.get(first ? 0 : scheduler.random().nextInt(there.size()));
        if (chosen.mayBeRenamed()) {
            chosen.name(observer.currentName(chosen));
        }
        return chosen;
    }

    /** True if no answer takes so long that a heartbeat can come too late. */
    boolean isCalm() {
        return !server.wasEverAway()
                && (climate.weather().slowRate() == 0 || climate.weather().slowMicros() < 200_000);
    }

    /** True if this was because the store could not be reached: what was asked for may be done, unless the failure says that it is not. */
    boolean isOutage(DatabaseException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof KvException failure && failure.failure() == KvFailure.UNAVAILABLE) {
                Observer.require(server.wasEverAway(), "the store was there all the time, and not for " + e);
                scheduler.tally().count("failure in an outage: " + e.code());
                return true;
            }
        }
        return false;
    }

    /** Throws the failure on unless it is one that a well-behaved store may answer with in this world. */
    void requireExpected(DatabaseException e, NamespaceHistory namespace) {
        boolean isExpected = e.isBusy()
                || isOutage(e)
                || e.code() == ResultCode.CANTOPEN
                        && (namespace == null || namespace.mayBeDeleted() || namespace.mayBeRenamed());
        if (!isExpected) {
            throw e;
        }
    }

    /** Throws the failure on unless the version is gone, or a lock hides it, or the failure is one that a well-behaved store may answer with. */
    void requireReadable(DatabaseException e, NamespaceHistory namespace, long version, Moment begun) {
        boolean isHidden = e.code() == ResultCode.CANTOPEN && namespace.mayBeLockedSince(begun);
        if (!isHidden && !isDropped(e, namespace, version)) {
            requireExpected(e, namespace);
        }
    }

    /** True if the version is no longer kept, and somebody was told so rightly. */
    boolean isDropped(DatabaseException e, NamespaceHistory namespace, long version) {
        if (e.code() != ResultCode.ERROR_SNAPSHOT || namespace.isDeleted()) {
            return false;
        }
        scheduler.tally().count("version that is no longer kept");
        Long shown = namespace.versions().floorKey(version);
        return shown == null
                || !observer.isReadable(namespace, shown) && !namespace.pins().contains(shown);
    }
}
