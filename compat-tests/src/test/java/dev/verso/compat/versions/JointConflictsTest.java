package dev.verso.compat.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.compat.versions.ConflictCase.Second;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvStore;
import dev.verso.kv.contract.FaultyKvStore;
import dev.verso.kv.contract.FaultyKvStore.CommitFault;
import dev.verso.kv.contract.TestStores;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.kv.pages.Namespaces;
import dev.verso.pager.PageStore;
import dev.verso.pager.memory.MemoryStore;
import dev.verso.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The conflict matrix of docs/decisions/0008-row-conflicts.md for transactions over two namespaces ({@code main} and {@code b}, with the same
 * tables): two transactions on one snapshot, the first commits before the second. Where both commit, the databases hold what they leave
 * one after the other.
 */
final class JointConflictsTest {
    private static final List<String> SMALL = List.of(
            "CREATE TABLE $t(id INTEGER PRIMARY KEY, a, b)",
            "CREATE INDEX $ta ON t(a)",
            "INSERT INTO $t SELECT value * 10, value, 'b' || value FROM generate_series(1, 20)");
    private static final List<String> LARGE = List.of(
            "CREATE TABLE $t(id INTEGER PRIMARY KEY, a, b)",
            "INSERT INTO $t SELECT value * 10, value, hex(zeroblob(200)) FROM generate_series(1, 400)");

