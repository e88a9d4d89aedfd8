package dev.verso.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.Function;
import org.sqlite.SQLiteException;

/** The real SQLite, through sqlite-jdbc: what our answers are compared with. */
final class RealSqlite implements AutoCloseable {
    private final Connection connection;

    /** @param file path, or {@code :memory:} */
    RealSqlite(String file) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    Outcome run(String sql) throws SQLException {
        List<String> columns = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        String error = null;
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                try (ResultSet result = statement.getResultSet()) {
                    int count = result.getMetaData().getColumnCount();
                    for (int i = 1; i <= count; i++) {
                        columns.add(result.getMetaData().getColumnName(i));
                    }
                    while (result.next()) {
                        List<String> row = new ArrayList<>();
                        for (int i = 1; i <= count; i++) {
                            row.add(Outcome.shown(result.getObject(i)));
                        }
                        rows.add(row);
                    }
                }
            }
        } catch (SQLiteException e) {
            error = describe(e);
            rows.clear();
            columns.clear();
        } catch (SQLException e) {
            error = "1: " + e.getMessage();
        }
        long[] counters = counters();
        return new Outcome(columns, rows, counters[0], counters[1], error);
    }

    /** Adds a function of one argument that gives it back. @param flags SQLITE_DETERMINISTIC and its like */
    void identity(String name, int flags) throws SQLException {
        Function.create(
                connection,
                name,
                new Function() {
                    @Override
                    protected void xFunc() throws SQLException {
                        result(value_int(0));
                    }
                },
                1,
                flags);
    }

    private long[] counters() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT changes(), last_insert_rowid()")) {
            result.next();
            return new long[] {result.getLong(1), result.getLong(2)};
        }
    }

    /** The driver wraps SQLite's message: {@code [CODE] general text (message)}. */
    private static String describe(SQLiteException e) {
        String message = e.getMessage();
        int open = message.indexOf('(', message.indexOf(']'));
        String inner = open < 0 ? message : message.substring(open + 1, message.length() - 1);
        String text = e.getResultCode().message;
        int from = message.indexOf(text);
        if (from >= 0 && message.length() >= from + text.length() + 2) {
            inner = message.substring(from + text.length() + 2, message.length() - 1);
        }
        return e.getResultCode().code + ": " + inner;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
