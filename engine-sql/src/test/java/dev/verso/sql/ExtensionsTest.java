package dev.verso.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.sql.extend.Arguments;
import dev.verso.sql.extend.FunctionOption;
import dev.verso.sql.extend.StatementListener;
import dev.verso.sql.extend.UserWindowFunction;
import dev.verso.vm.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions, collations and listeners written in Java. */
class ExtensionsTest extends OnVerso {
    private final Connection connection = verso.connection();

    /** The sum of integers, which can take rows back. */
    private static final class IntegerSum implements UserWindowFunction {
        private long sum;

        @Override
        public void step(Arguments arguments) {
            sum += arguments.asLong(0);
        }

        @Override
        public void inverse(Arguments arguments) {
            sum -= arguments.asLong(0);
        }

        @Override
        public void result(Value result) {
            result.setInteger(sum);
        }
    }

    @Test
    void aScalarFunctionGetsItsArgumentsAndGivesAResult() {
        connection.createFunction("Repeat", 2, (arguments, result) -> {
            if (!arguments.isNull(0)) {
                result.setText(arguments.asString(0).repeat((int) arguments.asLong(1)));
            }
        });
        connection.createFunction("counted", -1, (arguments, result) -> result.setInteger(arguments.count()));
        assertThat(rows("SELECT repeat('ab', 3), repeat(NULL, 1), repeat(repeat('x', 2), 2), counted(), counted(1, 2)"))
                .isEqualTo("[[T:ababab, NULL, T:xxxx, I:0, I:2]]");
        assertThat(error("SELECT repeat('a')")).isEqualTo("1: wrong number of arguments to function repeat()");
        connection.removeFunction("REPEAT", 2);
        assertThat(error("SELECT repeat('a', 1)")).isEqualTo("1: no such function: repeat");
    }

    @Test
    void whatAFunctionThrowsIsTheStatementsError() {
        connection.createFunction("fails", 0, (arguments, result) -> {
            throw new IllegalStateException("no luck");
        });
        connection.createFunction("refuses", 0, (arguments, result) -> {
            throw new DatabaseException(ResultCode.CONSTRAINT, "refused");
        });
        assertThat(error("SELECT fails()")).isEqualTo("1: java.lang.IllegalStateException: no luck");
        assertThat(error("SELECT refuses()")).isEqualTo("19: refused");
        assertThat(rows("SELECT 1")).isEqualTo("[[I:1]]");
    }

    @Test
    void onlyADeterministicFunctionMayBeIndexed() {
        verso.run("CREATE TABLE t(a)");
        connection.createFunction("f", 1, (arguments, result) -> result.setInteger(-arguments.asLong(0)));
        assertThat(error("CREATE INDEX i ON t(f(a))"))
                .isEqualTo("1: non-deterministic functions prohibited in index expressions");
        connection.createFunction(
                "f",
                1,
                (arguments, result) -> result.setInteger(-arguments.asLong(0)),
                FunctionOption.DETERMINISTIC,
                FunctionOption.INNOCUOUS);
        rows("CREATE INDEX i ON t(f(a))");
        rows("INSERT INTO t VALUES(3), (1), (2)");
        assertThat(rows("SELECT a FROM t WHERE f(a) < 0 ORDER BY f(a)")).isEqualTo("[[I:3], [I:2], [I:1]]");
        connection.createFunction("only_direct", 0, (arguments, result) -> {}, FunctionOption.DIRECT_ONLY);
        rows("CREATE VIEW v AS SELECT only_direct()");
        assertThat(error("SELECT * FROM v")).isEqualTo("1: unsafe use of only_direct()");
    }

    @Test
    void aBuiltInFunctionCanBeReplacedAndComesBack() {
        connection.createFunction("upper", 1, (arguments, result) -> result.setText("mine"));
        assertThat(rows("SELECT upper('a')")).isEqualTo("[[T:mine]]");
        connection.removeFunction("upper", 1);
        assertThat(rows("SELECT upper('a')")).isEqualTo("[[T:A]]");
    }

    @Test
    void aFunctionIsNotReplacedWhileAStatementRuns() {
        connection.createFunction("f", 0, (arguments, result) -> result.setInteger(1));
        try (PreparedStatement running = connection.prepare("SELECT f() UNION ALL SELECT 2", 0)) {
            running.step();
            assertThatThrownBy(() -> connection.createFunction("f", 0, (arguments, result) -> {}))
                    .hasMessage("unable to delete/modify user-function due to active statements");
            assertThatThrownBy(() -> connection.createCollation("c", Comparator.naturalOrder()))
                    .hasMessage("unable to delete/modify collation sequence due to active statements");
        }
    }