    static Stream<ConflictCase> cases() {
        return Stream.of(
                ConflictCase.of(
                        "same leaves, different rows, in both",
                        SMALL,
                        "UPDATE main.t SET a = 100 WHERE id = 10;UPDATE b.t SET a = 100 WHERE id = 10",
                        "UPDATE main.t SET a = 200 WHERE id = 20;UPDATE b.t SET a = 200 WHERE id = 20",
                        Second.ALWAYS),
                ConflictCase.of(
                        "same leaf in one, other pages in the other",
                        LARGE,
                        "UPDATE main.t SET a = 100 WHERE id = 10;UPDATE b.t SET a = 100 WHERE id = 10",
                        "UPDATE main.t SET a = 200 WHERE id = 4000;UPDATE b.t SET a = 200 WHERE id = 20",
                        Second.ALWAYS),
                ConflictCase.of(
                        "other pages in both",
                        LARGE,
                        "UPDATE main.t SET a = 100 WHERE id = 10;UPDATE b.t SET a = 100 WHERE id = 10",
                        "UPDATE main.t SET a = 200 WHERE id = 4000;UPDATE b.t SET a = 200 WHERE id = 4000",
                        Second.ALWAYS),
                ConflictCase.of(
                        "same row in one, another in the other",
                        SMALL,
                        "UPDATE main.t SET a = 100 WHERE id = 10;UPDATE b.t SET a = 100 WHERE id = 10",
                        "UPDATE main.t SET a = 200 WHERE id = 20;UPDATE b.t SET b = 'x' WHERE id = 10",
                        Second.NEVER),
                ConflictCase.of(
                        "same rows in both",
                        SMALL,
                        "UPDATE main.t SET a = 100 WHERE id = 10;UPDATE b.t SET a = 100 WHERE id = 10",
                        "UPDATE main.t SET a = 200 WHERE id = 10;UPDATE b.t SET a = 200 WHERE id = 10",
                        Second.NEVER),
                ConflictCase.of(
                        "the first in one only, another row",
                        SMALL,
                        "UPDATE b.t SET a = 100 WHERE id = 10",
                        "UPDATE main.t SET a = 200 WHERE id = 20;UPDATE b.t SET a = 200 WHERE id = 20",
                        Second.ALWAYS),
                ConflictCase.of(
                        "the first in one only, the same row",
                        SMALL,
                        "UPDATE b.t SET a = 100 WHERE id = 10",
                        "UPDATE main.t SET a = 200 WHERE id = 20;UPDATE b.t SET a = 200 WHERE id = 10",
                        Second.NEVER),
                ConflictCase.of(
                        "the second in one only, another row",
                        SMALL,
                        "UPDATE main.t SET a = 200 WHERE id = 20;UPDATE b.t SET a = 200 WHERE id = 20",
                        "UPDATE b.t SET a = 100 WHERE id = 10",
                        Second.ALWAYS),
                ConflictCase.of(
                        "insert into a scanned range of the other",
                        SMALL,
                        "INSERT INTO b.t VALUES (15, 0, 0)",
                        "INSERT INTO main.t VALUES (1000, (SELECT count(b) FROM b.t WHERE id BETWEEN 10 AND 20), 0)",
                        Second.SNAPSHOT),
                ConflictCase.of(
                        "insert beside a scanned range of the other",
                        SMALL,
                        "INSERT INTO b.t VALUES (95, 90, 0)",
                        "INSERT INTO main.t VALUES (1000, (SELECT count(b) FROM b.t WHERE a BETWEEN 4 AND 6), 0)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "insert into a scanned range of the other, which is written, too",
                        SMALL,
                        "INSERT INTO b.t VALUES (1001, 5, 0)",
                        "INSERT INTO main.t VALUES (1000, (SELECT count(b) FROM b.t WHERE a BETWEEN 4 AND 6), 0);"
                                + "UPDATE b.t SET b = 0 WHERE id = 200",
                        Second.SNAPSHOT),
                ConflictCase.of(
                        "a row of the other that the second has only read",
                        SMALL,
                        "UPDATE b.t SET a = 100 WHERE id = 10",
                        "INSERT INTO main.t VALUES (1000, (SELECT a FROM b.t WHERE id = 10), 0)",
                        Second.SNAPSHOT),
                ConflictCase.of(
                        "a row of the other beside one that the second has only read",
                        SMALL,
                        "UPDATE b.t SET a = 100 WHERE id = 10",
                        "INSERT INTO main.t VALUES (1000, (SELECT a FROM b.t WHERE id = 20), 0)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "a row of the other that the second has written as it was",
                        SMALL,
                        "UPDATE b.t SET a = 100 WHERE id = 10",
                        "UPDATE main.t SET a = 0 WHERE id = 10;UPDATE b.t SET a = a WHERE id = 10",
                        Second.NEVER),
                ConflictCase.of(
                        "write skew over both",
                        SMALL,
                        "UPDATE b.t SET a = 1000 WHERE id = 10 AND (SELECT sum(a) FROM main.t) < 500",
                        "UPDATE main.t SET a = 1000 WHERE id = 10 AND (SELECT sum(a) FROM b.t) < 500",
                        Second.SNAPSHOT),
                ConflictCase.of(
                        "splits of the same pages in both",
                        LARGE,
                        "INSERT INTO main.t SELECT value, 0, hex(zeroblob(300)) FROM generate_series(101, 108);"
                                + "INSERT INTO b.t SELECT value, 0, hex(zeroblob(300)) FROM generate_series(101, 108)",
                        "INSERT INTO main.t SELECT value, 0, hex(zeroblob(300)) FROM generate_series(111, 118);"
                                + "INSERT INTO b.t SELECT value, 0, hex(zeroblob(300)) FROM generate_series(111, 118)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "growth against growth in both",
                        LARGE,
                        "INSERT INTO main.t VALUES (5, 0, zeroblob(20000));INSERT INTO b.t VALUES (5, 0, zeroblob(20000))",
                        "INSERT INTO main.t VALUES (3995, 0, zeroblob(20000));"
                                + "INSERT INTO b.t VALUES (3995, 0, zeroblob(20000))",
                        Second.ALWAYS),
                ConflictCase.of(
                        "growth in one, freed pages in the other",
                        List.of(
                                LARGE.get(0),
                                LARGE.get(1),
                                "UPDATE $t SET b = zeroblob(20000) WHERE id IN (10, 20, 4000)"),
                        "DELETE FROM main.t WHERE id = 10;INSERT INTO b.t VALUES (5, 0, zeroblob(20000))",
                        "INSERT INTO main.t VALUES (3995, 0, zeroblob(20000));DELETE FROM b.t WHERE id = 4000",
                        Second.ALWAYS),
                ConflictCase.of(
                        "appends to both",
                        SMALL,
                        "INSERT INTO main.t(a, b) VALUES (1, 1);INSERT INTO b.t(a, b) VALUES (1, 1)",
                        "INSERT INTO main.t(a, b) VALUES (2, 2);INSERT INTO b.t(a, b) VALUES (2, 2)",
                        Second.ONE_JVM),
                ConflictCase.of(
                        "the same unique key in one",
                        List.of(
                                "CREATE TABLE $t(id INTEGER PRIMARY KEY, name UNIQUE)",
                                "INSERT INTO $t VALUES (1, 'a'), (2, 'b')"),
                        "INSERT INTO main.t VALUES (10, 'x');INSERT INTO b.t VALUES (10, 'x')",
                        "INSERT INTO main.t VALUES (11, 'y');INSERT INTO b.t VALUES (11, 'x')",
                        Second.NEVER),
                ConflictCase.of(
                        "AUTOINCREMENT in both, with rowids of their own",
                        List.of(
                                "CREATE TABLE $t(id INTEGER PRIMARY KEY AUTOINCREMENT, a)",
                                "INSERT INTO $t(a) VALUES (1)"),
                        "INSERT INTO main.t VALUES (100, 2);INSERT INTO b.t VALUES (50, 2)",
                        "INSERT INTO main.t VALUES (50, 2);INSERT INTO b.t VALUES (100, 2)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "growth against new tables in both",
                        LARGE,
                        "INSERT INTO main.t VALUES (5, 0, zeroblob(20000));INSERT INTO b.t VALUES (5, 0, zeroblob(9000))",
                        "CREATE TABLE main.x(x UNIQUE);INSERT INTO main.x VALUES (1);CREATE TABLE b.y(y);"
                                + "CREATE INDEX b.yy ON y(y);INSERT INTO b.y VALUES (2)",
                        Second.ALWAYS),
                ConflictCase.of(
                        "a new table in one against a new table there",
                        SMALL,
                        "CREATE TABLE b.x(x)",
                        "CREATE TABLE b.y(y);UPDATE main.t SET a = 1 WHERE id = 10",
                        Second.NEVER),
                ConflictCase.of(
                        "emptying a table of one against an insert",
                        SMALL,
                        "DELETE FROM b.t",
                        "INSERT INTO main.t VALUES (1000, 1, 1);INSERT INTO b.t VALUES (1000, 1, 1)",
                        Second.NEVER));
    }

