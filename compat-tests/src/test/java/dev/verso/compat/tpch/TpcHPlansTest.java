package dev.verso.compat.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import dev.verso.compat.statistics.QueryPlans;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The plans of the 22 queries beside the real SQLite's, before ANALYZE and after it. The floors are what has been reached. */
class TpcHPlansTest {
    private static final double SCALE = Double.parseDouble(System.getProperty("verso.tpch.scale", "0.002"));
    private static final int SHOWN = Integer.getInteger("verso.plans.shown", 2);
    private static final double FLOOR = 100;
    private static final double FLOOR_AFTER_ANALYZE = 90;

    @Test
    void plansAreThoseOfSqlite() throws SQLException {
        try (Connection verso = Engines.verso(":memory:");
                Connection sqlite = Engines.sqlite(":memory:")) {
            new TpcHData(verso, SCALE, 20260101L).load(false);
            new TpcHData(sqlite, SCALE, 20260101L).load(false);
            assertThat(compare("before ANALYZE", verso, sqlite)).isGreaterThanOrEqualTo(FLOOR);
            for (Connection connection : new Connection[] {verso, sqlite}) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("ANALYZE");
                }
            }
            assertThat(compare("after ANALYZE", verso, sqlite)).isGreaterThanOrEqualTo(FLOOR_AFTER_ANALYZE);
        }
    }

    /** @return the percentage of plans with the same access paths */
    private static double compare(String when, Connection verso, Connection sqlite) throws SQLException {
        QueryPlans plans = new QueryPlans(SHOWN);
        for (int i = 0; i < TpcHQueries.ALL.size(); i++) {
            plans.compare("query " + (i + 1) + " " + when, TpcHQueries.ALL.get(i), verso, sqlite);
        }
        System.out.printf(
                "TPC-H plans %s: %.1f %% have SQLite's access paths, %.1f %% are SQLite's word for word%n",
                when, plans.sameAccess(), plans.samePlan());
        return plans.sameAccess();
    }
}
