package dev.verso.compat.simulation;

import dev.verso.compat.simulation.ListAppendChecker.Isolation;
import dev.verso.compat.simulation.ListAppendHistory.Operation;
import dev.verso.compat.simulation.ListAppendHistory.Outcome;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvLimits;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.kv.pages.CollectionOptions;
import dev.verso.kv.pages.NamespaceAddress;
import dev.verso.kv.pages.NamespaceVersion;
import dev.verso.kv.pages.Namespaces;
import dev.verso.kv.pages.Retention;
import dev.verso.pager.PageStore;
import dev.verso.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One simulated run of the list-append workload: processes that crash, a network as bad as its seed makes it, databases that are forked and
 * collected meanwhile, and at the end the check of the whole history.
 */
final class ListAppendWorld {
    private static final Duration LOCK = Duration.ofHours(1);
    private static final int MOST_ROLLBACKS = 8;

    /** Rollbacks are nobody's transactions. */
    private static final int FIRST_ROLLBACK = 1_000_000;

    private static final List<String> NAMES = List.of("a", "b", "c");

    private final Scheduler scheduler;
    private final SplittableRandom random;
    private final MemoryKvStore memory;
    private final SimulatedServer server;
    private final ListAppendWorkload workload;
    private final List<SimulatedProcess> running = new ArrayList<>();
    private final int pageSizeBytes;
    private final int clientsOfAProcess;
    private final int transactionsOfAClient;
    private final boolean withLocks;
    private final boolean withRollbacks;
    private final long thinkMicros;
    private int processCount;
    private int clientCount;
    private int locks;
    private int kept;
    /** Who holds a lock, by namespace. */
    private final Map<String, Held> held = new HashMap<>();

    private int undone;
    private String summary = "";

    /** A lock that somebody else must end if its process is no more, or null if it was left. */
    private record Held(String owner, SimulatedProcess process) {
        boolean isLeft() {
            return process == null || process.isDead();
        }
    }

    ListAppendWorld(long seed) {
        scheduler = new Scheduler(seed);
        random = scheduler.random();
        GatheringClock gathering = random.nextInt(3) == 0 ? new GatheringClock(scheduler) : null;
        memory = MemoryKvStore.builder()
                .clock(gathering != null ? gathering : new SimulatedTime(scheduler, 0))
                .sharedVersions(gathering != null)
                .limits(new KvLimits(10_000, 100_000, random.nextInt(4) == 0 ? 40_000 : 10_000_000, 5_000))
                .build();
        server = new SimulatedServer(scheduler, memory, NetworkWeather.random(random), gathering);
        workload = new ListAppendWorkload(
                NAMES.subList(0, 1 + random.nextInt(NAMES.size())),
                Isolation.values()[random.nextInt(Isolation.values().length)]);
        pageSizeBytes = 512 << random.nextInt(3);
        int processes = 1 + random.nextInt(3);
        clientsOfAProcess = 1 + random.nextInt(4);
        transactionsOfAClient = 5 + random.nextInt(96 / (processes * clientsOfAProcess));
        withLocks = random.nextBoolean();
        thinkMicros = 1L << (6 + random.nextInt(random.nextInt(4) == 0 ? 16 : 8));
        withRollbacks = !withLocks && random.nextInt(3) == 0;
        if (withRollbacks) {
            long[] ownTokens = {0};
            Eras eras = new Eras(workload.history(), new Namespaces(memory, () -> ++ownTokens[0]));
            workload.eras(eras);
            server.onApplied(() -> eras.look(
                    workload.namespaces(), workload.firstList() + workload.window(), FIRST_ROLLBACK + eras.seen()));
        }
        scheduler.spawn("begin", null, false, () -> begin(processes));
    }

    /** Runs to the end and checks the history. */
    void run() {
        scheduler.run();
        ListAppendHistory history = workload.history();
        summary = "%s, %s: %d committed, %d failed, %d unknown"
                .formatted(
                        workload.namespaces(),
                        workload.isolation(),
                        history.count(Outcome.OK),
                        history.count(Outcome.FAILED),
                        history.count(Outcome.UNKNOWN));
        Scheduler after = new Scheduler(1);
        SimulatedProcess reader =
                new SimulatedProcess(after, new SimulatedServer(after, memory, NetworkWeather.FAIR), 1_000, 0);
        after.spawn("end", null, false, () -> {
            try (Connection connection =
                    connect(reader, NAMES.get(0), reader.namespaces().open(NAMES.get(0)))) {
                workload.check(connection, NAMES.get(0), summary);
            }
        });
        after.run();
    }

