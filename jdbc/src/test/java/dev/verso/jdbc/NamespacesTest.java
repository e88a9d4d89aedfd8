package dev.verso.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases of a versioned store that are deleted, renamed and made again while connections have them open. */
class NamespacesTest {
    @TempDir
    Path folder;

    private String store(String scheme) {
        return scheme.equals("mem") ? "mem:" + folder.getFileName() : "local:" + folder.resolve("store");
    }

    private static Connection open(String location) throws SQLException {
        return DriverManager.getConnection("jdbc:verso:" + location);
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mem", "local"})
    void aDeletedDatabaseThatIsMadeAgainIsNew(String scheme) throws SQLException {
        String store = store(scheme);
        try (VersionedDatabases databases = new VersionedDatabases(store)) {
            Connection old = open(store + "/app");
            run(old, "CREATE TABLE t (a); INSERT INTO t VALUES ('old')");
            databases.delete("app");
            try (Connection first = open(store + "/app");
                    Connection second = open(store + "/app")) {
                assertThat(value(first, "SELECT count(*) FROM sqlite_schema")).isEqualTo("0");
                run(first, "CREATE TABLE t (a); INSERT INTO t VALUES ('new')");
                assertThat(value(second, "SELECT a FROM t")).isEqualTo("new");
                SQLException e = catchThrowableOfType(SQLException.class, () -> run(old, "INSERT INTO t VALUES (2)"));
                assertThat((Throwable) e).isNotNull();
                assertThat(e.getMessage()).contains("app").contains("deleted");
                old.close();
                run(second, "INSERT INTO t VALUES ('newer')");
                assertThat(value(first, "SELECT count(*) FROM t")).isEqualTo("2");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mem", "local"})
    void aRenamedDatabaseKeepsItsConnectionsAndGivesUpItsName(String scheme) throws SQLException {
        String store = store(scheme);
        try (VersionedDatabases databases = new VersionedDatabases(store);
                Connection before = open(store + "/app")) {
            run(before, "CREATE TABLE t (a); INSERT INTO t VALUES ('kept')");
            databases.rename("app", "other");
            try (Connection renamed = open(store + "/other");
                    Connection made = open(store + "/app")) {
                assertThat(value(renamed, "SELECT a FROM t")).isEqualTo("kept");
                assertThat(value(made, "SELECT count(*) FROM sqlite_schema")).isEqualTo("0");
                run(before, "INSERT INTO t VALUES ('more')");
                assertThat(value(renamed, "SELECT count(*) FROM t")).isEqualTo("2");
            }
        }
    }

    @Test
    void isolationIsSetInTheUrlOrOnTheConnection() throws SQLException {
        String url = "jdbc:verso:mem:isolation" + System.nanoTime() + "/app";
        try (Connection keeps = DriverManager.getConnection(url);
                Connection connection = DriverManager.getConnection(url + "?isolation=snapshot")) {
            assertThat(isolation(keeps)).isEqualTo("serializable");
            assertThat(isolation(connection)).isEqualTo("snapshot");
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(isolation(connection)).isEqualTo("serializable");
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            assertThat(isolation(connection)).isEqualTo("snapshot");
        }
        try (Connection file = DriverManager.getConnection("jdbc:verso::memory:");
                Statement statement = file.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA verso_isolation")) {
            assertThat(rows.next()).isFalse();
        }
    }

    private static String isolation(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA verso_isolation")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    @Test
    void aDatabaseThatIsDeletedWhileNobodyHasItIsGone() throws SQLException {
        String store = store("local");
        try (Connection connection = open(store + "/app")) {
            run(connection, "CREATE TABLE t (a)");
        }
        try (VersionedDatabases databases = new VersionedDatabases(store)) {
            assertThat(databases.list()).containsExactly("app");
            databases.delete("app");
            assertThat(databases.list()).isEmpty();
        }
        try (Connection connection = open(store + "/app")) {
            assertThat(value(connection, "SELECT count(*) FROM sqlite_schema")).isEqualTo("0");
        }
    }
}
