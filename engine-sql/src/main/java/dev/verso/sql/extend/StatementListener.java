package dev.verso.sql.extend;

/** Told of statements as they run: for logs and profiles. */
public interface StatementListener {
    /** A run begins. @param sql its text with the values of its parameters in place */
    default void begins(String sql) {}

    /** A run has ended, or was given up. @param nanos time since it began */
    default void ends(String sql, long nanos) {}
}
