package dev.verso.parser;

/**
 * Cuts SQL text into tokens as SQLite's tokenizer does. Remembers the end of the last token, nothing else. The text ends at a NUL, as for SQLite,
 * which reads a C string; and is read no further than asked for.
 */
final class Tokenizer {
    /** What characters below 0x80 may be in a word; beyond, all are parts of words and none is a letter. */
    private static final byte[] IN_WORD = new byte[0x80];

    private static final byte WORD_PART = 1;
    private static final byte KEYWORD_LETTER = 2;

    static {
        for (char c = 0; c < IN_WORD.length; c++) {
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            IN_WORD[c] = letter ? KEYWORD_LETTER : isDigit(c) || c == '$' ? WORD_PART : 0;
        }
    }

    private final String sql;
    private final int length;
    private int end;

    Tokenizer(String sql) {
        this.sql = sql;
        this.length = sql.length();
    }

    /** Just past the token that {@link #tokenAt} found last. */
    int end() {
        return end;
    }

    /** Offset of the first token at or after {@code at}: blanks and comments are skipped. */
    int skipBlanks(int at) {
        int i = at;
        while (true) {
            char c = charAt(i);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r') {
                do {
                    i++;
                } while (isSpace(charAt(i)));
            } else if (c == '-' && charAt(i + 1) == '-') {
                i = endOfLine(i);
            } else if (c == '/' && charAt(i + 1) == '*' && charAt(i + 2) != 0) {
                i = endOfComment(i + 2);
            } else if (c == '\uFEFF') {
                i++;
            } else {
                return i;
            }
        }
    }

    private int endOfLine(int at) {
        int i = at;
        for (char c = charAt(i); c != 0 && c != '\n'; c = charAt(i)) {
            i++;
        }
        return i;
    }

    private int endOfComment(int at) {
        int i = at;
        for (char c = charAt(i); c != 0; c = charAt(i)) {
            i++;
            if (c == '*' && charAt(i) == '/') {
                return i + 1;
            }
        }
        return i;
    }

    /** Kind of the token that begins at {@code start}, which is no blank. */
    int tokenAt(int start) {
        char c = charAt(start);
        if (c == 0) {
            end = start;
            return TokenKind.END_OF_INPUT;
        }
        end = start + 1;
        switch (c) {
            case '(':
                return TokenKind.LEFT_PAREN;
            case ')':
                return TokenKind.RIGHT_PAREN;
            case ';':
                return TokenKind.SEMICOLON;
            case ',':
                return TokenKind.COMMA;
            case '+':
                return TokenKind.PLUS;
            case '*':
                return TokenKind.STAR;
            case '/':
                return TokenKind.SLASH;
            case '%':
                return TokenKind.PERCENT;
            case '&':
                return TokenKind.BIT_AND;
            case '~':
                return TokenKind.TILDE;
            case '-':
                if (charAt(end) != '>') {
                    return TokenKind.MINUS;
                }
                end++;
                return follows('>') ? TokenKind.DOUBLE_ARROW : TokenKind.ARROW;
            case '=':
                follows('=');
                return TokenKind.EQUAL;
            case '<':
                return follows('=')
                        ? TokenKind.LESS_EQUAL
                        : follows('>') ? TokenKind.NOT_EQUAL : follows('<') ? TokenKind.SHIFT_LEFT : TokenKind.LESS;
            case '>':
                return follows('=')
                        ? TokenKind.GREATER_EQUAL
                        : follows('>') ? TokenKind.SHIFT_RIGHT : TokenKind.GREATER;
            case '!':
                return follows('=') ? TokenKind.NOT_EQUAL : TokenKind.ILLEGAL;
            case '|':
                return follows('|') ? TokenKind.CONCAT : TokenKind.BIT_OR;
            case '\'':
                return quoted(c, TokenKind.STRING);
            case '"':
            case '`':
                return quoted(c, TokenKind.IDENTIFIER);
            case '[':
                return bracketed();
            case '.':
                return isDigit(charAt(end)) ? number(start) : TokenKind.DOT;
            case '?':
                while (isDigit(charAt(end))) {
                    end++;
                }
                return TokenKind.VARIABLE;
            case '$':
            case '@':
            case ':':
            case '#':
                return namedVariable();
            case 'x':
            case 'X':
                return charAt(end) == '\'' ? blob() : word(start);
            default:
                if (isDigit(c)) {
                    return number(start);
                }
                return isWordPart(c) ? word(start) : TokenKind.ILLEGAL;
        }
    }

    private char charAt(int i) {
        return i < length ? sql.charAt(i) : 0;
    }

    private boolean follows(char c) {
        if (charAt(end) == c) {
            end++;
            return true;
        }
        return false;
    }

    private int quoted(char quote, int kind) {
        for (char c = charAt(end); c != 0; c = charAt(end)) {
            end++;
            if (c == quote) {
                if (charAt(end) != quote) {
                    return kind;
                }
                end++;
            }
        }
        return TokenKind.ILLEGAL;
    }

    private int bracketed() {
        for (char c = charAt(end); c != 0; c = charAt(end)) {
            end++;
            if (c == ']') {
                return TokenKind.IDENTIFIER;
            }
        }
        return TokenKind.ILLEGAL;
    }

    private int blob() {
        end++;
        int firstDigit = end;
        while (isHexDigit(charAt(end))) {
            end++;
        }
        if (charAt(end) == '\'' && (end - firstDigit) % 2 == 0) {
            end++;
            return TokenKind.BLOB;
        }
        for (char c = charAt(end); c != 0 && c != '\''; c = charAt(end)) {
            end++;
        }
        if (charAt(end) != 0) {
            end++;
        }
        return TokenKind.ILLEGAL;
    }

    private int word(int start) {
        int hash = 0;
        boolean maybeKeyword = true;
        int i = start;
        for (; i < length; i++) {
            char c = sql.charAt(i);
            int kind = c < 0x80 ? IN_WORD[c] : WORD_PART;
            if (kind == KEYWORD_LETTER) {
                hash = Keywords.extendHash(hash, c);
            } else if (kind == WORD_PART) {
                maybeKeyword = false;
            } else {
                break;
            }
        }
        end = i;
        int letters = i - start;
        return maybeKeyword && letters > 1 && letters <= Keywords.LONGEST
                ? Keywords.find(sql, start, i, hash)
                : TokenKind.IDENTIFIER;
    }

    private int number(int start) {
        int kind = TokenKind.INTEGER;
        int i = start;
        if (sql.charAt(i) == '0' && (charAt(i + 1) | 0x20) == 'x' && isHexDigit(charAt(i + 2))) {
            i += 3;
            while (true) {
                char c = charAt(i);
                if (c == '_') {
                    kind = TokenKind.SEPARATED_NUMBER;
                } else if (!isHexDigit(c)) {
                    break;
                }
                i++;
            }
        } else {
            i = digits(i);
            if (charAt(i) == '.') {
                kind = TokenKind.FLOAT;
                i = digits(i + 1);
            }
            if ((charAt(i) | 0x20) == 'e' && exponentFollows(i + 1)) {
                kind = TokenKind.FLOAT;
                i = digits(i + 2);
            }
            for (int j = start; j < i; j++) {
                if (sql.charAt(j) == '_') {
                    kind = TokenKind.SEPARATED_NUMBER;
                    break;
                }
            }
        }
        while (isWordPart(charAt(i))) {
            kind = TokenKind.ILLEGAL;
            i++;
        }
        end = i;
        return kind;
    }

    private boolean exponentFollows(int at) {
        char c = charAt(at);
        return isDigit(c) || ((c == '+' || c == '-') && isDigit(charAt(at + 1)));
    }

    private int digits(int at) {
        int i = at;
        while (isDigit(charAt(i)) || charAt(i) == '_') {
            i++;
        }
        return i;
    }

    private int namedVariable() {
        boolean hasName = false;
        while (true) {
            char c = charAt(end);
            if (isWordPart(c)) {
                hasName = true;
                end++;
            } else if (c == '(' && hasName) {
                do {
                    end++;
                    c = charAt(end);
                } while (c != 0 && !isSpace(c) && c != ')');
                if (c != ')') {
                    return TokenKind.ILLEGAL;
                }
                end++;
                return TokenKind.VARIABLE;
            } else if (c == ':' && charAt(end + 1) == ':') {
                end += 2;
            } else {
                return hasName ? TokenKind.VARIABLE : TokenKind.ILLEGAL;
            }
        }
    }

    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isHexDigit(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** Whether an identifier may go on with this character: letters, digits, {@code _}, {@code $} and all beyond ASCII. */
    static boolean isWordPart(char c) {
        return c >= 0x80 || IN_WORD[c] != 0;
    }
}
