package dev.verso.compat.sqllogictest;

import dev.verso.compat.Engines;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Runs scripts on new databases in memory. */
final class ScriptRunner {
    private static final int MOST_FAILURES = 5;

    ScriptRunner() {}

    /** What a run found: the first few failures, and how many records passed. */
    record Outcome(String script, int passed, List<String> failures, long millis) {
        boolean isGreen() {
            return failures.isEmpty();
        }
    }

    Outcome run(Script script) {
        long start = System.nanoTime();
        List<String> failures = new ArrayList<>();
        int passed = 0;
        try (Connection connection = Engines.verso(":memory:");
                Statement statement = connection.createStatement()) {
            for (Script.Entry entry : script.entries()) {
                String failure = run(statement, entry);
                if (failure == null || entry.expected().isEmpty() && oracleAgrees(script, entry, statement)) {
                    passed++;
                } else {
                    failures.add(script.name() + ":" + entry.line() + ": " + failure + "\n    " + shorten(entry.sql()));
                    if (failures.size() == MOST_FAILURES) {
                        break;
                    }
                }
            }
        } catch (SQLException e) {
            failures.add(script.name() + ": " + e);
        }
        return new Outcome(script.name(), passed, failures, (System.nanoTime() - start) / 1_000_000);
    }

    /** How long the real SQLite takes for the same: statements, reading results as texts, comparing them. In milliseconds. */
    long timeSqlite(Script script) {
        long start = System.nanoTime();
        try (Connection connection = Engines.sqlite(":memory:");
                Statement statement = connection.createStatement()) {
            for (Script.Entry entry : script.entries()) {
                run(statement, entry);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(script.name(), e);
        }
        return (System.nanoTime() - start) / 1_000_000;
    }

    /**
     * A few records of the corpus give no results although SQLite has some, or an error (an overflow of {@code sum}): there the real SQLite
     * decides, after the same statements.
     */
    private static boolean oracleAgrees(Script script, Script.Entry entry, Statement ours) throws SQLException {
        if (entry.query() == null) {
            return false;
        }
        try (Connection oracle = Engines.sqlite(":memory:");
                Statement theirs = oracle.createStatement()) {
            for (Script.Entry before : script.entries()) {
                if (before == entry) {
                    return answer(theirs, entry).equals(answer(ours, entry));
                }
                if (before.query() == null) {
                    answer(theirs, before);
                }
            }
        }
        return false;
    }

    private static String answer(Statement statement, Script.Entry entry) {
        try {
            if (!statement.execute(entry.sql())) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                return values(rows, entry).toString();
            }
        } catch (SQLException e) {
            String message = e.getMessage();
            return "error " + message.substring(message.lastIndexOf('('));
        }
    }

    private static String run(Statement statement, Script.Entry entry) {
        try {
            if (entry.query() == null) {
                try {
                    statement.execute(entry.sql());
                } catch (SQLException e) {
                    return entry.fails() ? null : e.getMessage();
                }
                return entry.fails() ? "did not fail" : null;
            }
            try (ResultSet rows = statement.executeQuery(entry.sql())) {
                return compare(entry, values(rows, entry));
            }
        } catch (SQLException e) {
            return e.getMessage();
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            StackTraceElement[] trace = e.getStackTrace();
            return e + (trace.length > 0 ? " at " + trace[0] + (trace.length > 1 ? " < " + trace[1] : "") : "");
        }
    }

    private static List<String> values(ResultSet rows, Script.Entry entry) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        List<String[]> table = new ArrayList<>();
        while (rows.next()) {
            String[] row = new String[columns];
            for (int i = 0; i < columns; i++) {
                row[i] = show(
                        rows, i + 1, i < entry.query().length() ? entry.query().charAt(i) : 'T');
            }
            table.add(row);
        }
        if (entry.sort().equals("rowsort")) {
            table.sort(Arrays::compare);
        }
        List<String> values = new ArrayList<>();
        for (String[] row : table) {
            values.addAll(Arrays.asList(row));
        }
        if (entry.sort().equals("valuesort")) {
            values.sort(null);
        }
        return values;
    }

    private static String show(ResultSet rows, int column, char type) throws SQLException {
        String text = rows.getString(column);
        if (text == null) {
            return "NULL";
        }
        switch (type) {
            case 'I':
                return String.valueOf(rows.getLong(column));
            case 'R':
                return String.format(Locale.ROOT, "%.3f", rows.getDouble(column));
            default:
                if (text.isEmpty()) {
                    return "(empty)";
                }
                StringBuilder shown = new StringBuilder();
                for (char c : text.toCharArray()) {
                    shown.append(c < ' ' || c > '~' ? '@' : c);
                }
                return shown.toString();
        }
    }

    private static String compare(Script.Entry entry, List<String> values) {
        List<String> expected = entry.expected();
        if (expected.size() == 1 && expected.get(0).matches("\\d+ values hashing to [0-9a-f]{32}")) {
            String actual = values.size() + " values hashing to " + hash(values);
            return actual.equals(expected.get(0)) ? null : "got " + actual + ", expected " + expected.get(0);
        }
        return values.equals(expected)
                ? null
                : "got " + shorten(values.toString()) + ", expected " + shorten(expected.toString());
    }

    private static String hash(List<String> values) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            for (String value : values) {
                md5.update(value.getBytes(StandardCharsets.UTF_8));
                md5.update((byte) '\n');
            }
            return HexFormat.of().formatHex(md5.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shorten(String text) {
        String line = text.replace('\n', ' ');
        return line.length() <= 300 ? line : line.substring(0, 300) + "…";
    }
}
