package dev.verso.compat.files;

import dev.verso.compat.Engines;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Statements over more data than the heap holds; prints what each gave, one line a statement. */
final class SmallHeapWork {
    private static final int ROWS = 160_000;
    private static final String[] STATEMENTS = {
        "CREATE TABLE t(a INTEGER PRIMARY KEY, b, c)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + ROWS + ") INSERT INTO t"
                + " SELECT i, i * 7919 % " + ROWS
                + ", printf('a text that is somewhat longer than the key %06d of its row and of others', i) FROM n",
        "SELECT b, c, a FROM t ORDER BY b",
        "SELECT sum(n) FROM (SELECT c, count(*) AS n FROM t GROUP BY +c || 'x')",
        "CREATE INDEX tc ON t(c, b)",
        "DROP INDEX tc",
        "SELECT DISTINCT c, a FROM t",
        "SELECT count(*) FROM (SELECT c FROM t UNION SELECT c || 'y' FROM t WHERE a < 10)",
        "SELECT sum(a) OVER (), c FROM t",
        "SELECT c, lag(a) OVER (ORDER BY c) FROM t",
        "SELECT count(*) FROM t WHERE c || '' IN (SELECT c FROM t)",
        "WITH RECURSIVE q(i, s) AS (SELECT 1, '' UNION SELECT i + 1, printf('row %060d', i) FROM q WHERE i < " + ROWS
                + ") SELECT count(*) FROM q",
        "WITH RECURSIVE q(i, s) AS (SELECT 1, '' UNION ALL SELECT 2, c FROM q, t WHERE i < 2) SELECT count(*) FROM q",
        "SELECT length(group_concat(c || c)) FROM t",
        "SELECT length(json_group_array(c || c)) FROM t",
        "SELECT count(*) FROM json_each((SELECT json_group_array(c || c) FROM t))",
        "SELECT length(replace(hex(zeroblob(4000000)), '0', '0123456789'))",
        "SELECT length(printf('%*d', 400000000, 1))",
        "SELECT length(randomblob(400000000))",
        "CREATE TABLE m.t AS SELECT * FROM t, (VALUES (1), (2), (3), (4))",
        "SELECT count(*) FROM m.sqlite_schema",
        "UPDATE t SET b = b + 1 RETURNING c",
        "DELETE FROM t WHERE a % 2 = 0",
        "PRAGMA integrity_check",
        "SELECT count(*) FROM t"
    };

    private SmallHeapWork() {}

    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = Engines.verso(arguments[0])) {
            try (Statement attach = connection.createStatement()) {
                attach.execute("ATTACH ':memory:' AS m");
            }
            for (String sql : STATEMENTS) {
                System.out.println(answer(connection, sql));
            }
        }
    }

    private static String answer(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "done";
            }
            int rows = 0;
            String last = null;
            try (ResultSet result = statement.getResultSet()) {
                while (result.next()) {
                    rows++;
                    last = result.getString(1);
                }
            }
            return rows == 1 ? last : rows + " rows";
        } catch (SQLException e) {
            return "error " + e.getErrorCode();
        } catch (OutOfMemoryError e) {
            return e.toString();
        }
    }
}
