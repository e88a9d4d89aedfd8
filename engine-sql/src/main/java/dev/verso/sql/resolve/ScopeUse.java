package dev.verso.sql.resolve;

/** What an expression is for, where that limits what may stand in it. */
public enum ScopeUse {
    /** A part of a statement: everything is allowed. */
    STATEMENT(null, null),
    CHECK("CHECK constraints", "a CHECK constraint"),
    INDEX_EXPRESSION("index expressions", "an index"),
    PARTIAL_INDEX("partial index WHERE clauses", "an index"),
    GENERATED_COLUMN("generated columns", "a generated column");

    private final String text;
    private final String place;

    ScopeUse(String text, String place) {
        this.text = text;
        this.place = place;
    }

    /** How messages of running functions call it. */
    String place() {
        return place;
    }

    /** How messages call it: {@code subqueries prohibited in CHECK constraints}. */
    String text() {
        return text;
    }
}
