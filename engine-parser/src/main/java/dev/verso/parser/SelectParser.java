package dev.verso.parser;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Select.CompoundOp;
import dev.verso.parser.ast.Select.ResultColumn;
import dev.verso.parser.ast.SortOrder;
import dev.verso.parser.ast.Span;
import dev.verso.parser.ast.Window;
import java.util.ArrayList;
import java.util.List;

/** Queries: WITH, SELECT, VALUES, set operators, ORDER BY and LIMIT. */
final class SelectParser {
    private static final int MAX_COMPOUND_TERMS = 500;

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final FromParser from;
    private final FunctionParser windows;
    /** Height of the highest expression of the query being read. */
    private int highest;

    SelectParser(Tokens tokens, ExpressionParser expressions, FunctionParser windows) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.from = new FromParser(tokens, expressions, this);
        this.windows = windows;
    }

    FromParser from() {
        return from;
    }

    /** A query with or without WITH. The expressions' height is afterwards that of its highest expression. */
    Select parse() {
        int start = tokens.start();
        return parse(start, tokens.is(TokenKind.WITH) ? with() : null);
    }

    /** A query and its closing parenthesis, behind so many entries of SQLite's stack. */
    Select nested(int entries) {
        tokens.enter(entries);
        Select select = parse();
        tokens.leave(entries);
        tokens.expect(TokenKind.RIGHT_PAREN);
        return select;
    }

    /** What follows WITH, or a query without. */
    Select parse(int start, Select.With with) {
        int outerHighest = highest;
        highest = 0;
        Select select = compound(start, with);
        expressions.noteHeight(highest);
        highest = outerHighest;
        return select;
    }

    private Select compound(int start, Select.With with) {
        int bodyStart = tokens.start();
        String misplaced = null;
        int terms = 1;
        Select.Body body = null;
        CompoundOp op = null;
        while (true) {
            List<OrderingTerm> orderBy = List.of();
            Expr limit = null;
            Expr offset = null;
            Select.Body term;
            int termEnd;
            if (tokens.is(TokenKind.VALUES)) {
                term = values();
                termEnd = tokens.lastEnd();
            } else {
                term = core();
                termEnd = tokens.lastEnd();
                if (tokens.accept(TokenKind.ORDER)) {
                    tokens.expect(TokenKind.BY);
                    tokens.enter(9);
                    orderBy = expressions.orderingTerms();
                    tokens.leave(9);
                    note();
                }
                if (tokens.accept(TokenKind.LIMIT)) {
                    limit = expression();
                    if (tokens.accept(TokenKind.OFFSET)) {
                        offset = expression();
                    } else if (tokens.accept(TokenKind.COMMA)) {
                        offset = limit;
                        limit = expression();
                    }
                }
            }
            body = op == null ? term : new Select.Compound(new Span(bodyStart, termEnd), body, op, term);
            op = compoundOp();
            if (op == null) {
                if (misplaced != null) {
                    tokens.fail(misplaced, start);
                } else if (terms > MAX_COMPOUND_TERMS && !(term instanceof Select.Values)) {
                    tokens.fail("too many terms in compound SELECT", start);
                }
                return new Select(tokens.spanFrom(start), with, body, orderBy, limit, offset);
            }
            terms++;
            if (!orderBy.isEmpty() || limit != null) {
                String clause = orderBy.isEmpty() ? "LIMIT" : "ORDER BY";
                misplaced = clause + " clause should come after " + op.name().replace('_', ' ') + " not before";
            }
        }
    }

    private CompoundOp compoundOp() {
        switch (tokens.kind()) {
            case TokenKind.UNION:
                tokens.advance();
                return afterOp(tokens.accept(TokenKind.ALL) ? CompoundOp.UNION_ALL : CompoundOp.UNION);
            case TokenKind.EXCEPT:
                tokens.advance();
                return afterOp(CompoundOp.EXCEPT);
            case TokenKind.INTERSECT:
                tokens.advance();
                return afterOp(CompoundOp.INTERSECT);
            default:
                return null;
        }
    }

    private CompoundOp afterOp(CompoundOp op) {
        if (!tokens.is(TokenKind.SELECT) && !tokens.is(TokenKind.VALUES)) {
            throw tokens.unexpected();
        }
        return op;
    }

    private Select.Body values() {
        int start = tokens.start();
        tokens.advance();
        List<List<Expr>> rows = new ArrayList<>();
        do {
            tokens.expect(TokenKind.LEFT_PAREN);
            tokens.enter(2);
            List<Expr> row = expressions.list();
            tokens.leave(2);
            note();
            tokens.expect(TokenKind.RIGHT_PAREN);
            rows.add(row);
            // Rows with names or calls in them are judged when the query is resolved.
            if (row.size() != rows.get(0).size() && isConstant(row)) {
                tokens.fail("all VALUES must have the same number of terms", start);
            }
        } while (tokens.accept(TokenKind.COMMA));
        return new Select.Values(tokens.spanFrom(start), List.copyOf(rows));
    }

    private static boolean isConstant(List<Expr> row) {
        for (Expr expr : row) {
            if (!isConstant(expr)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isConstant(Expr expr) {
        if (expr instanceof Expr.Unary unary) {
            return isConstant(unary.operand());
        }
        if (expr instanceof Expr.Binary binary) {
            return isConstant(binary.left()) && isConstant(binary.right());
        }
        return expr instanceof Expr.NumericLiteral
                || expr instanceof Expr.StringLiteral
                || expr instanceof Expr.NullLiteral
                || expr instanceof Expr.BlobLiteral
                || expr instanceof Expr.Parameter;
    }

    private Select.Body core() {
        int start = tokens.start();
        tokens.expect(TokenKind.SELECT);
        boolean distinct = tokens.accept(TokenKind.DISTINCT);
        if (!distinct) {
            tokens.accept(TokenKind.ALL);
        }
        tokens.enter(3);
        List<ResultColumn> columns = resultColumns();
        tokens.enter(1);
        List<Select.FromItem> sources = tokens.accept(TokenKind.FROM) ? from.parse() : List.of();
        tokens.enter(1);
        Expr where = tokens.accept(TokenKind.WHERE) ? expression() : null;
        List<Expr> groupBy = List.of();
        if (tokens.accept(TokenKind.GROUP)) {
            tokens.expect(TokenKind.BY);
            tokens.enter(2);
            groupBy = expressions.list();
            tokens.leave(2);
            note();
        }
        Expr having = tokens.accept(TokenKind.HAVING) ? expression() : null;
        List<Window.Named> named = tokens.accept(TokenKind.WINDOW) ? windows.namedWindows() : List.of();
        tokens.leave(5);
        return new Select.Core(tokens.spanFrom(start), distinct, columns, sources, where, groupBy, having, named);
    }

    private Expr expression() {
        Expr expr = expressions.parse();
        note();
        return expr;
    }

    private void note() {
        highest = Math.max(highest, expressions.height());
    }

    /** What SELECT or RETURNING lists. */
    List<ResultColumn> resultColumns() {
        List<ResultColumn> columns = new ArrayList<>(8);
        do {
            columns.add(resultColumn());
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(columns);
    }

    private ResultColumn resultColumn() {
        int start = tokens.start();
        if (tokens.accept(TokenKind.STAR)) {
            return new Select.Star(tokens.spanFrom(start));
        }
        if (TokenKind.isName(tokens.kind())
                && !TokenKind.isKeywordInExpression(tokens.kind())
                && tokens.kindAhead(1) == TokenKind.DOT
                && tokens.kindAhead(2) == TokenKind.STAR) {
            Name table = tokens.takeName();
            tokens.advance();
            tokens.advance();
            return new Select.TableStar(tokens.spanFrom(start), table);
        }
        tokens.enter(1);
        Expr expr = expression();
        tokens.leave(1);
        Span span = tokens.spanFrom(start);
        return new Select.ResultExpr(span, expr, alias());
    }

    /** {@code AS name}, or a plain name, or null. */
    Name alias() {
        if (tokens.accept(TokenKind.AS)) {
            return tokens.name();
        }
        return TokenKind.isAlias(tokens.kind()) ? tokens.takeName() : null;
    }

    /** WITH and its tables; the cursor is on WITH. */
    Select.With with() {
        tokens.advance();
        boolean recursive = tokens.accept(TokenKind.RECURSIVE);
        List<Select.CommonTable> tables = new ArrayList<>(2);
        do {
            tables.add(commonTable());
        } while (tokens.accept(TokenKind.COMMA));
        return new Select.With(recursive, List.copyOf(tables));
    }

    private Select.CommonTable commonTable() {
        int start = tokens.start();
        Name name = tokens.name();
        List<Name> columns = tokens.is(TokenKind.LEFT_PAREN) ? plainColumns() : List.of();
        tokens.expect(TokenKind.AS);
        Boolean materialized = null;
        if (tokens.accept(TokenKind.MATERIALIZED)) {
            materialized = true;
        } else if (tokens.accept(TokenKind.NOT)) {
            tokens.expect(TokenKind.MATERIALIZED);
            materialized = false;
        }
        tokens.expect(TokenKind.LEFT_PAREN);
        if (!TokenKind.startsSelect(tokens.kind())) {
            throw tokens.unexpected();
        }
        Select select = nested(5);
        return new Select.CommonTable(tokens.spanFrom(start), name, columns, materialized, select);
    }

    /** Column names in parentheses, where SQLite's grammar has room for COLLATE and an order but allows neither. */
    List<Name> plainColumns() {
        tokens.expect(TokenKind.LEFT_PAREN);
        List<Name> columns = new ArrayList<>(4);
        do {
            Name column = tokens.name();
            boolean collated = tokens.accept(TokenKind.COLLATE);
            if (collated) {
                tokens.alias();
            }
            SortOrder order = expressions.sortOrder();
            if (collated || order != null) {
                tokens.fail(
                        "syntax error after column name \"" + column.span().of(tokens.sql) + '"',
                        column.span().start());
            }
            columns.add(column);
        } while (tokens.accept(TokenKind.COMMA));
        tokens.expect(TokenKind.RIGHT_PAREN);
        return List.copyOf(columns);
    }
}
