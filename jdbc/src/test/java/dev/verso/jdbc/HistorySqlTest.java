package dev.verso.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time travel, forks, rollbacks, locks and retention in SQL. */
final class HistorySqlTest {
    private static final AtomicInteger STORES = new AtomicInteger();

    private final String store = "jdbc:verso:mem:history" + STORES.incrementAndGet() + "/";
    private Connection main;

    @BeforeEach
    void open() throws SQLException {
        main = connect("app");
        run(main, "CREATE TABLE t(id INTEGER PRIMARY KEY, a)");
        run(main, "INSERT INTO t VALUES (1, 'one'), (2, 'two')");
    }

    @AfterEach
    void close() throws SQLException {
        main.close();
    }

    private Connection connect(String name) throws SQLException {
        return DriverManager.getConnection(store + name);
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> result = new ArrayList<>();
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    row.append(i == 1 ? "" : "|").append(rows.getString(i));
                }
                result.add(row.toString());
            }
            return result;
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(rows(connection, sql).get(0));
    }

    private long version() throws SQLException {
        return number(main, "SELECT verso_version()");
    }

    @Test
    void theLogShowsEachChangedRowBeforeAndAfter() throws SQLException {
        run(main, "CREATE TABLE w(a TEXT, b INTEGER, c, PRIMARY KEY(a, b)) WITHOUT ROWID");
        long since = version();
        run(main, "INSERT INTO t VALUES (3, x'0aff'), (4, NULL)");
        run(main, "UPDATE t SET a = 'zwei' WHERE id = 2");
        run(main, "DELETE FROM t WHERE id = 1");
        run(main, "INSERT INTO w VALUES ('it''s \"so\"', 7, 1.5)");
        run(main, "UPDATE w SET c = 2");
        run(main, "BEGIN");
        run(main, "UPDATE t SET a = 'x' WHERE id = 3");
        run(main, "UPDATE t SET a = x'0aff' WHERE id = 3");
        run(main, "INSERT INTO t VALUES (9, 'gone')");
        run(main, "DELETE FROM t WHERE id = 9");
        run(main, "UPDATE t SET id = 40 WHERE id = 4");
        run(main, "COMMIT");
        assertThat(rows(main, "SELECT tbl, operation, key, old, new FROM verso_changes(" + since + ")"))
                .containsExactly(
                        "t|insert|3|null|{\"id\":3,\"a\":\"0AFF\"}",
                        "t|insert|4|null|{\"id\":4,\"a\":null}",
                        "t|update|2|{\"id\":2,\"a\":\"two\"}|{\"id\":2,\"a\":\"zwei\"}",
                        "t|delete|1|{\"id\":1,\"a\":\"one\"}|null",
                        "w|insert|[\"it's \\\"so\\\"\",7]|null|{\"a\":\"it's \\\"so\\\"\",\"b\":7,\"c\":1.5}",
                        "w|update|[\"it's \\\"so\\\"\",7]|{\"a\":\"it's \\\"so\\\"\",\"b\":7,\"c\":1.5}|{\"a\":\"it's \\\"so\\\"\",\"b\":7,\"c\":2}",
                        "t|delete|4|{\"id\":4,\"a\":null}|null",
                        "t|insert|40|null|{\"id\":40,\"a\":null}");
        run(main, "DELETE FROM t");
        assertThat(number(main, "SELECT count(*) FROM verso_changes(" + since + ") WHERE operation = 'delete'"))
                .isEqualTo(5);
        assertThat(rows(main, "SELECT operation, key FROM verso_changes(0) WHERE tbl = 't' LIMIT 2"))
                .containsExactly("insert|1", "insert|2");
    }

    @Test
    void theLogShowsWhatARollbackChanged() throws SQLException {
        run(main, "CREATE TABLE w(a TEXT, b INTEGER, c, PRIMARY KEY(b, a)) WITHOUT ROWID");
        run(main, "INSERT INTO w VALUES ('x', 1, 1), ('y', 2, 2)");
        long target = version();
        run(main, "INSERT INTO t VALUES (3, 'three')");
        run(main, "UPDATE t SET a = 'zwei' WHERE id = 2");
        run(main, "DELETE FROM w WHERE b = 1");
        run(main, "UPDATE w SET c = 3 WHERE b = 2");
        run(main, "CREATE TABLE u(x)");
        run(main, "INSERT INTO u VALUES ('late')");
        long since = version();
        run(main, "SELECT verso_rollback('app', " + target + ")");
        assertThat(rows(main, "SELECT tbl, operation, key, old, new FROM verso_changes(" + since + ")"))
                .containsExactly(
                        "t|update|2|{\"id\":2,\"a\":\"zwei\"}|{\"id\":2,\"a\":\"two\"}",
                        "t|delete|3|{\"id\":3,\"a\":\"three\"}|null",
                        "u|delete|1|{\"x\":\"late\"}|null",
                        "w|insert|[1,\"x\"]|null|{\"a\":\"x\",\"b\":1,\"c\":1}",
                        "w|update|[2,\"y\"]|{\"a\":\"y\",\"b\":2,\"c\":3}|{\"a\":\"y\",\"b\":2,\"c\":2}");
        // One that changes nothing tells nothing.
        since = version();
        run(main, "SELECT verso_rollback('app', " + since + ")");
        assertThat(version()).isGreaterThan(since);
        assertThat(rows(main, "SELECT * FROM verso_changes(" + since + ")")).isEmpty();
    }

    @Test
    void aConnectionWaitsForTheNextVersion() throws Exception {
        long before = version();
        assertThat(rows(main, "SELECT verso_wait(" + before + ", 0)")).containsExactly("null");
        assertThat(number(main, "SELECT verso_wait(" + (before - 1) + ")")).isEqualTo(before);
        Thread writer = new Thread(() -> {
            try (Connection other = connect("app")) {
                run(other, "INSERT INTO t VALUES (77, 'woken')");
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
        writer.start();
        assertThat(number(main, "SELECT verso_wait(" + before + ", 60)")).isGreaterThan(before);
        writer.join();
        assertThat(rows(main, "SELECT new FROM verso_changes(" + before + ")"))
                .containsExactly("{\"id\":77,\"a\":\"woken\"}");
    }

    @Test
    void aConnectionShowsThePastAndComesBack() throws SQLException {
        long before = version();
        run(main, "UPDATE t SET a = 'eins' WHERE id = 1");
        run(main, "ALTER TABLE t ADD COLUMN b DEFAULT 7");
        assertThat(rows(main, "PRAGMA verso_snapshot")).containsExactly("now");
        assertThat(rows(main, "PRAGMA verso_snapshot = " + before)).containsExactly(Long.toString(before));
        assertThat(rows(main, "SELECT * FROM t")).containsExactly("1|one", "2|two");
        assertThat(rows(main, "PRAGMA verso_snapshot")).containsExactly(Long.toString(before));
        assertThatThrownBy(() -> run(main, "DELETE FROM t"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("PRAGMA verso_snapshot = now");
        try (Connection other = connect("app")) {
            run(other, "INSERT INTO t VALUES (3, 'three', 3)");
        }
        assertThat(rows(main, "SELECT count(*) FROM t")).containsExactly("2");
        run(main, "PRAGMA verso_snapshot = now");
        assertThat(rows(main, "SELECT * FROM t")).containsExactly("1|eins|7", "2|two|7", "3|three|3");
        String time = rows(main, "SELECT time FROM verso_versions WHERE version = " + before)
                .get(0);
        run(main, "PRAGMA verso_snapshot = '" + time + "'");
        assertThat(rows(main, "SELECT a FROM t")).containsExactly("one", "two");
        run(main, "PRAGMA verso_snapshot = 'now'");
        run(main, "DELETE FROM t WHERE id = 3");
        run(main, "BEGIN");
        assertThatThrownBy(() -> run(main, "PRAGMA verso_snapshot = " + before))
                .hasMessageContaining("inside a transaction");
        run(main, "COMMIT");
        try (Connection file = DriverManager.getConnection("jdbc:verso::memory:")) {
            assertThat(rows(file, "PRAGMA verso_snapshot")).isEmpty();
            assertThatThrownBy(() -> run(file, "PRAGMA verso_snapshot = 1")).hasMessageContaining("keeps no versions");
        }
    }

    @Test
    void aPreparedStatementFollowsTheSchemaOfTheVersionShown() throws SQLException {
        long before = version();
        run(main, "ALTER TABLE t ADD COLUMN b DEFAULT 7");
        try (PreparedStatement all = main.prepareStatement("SELECT * FROM t WHERE id = 1")) {
            for (int i = 0; i < 2; i++) {
                try (ResultSet rows = all.executeQuery()) {
                    assertThat(rows.getMetaData().getColumnCount()).isEqualTo(3);
                }
                run(main, "PRAGMA verso_snapshot = " + before);
                try (ResultSet rows = all.executeQuery()) {
                    assertThat(rows.getMetaData().getColumnCount()).isEqualTo(2);
                }
                run(main, "PRAGMA verso_snapshot = now");
            }
        }
    }

    @Test
    void oneQueryComparesThenAndNow() throws SQLException {
        long before = version();
        run(main, "UPDATE t SET a = 'eins' WHERE id = 1");
        run(main, "INSERT INTO t VALUES (3, 'three')");
        run(main, "ATTACH 'app@" + before + "' AS past");
        assertThat(rows(
                        main,
                        "SELECT n.id, o.a, n.a FROM main.t n LEFT JOIN past.t o USING (id) WHERE o.a IS NOT n.a"
                                + " ORDER BY 1"))
                .containsExactly("1|one|eins", "3|null|three");
        assertThatThrownBy(() -> run(main, "DELETE FROM past.t")).hasMessageContaining("readonly");
        run(main, "DETACH past");
        String time = rows(main, "SELECT time FROM verso_versions('app') WHERE version = " + before)
                .get(0);
        run(main, "ATTACH 'app@" + time + "' AS past");
        assertThat(rows(main, "SELECT a FROM past.t")).containsExactly("one", "two");
        try (Connection past = connect("app@" + time)) {
            assertThat(rows(past, "SELECT a FROM t")).containsExactly("one", "two");
            assertThatThrownBy(() -> run(past, "DELETE FROM t")).hasMessageContaining("readonly");
        }
        run(main, "ATTACH '" + store + "app@" + before + "' AS whole");
        assertThat(rows(main, "SELECT a FROM whole.t")).containsExactly("one", "two");
        run(main, "ATTACH 'other' AS other");
        run(main, "CREATE TABLE other.o(x)");
        assertThat(rows(main, "PRAGMA database_list").get(3)).endsWith("/other");
        assertThatThrownBy(() -> run(main, "ATTACH 'app@1' AS none1")).hasMessageContaining("app@1");
    }

    @Test
    void versionsTellTheirTimePagesAndRows() throws SQLException {
        run(main, "INSERT INTO t VALUES (3, 'three'), (4, 'four')");
        List<String> versions = rows(main, "SELECT version, pages, rows, time FROM verso_versions('app')");
        assertThat(versions).hasSize(3);
        assertThat(versions.get(2)).matches(version() + "\\|1\\|2\\|20.*Z");
        assertThat(rows(main, "SELECT count(*) FROM verso_versions")).containsExactly("3");
        assertThat(rows(
                        main,
                        "SELECT n.name, count(*) FROM (SELECT 'app' AS name) n, verso_versions(n.name) GROUP BY 1"))
                .containsExactly("app|3");
        assertThatThrownBy(() -> rows(main, "SELECT * FROM verso_versions('nothing')"))
                .hasMessageContaining("no namespace nothing");
    }

    @Test
    void forksRollbacksAndPinsAreFunctions() throws SQLException {
        long before = version();
        run(main, "DELETE FROM t");
        assertThat(number(main, "SELECT verso_fork('app', 'old', " + before + ")"))
                .isEqualTo(before);
        number(main, "SELECT verso_fork('app', 'new')");
        try (Connection old = connect("old");
                Connection fresh = connect("new")) {
            assertThat(rows(old, "SELECT a FROM t")).containsExactly("one", "two");
            run(old, "INSERT INTO t VALUES (3, 'fork')");
            assertThat(rows(fresh, "SELECT * FROM t")).isEmpty();
        }
        assertThat(rows(main, "SELECT * FROM t")).isEmpty();
        assertThatThrownBy(() -> rows(main, "SELECT verso_rollback('app', " + before + ")"))
                .hasMessageContaining("forked from it: new");
        long deleted = version();
        run(main, "CREATE TABLE u(x)");
        number(main, "SELECT verso_rollback('app', " + deleted + ")");
        assertThatThrownBy(() -> run(main, "INSERT INTO u VALUES (1)")).hasMessageContaining("no such table: u");
        run(main, "CREATE TABLE u(y, z)");
        run(main, "INSERT INTO u VALUES (1, 2)");
        assertThat(number(main, "SELECT verso_pin('app', " + before + ", 'before the deletion')"))
                .isEqualTo(before);
        assertThat(number(main, "SELECT verso_unpin('app', " + before + ")")).isEqualTo(1);
        run(main, "SELECT verso_retention('app', NULL, 100)");
        assertThat(number(main, "SELECT verso_gc('app')")).isZero();
        run(main, "CREATE VIEW v AS SELECT verso_gc('app')");
        assertThatThrownBy(() -> run(main, "SELECT * FROM v")).hasMessageContaining("unsafe use of verso_gc");
    }

    @Test
    void aMigrationUnderALockIsSeenAtOnceOrNever() throws SQLException {
        try (Connection other = connect("app")) {
            run(main, "SELECT verso_lock('app', 'migration 7')");
            assertThat(rows(main, "PRAGMA verso_lock_owner")).containsExactly("migration 7");
            run(main, "ALTER TABLE t RENAME COLUMN a TO name");
            run(main, "INSERT INTO t(name) VALUES ('three')");
            assertThat(rows(other, "SELECT a FROM t")).containsExactly("one", "two");
            assertThatThrownBy(() -> run(other, "INSERT INTO t(a) VALUES ('x')"))
                    .hasMessageContaining("locked by 'migration 7'");
            try (Connection again = connect("app")) {
                run(again, "PRAGMA verso_lock_owner = 'migration 7'");
                assertThat(rows(again, "SELECT name FROM t")).containsExactly("one", "two", "three");
            }
            run(main, "SELECT verso_unlock('app', 'migration 7', 'commit')");
            assertThat(rows(other, "SELECT name FROM t")).containsExactly("one", "two", "three");
            run(other, "INSERT INTO t(name) VALUES ('four')");
            run(main, "SELECT verso_lock('app', 'migration 8', 60)");
            run(main, "DROP TABLE t");
            run(main, "SELECT verso_unlock('app', 'migration 8', 'rollback')");
            assertThat(rows(main, "SELECT count(*) FROM t")).containsExactly("4");
            assertThat(rows(other, "SELECT count(*) FROM t")).containsExactly("4");
        }
    }

    @Test
    void aMigrationWhoseLockWasTakenOverDoesNotGoOn() throws SQLException {
        run(main, "SELECT verso_lock('app', 'migration 7', 0)");
        run(main, "INSERT INTO t(a) VALUES ('three')");
        run(main, "BEGIN; INSERT INTO t(a) VALUES ('four')");
        try (Connection other = connect("app")) {
            run(other, "SELECT verso_lock('app', 'migration 8')");
            run(other, "SELECT verso_unlock('app', 'migration 8', 'commit')");
            assertThatThrownBy(() -> run(main, "COMMIT"))
                    .hasMessageContaining(
                            "the lock of 'migration 7', under which this connection has worked, was taken over by"
                                    + " 'migration 8'");
            assertThatThrownBy(() -> run(main, "INSERT INTO t(a) VALUES ('five')"))
                    .hasMessageContaining("taken over by 'migration 8'");
            assertThatThrownBy(() -> rows(main, "SELECT a FROM t")).hasMessageContaining("taken over by 'migration 8'");
            assertThat(rows(other, "SELECT a FROM t")).containsExactly("one", "two");
            run(main, "PRAGMA verso_lock_owner = ''");
            run(main, "INSERT INTO t(a) VALUES ('six')");
            assertThat(rows(other, "SELECT a FROM t")).containsExactly("one", "two", "six");
        }
    }

    @Test
    void theDifferenceOfTwoVersionsIsATable() throws SQLException {
        long before = version();
        run(main, "UPDATE t SET a = x'00ff' WHERE id = 1");
        run(main, "DELETE FROM t WHERE id = 2");
        run(main, "INSERT INTO t VALUES (7, 'seven')");
        long after = version();
        run(main, "CREATE TABLE w(k TEXT PRIMARY KEY COLLATE NOCASE, \"a \"\"b\"\" c\") WITHOUT ROWID");
        run(main, "INSERT INTO w VALUES ('x', 1), ('y', 2)");
        assertThat(rows(main, "SELECT * FROM verso_diff('t', " + before + ", " + after + ")"))
                .containsExactly(
                        "update|1|{\"id\":1,\"a\":\"one\"}|{\"id\":1,\"a\":\"x'00FF'\"}",
                        "delete|2|{\"id\":2,\"a\":\"two\"}|null",
                        "insert|7|null|{\"id\":7,\"a\":\"seven\"}");
        assertThat(rows(main, "SELECT operation, key FROM verso_diff('t', 'now', " + before + ")"))
                .containsExactly("update|1", "insert|2", "delete|7");
        assertThat(rows(main, "SELECT * FROM verso_diff('t', " + after + ", 'now')"))
                .isEmpty();
        long filled = version();
        run(main, "UPDATE w SET k = 'X' WHERE k = 'x'");
        run(main, "UPDATE w SET \"a \"\"b\"\" c\" = 3 WHERE k = 'y'");
        run(main, "INSERT INTO w VALUES ('z', NULL)");
        assertThat(rows(
                        main,
                        "SELECT operation, key, old, new FROM verso_diff('w', " + filled + ", 'now') ORDER BY key"))
                .containsExactly(
                        "update|[\"x\"]|{\"k\":\"x\",\"a \\\"b\\\" c\":1}|{\"k\":\"X\",\"a \\\"b\\\" c\":1}",
                        "update|[\"y\"]|{\"k\":\"y\",\"a \\\"b\\\" c\":2}|{\"k\":\"y\",\"a \\\"b\\\" c\":3}",
                        "insert|[\"z\"]|null|{\"k\":\"z\",\"a \\\"b\\\" c\":null}");
        assertThat(rows(main, "SELECT count(*) FROM verso_diff('w', " + before + ", 'now') WHERE operation = 'insert'"))
                .containsExactly("3");
        number(main, "SELECT verso_rollback('app', " + before + ")");
        assertThat(rows(main, "SELECT operation, key FROM verso_diff('t', " + after + ", 'now')"))
                .containsExactly("update|1", "insert|2", "delete|7");
        assertThatThrownBy(() -> rows(main, "SELECT * FROM verso_diff('nothing', 'now', 'now')"))
                .hasMessageContaining("no such table: nothing");
        assertThatThrownBy(() -> rows(main, "SELECT * FROM verso_diff('t', 1, 'now')"))
                .hasMessageContaining("has no version 1");
        assertThatThrownBy(() -> rows(main, "SELECT * FROM verso_diff('t')"))
                .hasMessageContaining("verso_diff() needs 3 arguments");
        number(main, "SELECT verso_fork('app', 'fork', " + after + ")");
        try (Connection fork = connect("fork")) {
            run(fork, "UPDATE t SET a = 'SEVEN' WHERE id = 7");
            assertThat(rows(fork, "SELECT operation, key, new FROM verso_diff('t', " + before + ", 'now') LIMIT 9"))
                    .contains("insert|7|{\"id\":7,\"a\":\"SEVEN\"}")
                    .hasSize(3);
        }
    }
}
