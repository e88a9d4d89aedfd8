package dev.verso.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvStores;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last connection to a storage closes it. */
class ClosingTest {
    @TempDir
    Path folder;

    private static void use(String location) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:verso:" + location);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS t (a); CREATE TEMP TABLE u (a); INSERT INTO u VALUES (1)");
        }
    }

    @Test
    void filesAreClosed() throws SQLException {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        assumeThat(system).isInstanceOf(UnixOperatingSystemMXBean.class);
        UnixOperatingSystemMXBean unix = (UnixOperatingSystemMXBean) system;
        use(folder.resolve("first.sqlite").toString());
        long before = unix.getOpenFileDescriptorCount();
        for (int i = 0; i < 120; i++) {
            use(folder.resolve("file" + i + ".sqlite").toString());
            use("");
        }
        assertThat(unix.getOpenFileDescriptorCount() - before).isLessThan(50);
    }

    @Test
    void attachedAndCopiedFilesAreClosed() throws SQLException {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        assumeThat(system).isInstanceOf(UnixOperatingSystemMXBean.class);
        UnixOperatingSystemMXBean unix = (UnixOperatingSystemMXBean) system;
        try (Connection connection = DriverManager.getConnection("jdbc:verso:" + folder.resolve("main.sqlite"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (a)");
            long before = unix.getOpenFileDescriptorCount();
            for (int i = 0; i < 60; i++) {
                statement.execute("ATTACH '" + folder.resolve("file" + i) + "' AS x; CREATE TABLE x.t (a); DETACH x");
                statement.execute("VACUUM INTO '" + folder.resolve("copy" + i) + "'");
                statement.execute("VACUUM");
            }
            assertThat(unix.getOpenFileDescriptorCount() - before).isLessThan(50);
        }
    }

    @Test
    void aLocalStoreIsGivenUpSoThatOthersCanOpenIt() throws SQLException {
        Path directory = folder.resolve("store");
        use("local:" + directory + "/name");
        try (KvStore store = KvStores.open("local", directory.toString(), Map.of("create", "false"))) {
            assertThat(store).isNotNull();
        }
        use("local:" + directory + "/name");
    }

    @Test
    void aFileThatWasDeletedIsMadeAnew() throws Exception {
        Path file = folder.resolve("again.sqlite");
        use(file.toString());
        Files.delete(file);
        use(file.toString());
        assertThat(file).isNotEmptyFile();
    }
}
