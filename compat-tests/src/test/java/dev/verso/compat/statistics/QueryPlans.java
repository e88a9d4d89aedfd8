package dev.verso.compat.statistics;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plans of both engines, compared and counted. */
public final class QueryPlans {
    private final int shownAtMost;
    private int queries;
    private int sameAccess;
    private int samePlan;
    private int shown;

    /** @param shownAtMost how many differing plans are printed */
    public QueryPlans(int shownAtMost) {
        this.shownAtMost = shownAtMost;
    }

    public int queries() {
        return queries;
    }

    /** Percentage of plans whose loops over tables are the same. */
    public double sameAccess() {
        return 100.0 * sameAccess / queries;
    }

    /** Percentage of plans that are the same word for word. */
    public double samePlan() {
        return 100.0 * samePlan / queries;
    }

    /** Compares the plans of one query; what both engines refuse does not count. @param from where the query comes from */
    public void compare(String from, String sql, Connection verso, Connection sqlite) throws SQLException {
        List<String> theirs = plan(sqlite, sql);
        List<String> ours = plan(verso, sql);
        if (theirs.isEmpty() && ours.isEmpty()) {
            return;
        }
        note(from, sql, ours, theirs);
    }

    public void note(String from, String sql, List<String> ours, List<String> theirs) {
        queries++;
        boolean access = accessPaths(ours).equals(accessPaths(theirs));
        sameAccess += access ? 1 : 0;
        samePlan += ours.equals(theirs) ? 1 : 0;
        if (!ours.equals(theirs) && shown < shownAtMost) {
            shown++;
            System.out.println((access ? "plan" : "ACCESS PATH") + " of " + from + "\n" + sql + "\n  Verso:\n    "
                    + String.join("\n    ", ours) + "\n  SQLite:\n    " + String.join("\n    ", theirs));
        }
    }

    /** The lines about loops over tables, without how deep they stand. */
    private static List<String> accessPaths(List<String> plan) {
        List<String> paths = new ArrayList<>();
        for (String line : plan) {
            String text = line.strip();
            if (text.startsWith("SCAN") || text.startsWith("SEARCH") || text.startsWith("MULTI-INDEX OR")) {
                paths.add(text);
            }
        }
        return paths;
    }

    /** The lines of the plan, each indented by two blanks more than the one it stands under; none if the query has an error. */
    public static List<String> plan(Connection connection, String sql) throws SQLException {
        return plan(connection, sql, List.of());
    }

    /** The same of a query with parameters. */
    static List<String> plan(Connection connection, String sql, List<?> parameters) throws SQLException {
        List<String> lines = new ArrayList<>();
        Map<Integer, Integer> depths = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    int depth = depths.getOrDefault(rows.getInt("parent"), -1) + 1;
                    depths.put(rows.getInt("id"), depth);
                    lines.add("  ".repeat(depth) + rows.getString("detail"));
                }
            }
        } catch (SQLException e) {
            lines.clear();
        }
        return lines;
    }
}
