package dev.verso.parser;

import dev.verso.grammar.SQLiteParser;
import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Span;
import dev.verso.parser.ast.Statement;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.BufferedTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** Parses with what ANTLR made of the grammar: first by SLL prediction, and by LL if that fails. */
final class GrammarParser {
    private GrammarParser() {}

    /**
     * The first statement of the text.
     *
     * @throws ParseCancellationException if the grammar does not take it
     */
    static SqlParser.Parsed parseNext(String sql) {
        SQLiteParser.NextStatementContext tree = (SQLiteParser.NextStatementContext) tree(sql, false);
        if (tree.explainedStatement() == null) {
            return new SqlParser.Parsed(null, sql.length(), sql.length(), List.of(), 0);
        }
        Token last = tree.stop;
        int end = last.getType() == Token.EOF ? sql.length() : last.getStopIndex() + 1;
        Statement statement = new StatementBuilder(sql).explained(tree.explainedStatement());
        // What stands between a module's parentheses is the module's: no parameter.
        List<Expr.Parameter> parameters =
                statement instanceof Definition.CreateVirtualTable ? List.of() : parameters(sql, end);
        int start = tree.explainedStatement().getStart().getStartIndex();
        return new SqlParser.Parsed(statement, start, end, parameters, 0);
    }

    private static List<Expr.Parameter> parameters(String sql, int end) {
        List<Expr.Parameter> found = new ArrayList<>();
        Tokens tokens = new Tokens(sql, 0);
        while (tokens.start() < end) {
            if (tokens.is(TokenKind.VARIABLE)) {
                found.add(new Expr.Parameter(new Span(tokens.start(), tokens.end()), tokens.text()));
            }
            tokens.advance();
        }
        return found;
    }

    static Expr parseExpression(String sql) {
        SQLiteParser.WholeExpressionContext tree = (SQLiteParser.WholeExpressionContext) tree(sql, true);
        return new ExpressionBuilder(sql).expr(tree.expr());
    }

    static ParserRuleContext tree(String sql, boolean isExpression) {
        SQLiteParser parser = new SQLiteParser(new BufferedTokenStream(new GrammarTokens(sql)));
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        try {
            return isExpression ? parser.wholeExpression() : parser.nextStatement();
        } catch (ParseCancellationException weaker) {
            parser.reset();
            parser.getInterpreter().setPredictionMode(PredictionMode.LL);
            return isExpression ? parser.wholeExpression() : parser.nextStatement();
        }
    }
}
