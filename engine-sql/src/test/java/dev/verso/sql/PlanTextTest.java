package dev.verso.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.memory.MemoryStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EXPLAIN QUERY PLAN says what the real SQLite says: the same plan was chosen, and it is told in the same words. */
final class PlanTextTest {
    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT, c REAL, d TEXT COLLATE NOCASE)",
            "CREATE INDEX t_a ON t(a)",
            "CREATE INDEX t_bc ON t(b, c DESC)",
            "CREATE INDEX t_d ON t(d)",
            "CREATE TABLE u(x INT, y INT, z TEXT UNIQUE)",
            "CREATE INDEX u_part ON u(x) WHERE y IS NOT NULL",
            "CREATE INDEX u_expr ON u(x + y)",
            "CREATE TABLE w(k1 TEXT, k2 INT, v, PRIMARY KEY(k1, k2)) WITHOUT ROWID",
            "CREATE INDEX w_v ON w(v)",
            "CREATE TABLE n(p, q)",
            "CREATE VIEW tv AS SELECT id, a + 1 AS a1, b FROM t WHERE c > 0",
            "CREATE TABLE g(id INTEGER PRIMARY KEY, p, sum1 AS (p + 1) STORED, twice AS (p * 2))",
            "CREATE INDEX g_sum1 ON g(sum1)",
            "CREATE INDEX g_twice ON g(twice)",
            "CREATE TABLE h(p, q, sum1 AS (p + 1) STORED)",
            "CREATE INDEX h_all ON h(sum1, q, p)",
            "CREATE TABLE r(id INTEGER PRIMARY KEY, a INT, b REAL, c INT, d REAL)",
            "CREATE INDEX r_a ON r(a)",
            "CREATE INDEX r_b ON r(b)",
            "CREATE INDEX r_c ON r(c)",
            "CREATE INDEX r_d ON r(d)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t",
                "SELECT * FROM t WHERE id = 5",
                "SELECT * FROM t WHERE rowid = ?",
                "SELECT * FROM t WHERE id > 5 AND id <= 10",
                "SELECT * FROM t WHERE id < 10 ORDER BY id DESC",
                "SELECT * FROM t WHERE id IN (1, 2, 3)",
                "SELECT * FROM t WHERE id IN (SELECT x FROM u WHERE y > 1)",
                "SELECT * FROM t WHERE a = 1",
                "SELECT a FROM t WHERE a > 1",
                "SELECT a, id FROM t",
                "SELECT * FROM t WHERE a IS NULL",
                "SELECT * FROM t WHERE a IS NOT NULL",
                "SELECT * FROM t WHERE a BETWEEN 1 AND 5",
                "SELECT * FROM t WHERE a IN (1, 2) ORDER BY a",
                "SELECT * FROM t WHERE a = 1 OR a = 2",
                "SELECT * FROM t WHERE a = 1 OR b = 'x'",
                "SELECT * FROM t WHERE a = 1 OR b = 'x' AND c < 5",
                "SELECT * FROM t WHERE +a = 1",
                "SELECT * FROM t WHERE a = '1'",
                "SELECT * FROM t WHERE b = 1",
                "SELECT * FROM t WHERE b = 'x' AND c = 1.5",
                "SELECT * FROM t WHERE b = 'x' AND c > 1",
                "SELECT * FROM t WHERE b = 'x' ORDER BY c",
                "SELECT * FROM t WHERE b = 'x' ORDER BY c DESC",
                "SELECT b, c FROM t ORDER BY b, c DESC",
                "SELECT b FROM t GROUP BY b",
                "SELECT DISTINCT b FROM t",
                "SELECT DISTINCT id, b FROM t",
                "SELECT * FROM t, (SELECT max(x) AS z FROM u GROUP BY y) WHERE a = z",
                "SELECT * FROM (SELECT x, count(*) AS z FROM u GROUP BY y) AS s JOIN t ON t.id = s.z",
                "SELECT * FROM t JOIN (SELECT x, count(*) AS z FROM u GROUP BY y) AS s ON t.b = s.z",
                "SELECT * FROM n, (SELECT DISTINCT x FROM u) AS s WHERE n.p = s.x",
                "SELECT * FROM (SELECT DISTINCT x FROM u) AS s, (SELECT DISTINCT y FROM u) AS r, t",
                "SELECT * FROM t LEFT JOIN (SELECT DISTINCT x FROM u) AS s ON s.x = t.a",
                "SELECT * FROM t CROSS JOIN (SELECT DISTINCT x FROM u) AS s ON s.x = t.a",
                "SELECT * FROM (SELECT DISTINCT x FROM u) AS s CROSS JOIN t ON s.x = t.a",
                "SELECT * FROM t, (SELECT p FROM n LIMIT 3) AS s, u WHERE u.x = s.p AND t.a = s.p",
                "SELECT count(DISTINCT a) FROM t, (SELECT 1 AS z UNION ALL SELECT 2)",
                "WITH c AS (SELECT DISTINCT x FROM u) SELECT * FROM t, c WHERE c.x = t.a",
                "WITH c AS MATERIALIZED (SELECT DISTINCT x FROM u) SELECT * FROM t, c WHERE c.x = t.a",
                "WITH c AS (SELECT DISTINCT x FROM u) SELECT * FROM t, c, c AS c2 WHERE c.x = t.a",
                "SELECT count(DISTINCT a) FROM t",
                "SELECT count(DISTINCT id) FROM t",
                "SELECT count(DISTINCT z) FROM u",
                "SELECT count(DISTINCT a) FILTER (WHERE b > 'x') FROM t",
                "SELECT count(DISTINCT a) FROM t WHERE b = 5",
                "SELECT count(DISTINCT a) FROM t WHERE a IN (1, 2, 3)",
                "SELECT count(DISTINCT a) FROM t WHERE id = 7",
                "SELECT count(DISTINCT d COLLATE BINARY) FROM t",
                "SELECT count(DISTINCT a), b FROM t",
                "SELECT count(DISTINCT a), sum(DISTINCT a) FROM t",
                "SELECT count(DISTINCT a) + count(DISTINCT a) FROM t",
                "SELECT count(DISTINCT c) FROM t WHERE b = 'x'",
                "SELECT count(DISTINCT c) FROM t WHERE b > 'x'",
                "SELECT min(DISTINCT a) FROM t",
                "SELECT max(DISTINCT c) FROM t",
                "SELECT count(DISTINCT t.a) FROM t, u WHERE u.z = t.b",
                "SELECT b, count(DISTINCT c) FROM t GROUP BY b",
                "SELECT b, count(DISTINCT c) FROM t GROUP BY b ORDER BY b DESC",
                "SELECT b, count(DISTINCT c), sum(id) FROM t GROUP BY b",
                "SELECT b, min(DISTINCT c) FROM t GROUP BY b",
                "SELECT c, count(DISTINCT b) FROM t GROUP BY c",
                "SELECT k2, count(DISTINCT k1) FROM w GROUP BY k2",
                "SELECT k1, count(DISTINCT k2) FROM w GROUP BY k1",
                "SELECT count(DISTINCT k2) FROM w GROUP BY k1, k2",
                "SELECT sum1, count(DISTINCT q) FROM h GROUP BY sum1",
                "SELECT q, sum1, count(DISTINCT p) FROM h GROUP BY q, sum1",
                "SELECT count(DISTINCT a) FROM t GROUP BY id",
                "SELECT b, group_concat(DISTINCT c ORDER BY id) FROM t GROUP BY b",
                "SELECT group_concat(DISTINCT c ORDER BY id) FROM t",
                "SELECT group_concat(DISTINCT a ORDER BY id) FROM t",
                "SELECT group_concat(DISTINCT c ORDER BY c) FROM t",
                "SELECT group_concat(DISTINCT c ORDER BY c DESC, id) FROM t",
                "SELECT DISTINCT b, c FROM t",
                "SELECT DISTINCT b, c FROM t ORDER BY b",
                "SELECT DISTINCT c, b FROM t WHERE id > 3 ORDER BY b DESC",
                "SELECT DISTINCT q FROM (SELECT q FROM h ORDER BY q DESC LIMIT 5)",
                "SELECT count(DISTINCT q) FROM (SELECT q FROM h ORDER BY q DESC LIMIT 5)",
                "SELECT count(DISTINCT q) FROM (SELECT q FROM h ORDER BY q LIMIT 5)",
                "SELECT * FROM t WHERE b > 'm' AND c = 1",
                "SELECT * FROM t WHERE (b, c) > ('m', 2)",
                "SELECT * FROM t WHERE (a, b) = (1, 'x')",
                "SELECT * FROM t WHERE d = 'X'",
                "SELECT * FROM t WHERE d = 'X' COLLATE BINARY",
                "SELECT * FROM t WHERE d LIKE 'ab%'",
                "SELECT * FROM t WHERE b LIKE 'ab%'",
                "SELECT * FROM t WHERE b GLOB 'ab*'",
                "SELECT * FROM t WHERE b GLOB '*ab'",
                "SELECT min(a) FROM t",
                "SELECT max(a) FROM t",
                "SELECT max(c) FROM t WHERE b = 'x'",
                "SELECT count(*) FROM t",
                "SELECT count(*) FROM t WHERE a > 3",
                "SELECT * FROM t NOT INDEXED WHERE a = 1",
                "SELECT * FROM t INDEXED BY t_a WHERE a = 1 AND b = 'x'",
                "SELECT * FROM u WHERE z = 'k'",
                "SELECT * FROM u WHERE x = 1",
                "SELECT * FROM u WHERE x = 1 AND y IS NOT NULL",
                "SELECT * FROM u WHERE x = 1 AND y = 2",
                "SELECT * FROM u WHERE x + y = 3",
                "SELECT * FROM w WHERE k1 = 'a'",
                "SELECT * FROM w WHERE k1 = 'a' AND k2 = 1",
                "SELECT * FROM w ORDER BY k1, k2",
                "SELECT * FROM w WHERE v = 1",
                "SELECT v, k1 FROM w WHERE v > 1",
                "SELECT * FROM t, u WHERE t.a = u.x",
                "SELECT * FROM t, u WHERE t.id = u.x",
                "SELECT * FROM t JOIN u ON t.id = u.x AND u.z = 'k'",
                "SELECT * FROM t CROSS JOIN u WHERE t.id = u.x",
                "SELECT * FROM t LEFT JOIN u ON u.z = t.b",
                "SELECT * FROM t LEFT JOIN u ON u.z = t.b WHERE u.x > 1",
                "SELECT t.* FROM t LEFT JOIN u ON u.z = t.b",
                "SELECT * FROM n, n AS m WHERE n.p = m.q",
                "SELECT * FROM n LEFT JOIN n AS m ON n.p = m.q AND m.p = 1",
                "SELECT * FROM t, u, w WHERE t.a = u.x AND u.z = w.k1",
                "SELECT * FROM t AS t1, t AS t2 WHERE t1.a = t2.id AND t2.a = 5",
                "SELECT * FROM t WHERE a = (SELECT max(x) FROM u)",
                "SELECT * FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.z = t.b)",
                "SELECT * FROM t WHERE NOT EXISTS (SELECT 1 FROM u WHERE u.z = t.b)",
                "SELECT * FROM (SELECT a, b FROM t WHERE c > 1) WHERE a = 5",
                "SELECT * FROM (SELECT a, count(*) AS n FROM t GROUP BY a) WHERE a = 5",
                "SELECT * FROM (SELECT a, b FROM t ORDER BY b LIMIT 5) WHERE a = 5",
                "SELECT * FROM tv WHERE id = 3",
                "SELECT * FROM tv WHERE a1 = 3 ORDER BY b",
                "SELECT * FROM u LEFT JOIN tv ON tv.id = u.x",
                "SELECT a FROM t UNION ALL SELECT x FROM u",
                "SELECT * FROM t ORDER BY a LIMIT 3",
                "SELECT * FROM t, u ORDER BY t.id",
                "SELECT * FROM t WHERE a = 1 ORDER BY id",
                "SELECT * FROM t WHERE likelihood(a = 1, 0.9) AND b = 'x'",
                "SELECT sum1 FROM g",
                "SELECT sum1 FROM g WHERE sum1 > 3",
                "SELECT twice FROM g WHERE twice > 3",
                "SELECT p, sum1 FROM h WHERE sum1 > 3",
                "SELECT q FROM h WHERE sum1 > 3",
                "SELECT id FROM r WHERE a BETWEEN 171 AND 867 AND c >= 383 AND c < 124",
                "SELECT id FROM r WHERE c BETWEEN 171 AND 867 AND a >= 383 AND a < 124",
                "SELECT id FROM r WHERE a BETWEEN 1 AND 2 AND c BETWEEN 1 AND 2 AND a > 5 AND c > 7 ORDER BY b",
                "SELECT id FROM r WHERE a BETWEEN 1 AND 9 AND c > 2 AND c < 5 GROUP BY b",
                "SELECT DISTINCT b FROM r WHERE a BETWEEN 1 AND 9 AND c > 2 AND c < 5",
                "SELECT id, c FROM r WHERE (b >= 4 AND d > 9 OR d IN (3)) AND b BETWEEN 5 AND 6 ORDER BY 2 DESC",
                "SELECT id, c FROM r WHERE (b >= 4 AND d > 9 OR d IN (3)) AND b >= 5 AND b <= 6 ORDER BY 2 DESC",
                "SELECT id, c FROM r WHERE b BETWEEN 5 AND 6 AND (d > 9 AND b >= 4 OR d IN (3)) ORDER BY 2 DESC",
                "SELECT id FROM r WHERE (b = 16.88 OR (a IN (2) OR b > 7.9) AND c >= 892) AND b < 9.6 AND c = 239",
                "SELECT id FROM r WHERE c = 239 AND c >= 100 AND c < 300",
                "SELECT id FROM r WHERE c = 239 AND (c > 5 AND a > 7 OR c = 8 AND b < 6)",
                "SELECT id FROM r WHERE a IS NULL AND (c > 5 OR d > 7) OR c <= 9 AND c > 900 AND a BETWEEN 95 AND 686",
                "DELETE FROM t WHERE a = 1",
                "DELETE FROM t WHERE id = 1",
                "UPDATE t SET c = 1 WHERE b = 'x'",
            })
    void plansAreThoseOfTheRealSqlite(String sql) throws Exception {
        try (RealSqlite real = new RealSqlite(":memory:");
                Verso verso = new Verso(new MemoryStore())) {
            for (String statement : SCHEMA) {
                real.run(statement);
                assertThat(verso.run(statement).error()).isNull();
            }
            assertThat(tree(verso.run("EXPLAIN QUERY PLAN " + sql)))
                    .isEqualTo(tree(real.run("EXPLAIN QUERY PLAN " + sql)));
        }
    }

    /** The lines, indented by their depth. SQLite's note that it builds a filter inside an IN's values has no counterpart. */
    private static String tree(Outcome plan) {
        assertThat(plan.error()).isNull();
        Map<String, Integer> depths = new HashMap<>();
        StringBuilder text = new StringBuilder();
        for (List<String> row : plan.rows()) {
            int depth = depths.getOrDefault(row.get(1), -1) + 1;
            depths.put(row.get(0), depth);
            if (!row.get(3).equals("T:CREATE BLOOM FILTER")) {
                text.append("  ".repeat(depth)).append(row.get(3)).append('\n');
            }
        }
        return text.toString();
    }
}
