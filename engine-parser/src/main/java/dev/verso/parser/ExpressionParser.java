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

    private static final int MAX_PARAMETER = 250_000;

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
    private final SelectParser selects;
    private final FunctionParser functions;
    /** Height of the tree that was read last; of several expressions, the greatest. */
    private int height;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
        this.selects = new SelectParser(tokens, this);
        this.functions = new FunctionParser(tokens, this);
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
        if (height > MAX_HEIGHT) {
            tokens.fail("Expression tree is too large (maximum depth " + MAX_HEIGHT + ")", start);
        }
    }

    /** An expression of any precedence. */
    Expr parse() {
        return parse(OR);
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
        tokens.enter(2);
        Expr right = parse(precedence + 1);
        tokens.leave(2);
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
        tokens.enter(3);
        Expr test =
                switch (kind) {
                    case TokenKind.BETWEEN -> between(start, left, negated);
                    case TokenKind.IN -> in(start, left, negated);
                    default -> like(start, likeOp(kind), left, negated);
                };
        tokens.leave(3);
        if (negated) {
            // SQLite wraps the test in a NOT.
            setParentHeight(height, start);
        }
        return test;
    }

    private Expr like(int start, LikeOp op, Expr text, boolean negated) {
        int highest = height;
        Expr pattern = parse(COMPARISON);
        highest = Math.max(highest, height);
        Expr escape = null;
        if (tokens.accept(TokenKind.ESCAPE)) {
            escape = parse(COMPARISON);
            highest = Math.max(highest, height);
        }
        setParentHeight(highest, start);
        return new Expr.Like(tokens.spanFrom(start), op, negated, text, pattern, escape);
    }

    private Expr between(int start, Expr operand, boolean negated) {
        int highest = height;
        // The first AND that no operand of OR holds ends the lower bound.
        int lowStart = tokens.start();
        Expr low = parse(NOT);
        while (tokens.is(TokenKind.OR)) {
            tokens.advance();
            low = binary(lowStart, BinaryOp.OR, low, OR);
        }
        highest = Math.max(highest, height);
        tokens.expect(TokenKind.AND);
        Expr high = parse(COMPARISON);
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
            Select select = selects.parse();
            tokens.expect(TokenKind.RIGHT_PAREN);
            setParentHeight(Math.max(highest, height), start);
            return new Expr.InSelect(tokens.spanFrom(start), negated, operand, select);
        }
        List<Expr> list = listUntilParen();
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
                return isLiteral(kind) ? literal() : named(start, kind);
        }
    }

    private Expr unary(int start, UnaryOp op, int precedence) {
        tokens.advance();
        tokens.enter(1);
        Expr operand = parse(precedence);
        tokens.leave(1);
        setParentHeight(height, start);
        return new Expr.Unary(tokens.spanFrom(start), op, operand);
    }

    private boolean isLiteral(int kind) {
        return switch (kind) {
            case TokenKind.NULL,
                    TokenKind.INTEGER,
                    TokenKind.FLOAT,
                    TokenKind.SEPARATED_NUMBER,
                    TokenKind.BLOB,
                    TokenKind.VARIABLE,
                    TokenKind.CURRENT_DATE,
                    TokenKind.CURRENT_TIME,
                    TokenKind.CURRENT_TIMESTAMP -> true;
            case TokenKind.STRING -> tokens.kindAhead(1) != TokenKind.DOT;
            default -> false;
        };
    }

    /** A literal or parameter: the token at the cursor. */
    Expr literal() {
        int kind = tokens.kind();
        Span span = new Span(tokens.start(), tokens.end());
        Expr literal =
                switch (kind) {
                    case TokenKind.NULL -> new Expr.NullLiteral(span);
                    case TokenKind.INTEGER, TokenKind.FLOAT, TokenKind.SEPARATED_NUMBER ->
                        new Expr.NumericLiteral(span, tokens.text());
                    case TokenKind.STRING ->
                        new Expr.StringLiteral(span, Tokens.unquote(tokens.sql, span.start(), span.end()));
                    case TokenKind.BLOB ->
                        new Expr.BlobLiteral(span, tokens.sql.substring(span.start() + 2, span.end() - 1));
                    case TokenKind.VARIABLE -> new Expr.Parameter(span, tokens.text());
                    case TokenKind.CURRENT_DATE -> new Expr.CurrentTime(span, Expr.CurrentTime.Kind.CURRENT_DATE);
                    case TokenKind.CURRENT_TIME -> new Expr.CurrentTime(span, Expr.CurrentTime.Kind.CURRENT_TIME);
                    case TokenKind.CURRENT_TIMESTAMP ->
                        new Expr.CurrentTime(span, Expr.CurrentTime.Kind.CURRENT_TIMESTAMP);
                    default -> throw tokens.unexpected();
                };
        tokens.advance();
        if (kind == TokenKind.VARIABLE) {
            checkParameter((Expr.Parameter) literal);
        } else if (kind == TokenKind.SEPARATED_NUMBER) {
            checkSeparators((Expr.NumericLiteral) literal);
        }
        return literal;
    }

    /** In a number with {@code _} in it each of them stands between two digits. */
    private void checkSeparators(Expr.NumericLiteral number) {
        String text = number.text();
        boolean isHex = (text.charAt(1) | 0x20) == 'x';
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == '_'
                    && !(isDigit(text.charAt(i - 1), isHex)
                            && i + 1 < text.length()
                            && isDigit(text.charAt(i + 1), isHex))) {
                tokens.fail(
                        "unrecognized token: \"" + halfCleaned(text, i) + '"',
                        number.span().start());
                return;
            }
        }
    }

    /** SQLite has closed the gaps up to that place when it complains, and left the rest as it was. */
    private static String halfCleaned(String number, int at) {
        String cleaned = number.substring(0, at).replace("_", "");
        return cleaned + number.substring(cleaned.length());
    }

    private static boolean isDigit(char c, boolean isHex) {
        return isHex ? Tokenizer.isHexDigit(c) : Tokenizer.isDigit(c);
    }

    private void checkParameter(Expr.Parameter parameter) {
        String text = parameter.text();
        int start = parameter.span().start();
        if (text.charAt(0) == '#' && Tokenizer.isDigit(text.charAt(1))) {
            tokens.fail("near \"" + text + "\": syntax error", start);
        }
        if (text.charAt(0) == '?' && text.length() > 1) {
            int number = 0;
            for (int i = 1; i < text.length() && number <= MAX_PARAMETER; i++) {
                number = number * 10 + (text.charAt(i) - '0');
            }
            if (number < 1 || number > MAX_PARAMETER) {
                tokens.fail("variable number must be between ?1 and ?" + MAX_PARAMETER, start);
            }
        }
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
            Select select = selects.parse();
            tokens.expect(TokenKind.RIGHT_PAREN);
            setParentHeight(height, start);
            return new Expr.ScalarSubquery(tokens.spanFrom(start), select);
        }
        tokens.enter(1);
        Expr first = parse();
        tokens.leave(1);
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
            elements.add(parse());
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
        Select select = selects.parse();
        tokens.expect(TokenKind.RIGHT_PAREN);
        setParentHeight(height, start);
        return new Expr.Exists(tokens.spanFrom(start), select);
    }

    private Expr cast(int start) {
        tokens.advance();
        tokens.expect(TokenKind.LEFT_PAREN);
        tokens.enter(3);
        Expr operand = parse();
        tokens.leave(3);
        tokens.expect(TokenKind.AS);
        TypeName type = typeName();
        if (type == null) {
            type = new TypeName(new Span(tokens.start(), tokens.start()), "");
        }
        tokens.expect(TokenKind.RIGHT_PAREN);
        setParentHeight(height, start);
        return new Expr.Cast(tokens.spanFrom(start), operand, type);
    }

    /** A declared type, or null if no word of one is here. */
    TypeName typeName() {
        if (!TokenKind.isAlias(tokens.kind())) {
            return null;
        }
        int start = tokens.start();
        do {
            tokens.advance();
        } while (TokenKind.isAlias(tokens.kind()));
        if (tokens.accept(TokenKind.LEFT_PAREN)) {
            signedNumber();
            if (tokens.accept(TokenKind.COMMA)) {
                signedNumber();
            }
            tokens.expect(TokenKind.RIGHT_PAREN);
        }
        Span span = tokens.spanFrom(start);
        return new TypeName(span, span.of(tokens.sql));
    }

    private void signedNumber() {
        if (tokens.is(TokenKind.PLUS) || tokens.is(TokenKind.MINUS)) {
            tokens.advance();
        }
        if (!TokenKind.isPlainNumber(tokens.kind())) {
            throw tokens.unexpected();
        }
        tokens.advance();
    }

    /** One expression or more, between commas. */
    List<Expr> list() {
        List<Expr> list = new ArrayList<>(4);
        int highest = 0;
        do {
            list.add(parse());
            highest = Math.max(highest, height);
        } while (tokens.accept(TokenKind.COMMA));
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
