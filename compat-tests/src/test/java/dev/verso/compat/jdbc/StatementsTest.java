package dev.verso.compat.jdbc;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements, batches, keys and transactions. */
class StatementsTest {
    private TwoDrivers drivers;

    @BeforeEach
    void open() throws SQLException {
        drivers = new TwoDrivers();
        drivers.run("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b CHECK (b < 10), c NOT NULL DEFAULT 1)");
    }

    @AfterEach
    void close() throws SQLException {
        drivers.close();
    }

    /** A question that needs a statement. */
    @FunctionalInterface
    private interface OfStatement {
        Object ask(Connection connection, Statement statement) throws Exception;
    }

    private void ask(String what, OfStatement question) throws Exception {
        drivers.ask(what, connection -> {
            try (Statement statement = connection.createStatement()) {
                return TwoDrivers.text(question.ask(connection, statement));
            }
        });
    }

    @Test
    void resultsAndCounts() throws Exception {
        ask(
                "ddl",
                (c, s) -> s.execute("CREATE TABLE x (a)") + " " + s.getUpdateCount() + s.getMoreResults()
                        + s.getUpdateCount() + s.getResultSet());
        ask(
                "select",
                (c, s) -> s.execute("SELECT 1") + " " + s.getUpdateCount() + s.getMoreResults() + s.getUpdateCount());
        ask(
                "insert",
                (c, s) -> s.execute("INSERT INTO x VALUES (1), (2)") + " " + s.getUpdateCount() + s.getMoreResults()
                        + s.getUpdateCount());
        ask("update", (c, s) -> s.executeUpdate("UPDATE x SET a = a + 1"));
        ask("update none", (c, s) -> s.executeUpdate("UPDATE x SET a = 1 WHERE 0"));
        ask("large", (c, s) -> s.executeLargeUpdate("DELETE FROM x"));
        ask(
                "several",
                (c, s) -> s.executeUpdate(
                        "INSERT INTO x VALUES (1); INSERT INTO x VALUES (2), (3); DELETE FROM x WHERE a < 3"));
        ask("returning", (c, s) -> s.executeUpdate("INSERT INTO x VALUES (8) RETURNING a"));
        ask("returning rows", (c, s) -> s.executeQuery("INSERT INTO x VALUES (9) RETURNING a, a + 1"));
        ask("left", (c, s) -> s.executeQuery("SELECT a FROM x ORDER BY a"));
        ask("no query", (c, s) -> s.executeQuery("INSERT INTO x VALUES (1)"));
        ask("pragma", (c, s) -> s.executeUpdate("PRAGMA user_version = 3"));
        ask("max rows", (c, s) -> {
            s.setMaxRows(1);
            return s.executeQuery("SELECT 1 UNION SELECT 2");
        });
        ask("negative", (c, s) -> {
            s.setMaxRows(-1);
            return "taken";
        });
        ask("fetch size", (c, s) -> {
            s.setFetchSize(100);
            return s.getFetchSize();
        });
        ask("bad fetch size", (c, s) -> {
            s.setFetchSize(-1);
            return "taken";
        });
        ask("timeout", (c, s) -> {
            s.setQueryTimeout(5);
            return s.getQueryTimeout();
        });
        ask("bad timeout", (c, s) -> {
            s.setQueryTimeout(-5);
            return "taken";
        });
        drivers.expectOnlyTheseDifferences();
    }

