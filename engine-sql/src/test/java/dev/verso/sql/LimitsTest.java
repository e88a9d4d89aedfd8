package dev.verso.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Statements just inside and just outside SQLite's limits: the same rows, or the same error. Ours run on a thread whose stack is far smaller than usual,
 * the real SQLite gets a large one, since it recurses on it.
 */
class LimitsTest {
    private static final int SMALL_STACK_BYTES = 256 << 10;
    private static final int LARGE_STACK_BYTES = 256 << 20;

    /** Ways to nest deeply, with the depths to try. */
    enum Nesting {
        PARENTHESES(n -> "SELECT " + "(".repeat(n) + "1" + ")".repeat(n), 100, 1000, 3000),
        SCALAR_SUBQUERIES(
                n -> "SELECT " + "(SELECT ".repeat(n) + "1" + ")".repeat(n), 20, 41, 42, 43, 44, 45, 400, 600),
        SUBQUERIES_IN_FROM(n -> "SELECT * FROM " + "(SELECT * FROM ".repeat(n) + "t" + ")".repeat(n), 100, 400, 501),
        EXISTS(
                n -> "SELECT 1 WHERE " + "EXISTS(SELECT 1 WHERE ".repeat(n) + "1" + ")".repeat(n),
                30,
                42,
                43,
                44,
                45,
                400),
        IN_LISTS(n -> "SELECT " + "1 IN (".repeat(n) + "1" + ")".repeat(n), 100, 499, 500, 501, 900),
        IN_SUBQUERIES(n -> "SELECT " + "1 IN (SELECT ".repeat(n) + "1" + ")".repeat(n), 30, 42, 43, 44, 45, 400),
        JOINS_IN_PARENTHESES(n -> "SELECT * FROM " + "(".repeat(n) + "t" + ")".repeat(n), 100, 1000),
        CASES(n -> "SELECT " + "CASE WHEN 1 THEN ".repeat(n) + "1" + " END".repeat(n), 100, 400, 501),
        CASTS(n -> "SELECT " + "CAST(".repeat(n) + "1" + " AS INT)".repeat(n), 100, 999, 1000),
        MINUS(n -> "SELECT " + "- ".repeat(n) + "1", 100, 999, 1000),
        NOT(n -> "SELECT " + "NOT ".repeat(n) + "1", 100, 999, 1000, 100_000),
        SUMS(n -> "SELECT " + repeated("1", "+", n), 100, 1000, 1001, 20_000),
        LIKES(n -> "SELECT 1" + " LIKE 1".repeat(n), 999, 1000),
        BETWEENS(n -> "SELECT 1" + " BETWEEN 0 AND 1".repeat(n), 999, 1000),
        COLLATES(n -> "SELECT 1" + " COLLATE nocase".repeat(n), 999, 1000),
        ORS(n -> "SELECT * FROM t WHERE " + numbered("a = %d", " OR ", n), 100, 999, 1000),
        ANDS(n -> "SELECT * FROM t WHERE " + numbered("a <> -%d", " AND ", n), 100, 998, 999),
        FUNCTIONS(n -> "SELECT " + "abs(".repeat(n) + "1" + ")".repeat(n), 100, 500, 900),
        COMMON_TABLES(
                n -> "WITH c0 AS (SELECT * FROM t), "
                        + IntStream.range(1, n)
                                .mapToObj(i -> "c" + i + " AS (SELECT * FROM c" + (i - 1) + ")")
                                .collect(Collectors.joining(", "))
                        + " SELECT * FROM c" + (n - 1),
                50,
                300,
                1000),
        WITH_IN_WITH(n -> "WITH x AS (".repeat(n) + "SELECT 1" + ") SELECT 1".repeat(n), 100, 400, 501),
        UNIONS(n -> repeated("SELECT 1", " UNION ALL ", n), 500, 501),
        EXCEPTS(n -> repeated("SELECT 1", " EXCEPT ", n), 500, 501),
        VALUES(n -> "SELECT count(*) FROM (VALUES " + repeated("(1)", ",", n) + ")", 501, 5000);

        private final IntFunction<String> sql;
        private final int[] depths;

        Nesting(IntFunction<String> sql, int... depths) {
            this.sql = sql;
            this.depths = depths;
        }
    }

    @ParameterizedTest
    @EnumSource
    void deepStatementsWorkOrFailAsInTheRealSqlite(Nesting nesting) throws Exception {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE t(a, b)");
        statements.add("INSERT INTO t VALUES(1, 2)");
        for (int depth : nesting.depths) {
            statements.add(nesting.sql.apply(depth));
        }
        compare(statements);
    }

    @Test
    void wideStatementsWorkOrFailAsInTheRealSqlite() throws Exception {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE t(a, b, c)");
        for (int n : new int[] {64, 65}) {
            statements.add("SELECT * FROM " + numbered("t AS t%d", ", ", n));
            statements.add("SELECT 1 FROM " + numbered("(SELECT 1) AS t%d", " JOIN ", n));
        }
        for (int n : new int[] {127, 128, 1000, 1001}) {
            statements.add("SELECT max(" + repeated("1", ",", n) + ")");
            statements.add("SELECT nofn(" + repeated("1", ",", n) + ")");
        }
        for (int n : new int[] {2000, 2001}) {
            String terms = repeated("a", ",", n);
            statements.add("SELECT " + repeated("1", ",", n));
            statements.add("CREATE TABLE w" + n + "(" + numbered("c%d", ",", n) + ")");
            statements.add("SELECT 1 FROM t GROUP BY " + terms);
            statements.add("SELECT 1 FROM t ORDER BY " + terms);
            statements.add("CREATE INDEX i" + n + " ON t(" + terms + ")");
            statements.add("INSERT INTO t VALUES(" + repeated("1", ",", n) + ")");
            statements.add("INSERT INTO t(" + terms + ") VALUES(1)");
            statements.add("UPDATE t SET " + repeated("a = 1", ",", n));
            statements.add("SELECT 1 IN (" + repeated("1", ",", n) + ")");
            statements.add("CREATE TABLE x" + n + "(a, UNIQUE(" + terms + "))");
        }
        statements.add("SELECT ?250001");
        statements.add("SELECT ?0");
        for (int i = 0; i <= 10; i++) {
            statements.add("ATTACH ':memory:' AS a" + i);
        }
        compare(statements);
    }

