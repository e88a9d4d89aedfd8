package dev.verso.compat.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Plans of random queries after ANALYZE, with sqlite_stat1 and sqlite_stat4, beside the real SQLite's. The floors are what has been reached. */
class AnalyzedPlansTest {
    private static final int SEEDS = Integer.getInteger("verso.differential.seeds", 20);
    private static final int QUERIES_PER_SEED = 50;
    private static final int SHOWN = Integer.getInteger("verso.plans.shown", 2);
    private static final double FLOOR_OF_ACCESS_PATHS = 97;
    private static final double FLOOR_OF_WHOLE_PLANS = 97;

    @Test
    void theAccessPathsAreThoseOfSqlite() throws SQLException {
        long first = Long.getLong("verso.seed", 20260501L);
        QueryPlans plans = new QueryPlans(SHOWN);
        for (int i = 0; i < SEEDS; i++) {
            compare(first + i, plans);
        }
        System.out.printf(
                "seed %d: of %d plans after ANALYZE %.1f %% have SQLite's access paths, %.1f %% are SQLite's word for word; more of the others:"
                        + " mvn verify -pl compat-tests -am -Dtest=AnalyzedPlansTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dtest.jvm.args='-Dverso.seed=%d -Dverso.plans.shown=1000'%n",
                first, plans.queries(), plans.sameAccess(), plans.samePlan(), first);
        assertThat(plans.sameAccess()).as("access paths").isGreaterThanOrEqualTo(FLOOR_OF_ACCESS_PATHS);
        assertThat(plans.samePlan()).as("whole plans").isGreaterThanOrEqualTo(FLOOR_OF_WHOLE_PLANS);
    }

    private static void compare(long seed, QueryPlans plans) throws SQLException {
        Random random = new Random(seed);
        AnalyzedTables tables = new AnalyzedTables(random, 4, 2000);
        AnalyzedQueries queries = new AnalyzedQueries(random, tables);
        try (Connection verso = Engines.verso(":memory:");
                Connection sqlite = Engines.sqlite(":memory:")) {
            tables.makeAndAnalyze(verso);
            tables.makeAndAnalyze(sqlite);
            for (int i = 0; i < QUERIES_PER_SEED; i++) {
                plans.compare("seed " + seed, queries.next(), verso, sqlite);
            }
        }
    }
}