    /** How many transactions ended how. */
    String summary() {
        return summary;
    }

    /** Locks that somebody asked for, and those whose work was kept or undone in the end. */
    int[] locks() {
        return new int[] {locks, kept, undone};
    }

    /** Namespaces that went back. */
    int rollbacks() {
        return withRollbacks ? workload.eras().seen() : 0;
    }

    long committed() {
        return workload.history().count(Outcome.OK);
    }

    long traceHash() {
        return scheduler.trace().hash();
    }

    private void begin(int processes) {
        SimulatedProcess maker = new SimulatedProcess(scheduler, server, 0, 0);
        Namespaces namespaces = maker.namespaces();
        for (String name : workload.namespaces()) {
            namespaces.create(name);
            if (random.nextBoolean()) {
                namespaces.retention(name, new Retention(null, 1 + random.nextInt(10)));
            }
            try (PageStore store = namespaces.open(name);
                    Connection connection = new Connection(store, null)) {
                ListAppendWorkload.createTables(connection, pageSizeBytes);
            }
        }
        for (int i = 0; i < processes; i++) {
            start(transactionsOfAClient);
        }
        int crashes = random.nextInt(3);
        if (crashes > 0) {
            scheduler.spawn("fate", null, false, () -> crash(crashes));
        }
    }

    private void start(int transactions) {
        SimulatedProcess process = new SimulatedProcess(
                scheduler, server, ++processCount, random.nextBoolean() ? 0 : random.nextLong(-300_000, 300_000));
        running.add(process);
        process.spawn("heartbeat " + process, true, () -> beat(process));
        process.spawn("collector " + process, true, () -> collectAndFork(process));
        Map<String, PageStore> open = new HashMap<>();
        for (int i = 0; i < clientsOfAProcess; i++) {
            int number = ++clientCount;
            process.spawn("client " + number, false, () -> live(process, open, number, transactions));
        }
    }

    private void crash(int times) {
        for (int i = 0; i < times; i++) {
            scheduler.sleepMicros(random.nextLong(20 * thinkMicros + 50_000));
            SimulatedProcess victim = running.remove(random.nextInt(running.size()));
            victim.crash();
            start(1 + transactionsOfAClient / 2);
        }
    }

    private void live(SimulatedProcess process, Map<String, PageStore> open, int number, int transactions) {
        int left = transactions;
        while (left > 0) {
            String main = NAMES.get(random.nextInt(workload.namespaces().size()));
            try {
                PageStore store = open.get(main);
                if (store == null) {
                    store = new SharedStore(process.namespaces().open(main));
                    open.put(main, store);
                }
                try (Connection connection = connect(process, main, store)) {
                    ListAppendClient client =
                            new ListAppendClient(workload, connection, main, number, random, this::think);
                    boolean isGood = true;
                    while (isGood && left-- > 0) {
                        think();
                        // What a lock's end has undone stays among the versions of the past.
                        if (locks == 0 && random.nextInt(20) == 0) {
                            readPast(client, process.namespaces().versions(main, 0, 100));
                        }
                        isGood = client.transaction() != Outcome.UNKNOWN && random.nextInt(20) > 0;
                    }
                }
            } catch (DatabaseException e) {
                requireExpected(e);
                left--;
            }
        }
    }

    private void readPast(ListAppendClient client, List<NamespaceVersion> versions) {
        if (!versions.isEmpty()) {
            client.readPast(versions.get(random.nextInt(versions.size())).version(), () -> locks == 0);
        }
    }

    private void think() {
        if (random.nextInt(3) > 0) {
            scheduler.sleepMicros(random.nextInt(50) == 0 ? 8_000_000 : random.nextLong(thinkMicros));
        }
    }

    /** What a store may answer in such a world. */
    private static void requireExpected(DatabaseException e) {
        if (!e.isBusy() && e.code() != ResultCode.ERROR_SNAPSHOT && e.code() != ResultCode.IOERR) {
            throw e;
        }
    }

