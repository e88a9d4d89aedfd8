package dev.verso.compat.sqllogictest;

import dev.verso.compat.Engines;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
    private static final int MOST_RUNS = 400;

    private final List<Timing> timings = new ArrayList<>();
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
                    if (succeeds(ours, entry.sql()) != succeeds(theirs, entry.sql())) {
                        throw new SQLException(script.name() + ":" + entry.line() + " fails in one engine only");
                    }
                } else if (random.nextDouble() < probability) {
                    time(script, entry, verso, sqlite);
                }
            }
        }
    }

    private void time(Script script, Script.Entry entry, Connection verso, Connection sqlite) throws SQLException {
        long ourBest = Long.MAX_VALUE;
        long theirBest = Long.MAX_VALUE;
        try (PreparedStatement ours = verso.prepareStatement(entry.sql());
                PreparedStatement theirs = sqlite.prepareStatement(entry.sql())) {
            // A query that looks slow may have met the JIT compiler at work: it is warm when more runs do not help.
            for (int run = 0; run < runs || run < MOST_RUNS && ourBest > SUSPICIOUS * theirBest; run++) {
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
        timings.add(new Timing(script.name(), entry.line(), entry.sql(), ourBest, theirBest));
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
        timings.clear();
    }

    int count() {
        return timings.size();
    }

    /** Prints totals, the ratios' distribution and the worst queries. */
    void print(String what, int shown) {
        double[] ratios = timings.stream().mapToDouble(Timing::ratio).sorted().toArray();
        long ours = timings.stream().mapToLong(Timing::ourNanos).sum();
        long theirs = timings.stream().mapToLong(Timing::theirNanos).sum();
        System.out.printf(
                "%s: %d queries, warm: SQLite %.1f ms, Verso %.1f ms together; Verso's time over SQLite's: median %.2f, 9 of 10 below %.2f,"
                        + " 99 of 100 below %.2f, worst %.2f; above 5: %d%n",
                what,
                ratios.length,
                theirs / 1e6,
                ours / 1e6,
                ratios[ratios.length / 2],
                ratios[ratios.length * 9 / 10],
                ratios[ratios.length * 99 / 100],
                ratios[ratios.length - 1],
                timings.stream().filter(timing -> timing.ratio() > 5).count());
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
