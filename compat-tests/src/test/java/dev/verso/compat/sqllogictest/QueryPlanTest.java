package dev.verso.compat.sqllogictest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * EXPLAIN QUERY PLAN of queries of the corpus beside the real SQLite's. Tables stay empty: without ANALYZE no plan depends on what is in
 * them. The floors are what has been reached, and only ever go up.
 */
class QueryPlanTest {
    private static final int QUERIES = 1000;
    private static final int QUERIES_OF_A_SCRIPT = 20;
    private static final int FLOOR_OF_ACCESS_PATHS = 99;
    private static final int FLOOR_OF_WHOLE_PLANS = 95;
    /** How many differing plans are printed. */
    private static final int SHOWN = Integer.getInteger("verso.plans.shown", 2);

    private final Random random;
    private final long seed;
    private int queries;
    private int sameAccess;
    private int samePlan;
    private int shown;

    QueryPlanTest() {
        seed = Long.getLong("verso.seed", 20260102L);
        random = new Random(seed);
    }

    @Test
    void theAccessPathsAreThoseOfSqlite() throws SQLException {
        List<String> scripts = new ArrayList<>(Corpus.under("index/", "random/"));
        Collections.shuffle(scripts, random);
        scripts.addAll(0, List.of("select1.test", "select3.test", "select4.test", "select5.test"));
        for (int i = 0; queries < QUERIES; i++) {
            compare(Script.read(scripts.get(i)));
        }
        System.out.printf(
                "seed %d: of %d plans %.1f %% have SQLite's access paths, %.1f %% are SQLite's word for word; more of the others:"
                        + " mvn verify -pl compat-tests -am -Dtest=QueryPlanTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dtest.jvm.args='-Dverso.seed=%d -Dverso.plans.shown=1000'%n",
                seed, queries, 100.0 * sameAccess / queries, 100.0 * samePlan / queries, seed);
        assertThat(100 * sameAccess / queries).as("access paths").isGreaterThanOrEqualTo(FLOOR_OF_ACCESS_PATHS);
        assertThat(100 * samePlan / queries).as("whole plans").isGreaterThanOrEqualTo(FLOOR_OF_WHOLE_PLANS);
    }

    /** Runs the definitions of the script, and asks both engines for the plans of some of its queries where they stand. */
    private void compare(Script script) throws SQLException {
        List<Script.Entry> chosen = new ArrayList<>();
        for (Script.Entry entry : script.entries()) {
            if (entry.query() != null) {
                chosen.add(entry);
            }
        }
        Collections.shuffle(chosen, random);
        int count = Math.min(Math.min(QUERIES_OF_A_SCRIPT, chosen.size()), QUERIES - queries);
        Set<Integer> lines = new HashSet<>();
        for (Script.Entry entry : chosen.subList(0, count)) {
            lines.add(entry.line());
        }
        try (Connection verso = Engines.verso(":memory:");
                Connection sqlite = Engines.sqlite(":memory:");
                Statement ours = verso.createStatement();
                Statement theirs = sqlite.createStatement()) {
            for (Script.Entry entry : script.entries()) {
                if (lines.isEmpty()) {
                    return;
                }
                if (entry.query() == null && isDefinition(entry) && !entry.fails()) {
                    ours.execute(entry.sql());
                    theirs.execute(entry.sql());
                } else if (lines.remove(entry.line())) {
                    note(script, entry, plan(ours, entry.sql()), plan(theirs, entry.sql()));
                }
            }
        }
    }

    private static boolean isDefinition(Script.Entry entry) {
        return entry.sql().startsWith("CREATE") || entry.sql().startsWith("DROP");
    }

    private void note(Script script, Script.Entry entry, List<String> ours, List<String> theirs) {
        queries++;
        boolean access = accessPaths(ours).equals(accessPaths(theirs));
        sameAccess += access ? 1 : 0;
        samePlan += ours.equals(theirs) ? 1 : 0;
        if (!ours.equals(theirs) && shown < SHOWN) {
            shown++;
            System.out.println((access ? "plan" : "ACCESS PATH") + " of " + script.name() + ":" + entry.line() + "\n"
                    + entry.sql() + "\n  Verso:\n    " + String.join("\n    ", ours) + "\n  SQLite:\n    "
                    + String.join("\n    ", theirs));
        }
    }

    /** The lines about loops over tables, without how deep they stand. */
    private static List<String> accessPaths(List<String> plan) {
        List<String> paths = new ArrayList<>();
        for (String line : plan) {
            String text = line.strip();
            if (text.startsWith("SCAN") || text.startsWith("SEARCH") || text.startsWith("MULTI-INDEX OR")) {
                paths.add(text);
            }
        }
        return paths;
    }

    /** The lines of the plan, each indented by two blanks more than the one it stands under. */
    private static List<String> plan(Statement statement, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        Map<Integer, Integer> depths = new HashMap<>();
        try (ResultSet rows = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
            while (rows.next()) {
                int depth = depths.getOrDefault(rows.getInt("parent"), -1) + 1;
                depths.put(rows.getInt("id"), depth);
                lines.add("  ".repeat(depth) + rows.getString("detail"));
            }
        }
        return lines;
    }
}
