package dev.verso.parser.ast;

/** Where in the SQL text a tree was read: from {@code start}, up to and without {@code end}, in UTF-16 units. */
public record Span(int start, int end) {
    /** For trees that were not read from a text. */
    public static final Span NONE = new Span(-1, -1);

    /** That part of the text. */
    public String of(String sql) {
        return sql.substring(start, end);
    }

    public boolean isKnown() {
        return start >= 0;
    }
}
