package dev.verso.compat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.error.DatabaseException;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.pager.PageStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulated world itself: money that moves between accounts stays the same, and one seed is one run. */
final class CountersTest {
    private static final int ACCOUNTS = 8;

    private final List<Long> moved = new ArrayList<>();

    private long run(long seed) {
        Scheduler scheduler = new Scheduler(seed);
        MemoryKvStore memory =
                MemoryKvStore.builder().clock(new SimulatedTime(scheduler, 0)).build();
        SimulatedServer server = new SimulatedServer(scheduler, memory, NetworkWeather.random(scheduler.random()));
        SimulatedProcess first = new SimulatedProcess(scheduler, server, 1, 0);
        SimulatedProcess second = new SimulatedProcess(scheduler, server, 2, 100_000);
        long[] sum = new long[1];
        scheduler.spawn("begin", null, false, () -> {
            first.namespaces().create("app");
            try (PageStore store = first.namespaces().open("app");
                    SimulatedConnection connection = new SimulatedConnection(store, first.namespaces())) {
                connection.run("CREATE TABLE account(id INTEGER PRIMARY KEY, n)");
                for (int i = 0; i < ACCOUNTS; i++) {
                    connection.run("INSERT INTO account VALUES (" + i + ", 100)");
                }
            }
            for (SimulatedProcess process : List.of(first, second)) {
                PageStore store = process.namespaces().open("app");
                for (int i = 0; i < 3; i++) {
                    process.spawn("client " + process.number() + "." + i, false, () -> move(scheduler, process, store));
                }
            }
        });
        scheduler.run();
        Scheduler after = new Scheduler(seed);
        SimulatedProcess reader =
                new SimulatedProcess(after, new SimulatedServer(after, memory, NetworkWeather.FAIR), 3, 0);
        after.spawn("end", null, false, () -> {
            try (PageStore store = reader.namespaces().open("app");
                    SimulatedConnection connection = new SimulatedConnection(store, reader.namespaces())) {
                sum[0] = connection.number("SELECT sum(n) FROM account");
                assertThat(connection.query("PRAGMA integrity_check")).isEqualTo("ok\n");
            }
        });
        after.run();
        assertThat(sum[0]).isEqualTo(ACCOUNTS * 100);
        return scheduler.trace().hash();
    }

    private void move(Scheduler scheduler, SimulatedProcess process, PageStore store) {
        try (SimulatedConnection connection = new SimulatedConnection(store, process.namespaces())) {
            for (int i = 0; i < 10; i++) {
                int from = scheduler.random().nextInt(ACCOUNTS);
                int to = scheduler.random().nextInt(ACCOUNTS);
                int amount = scheduler.random().nextInt(10);
                try {
                    connection.run("BEGIN");
                    connection.run("UPDATE account SET n = n - " + amount + " WHERE id = " + from);
                    connection.run("UPDATE account SET n = n + " + amount + " WHERE id = " + to);
                    connection.run("COMMIT");
                    moved.add(scheduler.micros());
                } catch (DatabaseException e) {
                    assertThat(SimulatedConnection.isConflict(e))
                            .as(e.toString())
                            .isTrue();
                    connection.rollBack();
                }
            }
        }
    }

    @Test
    void moneyThatMovesIsNeitherMadeNorLost() {
        for (long seed : Seeds.chosen(20, 500)) {
            try {
                run(seed);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(Seeds.replay(CountersTest.class, seed), e);
            }
        }
        assertThat(moved).isNotEmpty();
    }

    @Test
    void oneSeedIsOneRun() {
        for (long seed : Seeds.chosen(5, 50)) {
            assertThat(run(seed)).as("seed %d", seed).isEqualTo(run(seed));
        }
        assertThat(run(1)).isNotEqualTo(run(2));
    }
}