    private final KvStore memory = TestStores.open(MemoryKvStore::create);
    private final FaultyKvStore kv = new FaultyKvStore(memory, 1);
    private final Namespaces namespaces = new Namespaces(kv);
    private final List<Client> clients = new ArrayList<>();

    /** What one JVM has open. */
    private final class Machine {
        private final Map<String, PageStore> stores = new HashMap<>();

        private PageStore open(String name) {
            return stores.computeIfAbsent(name, namespaces::open);
        }

        private Client client() {
            return add(new Client(open("a"), this::open), "b");
        }
    }

    private Client add(Client client, String attached) {
        clients.add(client);
        client.run("ATTACH '" + attached + "' AS b");
        return client;
    }

    private void create() {
        namespaces.create("a");
        namespaces.create("b");
    }

    private static void setUp(Client client, List<String> statements) {
        for (String each : statements) {
            client.run(each.replace("$", "main."));
            client.run(each.replace("$", "b."));
        }
    }

    @AfterEach
    void close() {
        clients.forEach(Client::close);
        memory.close();
    }

    private static void assertSame(Client one, Client other) {
        assertThat(one.dump("main")).isEqualTo(other.dump("main"));
        assertThat(one.dump("b")).isEqualTo(other.dump("b"));
    }

    private static void assertSound(Client client) {
        assertThat(client.query("PRAGMA main.integrity_check")).isEqualTo("ok\n");
        assertThat(client.query("PRAGMA b.integrity_check")).isEqualTo("ok\n");
    }

