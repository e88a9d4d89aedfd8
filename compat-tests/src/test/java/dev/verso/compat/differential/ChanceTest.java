package dev.verso.compat.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real SQLite draws by chance is told apart from what it answers always. */
class ChanceTest {
    private static final List<String> LARGEST = List.of(
            "CREATE TABLE t(a)",
            "CREATE TABLE log(a)",
            "INSERT INTO log(rowid) VALUES (9223372036854775807)",
            "CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END");

    @TempDir
    Path folder;

    @Test
    void aRowidAfterTheLargestIsChance() throws SQLException {
        assertThat(decides("INSERT INTO log VALUES (1), (2), (3)")).isTrue();
    }

    @Test
    void aRowidThatATriggerHasDrawnShowsLater() throws SQLException {
        assertThat(decides("INSERT INTO t VALUES (1)")).isFalse();
        assertThat(decides("INSERT INTO t VALUES (1)", "SELECT rowid FROM log")).isTrue();
    }

    @Test
    void anotherColumnOfThatRowIsNot() throws SQLException {
        assertThat(decides("INSERT INTO t VALUES (1)", "SELECT a FROM log ORDER BY a"))
                .isFalse();
    }

    private boolean decides(String... sql) throws SQLException {
        List<Step> steps = new ArrayList<>();
        LARGEST.forEach(text -> steps.add(Step.of(text)));
        List<Answer> answers = List.of();
        try (TwoDatabases databases = new TwoDatabases(folder.resolve("first"))) {
            for (Step step : steps) {
                databases.doThere(step);
            }
            for (String text : sql) {
                Step step = Step.of(text);
                steps.add(step);
                answers = databases.doThere(step);
            }
        }
        return new Chance(folder.resolve("again")).decides(steps, answers);
    }
}
