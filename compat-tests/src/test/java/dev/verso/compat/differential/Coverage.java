package dev.verso.compat.differential;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which statements, clauses and functions the generated statements have reached, and how many of them ended in an error. */
final class Coverage {
    private static final Pattern CALL = Pattern.compile("\\b([a-z][a-z_0-9]*)\\(");
    private static final List<String> CLAUSES = List.of(
            "LEFT JOIN",
            "RIGHT JOIN",
            "FULL JOIN",
            "CROSS JOIN",
            "NATURAL",
            "USING (",
            "GROUP BY",
            "HAVING",
            "DISTINCT",
            "ORDER BY",
            "LIMIT",
            "OFFSET",
            "NULLS FIRST",
            "NULLS LAST",
            "UNION ALL",
            "UNION SELECT",
            "INTERSECT",
            "EXCEPT",
            "WITH ",
            "WITH RECURSIVE",
            "NOT MATERIALIZED",
            " EXISTS (",
            " IN (SELECT",
            "NOT IN",
            "BETWEEN",
            "LIKE",
            "ESCAPE",
            "GLOB",
            "CASE ",
            "CAST(",
            "COLLATE",
            "IS DISTINCT FROM",
            "FILTER (",
            "INDEXED BY",
            "NOT INDEXED",
            "OR IGNORE",
            "OR REPLACE",
            "OR FAIL",
            "OR ABORT",
            "OR ROLLBACK",
            "ON CONFLICT",
            "DO UPDATE",
            "DO NOTHING",
            "RETURNING",
            "DEFAULT VALUES",
            " FROM (SELECT",
            "WITHOUT ROWID",
            "STRICT",
            "GENERATED",
            "STORED",
            "VIRTUAL",
            "CHECK (",
            "UNIQUE",
            "REFERENCES",
            "AUTOINCREMENT",
            "TEMP ",
            "OVER (",
            "PARTITION BY");

    private final Map<String, Integer> kinds = new TreeMap<>();
    private final Map<String, Integer> functions = new TreeMap<>();
    private final Map<String, Integer> clauses = new TreeMap<>();
    private long statements;
    private long errors;

    void add(String sql, String answer) {
        statements++;
        errors += answer.startsWith("error") ? 1 : 0;
        kinds.merge(kind(sql), 1, Integer::sum);
        Matcher calls = CALL.matcher(sql);
        while (calls.find()) {
            functions.merge(calls.group(1), 1, Integer::sum);
        }
        for (String clause : CLAUSES) {
            if (sql.contains(clause)) {
                clauses.merge(clause.strip(), 1, Integer::sum);
            }
        }
    }

    private static String kind(String sql) {
        String[] words = sql.split("[^A-Za-z_]+", 5);
        String first = words[0].toUpperCase(Locale.ROOT);
        return switch (first) {
            case "CREATE" -> {
                int at = 1;
                while (List.of("TEMP", "UNIQUE", "IF").contains(words[at]) && at < words.length - 1) {
                    at++;
                }
                yield "CREATE " + words[at];
            }
            case "DROP", "ROLLBACK", "PRAGMA", "ALTER" -> words.length > 1 ? first + " " + words[1] : first;
            default -> first;
        };
    }

    @Override
    public String toString() {
        return statements + " statements, " + errors + " of them errors in both\n  kinds " + kinds + "\n  clauses "
                + clauses + "\n  " + functions.size() + " functions and the like " + functions.keySet();
    }
}
