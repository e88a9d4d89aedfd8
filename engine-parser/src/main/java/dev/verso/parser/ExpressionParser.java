package dev.verso.parser;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Expr.BinaryOp;
import dev.verso.parser.ast.Expr.LikeOp;
import dev.verso.parser.ast.Expr.UnaryOp;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.OrderingTerm;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.SortOrder;
import dev.verso.parser.ast.Span;
import dev.verso.parser.ast.TypeName;
import java.util.ArrayList;
import java.util.List;

/**
 * Expressions, by operator precedence.
 *
 * <p>SQLite's table of precedence decides when an operator takes what stands to its left, so a weak operator inside a prefix operator's
 * operand, like {@code 2 * NOT a = b}, still belongs to that operand. Infix NOT (NOT LIKE, NOT IN ...) counts as weak as prefix NOT when it
 * decides who owns the left operand, and as strong as LIKE for the right one.
 */
final class ExpressionParser {
    static final int OR = 1;
    static final int AND = 2;
    static final int NOT = 3;
    static final int EQUALITY = 4;
    static final int COMPARISON = 5;
    static final int BITS = 6;
    static final int ADDITION = 7;
    static final int MULTIPLICATION = 8;
    static final int CONCATENATION = 9;
    static final int COLLATE = 10;
    static final int UNARY = 11;

    /** Deepest tree that SQLite takes. */
    private static final int MAX_HEIGHT = 1000;

    private static final byte[] PRECEDENCE = new byte[TokenKind.COUNT];
    private static final BinaryOp[] BINARY = new BinaryOp[TokenKind.COUNT];

    static {
        binary(TokenKind.OR, OR, BinaryOp.OR);
        binary(TokenKind.AND, AND, BinaryOp.AND);
        binary(TokenKind.EQUAL, EQUALITY, BinaryOp.EQUAL);
        binary(TokenKind.NOT_EQUAL, EQUALITY, BinaryOp.NOT_EQUAL);
        binary(TokenKind.LESS, COMPARISON, BinaryOp.LESS);
        binary(TokenKind.LESS_EQUAL, COMPARISON, BinaryOp.LESS_EQUAL);
        binary(TokenKind.GREATER, COMPARISON, BinaryOp.GREATER);
        binary(TokenKind.GREATER_EQUAL, COMPARISON, BinaryOp.GREATER_EQUAL);
        binary(TokenKind.BIT_AND, BITS, BinaryOp.BIT_AND);
        binary(TokenKind.BIT_OR, BITS, BinaryOp.BIT_OR);
        binary(TokenKind.SHIFT_LEFT, BITS, BinaryOp.SHIFT_LEFT);
        binary(TokenKind.SHIFT_RIGHT, BITS, BinaryOp.SHIFT_RIGHT);
        binary(TokenKind.PLUS, ADDITION, BinaryOp.ADD);
        binary(TokenKind.MINUS, ADDITION, BinaryOp.SUBTRACT);
        binary(TokenKind.STAR, MULTIPLICATION, BinaryOp.MULTIPLY);
        binary(TokenKind.SLASH, MULTIPLICATION, BinaryOp.DIVIDE);
        binary(TokenKind.PERCENT, MULTIPLICATION, BinaryOp.REMAINDER);
        binary(TokenKind.CONCAT, CONCATENATION, BinaryOp.CONCAT);
        binary(TokenKind.ARROW, CONCATENATION, BinaryOp.ARROW);
        binary(TokenKind.DOUBLE_ARROW, CONCATENATION, BinaryOp.DOUBLE_ARROW);
        PRECEDENCE[TokenKind.NOT] = NOT;
        PRECEDENCE[TokenKind.COLLATE] = COLLATE;
        for (int kind : new int[] {
            TokenKind.IS,
            TokenKind.ISNULL,
            TokenKind.NOTNULL,
            TokenKind.BETWEEN,
            TokenKind.IN,
            TokenKind.LIKE,
            TokenKind.GLOB,
            TokenKind.REGEXP,
            TokenKind.MATCH
        }) {
            PRECEDENCE[kind] = EQUALITY;
        }
    }

    private static void binary(int kind, int precedence, BinaryOp op) {
        PRECEDENCE[kind] = (byte) precedence;
        BINARY[kind] = op;
    }

