package dev.verso.parser;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Statement;
import java.util.List;

/** The way in: SQL text to AST. Stateless; any thread. */
public final class SqlParser {
    private SqlParser() {}

    /**
     * One parsed statement.
     *
     * @param statement the tree; null if the text held only blanks and comments
     * @param start offset of its first token
     * @param end offset just past its semicolon, or the end of the text: where the next statement begins
     */
    public record Parsed(Statement statement, int start, int end) {}

    /** Parses the first statement at or after {@code offset}; what follows its semicolon is not looked at. */
    public static Parsed parseNext(String sql, int offset) {
        throw new UnsupportedOperationException();
    }

    /** Parses all statements of the text. */
    public static List<Parsed> parseAll(String sql) {
        throw new UnsupportedOperationException();
    }

    /** Parses one expression that fills the text, as stored schemas need it. */
    public static Expr parseExpression(String sql) {
        throw new UnsupportedOperationException();
    }
}