    @Test
    void anAggregateHasAStateForEachGroupAndAWindowTakesRowsBack() {
        connection.createWindowFunction("int_sum", 1, IntegerSum::new);
        connection.createAggregate("plain_sum", 1, IntegerSum::new);
        verso.run("CREATE TABLE t(g, x)");
        verso.run("INSERT INTO t VALUES('a', 1), ('a', 2), ('b', 30), ('a', 4), ('b', 50)");
        assertThat(rows("SELECT g, int_sum(x), plain_sum(DISTINCT x) FROM t GROUP BY g"))
                .isEqualTo("[[T:a, I:7, I:7], [T:b, I:80, I:80]]");
        assertThat(rows("SELECT int_sum(x) FROM t WHERE 0")).isEqualTo("[[I:0]]");
        assertThat(rows("SELECT int_sum(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t"))
                .isEqualTo("[[I:1], [I:3], [I:6], [I:34], [I:80]]");
        assertThat(error("SELECT plain_sum(x) OVER () FROM t"))
                .isEqualTo("1: plain_sum() may not be used as a window function");
    }

    @Test
    void aCollationOrdersAndComparesTexts() {
        connection.createCollation("by_length", Comparator.comparingInt(String::length));
        verso.run("CREATE TABLE t(a COLLATE by_length)");
        verso.run("INSERT INTO t VALUES('ccc'), ('ä'), ('bb')");
        verso.run("CREATE INDEX i ON t(a)");
        assertThat(rows("SELECT a FROM t ORDER BY a")).isEqualTo("[[T:ä], [T:bb], [T:ccc]]");
        assertThat(rows("SELECT a FROM t WHERE a = 'xx'")).isEqualTo("[[T:bb]]");
        assertThat(rows("SELECT name FROM pragma_collation_list WHERE name = 'by_length'"))
                .isEqualTo("[[T:by_length]]");
        connection.createCollation("by_length", null);
        assertThat(error("SELECT a FROM t ORDER BY a")).isEqualTo("257: no such collation sequence: by_length");
    }

    @Test
    void aCollationFollowsTheEncodingOfTheDatabase() {
        connection.createCollation("backwards", Comparator.reverseOrder());
        verso.run("PRAGMA encoding = 'UTF-16le'");
        verso.run("CREATE TABLE t(a COLLATE backwards)");
        verso.run("INSERT INTO t VALUES('a'), ('é'), ('b')");
        assertThat(rows("SELECT a FROM t ORDER BY a")).isEqualTo("[[T:é], [T:b], [T:a]]");
    }

    @Test
    void rowsThatGiveWayToAReplacementAreNeitherToldNorCounted() {
        List<String> heard = new ArrayList<>();
        verso.run("CREATE TABLE t(a UNIQUE, b UNIQUE)");
        verso.run("INSERT INTO t VALUES(1, 1), (2, 2)");
        connection.updateListener((operation, database, table, rowid) -> heard.add(operation + " " + rowid));
        verso.run("REPLACE INTO t VALUES(1, 2)");
        assertThat(heard).containsExactly("INSERT 3");
        assertThat(rows("SELECT changes(), count(*) FROM t")).isEqualTo("[[I:1, I:1]]");
        verso.run("INSERT INTO t VALUES(5, 5)");
        heard.clear();
        verso.run("UPDATE OR REPLACE t SET a = 5 WHERE a = 1");
        assertThat(heard).containsExactly("UPDATE 3");
        assertThat(rows("SELECT changes(), count(*) FROM t")).isEqualTo("[[I:1, I:1]]");
    }

