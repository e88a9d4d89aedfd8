package dev.verso.compat.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.verso.compat.ChildJvm;
import dev.verso.compat.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    // ---- the same of both kinds of storage

    private String location(String storage) {
        return storage.equals("file")
                ? folder.resolve("both.sqlite").toString()
                : "local:" + folder.resolve("store") + "/both";
    }

    /** A database with a table of 1,000 rows. */
    private String filled(String storage) throws SQLException {
        String location = location(storage);
        try (Connection connection = Engines.verso(location);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT);"
                    + "INSERT INTO t WITH RECURSIVE c (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM c WHERE i < 1000)"
                    + " SELECT i, 'text number ' || i FROM c");
        }
        return location;
    }

    private static void assertAsItWas(String location) throws SQLException {
        try (Connection connection = Engines.verso(location);
                Statement statement = connection.createStatement()) {
            for (String[] each : new String[][] {
                {"SELECT count(*) || ' ' || sum(a) || ' ' || max(b) FROM t", "1000 500500 text number 999"},
                {"PRAGMA integrity_check", "ok"}
            }) {
                try (java.sql.ResultSet rows = statement.executeQuery(each[0])) {
                    rows.next();
                    assertThat(rows.getString(1)).isEqualTo(each[1]);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "local"})
    void whatASessionMayNotDoLeavesTheDataAsTheyWere(String storage) throws Exception {
        String location = filled(storage);
        try (Connection connection = Engines.verso(location);
                Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO t (a, b) VALUES (?, ?)")) {
            assertThat(error(() -> statement.execute("INSERT INTO t (b) VALUES ('x'"))
                            .getSQLState())
                    .isEqualTo("42601");
            assertThat(error(() -> statement.execute("INSERT INTO t (b) VALUES ('x'); INSERT INTO missing VALUES (1)"))
                            .getMessage())
                    .contains("no such table: missing");
            statement.execute("DELETE FROM t WHERE b = 'x'");
            assertThat(error(() -> insert.setInt(3, 1)).getErrorCode()).isEqualTo(RANGE);
            insert.setInt(1, 5);
            assertThat(error(insert::executeUpdate).getMessage()).contains("parameter 2");
            insert.setString(2, "twice");
            assertThat(error(insert::executeUpdate).getErrorCode()).isEqualTo(19);
            insert.setInt(1, 2000);
            insert.addBatch();
            insert.setInt(1, 5);
            insert.addBatch();
            connection.setAutoCommit(false);
            assertThat(error(insert::executeBatch).getMessage()).contains("batch entry 1");
            connection.rollback();
        }
        assertAsItWas(location);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "local"})
    void aFullDiskInTheMiddleOfACommitUndoesIt(String storage) throws Exception {
        assumeThat(Files.isExecutable(Path.of("/bin/bash")) || Files.isExecutable(Path.of("/usr/bin/bash")))
                .as("a shell that limits the size of files")
                .isTrue();
        String location = filled(storage);
        ChildJvm child = ChildJvm.withFilesOfAtMost(2048, FullDiskWriter.class, location);
        child.await();
        assertThat(child.lines())
                .filteredOn(line -> line.startsWith("refused "))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line).matches("refused (10|13) (58030|53100) .*");
                    assertThat(line).contains(folder.toString());
                });
        assertThat(child.lines()).doesNotContain("committed");
        assertAsItWas(location);
        try (Connection connection = Engines.verso(location);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO t VALUES (0, 'more'); DELETE FROM t WHERE a = 0");
        }
        assertAsItWas(location);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "local"})
    void aReadOnlyPlaceIsReadAndNotWritten(String storage) throws Exception {
        String location = filled(storage);
        Path place = storage.equals("file") ? folder.resolve("both.sqlite") : folder.resolve("store");
        List<Path> all = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(place)) {
            paths.forEach(all::add);
        }
        for (Path path : all) {
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "r-xr-xr-x" : "r--r--r--"));
        }
        try {
            assumeThat(Files.isWritable(place)).as("root writes anyway").isFalse();
            SQLException e = error(() -> {
                try (Connection connection = Engines.verso(location);
                        Statement statement = connection.createStatement()) {
                    statement.executeUpdate("DELETE FROM t");
                }
            });
            assertThat(e.getErrorCode()).isIn(READONLY, CANTOPEN);
        } finally {
            for (Path path : all) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        assertAsItWas(location);
    }

    @Test
    void anUnknownNamespaceIsNotMadeWhereItMayNotBe() throws Exception {
        String store = "local:" + folder.resolve("store");
        filled("local");
        for (String location : List.of(store + "/nobody?mode=rw", store + "/nobody?mode=ro", store + "/nobody@1")) {
            SQLException e = error(() -> read(location));
            assertThat(e.getErrorCode()).as(location).isEqualTo(CANTOPEN);
            assertThat(e.getSQLState()).isEqualTo("08001");
            assertThat(e.getMessage()).contains("nobody");
        }
        SQLException version = error(() -> read(store + "/both@999999999"));
        assertThat(version.getErrorCode()).isEqualTo(CANTOPEN);
        assertThat(version.getMessage()).contains("both").contains("999999999");
        SQLException time = error(() -> read(store + "/both@2001-01-01T00:00:00Z"));
        assertThat(time.getErrorCode()).isEqualTo(CANTOPEN);
        assertThat(time.getMessage()).contains("2001-01-01");
        assertThat(error(() -> read(store + "/both@yesterday")).getMessage()).contains("yesterday");
        assertThat(error(() -> read("local:nowhere")).getMessage()).contains("names no namespace");
        try (dev.verso.jdbc.VersionedDatabases databases = new dev.verso.jdbc.VersionedDatabases(store)) {
            assertThat(databases.list()).containsExactly("both");
        }
        assertAsItWas(location("local"));
    }

    @Test
    void whatIsNoStoreIsNotOpenedAndNotChanged() throws Exception {
        Path file = folder.resolve("plain.txt");
        Files.writeString(file, "no directory");
        SQLException e = error(() -> read("local:" + file + "/name"));
        assertThat(e.getErrorCode()).isEqualTo(CANTOPEN);
        assertThat(e.getMessage()).contains(file.toString());
        assertThat(Files.readString(file)).isEqualTo("no directory");
        Path missing = folder.resolve("missing").resolve("deeper");
        assertThat(error(() -> read("local:" + missing + "/name?mode=ro")).getErrorCode())
                .isEqualTo(CANTOPEN);
        assertThat(folder.resolve("missing")).doesNotExist();
        SQLException cluster = error(() -> read("fdb:" + folder.resolve("no.cluster") + "/name"));
        assertThat(cluster.getErrorCode()).isEqualTo(CANTOPEN);
        assertThat(cluster.getMessage()).contains("no.cluster");
        SQLException etcd = error(() -> read("etcd:127.0.0.1:1/prefix/name"));
        assertThat(etcd.getErrorCode()).isEqualTo(CANTOPEN);
        assertThat(etcd.getMessage()).contains("etcd:127.0.0.1:1/prefix").contains("Connection refused");
        assertThat(error(() -> read("etcd:127.0.0.1:x/name")).getMessage()).contains("'x' is no port");
    }

    /** Half of each file of a store is cut off, or noise is written over it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDamagedStoreSaysSoOrHasItsData(boolean cut) throws Exception {
        String location = filled("local");
        List<Path> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(folder.resolve("store"))) {
            paths.filter(Files::isRegularFile).forEach(files::add);
        }
        Random random = new Random(7);
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            if (whole.length == 0) {
                continue;
            }
            byte[] damaged = java.util.Arrays.copyOf(whole, cut ? whole.length / 2 : whole.length);
            if (!cut) {
                random.nextBytes(damaged);
            }
            Files.write(file, damaged);
            try {
                assertAsItWas(location);
            } catch (SQLException e) {
                assertThat(e.getErrorCode()).as(file + ": " + e.getMessage()).isIn(10, CORRUPT, CANTOPEN, NOTADB);
                assertThat(e.getMessage()).contains("store");
            }
            Files.write(file, whole);
            assertAsItWas(location);
        }
    }

    @Test
    void aTruncatedOrEncryptedFileIsNotImported() throws Exception {
        Path file = sample();
        byte[] all = Files.readAllBytes(file);
        try (dev.verso.jdbc.VersionedDatabases databases =
                new dev.verso.jdbc.VersionedDatabases("local:" + folder.resolve("store"))) {
            Files.write(file, java.util.Arrays.copyOf(all, all.length / 2));
            SQLException cut = error(() -> databases.importFile("cut", file, percent -> {}));
            assertThat(cut.getErrorCode()).isIn(CORRUPT, NOTADB);
            assertThat(cut.getMessage()).contains(file.toString());
            byte[] noise = new byte[8192];
            new Random(1).nextBytes(noise);
            Files.write(file, noise);
            SQLException encrypted = error(() -> databases.importFile("noise", file, percent -> {}));
            assertThat(encrypted.getErrorCode()).isEqualTo(NOTADB);
            assertThat(error(() -> databases.importFile("none", folder.resolve("none.sqlite"), percent -> {}))
                            .getErrorCode())
                    .isEqualTo(CANTOPEN);
            assertThat(error(() -> databases.exportFile("nobody", folder.resolve("out.sqlite"), percent -> {}))
                            .getErrorCode())
                    .isEqualTo(CANTOPEN);
            assertThat(databases.list()).isEmpty();
        }
        assertThat(folder.resolve("out.sqlite")).doesNotExist();
    }
}
