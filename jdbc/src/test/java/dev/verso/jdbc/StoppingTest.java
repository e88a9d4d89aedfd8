package dev.verso.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Query timeout, cancel and abort stop a statement that would run for hours. */
@Timeout(300)
class StoppingTest {
    private static final String ENDLESS =
            "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) SELECT count(*) FROM c";
    private static final String CROSS = "SELECT count(*) FROM n a, n b, n c, n d WHERE a.i + b.i + c.i + d.i < 0";
    private static final String SORTED = "SELECT a.i + b.i * c.i FROM n a, n b, n c, n d ORDER BY 1";
    private static final String WRITE = "INSERT INTO t SELECT a.i FROM n a, n b, n c, n d";

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:verso::memory:");
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE n (i); CREATE TABLE t (i); INSERT INTO t VALUES (0);"
                            + "INSERT INTO n WITH RECURSIVE c (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM c WHERE i < 400) SELECT i FROM c");
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private static void assertStopped(ThrowingCallable call) {
        SQLException e = catchThrowableOfType(SQLException.class, call);
        assertThat((Throwable) e).isInstanceOf(SQLTimeoutException.class);
        assertThat(e.getSQLState()).isEqualTo("57014");
        assertThat(e.getErrorCode()).isEqualTo(9);
    }

    private void assertUsable() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ENDLESS, CROSS, SORTED, WRITE})
    void theQueryTimeoutStopsIt(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertStopped(() -> statement.execute(sql));
        }
        assertUsable();
    }

    @ParameterizedTest
    @ValueSource(strings = {ENDLESS, CROSS, SORTED, WRITE})
    void aCancelFromAnotherThreadStopsIt(String sql) throws Exception {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            CountDownLatch starting = new CountDownLatch(1);
            CompletableFuture<Throwable> outcome = CompletableFuture.supplyAsync(() -> {
                starting.countDown();
                return catchThrowableOfType(SQLException.class, statement::execute);
            });
            starting.await();
            while (!outcome.isDone()) { // a cancel before the run begins stops nothing, so it is repeated
                statement.cancel();
                Thread.onSpinWait();
            }
            assertStopped(() -> {
                throw outcome.get();
            });
        }
        assertUsable();
    }

    @Test
    void aTimeoutInTheMiddleOfTheRowsStopsThem() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            ResultSet rows = statement.executeQuery(
                    "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) SELECT i FROM c");
            assertStopped(() -> {
                while (rows.next()) {
                    rows.getLong(1);
                }
            });
        }
        assertUsable();
    }

    @Test
    void aStatementThatIsOverIsNotCancelled() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            statement.getResultSet().close();
            statement.cancel();
            try (ResultSet rows = statement.executeQuery("SELECT 2")) {
                assertThat(rows.next()).isTrue();
            }
        }
    }

    @Test
    void aStoppedWriteIsUndoneAndTheTransactionGoesOn() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM t");
            connection.commit();
            statement.setQueryTimeout(1);
            assertStopped(() -> statement.execute(WRITE));
            statement.setQueryTimeout(0);
            statement.executeUpdate("INSERT INTO t VALUES (7)");
            connection.commit();
        }
        connection.setAutoCommit(true);
        assertUsable();
    }

    @Test
    void aWaitForALockEndsWithTheQueryTimeout(@TempDir Path folder) throws SQLException {
        String url = "jdbc:verso:" + folder.resolve("locked.sqlite") + "?busy_timeout=3600000";
        try (Connection holder = DriverManager.getConnection(url);
                Connection waiter = DriverManager.getConnection(url);
                Statement holding = holder.createStatement();
                Statement waiting = waiter.createStatement()) {
            holding.execute("CREATE TABLE t (a); BEGIN IMMEDIATE");
            waiting.setQueryTimeout(1);
            assertStopped(() -> waiting.execute("INSERT INTO t VALUES (1)"));
            holding.execute("COMMIT");
            waiting.setQueryTimeout(0);
            assertThat(waiting.executeUpdate("INSERT INTO t VALUES (1)")).isEqualTo(1);
        }
    }

    @Test
    void aWaitForALockEndsWithACancel(@TempDir Path folder) throws Exception {
        String url = "jdbc:verso:" + folder.resolve("locked.sqlite") + "?busy_timeout=3600000";
        try (Connection holder = DriverManager.getConnection(url);
                Connection waiter = DriverManager.getConnection(url);
                Statement holding = holder.createStatement();
                Statement waiting = waiter.createStatement()) {
            holding.execute("CREATE TABLE t (a); BEGIN IMMEDIATE");
            CompletableFuture<Throwable> outcome = CompletableFuture.supplyAsync(
                    () -> catchThrowableOfType(SQLException.class, () -> waiting.execute("INSERT INTO t VALUES (1)")));
            while (!outcome.isDone()) {
                waiting.cancel();
                Thread.onSpinWait();
            }
            assertStopped(() -> {
                throw outcome.get();
            });
        }
    }

    @Test
    void abortStopsTheStatementAndClosesTheConnection() throws Exception {
        try (Statement statement = connection.createStatement()) {
            CountDownLatch starting = new CountDownLatch(1);
            CompletableFuture<Throwable> outcome = CompletableFuture.supplyAsync(() -> {
                starting.countDown();
                return catchThrowableOfType(SQLException.class, () -> statement.execute(ENDLESS));
            });
            starting.await();
            while (!outcome.isDone()) {
                connection.abort(Runnable::run);
                Thread.onSpinWait();
            }
            assertThat(outcome.get()).isNotNull();
            assertThat(connection.isClosed()).isTrue();
            assertThat(connection.isValid(1)).isFalse();
        }
    }
}
