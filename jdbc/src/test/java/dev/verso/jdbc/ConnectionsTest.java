package dev.verso.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions, closing, SQLStates, results of several statements: what sqlite-jdbc has no like of. */
class ConnectionsTest {
    @TempDir
    Path folder;

    private static Connection memory() throws SQLException {
        return DriverManager.getConnection("jdbc:verso::memory:");
    }

    private static SQLException error(ThrowingCallable call) {
        SQLException e = catchThrowableOfType(SQLException.class, call);
        assertThat((Throwable) e).isNotNull();
        return e;
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void whatUsesAClosedConnectionIsTold08003() throws SQLException {
        Connection connection = memory();
        Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("SELECT ?");
        ResultSet rows = statement.executeQuery("SELECT 1");
        connection.close();
        connection.close();
        assertThat(statement.isClosed()).isTrue();
        assertThat(prepared.isClosed()).isTrue();
        assertThat(rows.isClosed()).isTrue();
        assertThat(connection.isValid(0)).isFalse();
        List<ThrowingCallable> uses = List.of(
                connection::createStatement,
                connection::commit,
                connection::getMetaData,
                connection::getAutoCommit,
                () -> connection.setAutoCommit(false),
                () -> connection.prepareStatement("SELECT 1"),
                () -> statement.execute("SELECT 1"),
                prepared::executeQuery,
                () -> prepared.setInt(1, 1),
                statement::getWarnings);
        for (ThrowingCallable use : uses) {
            SQLException e = error(use);
            assertThat((Throwable) e).isInstanceOf(SQLNonTransientConnectionException.class);
            assertThat(e.getSQLState()).isEqualTo("08003");
        }
    }

    @Test
    void whatUsesAClosedStatementIsTold() throws SQLException {
        try (Connection connection = memory()) {
            Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("SELECT 1");
            rows.next();
            statement.close();
            assertThat(rows.isClosed()).isTrue();
            assertThat(error(() -> rows.getInt(1)).getSQLState()).isEqualTo("HY010");
            assertThat(error(rows::next).getSQLState()).isEqualTo("HY010");
            assertThat(error(() -> statement.execute("SELECT 1")).getSQLState()).isEqualTo("HY010");
            assertThat(error(statement::getResultSet).getSQLState()).isEqualTo("HY010");
            assertThat(error(() -> statement.setQueryTimeout(1)).getSQLState()).isEqualTo("HY010");
        }
    }

    @Test
    void aStatementThatClosesOnCompletionClosesWithItsLastResult() throws SQLException {
        try (Connection connection = memory();
                Statement statement = connection.createStatement()) {
            statement.closeOnCompletion();
            assertThat(statement.isCloseOnCompletion()).isTrue();
            statement.executeQuery("SELECT 1").close();
            assertThat(statement.isClosed()).isTrue();
        }
    }

    @Test
    void closingAConnectionUndoesItsTransaction() throws SQLException {
        String url = "jdbc:verso:" + folder.resolve("undone.sqlite");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (a)");
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO t VALUES (1)");
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(number(connection, "SELECT count(*) FROM t")).isZero();
        }
    }

    @Test
    void everyStatementOfATextIsRunAndHasItsResult() throws SQLException {
        try (Connection connection = memory();
                Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(
                    "PRAGMA foreign_keys = ON; CREATE TABLE t (a); INSERT INTO t VALUES (1), (2);"
                            + " SELECT a, 'x' AS label FROM t; UPDATE t SET a = a + 1; SELECT sum(a) FROM t; -- the end");
            assertThat(number(connection, "SELECT sum(a) FROM t")).isEqualTo(5);
            assertThat(number(connection, "PRAGMA foreign_keys")).isOne();
            List<String> results = new ArrayList<>();
            while (rows || statement.getUpdateCount() >= 0) {
                if (rows) {
                    ResultSet result = statement.getResultSet();
                    StringBuilder text = new StringBuilder(result.getMetaData().getColumnLabel(1));
                    while (result.next()) {
                        text.append(' ').append(result.getInt(1));
                    }
                    results.add(text.toString());
                } else {
                    results.add("count " + statement.getUpdateCount());
                }
                rows = statement.getMoreResults();
            }
            assertThat(results).containsExactly("count 0", "count 0", "count 2", "a 1 2", "count 2", "sum(a) 5");
        }
    }

