package dev.verso.compat.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** One of the two engines while a page's script runs: its database, its directory for files, its connections and the statement that is left open. */
final class ScriptedEngine implements AutoCloseable {
    /** Stands for the directory of this engine's files, in statements and in answers. */
    static final String DIRECTORY = "{{dir}}";

    private static final Pattern FILE_AND_REASON = Pattern.compile(": (\\{\\{dir}})?/[^: ]*: .*\\)$");

    private final Opener opener;
    private final Path home;
    private int beginnings;
    private Path directory;
    private String location;
    private Connection first;
    private Connection other;
    private Connection current;
    private Statement open;
    private ResultSet openRows;

    interface Opener {
        Connection open(String location) throws SQLException;
    }

    /** @param home where directories for the files of the scripts' parts are made */
    ScriptedEngine(Opener opener, Path home) throws SQLException {
        this.opener = opener;
        this.home = home;
        begin(false);
    }

    /** Begins with an empty database again, in memory or in a file of a new directory. */
    void begin(boolean inFile) throws SQLException {
        close();
        try {
            directory = Files.createDirectories(home.resolve(Integer.toString(beginnings++)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        location = inFile ? directory.resolve("main.db").toString() : ":memory:";
        first = opener.open(location);
        current = first;
    }

    /** Statements from here on run in a second connection to the file, which is opened when it is first asked for. */
    void useOther() throws SQLException {
        if (other == null) {
            other = opener.open(location);
        }
        current = other;
    }

    void useFirst() {
        current = first;
    }

    /** Closes the connection that statements run in, with whatever it has open, and opens it again. */
    void reopen() throws SQLException {
        current.close();
        Connection again = opener.open(location);
        if (current == first) {
            first = again;
        } else {
            other = again;
        }
        current = again;
    }

    /** What a statement says: rows in order with their storage classes and column names, or changes, or the error's code and text. */
    String answer(String sql, boolean unordered) {
        try (Statement statement = current.createStatement()) {
            // Some forms of ALTER TABLE have a result without rows in SQLite, a leftover of how it runs them.
            if (!statement.execute(inDirectory(sql)) || sql.startsWith("ALTER")) {
                return changes();
            }
            try (ResultSet result = statement.getResultSet()) {
                if (sql.startsWith("EXPLAIN ") && !sql.startsWith("EXPLAIN QUERY PLAN")) {
                    return program(result);
                }
                // Numbers of the lines of a plan are anybody's choice.
                return rows(result, sql.startsWith("EXPLAIN QUERY PLAN"), unordered);
            }
        } catch (SQLException e) {
            return error(e);
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            return "CRASH " + e + (e.getStackTrace().length > 0 ? " at " + e.getStackTrace()[0] : "");
        }
    }

    /** Of a program its form only: each engine has its own instructions. */
    private static String program(ResultSet result) throws SQLException {
        StringBuilder names = new StringBuilder(result.next() ? "instructions" : "no instructions");
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            names.append(" | ").append(result.getMetaData().getColumnLabel(i));
        }
        return names.toString();
    }

    /** Reads the first row of a query and leaves the query open. */
    String open(String sql) throws SQLException {
        open = current.createStatement();
        try {
            openRows = open.executeQuery(inDirectory(sql));
            return openRows.next() ? row(openRows, 1, openRows.getMetaData().getColumnCount()) : "no row";
        } catch (SQLException e) {
            return error(e);
        }
    }

    /** The rows that are left of the query that was left open, which ends with this. */
    String rest() throws SQLException {
        try {
            return rows(openRows, false, false);
        } catch (SQLException e) {
            return error(e);
        } finally {
            open.close();
            open = null;
        }
    }

    @Override
    public void close() throws SQLException {
        if (open != null) {
            open.close();
            open = null;
        }
        if (first != null) {
            first.close();
        }
        if (other != null) {
            other.close();
            other = null;
        }
    }

    private String inDirectory(String sql) {
        return sql.replace(DIRECTORY, directory.toString());
    }

    private String rows(ResultSet result, boolean lastColumnOnly, boolean unordered) throws SQLException {
        List<String> rows = new ArrayList<>();
        StringBuilder names = new StringBuilder();
        int columns = result.getMetaData().getColumnCount();
        int from = lastColumnOnly ? columns : 1;
        for (int i = from; i <= columns; i++) {
            names.append(i == 1 ? "" : " | ").append(result.getMetaData().getColumnLabel(i));
        }
        while (result.next()) {
            rows.add(row(result, from, columns));
        }
        if (unordered) {
            rows.sort(null);
        }
        return names + "\n    " + String.join("\n    ", rows);
    }

    private String row(ResultSet result, int from, int columns) throws SQLException {
        StringBuilder row = new StringBuilder();
        for (int i = from; i <= columns; i++) {
            row.append(i == 1 ? "" : " | ").append(show(result.getObject(i)));
        }
        return row.toString().replace(directory.toString(), DIRECTORY);
    }

    private String error(SQLException e) {
        String message = e.getMessage().replace(directory.toString(), DIRECTORY);
        // Behind SQLite's words Verso says which file it was and why.
        message = FILE_AND_REASON.matcher(message).replaceFirst(")");
        int parenthesis = message.indexOf(" (");
        return "error " + e.getErrorCode() + (parenthesis < 0 ? " " + message : message.substring(parenthesis));
    }

    private String changes() throws SQLException {
        try (Statement statement = current.createStatement();
                ResultSet row = statement.executeQuery("SELECT changes(), total_changes(), last_insert_rowid()")) {
            row.next();
            return row.getLong(1) + " changes, " + row.getLong(2) + " in total, last rowid " + row.getLong(3);
        }
    }

    private static String show(Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof byte[] bytes) {
            return "x'" + HexFormat.of().formatHex(bytes) + "'";
        }
        return value instanceof String ? "'" + value + "'" : value.toString();
    }
}
