package dev.verso.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Span;
import dev.verso.parser.ast.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SqlPrinterTest {
    static Iterable<String> samples() {
        return SampleStatements.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyClausePrintsAsTextThatParsesToTheSameTree(String sql) {
        RoundTrip.check(sql);
    }

    @Test
    void randomOperatorsKeepTheirTreeThroughPrinting() {
        long seed = Long.getLong("verso.seed", 42);
        System.out.println("expressions of seed " + seed + "; replay with -Dverso.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            RoundTrip.checkExpression(expression(random, 5));
        }
    }

    /** An expression whose operators stand without parentheses wherever a random one leaves them out. */
    private static String expression(Random random, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return new String[] {"a", "t.b", "1", "'s'", "NULL", "f(a)", "?1", "x'00'"}[random.nextInt(8)];
        }
        String left = operand(random, depth);
        String right = operand(random, depth);
        return switch (random.nextInt(14)) {
            case 0 -> "NOT " + left;
            case 1 -> "- " + left;
            case 2 -> "~" + left;
            case 3 -> left + " COLLATE nocase";
            case 4 -> left + " ISNULL";
            case 5 -> left + " IS NOT " + right;
            case 6 -> left + " NOT LIKE " + right;
            case 7 -> left + " BETWEEN (" + right + ") AND " + operand(random, depth);
            case 8 -> left + " NOT IN (" + right + ", 2)";
            case 9 -> left + " GLOB (" + right + ") ESCAPE (" + operand(random, depth) + ")";
            case 10 -> "CASE " + left + " WHEN " + right + " THEN 1 END";
            case 11 -> "CAST(" + left + " AS INT)";
            default -> {
                String[] signs = {"OR", "AND", "=", "<>", "<", ">=", "&", "<<", "+", "-", "*", "%", "||", "->"};
                yield left + " " + signs[random.nextInt(signs.length)] + " " + right;
            }
        };
    }

    private static String operand(Random random, int depth) {
        String operand = expression(random, depth - 1);
        return random.nextInt(3) == 0 ? "(" + operand + ")" : operand;
    }

    @Test
    void namesThatCouldBeMisreadAreQuoted() {
        assertThat(SqlPrinter.print(Name.of("plain_1"))).isEqualTo("plain_1");
        assertThat(SqlPrinter.print(Name.of("select"))).isEqualTo("`select`");
        assertThat(SqlPrinter.print(Name.of("key"))).isEqualTo("`key`");
        assertThat(SqlPrinter.print(Name.of("two words"))).isEqualTo("`two words`");
        assertThat(SqlPrinter.print(Name.of("1a"))).isEqualTo("`1a`");
        assertThat(SqlPrinter.print(Name.of(""))).isEqualTo("``");
        assertThat(SqlPrinter.print(Name.of("back`tick"))).isEqualTo("`back``tick`");
        assertThat(SqlPrinter.print(new Name(Span.NONE, "a\"b", Name.Quoting.DOUBLE)))
                .isEqualTo("\"a\"\"b\"");
        assertThat(SqlPrinter.print(new Name(Span.NONE, "a]b", Name.Quoting.BRACKET)))
                .isEqualTo("`a]b`");
    }

    @Test
    void parenthesesAppearOnlyWherePrecedenceNeedsThem() {
        assertThat(reprint("(a + (b)) * ((c))")).isEqualTo("(a + b) * c");
        assertThat(reprint("((a * b) + c)")).isEqualTo("a * b + c");
        assertThat(reprint("a - (b - c)")).isEqualTo("a - (b - c)");
        assertThat(reprint("2 * NOT a")).isEqualTo("2 * (NOT a)");
        assertThat(reprint("- - 1")).isEqualTo("- -1");
    }

    @Test
    void anUpsertBehindASourceIsNotPrintedAsAConditionOfItsJoin() {
        Statement.Insert parsed = (Statement.Insert)
                SqlParser.parseNext("INSERT INTO t SELECT * FROM u, v WHERE 1 ON CONFLICT DO NOTHING", 0)
                        .statement();
        Select.Core core = (Select.Core) parsed.source().body();
        Select.Core bareCore = new Select.Core(
                core.span(), false, core.columns(), core.from(), null, core.groupBy(), null, core.windows());
        Select bare = new Select(parsed.source().span(), null, bareCore, List.of(), null, null);
        Statement withoutWhere = new Statement.Insert(
                parsed.span(), null, null, null, parsed.table(), null, List.of(), bare, parsed.upserts(), List.of());
        assertThat(SqlPrinter.print(withoutWhere))
                .isEqualTo("INSERT INTO t SELECT * FROM u, v WHERE TRUE ON CONFLICT DO NOTHING");
    }

    private static String reprint(String expression) {
        return SqlPrinter.print(SqlParser.parseExpression(expression));
    }
}
