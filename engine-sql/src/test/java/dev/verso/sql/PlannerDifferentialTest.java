package dev.verso.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.memory.MemoryStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Queries over random schemas give the rows that the real SQLite gives, whatever plan was chosen. Replay one seed by {@code mvn -pl
 * engine-sql -am test -Dtest=PlannerDifferentialTest -Dsurefire.failIfNoSpecifiedTests=false -Dverso.seed=N}.
 */
final class PlannerDifferentialTest {
    private static final int QUERIES = 60;
    private static final int CHANGES = 40;

    @Test
    void queriesGiveTheRowsOfTheRealSqlite() throws Exception {
        Long seed = Long.getLong("verso.seed");
        if (seed != null) {
            compare(seed);
            return;
        }
        int seeds = Boolean.getBoolean("verso.full") ? 2_000 : 40;
        for (int i = 0; i < seeds; i++) {
            compare(i);
        }
    }

    private static void compare(long seed) throws Exception {
        RandomQueries random = new RandomQueries(seed);
        try (RealSqlite real = new RealSqlite(":memory:");
                Verso verso = new Verso(new MemoryStore())) {
            List<String> script = new ArrayList<>();
            for (String sql : random.schema()) {
                script.add(sql);
                String realError = real.run(sql).error();
                String error = verso.run(sql).error();
                assertThat(error).as("seed %d: %s", seed, sql).isEqualTo(realError);
            }
            for (int i = 0; i < QUERIES; i++) {
                RandomQueries.Query query = random.query();
                Outcome expected = real.run(query.sql());
                Outcome found = answer(verso, seed, query.sql());
                String where = "seed " + seed + ": " + query.sql() + "\nplan " + plan(verso, query.sql()) + "\nafter\n"
                        + String.join(
                                ";\n",
                                script.stream()
                                        .filter(s -> s.startsWith("CREATE"))
                                        .toList());
                assertThat(found.error()).as(where).isEqualTo(expected.error());
                assertThat(sorted(found.rows())).as(where).isEqualTo(sorted(expected.rows()));
                assertThat(keys(found.rows(), query.orderedColumns()))
                        .as(where)
                        .isEqualTo(keys(expected.rows(), query.orderedColumns()));
            }
        }
    }

    @Test
    void changesLeaveTheRowsThatTheRealSqliteLeaves() throws Exception {
        Long seed = Long.getLong("verso.seed");
        if (seed != null) {
            compareChanges(seed);
            return;
        }
        int seeds = Boolean.getBoolean("verso.full") ? 1_000 : 25;
        for (int i = 0; i < seeds; i++) {
            compareChanges(i);
        }
    }

    private static void compareChanges(long seed) throws Exception {
        RandomQueries random = new RandomQueries(seed);
        try (RealSqlite real = new RealSqlite(":memory:");
                Verso verso = new Verso(new MemoryStore())) {
            for (String sql : random.schema()) {
                real.run(sql);
                verso.run(sql);
            }
            for (int i = 0; i < CHANGES; i++) {
                String sql = random.change();
                real.run("BEGIN");
                verso.run("BEGIN");
                Outcome expected = real.run(sql);
                Outcome found = answer(verso, seed, sql);
                String where = "seed " + seed + ": " + sql;
                assertThat(found.error()).as(where).isEqualTo(expected.error());
                for (String table : random.tableNames()) {
                    String all = "SELECT * FROM " + table;
                    assertThat(sorted(verso.run(all).rows()))
                            .as(where)
                            .isEqualTo(sorted(real.run(all).rows()));
                }
                String end = i % 4 == 0 ? "COMMIT" : "ROLLBACK";
                real.run(end);
                verso.run(end);
            }
        }
    }

    private static Outcome answer(Verso verso, long seed, String sql) {
        try {
            return verso.run(sql);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + sql, e);
        }
    }

    private static String plan(Verso verso, String sql) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : verso.run("EXPLAIN QUERY PLAN " + sql).rows()) {
            text.append(row.get(row.size() - 1)).append("; ");
        }
        return text.toString();
    }

    private static List<String> sorted(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(normalized(row).toString());
        }
        Collections.sort(lines);
        return lines;
    }

    private static List<List<String>> keys(List<List<String>> rows, int columns) {
        List<List<String>> keys = new ArrayList<>();
        for (List<String> row : rows) {
            keys.add(normalized(row.subList(0, columns)));
        }
        return keys;
    }

    /** Values that some collation or comparison takes as equal, made one: which of them stands for a group is up to the plan. */
    private static List<String> normalized(List<String> row) {
        List<String> result = new ArrayList<>();
        for (String value : row) {
            String lower = value.toLowerCase(Locale.ROOT);
            result.add(lower.startsWith("i:") ? "r:" + Double.parseDouble(lower.substring(2)) : lower);
        }
        return result;
    }
}
