package dev.verso.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Statement;
import java.util.regex.Pattern;

/** Parse, print, parse and print again: the texts and the trees must not change any more. */
final class RoundTrip {
    private static final Pattern SPAN = Pattern.compile("Span\\[start=-?\\d+, end=-?\\d+]");

    private RoundTrip() {}

    /** Checks the first statement of the text. */
    static void check(String sql) {
        Statement first = SqlParser.parseNext(sql, 0).statement();
        String printed = SqlPrinter.print(first);
        Statement second = SqlParser.parseNext(printed, 0).statement();
        assertThat(withoutSpans(second)).as(sql).isEqualTo(withoutSpans(first));
        assertThat(SqlPrinter.print(second)).as(sql).isEqualTo(printed);
    }

    static void checkExpression(String sql) {
        Expr first = SqlParser.parseExpression(sql);
        String printed = SqlPrinter.print(first);
        Expr second = SqlParser.parseExpression(printed);
        assertThat(withoutSpans(second)).as(sql).isEqualTo(withoutSpans(first));
        assertThat(SqlPrinter.print(second)).as(sql).isEqualTo(printed);
    }

    private static String withoutSpans(Object tree) {
        return SPAN.matcher(tree.toString()).replaceAll("");
    }
}