    private void beat(SimulatedProcess process) {
        while (true) {
            scheduler.sleepMicros(Namespaces.HEARTBEAT_MILLIS * 1_000);
            process.namespaces().heartbeat();
        }
    }

    /** Now and then old versions go, whoever reads them, and a fork is made and left. */
    private void collectAndFork(SimulatedProcess process) {
        for (int i = 0; ; i++) {
            scheduler.sleepMicros(random.nextLong(100 * thinkMicros + 100_000));
            String name = NAMES.get(random.nextInt(workload.namespaces().size()));
            try {
                if (withLocks && random.nextInt(4) == 0) {
                    lock(process, name);
                } else if (withRollbacks && random.nextInt(3) == 0 && rollbacks() < MOST_ROLLBACKS) {
                    rollBack(process.namespaces(), name);
                } else if (!withRollbacks && random.nextInt(4) == 0) {
                    process.namespaces().fork(NamespaceAddress.parse(name), name + "-" + process.number() + "-" + i);
                } else {
                    Duration minAge = random.nextBoolean() ? Duration.ZERO : CollectionOptions.DEFAULTS.minAge();
                    process.namespaces().collect(name, CollectionOptions.DEFAULTS.withMinAge(minAge), report -> {});
                }
            } catch (DatabaseException e) {
                requireExpected(e);
            }
        }
    }

    private void rollBack(Namespaces namespaces, String name) {
        List<NamespaceVersion> versions = namespaces.versions(name, 0, 10_000);
        int back = random.nextInt(Math.min(8, versions.size()));
        long target = versions.get(versions.size() - 1 - back).version();
        Eras eras = workload.eras();
        long moment = eras.ask(name);
        try {
            namespaces.rollBack(name, target);
        } catch (DatabaseException e) {
            requireExpected(e);
            if (e.code() != ResultCode.IOERR) {
                eras.refused(name, moment);
            }
        }
    }

    /** Some transactions that all others see at once, or never. Some locks are left, for others to take over. */
    private void lock(SimulatedProcess process, String name) {
        ListAppendHistory history = workload.history();
        List<Operation> done = new ArrayList<>();
        long began = history.now();
        Outcome outcome = Outcome.FAILED;
        int number = ++clientCount;
        String owner = "owner " + number;
        try {
            Held before = held.get(name);
            if (before != null && before.isLeft()) {
                held.remove(name);
                process.namespaces().unlock(name, before.owner(), false);
            }
            locks++;
            process.namespaces().lock(name, owner, LOCK);
            held.put(name, new Held(owner, process));
            ListAppendWorkload alone = workload.within(name);
            boolean isCertain = true;
            try (Connection connection = new Connection(process.namespaces().open(name), process.namespaces()::open)) {
                connection.busyTimeoutMillis(0);
                connection.session().database(0).pager().session().actAs(owner);
                ListAppendClient client = new ListAppendClient(alone, connection, name, number, random, this::think);
                for (int i = random.nextInt(1, 4); i > 0 && isCertain; i--) {
                    isCertain = client.transactionUnderTheLock(done);
                }
            }
            if (random.nextInt(6) == 0) {
                held.put(name, new Held(owner, null));
                return;
            }
            boolean keeps = isCertain && random.nextInt(3) > 0;
            outcome = keeps ? Outcome.UNKNOWN : Outcome.FAILED;
            process.namespaces().unlock(name, owner, keeps);
            outcome = keeps ? Outcome.OK : Outcome.FAILED;
            kept += keeps ? 1 : 0;
            undone += keeps ? 0 : 1;
        } catch (DatabaseException e) {
            // Somebody else has taken the lock over: then its work is undone.
            if (e.code() != ResultCode.ERROR) {
                requireExpected(e);
            }
        } finally {
            history.add(number, began, outcome, done);
        }
    }

    private Connection connect(SimulatedProcess process, String main, PageStore store) {
        Connection connection = new Connection(store, process.namespaces()::open);
        // Statements of their own run again up to twice. That waits on the machine's clock, while the simulated one
        // stands still.
        connection.busyTimeoutMillis(process.number() % 2 == 0 ? 0 : 3);
        for (String name : workload.namespaces()) {
            if (!name.equals(main)) {
                connection.execute("ATTACH '" + name + "' AS " + name);
            }
        }
        return connection;
    }
}