    private final Tokens tokens;
    private final LiteralParser literals;
    private final FunctionParser functions;
    private final SelectParser selects;
    /** Height of the tree that was read last; of several expressions, the greatest. */
    private int height;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
        this.literals = new LiteralParser(tokens);
        this.functions = new FunctionParser(tokens, this);
        this.selects = new SelectParser(tokens, this, functions);
    }

    LiteralParser literals() {
        return literals;
    }

    SelectParser selects() {
        return selects;
    }

    void noteHeight(int newHeight) {
        height = newHeight;
    }

    int height() {
        return height;
    }

    /** Notes the height of a node whose highest child has that height. */
    void setParentHeight(int childHeight, int start) {
        height = childHeight + 1;
        tokens.noteNesting(height);
        if (height > MAX_HEIGHT) {
            tokens.fail("Expression tree is too large (maximum depth " + MAX_HEIGHT + ")", start);
        }
    }

    /** An expression of any precedence. */
    Expr parse() {
        return parse(OR);
    }

    /** An expression behind so many entries of SQLite's stack. */
    Expr nested(int entries) {
        return nested(entries, OR);
    }

    private Expr nested(int entries, int precedence) {
        tokens.enter(entries);
        Expr expr = parse(precedence);
        tokens.leave(entries);
        return expr;
    }

    /** An expression whose outermost infix operators have at least that precedence. */
    private Expr parse(int precedence) {
        int start = tokens.start();
        return infix(start, prefix(), precedence);
    }

    private Expr infix(int start, Expr first, int precedence) {
        Expr left = first;
        while (true) {
            int kind = tokens.kind();
            int here = PRECEDENCE[kind];
            if (here == 0 || here < precedence) {
                return left;
            }
            BinaryOp op = BINARY[kind];
            if (op != null) {
                tokens.advance();
                left = binary(start, op, left, here);
            } else {
                left = wordOperator(start, kind, left);
            }
        }
    }

    private Expr binary(int start, BinaryOp op, Expr left, int precedence) {
        int leftHeight = height;
        Expr right = nested(2, precedence + 1);
        setParentHeight(Math.max(leftHeight, height), start);
        return new Expr.Binary(tokens.spanFrom(start), op, left, right);
    }

    private Expr wordOperator(int start, int kind, Expr left) {
        tokens.advance();
        switch (kind) {
            case TokenKind.COLLATE: {
                Name collation = tokens.alias();
                setParentHeight(height, start);
                return new Expr.Collate(tokens.spanFrom(start), left, collation);
            }
            case TokenKind.ISNULL:
                return isNull(start, left, false);
            case TokenKind.NOTNULL:
                return isNull(start, left, true);
            case TokenKind.IS:
                return is(start, left);
            case TokenKind.NOT: {
                int negated = tokens.kind();
                if (negated == TokenKind.NULL) {
                    tokens.advance();
                    return isNull(start, left, true);
                }
                if (negated != TokenKind.BETWEEN && negated != TokenKind.IN && likeOp(negated) == null) {
                    throw tokens.unexpected();
                }
                tokens.advance();
                return testOperator(start, negated, left, true);
            }
            default:
                return testOperator(start, kind, left, false);
        }
    }

    private Expr isNull(int start, Expr operand, boolean negated) {
        setParentHeight(height, start);
        return new Expr.IsNull(tokens.spanFrom(start), operand, negated);
    }

    private Expr is(int start, Expr left) {
        boolean negated = tokens.accept(TokenKind.NOT);
        if (tokens.accept(TokenKind.DISTINCT)) {
            tokens.expect(TokenKind.FROM);
            negated = !negated;
        }
        return binary(start, negated ? BinaryOp.IS_NOT : BinaryOp.IS, left, EQUALITY);
    }

    private static LikeOp likeOp(int kind) {
        return switch (kind) {
            case TokenKind.LIKE -> LikeOp.LIKE;
            case TokenKind.GLOB -> LikeOp.GLOB;
            case TokenKind.REGEXP -> LikeOp.REGEXP;
            case TokenKind.MATCH -> LikeOp.MATCH;
            default -> null;
        };
    }

    private Expr testOperator(int start, int kind, Expr left, boolean negated) {
        Expr test =
                switch (kind) {
                    case TokenKind.BETWEEN -> between(start, left, negated);
                    case TokenKind.IN -> in(start, left, negated);
                    default -> like(start, likeOp(kind), left, negated);
                };
        if (negated) {
            // SQLite wraps the test in a NOT.
            setParentHeight(height, start);
        }
        return test;
    }

    private Expr like(int start, LikeOp op, Expr text, boolean negated) {
        int highest = height;
        Expr pattern = nested(2, COMPARISON);
        highest = Math.max(highest, height);
        Expr escape = null;
        if (tokens.accept(TokenKind.ESCAPE)) {
            escape = nested(4, COMPARISON);
            highest = Math.max(highest, height);
        }
        setParentHeight(highest, start);
        return new Expr.Like(tokens.spanFrom(start), op, negated, text, pattern, escape);
    }

    private Expr between(int start, Expr operand, boolean negated) {
        int highest = height;
        // The first AND that no operand of OR holds ends the lower bound.
        int lowStart = tokens.start();
        Expr low = nested(2, NOT);
        while (tokens.is(TokenKind.OR)) {
            tokens.advance();
            low = binary(lowStart, BinaryOp.OR, low, OR);
        }
        highest = Math.max(highest, height);
        tokens.expect(TokenKind.AND);
        Expr high = nested(4, COMPARISON);
        setParentHeight(Math.max(highest, height), start);
        return new Expr.Between(tokens.spanFrom(start), negated, operand, low, high);
    }

    private Expr in(int start, Expr operand, boolean negated) {
        int highest = height;
        if (!tokens.is(TokenKind.LEFT_PAREN)) {
            Name table = tokens.name();
            Name schema = null;
            if (tokens.accept(TokenKind.DOT)) {
                schema = table;
                table = tokens.name();
            }
            List<Expr> arguments = null;
            if (tokens.accept(TokenKind.LEFT_PAREN)) {
                arguments = listUntilParen();
                highest = Math.max(highest, height);
            }
            setParentHeight(highest, start);
            return new Expr.InTable(tokens.spanFrom(start), negated, operand, schema, table, arguments);
        }
        tokens.advance();
        if (TokenKind.startsSelect(tokens.kind())) {
            Select select = selects.nested(3);
            setParentHeight(Math.max(highest, height), start);
            return new Expr.InSelect(tokens.spanFrom(start), negated, operand, select);
        }
        tokens.enter(3);
        List<Expr> list = listUntilParen();
        tokens.leave(3);
        if (list.size() == 1 && Constants.isConstant(list.get(0))) {
            height++; // x IN (1) is x = +1
        }
        setParentHeight(Math.max(highest, height), start);
        if (operand instanceof Expr.RowValue row) {
            checkElements(row.elements().size(), list, start);
        }
        return new Expr.InList(tokens.spanFrom(start), negated, operand, list);
    }

    private void checkElements(int expected, List<Expr> list, int start) {
        if (list.size() == 1 && list.get(0) instanceof Expr.ScalarSubquery) {
            return;
        }
        for (Expr element : list) {
            int terms = element instanceof Expr.RowValue row ? row.elements().size() : 1;
            if (terms != expected) {
                String message = "IN(...) element has " + terms + (terms > 1 ? " terms" : " term");
                tokens.fail(message + " - expected " + expected, start);
                return;
            }
        }
    }

    private Expr prefix() {
        int start = tokens.start();
        int kind = tokens.kind();
        switch (kind) {
            case TokenKind.NOT:
                return unary(start, UnaryOp.NOT, NOT);
            case TokenKind.MINUS:
                return unary(start, UnaryOp.NEGATE, UNARY);
            case TokenKind.PLUS:
                return unary(start, UnaryOp.PLUS, UNARY);
            case TokenKind.TILDE:
                return unary(start, UnaryOp.BIT_NOT, UNARY);
            case TokenKind.LEFT_PAREN:
                return parenthesized(start);
            case TokenKind.CAST:
                return cast(start);
            case TokenKind.CASE:
                return functions.caseExpression(start);
            case TokenKind.EXISTS:
                return exists(start);
            case TokenKind.RAISE:
                return functions.raise(start);
            default:
                height = 1;
                return literals.isHere() ? literals.literal() : named(start, kind);
        }
    }

    private Expr unary(int start, UnaryOp op, int precedence) {
        tokens.advance();
        Expr operand = nested(1, precedence);
        setParentHeight(height, start);
        return new Expr.Unary(tokens.spanFrom(start), op, operand);
    }

    private Expr named(int start, int kind) {
        if (!TokenKind.isName(kind)) {
            throw tokens.unexpected();
        }
        int next = tokens.kindAhead(1);
        if (next == TokenKind.LEFT_PAREN && TokenKind.isIdentifier(kind)) {
            return functions.call(start);
        }
        Name first = tokens.takeName();
        if (next != TokenKind.DOT) {
            return new Expr.ColumnName(first.span(), null, null, first);
        }
        tokens.advance();
        Name second = tokens.name();
        if (!tokens.accept(TokenKind.DOT)) {
            return new Expr.ColumnName(tokens.spanFrom(start), null, first, second);
        }
        Name third = tokens.name();
        return new Expr.ColumnName(tokens.spanFrom(start), first, second, third);
    }

    private Expr parenthesized(int start) {
        tokens.advance();
        if (TokenKind.startsSelect(tokens.kind())) {
            Select select = selects.nested(1);
            setParentHeight(height, start);
            return new Expr.ScalarSubquery(tokens.spanFrom(start), select);
        }
        Expr first = nested(1);
        if (tokens.accept(TokenKind.RIGHT_PAREN)) {
            return first;
        }
        if (!tokens.is(TokenKind.COMMA)) {
            throw tokens.unexpected();
        }
        int highest = height;
        List<Expr> elements = new ArrayList<>();
        elements.add(first);
        while (tokens.accept(TokenKind.COMMA)) {
            elements.add(nested(3));
            highest = Math.max(highest, height);
        }
        tokens.expect(TokenKind.RIGHT_PAREN);
        setParentHeight(highest, start);
        return new Expr.RowValue(tokens.spanFrom(start), List.copyOf(elements));
    }

    private Expr exists(int start) {
        tokens.advance();
        tokens.expect(TokenKind.LEFT_PAREN);
        if (!TokenKind.startsSelect(tokens.kind())) {
            throw tokens.unexpected();
        }
        Select select = selects.nested(2);
        setParentHeight(height, start);
        return new Expr.Exists(tokens.spanFrom(start), select);
    }

    private Expr cast(int start) {
        tokens.advance();
        tokens.expect(TokenKind.LEFT_PAREN);
        Expr operand = nested(2);
        tokens.expect(TokenKind.AS);
        TypeName type = literals.typeName();
        if (type == null) {
            type = new TypeName(new Span(tokens.start(), tokens.start()), "");
        }
        tokens.expect(TokenKind.RIGHT_PAREN);
        setParentHeight(height, start);
        return new Expr.Cast(tokens.spanFrom(start), operand, type);
    }

    /** One expression or more, between commas. */
    List<Expr> list() {
        List<Expr> list = new ArrayList<>(4);
        list.add(parse());
        int highest = height;
        while (tokens.accept(TokenKind.COMMA)) {
            list.add(nested(2));
            highest = Math.max(highest, height);
        }
        height = highest;
        return List.copyOf(list);
    }

    /** Any number of expressions and the closing parenthesis. */
    List<Expr> listUntilParen() {
        if (tokens.accept(TokenKind.RIGHT_PAREN)) {
            height = 0;
            return List.of();
        }
        List<Expr> list = list();
        tokens.expect(TokenKind.RIGHT_PAREN);
        return list;
    }

    /** What follows ORDER BY, or stands in the parentheses of an index or key. */
    List<OrderingTerm> orderingTerms() {
        List<OrderingTerm> terms = new ArrayList<>(4);
        int highest = 0;
        do {
            Expr expr = parse();
            highest = Math.max(highest, height);
            SortOrder order = sortOrder();
            OrderingTerm.Nulls nulls = null;
            if (tokens.accept(TokenKind.NULLS)) {
                if (tokens.accept(TokenKind.FIRST)) {
                    nulls = OrderingTerm.Nulls.FIRST;
                } else {
                    tokens.expect(TokenKind.LAST);
                    nulls = OrderingTerm.Nulls.LAST;
                }
            }
            terms.add(new OrderingTerm(expr, order, nulls));
        } while (tokens.accept(TokenKind.COMMA));
        height = highest;
        return List.copyOf(terms);
    }

    /** ASC, DESC or null. */
    SortOrder sortOrder() {
        if (tokens.accept(TokenKind.ASC)) {
            return SortOrder.ASC;
        }
        return tokens.accept(TokenKind.DESC) ? SortOrder.DESC : null;
    }
}
