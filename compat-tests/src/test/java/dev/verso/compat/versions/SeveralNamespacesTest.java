package dev.verso.compat.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvLimits;
import dev.verso.kv.KvStore;
import dev.verso.kv.contract.CountingKvStore;
import dev.verso.kv.contract.FaultyKvStore;
import dev.verso.kv.contract.FaultyKvStore.CommitFault;
import dev.verso.kv.contract.TestStores;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.kv.pages.Namespaces;
import dev.verso.sql.Connection;
import dev.verso.sql.PreparedStatement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions over several databases of one store: atomic, and on one snapshot. */
final class SeveralNamespacesTest {
    /** SQLite's limit. */
    private static final int MOST_ATTACHED = 10;

    private final KvStore memory = TestStores.open(
            () -> MemoryKvStore.builder().limits(KvLimits.FOUNDATIONDB).build());
    private final FaultyKvStore faulty = new FaultyKvStore(memory, 1);
    private final CountingKvStore kv = new CountingKvStore(faulty);
    private final Namespaces namespaces = new Namespaces(kv);

    @AfterEach
    void closeStore() {
        memory.close();
    }

    private Connection connect(Namespaces from) {
        for (String name : new String[] {"a", "b", "c"}) {
            from.createIfAbsent(name);
        }
        Connection connection = new Connection(from.open("a"), name -> from.open(name));
        connection.execute("ATTACH 'b' AS b; ATTACH 'c' AS c");
        return connection;
    }

    private Connection prepared() {
        Connection connection = connect(namespaces);
        for (String schema : new String[] {"main", "b", "c"}) {
            connection.execute("CREATE TABLE " + schema + ".t(id INTEGER PRIMARY KEY, n INTEGER)");
            connection.execute("INSERT INTO " + schema + ".t VALUES (1, 100)");
        }
        return connection;
    }

    private static long number(Connection connection, String sql) {
        try (PreparedStatement statement = connection.prepare(sql, 0)) {
            assertThat(statement.step()).isTrue();
            return statement.columnLong(0);
        }
    }

    private static final String SUM =
            "SELECT (SELECT sum(n) FROM main.t) + (SELECT sum(n) FROM b.t) + (SELECT sum(n) FROM c.t)";

    @Test
    void aTransactionReachesAsManyNamespacesAsCanBeAttached() {
        namespaces.create("n0");
        try (Connection all = new Connection(namespaces.open("n0"), namespaces::open);
                Connection last = attachedLast(all)) {
            all.execute("BEGIN");
            for (int i = 0; i <= MOST_ATTACHED; i++) {
                all.execute("UPDATE " + schema(i) + ".t SET n = n + 1");
            }
            kv.reset();
            all.execute("COMMIT");
            assertThat(kv.commits()).isEqualTo(1);
            all.execute("BEGIN");
            for (int i = 0; i <= MOST_ATTACHED; i++) {
                assertThat(number(all, "SELECT n FROM " + schema(i) + ".t")).isEqualTo(1);
                all.execute("UPDATE " + schema(i) + ".t SET n = n + 1");
            }
            last.execute("UPDATE t SET n = 7");
            assertThatThrownBy(() -> all.execute("COMMIT"))
                    .isInstanceOfSatisfying(
                            DatabaseException.class, e -> assertThat(e.code()).isEqualTo(ResultCode.BUSY_SNAPSHOT));
            for (int i = 0; i <= MOST_ATTACHED; i++) {
                assertThat(number(all, "SELECT n FROM " + schema(i) + ".t")).isEqualTo(i == MOST_ATTACHED ? 7 : 1);
            }
            namespaces.create("n11");
            assertThatThrownBy(() -> all.execute("ATTACH 'n11' AS n11"))
                    .hasMessageContaining("too many attached databases - max 10");
        }
    }