    @Test
    void longValuesWorkOrFailAsInTheRealSqlite() throws Exception {
        List<String> statements = new ArrayList<>();
        for (int n : new int[] {50_000, 50_001}) {
            statements.add("SELECT 'a' LIKE '" + "a".repeat(n) + "'");
            statements.add("SELECT 'a' GLOB '" + "a".repeat(n) + "'");
        }
        statements.add(
                "SELECT replace(hex(zeroblob(20000)), '00', 'a') LIKE replace(hex(zeroblob(20000)), '00', '%a')");
        statements.add(
                "SELECT replace(hex(zeroblob(24000)), '00', 'a') GLOB replace(hex(zeroblob(24000)), '00', '?*')");
        for (long n : new long[] {1_000_000_000, 1_000_000_001, 2_147_483_647, 2_147_483_648L}) {
            statements.add("SELECT length(zeroblob(" + n + "))");
        }
        statements.add("SELECT length(zeroblob(600000000) || zeroblob(600000000))");
        compare(statements);
    }

    @Test
    void whatWouldBeTooLongIsRefusedBeforeItIsBuilt() throws Exception {
        List<String> statements = new ArrayList<>();
        for (String format : new String[] {"%.*c", "%*c", "%*s", "%*d", "%.*d"}) {
            statements.add("SELECT length(printf('" + format + "', 1000000001, 'x'))");
            statements.add("SELECT length(printf('" + format + "', 2147483647, 'é'))");
        }
        statements.add("SELECT length(printf('%.*c', 600000000, 'é'))");
        for (int n : new int[] {-5, 0, 1, 2, 3, 5, 8, 1000}) {
            statements.add("SELECT printf('%.*c', " + n + ", 'xy'), printf('<%-9.*c>', " + n + ", 'é')");
            statements.add("SELECT hex(printf('<%9.*c>', " + n + ", '')), printf('%!9.*c', " + n + ", '€')");
        }
        statements.add("CREATE TABLE t(a, b INT, c TEXT)");
        statements.add("INSERT INTO t VALUES(zeroblob(600000000), 1, zeroblob(600000000))");
        statements.add("INSERT INTO t VALUES(1, zeroblob(1000000000), 2)");
        statements.add("INSERT INTO t VALUES(zeroblob(2000000), printf('%.*c1', 2000000, ' '), 'long')");
        statements.add("SELECT length(a), b, c FROM t");
        compare(statements);
    }

    @Test
    void aDeepExpressionInTheSchemaNeedsNoStackOfTheCaller() throws Exception {
        String deep = repeated("1", " + ", 900);
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE t(a CHECK(a < " + deep + "), b AS (a + " + deep + "), c DEFAULT (" + deep + "))");
        statements.add("CREATE INDEX i ON t(a + " + deep + ") WHERE a < " + deep);
        statements.add("CREATE VIEW v AS SELECT a + " + deep + " AS d FROM t");
        statements.add("CREATE VIEW v0 AS SELECT a FROM t");
        for (int i = 1; i <= 200; i++) {
            statements.add("CREATE VIEW v" + i + " AS SELECT a FROM v" + (i - 1));
        }
        statements.add("INSERT INTO t(a) VALUES(1)");
        statements.add("SELECT * FROM t");
        statements.add("SELECT d FROM v");
        statements.add("SELECT * FROM v200");
        statements.add("SELECT * FROM pragma_table_info('v200')");
        compare(statements);
    }

    private static void compare(List<String> statements) throws Exception {
        List<Outcome> wanted = onThread(LARGE_STACK_BYTES, () -> {
            try (RealSqlite real = new RealSqlite(":memory:")) {
                List<Outcome> outcomes = new ArrayList<>();
                for (String sql : statements) {
                    outcomes.add(real.run(sql));
                }
                return outcomes;
            }
        });
        List<Outcome> got = onThread(SMALL_STACK_BYTES, () -> {
            try (Verso verso = new Verso(new MemoryStore())) {
                return statements.stream().map(verso::run).toList();
            }
        });
        for (int i = 0; i < statements.size(); i++) {
            String sql = statements.get(i);
            String shown = sql.length() < 60 ? sql : sql.substring(0, 60) + "… of " + sql.length();
            assertThat(got.get(i).error()).as(shown).isEqualTo(wanted.get(i).error());
            assertThat(got.get(i).rows()).as(shown).isEqualTo(wanted.get(i).rows());
        }
    }

    private static <T> T onThread(long stackBytes, Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(null, task, "limits", stackBytes);
        thread.start();
        return task.get();
    }

    private static String repeated(String part, String separator, int n) {
        return String.join(separator, java.util.Collections.nCopies(n, part));
    }

    private static String numbered(String part, String separator, int n) {
        return IntStream.range(0, n).mapToObj(part::formatted).collect(Collectors.joining(separator));
    }
}
