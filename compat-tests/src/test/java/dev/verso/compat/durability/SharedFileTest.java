package dev.verso.compat.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes with the real SQLite and two with Verso increment and insert in one file at the same time. */
class SharedFileTest {
    private static final long MILLIS = Boolean.getBoolean("verso.full") ? 60_000 : 3_000;

    @TempDir
    Path directory;

    @Test
    void nothingIsLostAndNothingIsDamaged() throws Exception {
        Path file = directory.resolve("shared.db");
        try (Connection connection = Engines.sqlite(file.toString());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE counter(value INTEGER)");
            statement.execute("INSERT INTO counter VALUES (0)");
            statement.execute("CREATE TABLE entry(id INTEGER PRIMARY KEY, owner TEXT, number INTEGER UNIQUE)");
        }
        int bySqlite;
        int byVerso;
        try (Child sqlite1 = new Child("increment", "sqlite", file, MILLIS, "s1");
                Child verso1 = new Child("increment", "verso", file, MILLIS, "v1");
                Child sqlite2 = new Child("increment", "sqlite", file, MILLIS, "s2");
                Child verso2 = new Child("increment", "verso", file, MILLIS, "v2")) {
            bySqlite = Integer.parseInt(sqlite1.line()) + Integer.parseInt(sqlite2.line());
            byVerso = Integer.parseInt(verso1.line()) + Integer.parseInt(verso2.line());
        }
        assertThat(bySqlite).as("commits by SQLite").isPositive();
        assertThat(byVerso).as("commits by Verso").isPositive();
        assertThat(Engines.integrity(file)).isEqualTo("ok");
        String expected = (bySqlite + byVerso) + "," + (bySqlite + byVerso) + "," + bySqlite;
        try (Connection sqlite = Engines.sqlite(file.toString());
                Connection verso = Engines.verso(file.toString())) {
            assertThat(counts(sqlite)).isEqualTo(expected);
            assertThat(counts(verso)).isEqualTo(expected);
        }
    }

    private static String counts(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT (SELECT value FROM counter), count(*), count(CASE WHEN owner LIKE 's%' THEN 1 END) FROM entry")) {
            rows.next();
            return rows.getInt(1) + "," + rows.getInt(2) + "," + rows.getInt(3);
        }
    }
}
