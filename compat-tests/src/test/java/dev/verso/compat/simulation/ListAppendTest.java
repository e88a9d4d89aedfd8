package dev.verso.compat.simulation;

import dev.verso.compat.simulation.ListAppendChecker.Isolation;
import dev.verso.compat.simulation.ListAppendHistory.Outcome;
import dev.verso.kv.KvStore;
import dev.verso.kv.contract.FaultyKvStore;
import dev.verso.kv.local.LocalKvStore;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.kv.pages.Namespaces;
import dev.verso.sql.Connection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads with connections of two machines append to lists and read them; what they were told must be what one serial order explains. */
final class ListAppendTest {
    private static final int CLIENTS_OF_A_MACHINE = 3;
    private static final int MACHINES = 2;
    private static final int SECONDS = Boolean.getBoolean("verso.full") ? 30 : 1;
    private static final long STARVED_NANOS = 300_000_000_000L;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void oneDatabaseInMemoryOverABadNetwork(Isolation isolation) throws InterruptedException {
        MemoryKvStore memory =
                MemoryKvStore.builder().seed(7).delayMicros(50, 400).build();
        try (FaultyKvStore kv = new FaultyKvStore(memory, 11)) {
            run(kv, List.of("a"), isolation, () -> kv.commitFaults(0.1).readFaults(0.005));
        }
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void severalDatabasesInMemoryOverABadNetwork(Isolation isolation) throws InterruptedException {
        MemoryKvStore memory =
                MemoryKvStore.builder().seed(8).delayMicros(50, 400).build();
        try (FaultyKvStore kv = new FaultyKvStore(memory, 12)) {
            run(kv, List.of("a", "b", "c"), isolation, () -> kv.commitFaults(0.1)
                    .readFaults(0.005));
        }
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void oneDatabaseInMemoryWithoutDelay(Isolation isolation) throws InterruptedException {
        try (MemoryKvStore kv = MemoryKvStore.builder().sharedVersions(true).build()) {
            run(kv, List.of("a"), isolation, () -> {});
        }
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void severalDatabasesInTheLocalStore(Isolation isolation) throws InterruptedException {
        try (LocalKvStore kv = LocalKvStore.open(folder.resolve("store"))) {
            run(kv, List.of("a", "b"), isolation, () -> {});
        }
    }

    private static void run(KvStore kv, List<String> namespaces, Isolation isolation, Runnable beforeTheClients)
            throws InterruptedException {
        ListAppendWorkload workload = new ListAppendWorkload(namespaces, isolation);
        List<Namespaces> machines = new ArrayList<>();
        for (int i = 0; i < MACHINES; i++) {
            machines.add(new Namespaces(kv));
        }
        for (String namespace : namespaces) {
            machines.get(0).create(namespace);
            try (Connection connection = new Connection(machines.get(0).open(namespace), null)) {
                ListAppendWorkload.createTables(connection, 512);
            }
        }
        beforeTheClients.run();
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < MACHINES * CLIENTS_OF_A_MACHINE; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                Namespaces machine = machines.get(number % MACHINES);
                String main = namespaces.get(number % namespaces.size());
                try (Connection connection = connect(machine, namespaces, main)) {
                    ListAppendClient client = new ListAppendClient(
                            workload, connection, main, number, new SplittableRandom(number), () -> {});
                    while (failure.get() == null && goesOn(end, workload)) {
                        client.transaction();
                    }
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
        ListAppendHistory history = workload.history();
        String what = "%s, %s, %s: %d committed, %d failed, %d unknown"
                .formatted(
                        kv.name(),
                        namespaces,
                        isolation,
                        history.count(Outcome.OK),
                        history.count(Outcome.FAILED),
                        history.count(Outcome.UNKNOWN));
        System.out.println(what);
        try (Connection connection = connect(new Namespaces(kv), namespaces, namespaces.get(0))) {
            workload.check(connection, namespaces.get(0), what);
        }
    }

    /** Where nothing was committed in the time, it goes on. */
    private static boolean goesOn(long end, ListAppendWorkload workload) {
        long over = System.nanoTime() - end;
        return over < 0 || over < STARVED_NANOS && workload.history().count(Outcome.OK) == 0;
    }

    private static Connection connect(Namespaces machine, List<String> namespaces, String main) {
        Connection connection = new Connection(machine.open(main), machine::open);
        for (String namespace : namespaces) {
            if (!namespace.equals(main)) {
                connection.execute("ATTACH '" + namespace + "' AS " + namespace);
            }
        }
        return connection;
    }
}
