package dev.verso.parser.ast;

/**
 * An identifier, unquoted.
 *
 * @param text without its quotes, doubled quotes made single
 * @param quoting how it was written: {@code "x"} that names no column means a string
 */
public record Name(Span span, String text, Quoting quoting) {
    /** How an identifier was written. */
    public enum Quoting {
        NONE,
        DOUBLE,
        BRACKET,
        BACKTICK,
        /** A string literal where a name belongs. */
        SINGLE
    }

    public static Name of(String text) {
        return new Name(Span.NONE, text, Quoting.NONE);
    }

    /** The identifier as it was written, quotes included: SQLite tells the names of windows apart by this. */
    public String written() {
        return switch (quoting) {
            case NONE -> text;
            case DOUBLE -> quoted('"');
            case BRACKET -> "[" + text + "]";
            case BACKTICK -> quoted('`');
            case SINGLE -> quoted('\'');
        };
    }

    private String quoted(char quote) {
        String mark = String.valueOf(quote);
        return mark + text.replace(mark, mark + mark) + mark;
    }

    @Override
    public String toString() {
        return text;
    }
}
