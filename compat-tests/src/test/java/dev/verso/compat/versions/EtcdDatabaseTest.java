package dev.verso.compat.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.compat.Engines;
import dev.verso.jdbc.VersionedDatabases;
import dev.verso.kv.contract.EtcdMembers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Databases on etcd as a user of JDBC sees them. */
class EtcdDatabaseTest {
    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void aDatabaseIsWrittenReadAndFoundAgainAsItWas() throws SQLException {
        String store = "etcd:" + EtcdMembers.endpoints() + "/verso-sql-" + UUID.randomUUID();
        try (Connection connection = Engines.verso(store + "/app")) {
            run(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE)");
            run(
                    connection,
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                            + " INSERT INTO t SELECT i, 'row ' || i FROM n");
        }
        long version;
        try (VersionedDatabases databases = new VersionedDatabases(store)) {
            assertThat(databases.list()).containsExactly("app");
            version = databases.versions("app").stream()
                    .mapToLong(VersionedDatabases.Version::version)
                    .max()
                    .orElseThrow();
        }
        try (Connection connection = Engines.verso(store + "/app")) {
            run(connection, "DELETE FROM t WHERE id > 10");
            assertThat(one(connection, "SELECT count(*) || ' ' || max(a) FROM t"))
                    .isEqualTo("10 row 9");
            assertThat(one(connection, "PRAGMA integrity_check")).isEqualTo("ok");
            try (Connection past = Engines.verso(store + "/app@" + version)) {
                assertThat(one(past, "SELECT count(*) FROM t")).isEqualTo("5000");
                assertThatThrownBy(() -> run(past, "DELETE FROM t")).isInstanceOf(SQLException.class);
            }
        }
        try (VersionedDatabases databases = new VersionedDatabases(store)) {
            databases.delete("app");
        }
    }

    @Test
    void pagesOf64KibibytesAreStored() throws SQLException {
        String store = "etcd:" + EtcdMembers.endpoints() + "/verso-sql-" + UUID.randomUUID();
        try (Connection connection = Engines.verso(store + "/app")) {
            run(connection, "PRAGMA page_size = 65536");
            run(connection, "CREATE TABLE t (a BLOB)");
            run(connection, "INSERT INTO t VALUES (randomblob(3000000)), (zeroblob(50000))");
            assertThat(one(connection, "SELECT sum(length(a)) FROM t")).isEqualTo("3050000");
            assertThat(one(connection, "PRAGMA page_size")).isEqualTo("65536");
            assertThat(one(connection, "PRAGMA integrity_check")).isEqualTo("ok");
        }
        try (VersionedDatabases databases = new VersionedDatabases(store)) {
            databases.delete("app");
        }
    }

    @Test
    void aConnectionSurvivesTheRestartOfTheStore() throws SQLException {
        try (EtcdMembers members = EtcdMembers.start(1);
                Connection connection = Engines.verso("etcd:" + members.addresses() + "/app")) {
            run(connection, "CREATE TABLE t (a)");
            run(connection, "INSERT INTO t VALUES (1)");
            members.kill(0);
            members.restart(0);
            run(connection, "INSERT INTO t VALUES (2)");
            members.kill(0);
            members.restart(0);
            assertThat(one(connection, "SELECT group_concat(a) FROM t")).isEqualTo("1,2");
        }
    }
}
