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
    private final Map<String, Integer> errorKinds = new TreeMap<>();
    private final Map<Verdict, Integer> verdicts = new TreeMap<>();
    private long statements;
    private long prepared;
    private long errors;
    private long rows;

    /** Adds what another run has reached. */
    void add(Coverage other) {
        statements += other.statements;
        prepared += other.prepared;
        errors += other.errors;
        rows += other.rows;
        other.kinds.forEach((key, count) -> kinds.merge(key, count, Integer::sum));
        other.errorKinds.forEach((key, count) -> errorKinds.merge(key, count, Integer::sum));
        other.functions.forEach((key, count) -> functions.merge(key, count, Integer::sum));
        other.clauses.forEach((key, count) -> clauses.merge(key, count, Integer::sum));
        other.verdicts.forEach((key, count) -> verdicts.merge(key, count, Integer::sum));
    }

    void add(Step step, List<Answer> answers, Verdict verdict) {
        if (verdict != Verdict.SAME) {
            verdicts.merge(verdict, 1, Integer::sum);
        }
        for (Answer answer : answers) {
            statements++;
            errors += answer.isError() ? 1 : 0;
            rows += answer.rows().size();
        }
        if (step.isPrepared()) {
            prepared += answers.size();
        }
        if (step == Step.REOPEN || step.sql() == null) {
            return;
        }
        String sql = step.sql();
        String kind = kind(sql);
        kinds.merge(kind, 1, Integer::sum);
        if (answers.stream().anyMatch(Answer::isError)) {
            errorKinds.merge(kind, 1, Integer::sum);
        }
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
        return statements + " statements (" + prepared + " of them prepared), " + errors + " errors in both, "
                + rows + " rows\n  other verdicts than SAME " + verdicts + "\n  kinds " + kinds + "\n  errors "
                + errorKinds + "\n  clauses "
                + clauses + "\n  " + functions.size() + " functions and the like " + functions.keySet();
    }
}
