package dev.verso.jdbc;

/** Finds a table's name in a statement's text. */
final class TableNames {
    private TableNames() {}

    /** The name at or after {@code offset}, with its quotes and without its schema. */
    static String after(String sql, int offset) {
        int at = offset;
        String name = "";
        while (at < sql.length()) {
            while (at < sql.length() && (Character.isWhitespace(sql.charAt(at)) || sql.charAt(at) == '.')) {
                at++;
            }
            if (at == sql.length()) {
                break;
            }
            int end = end(sql, at);
            name = sql.substring(at, end);
            at = end;
            if (at == sql.length() || sql.charAt(at) != '.') {
                break;
            }
        }
        return name;
    }

    private static int end(String sql, int at) {
        char c = sql.charAt(at);
        char close = c == '[' ? ']' : c;
        if (c == '"' || c == '`' || c == '[' || c == '\'') {
            int end = sql.indexOf(close, at + 1);
            return end < 0 ? sql.length() : end + 1;
        }
        int end = at;
        while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
            end++;
        }
        return Math.max(end, at + 1);
    }
}
