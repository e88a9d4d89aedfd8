package dev.verso.parser;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A cursor over the tokens of a text, cut only as far as the parser looks; and the errors that name the token at the cursor. */
final class Tokens {
    /** Entries of the stack of SQLite's parser; what it nests deeper than that, it refuses. */
    private static final int MAX_STACK = 2500;

    final String sql;
    private final Tokenizer tokenizer;
    private int[] kinds = new int[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int count;
    private int at;
    /** Entries that SQLite's parser would have on its stack, nearly. */
    private int stack = 2;

    private int nesting;
    /** Kind of the token at the cursor. */
    private int kind;
    /** What {@link #fail} has noted, or null. */
    private SqlSyntaxException failure;
    /** Parameters read so far. */
    private List<Expr.Parameter> parameters = List.of();

    Tokens(String sql, int offset) {
        this.sql = sql;
        this.tokenizer = new Tokenizer(sql);
        // The place before the first token stands where the cutting begins.
        append(TokenKind.SEMICOLON, offset, offset);
        at = 1;
        kind = fill(1);
    }

    private void append(int tokenKind, int start, int end) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, count * 2);
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        kinds[count] = tokenKind;
        starts[count] = start;
        ends[count] = end;
        count++;
    }

    private int fill(int index) {
        while (count <= index) {
            int start = tokenizer.skipBlanks(ends[count - 1]);
            int tokenKind = tokenizer.tokenAt(start);
            int end = tokenizer.end();
            if (tokenKind == TokenKind.WINDOW || tokenKind == TokenKind.OVER || tokenKind == TokenKind.FILTER) {
                tokenKind = inContext(tokenKind, end);
            }
            append(tokenKind, start, end);
        }
        return kinds[index];
    }

    /** WINDOW, OVER and FILTER are keywords only where what stands around them makes them so. */
    private int inContext(int tokenKind, int end) {
        boolean afterCall = kinds[count - 1] == TokenKind.RIGHT_PAREN;
        int next = kindBeyond(end);
        boolean isKeyword;
        if (tokenKind == TokenKind.WINDOW) {
            isKeyword = next == TokenKind.IDENTIFIER && kindBeyond(tokenizer.end()) == TokenKind.AS;
        } else if (tokenKind == TokenKind.OVER) {
            isKeyword = afterCall && (next == TokenKind.LEFT_PAREN || next == TokenKind.IDENTIFIER);
        } else {
            isKeyword = afterCall && next == TokenKind.LEFT_PAREN;
        }
        return isKeyword ? tokenKind : TokenKind.IDENTIFIER;
    }

    private int kindBeyond(int offset) {
        int next = tokenizer.tokenAt(tokenizer.skipBlanks(offset));
        boolean isWord = next == TokenKind.WINDOW
                || next == TokenKind.OVER
                || (TokenKind.isName(next) && next != TokenKind.INDEXED);
        return isWord ? TokenKind.IDENTIFIER : next;
    }

    int kind() {
        return kind;
    }

    /** Kind of the token {@code distance} places after the cursor. */
    int kindAhead(int distance) {
        return fill(at + distance);
    }

    boolean is(int expected) {
        return kind == expected;
    }

    void advance() {
        if (failure != null) {
            throw failure;
        }
        kind = fill(++at);
    }

    /** Moves on if the token at the cursor is of that kind. */
    boolean accept(int expected) {
        if (kind == expected) {
            advance();
            return true;
        }
        return false;
    }

    void expect(int expected) {
        if (kind != expected) {
            throw unexpected();
        }
        advance();
    }

    /** Offset of the token at the cursor. */
    int start() {
        return starts[at];
    }

    /** End of the token at the cursor. */
    int end() {
        return ends[at];
    }

    /** End of the token before the cursor. */
    int lastEnd() {
        return ends[at - 1];
    }

    /** From {@code start} to the end of the token before the cursor. */
    Span spanFrom(int start) {
        return new Span(start, ends[at - 1]);
    }

    void addParameter(Expr.Parameter parameter) {
        if (parameters.isEmpty()) {
            parameters = new ArrayList<>(4);
        }
        parameters.add(parameter);
    }

    List<Expr.Parameter> parameters() {
        return parameters;
    }

    String text() {
        return sql.substring(starts[at], ends[at]);
    }

    /** Whether the token at the cursor is that word, unquoted, in any case. */
    boolean isWord(String word) {
        return ends[at] - starts[at] == word.length() && sql.regionMatches(true, starts[at], word, 0, word.length());
    }

    /** Takes the token at the cursor as a name. */
    Name name() {
        if (!TokenKind.isName(kind)) {
            throw unexpected();
        }
        return takeName();
    }

    /** Like {@link #name}, but not INDEXED and no word of a join: an alias without AS, or a collation. */
    Name alias() {
        if (!TokenKind.isAlias(kind)) {
            throw unexpected();
        }
        return takeName();
    }

    List<Name> names() {
        List<Name> names = new ArrayList<>(4);
        do {
            names.add(name());
        } while (accept(TokenKind.COMMA));
        return List.copyOf(names);
    }

    /** Takes the token at the cursor as a name, whatever it is. */
    Name takeName() {
        int start = starts[at];
        int end = ends[at];
        Name.Quoting quoting =
                switch (sql.charAt(start)) {
                    case '"' -> Name.Quoting.DOUBLE;
                    case '[' -> Name.Quoting.BRACKET;
                    case '`' -> Name.Quoting.BACKTICK;
                    case '\'' -> Name.Quoting.SINGLE;
                    default -> Name.Quoting.NONE;
                };
        String text = quoting == Name.Quoting.NONE ? sql.substring(start, end) : unquote(sql, start, end);
        advance();
        return new Name(new Span(start, end), text, quoting);
    }

    /** Content of a quoted token: the quotes removed, doubled ones made single. */
    static String unquote(String sql, int start, int end) {
        char quote = sql.charAt(start);
        String inside = sql.substring(start + 1, end - 1);
        if (quote == '[' || inside.indexOf(quote) < 0) {
            return inside;
        }
        String one = String.valueOf(quote);
        return inside.replace(one + one, one);
    }

    /** Goes deeper into nested syntax, which takes so many entries of SQLite's stack. */
    void enter(int entries) {
        stack += entries;
        noteNesting(stack);
        if (stack > DeepNesting.ENTRIES) {
            DeepNesting.prepare();
            if (stack > MAX_STACK) {
                throw new SqlSyntaxException("Recursion limit", starts[at]);
            }
        }
    }

    /** Notes that the tree is so deep. */
    void noteNesting(int levels) {
        nesting = Math.max(nesting, levels);
    }

    int nesting() {
        return nesting;
    }

    void leave(int entries) {
        stack -= entries;
    }

    /** The error for a token that has no business where the cursor is. */
    SqlSyntaxException unexpected() {
        return switch (kind) {
            case TokenKind.END_OF_INPUT -> new SqlSyntaxException("incomplete input", starts[at]);
            case TokenKind.ILLEGAL -> unrecognized(at);
            default -> new SqlSyntaxException("near \"" + text() + "\": syntax error", starts[at]);
        };
    }

    private SqlSyntaxException unrecognized(int index) {
        return new SqlSyntaxException(
                "unrecognized token: \"" + sql.substring(starts[index], ends[index]) + '"', starts[index]);
    }

    /**
     * Notes an error that SQLite words by itself when it has understood a part of the text. As in SQLite it is reported when the token at the
     * cursor has been taken, since a token that does not fit there is reported first, and so is a later error of this kind.
     */
    void fail(String message, int offset) {
        fail(new SqlSyntaxException(message, offset));
    }

    /** Notes what is wrong, unless more is found later. */
    void fail(SqlSyntaxException problem) {
        failure = problem;
    }

    /** Reports what {@link #fail} has noted, at the end of a statement. */
    void checkFailure() {
        if (failure != null) {
            throw failure;
        }
    }
}
