package dev.verso.compat.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.verso.compat.Engines;
import dev.verso.jdbc.VersionedDatabases;
import dev.verso.jdbc.VersoDataSource;
import dev.verso.kv.contract.EtcdMembers;
import dev.verso.kv.contract.TestCertificates;
import dev.verso.kv.contract.TestStores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases on servers as a user of JDBC sees them. */
class ServerDatabaseTest {
    private final String name = "app-" + UUID.randomUUID();

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

    /** Where the store is; aborts the test, by name, if there is none. */
    private static String store(String scheme) {
        return scheme.equals("fdb")
                ? "fdb:" + TestStores.cluster()
                : "etcd:" + EtcdMembers.endpoints() + "/verso-sql-" + UUID.randomUUID();
    }

    @ParameterizedTest
    @ValueSource(strings = {"etcd", "fdb"})
    void aDatabaseIsWrittenReadAndFoundAgainAsItWas(String scheme) throws SQLException {
        String store = store(scheme);
        try (Connection connection = Engines.verso(store + "/" + name)) {
            run(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE)");
            run(
                    connection,
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                            + " INSERT INTO t SELECT i, 'row ' || i FROM n");
        }
        long version;
        try (VersionedDatabases databases = new VersionedDatabases(store)) {
            assertThat(databases.list()).contains(name);
            version = databases.versions(name).stream()
                    .mapToLong(VersionedDatabases.Version::version)
                    .max()
                    .orElseThrow();
        }
        try (Connection connection = Engines.verso(store + "/" + name)) {
            run(connection, "DELETE FROM t WHERE id > 10");
            assertThat(one(connection, "SELECT count(*) || ' ' || max(a) FROM t"))
                    .isEqualTo("10 row 9");
            assertThat(one(connection, "PRAGMA integrity_check")).isEqualTo("ok");
            try (Connection past = Engines.verso(store + "/" + name + "@" + version)) {
                assertThat(one(past, "SELECT count(*) FROM t")).isEqualTo("5000");
                assertThatThrownBy(() -> run(past, "DELETE FROM t")).isInstanceOf(SQLException.class);
            }
        }
        try (VersionedDatabases databases = new VersionedDatabases(store)) {
            databases.delete(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"etcd", "fdb"})
    void pagesOf64KibibytesAreStored(String scheme) throws SQLException {
        String store = store(scheme);
        try (Connection connection = Engines.verso(store + "/" + name)) {
            run(connection, "PRAGMA page_size = 65536");
            run(connection, "CREATE TABLE t (a BLOB)");
            run(connection, "INSERT INTO t VALUES (randomblob(3000000)), (zeroblob(50000))");
            assertThat(one(connection, "SELECT sum(length(a)) FROM t")).isEqualTo("3050000");
            assertThat(one(connection, "PRAGMA page_size")).isEqualTo("65536");
            assertThat(one(connection, "PRAGMA integrity_check")).isEqualTo("ok");
        }
        try (VersionedDatabases databases = new VersionedDatabases(store)) {
            databases.delete(name);
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

    @Test
    void aUrlSaysHowToGetIntoAClusterWithTlsAndUsers(@TempDir Path folder) throws IOException, SQLException {
        TestCertificates certificates = TestCertificates.make(folder);
        try (EtcdMembers members = EtcdMembers.startWithTls(1, certificates)) {
            String url = "jdbc:verso:etcd:" + members.addresses() + "/store/app?connect_timeout=20000&ca="
                    + certificates.authority() + "&cert=" + certificates.certificate() + "&key=" + certificates.key();
            try (Connection connection = DriverManager.getConnection(url)) {
                run(connection, "CREATE TABLE t (a)");
                run(connection, "ATTACH 'other' AS other");
                run(connection, "CREATE TABLE other.u (a)");
                run(connection, "ATTACH 'app?mode=ro' AS again");
                assertThatThrownBy(() -> run(connection, "INSERT INTO again.t VALUES (1)"))
                        .hasMessageContaining("readonly");
            }
            try (VersionedDatabases databases = new VersionedDatabases(url.replace("/app?", "?"))) {
                assertThat(databases.list()).containsExactly("app", "other");
            }
            assertThatThrownBy(() -> DriverManager.getConnection(url + "&user=me&password=a%20secret"))
                    .hasMessageContaining(members.addresses())
                    .hasMessageContaining("authentication is not enabled")
                    .hasMessageNotContaining("secret");
            VersoDataSource source = new VersoDataSource(url);
            assertThatThrownBy(() -> source.getConnection("me", "a secret"))
                    .hasMessageContaining("authentication is not enabled");
            try (Connection connection = source.getConnection("", "")) {
                assertThat(one(connection, "SELECT count(*) FROM t")).isEqualTo("0");
            }
        }
    }

    @Test
    void allWhoAskForAStoreThatNeverAnswersAreToldInTheirTime() throws Exception {
        CompletableFuture<Throwable> patient;
        String place;
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            place = "127.0.0.1:" + silent.getLocalPort();
            String url = "jdbc:verso:etcd:" + place + "/app?connect_timeout=";
            patient = CompletableFuture.supplyAsync(() -> catchThrowable(
                    () -> DriverManager.getConnection(url + "60000").close()));
            try (Socket asked = silent.accept()) {
                // The first is waiting now, and would for a minute; the others do not wait for it.
                assertThat(asked.isConnected()).isTrue();
                assertThatThrownBy(
                                () -> DriverManager.getConnection(url + "200").close())
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("no answer within 200 ms");
                assertThat(patient.isDone()).isFalse();
                try (Connection other =
                        DriverManager.getConnection("jdbc:verso:mem:beside-" + UUID.randomUUID() + "/a")) {
                    assertThat(one(other, "SELECT 1")).isEqualTo("1");
                }
            }
        }
        assertThat(patient.get(60, TimeUnit.SECONDS))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(place);
    }

    @Test
    void settingsThatMakeNoSenseAreNamed() {
        for (String setting : List.of("connect_timeout=soon", "connect_timeout=0", "tls=maybe", "ca=/no/such/file")) {
            assertThatThrownBy(() -> DriverManager.getConnection("jdbc:verso:etcd:127.0.0.1:1/app?" + setting))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining(setting.substring(setting.indexOf('=') + 1));
        }
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:verso:etcd:127.0.0.1:1/app?colour=red"))
                .hasMessageContaining("colour");
    }
}