    /** Attaches all there can be, with a table in each; returns another connection, to the last of them. */
    private Connection attachedLast(Connection all) {
        for (int i = 0; i <= MOST_ATTACHED; i++) {
            if (i > 0) {
                namespaces.create("n" + i);
                all.execute("ATTACH 'n" + i + "' AS n" + i);
            }
            all.execute("CREATE TABLE " + schema(i) + ".t(n); INSERT INTO " + schema(i) + ".t VALUES (0)");
        }
        return new Connection(namespaces.open("n" + MOST_ATTACHED), namespaces::open);
    }

    private static String schema(int database) {
        return database == 0 ? "main" : "n" + database;
    }

    @Test
    void aCommitOverThreeIsOneCommitOfTheStore() {
        try (Connection connection = prepared()) {
            connection.execute(
                    "BEGIN; UPDATE main.t SET n = n - 3; UPDATE b.t SET n = n + 1; UPDATE c.t SET n = n + 2");
            kv.reset();
            connection.execute("COMMIT");
            assertThat(kv.commits()).isEqualTo(1);
            assertThat(namespaces.newestVersion("a"))
                    .isEqualTo(namespaces.newestVersion("b"))
                    .isEqualTo(namespaces.newestVersion("c"));
            assertThat(number(connection, SUM)).isEqualTo(300);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CommitFault.class,
            names = {"CONFLICT", "TOO_OLD", "UNKNOWN_LOST", "UNKNOWN_APPLIED", "UNKNOWN_LATE"})
    void itIsAppliedExactlyOnceWhateverTheAnswer(CommitFault fault) {
        try (Connection connection = prepared()) {
            for (int i = 1; i <= 5; i++) {
                connection.execute("BEGIN; UPDATE main.t SET n = n - 1; UPDATE b.t SET n = n + 1");
                faulty.onNextCommits(fault);
                connection.execute("COMMIT");
                assertThat(number(connection, "SELECT n FROM b.t")).isEqualTo(100 + i);
                assertThat(number(connection, "SELECT n FROM main.t")).isEqualTo(100 - i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void noPartOfWhatIsDoneUnderALockIsSeenWhereOnlyAMomentOfItIsAskedFor(boolean keep, boolean goesOn) {
        try (Connection connection = prepared();
                Connection owner = new Connection(namespaces.open("b"), namespaces::open)) {
            namespaces.lock("b", "owner", Duration.ofHours(1));
            owner.session().database(0).pager().session().actAs("owner");
            owner.execute("UPDATE t SET n = 1");
            // A commit that has nothing to do with it makes the moment that this transaction sees.
            connection.execute("UPDATE main.t SET n = n");
            connection.execute("BEGIN");
            assertThat(number(connection, "SELECT n FROM main.t")).isEqualTo(100);
            if (goesOn) {
                owner.execute("UPDATE t SET n = 2");
            }
            namespaces.unlock("b", "owner", keep);
            assertThatThrownBy(() -> number(connection, "SELECT n FROM b.t"))
                    .isInstanceOfSatisfying(
                            DatabaseException.class,
                            e -> assertThat(e.code()).as(e.toString()).isEqualTo(ResultCode.BUSY_SNAPSHOT));
            if (!connection.session().isAutocommit()) {
                connection.execute("ROLLBACK");
            }
            assertThat(number(connection, "SELECT n FROM main.t")).isEqualTo(100);
            assertThat(number(connection, "SELECT n FROM b.t")).isEqualTo(!keep ? 100 : goesOn ? 2 : 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasReadBeforeALockCountsWhileItIsThere(boolean changed) {
        try (Connection connection = prepared();
                Connection other = connect(new Namespaces(kv));
                Connection owner = new Connection(namespaces.open("b"), namespaces::open)) {
            connection.execute("BEGIN; UPDATE main.t SET n = (SELECT n FROM b.t) + 1");
            if (changed) {
                other.execute("UPDATE b.t SET n = 7");
            }
            namespaces.lock("b", "owner", Duration.ofHours(1));
            owner.session().database(0).pager().session().actAs("owner");
            owner.execute("UPDATE t SET n = 8");
            if (changed) {
                assertThatThrownBy(() -> connection.execute("COMMIT"))
                        .isInstanceOfSatisfying(
                                DatabaseException.class,
                                e -> assertThat(e.code()).as(e.toString()).isEqualTo(ResultCode.BUSY_SNAPSHOT));
            } else {
                // What the owner does comes later, or never.
                connection.execute("COMMIT");
            }
            namespaces.unlock("b", "owner", true);
            if (!connection.session().isAutocommit()) {
                connection.execute("ROLLBACK");
            }
            assertThat(number(connection, "SELECT n FROM main.t")).isEqualTo(changed ? 100 : 101);
        }
    }

    @Test
    void aConflictInOneOfThemLeavesAllAsTheyWere() {
        try (Connection connection = prepared();
                Connection other = connect(new Namespaces(kv))) {
            connection.execute("BEGIN; UPDATE main.t SET n = 0; UPDATE b.t SET n = 0");
            other.execute("UPDATE b.t SET n = 7");
            assertThatThrownBy(() -> connection.execute("COMMIT")).isInstanceOf(DatabaseException.class);
            if (!connection.session().isAutocommit()) {
                connection.execute("ROLLBACK");
            }
            assertThat(number(connection, "SELECT n FROM main.t")).isEqualTo(100);
            assertThat(number(connection, "SELECT n FROM b.t")).isEqualTo(7);
        }
    }

    @Test
    void whatIsReadFirstDecidesTheMomentForAll() {
        try (Connection reader = prepared();
                Connection writer = connect(new Namespaces(kv))) {
            reader.execute("BEGIN");
            assertThat(number(reader, "SELECT n FROM main.t")).isEqualTo(100);
            writer.execute("BEGIN; UPDATE main.t SET n = 1; UPDATE b.t SET n = 2; UPDATE c.t SET n = 3; COMMIT");
            assertThat(number(reader, SUM)).isEqualTo(300);
            // A write on a snapshot that is not the newest finds out at its commit.
            reader.execute("UPDATE b.t SET n = n + 1");
            assertThatThrownBy(() -> reader.execute("COMMIT")).isInstanceOf(DatabaseException.class);
            if (!reader.session().isAutocommit()) {
                reader.execute("ROLLBACK");
            }
            assertThat(number(reader, SUM)).isEqualTo(6);
        }
    }

    @Test
    void aCommitOverThreeIsTwoRoundTripsAloneAndInCompany() {
        try (Connection connection = prepared();
                Connection other = connect(new Namespaces(kv))) {
            connection.execute("CREATE TABLE b.beside(n)");
            for (int round = 0; round < 6; round++) {
                connection.execute(
                        "BEGIN; UPDATE main.t SET n = n - 1; UPDATE b.t SET n = n + 1; UPDATE c.t SET n = n + 0");
                if (round > 1) {
                    other.execute("INSERT INTO b.beside(rowid) VALUES (" + round + ")");
                }
                kv.reset();
                connection.execute("COMMIT");
                assertThat(kv.trips()).as("round %d", round).isEqualTo(2);
            }
        }
    }

    @Test
    void pragmasTellTheSchemaOfTheMoment() {
        String columns = "SELECT count(*) FROM pragma_table_info('t', 'b')";
        String tables = "SELECT count(*) FROM pragma_table_list WHERE schema = 'c' AND name NOT LIKE 'sqlite%'";
        try (Connection reader = prepared();
                Connection writer = connect(new Namespaces(kv))) {
            reader.execute("BEGIN");
            assertThat(number(reader, "SELECT n FROM main.t")).isEqualTo(100);
            writer.execute("ALTER TABLE b.t ADD COLUMN x; CREATE TABLE c.u(x)");
            assertThat(number(reader, columns)).isEqualTo(2);
            assertThat(number(reader, tables)).isEqualTo(1);
            reader.execute("COMMIT; BEGIN");
            // The schema in memory is that of the last transaction.
            assertThat(number(reader, "SELECT n FROM main.t")).isEqualTo(100);
            assertThat(number(reader, columns)).isEqualTo(3);
            assertThat(number(reader, tables)).isEqualTo(2);
            writer.execute("DROP TABLE c.u");
            assertThat(number(reader, tables)).isEqualTo(2);
            reader.execute("COMMIT");
            assertThat(number(reader, tables)).isEqualTo(1);
        }
    }

    @Test
    void whatPragmasTellOfAnotherDatabaseCountsAsRead() {
        try (Connection reader = prepared();
                Connection writer = connect(new Namespaces(kv))) {
            reader.execute("BEGIN; UPDATE main.t SET n = n + 1 + (SELECT count(*) FROM pragma_table_info('u', 'b'))");
            writer.execute("CREATE TABLE c.u(x)");
            reader.execute(
                    "COMMIT; BEGIN; UPDATE main.t SET n = n + 1 + (SELECT count(*) FROM pragma_table_info('u', 'b'))");
            writer.execute("CREATE TABLE b.u(x)");
            assertThatThrownBy(() -> reader.execute("COMMIT")).isInstanceOf(DatabaseException.class);
        }
    }

    @Test
    void sumsOverDatabasesStayRightUnderWriters() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (Connection reader = prepared();
                Connection writer = connect(new Namespaces(memory))) {
            Thread thread = new Thread(() -> {
                try {
                    for (int i = 0; i < 300 && !stop.get(); i++) {
                        writer.execute("BEGIN; UPDATE main.t SET n = n - 1; UPDATE c.t SET n = n + 1; COMMIT");
                    }
                } catch (RuntimeException e) {
                    failure.set(e);
                }
            });
            thread.start();
            for (int i = 0; i < 100; i++) {
                assertThat(number(reader, SUM)).isEqualTo(300);
            }
            stop.set(true);
            thread.join();
            assertThat(failure.get()).isNull();
            assertThat(number(reader, SUM)).isEqualTo(300);
        }
    }

    @Test
    void moreThanTheStoreTakesAtOnceIsStaged() {
        try (Connection connection = prepared()) {
            connection.execute("BEGIN");
            for (String schema : new String[] {"main", "b", "c"}) {
                connection.execute(
                        "WITH RECURSIVE x(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM x WHERE i < 1200) INSERT INTO "
                                + schema + ".t SELECT i, zeroblob(3000) FROM x");
            }
            connection.execute("COMMIT");
            assertThat(number(connection, "SELECT count(*) FROM b.t JOIN c.t USING (id) JOIN main.t USING (id)"))
                    .isEqualTo(1200);
        }
    }

    @Test
    void oneThatIsStagedConflictsByPages() {
        MemoryKvStore small = MemoryKvStore.builder()
                .limits(new KvLimits(10_000, 100_000, 100_000, 5_000))
                .build();
        try (Connection connection = connect(new Namespaces(small));
                Connection other = connect(new Namespaces(small))) {
            connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, n); INSERT INTO t VALUES (1, 100)");
            connection.execute("CREATE TABLE b.t(id INTEGER PRIMARY KEY, n); INSERT INTO b.t VALUES (1, 100)");
            connection.execute("BEGIN; UPDATE b.t SET n = 1");
            connection.execute("INSERT INTO main.t SELECT value, zeroblob(3000) FROM generate_series(2, 30)");
            other.execute("UPDATE main.t SET n = 7 WHERE id = 1");
            assertThatThrownBy(() -> connection.execute("COMMIT"))
                    .isInstanceOfSatisfying(
                            DatabaseException.class,
                            e -> assertThat(e.isBusy()).as(e.getMessage()).isTrue());
            if (!connection.session().isAutocommit()) {
                connection.execute("ROLLBACK");
            }
            assertThat(number(connection, "SELECT n FROM b.t")).isEqualTo(100);
            assertThat(number(connection, "SELECT count(*) FROM main.t")).isEqualTo(1);
        }
    }
}
