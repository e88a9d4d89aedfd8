package dev.verso.cli;

import java.util.ArrayList;
import java.util.List;

/** Gathers lines until they hold complete statements: a semicolon outside quotes and comments, and outside a trigger's body. */
final class StatementReader {
    private final StringBuilder text = new StringBuilder();

    StatementReader() {}

    void add(String line) {
        text.append(line).append('\n');
    }

    boolean isEmpty() {
        return text.toString().isBlank();
    }

    String take() {
        String all = text.toString();
        text.setLength(0);
        return all;
    }

    /** What is left at the end of the input. */
    String rest() {
        return take();
    }

    boolean isComplete() {
        return isComplete(text.toString());
    }

    /** The statements of a text, each with its semicolon; the last may lack one. */
    static List<String> statements(String sql) {
        List<String> statements = new ArrayList<>();
        int start = 0;
        for (int at = sql.indexOf(';'); at >= 0; at = sql.indexOf(';', at + 1)) {
            String statement = sql.substring(start, at + 1);
            if (isComplete(statement)) {
                statements.add(statement);
                start = at + 1;
            }
        }
        if (!sql.substring(start).isBlank()) {
            statements.add(sql.substring(start));
        }
        return statements;
    }

    /** True if the text holds nothing but blanks, comments and semicolons. */
    static boolean isBlank(String sql) {
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (Character.isWhitespace(c) || c == ';') {
                at++;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*", at)) {
                int end = sql.indexOf("*/", at + 2);
                at = end < 0 ? sql.length() : end + 2;
            } else {
                return false;
            }
        }
        return true;
    }

    static boolean isComplete(String sql) {
        boolean semicolonLast = false;
        boolean inTrigger = false;
        boolean sawCreate = false;
        boolean endBefore = false;
        int words = 0;
        for (int i = 0; i < sql.length(); ) {
            char c = sql.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
            } else if (sql.startsWith("--", i)) {
                int end = sql.indexOf('\n', i);
                i = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*", i)) {
                int end = sql.indexOf("*/", i + 2);
                if (end < 0) {
                    return false;
                }
                i = end + 2;
            } else if (c == '\'' || c == '"' || c == '`' || c == '[') {
                int end = sql.indexOf(c == '[' ? ']' : c, i + 1);
                if (end < 0) {
                    return false;
                }
                i = end + 1;
                semicolonLast = false;
                endBefore = false;
            } else if (c == ';') {
                semicolonLast = !inTrigger || endBefore;
                if (semicolonLast) {
                    inTrigger = false;
                    sawCreate = false;
                    words = 0;
                }
                endBefore = false;
                i++;
            } else if (Character.isLetter(c) || c == '_') {
                int end = i;
                while (end < sql.length() && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
                    end++;
                }
                String word = sql.substring(i, end);
                words++;
                sawCreate |= words == 1 && word.equalsIgnoreCase("CREATE");
                inTrigger |= sawCreate && words <= 3 && word.equalsIgnoreCase("TRIGGER");
                endBefore = word.equalsIgnoreCase("END");
                semicolonLast = false;
                i = end;
            } else {
                semicolonLast = false;
                endBefore = false;
                i++;
            }
        }
        return semicolonLast;
    }
}
