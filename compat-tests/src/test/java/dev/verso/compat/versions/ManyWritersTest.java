package dev.verso.compat.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.compat.Engines;
import dev.verso.error.DatabaseException;
import dev.verso.kv.KvStore;
import dev.verso.kv.contract.TestStores;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.kv.pages.NamespaceAddress;
import dev.verso.kv.pages.Namespaces;
import dev.verso.pager.PageStore;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads write at once, each through its own connection. */
final class ManyWritersTest {
    private static final int THREADS = 8;

    @TempDir
    Path folder;

    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void together(int threads, Work work) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                try {
                    work.run(number);
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                }
            });
            thread.start();
            running.add(thread);
        }
        for (Thread thread : running) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
    }

    private void assertExportIsSound(Namespaces namespaces) throws SQLException {
        Path file = folder.resolve("export.sqlite");
        namespaces.exportFile(NamespaceAddress.parse("app"), file, (done, total) -> {});
        try (java.sql.Connection real = Engines.sqlite(file.toString());
                Statement statement = real.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("ok");
        }
    }

    @Test
    void insertsIntoOneTableNeverConflictAndExportsAreSound() throws Exception {
        int rounds = 40;
        try (KvStore kv = TestStores.open(() -> MemoryKvStore.builder()
                .seed(5)
                .delayMicros(100, 600)
                .unknownResults(0.1)
                .build())) {
            Namespaces namespaces = new Namespaces(kv);
            namespaces.create("app");
            PageStore store = namespaces.open("app");
            try (Client client = new Client(store)) {
                client.run("PRAGMA page_size = 512");
                client.run("CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, writer, round, text)");
                client.run("CREATE UNIQUE INDEX once ON t(writer, round)");
                client.run("CREATE INDEX texts ON t(text)");
                client.run("INSERT INTO t(writer, round) VALUES (-1, 0)");
            }
            together(THREADS, thread -> {
                SplittableRandom random = new SplittableRandom(thread);
                try (Client client = new Client(store)) {
                    for (int round = 0; round < rounds; round++) {
                        client.run("BEGIN");
                        client.run("INSERT INTO t(writer, round, text) VALUES (" + thread + ", " + round
                                + ", hex(zeroblob(" + random.nextInt(400) + ")))");
                        if (round % 4 == 3) {
                            client.run("DELETE FROM t WHERE writer = " + thread + " AND round = " + (round - 2));
                        }
                        client.run("COMMIT");
                    }
                }
            });
            try (Client client = new Client(store)) {
                assertThat(client.query("SELECT count(*) FROM t WHERE writer >= 0"))
                        .isEqualTo(THREADS * rounds * 3 / 4 + "\n");
                assertThat(client.query("SELECT seq = (SELECT max(id) FROM t) FROM sqlite_sequence"))
                        .isEqualTo("1\n");
                assertThat(client.query("PRAGMA integrity_check")).isEqualTo("ok\n");
            }
            assertExportIsSound(namespaces);
        }
    }

    @Test
    void statementsOfTheirOwnRunAgainAfterAConflict() throws Exception {
        int rounds = 30;
        try (KvStore kv = TestStores.open(MemoryKvStore::create)) {
            Namespaces namespaces = new Namespaces(kv);
            namespaces.create("app");
            PageStore store = namespaces.open("app");
            try (Client client = new Client(store)) {
                client.run("CREATE TABLE c(n)");
                client.run("INSERT INTO c VALUES (0)");
            }
            together(4, thread -> {
                try (Client client = new Client(thread < 2 ? store : namespaces.open("app"))) {
                    client.run("PRAGMA busy_timeout = 60000");
                    for (int round = 0; round < rounds; round++) {
                        client.run("UPDATE c SET n = n + 1");
                    }
                }
            });
            try (Client client = new Client(store)) {
                assertThat(client.query("SELECT n FROM c")).isEqualTo(4 * rounds + "\n");
            }
        }
    }

    /** Statements on their own that change both namespaces, beside others that change one. */
    @Test
    void moneyMovedBetweenNamespacesIsNeitherMadeNorLostAndNoConflictShows() throws Exception {
        int rounds = 25;
        int accounts = 40;
        String sum = "SELECT (SELECT sum(n) FROM giver) + (SELECT sum(n) FROM taker)";
        try (KvStore kv = TestStores.open(() -> MemoryKvStore.builder()
                .seed(6)
                .delayMicros(100, 600)
                .unknownResults(0.05)
                .build())) {
            Namespaces namespaces = new Namespaces(kv);
            namespaces.create("a");
            namespaces.create("b");
            List<Map<String, PageStore>> machines = List.of(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
            try (Client client = bank(namespaces, machines.get(0))) {
                client.run("CREATE TABLE main.giver(id INTEGER PRIMARY KEY, n)");
                client.run("CREATE TABLE b.taker(id INTEGER PRIMARY KEY, n)");
                client.run("CREATE TABLE b.note(id INTEGER PRIMARY KEY, writer)");
                client.run("INSERT INTO giver SELECT value, 100 FROM generate_series(1, " + accounts + ")");
                client.run("INSERT INTO taker SELECT value, 100 FROM generate_series(1, " + accounts + ")");
            }
            together(THREADS, thread -> {
                SplittableRandom random = new SplittableRandom(thread);
                try (Client client = bank(namespaces, machines.get(thread % 2))) {
                    client.run("PRAGMA busy_timeout = 60000");
                    client.run("CREATE TEMP TRIGGER move AFTER UPDATE ON main.giver BEGIN"
                            + " UPDATE taker SET n = n + old.n - new.n WHERE id = new.id % 7 + 1; END");
                    for (int round = 0; round < rounds; round++) {
                        if (thread < 2) {
                            client.run("INSERT INTO b.note(writer) VALUES (" + thread + ")");
                        } else {
                            client.run("UPDATE giver SET n = n - " + random.nextInt(10) + " WHERE id = "
                                    + (1 + random.nextInt(accounts)));
                        }
                        if (round % 5 == 0) {
                            assertThat(client.query(sum)).isEqualTo(2 * accounts * 100 + "\n");
                        }
                    }
                }
            });
            try (Client client = bank(namespaces, machines.get(0))) {
                assertThat(client.query(sum)).isEqualTo(2 * accounts * 100 + "\n");
                assertThat(client.query("SELECT count(*) FROM note")).isEqualTo(2 * rounds + "\n");
                assertThat(client.query("SELECT sum(n) < " + accounts * 100 + " FROM giver"))
                        .isEqualTo("1\n");
                assertThat(client.query("PRAGMA b.integrity_check")).isEqualTo("ok\n");
            }
        }
    }

    private static Client bank(Namespaces namespaces, Map<String, PageStore> machine) {
        Client client = new Client(
                machine.computeIfAbsent("a", namespaces::open),
                name -> machine.computeIfAbsent(name, namespaces::open));
        client.run("ATTACH 'b' AS b");
        return client;
    }

    @Test
    void statementsOfTheirOwnGoOnWhileTheSchemaChanges() throws Exception {
        int rounds = 40;
        try (MemoryKvStore kv =
                MemoryKvStore.builder().seed(7).delayMicros(50, 300).build()) {
            Namespaces namespaces = new Namespaces(kv);
            namespaces.create("app");
            PageStore store = namespaces.open("app");
            try (Client client = new Client(store)) {
                client.run("CREATE TABLE t(id INTEGER PRIMARY KEY, writer, x)");
            }
            together(4, thread -> {
                try (Client client = new Client(thread < 3 ? store : namespaces.open("app"))) {
                    client.run("PRAGMA busy_timeout = 60000");
                    for (int round = 0; round < rounds; round++) {
                        if (thread == 0 && round % 4 == 0) {
                            client.run("CREATE TABLE other(a UNIQUE)");
                            client.run("CREATE INDEX x" + round + " ON t(x)");
                            client.run("DROP TABLE other");
                            client.run("CREATE TRIGGER r" + round + " AFTER INSERT ON t BEGIN UPDATE t SET x = x || '"
                                    + round + " ' WHERE id = new.id; END");
                        } else if (thread > 0) {
                            client.run("INSERT INTO t(writer, x) VALUES (" + thread + ", '')");
                            client.run("UPDATE t SET x = x || '.' WHERE writer = " + thread + " AND id % 3 = 0");
                        }
                    }
                }
            });
            try (Client client = new Client(store)) {
                assertThat(client.query("SELECT count(*) FROM t")).isEqualTo(3 * rounds + "\n");
                assertThat(client.query("SELECT count(*) FROM sqlite_schema")).isEqualTo(1 + 2 * rounds / 4 + "\n");
                assertThat(client.query("PRAGMA integrity_check")).isEqualTo("ok\n");
            }
        }
    }

    @Test
    void aDropThatMovesAnotherTreeCommitsAfterAnUndoneSavepoint() {
        try (MemoryKvStore kv = MemoryKvStore.create()) {
            Namespaces namespaces = new Namespaces(kv);
            namespaces.create("app");
            try (Client client = new Client(namespaces.open("app"))) {
                client.run("PRAGMA auto_vacuum = full");
                client.run("CREATE TABLE t(id INTEGER PRIMARY KEY, x, y)");
                client.run("CREATE INDEX first ON t(x); CREATE INDEX last ON t(y)");
                client.run("INSERT INTO t SELECT value, value, value FROM generate_series(1, 100)");
                client.run("BEGIN; SAVEPOINT s; UPDATE t SET y = -y; ROLLBACK TO s; RELEASE s");
                client.run("UPDATE t SET y = 1000 WHERE id = 5; DROP INDEX first; COMMIT");
                assertThat(client.query("SELECT id FROM t INDEXED BY last WHERE y = 1000"))
                        .isEqualTo("5\n");
                assertThat(client.query("PRAGMA integrity_check")).isEqualTo("ok\n");
            }
        }
    }

    @Test
    void machinesThatHaveCollidedLeaseRowidsAndCollideNoMore() {
        try (KvStore kv = TestStores.open(MemoryKvStore::create)) {
            Namespaces namespaces = new Namespaces(kv);
            namespaces.create("app");
            List<Client> machines = List.of(new Client(namespaces.open("app")), new Client(namespaces.open("app")));
            machines.get(0).run("CREATE TABLE t(id INTEGER PRIMARY KEY, x)");
            AtomicInteger conflicts = new AtomicInteger();
            for (int round = 0; round < 20; round++) {
                for (Client machine : machines) {
                    machine.run("BEGIN");
                    machine.run("INSERT INTO t(x) VALUES (1)");
                }
                for (Client machine : round % 2 == 0 ? machines : List.of(machines.get(1), machines.get(0))) {
                    try {
                        machine.run("COMMIT");
                    } catch (DatabaseException e) {
                        assertThat(e.isBusy()).isTrue();
                        conflicts.incrementAndGet();
                    }
                }
            }
            assertThat(conflicts.get()).isLessThanOrEqualTo(2);
            machines.forEach(Client::close);
        }
    }

    @Test
    void oneWriterGetsTheRowidsThatSqliteChooses() {
        try (KvStore kv = TestStores.open(MemoryKvStore::create)) {
            Namespaces namespaces = new Namespaces(kv);
            namespaces.create("app");
            PageStore store = namespaces.open("app");
            try (Client reader = new Client(store);
                    Client client = new Client(store)) {
                client.run("CREATE TABLE t(id INTEGER PRIMARY KEY, x)");
                reader.run("BEGIN");
                reader.query("SELECT count(*) FROM t");
                client.run("INSERT INTO t(x) VALUES (1)");
                client.run("BEGIN");
                client.run("INSERT INTO t(x) VALUES (2)");
                client.run("DELETE FROM t WHERE id = 2");
                client.run("INSERT INTO t(x) VALUES (3)");
                assertThat(client.query("SELECT id FROM t")).isEqualTo("1\n2\n");
                client.run("ROLLBACK");
                client.run("INSERT INTO t(x) VALUES (4)");
                client.run("DELETE FROM t WHERE id = 2");
                client.run("INSERT INTO t(x) VALUES (5)");
                assertThat(client.query("SELECT id, x FROM t")).isEqualTo("1|1\n2|5\n");
                reader.run("ROLLBACK");
            }
        }
    }

    @Test
    void isolationIsSerializableOrSnapshot() {
        try (KvStore kv = TestStores.open(MemoryKvStore::create)) {
            Namespaces namespaces = new Namespaces(kv);
            namespaces.create("app");
            try (Client client = new Client(namespaces.open("app"))) {
                assertThat(client.query("PRAGMA verso_isolation")).isEqualTo("serializable\n");
                assertThat(client.query("PRAGMA verso_isolation = snapshot")).isEqualTo("snapshot\n");
                assertThatThrownBy(() -> client.run("PRAGMA verso_isolation = dirty"))
                        .hasMessageContaining("serializable or snapshot");
            }
        }
    }
}
