package dev.verso.parser.ast;

/** A statement about the connection, a transaction or a whole database. */
public sealed interface Command extends Statement {
    /** BEGIN. @param mode null if not written */
    record Begin(Span span, TransactionMode mode, Name transaction) implements Command {}

    /** How a transaction begins. */
    enum TransactionMode {
        DEFERRED,
        IMMEDIATE,
        EXCLUSIVE
    }

    /** COMMIT or END. */
    record Commit(Span span, Name transaction) implements Command {}

    /** ROLLBACK. @param savepoint null without TO */
    record Rollback(Span span, Name transaction, Name savepoint) implements Command {}

    record Savepoint(Span span, Name name) implements Command {}

    record Release(Span span, Name name) implements Command {}

    /** ATTACH. @param key null if not written */
    record Attach(Span span, Expr file, Expr schema, Expr key) implements Command {}

    record Detach(Span span, Expr schema) implements Command {}

    /**
     * PRAGMA.
     *
     * @param schema null if not written
     * @param value null if not written; a name, string or signed number: its text with the sign, unquoted
     * @param call written with parentheses rather than {@code =}
     */
    record Pragma(Span span, Name schema, Name name, Name value, boolean call) implements Command {}

    /** ANALYZE. Both names are null if not written; one alone is {@code name}. */
    record Analyze(Span span, Name schema, Name name) implements Command {}

    /** REINDEX. Both names are null if not written; one alone is {@code name}. @param expressions REINDEX EXPRESSIONS */
    record Reindex(Span span, Name schema, Name name, boolean expressions) implements Command {}

    /** VACUUM. @param schema null if not written @param into null if not written */
    record Vacuum(Span span, Name schema, Expr into) implements Command {}
}
