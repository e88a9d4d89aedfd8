package dev.verso.parser;

import dev.verso.parser.ast.ConflictAction;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.parser.ast.Window;
import java.util.ArrayList;
import java.util.List;

/** Calls with their FILTER and OVER, windows, CASE and RAISE. */
final class FunctionParser {
    private static final int MAX_ARGUMENTS = 100;

    private final Tokens tokens;
    private final ExpressionParser expressions;

    FunctionParser(Tokens tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /** A call; the cursor is on its name, and a parenthesis follows. */
    Expr call(int start) {
        Name name = tokens.takeName();
        tokens.advance();
        boolean star = false;
        boolean distinct = false;
        List<Expr> arguments = List.of();
        List<OrderingTerm> orderBy = List.of();
        int highest = 0;
        if (tokens.accept(TokenKind.STAR)) {
            star = true;
        } else {
            distinct = tokens.accept(TokenKind.DISTINCT);
            if (!distinct) {
                tokens.accept(TokenKind.ALL);
            }
            tokens.enter(3);
            if (!tokens.is(TokenKind.RIGHT_PAREN) && !tokens.is(TokenKind.ORDER)) {
                arguments = expressions.list();
                highest = expressions.height();
            }
            if (tokens.accept(TokenKind.ORDER)) {
                tokens.expect(TokenKind.BY);
                orderBy = expressions.orderingTerms();
                highest = Math.max(highest, expressions.height());
            }
            tokens.leave(3);
        }
        tokens.expect(TokenKind.RIGHT_PAREN);
        if (arguments.size() > MAX_ARGUMENTS) {
            tokens.fail("too many arguments on function " + name.span().of(tokens.sql), start);
        }
        Expr filter = null;
        if (tokens.is(TokenKind.FILTER)) {
            filter = filter();
        }
        Window.Over over = tokens.accept(TokenKind.OVER) ? over() : null;
        expressions.setParentHeight(highest, start);
        return new Expr.FunctionCall(tokens.spanFrom(start), name, distinct, star, arguments, orderBy, filter, over);
    }

    private Expr filter() {
        tokens.advance();
        tokens.expect(TokenKind.LEFT_PAREN);
        tokens.expect(TokenKind.WHERE);
        Expr filter = expressions.parse();
        tokens.expect(TokenKind.RIGHT_PAREN);
        return filter;
    }

    private Window.Over over() {
        return tokens.is(TokenKind.LEFT_PAREN) ? definition() : new Window.ByName(tokens.name());
    }

    /** The definitions after WINDOW. */
    List<Window.Named> namedWindows() {
        List<Window.Named> windows = new ArrayList<>(2);
        do {
            Name name = tokens.name();
            tokens.expect(TokenKind.AS);
            windows.add(new Window.Named(name, definition()));
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(windows);
    }

    private Window.Definition definition() {
        int start = tokens.start();
        tokens.expect(TokenKind.LEFT_PAREN);
        Name base = null;
        List<Expr> partitionBy = List.of();
        List<OrderingTerm> orderBy = List.of();
        if (!tokens.is(TokenKind.PARTITION) && frameUnit() == null && TokenKind.isName(tokens.kind())) {
            base = tokens.takeName();
        }
        tokens.enter(4);
        if (tokens.accept(TokenKind.PARTITION)) {
            tokens.expect(TokenKind.BY);
            partitionBy = expressions.list();
        }
        if (tokens.accept(TokenKind.ORDER)) {
            tokens.expect(TokenKind.BY);
            orderBy = expressions.orderingTerms();
        }
        Window.Unit unit = frameUnit();
        Window.Frame frame = unit == null ? null : frame(unit);
        tokens.leave(4);
        tokens.expect(TokenKind.RIGHT_PAREN);
        return new Window.Definition(tokens.spanFrom(start), base, partitionBy, orderBy, frame);
    }

    private Window.Unit frameUnit() {
        return switch (tokens.kind()) {
            case TokenKind.ROWS -> Window.Unit.ROWS;
            case TokenKind.RANGE -> Window.Unit.RANGE;
            case TokenKind.GROUPS -> Window.Unit.GROUPS;
            default -> null;
        };
    }

    private Window.Frame frame(Window.Unit unit) {
        int frameStart = tokens.start();
        tokens.advance();
        Window.Bound end = null;
        Window.Bound start;
        if (tokens.accept(TokenKind.BETWEEN)) {
            start = bound(true);
            tokens.expect(TokenKind.AND);
            end = bound(false);
        } else {
            start = bound(true);
        }
        Window.Exclude exclude = tokens.accept(TokenKind.EXCLUDE) ? exclude() : null;
        Window.BoundKind last = end == null ? Window.BoundKind.CURRENT_ROW : end.kind();
        if (start.kind().compareTo(last) > 0) {
            tokens.fail("unsupported frame specification", frameStart);
        }
        return new Window.Frame(unit, start, end, exclude);
    }

    private Window.Bound bound(boolean isStart) {
        if (tokens.accept(TokenKind.UNBOUNDED)) {
            tokens.expect(isStart ? TokenKind.PRECEDING : TokenKind.FOLLOWING);
            return new Window.Bound(
                    isStart ? Window.BoundKind.UNBOUNDED_PRECEDING : Window.BoundKind.UNBOUNDED_FOLLOWING, null);
        }
        if (tokens.accept(TokenKind.CURRENT)) {
            tokens.expect(TokenKind.ROW);
            return new Window.Bound(Window.BoundKind.CURRENT_ROW, null);
        }
        Expr offset = expressions.parse();
        if (tokens.accept(TokenKind.PRECEDING)) {
            return new Window.Bound(Window.BoundKind.PRECEDING, offset);
        }
        tokens.expect(TokenKind.FOLLOWING);
        return new Window.Bound(Window.BoundKind.FOLLOWING, offset);
    }

    private Window.Exclude exclude() {
        switch (tokens.kind()) {
            case TokenKind.NO:
                tokens.advance();
                tokens.expect(TokenKind.OTHERS);
                return Window.Exclude.NO_OTHERS;
            case TokenKind.CURRENT:
                tokens.advance();
                tokens.expect(TokenKind.ROW);
                return Window.Exclude.CURRENT_ROW;
            case TokenKind.GROUP:
                tokens.advance();
                return Window.Exclude.GROUP;
            case TokenKind.TIES:
                tokens.advance();
                return Window.Exclude.TIES;
            default:
                throw tokens.unexpected();
        }
    }

    Expr caseExpression(int start) {
        tokens.advance();
        int highest = 0;
        Expr base = null;
        if (!tokens.is(TokenKind.WHEN)) {
            base = expressions.nested(1);
            highest = expressions.height();
        }
        int listed = 0;
        List<Expr.Case.When> whens = new ArrayList<>(4);
        do {
            tokens.expect(TokenKind.WHEN);
            Expr condition = expressions.nested(3 + listed);
            highest = Math.max(highest, expressions.height());
            tokens.expect(TokenKind.THEN);
            Expr result = expressions.nested(5 + listed);
            highest = Math.max(highest, expressions.height());
            whens.add(new Expr.Case.When(condition, result));
            listed = 1;
        } while (tokens.is(TokenKind.WHEN));
        Expr otherwise = null;
        if (tokens.accept(TokenKind.ELSE)) {
            otherwise = expressions.nested(4);
            highest = Math.max(highest, expressions.height());
        }
        tokens.expect(TokenKind.END);
        expressions.setParentHeight(highest, start);
        return new Expr.Case(tokens.spanFrom(start), base, List.copyOf(whens), otherwise);
    }

    Expr raise(int start) {
        tokens.advance();
        tokens.expect(TokenKind.LEFT_PAREN);
        ConflictAction action =
                switch (tokens.kind()) {
                    case TokenKind.IGNORE -> ConflictAction.IGNORE;
                    case TokenKind.ROLLBACK -> ConflictAction.ROLLBACK;
                    case TokenKind.ABORT -> ConflictAction.ABORT;
                    case TokenKind.FAIL -> ConflictAction.FAIL;
                    default -> throw tokens.unexpected();
                };
        tokens.advance();
        Expr message = null;
        int highest = 0;
        if (action != ConflictAction.IGNORE) {
            tokens.expect(TokenKind.COMMA);
            message = expressions.parse();
            highest = expressions.height();
        }
        tokens.expect(TokenKind.RIGHT_PAREN);
        expressions.setParentHeight(highest, start);
        return new Expr.Raise(tokens.spanFrom(start), action, message);
    }
}
