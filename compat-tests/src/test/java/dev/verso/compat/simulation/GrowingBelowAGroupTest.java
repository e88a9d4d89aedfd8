package dev.verso.compat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.kv.contract.FaultyKvStore;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.kv.pages.Namespaces;
import dev.verso.pager.PageStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Another machine grows the database while a group of commits waits for its turn; what is carried out again above that group must not take
 * the new pages for free ones.
 */
final class GrowingBelowAGroupTest {
    private final Scheduler scheduler = new Scheduler(1);
    private final MemoryKvStore memory =
            MemoryKvStore.builder().clock(new SimulatedTime(scheduler, 0)).build();
    private final SimulatedServer server = new SimulatedServer(scheduler, memory, NetworkWeather.FAIR);
    private final SimulatedProcess here = new SimulatedProcess(scheduler, server, 1, 0);
    private final SimulatedProcess elsewhere = new SimulatedProcess(scheduler, server, 2, 0);
    private final FaultyKvStore kv = new FaultyKvStore(new SimulatedKvStore(scheduler, server, here, 0), 1);
    private final Namespaces namespaces = new Namespaces(kv);
    private final List<String> order = new ArrayList<>();
    private boolean isFlying;

    @Test
    void whoIsCarriedOutAgainAboveThatGroupLeavesTheNewPagesAlone() {
        scheduler.spawn("begin", here, false, this::begin);
        scheduler.run();
        assertThat(order)
                .containsExactly("grown", "seen", "over both", "waiting", "carried out again", "208 rows, ok\n");
    }

    private void begin() {
        namespaces.create("app");
        namespaces.create("other");
        PageStore store = namespaces.open("app");
        try (SimulatedConnection maker = new SimulatedConnection(store, namespaces)) {
            maker.run("PRAGMA page_size = 512");
            maker.run("CREATE TABLE t(id INTEGER PRIMARY KEY, x INT, filler TEXT)");
            maker.run("CREATE TABLE waits(x INT); INSERT INTO waits VALUES (0)");
            maker.run("CREATE TABLE joins(x INT); INSERT INTO joins VALUES (0)");
            maker.run("INSERT INTO t SELECT value * 10, 0, hex(zeroblob(25)) FROM generate_series(1, 200)");
        }
        try (SimulatedConnection maker = new SimulatedConnection(namespaces.open("other"), namespaces)) {
            maker.run("CREATE TABLE u(x INT)");
        }
        commit("waiting", store, "UPDATE waits SET x = 1", () -> scheduler.sleepMicros(20_000));
        commit(
                "carried out again",
                store,
                "INSERT INTO t SELECT value, 1, hex(zeroblob(25)) FROM generate_series(501, 504)",
                () -> {
                    while (!isFlying) {
                        scheduler.sleepMicros(1_000);
                    }
                });
        elsewhere.spawn("elsewhere", false, () -> {
            try (SimulatedConnection other = connect(elsewhere.namespaces())) {
                other.query("SELECT count(*) FROM t");
                scheduler.sleepMicros(40_000);
                other.run("INSERT INTO t SELECT value, 0, hex(zeroblob(25)) FROM generate_series(1001, 1004)");
                order.add("grown");
            }
        });
        here.spawn("reader", false, () -> {
            scheduler.sleepMicros(80_000);
            try (SimulatedConnection reader = new SimulatedConnection(store, namespaces)) {
                assertThat(reader.query("SELECT count(*) FROM t")).isEqualTo("204\n");
                order.add("seen");
            }
        });
        // While this one has the turn, no group may fly.
        SimulatedConnection both = new SimulatedConnection(store, namespaces);
        both.run("ATTACH 'other' AS other; BEGIN; UPDATE joins SET x = 1; INSERT INTO other.u VALUES (1)");
        kv.afterNextCommit(() -> {
            scheduler.sleepMicros(100_000);
            kv.beforeNextCommit(() -> {
                isFlying = true;
                scheduler.sleepMicros(100_000);
            });
        });
        both.run("COMMIT");
        order.add("over both");
        both.close();
        scheduler.sleepMicros(1_000_000);
        try (SimulatedConnection last = connect(namespaces)) {
            assertThat(last.query("SELECT sum(x) FROM t")).isEqualTo("4\n");
            order.add(last.query("SELECT count(*) || ' rows, ' || integrity_check FROM t, pragma_integrity_check"));
        }
    }

    private static SimulatedConnection connect(Namespaces namespaces) {
        return new SimulatedConnection(namespaces.open("app"), namespaces);
    }

    /** A transaction that is begun now and committed after something has happened. */
    private void commit(String name, PageStore store, String sql, Runnable await) {
        here.spawn(name, false, () -> {
            try (SimulatedConnection connection = new SimulatedConnection(store, namespaces)) {
                connection.run("BEGIN");
                connection.run(sql);
                await.run();
                connection.run("COMMIT");
                order.add(name);
            }
        });
    }
}
