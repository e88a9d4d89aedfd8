package dev.verso.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.verso.parser.ast.Command;
import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlParserTest {
    @Test
    void statementsOfOneTextComeWithTheirOffsets() {
        String sql = " ; SELECT 1 ; -- c\n BEGIN;COMMIT";
        List<SqlParser.Parsed> parsed = SqlParser.parseAll(sql);
        assertThat(parsed).extracting(SqlParser.Parsed::start).containsExactly(3, 20, 26);
        assertThat(parsed).extracting(SqlParser.Parsed::end).containsExactly(13, 26, 32);
        assertThat(parsed.get(1).statement()).isInstanceOf(Command.Begin.class);
    }

    @Test
    void aTextWithoutStatementsGivesNone() {
        for (String sql : List.of("", " \n", "-- comment", "/* open", ";;", "\uFEFF", "\0SELECT")) {
            SqlParser.Parsed parsed = SqlParser.parseNext(sql, 0);
            assertThat(parsed.statement()).as(sql).isNull();
            assertThat(parsed.end()).isEqualTo(sql.length());
        }
    }

    @Test
    void whatFollowsTheSemicolonIsNotLookedAt() {
        assertThat(SqlParser.parseNext("SELECT 1; this is no SQL '", 0).end()).isEqualTo(9);
    }

    @Test
    void semicolonsInATriggerBelongToIt() {
        String sql = "CREATE TRIGGER x DELETE ON t BEGIN SELECT 1; SELECT 2; END; SELECT 3";
        SqlParser.Parsed parsed = SqlParser.parseNext(sql, 0);
        assertThat(((Definition.CreateTrigger) parsed.statement()).body()).hasSize(2);
        assertThat(sql.substring(parsed.end())).isEqualTo(" SELECT 3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SELECT FROM t           | near "FROM": syntax error       | 7
                    SELECT 1 +              | incomplete input                | 10
                    SELECT 1 +;             | near ";": syntax error          | 10
                    SELECT #                | unrecognized token: "#"         | 7
                    SELECT 12ab             | unrecognized token: "12ab"      | 7
                    SELECT 1_ FROM t        | unrecognized token: "1_"        | 7
                    SELEC 1                 | near "SELEC": syntax error      | 0
                    SELECT 1 LEFT           | near "LEFT": syntax error       | 9
                    SELECT 1 FROM t LEFT u JOIN v | unknown join type: LEFT u | 16
                    SELECT 1 ORDER BY 1 UNION SELECT 2 | ORDER BY clause should come after UNION not before | 0
                    UPDATE t SET (a, b) = 1 | 2 columns assigned 1 values     | 13
                    """)
    void errorsCarryTheWordsOfSqliteAndThePlace(String sql, String message, int offset) {
        SqlSyntaxException e = catchThrowableOfType(SqlSyntaxException.class, () -> SqlParser.parseNext(sql, 0));
        assertThat(e).hasMessage(message);
        assertThat(e.offset()).isEqualTo(offset);
    }

    @Test
    void spansCoverTheTextThatWasRead() {
        String sql = "SELECT (a + 1) * 2 AS x, b -- c\n, t.c FROM t";
        Statement.Query query = (Statement.Query) SqlParser.parseNext(sql, 0).statement();
        Select.Core core = (Select.Core) query.select().body();
        assertThat(core.columns())
                .extracting(column -> column.span().of(sql))
                .containsExactly("(a + 1) * 2", "b", "t.c");
        Select.ResultExpr product = (Select.ResultExpr) core.columns().get(0);
        assertThat(product.expr().span().of(sql)).isEqualTo("(a + 1) * 2");
        assertThat(((Expr.Binary) product.expr()).left().span().of(sql)).isEqualTo("a + 1");
        assertThat(query.span().of(sql)).isEqualTo(sql);
    }

    @Test
    void generatedAlwaysIsNoPartOfTheType() {
        Definition.CreateTable table = (Definition.CreateTable)
                SqlParser.parseNext("CREATE TABLE x (a big int GENERATED ALWAYS AS (1), b generated always AS (2))", 0)
                        .statement();
        assertThat(table.columns().get(0).type().text()).isEqualTo("big int");
        assertThat(table.columns().get(1).type()).isNull();
        assertThat(table.columns()).allSatisfy(column -> assertThat(
                        ((Definition.ColumnGenerated) column.constraints().get(0)).always())
                .isTrue());
    }

    @Test
    void anExpressionMustFillItsText() {
        assertThat(SqlParser.parseExpression(" a + 1 ")).isInstanceOf(Expr.Binary.class);
        assertThatThrownBy(() -> SqlParser.parseExpression("a b")).hasMessage("near \"b\": syntax error");
        assertThatThrownBy(() -> SqlParser.parseExpression("")).hasMessage("incomplete input");
        assertThatThrownBy(() -> SqlParser.parseExpression("1;")).hasMessage("near \";\": syntax error");
    }

    @Test
    void expressionsMayBeAThousandDeepAndNoDeeper() {
        SqlParser.parseExpression("1" + "+1".repeat(999));
        SqlParser.parseExpression("NOT ".repeat(999) + "1");
        String message = "Expression tree is too large (maximum depth 1000)";
        assertThatThrownBy(() -> SqlParser.parseExpression("1" + "+1".repeat(1000)))
                .hasMessage(message);
        assertThatThrownBy(() -> SqlParser.parseExpression("NOT ".repeat(1000) + "1"))
                .hasMessage(message);
        assertThatThrownBy(() -> SqlParser.parseExpression("a" + " AND a".repeat(5000)))
                .hasMessage(message);
    }

    @Test
    void deepNestingEndsInAClearError() throws InterruptedException {
        List<String> deep = List.of(
                "SELECT " + "(".repeat(100_000),
                "SELECT " + "-".repeat(1) + " - ".repeat(100_000),
                "SELECT " + "NOT ".repeat(100_000),
                "SELECT " + "abs(".repeat(100_000),
                "SELECT " + "CASE WHEN ".repeat(100_000),
                "SELECT " + "(SELECT ".repeat(100_000),
                "SELECT * FROM " + "(".repeat(100_000) + "t",
                "SELECT * FROM " + "(SELECT * FROM ".repeat(100_000),
                "SELECT 1 IN (".repeat(100_000),
                "WITH x AS (".repeat(100_000),
                "SELECT " + "a BETWEEN ".repeat(100_000),
                "SELECT sum(a) OVER (ORDER BY ".repeat(100_000),
                "SELECT count(*) FILTER (WHERE ".repeat(1) + "count(*) FILTER (WHERE ".repeat(100_000));
        for (String sql : deep) {
            Throwable[] thrown = new Throwable[1];
            // A small stack, so that the guard against the stack's end is met as well.
            Thread thread = new Thread(null, () -> thrown[0] = failure(sql), "deep", 256 * 1024);
            thread.start();
            thread.join();
            assertThat(thrown[0]).as(sql.substring(0, 40)).isInstanceOf(SqlSyntaxException.class);
            assertThat(failure(sql)).as(sql.substring(0, 40)).isInstanceOf(SqlSyntaxException.class);
        }
    }

    private static Throwable failure(String sql) {
        try {
            SqlParser.parseNext(sql, 0);
            return null;
        } catch (SqlSyntaxException e) {
            return e;
        }
    }
}
