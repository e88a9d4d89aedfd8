package dev.verso.sql.schema;

import dev.verso.parser.ast.Span;

/** Pieces of a statement's text as SQLite cuts them out. */
final class SourceText {
    private SourceText() {}

    /** What stands inside the outermost parentheses around {@code inner}, which end where {@code whole} ends or before, blanks trimmed. */
    static String insideParentheses(String sql, Span whole, Span inner) {
        int open = inner.start() - 1;
        int close = inner.end();
        while (true) {
            int left = skipBlanksBack(sql, open, whole.start());
            int right = skipBlanks(sql, close, whole.end());
            if (left < whole.start() || right >= whole.end() || sql.charAt(left) != '(' || sql.charAt(right) != ')') {
                return sql.substring(open + 1, close).strip();
            }
            int outerLeft = skipBlanksBack(sql, left - 1, whole.start());
            int outerRight = skipBlanks(sql, right + 1, whole.end());
            boolean isOutermost = outerLeft < whole.start()
                    || outerRight >= whole.end()
                    || sql.charAt(outerLeft) != '('
                    || sql.charAt(outerRight) != ')';
            if (isOutermost) {
                return sql.substring(left + 1, right).strip();
            }
            open = left - 1;
            close = right + 1;
        }
    }

    private static int skipBlanks(String sql, int from, int limit) {
        int at = from;
        while (at < limit && isBlank(sql.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int skipBlanksBack(String sql, int from, int limit) {
        int at = from;
        while (at >= limit && isBlank(sql.charAt(at))) {
            at--;
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