    @Test
    void aTextThatFailsHasRunWhatStoodBefore() throws SQLException {
        try (Connection connection = memory();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (a)");
            assertThat(error(() -> statement.execute("INSERT INTO t VALUES (1); INSERT INTO missing VALUES (2)"))
                            .getSQLState())
                    .isEqualTo("42S02");
            assertThat(number(connection, "SELECT count(*) FROM t")).isOne();
        }
    }

    @Test
    void aCallOfTheWrongKindRunsNothing() throws SQLException {
        try (Connection connection = memory();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (a)");
            error(() -> statement.executeQuery("INSERT INTO t VALUES (1)"));
            error(() -> statement.executeUpdate("SELECT 1"));
            error(() -> statement.executeQuery(""));
            error(() -> statement.execute(null));
            error(() -> connection.prepareStatement(null));
            error(() -> connection.prepareStatement("SELECT 1; SELECT 2"));
            error(() -> connection.prepareStatement(" -- nothing"));
            assertThat(number(connection, "SELECT count(*) FROM t")).isZero();
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (1) RETURNING a")) {
                assertThat(insert.executeUpdate()).isOne();
            }
        }
    }

    @Test
    void errorsHaveTheirStateAndClass() throws SQLException {
        try (Connection connection = memory();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "PRAGMA foreign_keys = ON; CREATE TABLE t (id INTEGER PRIMARY KEY, a UNIQUE, b CHECK (b < 10),"
                            + " c NOT NULL DEFAULT 1, d REFERENCES t); INSERT INTO t (id, a) VALUES (1, 1)");
            String[][] cases = {
                {"INSERT INTO t (a) VALUES (1)", "23505"},
                {"INSERT INTO t (id) VALUES (1)", "23505"},
                {"INSERT INTO t (b) VALUES (11)", "23513"},
                {"INSERT INTO t (c) VALUES (NULL)", "23502"},
                {"INSERT INTO t (d) VALUES (99)", "23503"},
                {"INSERT INTO t (id) VALUES ('x')", "22000"},
                {"SELECT zeroblob(3000000000)", "22000"},
                {"SELECT * FROM missing", "42S02"},
                {"SELECT missing FROM t", "42S22"},
                {"CREATE TABLE t (a)", "42S01"},
                {"SELEC 1", "42601"},
                {"SELECT (", "42601"},
                {"SELECT missing(1)", "42000"},
                {"ATTACH '/no/such/folder/x.sqlite' AS x", "58030"},
            };
            for (String[] each : cases) {
                SQLException e = error(() -> statement.execute(each[0]));
                assertThat(e.getSQLState()).as(each[0]).isEqualTo(each[1]);
                assertThat(e.getMessage()).startsWith("[SQLITE_");
                if (each[1].startsWith("23")) {
                    assertThat((Throwable) e).isInstanceOf(SQLIntegrityConstraintViolationException.class);
                } else if (each[1].startsWith("42")) {
                    assertThat((Throwable) e).isInstanceOf(SQLSyntaxErrorException.class);
                }
            }
            assertThat(error(() -> connection.prepareCall("x")).getSQLState()).isEqualTo("HYC00");
            assertThatThrownBy(() -> connection.createArrayOf("x", new Object[0]))
                    .isInstanceOf(SQLFeatureNotSupportedException.class);
        }
    }

    @Test
    void aLockedDatabaseIsBusyWith40001() throws SQLException {
        String url = "jdbc:verso:" + folder.resolve("busy.sqlite") + "?busy_timeout=0";
        try (Connection first = DriverManager.getConnection(url);
                Connection second = DriverManager.getConnection(url);
                Statement one = first.createStatement();
                Statement two = second.createStatement()) {
            one.execute("CREATE TABLE t (a); BEGIN IMMEDIATE");
            SQLException e = error(() -> two.execute("INSERT INTO t VALUES (1)"));
            assertThat((Throwable) e).isInstanceOf(SQLTransactionRollbackException.class);
            assertThat(e.getSQLState()).isEqualTo("40001");
            assertThat(e.getErrorCode()).isEqualTo(5);
            assertThat(e.getMessage()).contains("database is locked");
        }
    }

    @Test
    void aReadOnlyConnectionRefusesWritesUntilItIsAllowed() throws SQLException {
        try (Connection connection = memory();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (a)");
            connection.setReadOnly(true);
            connection.setReadOnly(true);
            assertThat(connection.isReadOnly()).isTrue();
            assertThat(error(() -> statement.execute("INSERT INTO t VALUES (1)"))
                            .getSQLState())
                    .isEqualTo("25006");
            connection.setReadOnly(false);
            assertThat(statement.executeUpdate("INSERT INTO t VALUES (1)")).isOne();
        }
    }

    @Test
    void whatIsOpenedReadOnlyStaysSo() throws SQLException {
        String file = folder.resolve("fixed.sqlite").toString();
        try (Connection connection = DriverManager.getConnection("jdbc:verso:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (a)");
        }
        for (String url :
                List.of(file + "?open_mode=1", "file:" + file + "?mode=ro", "file:" + file + "?immutable=1")) {
            try (Connection connection = DriverManager.getConnection("jdbc:verso:" + url)) {
                assertThat(connection.isReadOnly()).as(url).isTrue();
                assertThat(number(connection, "SELECT count(*) FROM t")).isZero();
                error(() -> connection.setReadOnly(false));
            }
        }
    }

    @Test
    void savepointsHaveANameOrANumber() throws SQLException {
        try (Connection connection = memory()) {
            error(connection::setSavepoint);
            connection.setAutoCommit(false);
            Savepoint named = connection.setSavepoint("a \"b\"");
            Savepoint numbered = connection.setSavepoint();
            assertThat(named.getSavepointName()).isEqualTo("a \"b\"");
            assertThat(numbered.getSavepointId()).isPositive();
            error(named::getSavepointId);
            error(numbered::getSavepointName);
            connection.releaseSavepoint(numbered);
            error(() -> connection.rollback(numbered));
            error(() -> connection.releaseSavepoint(null));
            connection.rollback(named);
        }
    }

    @Test
    void theTransactionModeIsThatOfTheSettings() throws SQLException {
        String url = "jdbc:verso:" + folder.resolve("mode.sqlite") + "?transaction_mode=immediate&busy_timeout=0";
        try (Connection first = DriverManager.getConnection(url);
                Connection second = DriverManager.getConnection(url)) {
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            number(first, "SELECT count(*) FROM sqlite_schema");
            assertThat(error(() -> number(second, "SELECT count(*) FROM sqlite_schema"))
                            .getSQLState())
                    .isEqualTo("40001");
            first.commit();
            number(second, "SELECT count(*) FROM sqlite_schema");
        }
    }

    @Test
    void keysOfNamedColumnsAreReturned() throws SQLException {
        try (Connection connection = memory();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b DEFAULT (upper('default')))");
            statement.executeUpdate("INSERT INTO t (a) VALUES ('x'), ('y'); -- two", new String[] {"id", "b"});
            List<String> keys = new ArrayList<>();
            try (ResultSet rows = statement.getGeneratedKeys()) {
                while (rows.next()) {
                    keys.add(rows.getLong("ID") + rows.getString(2));
                }
            }
            assertThat(keys).containsExactly("1DEFAULT", "2DEFAULT");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO t (a) VALUES (?)", new int[] {3, 1})) {
                for (String text : List.of("p", "q")) {
                    insert.setString(1, text);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).containsExactly(1, 1);
                keys.clear();
                try (ResultSet rows = insert.getGeneratedKeys()) {
                    while (rows.next()) {
                        keys.add(rows.getString("b") + rows.getLong("id"));
                    }
                }
            }
            assertThat(keys).containsExactly("DEFAULT3", "DEFAULT4");
            error(() -> connection.prepareStatement("INSERT INTO t (a) VALUES (1)", new int[] {4}));
        }
    }

    @Test
    void everyInsertOfABatchHasItsKey() throws SQLException {
        try (Connection connection = memory();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a)");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO t (a) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
                for (int i = 0; i < 3; i++) {
                    insert.setInt(1, i);
                    insert.addBatch();
                }
                insert.executeBatch();
                List<Long> keys = new ArrayList<>();
                try (ResultSet rows = insert.getGeneratedKeys()) {
                    while (rows.next()) {
                        keys.add(rows.getLong(1));
                    }
                }
                assertThat(keys).containsExactly(1L, 2L, 3L);
            }
        }
    }

    @Test
    void wrappersAreTakenOff() throws SQLException {
        try (Connection connection = memory();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
            assertThat(connection.unwrap(dev.verso.sql.Connection.class)).isNotNull();
            assertThat(connection.isWrapperFor(String.class)).isFalse();
            assertThat(statement.unwrap(Statement.class)).isSameAs(statement);
            assertThat(rows.unwrap(ResultSet.class)).isSameAs(rows);
            assertThat(rows.getMetaData().isWrapperFor(Connection.class)).isFalse();
            assertThat(connection.getMetaData().unwrap(java.sql.DatabaseMetaData.class))
                    .isNotNull();
            error(() -> connection.unwrap(String.class));
        }
    }

    /** What connection pools ask of a new connection. */
    @Test
    void aPoolFindsWhatItProbes() throws SQLException {
        try (Connection connection = memory()) {
            assertThat(connection.isValid(5)).isTrue();
            error(() -> connection.isValid(-1));
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            connection.setNetworkTimeout(Runnable::run, 1500);
            assertThat(connection.getNetworkTimeout()).isEqualTo(1500);
            error(() -> connection.setNetworkTimeout(Runnable::run, -1));
            connection.setCatalog("main");
            connection.setSchema("main");
            assertThat(connection.getCatalog()).isNull();
            assertThat(connection.getSchema()).isNull();
            connection.setClientInfo(new Properties());
            connection.setClientInfo("ApplicationName", "test");
            assertThat((Throwable) connection.getWarnings()).isNull();
            connection.clearWarnings();
            assertThat(connection.getTypeMap()).isEmpty();
            error(() -> connection.abort(null));
        }
    }

    @Test
    void blobsAndClobsOfTheConnectionAreStored() throws Exception {
        try (Connection connection = memory();
                PreparedStatement insert = connection.prepareStatement("SELECT ?, ?")) {
            Blob blob = connection.createBlob();
            assertThat(blob.setBytes(1, new byte[] {1, 2, 3, 4})).isEqualTo(4);
            blob.setBytes(3, new byte[] {9});
            blob.truncate(3);
            try (var out = blob.setBinaryStream(4)) {
                out.write(new byte[] {7, 8});
            }
            Clob clob = connection.createClob();
            clob.setString(1, "hello");
            clob.setString(2, "a");
            try (var out = clob.setCharacterStream(6)) {
                out.write(" world");
            }
            insert.setBlob(1, blob);
            insert.setClob(2, clob);
            try (ResultSet rows = insert.executeQuery()) {
                rows.next();
                Blob read = rows.getBlob(1);
                assertThat(read.getBytes(1, 10)).containsExactly(1, 2, 9, 7, 8);
                assertThat(read.length()).isEqualTo(5);
                assertThat(read.position(new byte[] {9, 7}, 1)).isEqualTo(3);
                assertThat(read.getBinaryStream(2, 2).readAllBytes()).containsExactly(2, 9);
                error(() -> read.getBytes(0, 1));
                error(() -> read.getBytes(7, 1));
                Clob text = rows.getClob(2);
                assertThat(text.getSubString(1, 100)).isEqualTo("hallo world");
                assertThat(text.position("world", 1)).isEqualTo(7);
                assertThat(text.getAsciiStream().readAllBytes()).hasSize(11);
                assertThat(rows.getNClob(2).length()).isEqualTo(11);
                read.free();
                error(read::length);
            }
        }
    }
}
