package dev.verso.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URLs, settings and how the driver is found. */
class UrlsTest {
    @TempDir
    Path folder;

    private static Connection open(String url, String... properties) throws SQLException {
        Properties given = new Properties();
        for (int i = 0; i < properties.length; i += 2) {
            given.setProperty(properties[i], properties[i + 1]);
        }
        return new VersoDriver().connect(url, given);
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static SQLException refused(String url) {
        SQLException e =
                catchThrowableOfType(SQLException.class, () -> open(url).close());
        assertThat((Throwable) e).as(url).isNotNull();
        return e;
    }

    @Test
    void theDriverIsFoundByTheServiceLoaderAndTheDriverManager() throws SQLException {
        assertThat(ServiceLoader.load(Driver.class).stream().map(ServiceLoader.Provider::type))
                .contains(VersoDriver.class);
        assertThat(DriverManager.getDriver("jdbc:verso:x")).isInstanceOf(VersoDriver.class);
        assertThat(new VersoDriver().connect("jdbc:other:x", null)).isNull();
        assertThat(new VersoDriver().acceptsURL("JDBC:Verso:x")).isTrue();
        assertThat(new VersoDriver().acceptsURL("jdbc:sqlite:x")).isTrue();
        assertThat(new VersoDriver().acceptsURL(null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "foreign_keys, true, PRAGMA foreign_keys, 1",
        "FOREIGN_KEYS, ON, PRAGMA foreign_keys, 1",
        "busy_timeout, 1234, PRAGMA busy_timeout, 1234",
        "cache_size, 777, PRAGMA cache_size, 777",
        "synchronous, OFF, PRAGMA synchronous, 0",
        "user_version, 9, PRAGMA user_version, 9",
        "application_id, 11, PRAGMA application_id, 11",
        "page_size, 8192, PRAGMA page_size, 8192",
        "recursive_triggers, 1, PRAGMA recursive_triggers, 1",
        "locking_mode, EXCLUSIVE, PRAGMA locking_mode, exclusive",
        "temp_store, MEMORY, PRAGMA temp_store, 2",
        "max_page_count, 5000, PRAGMA max_page_count, 5000",
        "encoding, UTF-16le, PRAGMA encoding, UTF-16le",
    })
    void aSettingIsTakenFromTheUrlAndFromTheProperties(String name, String value, String question, String answer)
            throws SQLException {
        try (Connection connection = open("jdbc:verso::memory:?" + name + "=" + value)) {
            assertThat(value(connection, question)).isEqualTo(answer);
        }
        try (Connection connection = open("jdbc:sqlite::memory:", name, value)) {
            assertThat(value(connection, question)).isEqualTo(answer);
        }
    }

    @Test
    void journalModesAreSet() throws SQLException {
        for (String mode : List.of("delete", "truncate", "persist", "memory", "off")) {
            try (Connection connection = open("jdbc:verso:" + folder.resolve(mode) + "?journal_mode=" + mode)) {
                assertThat(value(connection, "PRAGMA journal_mode")).isEqualTo(mode);
            }
        }
    }

    @Test
    void aPropertyWinsOverTheUrl() throws SQLException {
        try (Connection connection = open("jdbc:verso::memory:?user_version=1", "user_version", "2")) {
            assertThat(value(connection, "PRAGMA user_version")).isEqualTo("2");
        }
    }

    @Test
    void whatIsNoSettingOrNoValueIsRefusedAndMakesNoFile() throws Exception {
        String file = "jdbc:verso:" + folder.resolve("x.sqlite");
        assertThat(refused(file + "?colour=red").getMessage()).contains("colour");
        assertThat(refused(file + "?mode=ro").getMessage()).contains("mode").contains("file:");
        assertThat(refused(file + "?busy_timeout=soon").getMessage())
                .contains("busy_timeout")
                .contains("soon");
        assertThat(refused(file + "?busy_timeout=").getMessage()).contains("busy_timeout");
        assertThat(refused(file + "?date_class=poem").getMessage()).contains("POEM");
        assertThat(refused(file + "?transaction_mode=never").getMessage()).contains("NEVER");
        assertThat(refused(file + "?date_string_format=bbbb").getMessage()).contains("bbbb");
        assertThat(refused("jdbc:verso:file:" + folder + "/x?mode=odd").getMessage())
                .contains("no such access mode: odd");
        assertThat(refused("jdbc:verso:file:" + folder + "/x?cache=odd").getMessage())
                .contains("no such cache mode: odd");
        assertThat(refused("jdbc:verso:file:" + folder + "/x?vfs=odd").getMessage())
                .contains("no such vfs: odd");
        assertThat(refused("jdbc:verso:file://elsewhere/x").getMessage()).contains("elsewhere");
        assertThat(refused("jdbc:verso::resource:x.sqlite").getErrorCode()).isEqualTo(14);
        assertThat(refused("jdbc:verso:local:" + folder.resolve("store") + "/name?mode=odd")
                        .getMessage())
                .contains("mode=odd");
        assertThat(refused("jdbc:verso:local:" + folder.resolve("store") + "/name?colour=red")
                        .getMessage())
                .contains("colour");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aDatabaseOnTheClassPathIsOpenedWhereverItLies() throws Exception {
        Path classes = Files.createDirectories(folder.resolve("classes/data"));
        try (Connection connection = open("jdbc:verso:" + classes.resolve("words.sqlite"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE words AS SELECT 'leaf' AS word");
        }
        Path jar = folder.resolve("words.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("packed/words.sqlite"));
            Files.copy(classes.resolve("words.sqlite"), out);
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {
                    folder.resolve("classes").toUri().toURL(), jar.toUri().toURL()
                },
                before)) {
            Thread.currentThread().setContextClassLoader(loader);
            for (String name : List.of(
                    "data/words.sqlite", "packed/words.sqlite", "jar:" + jar.toUri() + "!/packed/words.sqlite")) {
                try (Connection connection = open("jdbc:sqlite::resource:" + name)) {
                    assertThat(value(connection, "SELECT word FROM words")).isEqualTo("leaf");
                }
            }
            assertThat(refused("jdbc:verso::resource:data/none.sqlite").getMessage())
                    .contains("data/none.sqlite")
                    .contains("class path");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void settingsWithoutEffectAreTakenWithAWarning() throws SQLException {
        try (Connection connection =
                open("jdbc:sqlite::memory:?enable_load_extension=true&limit_attached=3", "password", "secret")) {
            List<String> warnings = new ArrayList<>();
            for (SQLWarning w = connection.getWarnings(); w != null; w = w.getNextWarning()) {
                warnings.add(w.getMessage());
            }
            assertThat(warnings)
                    .containsExactly(
                            "the setting enable_load_extension has no effect",
                            "the setting limit_attached has no effect",
                            "the password has no effect: databases are not encrypted");
            connection.clearWarnings();
            assertThat((Throwable) connection.getWarnings()).isNull();
        }
        try (Connection connection = open("jdbc:verso::memory:", "user", "", "password", "")) {
            assertThat((Throwable) connection.getWarnings()).isNull();
        }
    }

    @Test
    void everySettingIsDescribed() throws SQLException {
        DriverPropertyInfo[] all = new VersoDriver().getPropertyInfo("jdbc:verso:x?foreign_keys=on", new Properties());
        assertThat(all).allSatisfy(info -> assertThat(info.description).isNotBlank());
        assertThat(Arrays.stream(all).map(info -> info.name))
                .contains("journal_mode", "busy_timeout", "date_class", "transaction_mode", "password");
        DriverPropertyInfo keys = Arrays.stream(all)
                .filter(info -> info.name.equals("foreign_keys"))
                .findFirst()
                .orElseThrow();
        assertThat(keys.value).isEqualTo("on");
        assertThat(keys.choices).containsExactly("true", "false");
    }

    @Test
    void sharedMemoryIsOneDatabaseAsLongAsSomebodyHasIt() throws SQLException {
        String url = "jdbc:verso:file:shared-" + folder.getFileName() + "?mode=memory&cache=shared";
        try (Connection first = open(url);
                Connection second = open(url)) {
            run(first, "CREATE TABLE t (a); INSERT INTO t VALUES (5)");
            assertThat(value(second, "SELECT a FROM t")).isEqualTo("5");
        }
        try (Connection third = open(url)) {
            assertThat(value(third, "SELECT count(*) FROM sqlite_schema")).isEqualTo("0");
        }
        try (Connection first = open("jdbc:verso::memory:");
                Connection second = open("jdbc:verso::memory:")) {
            run(first, "CREATE TABLE t (a)");
            assertThat(value(second, "SELECT count(*) FROM sqlite_schema")).isEqualTo("0");
        }
    }

    @Test
    void fileUrisAreDecoded() throws SQLException {
        try (Connection connection = open("jdbc:verso:file:" + folder + "/with%20blank%3f.sqlite?mode=rwc")) {
            run(connection, "CREATE TABLE t (a)");
        }
        assertThat(folder.resolve("with blank?.sqlite")).exists();
        assertThat(refused("jdbc:verso:file:" + folder + "/none?mode=rw").getErrorCode())
                .isEqualTo(14);
        assertThat(refused("jdbc:verso:file:" + folder + "/none?mode=ro").getSQLState())
                .isEqualTo("08001");
    }

    @Test
    void namespacesAreOpenedInTheirModes() throws SQLException {
        String store = "jdbc:verso:mem:urls-" + folder.getFileName();
        try (Connection keeper = open(store + "/made")) {
            run(keeper, "CREATE TABLE t (a)");
            try (Connection reader = open(store + "/made?mode=ro")) {
                assertThat(reader.isReadOnly()).isTrue();
                assertThat(value(reader, "SELECT count(*) FROM t")).isEqualTo("0");
                assertThat(catchThrowableOfType(SQLException.class, () -> run(reader, "INSERT INTO t VALUES (1)"))
                                .getErrorCode())
                        .isEqualTo(8);
            }
            assertThat(refused(store + "/other?mode=rw").getErrorCode()).isEqualTo(14);
            try (Connection writer = open(store + "/other?mode=rwc")) {
                run(writer, "CREATE TABLE t (a)");
            }
            try (Connection writer = open(store + "/other?mode=rw&foreign_keys=on")) {
                assertThat(value(writer, "PRAGMA foreign_keys")).isEqualTo("1");
            }
        }
    }

    @Test
    void theUrlIsShownAsItWasGiven() throws SQLException {
        try (Connection connection = open("jdbc:sqlite::memory:?foreign_keys=on")) {
            assertThat(connection.getMetaData().getURL()).isEqualTo("jdbc:sqlite::memory:?foreign_keys=on");
        }
    }

    @Test
    void aDataSourceOpensItsUrl() throws SQLException {
        VersoDataSource source = new VersoDataSource("jdbc:verso::memory:");
        source.setProperty("user_version", "4");
        try (Connection connection = source.getConnection("somebody", "")) {
            assertThat(value(connection, "PRAGMA user_version")).isEqualTo("4");
        }
        source.setUrl("jdbc:other:x");
        assertThat((Throwable) catchThrowableOfType(SQLException.class, source::getConnection))
                .isNotNull();
        assertThat(source.isWrapperFor(VersoDataSource.class)).isTrue();
    }
}
