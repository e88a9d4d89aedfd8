package dev.verso.compat.durability;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Work whose result shows which transactions happened, and whether each did so entirely. Transaction {@code k} inserts five entries,
 * deletes those of transaction {@code k - 6} and sets the counter to {@code k}.
 */
final class Ledger {
    static final List<String> SCHEMA = List.of(
            "CREATE TABLE ledger(tx INTEGER, part INTEGER, payload TEXT, PRIMARY KEY(tx, part))",
            "CREATE INDEX ledger_payload ON ledger(payload)",
            "CREATE TABLE counter(value INTEGER)",
            "INSERT INTO counter VALUES (0)");

    private static final int PARTS = 5;
    private static final int KEPT = 6;

    private Ledger() {}

    static List<String> transaction(int k) {
        List<String> statements = new ArrayList<>();
        statements.add("BEGIN IMMEDIATE");
        for (int part = 1; part <= PARTS; part++) {
            statements.add("INSERT INTO ledger VALUES (" + k + ", " + part + ", '" + payload(k, part) + "')");
        }
        statements.add("DELETE FROM ledger WHERE tx = " + (k - KEPT));
        statements.add("UPDATE counter SET value = " + k);
        statements.add("COMMIT");
        return statements;
    }

    /** Now and then long enough for overflow pages. */
    private static String payload(int k, int part) {
        String word = k + "-" + part + ";";
        return word.repeat(k % 3 == 0 && part == 2 ? 3000 : 20);
    }

    /** Number of the last transaction, -1 if not even the schema is there. Fails if it is not exactly those up to that one. */
    static int lastTransaction(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (number(statement, "SELECT count(*) FROM sqlite_schema WHERE name = 'counter'") == 0
                    || number(statement, "SELECT count(*) FROM counter") == 0) {
                return -1;
            }
            int last = number(statement, "SELECT value FROM counter");
            List<String> expected = new ArrayList<>();
            for (int k = Math.max(1, last - KEPT + 1); k <= last; k++) {
                for (int part = 1; part <= PARTS; part++) {
                    expected.add(k + "," + part + "," + payload(k, part));
                }
            }
            List<String> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT tx, part, payload FROM ledger ORDER BY tx, part")) {
                while (rows.next()) {
                    found.add(rows.getInt(1) + "," + rows.getInt(2) + "," + rows.getString(3));
                }
            }
            if (!found.equals(expected)) {
                throw new AssertionError("after transaction " + last + " there are " + found.size()
                        + " entries instead of the " + expected.size() + " expected, or others");
            }
            return last;
        }
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
