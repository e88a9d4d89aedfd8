package dev.verso.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Walks over {@code pragma_list} of the real SQLite: each pragma as statement and as table-valued function, with and without schema and argument, must
 * have the same columns and rows here.
 */
class EveryPragmaTest {
    /** What differs by nature: ours lists what we have. */
    private static final Set<String> LISTS = Set.of("function_list", "compile_options", "pragma_list", "module_list");
    /** Heap limits hold for the whole process there; the real driver ends every transaction after each statement. */
    private static final Set<String> ONLY_READ = Set.of("soft_heap_limit", "hard_heap_limit", "defer_foreign_keys");
    /** Rows come in the order of SQLite's hash tables. */
    private static final Set<String> WITHOUT_ORDER = Set.of("table_list", "optimize");

    private static final List<String> ARGUMENTS = List.of(
            "t",
            "nope",
            "0",
            "1",
            "ON",
            "v",
            "w",
            "tb",
            "-1",
            "5",
            "NULL",
            "'FAST'",
            "9999999999",
            "2",
            "full",
            "exclusive",
            "memory",
            "delete",
            "utf8",
            "extra",
            "truncate",
            "passive",
            "restart",
            "off",
            "normal");

    static List<String> pragmas() throws Exception {
        try (RealSqlite real = new RealSqlite(":memory:")) {
            List<String> names = new ArrayList<>();
            for (List<String> row : real.run("PRAGMA pragma_list").rows()) {
                names.add(row.get(0).substring(2));
            }
            return names;
        }
    }

    @Test
    void thereIsEveryPragmaOfTheRealSqlite() throws Exception {
        try (Verso verso = new Verso(new MemoryStore())) {
            List<String> ours = new ArrayList<>();
            verso.run("PRAGMA pragma_list")
                    .rows()
                    .forEach(row -> ours.add(row.get(0).substring(2)));
            ours.removeIf(name -> name.startsWith("verso_"));
            assertThat(ours).containsExactlyInAnyOrderElementsOf(pragmas());
        }
    }

    @ParameterizedTest
    @MethodSource("pragmas")
    void thePragmaAnswersAsInTheRealSqlite(String pragma) throws Exception {
        List<String> differences = new ArrayList<>();
        try (RealSqlite real = new RealSqlite(":memory:");
                Verso verso = new Verso(new MemoryStore())) {
            for (String sql : StatementsAgreeWithSqliteTest.statements("pragma-schema")) {
                assertThat(verso.run(sql)).isEqualTo(real.run(sql));
            }
            for (String sql : statements(pragma)) {
                Outcome wanted = real.run(sql);
                Outcome got = verso.run(sql);
                if (!isSame(pragma, wanted, got)) {
                    differences.add(sql + "\n  real " + wanted + "\n  ours " + got);
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static boolean isSame(String pragma, Outcome wanted, Outcome got) {
        if (!wanted.columns().equals(got.columns())) {
            return false;
        }
        if (LISTS.contains(pragma)) {
            return java.util.Objects.equals(wanted.error(), got.error());
        }
        if (WITHOUT_ORDER.contains(pragma) && wanted.error() == null) {
            return new TreeSet<>(lines(wanted)).equals(new TreeSet<>(lines(got)));
        }
        return wanted.isSameAs(got);
    }

    private static List<String> lines(Outcome outcome) {
        return outcome.rows().stream().map(Object::toString).toList();
    }

    private static List<String> statements(String pragma) {
        List<String> statements = new ArrayList<>();
        if (pragma.equals("busy_timeout")) {
            statements.add("PRAGMA busy_timeout = 1234");
        }
        for (String schema : List.of("", "main.", "temp.", "aux.", "nope.", "\"nope\".")) {
            statements.add("PRAGMA " + schema + pragma);
        }
        String function = "pragma_" + pragma;
        for (String tail : List.of(
                "", "()", "('t')", "('t', 'aux')", "('t', 'nope')", "('t', 'main', 3)", "(NULL)", " WHERE arg = 't'")) {
            statements.add("SELECT * FROM " + function + tail);
        }
        statements.add("SELECT *, schema FROM " + function);
        statements.add("SELECT *, arg FROM " + function);
        statements.add("SELECT * FROM main." + function);
        if (ONLY_READ.contains(pragma)) {
            return statements;
        }
        for (String argument : ARGUMENTS) {
            statements.add("PRAGMA " + pragma + " = " + argument);
            statements.add("PRAGMA " + pragma);
            statements.add("PRAGMA main." + pragma + "(" + argument + ")");
            statements.add("PRAGMA aux." + pragma + "(" + argument + ")");
            statements.add("PRAGMA aux." + pragma);
        }
        return statements;
    }
}
