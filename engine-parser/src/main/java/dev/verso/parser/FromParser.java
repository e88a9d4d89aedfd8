package dev.verso.parser;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Select.FromItem;
import dev.verso.parser.ast.Select.JoinKind;
import java.util.ArrayList;
import java.util.List;

/** The FROM clause: sources and joins. */
final class FromParser {
    private static final int LEFT = 1;
    private static final int RIGHT = 2;
    private static final int OUTER = 4;
    private static final int INNER = 8;
    private static final int CROSS = 16;
    private static final int NATURAL = 32;
    private static final int UNKNOWN = 64;

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final SelectParser selects;

    FromParser(Tokens tokens, ExpressionParser expressions, SelectParser selects) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.selects = selects;
    }

    /** What follows FROM. */
    List<FromItem> parse() {
        List<FromItem> items = new ArrayList<>(4);
        Select.Join join = null;
        do {
            items.add(item(join));
            join = join();
        } while (join != null);
        return List.copyOf(items);
    }

    private FromItem item(Select.Join join) {
        int start = tokens.start();
        Select.Source source = source();
        Expr on = null;
        List<Name> using = List.of();
        boolean isOn = tokens.is(TokenKind.ON);
        if (tokens.accept(TokenKind.ON)) {
            on = expressions.nested(5);
        } else if (tokens.accept(TokenKind.USING)) {
            tokens.expect(TokenKind.LEFT_PAREN);
            using = tokens.names();
            tokens.expect(TokenKind.RIGHT_PAREN);
        }
        if (join == null && (on != null || !using.isEmpty())) {
            tokens.fail("a JOIN clause is required before " + (isOn ? "ON" : "USING"), start);
        }
        return new FromItem(join, source, on, using);
    }

    private Select.Source source() {
        int start = tokens.start();
        if (tokens.accept(TokenKind.LEFT_PAREN)) {
            tokens.enter(2);
            Select.Source source;
            if (TokenKind.startsSelect(tokens.kind())) {
                Select select = selects.nested(0);
                Name alias = selects.alias();
                source = new Select.SubquerySource(tokens.spanFrom(start), select, alias);
            } else {
                List<FromItem> items = parse();
                tokens.expect(TokenKind.RIGHT_PAREN);
                Name alias = selects.alias();
                source = new Select.JoinSource(tokens.spanFrom(start), items, alias);
            }
            tokens.leave(2);
            return source;
        }
        Name table = tokens.name();
        Name schema = null;
        if (tokens.accept(TokenKind.DOT)) {
            schema = table;
            table = tokens.name();
        }
        if (tokens.accept(TokenKind.LEFT_PAREN)) {
            List<Expr> arguments = expressions.listUntilParen();
            Name alias = selects.alias();
            return new Select.FunctionSource(tokens.spanFrom(start), schema, table, arguments, alias);
        }
        return tableSource(start, schema, table, selects.alias());
    }

    /** Reads INDEXED BY or NOT INDEXED, if it is there, and makes the source. */
    Select.TableSource tableSource(int start, Name schema, Name table, Name alias) {
        Name indexedBy = null;
        boolean notIndexed = false;
        if (tokens.accept(TokenKind.INDEXED)) {
            tokens.expect(TokenKind.BY);
            indexedBy = tokens.name();
        } else if (tokens.accept(TokenKind.NOT)) {
            tokens.expect(TokenKind.INDEXED);
            notIndexed = true;
        }
        return new Select.TableSource(tokens.spanFrom(start), schema, table, alias, indexedBy, notIndexed);
    }

    private Select.Join join() {
        if (tokens.accept(TokenKind.COMMA)) {
            return new Select.Join(JoinKind.COMMA, false);
        }
        if (tokens.accept(TokenKind.JOIN)) {
            return new Select.Join(JoinKind.INNER, false);
        }
        return TokenKind.isJoinWord(tokens.kind()) ? wordedJoin() : null;
    }

    /** Up to three words before JOIN, the first of them a join word and the others any names: SQLite judges them afterwards. */
    private Select.Join wordedJoin() {
        int start = tokens.start();
        StringBuilder text = new StringBuilder();
        int words = 0;
        int flags = 0;
        do {
            text.append(words == 0 ? "" : " ").append(tokens.text());
            flags |= flags(tokens.kind());
            tokens.advance();
            words++;
        } while (words < 3 && TokenKind.isName(tokens.kind()));
        tokens.expect(TokenKind.JOIN);
        boolean outer = (flags & OUTER) != 0;
        if ((flags & UNKNOWN) != 0 || (outer && (flags & INNER) != 0) || (flags & (OUTER | LEFT | RIGHT)) == OUTER) {
            tokens.fail("unknown join type: " + text, start);
        }
        boolean natural = (flags & NATURAL) != 0;
        JoinKind kind;
        if ((flags & (LEFT | RIGHT)) == (LEFT | RIGHT)) {
            kind = JoinKind.FULL;
        } else if ((flags & LEFT) != 0) {
            kind = JoinKind.LEFT;
        } else if ((flags & RIGHT) != 0) {
            kind = JoinKind.RIGHT;
        } else {
            kind = (flags & CROSS) != 0 ? JoinKind.CROSS : JoinKind.INNER;
        }
        return new Select.Join(kind, natural);
    }

    private static int flags(int kind) {
        return switch (kind) {
            case TokenKind.NATURAL -> NATURAL;
            case TokenKind.LEFT -> LEFT | OUTER;
            case TokenKind.RIGHT -> RIGHT | OUTER;
            case TokenKind.FULL -> LEFT | RIGHT | OUTER;
            case TokenKind.OUTER -> OUTER;
            case TokenKind.INNER -> INNER;
            case TokenKind.CROSS -> INNER | CROSS;
            default -> UNKNOWN;
        };
    }
}
