package dev.verso.parser;

/**
 * Changes of constraints in the text of a CREATE TABLE, token by token, as SQLite makes them: the rest of the text stays as it was written. Texts are
 * those of stored definitions and known to parse.
 */
public final class DefinitionText {
    private final String sql;
    private final Tokenizer tokenizer;
    /** Just past the last token. */
    private int at;

    private int kind;

    private DefinitionText(String sql) {
        this.sql = sql;
        tokenizer = new Tokenizer(sql);
        do {
            step();
        } while (kind != TokenKind.LEFT_PAREN && !ended());
    }

    /** Offset of the first token at or after {@code offset}. */
    public static int nextToken(String sql, int offset) {
        return new Tokenizer(sql).skipBlanks(offset);
    }

    /** Just past the first token at or after {@code offset}. */
    public static int endOfToken(String sql, int offset) {
        Tokenizer tokenizer = new Tokenizer(sql);
        tokenizer.tokenAt(tokenizer.skipBlanks(offset));
        return tokenizer.end();
    }

    /** The text with a constraint at the end of the table ({@code column} negative) or of that column (from 0). */
    public static String withConstraint(String sql, String constraint, int column) {
        return new DefinitionText(sql).add(constraint, column);
    }

    /** True if a constraint has that name. */
    public static boolean hasConstraint(String sql, String name) {
        DefinitionText text = new DefinitionText(sql);
        while (true) {
            text.take();
            if (text.ended()) {
                return false;
            }
            if (text.kind == TokenKind.CONSTRAINT && AsciiNames.same(text.takeName(), name)) {
                return true;
            }
        }
    }

    /** What became of a constraint that was to be removed. @param text null if there is no such constraint @param refused if it may not be removed */
    public record Removal(String text, boolean refused) {}

    /** Removes the constraint of that name: NOT NULL, CHECK or a foreign key, or a name that nothing of that kind follows. */
    public static Removal withoutConstraint(String sql, String name) {
        return new DefinitionText(sql).remove(name, -1);
    }

    /** Removes NOT NULL of a column (from 0); the same text if it has none. */
    public static String withoutNotNull(String sql, int column) {
        String text = new DefinitionText(sql).remove(null, column).text();
        return text == null ? sql : text;
    }

    private boolean ended() {
        return kind == TokenKind.ILLEGAL || kind == TokenKind.END_OF_INPUT;
    }

    private void step() {
        kind = tokenizer.tokenAt(tokenizer.skipBlanks(at));
        if (!ended()) {
            at = tokenizer.end();
        }
    }

    /** Takes a token; parentheses with all that they hold are one. */
    private void take() {
        step();
        if (kind == TokenKind.LEFT_PAREN) {
            for (int depth = 1; depth > 0; ) {
                step();
                if (ended()) {
                    return;
                }
                depth += kind == TokenKind.LEFT_PAREN ? 1 : kind == TokenKind.RIGHT_PAREN ? -1 : 0;
            }
            kind = TokenKind.LEFT_PAREN;
        }
    }

    private String takeName() {
        int start = tokenizer.skipBlanks(at);
        step();
        String written = sql.substring(start, at);
        boolean quoted = !written.isEmpty() && "\"'`[".indexOf(written.charAt(0)) >= 0;
        return quoted ? Tokens.unquote(sql, start, at) : written;
    }

    /** Kind of the next token, which stays. */
    private int ahead() {
        int before = at;
        int kindBefore = kind;
        take();
        int next = ended() ? TokenKind.ILLEGAL : kind;
        at = before;
        kind = kindBefore;
        return next;
    }

    private String add(String constraint, int column) {
        int next = TokenKind.ILLEGAL;
        for (int item = 0; item <= column || column < 0 && next != TokenKind.RIGHT_PAREN; item++) {
            take();
            next = ahead();
            while (next != TokenKind.COMMA && next != TokenKind.RIGHT_PAREN && next != TokenKind.ILLEGAL) {
                take();
                next = ahead();
            }
            if (next == TokenKind.ILLEGAL) {
                throw new SqlSyntaxException("incomplete input", at);
            }
        }
        int place = tokenizer.skipBlanks(at);
        return sql.substring(0, place) + (column < 0 ? ", " : " ") + constraint + sql.substring(place);
    }

    private Removal remove(String name, int column) {
        for (int item = 0; ; item++) {
            while (true) {
                int start = at;
                take();
                if (kind == TokenKind.CONSTRAINT && (name != null || column == item)) {
                    String found = takeName();
                    boolean wanted = name != null && AsciiNames.same(found, name);
                    int what = definitionOfNamed();
                    if (wanted || name == null && what == TokenKind.NOT) {
                        boolean removable = what == TokenKind.NOT
                                || what == TokenKind.CHECK
                                || what == TokenKind.REFERENCES
                                || what == TokenKind.FOREIGN;
                        return removable ? new Removal(cut(start), false) : new Removal(null, true);
                    }
                } else if (kind == TokenKind.NOT && column == item) {
                    skipDefinition();
                    return new Removal(cut(start), false);
                } else if (kind == TokenKind.RIGHT_PAREN || ended()) {
                    return new Removal(null, false);
                } else if (kind == TokenKind.COMMA) {
                    break;
                }
            }
        }
    }

    /** Takes what a name stands before. @return what kind of constraint it is: its first token; CHECK where only the name is to be taken */
    private int definitionOfNamed() {
        int what = ahead();
        switch (what) {
            case TokenKind.CONSTRAINT,
                    TokenKind.DEFAULT,
                    TokenKind.COLLATE,
                    TokenKind.COMMA,
                    TokenKind.RIGHT_PAREN,
                    TokenKind.GENERATED,
                    TokenKind.AS:
                return TokenKind.CHECK;
            default:
                break;
        }
        take();
        if (what == TokenKind.FOREIGN) {
            skipDefinition();
            take();
        }
        if (what == TokenKind.FOREIGN || what == TokenKind.REFERENCES) {
            take(); // the table, whose name may be any word
        }
        skipDefinition();
        return what;
    }

    /** Takes tokens up to what begins or ends a definition. */
    private void skipDefinition() {
        while (true) {
            switch (ahead()) {
                case TokenKind.CONSTRAINT,
                        TokenKind.PRIMARY,
                        TokenKind.NOT,
                        TokenKind.UNIQUE,
                        TokenKind.CHECK,
                        TokenKind.DEFAULT,
                        TokenKind.COLLATE,
                        TokenKind.REFERENCES,
                        TokenKind.FOREIGN,
                        TokenKind.RIGHT_PAREN,
                        TokenKind.COMMA,
                        TokenKind.AS,
                        TokenKind.GENERATED,
                        TokenKind.ILLEGAL:
                    return;
                default:
                    take();
            }
        }
    }

    /** The text without what stands between {@code from} and here, blanks behind it included. */
    private String cut(int from) {
        int start = from;
        int end = tokenizer.skipBlanks(at);
        int next = ahead();
        String space = " ";
        if (next == TokenKind.RIGHT_PAREN || next == TokenKind.COMMA) {
            space = "";
            if (sql.charAt(start - 1) == ',') {
                start--;
            }
        }
        return sql.substring(0, start) + space + sql.substring(end);
    }
}
