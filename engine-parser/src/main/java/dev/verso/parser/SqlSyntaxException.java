package dev.verso.parser;

/** A text that is not SQL, with SQLite's message, like {@code near "FROM": syntax error} or {@code incomplete input}. */
public final class SqlSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final int unknownOptionEnd;

    public SqlSyntaxException(String message, int offset) {
        this(message, offset, -1);
    }

    private SqlSyntaxException(String message, int offset, int unknownOptionEnd) {
        super(message);
        this.offset = offset;
        this.unknownOptionEnd = unknownOptionEnd;
    }

    /** A CREATE TABLE that has all it needs, and then an option that is none, from {@code start} to {@code end} in the text. */
    static SqlSyntaxException unknownTableOption(String sql, int start, int end) {
        return new SqlSyntaxException("unknown table option: " + sql.substring(start, end), start, end);
    }

    /** Where in the text the offending token begins, in UTF-16 units from 0. */
    public int offset() {
        return offset;
    }

    /** True if all that is wrong is the option of a table that begins at {@link #offset}. */
    public boolean isUnknownTableOption() {
        return unknownOptionEnd >= 0;
    }

    /** Where that option ends. */
    public int unknownOptionEnd() {
        return unknownOptionEnd;
    }
}
