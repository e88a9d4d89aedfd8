package dev.verso.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.memory.MemoryStore;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rows that an index delivers in the order of the leading terms of ORDER BY are sorted in blocks. */
final class OrderInBlocksTest {
    private static final List<String> COLUMNS = List.of("a", "b", "c", "d", "id");

    @Test
    void rowsComeAsInTheRealSqlite() throws Exception {
        long seed = Long.getLong("verso.seed", 1L);
        System.out.println("seed " + seed + ": mvn test -pl engine-sql -am -Dtest=OrderInBlocksTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dverso.seed=" + seed);
        Random random = new Random(seed);
        try (RealSqlite real = new RealSqlite(":memory:");
                Verso verso = new Verso(new MemoryStore())) {
            both(
                    real,
                    verso,
                    "CREATE TABLE t(id INTEGER PRIMARY KEY, a, b INTEGER NOT NULL, c TEXT COLLATE NOCASE, d)");
            both(real, verso, "CREATE INDEX ta ON t(a)");
            both(real, verso, "CREATE INDEX tbc ON t(b DESC, c)");
            both(real, verso, "CREATE INDEX tca ON t(c, a DESC)");
            both(real, verso, "CREATE TABLE s(x INTEGER PRIMARY KEY, y)");
            both(real, verso, "INSERT INTO s VALUES (1, 2), (2, 1), (3, 3)");
            for (int i = 0; i < 120; i++) {
                String a = random.nextInt(6) == 0 ? "NULL" : String.valueOf(random.nextInt(5));
                String c = random.nextInt(6) == 0 ? "NULL" : "'" + "aAbB".charAt(random.nextInt(4)) + "'";
                both(
                        real,
                        verso,
                        "INSERT INTO t VALUES (" + i + ", " + a + ", " + random.nextInt(4) + ", " + c + ", "
                                + random.nextInt(50) + ")");
            }
            int inBlocks = 0;
            for (int i = 0; i < 400; i++) {
                String sql = query(random);
                assertThat(verso.run(sql).rows())
                        .as(sql)
                        .isEqualTo(real.run(sql).rows());
                inBlocks +=
                        verso.run("EXPLAIN QUERY PLAN " + sql).rows().toString().contains("LAST") ? 1 : 0;
            }
            assertThat(inBlocks).as("queries sorted in blocks").isGreaterThan(50);
        }
    }

    private static void both(RealSqlite real, Verso verso, String sql) throws Exception {
        assertThat(verso.run(sql).error()).as(sql).isEqualTo(real.run(sql).error());
    }

    /** The last term makes the order of the rows certain. */
    private static String query(Random random) {
        StringBuilder order = new StringBuilder();
        int terms = 1 + random.nextInt(3);
        for (int i = 0; i < terms; i++) {
            order.append(COLUMNS.get(random.nextInt(4)))
                    .append(random.nextBoolean() ? " DESC" : "")
                    .append(random.nextInt(8) == 0 ? " NULLS LAST" : "")
                    .append(", ");
        }
        order.append(random.nextBoolean() ? "id" : "id DESC");
        String index =
                List.of("", "INDEXED BY ta", "INDEXED BY tbc", "INDEXED BY tca").get(random.nextInt(4));
        String where = random.nextInt(3) == 0 ? " WHERE d > 20" : random.nextInt(4) == 0 ? " WHERE b = 2" : "";
        String limit = random.nextInt(3) == 0
                ? ""
                : " LIMIT " + (random.nextInt(60) - 3)
                        + (random.nextInt(3) == 0 ? " OFFSET " + random.nextInt(20) : "");
        String distinct = random.nextInt(5) == 0 ? "DISTINCT " : "";
        String core = "SELECT " + distinct + "a, b, c, d, id FROM t " + index + where + " ORDER BY " + order + limit;
        return switch (random.nextInt(4)) {
            case 0 ->
                "SELECT y, (SELECT id FROM t " + index + " WHERE t.d > y ORDER BY " + order
                        + " LIMIT 1) FROM s ORDER BY x";
            case 1 -> "SELECT id, d FROM (" + core + ") ORDER BY id";
            default -> core;
        };
    }
}
