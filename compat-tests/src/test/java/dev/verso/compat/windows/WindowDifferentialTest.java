package dev.verso.compat.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Generated queries with window functions: the same rows in the same order, to the last digit, and the same errors as in the real SQLite. */
class WindowDifferentialTest {
    private static final int QUERIES_PER_SEED = 120;
    private static final int SEEDS =
            Integer.getInteger("verso.differential.seeds", Boolean.getBoolean("verso.full") ? 1000 : 12);
    private static final int MOST_DIFFERENCES = 10;

    @Test
    void windowsAnswerAsInTheRealOne() throws SQLException {
        long first = Long.getLong("verso.seed", 20260301L);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < SEEDS && differences.size() < MOST_DIFFERENCES; i++) {
            run(first + i, differences);
        }
        System.out.println(SEEDS * QUERIES_PER_SEED + " window queries from seed " + first
                + ": mvn verify -pl compat-tests -am -Dtest=WindowDifferentialTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dtest.jvm.args=-Dverso.seed=" + first);
        assertThat(differences).isEmpty();
    }

    private static void run(long seed, List<String> differences) throws SQLException {
        Random random = new Random(seed);
        WindowQueries queries = new WindowQueries(random);
        try (Connection ours = Engines.verso(":memory:");
                Connection theirs = Engines.sqlite(":memory:")) {
            for (String sql : queries.setUp()) {
                execute(ours, sql);
                execute(theirs, sql);
            }
            for (int i = 0; i < QUERIES_PER_SEED && differences.size() < MOST_DIFFERENCES; i++) {
                String sql = queries.next();
                String expected = answer(theirs, sql);
                String actual = answer(ours, sql);
                if (!actual.equals(expected) && !(isOfArgument(actual) && isOfArgument(expected))) {
                    differences.add("seed " + seed + ": " + sql + "\n  ours:   " + actual.replace("\n", " / ")
                            + "\n  theirs: " + expected.replace("\n", " / "));
                }
            }
        }
    }

    /** Which of several wrong arguments is met first depends on the order of computation. */
    private static boolean isOfArgument(String answer) {
        return answer.startsWith("error") && answer.contains("must be a");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String answer(Connection connection, String sql) {
        StringBuilder all = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    all.append(i == 1 ? "" : " | ").append(show(rows.getObject(i)));
                }
                all.append('\n');
            }
            return all.toString();
        } catch (SQLException e) {
            String message = e.getMessage();
            int open = message.indexOf(" (");
            return "error " + e.getErrorCode() + (open < 0 ? message : message.substring(open));
        }
    }

    private static String show(Object value) {
        if (value instanceof byte[] bytes) {
            return "x'" + HexFormat.of().formatHex(bytes) + "'";
        }
        if (value instanceof Double real) {
            return "r" + real;
        }
        return value instanceof String ? "'" + value + "'" : String.valueOf(value);
    }
}
