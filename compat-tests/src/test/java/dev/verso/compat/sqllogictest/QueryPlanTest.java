package dev.verso.compat.sqllogictest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import dev.verso.compat.statistics.QueryPlans;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
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
    private static final int FLOOR_OF_WHOLE_PLANS = 99;
    /** How many differing plans are printed. */
    private static final int SHOWN = Integer.getInteger("verso.plans.shown", 2);

    private final Random random;
    private final long seed;
    private final QueryPlans plans = new QueryPlans(SHOWN);

    QueryPlanTest() {
        seed = Long.getLong("verso.seed", 20260102L);
        random = new Random(seed);
    }

    @Test
    void theAccessPathsAreThoseOfSqlite() throws SQLException {
        List<String> scripts = new ArrayList<>(Corpus.under("index/", "random/"));
        Collections.shuffle(scripts, random);
        scripts.addAll(0, List.of("select1.test", "select3.test", "select4.test", "select5.test"));
        for (int i = 0; plans.queries() < QUERIES; i++) {
            compare(Script.read(scripts.get(i)));
        }
        System.out.printf(
                "seed %d: of %d plans %.1f %% have SQLite's access paths, %.1f %% are SQLite's word for word; more of the others:"
                        + " mvn verify -pl compat-tests -am -Dtest=QueryPlanTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dtest.jvm.args='-Dverso.seed=%d -Dverso.plans.shown=1000'%n",
                seed, plans.queries(), plans.sameAccess(), plans.samePlan(), seed);
        assertThat(plans.sameAccess()).as("access paths").isGreaterThanOrEqualTo(FLOOR_OF_ACCESS_PATHS);
        assertThat(plans.samePlan()).as("whole plans").isGreaterThanOrEqualTo(FLOOR_OF_WHOLE_PLANS);
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
        int count = Math.min(Math.min(QUERIES_OF_A_SCRIPT, chosen.size()), QUERIES - plans.queries());
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
                    plans.compare(script.name() + ":" + entry.line(), entry.sql(), verso, sqlite);
                }
            }
        }
    }

    private static boolean isDefinition(Script.Entry entry) {
        return entry.sql().startsWith("CREATE") || entry.sql().startsWith("DROP");
    }
}
