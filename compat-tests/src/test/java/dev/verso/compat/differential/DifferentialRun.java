package dev.verso.compat.differential;

import dev.verso.compat.Engines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The statements of one seed, run here and in the real SQLite up to the first difference, and both files read by the other. */
final class DifferentialRun {
    private static final int STATEMENTS = 500;

    private final Path folder;
    private final List<String> differences;
    private final Coverage coverage = new Coverage();

    /** @param differences gets what differs */
    DifferentialRun(Path folder, List<String> differences) {
        this.folder = folder;
        this.differences = differences;
    }

    Coverage coverage() {
        return coverage;
    }

    /** Runs a seed; answers how many statements ran. */
    int run(long seed) throws SQLException {
        Random random = new Random(seed);
        Path oursFile = folder.resolve("ours-" + seed + ".sqlite");
        Path theirsFile = folder.resolve("theirs-" + seed + ".sqlite");
        RandomSchema schema = new RandomSchema(random);
        int count = 0;
        List<String> history = new ArrayList<>();
        try (Connection ours = Engines.verso(oursFile.toString());
                Connection theirs = Engines.sqlite(theirsFile.toString())) {
            for (Connection connection : List.of(ours, theirs)) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA synchronous = OFF");
                    statement.execute("PRAGMA journal_mode = MEMORY");
                }
            }
            for (String sql : schema.statements) {
                if (!same(seed, ours, theirs, sql, history)) {
                    return count;
                }
                count++;
            }
            StatementGenerator generator = new StatementGenerator(random, schema);
            for (int i = 0; i < STATEMENTS; i++) {
                if (!same(seed, ours, theirs, generator.next().sql(), history)) {
                    return count;
                }
                count++;
            }
            for (Connection connection : List.of(ours, theirs)) {
                Answer.of(connection, "COMMIT");
                if (seed % 4 == 0) {
                    Answer.of(connection, "VACUUM");
                }
            }
        }
        if (!Engines.integrity(oursFile).equals("ok")) {
            differences.add("seed " + seed + ": the file is damaged: " + Engines.integrity(oursFile) + "\n  script: "
                    + script(seed, history, "PRAGMA integrity_check"));
        }
        String here = content(Engines.verso(theirsFile.toString()), schema);
        String there = content(Engines.sqlite(oursFile.toString()), schema);
        if (!here.equals(there)) {
            differences.add("seed " + seed + ": the files differ:\n    theirs, read by us " + linesOnlyIn(here, there)
                    + "\n    ours, read by them " + linesOnlyIn(there, here));
        }
        return count;
    }

    /** Runs a statement on both; false if the answers differ, after which the databases may. */
    private boolean same(long seed, Connection ours, Connection theirs, String sql, List<String> history) {
        String expected = Answer.of(theirs, sql);
        String actual = Answer.of(ours, sql);
        coverage.add(sql, expected);
        if (actual.equals(expected) || isUndefined(sql, expected, actual)) {
            if (!sql.startsWith("SELECT")) {
                history.add(sql);
            }
            return true;
        }
        if (hasRandomRowids(theirs, sql) || isDetach(sql)) {
            return false;
        }
        Path script = script(seed, history, sql);
        differences.add("seed " + seed + ": " + sql + "\n  ours:   " + linesOnlyIn(actual, expected) + "\n  theirs: "
                + linesOnlyIn(expected, actual)
                + "\n  script: " + script);
        return false;
    }

    /** Whether something overflows on the way depends on the order of rows and terms; of two errors any may be found first. */
    private static boolean isUndefined(String sql, String expected, String actual) {
        boolean bothMissSomething = expected.contains("(no such table") && actual.startsWith("error 1 ");
        return bothMissSomething || sql.startsWith("SELECT") && (expected + actual).contains("integer overflow");
    }

    /** Inside a transaction, what has looked into a database stands in the way of DETACH: the run ends here without a difference. */
    private static boolean isDetach(String sql) {
        return sql.startsWith("DETACH");
    }

    /** After the largest rowid comes a random one. */
    private static boolean hasRandomRowids(Connection theirs, String sql) {
        Matcher table = Pattern.compile("INTO (\\w+)").matcher(sql);
        return table.find()
                && Answer.of(
                                theirs,
                                "SELECT max(rowid) = 9223372036854775807 OR last_insert_rowid() > 1000000000000000000 FROM "
                                        + table.group(1))
                        .startsWith("1");
    }

    /** Keeps the statements of a run that failed. */
    private static Path script(long seed, List<String> history, String last) {
        Path script = Path.of("target", "differential-" + seed + ".sql");
        try {
            Files.writeString(script, String.join(";\n", history) + ";\n" + last + ";\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return script;
    }

    private static String linesOnlyIn(String text, String other) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int all = lines.size();
        other.lines().forEach(lines::remove);
        String shown = lines.stream().limit(10).collect(Collectors.joining("\n"));
        return (shown.length() < 600 ? shown : shown.substring(0, 600) + "…") + " (" + lines.size() + " of " + all
                + " lines)";
    }

    private static String content(Connection connection, RandomSchema schema) throws SQLException {
        StringBuilder all = new StringBuilder();
        try (connection;
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    // The real one was built to write histograms too, which ANALYZE need not.
                    "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY name")) {
                while (rows.next()) {
                    all.append(rows.getString(1))
                            .append(' ')
                            .append(rows.getString(2))
                            .append(' ')
                            .append(rows.getString(3))
                            .append('\n');
                }
            }
            for (RandomSchema.Table table : schema.tables) {
                all.append(Answer.of(connection, "SELECT " + String.join(", ", table.all()) + " FROM " + table.name()))
                        .append("\n--\n");
            }
        }
        return all.toString();
    }
}
