package dev.verso.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.memory.MemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scripts run statement by statement here and in the real SQLite: rows with their types, column names, counters, error codes and error texts must be
 * the same; of EXPLAIN QUERY PLAN the texts of the lines. A statement ends with a semicolon at the end of a line.
 */
class StatementsAgreeWithSqliteTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "first-steps",
                "tables-and-transactions",
                "constraints-and-conflicts",
                "pragmas",
                "foreign-keys",
                "triggers",
                "triggers-on-views",
                "alter-table-names-everywhere",
                "alter-table-names-in-views",
                "alter-table-add-column",
                "alter-table-drop-column",
                "alter-table-constraints",
                "definitions-and-names",
                "found-by-comparison",
                "full-database",
                "empty-database",
                "errors-in-queries",
                "errors-in-definitions-and-writes",
                "errors-of-all-kinds",
                "rowids-of-outer-joins",
                "update-from-with-limit",
                "blobs-as-texts-in-utf-16",
                "vacuum",
                "auto-vacuum",
                "dates",
                "never-null",
                "which-row-of-equals",
                "mistakes-in-order",
                "mistakes-in-returning",
                "truth-in-indexes",
                "covered-writes",
                "names-of-constraints",
                "names-of-made-columns",
                "nested-row-values",
                "joins-with-alias",
                "pinned-cursors",
                "null-before-query",
                "conditions-on-compounds",
                "collated-compounds",
                "outer-joins-by-in",
                "auto-vacuum-remembered",
                "pages-of-overflow",
                "age-of-foreign-keys",
                "unknown-table-options",
                "detached-databases",
                "triggers-across-databases",
                "triggers-across-databases-wrongly",
                "alter-table-names-after-in",
                "largest-pages",
                "triggers-beside-returning",
                "temp-opened-by-alter-table",
                "pages-of-trees",
                "widths-of-columns",
                "collations-in-recursion",
                "bytes-of-altered-tables",
                "pages-of-altered-schemas",
                "in-several-rows",
                "json-names-with-zeros",
                "equal-by-affinity",
                "conditions-on-mixed-compounds",
                "distinct-skips-ahead",
                "order-of-innermost-loop",
                "distinct-in-aggregates",
                "several-in-of-one-index",
                "counted-columns",
                "in-descending-index",
            })
    void everyStatementOfTheScriptAnswersAsInTheRealSqlite(String script) throws Exception {
        List<String> differences = new ArrayList<>();
        try (RealSqlite real = new RealSqlite(":memory:");
                Verso verso = new Verso(new MemoryStore())) {
            for (String sql : statements(script)) {
                Outcome wanted = real.run(sql);
                Outcome got = verso.run(sql);
                if (sql.startsWith("EXPLAIN QUERY PLAN")) {
                    wanted = wanted.lastColumn();
                    got = got.lastColumn();
                }
                if (!wanted.isSameAs(got)) {
                    differences.add(sql + "\n  real " + wanted + "\n  ours " + got);
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    static List<String> statements(String script) throws IOException {
        try (InputStream in =
                StatementsAgreeWithSqliteTest.class.getResourceAsStream("statements/" + script + ".sql")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<String> statements = new ArrayList<>();
            for (String statement : text.split(";\n")) {
                if (!statement.isBlank()) {
                    statements.add(statement.strip());
                }
            }
            return statements;
        }
    }
}
