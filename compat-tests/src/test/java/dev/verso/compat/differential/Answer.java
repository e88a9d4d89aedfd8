package dev.verso.compat.differential;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What an engine answers to a statement, as text that can be compared: rows with their storage classes, sorted (with ORDER BY also in order), or the number
 * of changes and the last rowid, or the error.
 */
final class Answer {
    /** Where one of several values that are equal but not identical is shown, which one is not defined. */
    private static final Pattern REPRESENTATIVES =
            Pattern.compile("DISTINCT|GROUP BY|UNION|INTERSECT|EXCEPT|LIMIT|\\b(min|max)\\((?!typeof)");

    private static final Pattern REAL = Pattern.compile("\\br(-?\\d[\\d.]*(?:E-?\\d+)?)");

    private Answer() {}

    static String of(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            boolean isQuery = statement.execute(sql);
            List<String> rows = new ArrayList<>();
            if (isQuery) {
                try (ResultSet result = statement.getResultSet()) {
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
            if (REPRESENTATIVES.matcher(sql).find()) {
                rows.replaceAll(Answer::representative);
            }
            boolean ordered = isQuery && !sql.startsWith("INSERT") && isOrdered(sql);
            List<String> inOrder = ordered ? rows.stream().map(Answer::tied).toList() : List.of();
            rows.sort(null);
            String all = String.join("\n", rows);
            if (sql.startsWith("SELECT") || sql.startsWith("WITH") || sql.startsWith("VALUES")) {
                return all + (ordered ? "\nin order: " + inOrder : "");
            }
            return all + " " + counters(connection);
        } catch (SQLException e) {
            String message = e.getMessage();
            int open = message.indexOf(" (");
            return "error " + e.getErrorCode() + " " + (open < 0 ? message : message.substring(open)) + " "
                    + counters(connection);
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            return "CRASH " + e + " at " + (e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "?");
        }
    }

    /** Whether ORDER BY stands outside of parentheses. */
    private static boolean isOrdered(String sql) {
        int depth = 0;
        int at = sql.lastIndexOf(" ORDER BY ");
        for (int i = at; i >= 0 && i < sql.length(); i++) {
            depth += sql.charAt(i) == '(' ? 1 : sql.charAt(i) == ')' ? -1 : 0;
            if (depth < 0) {
                return false;
            }
        }
        return at >= 0;
    }

    private static String representative(String row) {
        return tied(row).toLowerCase(Locale.ROOT).replaceAll(" +'", "'");
    }

    /** The row with numbers that sort as equal written alike: in which order they come is not defined. */
    private static String tied(String row) {
        if (row.indexOf('r') < 0 && row.indexOf("-0") < 0) {
            return row;
        }
        return REAL.matcher(row)
                .replaceAll(match -> {
                    double value = Double.parseDouble(match.group(1));
                    return value == Math.rint(value) && value < 0x1p63 && value >= -0x1p63
                            ? Long.toString((long) value)
                            : match.group();
                })
                .replace("-0", "0");
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
}
