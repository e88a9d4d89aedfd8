package dev.verso.compat.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.ChildJvm;
import dev.verso.compat.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that writes is killed at random moments; no acknowledged commit is lost and none is there by half. */
class CrashTest {
    private static final int KILLS = Boolean.getBoolean("verso.full") ? 200 : 30;

    @TempDir
    Path folder;

    @Test
    void aKilledWriterLosesNothingThatItAcknowledged() throws Exception {
        long seed = Long.getLong("verso.seed", 20260101L);
        System.out.println("seed " + seed + ": mvn verify -pl compat-tests -am -Dtest=CrashTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dtest.jvm.args=-Dverso.seed=" + seed);
        Random random = new Random(seed);
        List<String> modes = List.of("DELETE", "TRUNCATE", "PERSIST");
        Path file = folder.resolve("crash.sqlite");
        int hotJournals = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            String mode = modes.get(random.nextInt(modes.size()));
            ChildJvm child = new ChildJvm(
                    CrashWriter.class,
                    file.toString(),
                    mode,
                    String.valueOf(random.nextInt(10) == 0 ? 3000 : 1 + random.nextInt(60)));
            child.awaitLines(1);
            Thread.sleep(random.nextInt(250));
            child.kill();
            List<String> lines = child.lines();
            assertThat(lines).as("output of child %d", kill).isNotEmpty().allMatch(line -> line.matches("\\d+"));
            int acknowledged = Integer.parseInt(lines.get(lines.size() - 1));
            Path journal = folder.resolve("crash.sqlite-journal");
            if (Files.exists(journal) && Files.size(journal) > 0) {
                hotJournals++;
                checkCopyWithTheRealOne(file, journal, acknowledged);
            }
            try (Connection connection = Engines.verso(file.toString())) {
                check(connection, acknowledged, kill, "Verso");
            }
            try (Connection connection = Engines.sqlite(file.toString())) {
                check(connection, acknowledged, kill, "SQLite");
            }
        }
        System.out.println(KILLS + " kills, " + hotJournals + " with a journal left behind");
    }

    /** The real SQLite recovers a journal of ours too. */
    private void checkCopyWithTheRealOne(Path file, Path journal, int acknowledged) throws Exception {
        Path copy = folder.resolve("copy.sqlite");
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(journal, folder.resolve("copy.sqlite-journal"), StandardCopyOption.REPLACE_EXISTING);
        try (Connection connection = Engines.sqlite(copy.toString())) {
            check(connection, acknowledged, -1, "SQLite on a copy with its journal");
        }
    }

    private static void check(Connection connection, int acknowledged, int kill, String by) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertThat(text(statement, "PRAGMA integrity_check"))
                    .as("kill %d, by %s", kill, by)
                    .isEqualTo("ok");
            int n = Integer.parseInt(text(statement, "SELECT n FROM head"));
            assertThat(n).as("kill %d, by %s", kill, by).isBetween(acknowledged, acknowledged + 1);
            assertThat(text(statement, "SELECT coalesce(max(n), 0) FROM line")).isEqualTo(String.valueOf(n));
            assertThat(text(statement, "SELECT count(*) FROM line WHERE n <= " + (n - 20)))
                    .isEqualTo("0");
            assertThat(text(
                            statement,
                            "SELECT count(*) FROM (SELECT n FROM line GROUP BY n HAVING count(*) <> max(i) + 1)"))
                    .isEqualTo("0");
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
