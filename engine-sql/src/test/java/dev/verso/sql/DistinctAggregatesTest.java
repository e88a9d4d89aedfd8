package dev.verso.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.memory.MemoryStore;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** DISTINCT in aggregates and in SELECT, over indexes that bring equal values together and others. */
final class DistinctAggregatesTest {
    private static final List<String> VALUES =
            List.of("1", "2", "3", "1.0", "2.5", "'a'", "'A'", "'b'", "x'61'", "NULL", "0", "-1", "'1'");
    private static final List<String> COLUMNS = List.of("a", "b", "c");

    @Test
    void rowsAreThoseOfTheRealSqlite() throws Exception {
        long first = Long.getLong("verso.seed", 1L);
        System.out.println("seed " + first + ": mvn test -pl engine-sql -am -Dtest=DistinctAggregatesTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dverso.seed=" + first);
        int seeds = Boolean.getBoolean("verso.full") ? 300 : 15;
        int withoutIndex = 0;
        for (int i = 0; i < seeds; i++) {
            withoutIndex += compare(new Random(first + i));
        }
        assertThat(withoutIndex).as("DISTINCT without an index of its own").isGreaterThan(seeds);
    }

    /** @return queries whose DISTINCT needed no index of its own */
    private static int compare(Random random) throws Exception {
        try (RealSqlite real = new RealSqlite(":memory:");
                Verso verso = new Verso(new MemoryStore())) {
            both(
                    real,
                    verso,
                    "CREATE TABLE t(id INTEGER PRIMARY KEY, a, b" + pick(random, "", " COLLATE nocase") + ", c)");
            for (int i = 0; i < 3; i++) {
                both(
                        real,
                        verso,
                        "CREATE INDEX i" + i + " ON t(" + COLUMNS.get(random.nextInt(3))
                                + pick(random, "", " DESC", " COLLATE nocase") + ", "
                                + COLUMNS.get(random.nextInt(3)) + ")");
            }
            int rows = random.nextInt(60);
            for (int i = 0; i < rows; i++) {
                both(
                        real,
                        verso,
                        "INSERT INTO t(a, b, c) VALUES (" + value(random) + ", " + value(random) + ", " + value(random)
                                + ")");
            }
            if (random.nextInt(3) == 0) {
                both(real, verso, "ANALYZE");
            }
            int withoutIndex = 0;
            for (int i = 0; i < 40; i++) {
                String sql = query(random);
                assertThat(sorted(verso.run(sql))).as(sql).isEqualTo(sorted(real.run(sql)));
                String plan = verso.run("EXPLAIN QUERY PLAN " + sql).rows().toString();
                withoutIndex += plan.contains("DISTINCT") ? 0 : 1;
            }
            return withoutIndex;
        }
    }

    private static String query(Random random) {
        String column = pick(random, "a", "b", "c", "id", "b COLLATE nocase", "a || c");
        String where = random.nextBoolean()
                ? ""
                : " WHERE " + pick(random, "a", "b", "c") + pick(random, " = ", " > ", " IS ", " <= ") + value(random);
        String key = pick(random, "a", "b", "c", "a, b", "b, c", "c, a");
        if (random.nextInt(4) == 0) {
            return "SELECT DISTINCT " + key + " FROM t" + where;
        }
        // A group_concat() tells the order in which values come, which is not promised.
        String aggregate = pick(random, "count", "sum", "total", "min", "max") + "(DISTINCT " + column + ")";
        if (random.nextBoolean()) {
            return "SELECT " + aggregate + " FROM t" + where;
        }
        return "SELECT " + aggregate + " FROM t" + where + " GROUP BY " + key;
    }

    /** Rows without ORDER BY may come in any order. */
    private static List<String> sorted(Outcome outcome) {
        return outcome.rows().stream().map(String::valueOf).sorted().toList();
    }

    /** The real SQLite seeks past all other rows of a value when the first one fails the FILTER, and says 0. */
    @Test
    void aFilterSeesAllRowsOfAValueAlsoAfterAnalyze() {
        try (Verso verso = new Verso(new MemoryStore())) {
            verso.run("CREATE TABLE t(a, b, c)");
            verso.run("CREATE INDEX i ON t(a, b)");
            verso.run("WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                    + " INSERT INTO t SELECT i / 100, i % 10, i FROM n");
            String sql = "SELECT count(DISTINCT a) FILTER (WHERE c % 100 = 50) FROM t";
            assertThat(verso.run(sql).rows()).isEqualTo(List.of(List.of("I:20")));
            verso.run("ANALYZE");
            assertThat(verso.run(sql).rows()).isEqualTo(List.of(List.of("I:20")));
        }
    }

    private static void both(RealSqlite real, Verso verso, String sql) throws Exception {
        assertThat(verso.run(sql).error()).as(sql).isEqualTo(real.run(sql).error());
    }

    private static String value(Random random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
