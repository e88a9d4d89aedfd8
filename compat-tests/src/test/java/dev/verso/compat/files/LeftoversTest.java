package dev.verso.compat.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stays in files that nothing refers to any more: PRAGMA secure_delete and journal_size_limit. */
class LeftoversTest {
    @TempDir
    Path directory;

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static int secrets(Path file) throws IOException {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        int count = 0;
        for (int at = content.indexOf("SECRET"); at >= 0; at = content.indexOf("SECRET", at + 1)) {
            count++;
        }
        return count;
    }

    private Path filledAndEmptied(String mode, int autoVacuum) throws SQLException, IOException {
        Path file = directory.resolve(mode + autoVacuum + ".db");
        try (Connection connection = Engines.verso(file.toString())) {
            run(
                    connection,
                    "PRAGMA synchronous=OFF",
                    "PRAGMA auto_vacuum=" + autoVacuum,
                    "PRAGMA secure_delete=" + mode,
                    "CREATE TABLE t(a INTEGER PRIMARY KEY, b, c)",
                    "CREATE INDEX tb ON t(b)",
                    "CREATE TABLE keyed(k PRIMARY KEY, v) WITHOUT ROWID",
                    "CREATE TABLE one(x)",
                    "CREATE TABLE dropped(x)",
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 800) INSERT INTO t"
                            + " SELECT i, 'SECRET-ROW-' || i, CASE WHEN i % 50 = 0 THEN 'SECRET-LONG-' || hex(zeroblob(5000)) END FROM n",
                    "INSERT INTO keyed SELECT 'SECRET-KEY-' || a, b FROM t",
                    "INSERT INTO dropped SELECT 'SECRET-DROP-' || a FROM t",
                    "INSERT INTO one VALUES ('SECRET-ONE')",
                    "UPDATE t SET b = 'x' || a WHERE a % 3 = 1",
                    "UPDATE one SET x = 'longer than it was before'",
                    "UPDATE one SET x = 'short'",
                    "DELETE FROM t WHERE a % 3 = 0",
                    "DELETE FROM keyed WHERE k LIKE '%5'",
                    "DELETE FROM keyed WHERE v < 'SECRET-ROW-3'",
                    "DELETE FROM keyed",
                    "DROP TABLE dropped",
                    "DELETE FROM t WHERE a > 400",
                    "DELETE FROM t");
        }
        try (Connection real = Engines.sqlite(file.toString());
                Statement statement = real.createStatement();
                var result = statement.executeQuery("PRAGMA integrity_check")) {
            result.next();
            assertThat(result.getString(1)).isEqualTo("ok");
        }
        return file;
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void nothingOfWhatWasDeletedStaysInTheFileWhereDeletingIsSecure(int autoVacuum) throws Exception {
        assertThat(secrets(filledAndEmptied("ON", autoVacuum))).isZero();
    }

    @Test
    void fastSecureDeletionOverwritesLessAndNoneAtAllLeast() throws Exception {
        int fast = secrets(filledAndEmptied("FAST", 0));
        assertThat(fast).isBetween(1, secrets(filledAndEmptied("OFF", 0)) - 1);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aJournalThatPersistsIsCutToItsLimit(boolean verso) throws Exception {
        Path file = directory.resolve("journal.db");
        Path journal = directory.resolve("journal.db-journal");
        try (Connection connection = verso ? Engines.verso(file.toString()) : Engines.sqlite(file.toString())) {
            run(
                    connection,
                    "PRAGMA synchronous=OFF",
                    "PRAGMA journal_mode=PERSIST",
                    "CREATE TABLE t(a)",
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO t"
                            + " SELECT zeroblob(1000) FROM n",
                    "UPDATE t SET a = zeroblob(1000) || 'x'");
            assertThat(Files.size(journal)).isGreaterThan(200_000);
            run(connection, "PRAGMA journal_size_limit=20000", "UPDATE t SET a = zeroblob(1001)");
            assertThat(Files.size(journal)).isEqualTo(20_000);
            run(connection, "PRAGMA journal_size_limit=0", "UPDATE t SET a = zeroblob(1002)");
            assertThat(Files.size(journal)).isZero();
            run(connection, "PRAGMA journal_size_limit=-1", "UPDATE t SET a = zeroblob(1003)");
            assertThat(Files.size(journal)).isGreaterThan(200_000);
        }
    }

    @Test
    void aValuePastTheHardHeapLimitIsOutOfMemory() throws Exception {
        try (Connection connection = Engines.verso(":memory:")) {
            run(connection, "PRAGMA hard_heap_limit=5000000", "SELECT hex(zeroblob(2000000))");
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> run(connection, "SELECT hex(zeroblob(4000000))"))
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode())
                            .isEqualTo(7));
        }
    }
}
