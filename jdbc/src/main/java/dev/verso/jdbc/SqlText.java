package dev.verso.jdbc;

import java.util.Locale;

/** What a driver must know of a statement's text without parsing it: its first word, past blanks and comments. */
final class SqlText {
    private SqlText() {}

    static boolean isInsert(String sql, int offset) {
        String word = firstWord(sql, offset);
        return word.equals("INSERT") || word.equals("REPLACE") || word.equals("WITH") && hasWord(sql, offset, "INSERT");
    }

    /** The first word, upper case; empty if the text begins with something else. */
    static String firstWord(String sql, int offset) {
        int at = skipBlanks(sql, offset);
        int end = at;
        while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
            end++;
        }
        return sql.substring(at, end).toUpperCase(Locale.ROOT);
    }

    /** True if nothing but blanks, comments and semicolons is left. */
    static boolean isBlank(String sql, int offset) {
        return skipBlanks(sql, offset) == sql.length();
    }

    private static int skipBlanks(String sql, int offset) {
        int at = offset;
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at)) || sql.charAt(at) == ';') {
                at++;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*", at)) {
                int end = sql.indexOf("*/", at + 2);
                at = end < 0 ? sql.length() : end + 2;
            } else {
                break;
            }
        }
        return at;
    }

    /** True if the word stands somewhere outside strings, quoted names and comments. */
    static boolean hasWord(String sql, int offset, String word) {
        return wordAt(sql, offset, word) >= 0;
    }

    /** Offset of the word outside strings, quoted names and comments, or -1. */
    static int wordAt(String sql, int offset, String word) {
        for (int at = offset; at < sql.length(); ) {
            char c = sql.charAt(at);
            if (c == '\'' || c == '"' || c == '`') {
                int end = sql.indexOf(c, at + 1);
                at = end < 0 ? sql.length() : end + 1;
            } else if (c == '[') {
                int end = sql.indexOf(']', at);
                at = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("--", at) || sql.startsWith("/*", at)) {
                at = skipBlanks(sql, at);
            } else if (Character.isJavaIdentifierStart(c)) {
                int end = at;
                while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
                    end++;
                }
                if (end - at == word.length() && sql.regionMatches(true, at, word, 0, word.length())) {
                    return at;
                }
                at = end;
            } else {
                at++;
            }
        }
        return -1;
    }

    static String withoutSemicolon(String sql) {
        String text = sql.stripTrailing();
        return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
    }
}
