package dev.verso.compat.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Statements with parameters whose values choose the plan, beside the real SQLite: the plans, and the rows of run after run with other values. */
class BoundPlansTest {
    private static final int SEEDS = Integer.getInteger("verso.differential.seeds", 8);
    private static final int QUERIES_PER_SEED = 40;
    private static final int RUNS = 6;
    private static final int SHOWN = Integer.getInteger("verso.plans.shown", 2);
    private static final double FLOOR_OF_ACCESS_PATHS = 94;
    private static final Pattern CONSTANT = Pattern.compile("(?<![\\w.'])('[^']*'|-?\\d+(?:\\.\\d+)?)(?![\\w'.])");

    /** A query whose constants have become parameters, and their values. */
    private record Bound(String sql, List<Object> values) {
        static Bound of(String sql, Random random) {
            Matcher matcher = CONSTANT.matcher(sql);
            StringBuilder text = new StringBuilder();
            List<Object> values = new ArrayList<>();
            while (matcher.find()) {
                if (random.nextInt(5) == 0) {
                    continue;
                }
                matcher.appendReplacement(text, "?");
                values.add(value(matcher.group(1)));
            }
            matcher.appendTail(text);
            return new Bound(text.toString(), values);
        }

        private static Object value(String constant) {
            if (constant.startsWith("'")) {
                return constant.substring(1, constant.length() - 1);
            }
            return constant.contains(".") ? (Object) Double.valueOf(constant) : (Object) Long.valueOf(constant);
        }
    }

    @Test
    void plansForTheValuesOfParametersAreThoseOfSqlite() throws SQLException {
        long first = Long.getLong("verso.seed", 20260701L);
        QueryPlans plans = new QueryPlans(SHOWN);
        for (int i = 0; i < SEEDS; i++) {
            compare(first + i, plans);
        }
        System.out.printf(
                "seed %d: of %d plans with parameters %.1f %% have SQLite's access paths, %.1f %% are SQLite's word for word; more of the"
                        + " others: mvn verify -pl compat-tests -am -Dtest=BoundPlansTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dtest.jvm.args='-Dverso.seed=%d -Dverso.plans.shown=1000'%n",
                first, plans.queries(), plans.sameAccess(), plans.samePlan(), first);
        assertThat(plans.sameAccess()).as("access paths").isGreaterThanOrEqualTo(FLOOR_OF_ACCESS_PATHS);
    }

    private static void compare(long seed, QueryPlans plans) throws SQLException {
        Random random = new Random(seed);
        AnalyzedTables tables = new AnalyzedTables(random, 3, 1000);
        AnalyzedQueries queries = new AnalyzedQueries(random, tables);
        try (Connection verso = Engines.verso(":memory:");
                Connection sqlite = Engines.sqlite(":memory:")) {
            tables.makeAndAnalyze(verso);
            tables.makeAndAnalyze(sqlite);
            for (int i = 0; i < QUERIES_PER_SEED; i++) {
                Bound query = Bound.of(queries.next(), random);
                List<String> theirs = QueryPlans.plan(sqlite, query.sql, query.values);
                List<String> ours = QueryPlans.plan(verso, query.sql, query.values);
                if (!theirs.isEmpty() || !ours.isEmpty()) {
                    plans.note("seed " + seed + " with " + query.values, query.sql, ours, theirs);
                    runWithOtherValues(seed, query, random, verso, sqlite);
                }
            }
        }
    }

    /** One prepared statement for many values gives the rows that a new one gives. */
    private static void runWithOtherValues(long seed, Bound query, Random random, Connection verso, Connection sqlite)
            throws SQLException {
        String counted = "SELECT count(*) FROM (" + query.sql + ")";
        try (PreparedStatement ours = verso.prepareStatement(counted)) {
            List<Object> values = new ArrayList<>(query.values);
            for (int run = 0; run < RUNS; run++) {
                try (PreparedStatement theirs = sqlite.prepareStatement(counted)) {
                    for (int i = 0; i < values.size(); i++) {
                        ours.setObject(i + 1, values.get(i));
                        theirs.setObject(i + 1, values.get(i));
                    }
                    assertThat(count(ours))
                            .as("seed %d: %s with %s", seed, counted, values)
                            .isEqualTo(count(theirs));
                }
                if (!values.isEmpty()) {
                    int changed = random.nextInt(values.size());
                    Object old = values.get(changed);
                    values.set(changed, changed(old, random));
                }
            }
        }
    }

    private static Object changed(Object value, Random random) {
        if (value instanceof String text && !text.isEmpty()) {
            return random.nextInt(8) == 0 ? "" : text.replace(text.charAt(0), "kK0_%".charAt(random.nextInt(5)));
        }
        return random.nextInt(8) == 0 ? (Object) "k1%" : (Object) Long.valueOf(random.nextInt(60));
    }

    /** The one value, or what is wrong: a text as LIMIT, say. */
    private static String count(PreparedStatement statement) {
        try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            return "error " + e.getErrorCode();
        }
    }

    @Test
    void patternsAndPartialIndexesAreSeenThroughParameters() throws SQLException {
        try (Connection verso = Engines.verso(":memory:");
                Connection sqlite = Engines.sqlite(":memory:")) {
            for (Connection connection : new Connection[] {verso, sqlite}) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("CREATE TABLE t(a, b, c TEXT COLLATE NOCASE, d TEXT)");
                    statement.execute("CREATE INDEX ta ON t(b) WHERE a = 5");
                    statement.execute("CREATE INDEX tc ON t(c)");
                    statement.execute("CREATE INDEX td ON t(d)");
                    statement.execute(
                            "WITH RECURSIVE n(value) AS (VALUES(1) UNION ALL SELECT value + 1 FROM n WHERE value < 500)"
                                    + " INSERT INTO t SELECT value % 7, value % 11, 'n' || value, 'm' || value FROM n");
                }
            }
            String[] queries = {
                "SELECT rowid FROM t WHERE c LIKE ?",
                "SELECT rowid FROM t WHERE d GLOB ?",
                "SELECT rowid FROM t WHERE b = 3 AND a = ?",
                "SELECT rowid FROM t WHERE c LIKE ? ESCAPE '!'",
                "SELECT rowid FROM t WHERE c LIKE 'n1%' AND a < ?"
            };
            Object[] values = {
                "n12%", "N12%", "n!%", "%9", "", "m4*", "n49_", 5L, 5.0, "5", 4L, null, "n3%", new byte[] {'n', '%'}
            };
            for (String query : queries) {
                try (PreparedStatement ours = verso.prepareStatement(query);
                        PreparedStatement theirs = sqlite.prepareStatement(query)) {
                    for (Object value : values) {
                        ours.setObject(1, value);
                        theirs.setObject(1, value);
                        assertThat(rows(ours)).as("%s with %s", query, value).isEqualTo(rows(theirs));
                        List<Object> bound = new ArrayList<>();
                        bound.add(value);
                        assertThat(QueryPlans.plan(verso, query, bound))
                                .as("plan of %s with %s", query, value)
                                .isEqualTo(QueryPlans.plan(sqlite, query, bound));
                    }
                }
            }
        }
    }

    private static List<Long> rows(PreparedStatement statement) throws SQLException {
        List<Long> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(result.getLong(1));
            }
        }
        rows.sort(null);
        return rows;
    }
}
