package dev.verso.sql.resolve;

/** What an expression is for, where that limits what may stand in it. */
public enum ScopeUse {
    /** A part of a statement: everything is allowed. */
    STATEMENT(null),
    CHECK("CHECK constraints"),
    INDEX_EXPRESSION("index expressions"),
    PARTIAL_INDEX("partial index WHERE clauses"),
    GENERATED_COLUMN("generated columns");

    private final String text;

    ScopeUse(String text) {
        this.text = text;
    }

    /** How messages call it: {@code subqueries prohibited in CHECK constraints}. */
    String text() {
        return text;
    }
}
