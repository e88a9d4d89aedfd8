package dev.verso.parser;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Statement;
import java.util.ArrayList;
import java.util.List;

/** The way in: SQL text to AST. Stateless; any thread. */
public final class SqlParser {
    private SqlParser() {}

    /** All keywords, in capitals. */
    public static List<String> keywords() {
        return Keywords.all();
    }

    /**
     * One parsed statement.
     *
     * @param statement the tree; null if the text held only blanks and comments
     * @param start offset of its first token
     * @param end offset just past its semicolon, or the end of the text: where the next statement begins
     * @param parameters as they stand in the text, left to right
     * @param nesting how deep the tree is at most, in levels of its own or of SQLite's parser
     */
    public record Parsed(Statement statement, int start, int end, List<Expr.Parameter> parameters, int nesting) {}

    /**
     * Parses the first statement at or after {@code offset}; what follows its semicolon is not looked at.
     *
     * @throws SqlSyntaxException if it is no SQL
     */
    public static Parsed parseNext(String sql, int offset) {
        Tokens tokens = new Tokens(sql, offset);
        while (tokens.is(TokenKind.SEMICOLON)) {
            tokens.advance();
        }
        int start = tokens.start();
        if (tokens.is(TokenKind.END_OF_INPUT)) {
            return new Parsed(null, start, sql.length(), List.of(), 0);
        }
        try {
            Statement statement = new StatementParser(tokens).parse();
            if (tokens.is(TokenKind.SEMICOLON)) {
                tokens.checkFailure();
                return new Parsed(statement, start, tokens.end(), tokens.parameters(), tokens.nesting());
            }
            expectEnd(tokens);
            return new Parsed(statement, start, sql.length(), tokens.parameters(), tokens.nesting());
        } catch (StackOverflowError e) {
            if (!DeepStack.isHere()) {
                return DeepStack.call(() -> parseNext(sql, offset));
            }
            throw tooDeep(tokens);
        }
    }

    /**
     * Parses all statements of the text.
     *
     * @throws SqlSyntaxException if one of them is no SQL
     */
    public static List<Parsed> parseAll(String sql) {
        List<Parsed> statements = new ArrayList<>();
        int offset = 0;
        while (true) {
            Parsed parsed = parseNext(sql, offset);
            if (parsed.statement() == null) {
                return List.copyOf(statements);
            }
            statements.add(parsed);
            offset = parsed.end();
        }
    }

    /**
     * Parses one expression that fills the text, as stored schemas need it.
     *
     * @throws SqlSyntaxException if it is no expression
     */
    public static Expr parseExpression(String sql) {
        Tokens tokens = new Tokens(sql, 0);
        try {
            Expr expr = new ExpressionParser(tokens).parse();
            expectEnd(tokens);
            return expr;
        } catch (StackOverflowError e) {
            if (!DeepStack.isHere()) {
                return DeepStack.call(() -> parseExpression(sql));
            }
            throw tooDeep(tokens);
        }
    }

    private static void expectEnd(Tokens tokens) {
        if (!tokens.is(TokenKind.END_OF_INPUT)) {
            throw tokens.unexpected();
        }
        tokens.checkFailure();
    }

    /** A thread with a small stack ends before SQLite's own limit; parsing shares nothing, so it may simply stop. */
    private static SqlSyntaxException tooDeep(Tokens tokens) {
        return new SqlSyntaxException("Recursion limit", tokens.start());
    }
}
