package dev.verso.compat.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

/** A connection of each driver to a database of its own in memory; asks both the same and keeps what they answer differently. */
final class TwoDrivers implements AutoCloseable {
    static final String REFUSED = "refused";

    /** One question; an {@link SQLException} is an answer too. */
    @FunctionalInterface
    interface Question {
        Object ask(Connection connection) throws Exception;
    }

    private final Connection verso;
    private final Connection sqlite;
    private final Map<String, String> differences = new LinkedHashMap<>();

    TwoDrivers(String... properties) throws SQLException {
        Properties given = new Properties();
        for (int i = 0; i < properties.length; i += 2) {
            given.setProperty(properties[i], properties[i + 1]);
        }
        verso = open(new dev.verso.jdbc.VersoDriver(), given);
        sqlite = open(new org.sqlite.JDBC(), given);
    }

    private static Connection open(Driver driver, Properties properties) throws SQLException {
        return driver.connect("jdbc:sqlite::memory:", properties);
    }

    void run(String... statements) throws SQLException {
        for (Connection connection : List.of(verso, sqlite)) {
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
        }
    }

    void ask(String what, Question question) throws Exception {
        String ours = answer(verso, question);
        String theirs = answer(sqlite, question);
        if (!ours.equals(theirs)) {
            differences.put(what, "verso: " + ours + ", sqlite-jdbc: " + theirs);
        }
    }

    /** As {@link #ask}, but what sqlite-jdbc refuses or fails at, Verso may answer. */
    void askWhatSqliteCan(String what, Question question) throws Exception {
        String ours = answer(verso, question);
        String theirs = answer(sqlite, question);
        if (!theirs.equals(REFUSED) && !ours.equals(theirs)) {
            differences.put(what, "verso: " + ours + ", sqlite-jdbc: " + theirs);
        }
    }

    static String answer(Connection connection, Question question) throws Exception {
        boolean isSqlite = connection.getClass().getName().startsWith("org.sqlite");
        try {
            return text(question.ask(connection));
        } catch (SQLException e) {
            return REFUSED;
        } catch (RuntimeException e) {
            if (isSqlite) {
                return REFUSED; // it fails by NullPointerException and the like; Verso may not
            }
            throw e;
        }
    }

    static String text(Object answer) throws SQLException, IOException {
        if (answer instanceof ResultSet rows) {
            return rows(rows);
        }
        if (answer instanceof byte[] bytes) {
            return "bytes " + Arrays.toString(bytes);
        }
        if (answer instanceof int[] numbers) {
            return Arrays.toString(numbers);
        }
        if (answer instanceof InputStream in) {
            return "stream " + Arrays.toString(in.readAllBytes());
        }
        if (answer instanceof Reader reader) {
            StringWriter all = new StringWriter();
            reader.transferTo(all);
            return "reader " + all;
        }
        if (answer instanceof Blob blob) {
            return "blob " + Arrays.toString(blob.getBytes(1, (int) blob.length()));
        }
        if (answer instanceof Clob clob) {
            return "clob " + clob.getSubString(1, (int) clob.length());
        }
        return answer == null ? "null" : answer.getClass().getSimpleName() + " " + answer;
    }

    static String rows(ResultSet rows) throws SQLException {
        StringBuilder text = new StringBuilder();
        int columns = rows.getMetaData().getColumnCount();
        List<String> labels = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
            labels.add(rows.getMetaData().getColumnLabel(i));
        }
        text.append(labels);
        while (rows.next()) {
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                Object cell = rows.getObject(i);
                cells.add(cell instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(cell));
            }
            text.append('\n').append(cells);
        }
        return text.toString();
    }

    /** The questions answered differently are exactly these. */
    void expectOnlyTheseDifferences(String... intended) {
        Map<String, String> unexpected = new LinkedHashMap<>(differences);
        List.of(intended).forEach(unexpected::remove);
        assertThat(unexpected).isEmpty();
        assertThat(new TreeSet<>(differences.keySet())).isEqualTo(new TreeSet<>(List.of(intended)));
    }

    @Override
    public void close() throws SQLException {
        verso.close();
        sqlite.close();
    }
}
