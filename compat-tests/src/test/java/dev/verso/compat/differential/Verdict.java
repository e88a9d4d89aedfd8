package dev.verso.compat.differential;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How two answers to a statement compare. What is not defined in SQLite is told apart from what is the same, so that it can be counted. */
enum Verdict {
    /** The same rows (in order, if the statement orders them), counters, error. */
    SAME,
    /** The lines of EXPLAIN QUERY PLAN are the same; their numbers are those of the program's instructions. */
    PLAN_NUMBERS,
    /** ORDER BY left open in which order equal values (1 and 1.0) come. */
    TIES,
    /** Of values that are equal but not alike another one was shown, where DISTINCT, GROUP BY, a compound, LIMIT, min() or max() choose one. */
    REPRESENTATIVE,
    /** Which rows come before the one that fails depends on the order of the rows. */
    ROWS_BEFORE_ERROR,
    /** Whether an integer overflows on the way depends on the order of rows and terms. */
    OVERFLOW,
    /** Both miss a table, and something else besides: of two mistakes any may be found first. */
    WHICH_ERROR,
    /** After the largest rowid comes a random one: asked anew, the real one answers otherwise ({@link Chance}). */
    RANDOM_ROWID,
    /** Inside a transaction, what has looked into a database stands in the way of DETACH. */
    BUSY_DETACH,
    DIFFERENT;

    /** Where one of several values that are equal but not identical is shown, which one is not defined. */
    private static final Pattern REPRESENTATIVES =
            Pattern.compile("DISTINCT|GROUP BY|UNION|INTERSECT|EXCEPT|LIMIT|\\b(min|max)\\((?!typeof)");

    private static final Pattern WRITES = Pattern.compile("\\b(INSERT|REPLACE|UPDATE|DELETE)\\b");

    private static final Pattern REAL = Pattern.compile("\\br(-?\\d[\\d.]*(?:E-?\\d+)?)");

    /** Whether the databases may differ from here on. */
    boolean endsTheChapter() {
        return this == RANDOM_ROWID || this == BUSY_DETACH || this == DIFFERENT;
    }

    static Verdict of(String sql, Answer expected, Answer actual) {
        if (expected.equals(actual)) {
            return SAME;
        }
        boolean sameEnd = expected.counters().equals(actual.counters())
                && String.valueOf(expected.error()).equals(String.valueOf(actual.error()));
        if (sameEnd && expected.rows().size() == actual.rows().size()) {
            Verdict rows = ofRows(sql, expected.rows(), actual.rows());
            if (rows != DIFFERENT) {
                return rows;
            }
        }
        if (sameEnd && expected.isError() && !isOrdered(sql)) {
            return ROWS_BEFORE_ERROR;
        }
        if (isQuery(sql) && (expected + " " + actual).contains("integer overflow")) {
            return OVERFLOW;
        }
        if (expected.isError()
                && actual.isError()
                && expected.error().contains("(no such table")
                && actual.error().startsWith("error 1 ")) {
            return WHICH_ERROR;
        }
        return sql.startsWith("DETACH") ? BUSY_DETACH : DIFFERENT;
    }

    private static boolean isQuery(String sql) {
        return sql.startsWith("SELECT")
                || sql.startsWith("WITH") && !WRITES.matcher(sql).find();
    }

    private static Verdict ofRows(String sql, List<String> expected, List<String> actual) {
        if (sql.startsWith("EXPLAIN QUERY PLAN")) {
            return details(expected).equals(details(actual)) ? PLAN_NUMBERS : DIFFERENT;
        }
        boolean ordered = isOrdered(sql);
        if (sorted(expected).equals(sorted(actual))) {
            if (!ordered) {
                return SAME;
            }
            return tied(expected).equals(tied(actual)) ? TIES : ofOrder(sql, expected, actual);
        }
        return ofOrder(sql, expected, actual);
    }

    private static Verdict ofOrder(String sql, List<String> expected, List<String> actual) {
        if (!REPRESENTATIVES.matcher(sql).find()) {
            return DIFFERENT;
        }
        List<String> these = expected.stream().map(Verdict::representative).toList();
        List<String> those = actual.stream().map(Verdict::representative).toList();
        boolean same = isOrdered(sql) ? these.equals(those) : sorted(these).equals(sorted(those));
        return same ? REPRESENTATIVE : DIFFERENT;
    }

    private static List<String> details(List<String> plan) {
        return plan.stream()
                .map(row -> row.substring(row.lastIndexOf(" | '") + 1))
                .toList();
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    private static List<String> tied(List<String> rows) {
        return rows.stream().map(Verdict::tied).toList();
    }

    /** Whether ORDER BY stands outside of parentheses, at the end of a query. */
    static boolean isOrdered(String sql) {
        int depth = 0;
        int at = sql.startsWith("INSERT") || sql.startsWith("REPLACE") ? -1 : sql.lastIndexOf(" ORDER BY ");
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

    /** The row with numbers that sort as equal written alike. */
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
}