    private static void assertConflict(Client client) {
        assertThatThrownBy(() -> client.run("COMMIT"))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.code()).isEqualTo(ResultCode.BUSY_SNAPSHOT));
    }

    private void check(ConflictCase test, boolean oneJvm, boolean snapshot, boolean foreign) {
        create();
        Machine machine = new Machine();
        Client one = machine.client();
        Client two = (oneJvm ? machine : new Machine()).client();
        Client serial = add(new Client(new MemoryStore()), "b");
        setUp(one, test.setup());
        setUp(serial, test.setup());
        if (foreign) {
            one.run(
                    "CREATE TABLE main.beside(id INTEGER PRIMARY KEY, x); CREATE TABLE b.beside(id INTEGER PRIMARY KEY, x)");
            serial.run(
                    "CREATE TABLE main.beside(id INTEGER PRIMARY KEY, x); CREATE TABLE b.beside(id INTEGER PRIMARY KEY, x)");
        }
        if (snapshot) {
            one.run("PRAGMA verso_isolation = snapshot");
            two.run("PRAGMA verso_isolation = snapshot");
        }
        one.run("BEGIN");
        test.first().forEach(one::run);
        two.run("BEGIN");
        test.second().forEach(two::run);
        one.run("COMMIT");
        test.first().forEach(serial::run);
        if (foreign) {
            Client third = new Machine().client();
            for (String schema : new String[] {"main", "b"}) {
                third.run("INSERT INTO " + schema + ".beside VALUES (1, hex(zeroblob(4000)))");
                serial.run("INSERT INTO " + schema + ".beside VALUES (1, hex(zeroblob(4000)))");
            }
        }
        boolean commits =
                switch (test.commits()) {
                    case ALWAYS -> true;
                    case SNAPSHOT -> snapshot;
                    case ONE_JVM -> oneJvm;
                    case NEVER -> false;
                };
        if (commits) {
            two.run("COMMIT");
            if (test.commits() != Second.SNAPSHOT) {
                test.second().forEach(serial::run);
            }
        } else {
            assertConflict(two);
        }
        assertSound(two);
        if (!commits || test.commits() != Second.SNAPSHOT) {
            assertSame(two, serial);
        }
        assertSame(one, two);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void inOneJvm(ConflictCase test) {
        check(test, true, false, false);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void underSnapshotIsolation(ConflictCase test) {
        check(test, true, true, false);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void onTwoMachines(ConflictCase test) {
        check(test, false, false, false);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void withAThirdMachineInBetween(ConflictCase test) {
        check(test, true, false, true);
    }

    @ParameterizedTest
    @EnumSource(
            value = CommitFault.class,
            names = {"CONFLICT", "TOO_OLD", "UNKNOWN_LOST", "UNKNOWN_APPLIED", "UNKNOWN_LATE"})
    void carriedOutAgainItIsAppliedOnceWhateverTheAnswer(CommitFault fault) {
        create();
        Client one = new Machine().client();
        Client two = new Machine().client();
        setUp(one, SMALL);
        for (int i = 1; i <= 5; i++) {
            two.run("BEGIN; UPDATE main.t SET a = a - 1 WHERE id = 20; UPDATE b.t SET a = a + 1 WHERE id = 20");
            one.run("UPDATE main.t SET a = a + 1 WHERE id = 10; UPDATE b.t SET a = a + 1 WHERE id = 10");
            kv.onNextCommits(fault);
            two.run("COMMIT");
            assertThat(one.query("SELECT (SELECT a FROM main.t WHERE id = 20), (SELECT a FROM b.t WHERE id = 20)"))
                    .isEqualTo((2 - i) + "|" + (2 + i) + "\n");
            assertThat(two.query("SELECT (SELECT a FROM main.t WHERE id = 10), (SELECT a FROM b.t WHERE id = 10)"))
                    .isEqualTo((1 + i) + "|" + (1 + i) + "\n");
        }
    }

    @Test
    void aConflictInTheSecondNamespaceUndoesWhatWasCarriedOutAgainInTheFirst() {
        create();
        Client one = new Machine().client();
        Client two = new Machine().client();
        setUp(one, SMALL);
        two.run("BEGIN; UPDATE main.t SET a = 77 WHERE id = 20; UPDATE b.t SET a = 77 WHERE id = 20");
        one.run("UPDATE main.t SET a = 0 WHERE id = 10; UPDATE b.t SET a = 0 WHERE id = 20");
        assertConflict(two);
        assertSame(one, two);
        assertThat(two.query("SELECT count(*) FROM main.t WHERE a = 77")).isEqualTo("0\n");
        two.run("BEGIN; UPDATE main.t SET a = 77 WHERE id = 20; UPDATE b.t SET a = 77 WHERE id = 20; COMMIT");
        assertThat(one.query("SELECT (SELECT a FROM main.t WHERE id = 20) + (SELECT a FROM b.t WHERE id = 20)"))
                .isEqualTo("154\n");
    }

    @Test
    void afterACommitInOneNamespaceAStatementThatStillReadsSeesTheOtherAtTheSameMoment() {
        create();
        Client writer = new Machine().client();
        Client reader = new Machine().client();
        setUp(writer, SMALL);
        // Else it would conflict by what it has read.
        reader.run("PRAGMA verso_isolation = snapshot");
        String both = "SELECT (SELECT a FROM main.t WHERE id = 10), (SELECT a FROM b.t WHERE id = 10)";
        try (PreparedStatement open = reader.connection().prepare("SELECT id FROM main.t", 0)) {
            assertThat(open.step()).isTrue();
            assertThat(reader.query(both)).isEqualTo("1|1\n");
            writer.run("BEGIN; UPDATE main.t SET a = 0 WHERE id = 10; UPDATE b.t SET a = 0 WHERE id = 10; COMMIT");
            assertThat(reader.query(both)).isEqualTo("1|1\n");
            reader.run("UPDATE b.t SET b = 'x' WHERE id = 200");
            assertThat(reader.query(both)).isEqualTo("0|0\n");
            int rows = 1;
            while (open.step()) {
                rows++;
            }
            assertThat(rows).isEqualTo(20);
        }
        assertSame(writer, reader);
    }

    @Test
    void whatIsReadWhileOneNamespaceIsNewerShowsOneMoment() {
        create();
        Client writer = new Machine().client();
        Client reader = new Machine().client();
        setUp(writer, SMALL);
        reader.run("BEGIN");
        assertThat(reader.query("SELECT a FROM main.t WHERE id = 10")).isEqualTo("1\n");
        writer.run("BEGIN; UPDATE main.t SET a = 0 WHERE id = 10; UPDATE b.t SET a = 0 WHERE id = 10; COMMIT");
        // Its first look at the other comes after the commit, and shows what was before it.
        assertThat(reader.query("SELECT a FROM b.t WHERE id = 10")).isEqualTo("1\n");
        reader.run("UPDATE main.t SET b = 'new' WHERE id = 20; UPDATE b.t SET b = 'new' WHERE id = 20");
        assertThat(reader.query("SELECT (SELECT a FROM main.t WHERE id = 10), (SELECT a FROM b.t WHERE id = 10)"))
                .isEqualTo("1|1\n");
        // What it has read was changed; as a writer it would have to come first and last.
        assertConflict(reader);
        reader.run("BEGIN; UPDATE main.t SET b = 'new' WHERE id = 20; UPDATE b.t SET b = 'new' WHERE id = 20; COMMIT");
        assertSame(writer, reader);
    }
}
