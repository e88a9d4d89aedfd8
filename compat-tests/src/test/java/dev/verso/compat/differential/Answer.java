package dev.verso.compat.differential;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What an engine answers to a statement: rows with their storage classes, or the error; and the number of changes, of all changes and the last rowid
 * behind it.
 *
 * @param rows as they came
 * @param error code and text, or null; the rows are those before it
 * @param counters changes, all changes and last rowid; empty after a query
 */
record Answer(List<String> rows, String error, String counters) {
    static Answer of(Connection connection, String sql) {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            if (sql.startsWith("PRAGMA incremental_vacuum")) {
                statement.executeUpdate(sql); // execute() of sqlite-jdbc takes one step, which is one page
            } else if (statement.execute(sql)) {
                readRows(statement, rows);
            }
        } catch (SQLException e) {
            return new Answer(rows, error(e), counters(connection));
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            return crash(rows, e);
        }
        return new Answer(rows, null, isQuery(sql) ? "" : counters(connection));
    }

    /** What a prepared statement answers, once its parameters are bound. */
    static Answer of(Connection connection, PreparedStatement statement, List<Object> parameters, String sql) {
        List<String> rows = new ArrayList<>();
        try {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            if (statement.execute()) {
                readRows(statement, rows);
            }
        } catch (SQLException e) {
            return new Answer(rows, error(e), counters(connection));
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            return crash(rows, e);
        }
        return new Answer(rows, null, isQuery(sql) ? "" : counters(connection));
    }

    static Answer ofError(Connection connection, SQLException e) {
        return new Answer(List.of(), error(e), counters(connection));
    }

    static Answer crash(List<String> rows, Throwable e) {
        String where = e.getStackTrace().length > 0 ? e.getStackTrace()[0].toString() : "?";
        return new Answer(rows, "CRASH " + e + " at " + where, "");
    }

    private static boolean isQuery(String sql) {
        return sql.startsWith("SELECT") || sql.startsWith("VALUES");
    }

    /** The answer with its rows in the order of their texts. */
    Answer sorted() {
        return new Answer(rows.stream().sorted().toList(), error, counters);
    }

    boolean isError() {
        return error != null;
    }

    private static void readRows(Statement statement, List<String> rows) throws SQLException {
        try (ResultSet result = statement.getResultSet()) {
            if (result == null) {
                return; // sqlite-jdbc, where a statement that once gave rows gives none
            }
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    row.append(i == 1 ? "" : " | ").append(show(result.getObject(i)));
                }
                rows.add(row.toString());
            }
        }
    }

    private static String error(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int open = message.indexOf(" (");
        return "error " + e.getErrorCode() + (open < 0 ? " " + message : message.substring(open));
    }

    private static String counters(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT changes(), total_changes(), last_insert_rowid()")) {
            row.next();
            return row.getLong(1) + "/" + row.getLong(2) + "/" + row.getLong(3);
        } catch (SQLException e) {
            return e.getMessage();
        }
    }

    static String show(Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof byte[] bytes) {
            return "x'" + HexFormat.of().formatHex(bytes) + "'";
        }
        if (value instanceof Integer || value instanceof Long) {
            return value.toString();
        }
        if (value instanceof Double d) {
            return "r" + d;
        }
        return "'" + value + "'";
    }

    @Override
    public String toString() {
        return String.join("\n", rows)
                + (error == null ? "" : "\n" + error)
                + (counters.isEmpty() ? "" : "\n" + counters);
    }
}
