package dev.verso.compat.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The functions that the driver adds to SQLite's, the percentile family, and aggregates with DISTINCT, ORDER BY and FILTER. */
class ExtraFunctionsTest {
    private static final int EXPRESSIONS = Boolean.getBoolean("verso.full") ? 100_000 : 4_000;
    private static final int AGGREGATES = Boolean.getBoolean("verso.full") ? 20_000 : 1_000;
    private static final int MOST_DIFFERENCES = 15;

    private static final String[] ARGUMENTS = {
        "NULL",
        "0",
        "1",
        "-1",
        "2",
        "3",
        "5",
        "17",
        "2.5",
        "-0.5",
        "1e3",
        "''",
        "'a'",
        "'abc'",
        "'aéc'",
        "'Hello  wORLD x'",
        "'3'",
        "'2x'",
        "x''",
        "x'6162'",
        "'€😀'",
        "'bcb'",
        "'Robert'",
        "'rupert'",
        "' \t a'",
        "100",
        "1.9",
        "'b'"
    };
    private static final String[] SCALARS = {
        "reverse/1",
        "proper/1",
        "square/1",
        "padl/2",
        "padr/2",
        "padc/2",
        "replicate/2",
        "charindex/2",
        "charindex/3",
        "leftstr/2",
        "rightstr/2",
        "strfilter/2",
        "difference/2"
    };

    private final Random random = new Random(seed());

