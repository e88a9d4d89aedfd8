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

    @Override
    public String toString() {
        return text;
    }
}
