package dev.verso.compat.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queries that dissolve into the one around them, and what their columns stand for there: rows, errors and plans beside the real SQLite's. */
class DissolvedQueriesTest {
    private Connection verso;
    private Connection sqlite;

    @BeforeEach
    void open() throws SQLException {
        verso = Engines.verso(":memory:");
        sqlite = Engines.sqlite(":memory:");
        for (Connection connection : new Connection[] {verso, sqlite}) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE t(a, b, c)");
                statement.execute("CREATE TABLE u(a, b)");
                statement.execute("CREATE VIEW v AS SELECT * FROM u");
                statement.execute("CREATE INDEX ua ON u(a COLLATE NOCASE)");
                statement.execute(
                        "INSERT INTO t VALUES ('b', 'B', 3), ('B', 'b', 1), ('c', 'c', 2), (5, 5.0, NULL), (NULL, x'62', 7)");
                statement.execute("INSERT INTO u VALUES ('b', 1), ('B', 2), ('C', 3), (5.0, 4), (x'62', 5)");
            }
        }
    }

    @AfterEach
    void close() throws SQLException {
        verso.close();
        sqlite.close();
    }

    @Test
    void aColumnWithCollateStaysAColumn() throws SQLException {
        String from = " FROM (SELECT a COLLATE NOCASE AS x, b AS y FROM u) s";
        String computed = " FROM (SELECT a COLLATE NOCASE || '' AS x FROM u) s";
        for (String sql : List.of(
                "SELECT *" + from + " WHERE s.x = 'b' ORDER BY y",
                "SELECT *" + from + " ORDER BY x, y",
                "SELECT *" + from + ", t WHERE s.x = t.a ORDER BY 1, 2, 3",
                "SELECT *" + from + ", t WHERE t.a = s.x ORDER BY 1, 2, 3",
                "SELECT *" + from + ", t WHERE t.a = s.x || '' ORDER BY 1, 2, 3",
                "SELECT x = 'B' COLLATE BINARY, x BETWEEN 'B' AND 'B', x IN ('B'), CAST(x AS TEXT) = 'B', +x = 'B'"
                        + from + " ORDER BY y",
                "SELECT CASE x WHEN 'B' THEN 1 END, (x, 1) = ('B', 1), x IN (SELECT a FROM t)" + from + " ORDER BY y",
                "SELECT x, count(*)" + from + " GROUP BY x ORDER BY 2, 1",
                "SELECT x" + from + " ORDER BY x || '', y",
                "SELECT max(x)" + from,
                "SELECT *" + computed + " WHERE s.x = 'b' ORDER BY hex(x)",
                "SELECT *" + computed + " WHERE 'b' = s.x ORDER BY hex(x)",
                "SELECT *" + computed
                        + ", (SELECT b COLLATE BINARY AS y FROM t) z WHERE s.x = z.y ORDER BY 1, 2, hex(s.x)",
                "SELECT *" + computed
                        + ", (SELECT b COLLATE BINARY AS y FROM t) z WHERE z.y = s.x ORDER BY 1, 2, hex(s.x)")) {
            compare(sql);
            assertThat(QueryPlans.plan(verso, sql)).as("plan of %s", sql).isEqualTo(QueryPlans.plan(sqlite, sql));
        }
    }

    /** The real SQLite reads the key to seek from the entry of the row before, and finds one row. */
    @Test
    void anIndexedExpressionThatIsAKeyToSeekIsComputed() throws SQLException {
        try (Statement statement = verso.createStatement()) {
            statement.execute("CREATE TABLE w(a TEXT)");
            statement.execute("CREATE INDEX wa ON w(a, a || 'x')");
            statement.execute("INSERT INTO w VALUES ('1'), ('2')");
            String sql = "SELECT count(*) FROM t CROSS JOIN w ON w.a || 'x' = w.a || 'x' WHERE w.a = '1'";
            assertThat(QueryPlans.plan(verso, sql)).last().asString().contains("wa (a=? AND <expr>=?)");
            try (ResultSet row = statement.executeQuery(sql)) {
                assertThat(row.next()).isTrue();
                assertThat(row.getInt(1)).isEqualTo(5);
            }
        }
    }

    @Test
    void aStarOverTwoSourcesOfOneNameIsAmbiguous() throws SQLException {
        for (String sql : List.of(
                "SELECT * FROM t x, t x",
                "SELECT x.* FROM t x, u y, t x",
                "SELECT * FROM (SELECT 1 AS a) x, (SELECT 2 AS a) x",
                "SELECT * FROM t x JOIN t x USING (a)",
                "SELECT * FROM t x JOIN t x USING (a, b, c)",
                "SELECT * FROM t x NATURAL JOIN t x",
                "SELECT * FROM t x, v x",
                "SELECT * FROM t x, (SELECT 5 AS a) x",
                "SELECT * FROM t X, (SELECT 5 AS d) x",
                "CREATE TABLE w AS SELECT * FROM t x, t x")) {
            compare(sql);
        }
    }

    private void compare(String sql) {
        assertThat(answer(verso, sql)).as(sql).isEqualTo(answer(sqlite, sql));
    }

    private static List<String> answer(Connection connection, String sql) {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return rows;
            }
            try (ResultSet result = statement.getResultSet()) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    StringBuilder row = new StringBuilder();
                    for (int i = 1; i <= columns; i++) {
                        row.append(result.getString(i)).append('|');
                    }
                    rows.add(row.toString());
                }
            }
        } catch (SQLException e) {
            String message = e.getMessage();
            rows.add("error " + e.getErrorCode() + message.substring(message.lastIndexOf('(')));
        }
        return rows;
    }
}
