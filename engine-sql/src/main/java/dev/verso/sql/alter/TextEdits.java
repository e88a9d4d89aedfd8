package dev.verso.sql.alter;

import dev.verso.parser.ast.Span;
import java.util.Map;
import java.util.TreeMap;

/** Names of one text that become others. */
final class TextEdits {
    private record Edit(int end, String replacement) {}

    private final String sql;
    private final TreeMap<Integer, Edit> edits = new TreeMap<>();

    TextEdits(String sql) {
        this.sql = sql;
    }

    /** The name becomes that one; it is quoted if {@code quoted} says so, or if the old one was. */
    void rename(Span name, String newName, boolean quoted) {
        if (!quoted && isNamePart(sql.charAt(name.start()))) {
            replace(name, newName);
        } else {
            replaceQuoted(name, newName, '"');
        }
    }

    /** The name becomes a string literal of the same text. */
    void makeString(Span name, String text) {
        replaceQuoted(name, text, '\'');
    }

    /** A quote that follows at once must not be taken for a doubled one. */
    private void replaceQuoted(Span name, String text, char quote) {
        String mark = String.valueOf(quote);
        String replacement = mark + text.replace(mark, mark + mark) + mark;
        boolean touches = name.end() < sql.length() && sql.charAt(name.end()) == quote;
        replace(name, touches ? replacement + ' ' : replacement);
    }

    private void replace(Span name, String replacement) {
        edits.put(name.start(), new Edit(name.end(), replacement));
    }

    private static boolean isNamePart(char c) {
        return c >= '0' && c <= '9'
                || c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c == '_'
                || c == '$'
                || c >= 0x80;
    }

    /** The text with all changes. */
    String apply() {
        if (edits.isEmpty()) {
            return sql;
        }
        StringBuilder result = new StringBuilder();
        int at = 0;
        for (Map.Entry<Integer, Edit> edit : edits.entrySet()) {
            result.append(sql, at, edit.getKey()).append(edit.getValue().replacement());
            at = edit.getValue().end();
        }
        return result.append(sql, at, sql.length()).toString();
    }
}