    @Test
    void listenersHearOfRowsCommitsAndRollbacks() {
        List<String> heard = new ArrayList<>();
        connection.updateListener((operation, database, table, rowid) ->
                heard.add(operation + " " + database + "." + table + " " + rowid));
        connection.commitListener(() -> {
            heard.add("commit");
            return true;
        });
        connection.rollbackListener(() -> heard.add("rollback"));
        verso.run("CREATE TABLE t(a)");
        heard.clear();
        verso.run("INSERT INTO t VALUES(1), (2)");
        verso.run("UPDATE t SET a = 3 WHERE a = 2");
        verso.run("DELETE FROM t WHERE a = 1");
        assertThat(heard)
                .containsExactly(
                        "INSERT main.t 1",
                        "INSERT main.t 2",
                        "commit",
                        "UPDATE main.t 2",
                        "commit",
                        "DELETE main.t 1",
                        "commit");
        heard.clear();
        verso.run("BEGIN");
        verso.run("INSERT INTO t VALUES(9)");
        verso.run("ROLLBACK");
        assertThat(heard).containsExactly("INSERT main.t 3", "rollback");
        connection.commitListener(() -> false);
        assertThat(error("INSERT INTO t VALUES(5)")).startsWith("531");
        assertThat(rows("SELECT a FROM t")).isEqualTo("[[I:3]]");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasNotCommittedBecauseOfAnErrorIsNotCommittedLater(boolean inTransaction) {
        verso.run("CREATE TABLE t(a)");
        for (Throwable thrown : List.of(
                new IllegalStateException("a fault"), new AssertionError("a fault"), new OutOfMemoryError("a fault"))) {
            connection.commitListener(() -> {
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) thrown;
            });
            if (inTransaction) {
                verso.run("BEGIN");
                verso.run("INSERT INTO t VALUES(1)");
            }
            assertThatThrownBy(() -> connection.execute(inTransaction ? "COMMIT" : "INSERT INTO t VALUES(1)"))
                    .satisfies(e -> assertThat(e == thrown || e.getCause() == thrown)
                            .as(e.toString())
                            .isTrue());
            assertThat(connection.session().isAutocommit()).isTrue();
            connection.commitListener(null);
            verso.run("INSERT INTO t VALUES(2)");
            assertThat(rows("SELECT a FROM t")).isEqualTo("[[I:2]]");
            verso.run("DELETE FROM t");
        }
    }

    @Test
    void anErrorInAFunctionUndoesTheStatement() {
        connection.createFunction("bad", 1, (arguments, result) -> {
            if (arguments.asLong(0) == 3) {
                throw new AssertionError("a fault");
            }
            result.setInteger(arguments.asLong(0));
        });
        verso.run("CREATE TABLE t(a)");
        assertThatThrownBy(
                        () -> connection.execute("INSERT INTO t SELECT bad(column1) FROM (VALUES (1), (2), (3), (4))"))
                .isInstanceOf(AssertionError.class);
        assertThat(rows("SELECT a FROM t")).isEqualTo("[]");
        verso.run("BEGIN");
        verso.run("INSERT INTO t VALUES(7)");
        assertThatThrownBy(() -> connection.execute("INSERT INTO t SELECT bad(3)"))
                .isInstanceOf(AssertionError.class);
        // As after any failure inside the engine, the transaction is over.
        assertThat(connection.session().isAutocommit()).isTrue();
        assertThat(rows("SELECT a FROM t")).isEqualTo("[]");
    }

    @Test
    void aProgressListenerStopsAStatement() {
        connection.progressListener(() -> true);
        assertThat(error("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"))
                .isEqualTo("9: interrupted");
        connection.progressListener(null);
        assertThat(rows("SELECT 1")).isEqualTo("[[I:1]]");
    }

    @Test
    void aStatementListenerSeesTheTextWithItsValues() {
        List<String> begun = new ArrayList<>();
        List<String> ended = new ArrayList<>();
        connection.statementListener(new StatementListener() {
            @Override
            public void begins(String sql) {
                begun.add(sql);
            }

            @Override
            public void ends(String sql, long nanos) {
                ended.add(sql);
            }
        });
        try (PreparedStatement statement = connection.prepare("  SELECT ?, :name, ?1, '?', :name, ?5 /* ? */; --", 0)) {
            statement.parameter(1).setText("it's");
            statement.parameter(2).setReal(1.5);
            statement.parameter(5).setBlob(new byte[] {1, 127}, 0, 2);
            while (statement.step()) {
                assertThat(ended).isEmpty();
            }
        }
        assertThat(begun).containsExactly("SELECT 'it''s', 1.5, 'it''s', '?', 1.5, x'017f' /* ? */;");
        assertThat(ended).isEqualTo(begun);
        error("SELECT abs(-9223372036854775808)");
        assertThat(ended).hasSize(2);
        connection.statementListener(null);
        rows("SELECT 1");
        assertThat(begun).hasSize(2);
    }
}
