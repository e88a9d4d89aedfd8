package dev.verso.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.memory.MemoryStore;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LEFT, RIGHT and FULL joins give the rows that the real SQLite gives. */
final class OuterJoinTest {
    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT)",
            "CREATE TABLE u(x INT, y INT, z TEXT UNIQUE)",
            "CREATE TABLE v(x INT, k INT)",
            "INSERT INTO t VALUES(1, 1, 'a'), (2, 2, 'b')",
            "INSERT INTO u VALUES(1, 1, 'a'), (5, 5, 'q'), (5, 5, NULL)",
            "INSERT INTO v VALUES(5, 1), (7, 2), (1, 3)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t LEFT JOIN u ON t.a = u.x ORDER BY 1, 2, 3, 4, 5, 6",
                "SELECT * FROM t LEFT JOIN u ON t.a = u.x AND t.b > 'a' LEFT JOIN v ON v.x = u.x ORDER BY 1, 2, 3, 4, 5, 6, 7",
                "SELECT * FROM t LEFT JOIN u ON t.a = u.x WHERE u.z IS NULL ORDER BY 1",
                "SELECT * FROM t LEFT JOIN (SELECT x + 1 AS x1, 7 AS seven FROM u) AS s ON s.x1 = t.a ORDER BY 1, 2, 3, 4, 5",
                "SELECT * FROM t RIGHT JOIN u ON t.a = u.x ORDER BY 1, 2, 3, 4, 5, 6",
                "SELECT * FROM t FULL JOIN u ON t.a = u.x ORDER BY 1, 2, 3, 4, 5, 6",
                "SELECT * FROM t RIGHT JOIN u ON t.a = u.x RIGHT JOIN v ON v.x = u.x ORDER BY 1, 2, 3, 4, 5, 6, 7",
                "SELECT * FROM t JOIN u ON t.a = u.x RIGHT JOIN v ON v.x = u.x ORDER BY 1, 2, 3, 4, 5, 6, 7",
                "SELECT * FROM t JOIN u ON t.a = u.x FULL JOIN v ON v.x = u.x ORDER BY 1, 2, 3, 4, 5, 6, 7",
                "SELECT * FROM t LEFT JOIN u ON t.a = u.x RIGHT JOIN v ON v.x = u.x WHERE v.k > 1 ORDER BY 1, 2, 3, 4, 5, 6, 7",
                "SELECT * FROM u FULL JOIN v USING (x) ORDER BY 1, 2, 3, 4",
                "SELECT * FROM u NATURAL RIGHT JOIN v ORDER BY 1, 2, 3, 4",
                "SELECT x, count(*) FROM u FULL JOIN v USING (x) GROUP BY x ORDER BY 1",
                "SELECT * FROM (SELECT DISTINCT a FROM t) AS s FULL JOIN u ON s.a = u.x ORDER BY 1, 2, 3, 4",
                "SELECT * FROM t RIGHT JOIN u ON t.a = u.x JOIN v ON v.x = u.x ORDER BY 1, 2, 3, 4, 5, 6, 7",
                "SELECT u.x, (SELECT count(*) FROM v WHERE v.x = t.a OR v.x = u.x) FROM t FULL JOIN u ON t.a = u.x ORDER BY 1, 2",
            })
    void rowsAreThoseOfTheRealSqlite(String sql) throws Exception {
        try (RealSqlite real = new RealSqlite(":memory:");
                Verso verso = new Verso(new MemoryStore())) {
            for (String statement : SCHEMA) {
                real.run(statement);
                assertThat(verso.run(statement).error()).isNull();
            }
            Outcome found = verso.run(sql);
            assertThat(found.error()).isNull();
            assertThat(found.rows()).isEqualTo(real.run(sql).rows());
        }
    }
}
