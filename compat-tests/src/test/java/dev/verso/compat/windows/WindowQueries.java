package dev.verso.compat.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes tables and queries with window functions of every kind. */
final class WindowQueries {
    private static final String[] COLUMNS = {"a", "b", "c", "d", "e"};
    private static final String[] TEXTS = {"''", "'x'", "'X'", "'y'", "'abc'", "'10'", "'2.5'"};

    private final Random random;
    private boolean indexed;

    WindowQueries(Random random) {
        this.random = random;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    List<String> setUp() {
        List<String> all = new ArrayList<>();
        all.add("CREATE TABLE t(a INTEGER, b TEXT, c REAL, d, e COLLATE NOCASE)");
        indexed = oneIn(2);
        if (indexed) {
            all.add("CREATE INDEX tb ON t(" + column() + ", " + column() + ")");
        }
        int rows = random.nextInt(oneIn(4) ? 60 : 14);
        for (int i = 0; i < rows; i++) {
            all.add("INSERT INTO t VALUES (" + (oneIn(8) ? "NULL" : "" + random.nextInt(6)) + ", "
                    + pick("'p'", "'q'", "'r'", "NULL") + ", " + real() + ", " + any() + ", "
                    + pick(TEXTS) + ")");
        }
        all.add("CREATE TABLE u(k INTEGER PRIMARY KEY, a INTEGER, f REAL)");
        for (int i = 1; i <= 8; i++) {
            all.add("INSERT INTO u VALUES (" + i + ", " + random.nextInt(6) + ", " + real() + ")");
        }
        all.add("CREATE VIEW v AS SELECT a, b, row_number() OVER (PARTITION BY b ORDER BY a, d) AS n FROM t");
        return all;
    }

    private String real() {
        return switch (random.nextInt(9)) {
            case 0 -> "NULL";
            case 1 -> "1e15";
            case 2 -> "-1e15";
            case 3 -> random.nextInt(9) + "";
            default -> random.nextInt(100) / 10.0 + "";
        };
    }

    private String any() {
        return switch (random.nextInt(8)) {
            case 0 -> "NULL";
            case 1 -> pick(TEXTS);
            case 2 -> "x'0" + random.nextInt(9) + "'";
            case 3 -> "4611686018427387904";
            case 4 -> random.nextInt(30) / 4.0 + "";
            default -> (random.nextInt(12) - 2) + "";
        };
    }

    private String column() {
        return pick(COLUMNS);
    }

    String next() {
        return switch (random.nextInt(12)) {
            case 0 -> grouped();
            case 1 -> inside();
            case 2 -> compound();
            case 3 -> "SELECT k, u.a, " + call("t") + " FROM u LEFT JOIN t ON t.a = u.a" + tail(3);
            case 4 -> named();
            default -> plain();
        };
    }

    private String plain() {
        int calls = 1 + random.nextInt(oneIn(3) ? 4 : 2);
        StringBuilder columns = new StringBuilder(pick("a, b", "rowid", "d, a + 1", "e"));
        int width = columns.toString().split(",").length + calls;
        String shared = window("");
        for (int i = 0; i < calls; i++) {
            columns.append(", ").append(oneIn(2) ? function("") + " OVER (" + shared + ")" : call(""));
            if (oneIn(6)) {
                columns.append(pick(" IS NULL", " + 1", " || '!'", " COLLATE NOCASE"));
            }
        }
        return "SELECT " + (oneIn(8) ? "DISTINCT " : "") + columns + " FROM t"
                + (oneIn(4) ? " WHERE " + pick("a > 1", "b = 'p'", "d IS NOT NULL", "rowid % 2") : "") + tail(width);
    }

    private String tail(int width) {
        String order = "";
        if (oneIn(3)) {
            order = " ORDER BY " + (1 + random.nextInt(width)) + pick("", " DESC") + nulls();
            order += oneIn(2) ? ", " + (1 + random.nextInt(width)) : "";
        } else if (oneIn(10)) {
            order = " ORDER BY " + call("t.").replace("t.t.", "t.");
        }
        return order + (oneIn(8) ? " LIMIT " + random.nextInt(9) + (oneIn(2) ? " OFFSET 2" : "") : "");
    }

    private String grouped() {
        String key = pick("b", "a", "e", "a % 2");
        return "SELECT " + key + ", count(*), "
                + pick("sum(sum(a))", "max(count(*))", "rank()", "row_number()", "sum(count(*))", "avg(min(a))")
                + " OVER (" + pick("ORDER BY " + key, "ORDER BY sum(a)", "PARTITION BY count(*)", "")
                + ") FROM t GROUP BY " + key + (oneIn(3) ? " HAVING count(*) > 1" : "")
                + (oneIn(3) ? " ORDER BY 3, 1" : "");
    }

    private String inside() {
        return switch (random.nextInt(6)) {
            case 0 ->
                "SELECT * FROM (SELECT a, b, " + call("") + " AS w FROM t) WHERE " + pick("a > 2", "b = 'q'", "w > 2");
            case 1 ->
                "WITH w AS (SELECT b, d, " + call("") + " AS n FROM t) SELECT b, count(n), max(n) FROM w GROUP BY b";
            case 2 -> "SELECT k, (SELECT " + call("") + " FROM t WHERE t.a = u.a ORDER BY 1 LIMIT 1) FROM u";
            case 3 -> "SELECT * FROM v WHERE " + pick("b = 'p'", "n = 2", "a > 1 AND n < 3");
            case 4 -> "SELECT a, (SELECT count(*) FROM u WHERE u.a <= t.a), " + call("") + " FROM t";
            default -> "SELECT k, (SELECT max(x) FROM (SELECT " + call("") + " AS x FROM t WHERE t.a < u.k)) FROM u";
        };
    }

    private String compound() {
        return "SELECT a, " + call("") + " FROM t " + pick("UNION ALL", "UNION", "EXCEPT", "INTERSECT") + " SELECT k, "
                + pick("f", "row_number() OVER (ORDER BY f)") + " FROM u" + (oneIn(2) ? " ORDER BY 2, 1" : "");
    }

    private String named() {
        String base = oneIn(2) ? "PARTITION BY " + column() : "";
        String order = " ORDER BY " + term("");
        return switch (random.nextInt(4)) {
            case 0 ->
                "SELECT a, " + function("") + " OVER w, " + function("") + " OVER (w " + pick("", frame())
                        + ") FROM t WINDOW w AS (" + base + order + ")";
            case 1 ->
                "SELECT a, " + function("") + " OVER w2 FROM t WINDOW w AS (" + base + "), w2 AS (w" + order + " "
                        + frame() + ")";
            case 2 ->
                "SELECT a, " + function("") + " OVER " + pick("w", "nosuch", "(w ORDER BY a)", "(w PARTITION BY a)")
                        + " FROM t WINDOW w AS (" + pick("ORDER BY a", "PARTITION BY b", "ROWS 1 PRECEDING") + ")";
            default ->
                "SELECT a, " + function("") + " OVER w FROM t WINDOW w AS (" + base + order + " " + frame()
                        + ") ORDER BY " + function("") + " OVER w";
        };
    }

    private String call(String prefix) {
        return function(prefix) + " OVER (" + window(prefix) + ")";
    }

    private String window(String prefix) {
        StringBuilder text = new StringBuilder();
        if (oneIn(2)) {
            text.append("PARTITION BY ").append(prefix.isEmpty() ? column() : "t." + column());
            text.append(oneIn(5) ? ", " + (prefix.isEmpty() ? column() : "t." + column()) : "");
            text.append(oneIn(8) ? " COLLATE NOCASE" : "");
        }
        if (!oneIn(4)) {
            text.append(" ORDER BY ").append(term(prefix));
            text.append(oneIn(3) ? ", " + term(prefix) : "");
        }
        if (oneIn(2)) {
            text.append(' ').append(frame());
        }
        return text.toString().trim();
    }

    private String term(String prefix) {
        String column = prefix.isEmpty() ? column() : "t." + column();
        return column + pick("", "", "", " COLLATE NOCASE", " + 0") + pick("", "", " DESC") + nulls();
    }

    /** Which of several equal rows comes first, an index decides; with these SQLite reads it in two parts. */
    private String nulls() {
        return indexed ? "" : pick("", "", " NULLS LAST", " NULLS FIRST");
    }

    private String frame() {
        String unit = pick("ROWS", "RANGE", "GROUPS");
        String exclude = oneIn(3) ? " EXCLUDE " + pick("NO OTHERS", "CURRENT ROW", "GROUP", "TIES") : "";
        if (oneIn(6)) {
            return unit + " " + pick("UNBOUNDED PRECEDING", offset() + " PRECEDING", "CURRENT ROW") + exclude;
        }
        String[] starts = {"UNBOUNDED PRECEDING", offset() + " PRECEDING", "CURRENT ROW", offset() + " FOLLOWING"};
        String[] ends = {offset() + " PRECEDING", "CURRENT ROW", offset() + " FOLLOWING", "UNBOUNDED FOLLOWING"};
        int start = random.nextInt(4);
        int end = Math.min(3, Math.max(start - 1, 0) + random.nextInt(4 - Math.max(start - 1, 0)));
        return unit + " BETWEEN " + starts[start] + " AND " + ends[end] + exclude;
    }

    private String offset() {
        return oneIn(12) ? pick("1.5", "'1'", "-1", "NULL", "a", "'x'", "0.25", "2 + 1") : "" + random.nextInt(4);
    }

    private String function(String prefix) {
        String column = prefix.isEmpty() ? column() : "t." + column();
        String other = prefix.isEmpty() ? column() : "t." + column();
        String filter = oneIn(5) ? " FILTER (WHERE " + other + pick(" > 2", " IS NOT NULL", " < 'm'") + ")" : "";
        return switch (random.nextInt(23)) {
            case 0 -> "row_number()";
            case 1 -> "rank()";
            case 2 -> "dense_rank()";
            case 3 -> "percent_rank()";
            case 4 -> "cume_dist()";
            case 5 -> "ntile(" + pick("1", "2", "3", "5", "a", "0") + ")";
            case 6 -> "lag(" + column + pick("", ", 2", ", 0", ", 1, 'none'", ", a", ", -1", ", 1, " + other) + ")";
            case 7 -> "lead(" + column + pick("", ", 2", ", 0", ", 1, 'none'", ", a") + ")";
            case 8 -> "first_value(" + column + ")";
            case 9 -> "last_value(" + column + ")";
            case 10 -> "nth_value(" + column + ", " + pick("1", "2", "3", "a", "1.0") + ")";
            case 11 -> "count(*)" + filter;
            case 12 -> "count(" + column + ")" + filter;
            case 13 -> pick("sum", "total", "avg") + "(" + column + ")" + filter;
            case 14 -> pick("sum", "total", "avg") + "(" + (prefix.isEmpty() ? "c" : "t.c") + ")" + filter;
            case 15 -> "min(" + column + ")" + filter;
            case 16 -> "max(" + column + ")" + filter;
            case 20 ->
                pick("median(", "percentile_disc(0.3 + ")
                        + (prefix.isEmpty() ? "c" : "t.c")
                        + pick(")", ", 0.25)")
                        + filter;
            case 21 -> pick("json_group_array(", "json_group_array('x' || ") + column + ")" + filter;
            case 22 -> "json_group_object(" + column + ", json_array(" + other + "))" + filter;
            case 17 -> "group_concat(" + column + ")" + filter;
            case 18 ->
                pick("group_concat", "string_agg") + "(" + column + ", " + pick("'-'", "''", other) + ")" + filter;
            default -> "sum(" + (prefix.isEmpty() ? "a" : "t.a") + ")" + filter;
        };
    }
}
