package dev.verso.compat.sqllogictest;

import dev.verso.compat.Engines;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Times statements of scripts in both engines: each is run several times, in turns, and the shortest run counts; one that looks slow gets more
 * runs.
 *
 * <p>A query is prepared once in each engine, and reading all its values as texts is part of a run. A statement that changes rows is prepared once
 * as well; one that changes the schema is compiled for each run. Both are undone after each timed run by a savepoint around it, and stay after a
 * last one that is not timed. What fails is compiled for each run, too: sqlite-jdbc closes a prepared statement that has failed.
 */
final class StatementTimings {
    private static final int SUSPICIOUS = 3;
    private static final int MOST_RUNS = 40;
    /** For a statement that is timed again: as many as it takes to see both engines undisturbed. */
    private static final int MOST_RUNS_AGAIN = 5000;

    private static final long MOST_NANOS_AGAIN = 20_000_000_000L;

    private final TimingGroup queries = new TimingGroup("queries", SUSPICIOUS);
    /** Other statements by their first word, with the second one after CREATE and DROP. */
    private final Map<String, TimingGroup> changes = new TreeMap<>();

    private final Random random;
    private final int runs;

    /** @param runs timed runs of each statement in each engine */
    StatementTimings(Random random, int runs) {
        this.random = random;
        this.runs = runs;
    }

    /** One run of a statement in both engines, timed each. */
    private interface Run {
        /** @param times ours, theirs */
        void time(long[] times) throws SQLException;
    }

    /** Runs a script, and times each of its statements with that probability. Statements must succeed or fail alike. */
    void add(Script script, double probability) throws SQLException {
        try (Connection verso = Engines.verso(":memory:");
                Connection sqlite = Engines.sqlite(":memory:")) {
            for (Script.Entry entry : script.entries()) {
                boolean chosen = probability >= 1 || random.nextDouble() < probability;
                if (entry.query() == null) {
                    if (chosen) {
                        group(entry).add(timeChange(script, entry, verso, sqlite, SUSPICIOUS, MOST_RUNS));
                    }
                    change(script, entry, verso, sqlite);
                } else if (chosen) {
                    queries.add(timeQuery(script, entry, verso, sqlite, SUSPICIOUS, MOST_RUNS));
                }
            }
        }
    }

    private TimingGroup group(Script.Entry entry) {
        String[] words = entry.sql().split("\\s+", 3);
        boolean definition = words[0].equals("CREATE") || words[0].equals("DROP");
        return changes.computeIfAbsent(
                definition ? words[0] + " " + words[1] : words[0], kind -> new TimingGroup(kind, SUSPICIOUS));
    }

    /**
     * Times the statements once more that took more than {@code bound} times as long: with nothing but them, and in as many runs as it takes, up
     * to some seconds.
     *
     * @return those that still do
     */
    List<Timing> stillAbove(double bound) throws SQLException {
        Map<String, Set<Integer>> suspects = new LinkedHashMap<>();
        for (TimingGroup group : groups()) {
            for (Timing timing : group.slow) {
                if (timing.ratio() > bound) {
                    suspects.computeIfAbsent(timing.script(), name -> new HashSet<>())
                            .add(timing.line());
                }
            }
        }
        List<Timing> above = new ArrayList<>();
        for (Map.Entry<String, Set<Integer>> suspect : suspects.entrySet()) {
            timeAgain(Script.read(suspect.getKey()), suspect.getValue(), bound, above);
        }
        return above;
    }

    private void timeAgain(Script script, Set<Integer> lines, double bound, List<Timing> above) throws SQLException {
        try (Connection verso = Engines.verso(":memory:");
                Connection sqlite = Engines.sqlite(":memory:")) {
            for (Script.Entry entry : script.entries()) {
                boolean chosen = lines.contains(entry.line());
                Timing timing = null;
                if (chosen) {
                    timing = entry.query() == null
                            ? timeChange(script, entry, verso, sqlite, bound, MOST_RUNS_AGAIN)
                            : timeQuery(script, entry, verso, sqlite, bound, MOST_RUNS_AGAIN);
                }
                if (entry.query() == null) {
                    change(script, entry, verso, sqlite);
                }
                if (timing != null && timing.ratio() > bound) {
                    above.add(timing);
                }
            }
        }
    }

    private static void change(Script script, Script.Entry entry, Connection verso, Connection sqlite)
            throws SQLException {
        if (executes(verso, entry.sql()) != executes(sqlite, entry.sql())) {
            throw new SQLException(script.name() + ":" + entry.line() + " fails in one engine only");
        }
    }

