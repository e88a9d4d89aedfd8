package dev.verso.compat.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A column is read from its page when a getter asks for it: it must be the one that the row had when {@code next} came to it. */
final class ColumnsReadLateTest {
    private static final int ROWS = 300;

    private static Connection verso() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:verso::memory:");
        execute(connection, "CREATE TABLE t(id INTEGER PRIMARY KEY, number INT, price REAL, name TEXT)");
        fill(connection);
        return connection;
    }

    private static void fill(Connection connection) throws SQLException {
        execute(connection, "BEGIN");
        for (int i = 1; i <= ROWS; i++) {
            execute(connection, "INSERT INTO t VALUES (" + i + ", " + i * 3 + ", " + i + ", 'name " + i + "')");
        }
        execute(connection, "COMMIT");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The whole row, in the order that does not suit the record. */
    private static String row(ResultSet rows) throws SQLException {
        return rows.getString(4) + "|" + rows.getDouble(3) + "|" + rows.getInt(2) + "|" + rows.getLong(1);
    }

    private static String expected(int id) {
        return "name " + id + "|" + (double) id + "|" + id * 3 + "|" + id;
    }

    private static void rowsStayWhile(Connection connection, String change) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("SELECT id, number, price, name FROM t WHERE id > ?");
                PreparedStatement other = connection.prepareStatement(change)) {
            query.setInt(1, 10);
            try (ResultSet rows = query.executeQuery()) {
                int id = 10;
                while (rows.next()) {
                    id++;
                    if (id % 3 == 0) {
                        other.setInt(1, id);
                        other.executeUpdate();
                    }
                    assertThat(row(rows)).isEqualTo(expected(id));
                    assertThat(row(rows)).isEqualTo(expected(id));
                }
                assertThat(id).isEqualTo(ROWS);
            }
        }
    }

    @Test
    void aRowKeepsItsColumnsWhenItIsDeletedOnTheWay() throws SQLException {
        try (Connection connection = verso()) {
            rowsStayWhile(connection, "DELETE FROM t WHERE id = ?");
        }
    }

    @Test
    void aRowKeepsItsColumnsWhenItIsChangedOnTheWay() throws SQLException {
        try (Connection connection = verso()) {
            rowsStayWhile(
                    connection, "UPDATE t SET number = -1, price = -1, name = 'changed for the worse' WHERE id = ?");
        }
    }

    @Test
    void aRowOfAPageThatTheTransactionChangesKeepsItsColumns() throws SQLException {
        try (Connection connection = verso()) {
            execute(connection, "BEGIN");
            execute(connection, "UPDATE t SET number = number");
            rowsStayWhile(
                    connection, "UPDATE t SET number = -1, price = -1, name = 'changed for the worse' WHERE id = ?");
            execute(connection, "ROLLBACK");
            rowsStayWhile(connection, "DELETE FROM t WHERE id = ?");
        }
    }

    @Test
    void aRowKeepsItsColumnsWhenItsTransactionIsRolledBack() throws SQLException {
        try (Connection connection = verso();
                Statement query = connection.createStatement()) {
            execute(connection, "BEGIN");
            try (ResultSet rows = query.executeQuery("SELECT id, number, price, name FROM t WHERE id >= 100")) {
                assertThat(rows.next()).isTrue();
                execute(connection, "DELETE FROM t");
                execute(connection, "ROLLBACK");
                try (Statement other = connection.createStatement();
                        ResultSet otherRows = other.executeQuery("SELECT * FROM t WHERE id = 7")) {
                    assertThat(otherRows.next()).isTrue();
                    assertThat(row(rows)).isEqualTo(expected(100));
                    assertThat(row(otherRows)).isEqualTo(expected(7));
                }
            }
        }
    }

    @Test
    void gettersOfAllKindsAgreeWithSqlite() throws SQLException {
        assertThat(everyGetter("jdbc:verso::memory:")).isEqualTo(everyGetter("jdbc:sqlite::memory:"));
    }

    private static List<String> everyGetter(String url) throws SQLException {
        List<String> seen = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            execute(connection, "CREATE TABLE v(id INTEGER PRIMARY KEY, a, r REAL, t TEXT, n)");
            execute(connection, "CREATE TABLE w(id INTEGER PRIMARY KEY, v INT, note TEXT)");
            List<String> values = List.of(
                    "NULL",
                    "0",
                    "1",
                    "-1",
                    "127",
                    "128",
                    "-32769",
                    "8388608",
                    "2147483648",
                    "140737488355328",
                    "9223372036854775807",
                    "1.5",
                    "-0.0",
                    "1e300",
                    "'12'",
                    "'1.5x'",
                    "''",
                    "'gr\u00fc\u00df \u20ac'",
                    "x'3432'",
                    "x''",
                    "zeroblob(3)",
                    "printf('%.*c', 5000, 'x')");
            for (int i = 0; i < values.size(); i++) {
                String v = values.get(i);
                execute(connection, "INSERT INTO v VALUES (" + (i + 1) + "," + v + "," + v + "," + v + "," + i + ")");
                execute(connection, "INSERT INTO w VALUES (" + (i * 7 + 1) + "," + (i + 1) + ",'w" + i + "')");
            }
            for (String sql : List.of(
                    "SELECT id, a, r, t, n FROM v",
                    "SELECT n, t, r, a, id FROM v ORDER BY id DESC",
                    "SELECT v.a, w.note, v.id + 1, w.id, r FROM w JOIN v ON v.id = w.v",
                    "SELECT w.note, v.a, v.r, v.id FROM w LEFT JOIN v ON v.id = w.v AND v.id % 2",
                    "SELECT a, r FROM v UNION ALL SELECT note, id FROM w",
                    "SELECT rowid, value FROM json_each('[1, 2.5, \"three\"]')",
                    "SELECT DISTINCT n % 5, a FROM v WHERE n < 5")) {
                try (ResultSet rows = statement.executeQuery(sql)) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        for (int column = 1; column <= columns; column++) {
                            seen.add(sql + " -> " + everyGetter(rows, column));
                        }
                    }
                }
            }
        }
        return seen;
    }

    private static String everyGetter(ResultSet rows, int column) throws SQLException {
        String text = rows.getString(column) + "," + rows.wasNull();
        String whole = rows.getLong(column) + "," + rows.wasNull();
        String real = rows.getDouble(column) + "," + rows.wasNull();
        String bytes = Arrays.toString(rows.getBytes(column)) + "," + rows.wasNull();
        Object object = rows.getObject(column);
        String kind = object == null ? "null" : object.getClass().getSimpleName();
        return text + "; " + whole + "; " + real + "; " + bytes + "; " + kind + "; " + rows.getString(column);
    }
}
