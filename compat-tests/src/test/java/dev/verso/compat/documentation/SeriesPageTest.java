package dev.verso.compat.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.compat.Engines;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** sqlite.org/series.html. sqlite-jdbc has no {@code generate_series}; the real SQLite runs the recursive query that the page gives for it. */
class SeriesPageTest {
    private ScriptedEngine verso;
    private ScriptedEngine sqlite;

    @BeforeEach
    void open(@TempDir Path directory) throws SQLException {
        verso = new ScriptedEngine(Engines::verso, directory.resolve("verso"));
        sqlite = new ScriptedEngine(Engines::sqlite, directory.resolve("sqlite"));
    }

    @AfterEach
    void close() throws SQLException {
        verso.close();
        sqlite.close();
    }

    private static String recursive(long start, long stop, long step) {
        String beyond = step > 0 ? "<=" : ">=";
        return "WITH RECURSIVE s(value) AS (SELECT " + start + " WHERE " + start + beyond + stop
                + " UNION ALL SELECT value + " + step + " FROM s WHERE value + " + step + beyond + stop + ") ";
    }

    private void assertSameSeries(long start, long stop, long step) {
        String arguments = start + ", " + stop + ", " + step;
        assertThat(verso.answer("SELECT value FROM generate_series(" + arguments + ")", false))
                .as(arguments)
                .isEqualTo(sqlite.answer(recursive(start, stop, step) + "SELECT value FROM s", false));
    }

    @Test
    void aSeriesIsTheRecursiveQuery() {
        long[][] series = {
            {5, 100, 5},
            {1, 20, 1},
            {0, 0, 1},
            {1, 0, 1},
            {-7, 7, 3},
            {3, 11, 4},
            {3, 10, 4},
            {10, -10, -3},
            {1, 5, -1},
            {4, 4, -9},
            {9223372036854775800L, 9223372036854775805L, 2},
            {-9223372036854775805L, -9223372036854775800L, 2}
        };
        for (long[] each : series) {
            assertSameSeries(each[0], each[1], each[2]);
        }
    }

    @Test
    void theStepIsOneAndTheEndIsFarAwayUnlessTheyAreGiven() {
        assertThat(verso.answer("SELECT value, start, stop, step FROM generate_series(4294967294)", false))
                .isEqualTo(sqlite.answer(
                        recursive(4294967294L, 4294967295L, 1)
                                + "SELECT value, 4294967294 AS start, 4294967295 AS stop, 1 AS step FROM s",
                        false));
        assertThat(verso.answer("SELECT value, step FROM generate_series(2, 4)", false))
                .isEqualTo(sqlite.answer(recursive(2, 4, 1) + "SELECT value, 1 AS step FROM s", false));
    }

    @Test
    void theHiddenColumnsAreTheArgumentsAndMayBeGivenAsConditions() {
        assertThat(verso.answer(
                        "SELECT value, start, stop, step FROM generate_series WHERE start = 2 AND stop = 9 AND step = 3",
                        false))
                .isEqualTo(sqlite.answer(
                        recursive(2, 9, 3) + "SELECT value, 2 AS start, 9 AS stop, 3 AS step FROM s", false));
        assertThat(verso.answer("SELECT * FROM generate_series(1, 2)", false))
                .isEqualTo(sqlite.answer(recursive(1, 2, 1) + "SELECT * FROM s", false));
        assertThat(verso.answer("SELECT rowid, oid, _rowid_ FROM generate_series(5, 6)", false))
                .contains("5 | 5 | 5", "6 | 6 | 6");
    }

    @Test
    void aStartMustBeThereAndComputable() throws SQLException {
        try (Connection connection = Engines.verso(":memory:");
                java.sql.Statement statement = connection.createStatement()) {
            for (String from : new String[] {"generate_series", "generate_series(value, 5)"}) {
                assertThatThrownBy(() -> statement.executeQuery("SELECT value FROM " + from))
                        .hasMessageContaining("first argument to \"generate_series()\" missing or unusable");
            }
        }
    }

    @Test
    void seriesAreJoinedAndSearchedLikeTables() {
        String[] script = {
            "CREATE TABLE customer(id INTEGER PRIMARY KEY, name)",
            "INSERT INTO customer VALUES (9900, 'a'), (10000, 'b'), (10050, 'c'), (10100, 'd'), (20000, 'e'), (20100, 'f')"
        };
        for (String sql : script) {
            verso.answer(sql, false);
            sqlite.answer(sql, false);
        }
        assertThat(verso.answer(
                        "SELECT name FROM customer, generate_series(10000, 20000, 100) WHERE customer.id = value",
                        false))
                .isEqualTo(sqlite.answer(
                        recursive(10000, 20000, 100) + "SELECT name FROM customer, s WHERE customer.id = value",
                        false));
        assertThat(verso.answer(
                        "SELECT name FROM customer WHERE id IN (SELECT value FROM generate_series(10000, 20000, 200))",
                        false))
                .isEqualTo(sqlite.answer(
                        recursive(10000, 20000, 200) + "SELECT name FROM customer WHERE id IN (SELECT value FROM s)",
                        false));
        assertThat(verso.answer(
                        "SELECT count(random()), count(DISTINCT typeof(random())) FROM generate_series(1, 20)", false))
                .isEqualTo(sqlite.answer(
                        recursive(1, 20, 1) + "SELECT count(random()), count(DISTINCT typeof(random())) FROM s",
                        false));
    }
}