    private Timing timeQuery(
            Script script, Script.Entry entry, Connection verso, Connection sqlite, double bound, int mostRuns)
            throws SQLException {
        try (PreparedStatement ours = verso.prepareStatement(entry.sql());
                PreparedStatement theirs = sqlite.prepareStatement(entry.sql())) {
            int values = read(theirs);
            if (read(ours) != values) {
                throw new SQLException(
                        script.name() + ":" + entry.line() + ": not the " + values + " values of SQLite");
            }
            if (values < 0) {
                return time(
                        script,
                        entry,
                        times -> {
                            long start = System.nanoTime();
                            reads(sqlite, entry.sql());
                            long middle = System.nanoTime();
                            reads(verso, entry.sql());
                            times[0] = System.nanoTime() - middle;
                            times[1] = middle - start;
                        },
                        bound,
                        mostRuns);
            }
            return time(
                    script,
                    entry,
                    times -> {
                        long start = System.nanoTime();
                        read(theirs);
                        long middle = System.nanoTime();
                        read(ours);
                        times[0] = System.nanoTime() - middle;
                        times[1] = middle - start;
                    },
                    bound,
                    mostRuns);
        }
    }

    private Timing timeChange(
            Script script, Script.Entry entry, Connection verso, Connection sqlite, double bound, int mostRuns)
            throws SQLException {
        String word = entry.sql().split("\\s+", 2)[0];
        boolean changesRows =
                word.equals("INSERT") || word.equals("REPLACE") || word.equals("DELETE") || word.equals("UPDATE");
        if (!changesRows || entry.fails()) {
            return time(
                    script,
                    entry,
                    times -> {
                        times[1] = timeUndone(sqlite, null, entry.sql());
                        times[0] = timeUndone(verso, null, entry.sql());
                    },
                    bound,
                    mostRuns);
        }
        try (PreparedStatement ours = verso.prepareStatement(entry.sql());
                PreparedStatement theirs = sqlite.prepareStatement(entry.sql())) {
            return time(
                    script,
                    entry,
                    times -> {
                        times[1] = timeUndone(sqlite, theirs, entry.sql());
                        times[0] = timeUndone(verso, ours, entry.sql());
                    },
                    bound,
                    mostRuns);
        }
    }

    private Timing time(Script script, Script.Entry entry, Run run, double bound, int mostRuns) throws SQLException {
        long ourBest = Long.MAX_VALUE;
        long theirBest = Long.MAX_VALUE;
        long[] times = new long[2];
        long begin = System.nanoTime();
        // A statement that looks slow may have met the JIT compiler at work: it is warm when more runs do not help.
        for (int i = 0;
                i < runs || i < mostRuns && ourBest > bound * theirBest && System.nanoTime() - begin < MOST_NANOS_AGAIN;
                i++) {
            run.time(times);
            ourBest = Math.min(ourBest, times[0]);
            theirBest = Math.min(theirBest, times[1]);
        }
        return new Timing(script.name(), entry.line(), entry.sql(), ourBest, theirBest);
    }

    /** Nanoseconds of a statement whose effect is undone. @param prepared null to compile the text */
    private static long timeUndone(Connection connection, PreparedStatement prepared, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SAVEPOINT timing");
            // What was undone before made the engine forget its schema; that it reads it again is not this statement's
            // work.
            statement.execute("SELECT 1 FROM sqlite_schema LIMIT 0");
            long start = System.nanoTime();
            if (prepared != null) {
                prepared.executeUpdate();
            } else {
                executes(connection, sql);
            }
            long nanos = System.nanoTime() - start;
            statement.execute("ROLLBACK TO timing");
            statement.execute("RELEASE timing");
            return nanos;
        }
    }

    private static boolean executes(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static void reads(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            read(statement);
        }
    }

    /** Number of values read; -1 if the query fails. */
    private static int read(PreparedStatement statement) {
        try (ResultSet rows = statement.executeQuery()) {
            int columns = rows.getMetaData().getColumnCount();
            int values = 0;
            while (rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    rows.getString(i);
                    values++;
                }
            }
            return values;
        } catch (SQLException e) {
            return -1;
        }
    }

    private List<TimingGroup> groups() {
        List<TimingGroup> groups = new ArrayList<>(changes.values());
        groups.add(queries);
        return groups;
    }

    /** Forgets what has been timed: what came before was for warming up. */
    void clear() {
        groups().forEach(TimingGroup::clear);
    }

    int count() {
        return groups().stream().mapToInt(TimingGroup::count).sum();
    }

    /** The middle one of our times over theirs, of all statements. */
    double median() {
        double[] all = new double[count()];
        int at = 0;
        for (TimingGroup group : groups()) {
            double[] ratios = group.ratios();
            System.arraycopy(ratios, 0, all, at, ratios.length);
            at += ratios.length;
        }
        Arrays.sort(all);
        return all[all.length / 2];
    }

    /** Prints totals, the ratios' distribution and the worst statements, by kinds. */
    void print(String what, int shown) {
        System.out.printf("%s: %d statements, median %.2f%n", what, count(), median());
        groups().forEach(group -> group.print(shown));
    }
}