    @Test
    void cursors() throws Exception {
        ask("find", (c, s) -> {
            ResultSet rows = s.executeQuery("SELECT 1 AS Ab, 2 AS aB, 3 AS x");
            return rows.findColumn("AB") + " " + rows.findColumn("ab") + " " + rows.findColumn("X");
        });
        ask("find none", (c, s) -> s.executeQuery("SELECT 1 AS a").findColumn("b"));
        ask("find null", (c, s) -> s.executeQuery("SELECT 1 AS a").findColumn(null));
        ask("qualified", (c, s) -> s.executeQuery("SELECT t.id FROM t").findColumn("t.id"));
        ask("places", (c, s) -> {
            ResultSet rows = s.executeQuery("SELECT 1 UNION SELECT 2");
            StringBuilder places = new StringBuilder();
            do {
                places.append(rows.getRow())
                        .append(rows.isBeforeFirst())
                        .append(rows.isFirst())
                        .append(rows.isAfterLast());
            } while (rows.next());
            return places.append(rows.isAfterLast()).append(rows.next()).toString();
        });
        ask("empty", (c, s) -> {
            ResultSet rows = s.executeQuery("SELECT 1 WHERE 0");
            return rows.isBeforeFirst() + " " + rows.isFirst() + rows.next() + rows.isBeforeFirst();
        });
        ask("column 0", (c, s) -> {
            ResultSet rows = s.executeQuery("SELECT 1");
            rows.next();
            return rows.getInt(0);
        });
        ask("column 2", (c, s) -> {
            ResultSet rows = s.executeQuery("SELECT 1");
            rows.next();
            return rows.getInt(2);
        });
        ask("previous", (c, s) -> s.executeQuery("SELECT 1").previous());
        ask("scroll", (c, s) -> c.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_READ_ONLY));
        ask("update", (c, s) -> c.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE));
        drivers.expectOnlyTheseDifferences();
    }

    @Test
    void generatedKeys() throws Exception {
        ask("not asked for", (c, s) -> {
            s.executeUpdate("INSERT INTO t (a) VALUES ('a')");
            return s.getGeneratedKeys();
        });
        ask("execute", (c, s) -> {
            s.execute("INSERT INTO t (a) VALUES ('b')");
            return s.getGeneratedKeys();
        });
        ask("asked for", (c, s) -> {
            s.executeUpdate("INSERT INTO t (a) VALUES ('c')", Statement.RETURN_GENERATED_KEYS);
            return s.getGeneratedKeys();
        });
        ask("several rows", (c, s) -> {
            s.executeUpdate("INSERT INTO t (a) VALUES ('d'), ('e')", Statement.RETURN_GENERATED_KEYS);
            return s.getGeneratedKeys();
        });
        ask("replace", (c, s) -> {
            s.executeUpdate("REPLACE INTO t (id, a) VALUES (2, 'r')", Statement.RETURN_GENERATED_KEYS);
            return s.getGeneratedKeys();
        });
        ask("prepared", (c, s) -> {
            try (PreparedStatement insert = c.prepareStatement("INSERT INTO t (a) VALUES (?)")) {
                insert.setString(1, "p");
                insert.executeUpdate();
                return TwoDrivers.rows(insert.getGeneratedKeys());
            }
        });
        drivers.expectOnlyTheseDifferences();
    }

    @Test
    void batches() throws Exception {
        ask("statements", (c, s) -> {
            s.addBatch("INSERT INTO t (a) VALUES ('a')");
            s.addBatch("UPDATE t SET a = 'b'");
            return s.executeBatch();
        });
        ask("none", (c, s) -> s.executeBatch());
        ask("cleared", (c, s) -> {
            s.addBatch("INSERT INTO t (a) VALUES ('c')");
            s.clearBatch();
            return s.executeBatch();
        });
        ask("a query", (c, s) -> {
            s.addBatch("SELECT 1");
            return s.executeBatch();
        });
        ask("prepared", (c, s) -> {
            try (PreparedStatement insert = c.prepareStatement("INSERT INTO t (a) VALUES (?)")) {
                for (int i = 0; i < 5; i++) {
                    insert.setInt(1, i);
                    insert.addBatch();
                }
                return TwoDrivers.text(insert.executeBatch()) + TwoDrivers.text(insert.executeBatch());
            }
        });
        ask("what failed", (c, s) -> {
            s.addBatch("INSERT INTO t (a) VALUES ('x')");
            s.addBatch("INSERT INTO t (a) VALUES ('x')");
            s.addBatch("INSERT INTO t (a) VALUES ('y')");
            try {
                return s.executeBatch();
            } catch (BatchUpdateException e) {
                return Arrays.stream(e.getUpdateCounts()).limit(1).toArray(); // sqlite-jdbc gives zeros for the rest
            }
        });
        ask("left", (c, s) -> s.executeQuery("SELECT id, a FROM t ORDER BY id"));
        drivers.expectOnlyTheseDifferences();
    }

    @Test
    void transactions() throws Exception {
        ask("rolled back", (c, s) -> {
            c.setAutoCommit(false);
            s.executeUpdate("INSERT INTO t (a) VALUES ('a')");
            c.rollback();
            return s.executeQuery("SELECT count(*) FROM t");
        });
        ask("switching commits", (c, s) -> {
            s.executeUpdate("INSERT INTO t (a) VALUES ('b')");
            c.setAutoCommit(true);
            return s.executeQuery("SELECT a FROM t");
        });
        ask("no transaction", (c, s) -> {
            c.commit();
            return "committed";
        });
        ask("no transaction to roll back", (c, s) -> {
            c.rollback();
            return "rolled back";
        });
        ask("pragma rolled back", (c, s) -> {
            c.setAutoCommit(false);
            s.execute("PRAGMA user_version = 7");
            c.rollback();
            c.setAutoCommit(true);
            return s.executeQuery("PRAGMA user_version");
        });
        ask("savepoints", (c, s) -> {
            c.setAutoCommit(false);
            Savepoint first = c.setSavepoint("one \"two\"");
            s.executeUpdate("INSERT INTO t (a) VALUES ('gone')");
            c.rollback(first);
            s.executeUpdate("INSERT INTO t (a) VALUES ('stays')");
            Savepoint second = c.setSavepoint();
            s.executeUpdate("INSERT INTO t (a) VALUES ('stays too')");
            c.releaseSavepoint(second);
            c.commit();
            c.setAutoCommit(true);
            return s.executeQuery("SELECT a FROM t ORDER BY a");
        });
        ask("begun by hand", (c, s) -> {
            s.execute("BEGIN");
            s.execute("DELETE FROM t");
            s.execute("ROLLBACK");
            return s.executeQuery("SELECT count(*) FROM t");
        });
        for (int level : new int[] {0, 1, 2, 3, 4, 8}) {
            ask("isolation " + level, (c, s) -> {
                c.setTransactionIsolation(level);
                return c.getTransactionIsolation();
            });
        }
        drivers.expectOnlyTheseDifferences();
    }

    @Test
    void writingWhileReading() throws Exception {
        String fill = "INSERT INTO t (id, a) VALUES (1, 'one'), (2, 'two'), (3, 'three')";
        ask("values of a row that changes", (c, s) -> {
            s.executeUpdate(fill);
            try (Statement writer = c.createStatement()) {
                ResultSet rows = s.executeQuery("SELECT a, id FROM t NOT INDEXED");
                rows.next();
                writer.executeUpdate("UPDATE t SET a = 'changed' || id");
                String first = rows.getString(1) + rows.getInt(2);
                rows.next();
                return first + rows.getString(1);
            }
        });
        ask("sorted rows that go", (c, s) -> {
            try (Statement writer = c.createStatement()) {
                ResultSet rows = s.executeQuery("SELECT a FROM t ORDER BY a");
                rows.next();
                writer.executeUpdate("DELETE FROM t");
                return rows.getString(1) + TwoDrivers.rows(rows);
            }
        });
        ask("a commit", (c, s) -> {
            s.executeUpdate(fill);
            c.setAutoCommit(false);
            try (Statement writer = c.createStatement()) {
                ResultSet rows = s.executeQuery("SELECT a FROM t");
                rows.next();
                writer.executeUpdate("INSERT INTO t (id, a) VALUES (4, 'four')");
                c.commit();
                return TwoDrivers.rows(rows);
            } finally {
                c.setAutoCommit(true);
            }
        });
        ask("a rollback", (c, s) -> {
            c.setAutoCommit(false);
            try (Statement writer = c.createStatement()) {
                ResultSet rows = s.executeQuery("SELECT a FROM t");
                rows.next();
                writer.executeUpdate("INSERT INTO t (id, a) VALUES (5, 'five')");
                c.rollback();
                return TwoDrivers.rows(rows);
            } finally {
                c.setAutoCommit(true);
            }
        });
        ask("two at once", (c, s) -> {
            try (Statement other = c.createStatement()) {
                ResultSet left = s.executeQuery("VALUES (1), (2), (3)");
                ResultSet right = other.executeQuery("VALUES (4), (5), (6)");
                StringBuilder pairs = new StringBuilder();
                while (left.next() && right.next()) {
                    pairs.append(left.getInt(1)).append(right.getInt(1));
                }
                return pairs.toString();
            }
        });
        ask("a table that is read", (c, s) -> {
            try (Statement writer = c.createStatement()) {
                ResultSet rows = s.executeQuery("SELECT a FROM t");
                rows.next();
                return writer.execute("DROP TABLE t");
            }
        });
        drivers.expectOnlyTheseDifferences();
    }

    @Test
    void aSchemaThatChangesBetweenRuns() throws Exception {
        ask("a column more", (c, s) -> {
            try (PreparedStatement all = c.prepareStatement("SELECT * FROM t WHERE id > ?")) {
                all.setInt(1, 0);
                s.executeUpdate("INSERT INTO t (a) VALUES ('x')");
                String before = TwoDrivers.rows(all.executeQuery());
                s.executeUpdate("ALTER TABLE t ADD COLUMN d DEFAULT 7");
                return before
                        + TwoDrivers.rows(all.executeQuery())
                        + all.getMetaData().getColumnCount();
            }
        });
        ask("another table", (c, s) -> {
            try (PreparedStatement insert = c.prepareStatement("INSERT INTO t (a) VALUES (?)")) {
                insert.setString(1, "y");
                s.executeUpdate("DROP TABLE t");
                s.executeUpdate("CREATE TABLE t (a UNIQUE)");
                int first = insert.executeUpdate();
                try {
                    return insert.executeUpdate();
                } catch (SQLException e) {
                    return first + " " + e.getErrorCode();
                }
            }
        });
        ask("no table", (c, s) -> {
            try (PreparedStatement insert = c.prepareStatement("INSERT INTO t (a) VALUES (?)")) {
                s.executeUpdate("DROP TABLE t");
                insert.setString(1, "z");
                return insert.executeUpdate();
            }
        });
        drivers.expectOnlyTheseDifferences();
    }

    @Test
    void valuesAtTheEdges() throws Exception {
        ask("a parameter's bytes", (c, s) -> {
            try (PreparedStatement echo = c.prepareStatement("SELECT ?")) {
                byte[] bytes = {1, 2, 3};
                echo.setBytes(1, bytes);
                bytes[0] = 9;
                ResultSet rows = echo.executeQuery();
                rows.next();
                rows.getBytes(1)[1] = 8;
                return rows.getBytes(1);
            }
        });
        ask("NUL in a text", (c, s) -> {
            try (PreparedStatement echo = c.prepareStatement("SELECT ?, length(?1)")) {
                echo.setString(1, "a\0b");
                ResultSet rows = echo.executeQuery();
                rows.next();
                return rows.getString(1).length() + " " + rows.getInt(2);
            }
        });
        ask("half a pair", (c, s) -> {
            try (PreparedStatement echo = c.prepareStatement("SELECT hex(?)")) {
                echo.setString(1, "a\ud800b");
                return TwoDrivers.rows(echo.executeQuery());
            }
        });
        ask("broken UTF-8", (c, s) -> {
            ResultSet rows = s.executeQuery("SELECT CAST(x'61ff62' AS TEXT)");
            rows.next();
            return rows.getString(1) + Arrays.toString(rows.getBytes(1));
        });
        ask("a large blob", (c, s) -> {
            try (PreparedStatement echo = c.prepareStatement("SELECT ?, length(?1)")) {
                echo.setBytes(1, new byte[5_000_000]);
                ResultSet rows = echo.executeQuery();
                rows.next();
                return rows.getBytes(1).length + " " + rows.getInt(2);
            }
        });
        ask("named parameters", (c, s) -> {
            try (PreparedStatement echo = c.prepareStatement("SELECT :a, ?2, :a, ?")) {
                for (int i = 1; i <= 3; i++) {
                    echo.setInt(i, i * 10);
                }
                return TwoDrivers.rows(echo.executeQuery())
                        + echo.getParameterMetaData().getParameterCount();
            }
        });
        ask("a deferred foreign key", (c, s) -> {
            s.executeUpdate("PRAGMA foreign_keys = ON");
            s.executeUpdate("CREATE TABLE p (id INTEGER PRIMARY KEY)");
            s.executeUpdate("CREATE TABLE q (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
            c.setAutoCommit(false);
            s.executeUpdate("INSERT INTO q VALUES (5)");
            int code = 0;
            try {
                c.commit();
            } catch (SQLException e) {
                code = e.getErrorCode();
            }
            s.executeUpdate("INSERT INTO p VALUES (5)");
            c.commit();
            c.setAutoCommit(true);
            return code + TwoDrivers.rows(s.executeQuery("SELECT * FROM q"));
        });
        drivers.expectOnlyTheseDifferences();
    }

    /** Vendor codes, the result code's name in brackets and SQLite's own text in parentheses. */
    @Test
    void errors() throws Exception {
        drivers.run("INSERT INTO t (id, a) VALUES (1, 'one')");
        for (String sql : List.of(
                "INSERT INTO t (a) VALUES ('one')",
                "INSERT INTO t (id) VALUES (1)",
                "INSERT INTO t (b) VALUES (11)",
                "INSERT INTO t (c) VALUES (NULL)",
                "SELECT * FROM missing",
                "SELECT missing FROM t",
                "CREATE TABLE t (a)",
                "SELEC 1",
                "SELECT 1 FROM",
                "INSERT INTO t VALUES (1)",
                "SELECT abs()",
                "SELECT missing(1)",
                "SELECT 'open",
                "DROP TABLE missing",
                "ROLLBACK",
                "COMMIT",
                "RELEASE missing",
                "SELECT zeroblob(3000000000)",
                "DETACH missing",
                "SELECT abs(-9223372036854775808)",
                "UPDATE t SET id = 'x'",
                "SELECT 1 ORDER BY 2")) {
            ask(sql, (c, s) -> {
                try {
                    s.execute(sql);
                    return "taken";
                } catch (SQLException e) {
                    String message = e.getMessage();
                    return message.substring(0, message.indexOf(']') + 1)
                            + message.substring(message.indexOf('('))
                            + e.getErrorCode();
                }
            });
        }
        drivers.expectOnlyTheseDifferences();
    }
}
