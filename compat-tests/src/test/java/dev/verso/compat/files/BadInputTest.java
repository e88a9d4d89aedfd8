package dev.verso.compat.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.verso.compat.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong gets SQLite's result code and a message that says what and where, and the data stay as they were. */
class BadInputTest {
    private static final int READONLY = 8;
    private static final int CORRUPT = 11;
    private static final int CANTOPEN = 14;
    private static final int RANGE = 25;
    private static final int NOTADB = 26;

    @TempDir
    Path folder;

    private static SQLException error(ThrowingCallable call) {
        SQLException e = catchThrowableOfType(SQLException.class, call);
        assertThat((Throwable) e).isNotNull();
        return e;
    }

    private static void read(String location) throws SQLException {
        try (Connection connection = Engines.verso(location);
                Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT count(*) FROM sqlite_schema");
        }
    }

    private Path sample() throws SQLException {
        Path file = folder.resolve("sample.sqlite");
        try (Connection connection = Engines.sqlite(file.toString());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)");
            statement.execute(
                    "INSERT INTO t WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 5000)"
                            + " SELECT i, 'text number ' || i FROM c");
        }
        return file;
    }

    @Test
    void aUrlOfAnotherDriverIsNotOurs() throws SQLException {
        assertThat(new dev.verso.jdbc.VersoDriver().connect("jdbc:other:x", null))
                .isNull();
    }

    @Test
    void aMissingFolderCannotBeOpened() {
        Path file = folder.resolve("missing").resolve("x.sqlite");
        SQLException e = error(() -> read(file.toString()));
        assertThat(e.getErrorCode()).isEqualTo(CANTOPEN);
        assertThat(e.getMessage()).contains("unable to open database file");
    }

    @Test
    void aFolderIsNoDatabase() {
        assertThat(error(() -> read(folder.toString())).getErrorCode()).isEqualTo(CANTOPEN);
    }

    @Test
    void aMissingFileIsNotMadeReadOnly() {
        Path file = folder.resolve("none.sqlite");
        assertThat(error(() -> read("file:" + file + "?mode=ro")).getErrorCode())
                .isEqualTo(CANTOPEN);
        assertThat(file).doesNotExist();
    }

    @Test
    void aTextFileIsNoDatabase() throws Exception {
        Path file = folder.resolve("text.sqlite");
        Files.writeString(file, "This is not a database. ".repeat(100));
        byte[] before = Files.readAllBytes(file);
        SQLException e = error(() -> read(file.toString()));
        assertThat(e.getErrorCode()).isEqualTo(NOTADB);
        assertThat(e.getMessage()).contains("file is not a database");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void anEncryptedFileIsNoDatabase() throws Exception {
        Path file = folder.resolve("encrypted.sqlite");
        byte[] noise = new byte[8192];
        new Random(1).nextBytes(noise);
        Files.write(file, noise);
        assertThat(error(() -> read(file.toString())).getErrorCode()).isEqualTo(NOTADB);
        assertThat(Files.readAllBytes(file)).isEqualTo(noise);
    }

    @Test
    void aTruncatedFileIsCorruptWhereItIsShort() throws Exception {
        Path file = sample();
        byte[] all = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(all, all.length / 2));
        SQLException e = error(() -> {
            try (Connection connection = Engines.verso(file.toString());
                    Statement statement = connection.createStatement();
                    java.sql.ResultSet rows = statement.executeQuery("SELECT b FROM t")) {
                while (rows.next()) {
                    rows.getString(1);
                }
            }
        });
        assertThat(e.getErrorCode()).isEqualTo(CORRUPT);
        assertThat(e.getMessage()).contains("database disk image is malformed");
    }

    @Test
    void aReadOnlyDatabaseRefusesWrites() throws Exception {
        Path file = sample();
        byte[] before = Files.readAllBytes(file);
        SQLException e = error(() -> {
            try (Connection connection = Engines.verso("file:" + file + "?mode=ro");
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("INSERT INTO t VALUES (0, 'x')");
            }
        });
        assertThat(e.getErrorCode()).isEqualTo(READONLY);
        assertThat(e.getSQLState()).isEqualTo("25006");
        assertThat(e.getMessage()).contains("attempt to write a readonly database");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void anUnknownNamespaceOrVersionCannotBeOpened() {
        String store = "local:" + folder.resolve("store");
        SQLException namespace = error(() -> read(store + "/nobody@3"));
        assertThat(namespace.getErrorCode()).isEqualTo(CANTOPEN);
        assertThat(namespace.getMessage()).contains("nobody");
        SQLException version = error(() -> {
            try (Connection connection = Engines.verso(store + "/somebody");
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE t (a)");
            }
            read(store + "/somebody@999999");
        });
        assertThat(version.getMessage()).contains("999999");
    }

    @Test
    void aPastVersionRefusesWrites() throws Exception {
        String store = "mem:" + folder.getFileName();
        try (Connection connection = Engines.verso(store + "/past");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (a)");
        }
        long version;
        try (dev.verso.jdbc.VersionedDatabases databases = new dev.verso.jdbc.VersionedDatabases(store)) {
            version = databases.versions("past").get(0).version();
        }
        SQLException e = error(() -> {
            try (Connection connection = Engines.verso(store + "/past@" + version);
                    Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO t VALUES (1)");
            }
        });
        assertThat(e.getErrorCode()).isEqualTo(READONLY);
    }

    @Test
    void aParameterOutOfRangeIsRefused() throws Exception {
        try (Connection connection = Engines.verso(":memory:");
                PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
            assertThat(error(() -> statement.setInt(2, 1)).getErrorCode()).isEqualTo(RANGE);
            assertThat(error(() -> statement.setInt(0, 1)).getErrorCode()).isEqualTo(RANGE);
            assertThat(error(statement::executeQuery).getMessage()).contains("parameter 1");
        }
    }

    @Test
    void malformedSqlSaysWhere() throws Exception {
        try (Connection connection = Engines.verso(":memory:");
                Statement statement = connection.createStatement()) {
            SQLException e = error(() -> statement.execute("SELECT * FORM t"));
            assertThat(e.getMessage()).contains("near \"FORM\": syntax error");
            assertThat(e.getSQLState()).isEqualTo("42601");
        }
    }
}
