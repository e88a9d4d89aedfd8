package dev.verso.compat.differential;

import dev.verso.compat.Engines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A database here and one in the real SQLite, each in a folder of its own, to which the same is done. */
final class TwoDatabases implements AutoCloseable {
    /** Places for prepared statements that are executed again later. */
    static final int PLACES = 6;

    /** One engine's side. */
    private static final class Side {
        final boolean isOurs;
        final Path folder;
        final PreparedStatement[] kept = new PreparedStatement[PLACES];
        final String[] keptSql = new String[PLACES];
        Connection connection;

        Side(boolean isOurs, Path folder) {
            this.isOurs = isOurs;
            this.folder = folder;
        }

        void open() throws SQLException {
            String file = folder.resolve("main.sqlite").toString();
            connection = isOurs ? Engines.verso(file) : Engines.sqlite(file);
            if (!isOurs) {
                RegularExpressions.addTo(connection);
            }
        }

        void close() throws SQLException {
            closeKept();
            connection.close();
        }

        private void closeKept() throws SQLException {
            for (int i = 0; i < PLACES; i++) {
                if (kept[i] != null) {
                    kept[i].close();
                    kept[i] = null;
                }
            }
        }

        /** The step's answer, one after the other if it has several executions. */
        List<Answer> answers(Step step) throws SQLException {
            if (step.sql() != null
                    && (step.sql().startsWith("VACUUM")
                            || step.sql().contains("case_sensitive_like")
                            || step.sql().contains("count_changes")
                            || step.sql().contains("wal_checkpoint"))) {
                closeKept(); // sqlite-jdbc leaves some of them in progress
            }
            if (!step.isPrepared()) {
                return List.of(cleaned(Answer.of(connection, placed(step.sql()))));
            }
            String sql = step.sql() == null ? keptSql[step.kept()] : placed(step.sql());
            PreparedStatement statement = step.sql() == null ? kept[step.kept()] : null;
            if (sql == null || step.sql() == null && statement == null) {
                return List.of();
            }
            List<Answer> answers = new ArrayList<>();
            for (List<Object> values : step.parameters()) {
                try {
                    statement = statement == null ? connection.prepareStatement(sql) : statement;
                } catch (SQLException e) {
                    answers.add(cleaned(Answer.ofError(connection, e)));
                    continue;
                } catch (RuntimeException | AssertionError | StackOverflowError e) {
                    answers.add(Answer.crash(List.of(), e));
                    continue;
                }
                Answer answer = cleaned(Answer.of(connection, statement, values, sql));
                answers.add(answer);
                if (answer.isError()) {
                    // sqlite-jdbc does not execute a statement again that has failed
                    statement.close();
                    statement = null;
                }
            }
            if (step.kept() >= 0) {
                if (kept[step.kept()] != null && kept[step.kept()] != statement) {
                    kept[step.kept()].close();
                }
                kept[step.kept()] = statement;
                keptSql[step.kept()] = sql;
            } else if (statement != null) {
                statement.close();
            }
            return answers;
        }

        private String placed(String sql) {
            return sql.indexOf('@') < 0 ? sql : sql.replace("@FOLDER@", folder.toString());
        }

        /** Without what only one of the engines can say: where its files are. */
        private Answer cleaned(Answer answer) {
            String path = folder.toString();
            if (answer.rows().stream().noneMatch(row -> row.contains(path))
                    && (answer.error() == null || !answer.error().contains(path))) {
                return answer;
            }
            return new Answer(
                    answer.rows().stream()
                            .map(row -> row.replace(path, "@FOLDER@"))
                            .toList(),
                    answer.error() == null ? null : answer.error().replace(path, "@FOLDER@"),
                    answer.counters());
        }
    }

    private final Side ours;
    private final Side theirs;

    /** Opens two new databases in the folder. */
    TwoDatabases(Path folder) throws SQLException {
        ours = new Side(true, created(folder.resolve("ours")));
        theirs = new Side(false, created(folder.resolve("theirs")));
        ours.open();
        theirs.open();
    }

    private static Path created(Path folder) {
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
            }
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Connection ours() {
        return ours.connection;
    }

    Connection theirs() {
        return theirs.connection;
    }

    Path ourFile() {
        return ours.folder.resolve("main.sqlite");
    }

    Path theirFile() {
        return theirs.folder.resolve("main.sqlite");
    }

    /** Does the step here. */
    List<Answer> doHere(Step step) throws SQLException {
        return done(ours, step);
    }

    /** Does the step in the real one. */
    List<Answer> doThere(Step step) throws SQLException {
        return done(theirs, step);
    }

    private static List<Answer> done(Side side, Step step) throws SQLException {
        if (step == Step.REOPEN) {
            side.close();
            side.open();
            return List.of();
        }
        return side.answers(step);
    }

    @Override
    public void close() throws SQLException {
        ours.close();
        theirs.close();
    }
}
