package dev.verso.parser;

/** A text that is not SQL, with SQLite's message, like {@code near "FROM": syntax error} or {@code incomplete input}. */
public final class SqlSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    public SqlSyntaxException(String message, int offset) {
        super(message);
        this.offset = offset;
    }

    /** Where in the text the offending token begins, in UTF-16 units from 0. */
    public int offset() {
        return offset;
    }
}
