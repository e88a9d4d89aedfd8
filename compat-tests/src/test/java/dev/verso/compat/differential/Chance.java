package dev.verso.compat.differential;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * Whether chance decides what the real SQLite answers: rowids after 9223372036854775807 are drawn. All steps are done in it anew, and the answers to the last
 * one are compared with those that it gave before. A rowid that a trigger has drawn, or a prepared statement, may show many statements later, so
 * no look at the last statement alone would tell.
 */
final class Chance {
    /** Two rowids that are drawn come in either order. */
    private static final int TRIALS = 4;

    private final Path folder;

    /** @param folder for the databases in which the steps are done */
    Chance(Path folder) {
        this.folder = folder;
    }

    /** Whether the real one's answer to the last of the steps is not always {@code expected}. */
    boolean decides(List<Step> steps, List<Answer> expected) throws SQLException {
        Step last = steps.get(steps.size() - 1);
        for (int i = 0; i < TRIALS; i++) {
            try (TwoDatabases databases = new TwoDatabases(folder)) {
                List<Answer> answers = List.of();
                for (Step step : steps) {
                    answers = databases.doThere(step);
                }
                if (DifferentialRun.verdict(last, expected, answers) == Verdict.DIFFERENT) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the real one's file is not always as {@code expected} after the steps. */
    boolean decidesFile(List<Step> steps, Path expected) throws SQLException {
        for (int i = 0; i < TRIALS; i++) {
            try (TwoDatabases databases = new TwoDatabases(folder)) {
                for (Step step : steps) {
                    databases.doThere(step);
                }
                databases.doThere(Step.REOPEN);
                if (FilesAlike.problem(databases.theirFile(), expected) != null) {
                    return true;
                }
            }
        }
        return false;
    }
}
