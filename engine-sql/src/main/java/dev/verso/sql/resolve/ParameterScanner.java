package dev.verso.sql.resolve;

/**
 * Finds the parameters of a statement's text from left to right: {@code ?} counts by place in the text, not by the order in which clauses are
 * resolved. The text is known to parse.
 */
final class ParameterScanner {
    private final String sql;
    private final int end;
    private int at;

    ParameterScanner(String sql, int start, int end) {
        this.sql = sql;
        this.at = start;
        this.end = end;
    }

    /** Start of the next parameter, or -1; then {@link #position} is just past it. */
    int next() {
        while (at < end) {
            char c = sql.charAt(at);
            switch (c) {
                case '\'', '"', '`' -> skipQuoted(c);
                case '[' -> skipTo(']');
                case '-' -> {
                    if (follows('-')) {
                        skipTo('\n');
                    } else {
                        at++;
                    }
                }
                case '/' -> {
                    if (follows('*')) {
                        int close = sql.indexOf("*/", at + 2);
                        at = close < 0 ? end : close + 2;
                    } else {
                        at++;
                    }
                }
                case '?' -> {
                    int start = at++;
                    while (at < end && sql.charAt(at) >= '0' && sql.charAt(at) <= '9') {
                        at++;
                    }
                    return start;
                }
                case ':', '@', '$', '#' -> {
                    int start = at++;
                    skipName(c);
                    if (at > start + 1) {
                        return start;
                    }
                }
                default -> {
                    if (isNamePart(c)) {
                        skipName('a');
                    } else {
                        at++;
                    }
                }
            }
        }
        return -1;
    }

    int position() {
        return at;
    }

    private boolean follows(char wanted) {
        return at + 1 < end && sql.charAt(at + 1) == wanted;
    }

    private void skipTo(char close) {
        int found = sql.indexOf(close, at + 1);
        at = found < 0 ? end : found + 1;
    }

    private void skipQuoted(char quote) {
        at++;
        while (at < end) {
            if (sql.charAt(at++) == quote) {
                if (at < end && sql.charAt(at) == quote) {
                    at++;
                } else {
                    return;
                }
            }
        }
    }

    /** A name; with a parameter's prefix also {@code ::} and a suffix in parentheses, as for Tcl variables. */
    private void skipName(char prefix) {
        int start = at;
        while (at < end) {
            char c = sql.charAt(at);
            if (isNamePart(c)) {
                at++;
            } else if (prefix != 'a' && c == ':' && follows(':')) {
                at += 2;
            } else if (prefix != 'a' && c == '(' && at > start) {
                int close = sql.indexOf(')', at);
                at = close < 0 ? end : close + 1;
                return;
            } else {
                return;
            }
        }
    }

    private static boolean isNamePart(char c) {
        return c >= '0' && c <= '9'
                || c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c == '_'
                || c == '$'
                || c >= 0x80;
    }
}
