package dev.verso.sql.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.error.DatabaseException;
import dev.verso.pager.memory.MemoryStore;
import dev.verso.sql.Connection;
import dev.verso.sql.PreparedStatement;
import dev.verso.vm.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs files of statements, one a line, here and in the real SQLite. Rows with their storage classes, names of columns and messages must be
 * equal; the order of rows too where ORDER BY gives it.
 */
class SelectDifferentialTest {
    /** What a statement did. @param columns names, empty if it failed */
    private record Outcome(List<String> columns, List<String> rows) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "basics",
                "names-and-errors",
                "clauses",
                "right-and-full-joins",
                "subqueries-and-tables",
                "common-tables",
                "windows",
                "windows-everywhere",
                "windows-nested",
                "compound-collations",
                "grouped-ranges",
                "fixed-columns",
                "distinct-in-groups"
            })
    void queriesAnswerAsInTheRealSqlite(String file) throws Exception {
        List<String> differences = new ArrayList<>();
        int count = 0;
        try (java.sql.Connection real = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = real.createStatement();
                Connection ours = new Connection(new MemoryStore(), name -> new MemoryStore())) {
            for (String sql : statements(file)) {
                count++;
                Outcome expected = expected(statement, sql);
                Outcome actual = actual(ours, sql);
                if (!expected.columns.equals(actual.columns) || !sameRows(expected.rows, actual.rows, sql)) {
                    differences.add(sql + "\n  expected " + expected + "\n  but was  " + actual);
                }
            }
        }
        assertThat(count).isPositive();
        assertThat(differences).isEmpty();
    }

    private static List<String> statements(String file) throws IOException {
        List<String> result = new ArrayList<>();
        try (InputStream in = SelectDifferentialTest.class.getResourceAsStream("/queries/" + file + ".sql")) {
            assertThat(in).as(file).isNotNull();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank() && !line.startsWith("--")) {
                    result.add(line);
                }
            }
        }
        return result;
    }

    private static boolean sameRows(List<String> expected, List<String> actual, String sql) {
        if (sql.toLowerCase(Locale.ROOT).contains("order by")) {
            return expected.equals(actual);
        }
        List<String> left = new ArrayList<>(expected);
        List<String> right = new ArrayList<>(actual);
        Collections.sort(left);
        Collections.sort(right);
        return left.equals(right);
    }

    private static Outcome expected(Statement statement, String sql) {
        List<String> columns = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        try {
            if (statement.execute(sql)) {
                try (ResultSet result = statement.getResultSet()) {
                    int count = result.getMetaData().getColumnCount();
                    for (int i = 1; i <= count; i++) {
                        columns.add(result.getMetaData().getColumnName(i));
                    }
                    while (result.next()) {
                        StringBuilder row = new StringBuilder();
                        for (int i = 1; i <= count; i++) {
                            row.append(shown(result.getObject(i))).append('|');
                        }
                        rows.add(row.toString());
                    }
                }
            }
        } catch (SQLException e) {
            String message = e.getMessage();
            int start = message.indexOf('(');
            return new Outcome(List.of(), List.of("error: " + message.substring(start + 1, message.length() - 1)));
        }
        return new Outcome(columns, rows);
    }

    private static Outcome actual(Connection connection, String sql) {
        List<String> columns = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepare(sql, 0)) {
            int count = statement.columnCount();
            for (int i = 0; i < count; i++) {
                columns.add(statement.columnName(i));
            }
            while (statement.step()) {
                StringBuilder row = new StringBuilder();
                for (int i = 0; i < count; i++) {
                    row.append(shown(object(statement.column(i)))).append('|');
                }
                rows.add(row.toString());
            }
        } catch (DatabaseException e) {
            return new Outcome(List.of(), List.of("error: " + e.getMessage()));
        }
        return new Outcome(columns, rows);
    }

    private static Object object(Value value) {
        return switch (value.storageClass()) {
            case NULL -> null;
            case INTEGER -> (Object) value.integer();
            case REAL -> value.real();
            case TEXT -> value.asString();
            case BLOB -> value.asBytes();
        };
    }

    /** The value with its storage class; an integer of JDBC may be an Integer or a Long. */
    private static String shown(Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof byte[] blob) {
            return "x'" + HexFormat.of().formatHex(blob) + "'";
        }
        if (value instanceof String text) {
            return "'" + text + "'";
        }
        return value instanceof Double ? "real " + value : value.toString();
    }
}
