package dev.verso.compat.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * One page. Its statements stand in a script beside the class, named after the page: {@code lang_select.sql} for {@code lang_select.html}.
 * A statement ends with a semicolon at the end of a line; a line {@code -- # rule} says which rule of the page comes; a line {@code ---- new} begins
 * with an empty database again; a statement after a line {@code -- unordered} may give its rows in any order; {@code {{50:, 1}}} stands for fifty
 * times the text behind the colon. Each statement must answer as in the
 * real SQLite: rows in order with their storage classes and column names, changes, error code and text.
 */
abstract class DocumentationPage {
    private static final Pattern REPETITION = Pattern.compile("\\{\\{(\\d+):(.*?)\\}\\}");

    private final String page;

    /** @param page its name without {@code .html} */
    DocumentationPage(String page) {
        this.page = page;
    }

    @Test
    void everyExampleAndRuleHoldsAsInTheRealSqlite() throws IOException, SQLException {
        List<String> differences = new ArrayList<>();
        int run = 0;
        Connection verso = Engines.verso(":memory:");
        Connection sqlite = Engines.sqlite(":memory:");
        try {
            String rule = "";
            boolean unordered = false;
            StringBuilder sql = new StringBuilder();
            for (String line : script().split("\n")) {
                if (line.startsWith("---- new")) {
                    verso.close();
                    sqlite.close();
                    verso = Engines.verso(":memory:");
                    sqlite = Engines.sqlite(":memory:");
                } else if (line.startsWith("-- # ")) {
                    rule = line.substring(5);
                } else if (line.startsWith("-- unordered")) {
                    unordered = true;
                } else {
                    sql.append(sql.length() == 0 ? "" : "\n").append(line);
                    if (line.endsWith(";")) {
                        String text = repeated(sql.substring(0, sql.length() - 1));
                        String expected = answer(sqlite, text, unordered);
                        String actual = answer(verso, text, unordered);
                        if (!actual.equals(expected)) {
                            differences.add("rule: " + rule + "\n  " + text + "\n  SQLite " + expected + "\n  Verso  "
                                    + actual);
                        }
                        run++;
                        sql.setLength(0);
                        unordered = false;
                    }
                }
            }
            assertThat(sql.toString().strip()).as("the script's end").isEmpty();
        } finally {
            verso.close();
            sqlite.close();
        }
        assertThat(run).as("statements of " + page).isPositive();
        assertThat(differences).as(page).isEmpty();
    }

    private static String repeated(String sql) {
        return REPETITION
                .matcher(sql)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(2).repeat(Integer.parseInt(found.group(1)))));
    }

    private String script() throws IOException {
        try (InputStream in = DocumentationPage.class.getResourceAsStream(page + ".sql")) {
            assertThat(in).as(page + ".sql").isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String answer(Connection connection, String sql, boolean unordered) {
        try (Statement statement = connection.createStatement()) {
            // Some forms of ALTER TABLE have a result without rows in SQLite, a leftover of how it runs them.
            if (!statement.execute(sql) || sql.startsWith("ALTER")) {
                return changes(connection);
            }
            List<String> rows = new ArrayList<>();
            StringBuilder names = new StringBuilder();
            try (ResultSet result = statement.getResultSet()) {
                int columns = result.getMetaData().getColumnCount();
                int first =
                        sql.startsWith("EXPLAIN QUERY PLAN") ? columns : 1; // numbers of its lines are anybody's choice
                for (int i = first; i <= columns; i++) {
                    names.append(i == 1 ? "" : " | ")
                            .append(result.getMetaData().getColumnLabel(i));
                }
                while (result.next()) {
                    StringBuilder row = new StringBuilder();
                    for (int i = first; i <= columns; i++) {
                        row.append(i == 1 ? "" : " | ").append(show(result.getObject(i)));
                    }
                    rows.add(row.toString());
                }
            }
            if (unordered) {
                rows.sort(null);
            }
            return names + "\n    " + String.join("\n    ", rows);
        } catch (SQLException e) {
            String message = e.getMessage();
            int open = message.indexOf(" (");
            return "error " + e.getErrorCode() + (open < 0 ? " " + message : message.substring(open));
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            return "CRASH " + e + (e.getStackTrace().length > 0 ? " at " + e.getStackTrace()[0] : "");
        }
    }

    private static String changes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
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
