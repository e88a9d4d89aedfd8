package dev.verso.parser;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Span;
import dev.verso.parser.ast.TypeName;

/** Literals, parameters and declared types. */
final class LiteralParser {
    private static final int MAX_PARAMETER = 250_000;

    private final Tokens tokens;

    LiteralParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Whether the token at the cursor is a literal or a parameter; a string before a dot is a name. */
    boolean isHere() {
        return switch (tokens.kind()) {
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
            tokens.addParameter((Expr.Parameter) literal);
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
}
