package dev.verso.compat.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * The statements of one seed, run here and in the real SQLite. They come in chapters: each begins with the connections opened anew and a new schema, in the
 * files that the chapter before has left or in new ones. At the end of a chapter each engine reads the other's file. A difference ends its chapter.
 */
final class DifferentialRun {
    private static final List<String> ENCODINGS = List.of("UTF-8", "UTF-8", "UTF-16le", "UTF-16be");
    private static final int CHAPTER = 500;
    private static final int SCENES_OF_A_SHORT_SEED = 8;
    private static final int ROWS_LOOKED_AT_EVERY = 40;
    private static final int MOST_ROWS = 40;
    private static final int FEWEST_ROWS = 4;

    private final Path folder;
    private final long seed;
    private final Scenes.Turn turn;
    private final Random random;
    private final Coverage coverage;
    private final List<String> differences;
    private List<Step> history = new ArrayList<>();
    private TwoDatabases databases;
    private String settings;
    private String encoding;

    /**
     * @param folder for the files of this seed
     * @param coverage hears of each statement
     * @param differences gets what differs
     */
    DifferentialRun(Path folder, long seed, Coverage coverage, List<String> differences) {
        this.folder = folder;
        this.seed = seed;
        this.coverage = coverage;
        this.differences = differences;
        random = new Random(seed);
        turn = new Scenes.Turn(seed * SCENES_OF_A_SHORT_SEED);
    }