    private static long seed() {
        return Long.getLong("verso.seed", 20260401L);
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @Test
    void expressionsAnswerAsInTheRealOne() throws SQLException {
        List<String> queries = new ArrayList<>();
        for (int i = 0; i < EXPRESSIONS; i++) {
            String[] function = pick(SCALARS).split("/");
            StringBuilder call = new StringBuilder(function[0]).append('(');
            for (int j = 0; j < Integer.parseInt(function[1]); j++) {
                // Of no copies the real replicate() makes whatever is in memory.
                boolean isCopies = j == 1 && function[0].equals("replicate");
                call.append(j == 0 ? "" : ", ")
                        .append(isCopies ? pick("1", "2", "5.5", "-1", "'2x'") : pick(ARGUMENTS));
            }
            call.append(')');
            queries.add("SELECT " + call + ", typeof(" + call + ")");
        }
        for (String number : new String[] {"0", "1", "0.5", "-2", "1000", "NULL", "'x'"}) {
            queries.add("SELECT round(atn2(" + number + ", 2), 12)");
            queries.add("SELECT round(cot(" + number + "), 12), round(coth(" + number + "), 12)");
        }
        compare(List.of(), queries);
    }

    @Test
    void aggregatesAnswerAsInTheRealOne() throws SQLException {
        List<String> setUp = new ArrayList<>();
        setUp.add("CREATE TABLE t(a INTEGER, b, c REAL, d TEXT COLLATE NOCASE)");
        for (int i = 0; i < 40; i++) {
            setUp.add("INSERT INTO t VALUES (" + pick("NULL", "" + random.nextInt(9)) + ", "
                    + pick(
                            "NULL",
                            "'x'",
                            "" + random.nextInt(5),
                            random.nextInt(40) / 4.0 + "",
                            "'" + random.nextInt(4) + "'",
                            "x'31'")
                    + ", " + random.nextInt(100) / 8.0 + ", " + pick("'a'", "'A'", "'b'", "'B'", "NULL") + ")");
        }
        List<String> queries = new ArrayList<>();
        for (int i = 0; i < AGGREGATES; i++) {
            queries.add("SELECT " + aggregate() + ", " + aggregate() + " FROM t"
                    + pick("", " WHERE a > 3", " WHERE c < 6", " WHERE 0")
                    + pick("", "", " GROUP BY a % 2 ORDER BY a % 2"));
        }
        compare(setUp, queries);
    }

    private String aggregate() {
        String column = pick("a", "b", "c", "d", "a + 0.5");
        String text = pick("a", "b", "d");
        String order = " ORDER BY " + pick("a", "b DESC", "d, c", "c DESC", "a NULLS LAST, c", "b DESC NULLS FIRST, c")
                + ", rowid";
        String filter = pick("", "", " FILTER (WHERE a > 2)", " FILTER (WHERE d = 'a')", " FILTER (WHERE c < 7)");
        return switch (random.nextInt(12)) {
            case 0 ->
                pick("stdev", "variance", "mode", "lower_quartile", "upper_quartile") + "(" + column + ")" + filter;
            case 1 -> pick("stdev", "mode", "lower_quartile", "median") + "(DISTINCT a)" + filter;
            case 2 -> "median(" + pick("a", "c", "a + 0.5", "b") + ")" + filter;
            case 3 ->
                "percentile(" + pick("a", "c") + ", " + pick("0", "10", "33.3", "50", "100", "101", "'25'", "NULL")
                        + ")" + filter;
            case 4 ->
                pick("percentile_cont", "percentile_disc") + "(" + pick("a", "c") + ", "
                        + pick("0", "0.1", "0.5", "1", "1.5", "'0.25'") + ")" + filter;
            case 5 -> "group_concat(" + text + order + ")" + filter;
            case 6 -> "string_agg(" + text + ", " + pick("'-'", "d", "''") + order + ")" + filter;
            case 7 -> "group_concat(DISTINCT d ORDER BY " + pick("d", "d DESC", "lower(d)") + ")" + filter;
            case 8 -> pick("count", "sum", "total", "avg") + "(DISTINCT " + pick("a", "c", "d") + ")" + filter;
            case 9 -> pick("sum", "avg", "total") + "(c" + order + ")" + filter;
            case 10 -> pick("json_group_array", "count", "max", "min") + "(" + pick("a", "c") + order + ")" + filter;
            default -> "count(*)" + filter;
        };
    }

    /** As far as function_list tells; what full-text and spatial indexes need is left out, and REGEXP is ours alone. */
    @Test
    void allFunctionsAreThereWithTheirProperties() throws SQLException {
        String sql =
                "SELECT DISTINCT name || '/' || narg || '/' || type || '/' || flags || '/' || builtin FROM pragma_function_list"
                        + " WHERE name NOT LIKE 'fts%' AND name NOT LIKE 'rtree%' AND name NOT IN ('bm25', 'highlight', 'snippet',"
                        + " 'matchinfo', 'offsets', 'optimize', 'regexp')";
        try (Connection ours = Engines.verso(":memory:");
                Connection theirs = Engines.sqlite(":memory:")) {
            assertThat(new TreeSet<>(List.of(answer(ours, sql).split("\n"))))
                    .isEqualTo(new TreeSet<>(List.of(answer(theirs, sql).split("\n"))));
        }
    }

    private static void compare(List<String> setUp, List<String> queries) throws SQLException {
        List<String> differences = new ArrayList<>();
        try (Connection ours = Engines.verso(":memory:");
                Connection theirs = Engines.sqlite(":memory:")) {
            for (String sql : setUp) {
                assertThat(answer(ours, sql)).isEqualTo(answer(theirs, sql));
            }
            for (String sql : queries) {
                String expected = answer(theirs, sql);
                String actual = answer(ours, sql);
                if (!actual.equals(expected) && differences.size() < MOST_DIFFERENCES) {
                    differences.add(sql + "\n  ours:   " + actual + "\n  theirs: " + expected);
                }
            }
        }
        assertThat(differences)
                .as("replay with -Dtest.jvm.args=-Dverso.seed=" + seed())
                .isEmpty();
    }

    private static String answer(Connection connection, String sql) {
        StringBuilder all = new StringBuilder();
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    for (int i = 1; i <= columns; i++) {
                        all.append(i == 1 ? "" : " | ").append(rows.getString(i));
                    }
                    all.append('\n');
                }
            }
            return all.toString();
        } catch (SQLException e) {
            String message = e.getMessage();
            int open = message.indexOf(" (");
            return "error " + e.getErrorCode() + (open < 0 ? message : message.substring(open));
        }
    }
}
