package dev.verso.cli;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** {@code .dump}: SQL that makes the database again, here or in the real {@code sqlite3}. */
final class Dump {
    private final Connection connection;
    private final PrintStream out;

    Dump(Connection connection, PrintStream out) {
        this.connection = connection;
        this.out = out;
    }

    /** @param pattern LIKE pattern of table names, or null for everything */
    void run(String pattern) throws SQLException {
        execute("SAVEPOINT dump"); // all of it as of one moment
        try {
            print(pattern);
        } finally {
            execute("RELEASE dump");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void print(String pattern) throws SQLException {
        String match = pattern == null ? "" : " AND tbl_name LIKE " + DotCommands.literal(pattern);
        out.println("PRAGMA foreign_keys=OFF;");
        out.println("BEGIN TRANSACTION;");
        for (String[] table : read("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL"
                + match + " ORDER BY tbl_name = 'sqlite_sequence', rowid")) {
            if (table[0].equals("sqlite_sequence")) {
                out.println("DELETE FROM sqlite_sequence;");
            } else if (table[0].startsWith("sqlite_stat")) {
                out.println("ANALYZE sqlite_schema;");
            } else if (table[0].startsWith("sqlite_")) {
                continue;
            } else {
                out.println(table[1] + ";");
            }
            rows(table[0]);
        }
        for (String[] other : read("SELECT name, sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL"
                + match + " ORDER BY rowid")) {
            out.println(other[1] + ";");
        }
        out.println("COMMIT;");
    }

    private List<String[]> read(String sql) throws SQLException {
        List<String[]> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(new String[] {result.getString(1), result.getString(2)});
            }
        }
        return rows;
    }

    private void rows(String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (String[] column :
                read("SELECT name, hidden FROM pragma_table_xinfo(" + DotCommands.literal(table) + ")")) {
            if (column[1].equals("0")) {
                columns.add("quote(\"" + column[0].replace("\"", "\"\"") + "\")");
            }
        }
        String name = '"' + table.replace("\"", "\"\"") + '"';
        String shown = table.matches("[A-Za-z_][A-Za-z0-9_]*") ? table : name;
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT " + String.join(" || ',' || ", columns) + " FROM " + name)) {
            while (result.next()) {
                out.println("INSERT INTO " + shown + " VALUES(" + result.getString(1) + ");");
            }
        }
    }
}
