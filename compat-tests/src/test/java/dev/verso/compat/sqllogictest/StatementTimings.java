package dev.verso.compat.sqllogictest;

import dev.verso.compat.Engines;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Times queries of scripts in both engines: each is prepared once in each engine and run several times, in turns, and the shortest run counts;
 * one that looks slow gets more runs.
 * Reading all values as texts is part of a run. Statements that are no queries are run once, and not timed.
 */
final class StatementTimings {
    /** One query's best times. */
    record Timing(String script, int line, String sql, long ourNanos, long theirNanos) {
        double ratio() {
            return (double) ourNanos / theirNanos;
        }
    }

    private static final int SUSPICIOUS = 3;
    private static final int MOST_RUNS = 40;
    /** For a query that is timed again: as many as it takes to see both engines undisturbed. */
    private static final int MOST_RUNS_AGAIN = 5000;

    private static final long MOST_NANOS_AGAIN = 20_000_000_000L;

    /** Those that took more than {@link #SUSPICIOUS} times; the others are only counted. */
    private final List<Timing> slow = new ArrayList<>();

    private double[] ratios = new double[1024];
    private int count;
    private long ourNanos;
    private long theirNanos;
    private final Random random;
    private final int runs;

    /** @param runs timed runs of each query in each engine */
    StatementTimings(Random random, int runs) {
        this.random = random;
        this.runs = runs;
    }

    /** Runs a script, and times each of its queries with that probability. Statements must succeed or fail alike. */
    void add(Script script, double probability) throws SQLException {
        try (Connection verso = Engines.verso(":memory:");
                Connection sqlite = Engines.sqlite(":memory:");
                Statement ours = verso.createStatement();
                Statement theirs = sqlite.createStatement()) {
            for (Script.Entry entry : script.entries()) {
                if (entry.query() == null) {
                    change(script, entry, ours, theirs);
                } else if (probability >= 1 || random.nextDouble() < probability) {
                    record(time(script, entry, verso, sqlite, SUSPICIOUS, MOST_RUNS));
                }
            }
        }
    }

    private void record(Timing timing) {
        if (count == ratios.length) {
            ratios = Arrays.copyOf(ratios, count * 2);
        }
        ratios[count++] = timing.ratio();
        ourNanos += timing.ourNanos();
        theirNanos += timing.theirNanos();
        if (timing.ratio() > SUSPICIOUS) {
            slow.add(timing);
        }
    }

    /**
     * Times the queries once more that took more than {@code bound} times as long: with nothing but them, and in as many runs as it takes, up
     * to some seconds.
     *
     * @return those that still do
     */
    List<Timing> stillAbove(double bound) throws SQLException {
        Map<String, Map<Integer, Integer>> suspects = new LinkedHashMap<>();
        for (int i = 0; i < slow.size(); i++) {
            if (slow.get(i).ratio() > bound) {
                suspects.computeIfAbsent(slow.get(i).script(), name -> new HashMap<>())
                        .put(slow.get(i).line(), i);
            }
        }
        List<Timing> above = new ArrayList<>();
        for (Map.Entry<String, Map<Integer, Integer>> suspect : suspects.entrySet()) {
            Script script = Script.read(suspect.getKey());
            try (Connection verso = Engines.verso(":memory:");
                    Connection sqlite = Engines.sqlite(":memory:");
                    Statement ours = verso.createStatement();
                    Statement theirs = sqlite.createStatement()) {
                for (Script.Entry entry : script.entries()) {
                    Integer index = suspect.getValue().get(entry.line());
                    if (entry.query() == null) {
                        change(script, entry, ours, theirs);
                    } else if (index != null) {
                        Timing timing = time(script, entry, verso, sqlite, bound, MOST_RUNS_AGAIN);
                        slow.set(index, timing);
                        if (timing.ratio() > bound) {
                            above.add(timing);
                        }
                    }
                }
            }
        }
        return above;
    }

    private static void change(Script script, Script.Entry entry, Statement ours, Statement theirs)
            throws SQLException {
        if (succeeds(ours, entry.sql()) != succeeds(theirs, entry.sql())) {
            throw new SQLException(script.name() + ":" + entry.line() + " fails in one engine only");
        }
    }

    private Timing time(
            Script script, Script.Entry entry, Connection verso, Connection sqlite, double bound, int mostRuns)
            throws SQLException {
        long ourBest = Long.MAX_VALUE;
        long theirBest = Long.MAX_VALUE;
        try (PreparedStatement ours = verso.prepareStatement(entry.sql());
                PreparedStatement theirs = sqlite.prepareStatement(entry.sql())) {
            long begin = System.nanoTime();
            // A query that looks slow may have met the JIT compiler at work: it is warm when more runs do not help.
            for (int run = 0;
                    run < runs
                            || run < mostRuns
                                    && ourBest > bound * theirBest
                                    && System.nanoTime() - begin < MOST_NANOS_AGAIN;
                    run++) {
                long start = System.nanoTime();
                int theirValues = read(theirs);
                long middle = System.nanoTime();
                int ourValues = read(ours);
                long end = System.nanoTime();
                if (ourValues != theirValues) {
                    throw new SQLException(script.name() + ":" + entry.line() + ": " + ourValues + " values instead of "
                            + theirValues);
                }
                theirBest = Math.min(theirBest, middle - start);
                ourBest = Math.min(ourBest, end - middle);
            }
        }
        return new Timing(script.name(), entry.line(), entry.sql(), ourBest, theirBest);
    }

    private static boolean succeeds(Statement statement, String sql) {
        try {
            statement.execute(sql);
            return true;
        } catch (SQLException e) {
            return false;
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

    /** Forgets what has been timed: what came before was for warming up. */
    void clear() {
        slow.clear();
        count = 0;
        ourNanos = 0;
        theirNanos = 0;
    }

    int count() {
        return count;
    }

    /** The middle one of our times over theirs. */
    double median() {
        double[] sorted = Arrays.copyOf(ratios, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }

    /** Prints totals, the ratios' distribution and the worst queries. */
    void print(String what, int shown) {
        double[] sorted = Arrays.copyOf(ratios, count);
        Arrays.sort(sorted);
        System.out.printf(
                "%s: %d queries, warm: SQLite %.1f ms, Verso %.1f ms together; Verso's time over SQLite's: median %.2f, 9 of 10 below %.2f,"
                        + " 99 of 100 below %.2f, worst %.2f; above 5: %d%n",
                what,
                count,
                theirNanos / 1e6,
                ourNanos / 1e6,
                sorted[count / 2],
                sorted[(int) (count * 0.9)],
                sorted[(int) (count * 0.99)],
                sorted[count - 1],
                slow.stream().filter(timing -> timing.ratio() > 5).count());
        show(slow, shown);
    }

    /** Prints the worst of some queries. */
    static void show(List<Timing> timings, int shown) {
        timings.stream()
                .sorted(Comparator.comparingDouble(Timing::ratio).reversed())
                .limit(shown)
                .forEach(timing -> System.out.printf(
                        "  %6.2f times, %9.3f ms instead of %9.3f: %s:%d %s%n",
                        timing.ratio(),
                        timing.ourNanos() / 1e6,
                        timing.theirNanos() / 1e6,
                        timing.script(),
                        timing.line(),
                        timing.sql().replace('\n', ' ')));
    }
}
