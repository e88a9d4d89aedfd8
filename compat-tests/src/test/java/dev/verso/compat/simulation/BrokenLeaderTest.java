package dev.verso.compat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.contract.FaultyKvStore;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.kv.pages.Namespaces;
import dev.verso.pager.PageStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An error of the JVM, such as no memory left, strikes who commits for others while the commit is under way. */
final class BrokenLeaderTest {
    private final List<String> told = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whoRodeWithABrokenLeaderIsNotCommittedTwice(long seed) {
        Scheduler scheduler = new Scheduler(seed);
        MemoryKvStore memory =
                MemoryKvStore.builder().clock(new SimulatedTime(scheduler, 0)).build();
        SimulatedServer server = new SimulatedServer(scheduler, memory, NetworkWeather.FAIR);
        SimulatedProcess process = new SimulatedProcess(scheduler, server, 1, 0);
        FaultyKvStore kv = new FaultyKvStore(new SimulatedKvStore(scheduler, server, process, 0), 1);
        Namespaces namespaces = new Namespaces(kv);
        scheduler.spawn("begin", process, false, () -> {
            namespaces.create("app");
            PageStore store = namespaces.open("app");
            SimulatedConnection first = new SimulatedConnection(store, namespaces);
            first.run("CREATE TABLE t(id INTEGER PRIMARY KEY, n INT)");
            first.run("INSERT INTO t VALUES (1, 0), (2, 0), (3, 0)");
            for (int i = 2; i <= 3; i++) {
                int row = i;
                process.spawn(
                        "rider " + i, false, () -> ride(scheduler, new SimulatedConnection(store, namespaces), row));
            }
            first.run("BEGIN");
            first.run("UPDATE t SET n = n + 1 WHERE id = 1");
            scheduler.sleepMicros(20_000);
            kv.beforeNextCommit(() -> {
                // Until the others have lined up behind this one.
                scheduler.sleepMicros(100_000);
                kv.afterNextCommit(() -> {});
                kv.beforeNextCommit(() -> kv.afterNextCommit(() -> {
                    throw new OutOfMemoryError("a fault");
                }));
            });
            first.run("COMMIT");
        });
        scheduler.spawn("end", process, false, () -> {
            scheduler.sleepMicros(1_000_000);
            try (SimulatedConnection reader = new SimulatedConnection(namespaces.open("app"), namespaces)) {
                told.add(reader.query("SELECT id, n FROM t"));
            }
        });
        scheduler.run();
        assertThat(told).containsExactlyInAnyOrder("out of memory", "nobody knows", "1|1\n2|1\n3|1\n");
    }

    private void ride(Scheduler scheduler, SimulatedConnection connection, int row) {
        connection.run("BEGIN");
        connection.run("UPDATE t SET n = n + 1 WHERE id = " + row);
        scheduler.sleepMicros(50_000);
        try {
            connection.run("COMMIT");
            told.add("committed");
        } catch (DatabaseException e) {
            assertThat(e.code()).isIn(ResultCode.IOERR, ResultCode.NOMEM);
            told.add(e.code() == ResultCode.NOMEM ? "out of memory" : "nobody knows");
        }
        assertThat(connection.isInTransaction()).isFalse();
    }
}