    /** Runs the seed. */
    void run(int statements) throws SQLException {
        int left = statements;
        boolean same = false;
        while (left > 0) {
            int length = Math.min(left, CHAPTER);
            if (databases == null || !same || random.nextInt(6) == 0) {
                newDatabases();
            } else {
                clearDatabases();
            }
            same = chapter(length) && theFilesAgree();
            left -= length;
        }
        databases.close();
        databases = null;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void newDatabases() throws SQLException {
        if (databases != null) {
            databases.close();
        }
        history = new ArrayList<>();
        databases = new TwoDatabases(folder);
        same(Step.of("PRAGMA page_size = " + pick(List.of(512, 1024, 4096, 4096, 8192, 65536))));
        encoding = pick(ENCODINGS);
        same(Step.of("PRAGMA encoding = '" + encoding + "'"));
        same(Step.of("PRAGMA auto_vacuum = " + pick(List.of("NONE", "NONE", "FULL", "INCREMENTAL"))));
        settings = "PRAGMA journal_mode = " + pick(List.of("MEMORY", "MEMORY", "DELETE", "TRUNCATE", "PERSIST"));
        same(Step.of("PRAGMA synchronous = OFF"));
        same(Step.of(settings));
    }

    /** The same files without what the last chapter has put into them. */
    private void clearDatabases() throws SQLException {
        same(Step.of("PRAGMA synchronous = OFF"));
        same(Step.of(settings));
        for (String drop :
                names("SELECT 'DROP ' || type || ' ' || quote(name) FROM sqlite_schema WHERE type IN ('view', 'table')"
                        + " AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name")) {
            same(Step.of(drop));
        }
        if (random.nextInt(4) == 0) {
            same(Step.of("VACUUM"));
        }
    }

    private List<String> names(String sql) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = databases.theirs().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    /** Runs the statements of a chapter up to the first difference; true if there was none. */
    private boolean chapter(int statements) throws SQLException {
        RandomSchema schema = new RandomSchema(random, !encoding.equals("UTF-8"));
        int count = 0;
        for (String sql : schema.statements) {
            if (!same(Step.of(sql))) {
                return false;
            }
            count++;
        }
        StepGenerator generator = new StepGenerator(random, schema, turn);
        for (; count < statements; count++) {
            if (!same(generator.next())) {
                return false;
            }
            if (count % ROWS_LOOKED_AT_EVERY == 0) {
                for (Step step : balance(schema, generator)) {
                    if (!same(step)) {
                        return false;
                    }
                }
            }
        }
        if (random.nextInt(3) > 0) {
            same(Step.of("COMMIT"));
        }
        return same(Step.REOPEN);
    }

    /** What keeps tables from growing without end, and from staying empty. */
    private List<Step> balance(RandomSchema schema, StepGenerator generator) throws SQLException {
        List<Step> steps = new ArrayList<>();
        for (String name : names("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")) {
            RandomSchema.Table table = schema.tables.stream()
                    .filter(t -> t.name().equals(name))
                    .findFirst()
                    .orElse(null);
            int rows;
            try {
                rows = Integer.parseInt(names("SELECT count(*) FROM " + name).get(0));
            } catch (SQLException e) {
                continue; // a generated column may fail
            }
            if (rows > MOST_ROWS) {
                String key = table == null || table.hasRowid() ? "rowid" : "(a, b)";
                String columns = table == null || table.hasRowid() ? "rowid" : "a, b";
                steps.add(Step.of("DELETE FROM " + name + " WHERE " + key + " IN (SELECT " + columns + " FROM " + name
                        + " ORDER BY " + columns + " LIMIT -1 OFFSET " + MOST_ROWS / 2 + ")"));
            } else if (rows < FEWEST_ROWS && table != null) {
                for (int i = 0; i < FEWEST_ROWS; i++) {
                    steps.add(Step.of(generator.insertInto(table)));
                }
            }
        }
        return steps;
    }

    /** Does the step on both sides; false if the databases may differ afterwards. */
    private boolean same(Step step) throws SQLException {
        history.add(step);
        List<Answer> expected = databases.doThere(step);
        List<Answer> actual = databases.doHere(step);
        Verdict verdict = verdict(step, expected, actual);
        if (verdict == Verdict.DIFFERENT && chance().decides(history, expected)) {
            verdict = Verdict.RANDOM_ROWID;
        }
        coverage.add(step, expected, verdict);
        if (verdict == Verdict.DIFFERENT) {
            report(step, expected, actual);
        }
        return !verdict.endsTheChapter();
    }

    private Chance chance() {
        return new Chance(folder.resolve("chance"));
    }

    static Verdict verdict(Step step, List<Answer> expected, List<Answer> actual) {
        if (expected.equals(actual)) {
            return Verdict.SAME;
        }
        if (expected.size() != actual.size()) {
            return Verdict.DIFFERENT;
        }
        String sql = step.sql() == null ? "" : step.sql();
        Verdict worst = Verdict.SAME;
        for (int i = 0; i < expected.size(); i++) {
            Verdict verdict = Verdict.of(sql, expected.get(i), actual.get(i));
            worst = verdict.compareTo(worst) > 0 ? verdict : worst;
        }
        return worst;
    }

    private void report(Step step, List<Answer> expected, List<Answer> actual) throws SQLException {
        if (step == Step.REOPEN) {
            return;
        }
        List<Step> reduced = new Reduction(folder.resolve("reduction")).of(history);
        add(step.shown(), text(actual), text(expected), reduced);
    }

    private void add(String what, String ours, String theirs, List<Step> steps) {
        String script = steps.stream().map(Step::shown).collect(Collectors.joining(";\n    "));
        if (steps.size() > 60) {
            Path file = Path.of("target", "differential-" + seed + ".sql");
            try {
                Files.writeString(file, script);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            script = "not reduced, " + steps.size() + " statements: " + file;
        }
        synchronized (differences) {
            differences.add("seed " + seed + ": " + what + "\n  ours:   " + linesOnlyIn(ours, theirs) + "\n  theirs: "
                    + linesOnlyIn(theirs, ours) + "\n  script:\n    " + script);
        }
    }

    private static String text(List<Answer> answers) {
        return answers.stream().map(Answer::toString).collect(Collectors.joining("\n"));
    }

    private static String linesOnlyIn(String text, String other) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int all = lines.size();
        other.lines().forEach(lines::remove);
        String shown = lines.stream().limit(10).collect(Collectors.joining("\n"));
        return (shown.length() < 600 ? shown : shown.substring(0, 600) + "…") + " (" + lines.size() + " of " + all
                + " lines)";
    }

    /** Whether the real one finds our file sound, each reads in the other's file what the other reads in ours, and all is on the same pages. */
    private boolean theFilesAgree() throws SQLException {
        String problem = FilesAlike.problem(databases.ourFile(), databases.theirFile());
        if (problem == null) {
            return coverage.addFile(seed, FilesAlike.otherPages(databases.ourFile(), databases.theirFile()));
        }
        if (chance().decidesFile(history, databases.theirFile())) {
            return false;
        }
        history.add(Step.COMPARE_FILES);
        add(problem, "", "", new Reduction(folder.resolve("reduction")).of(history));
        return false;
    }
}
