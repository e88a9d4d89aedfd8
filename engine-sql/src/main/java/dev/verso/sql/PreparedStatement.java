package dev.verso.sql;

import dev.verso.vm.value.Value;

/** A compiled statement. Runs by {@link #step}; {@link #reset} makes it ready for the next run. Re-prepares itself when the schema has changed. */
public final class PreparedStatement implements AutoCloseable {
    PreparedStatement() {}

    /** True if the text held no statement. */
    public boolean isEmpty() {
        throw new UnsupportedOperationException();
    }

    /** The statement's own text, without what follows its semicolon. */
    public String sql() {
        throw new UnsupportedOperationException();
    }

    /** Offset in the prepared text just past this statement. */
    public int tailOffset() {
        throw new UnsupportedOperationException();
    }

    /** Number of result columns; 0 if the statement returns no rows. */
    public int columnCount() {
        throw new UnsupportedOperationException();
    }

    public String columnName(int column) {
        throw new UnsupportedOperationException();
    }

    /** Declared type of the table column behind the result column, or null. */
    public String columnDeclaredType(int column) {
        throw new UnsupportedOperationException();
    }

    /** Table behind the result column, or null for an expression. */
    public String columnTable(int column) {
        throw new UnsupportedOperationException();
    }

    /** Schema name ({@code main} …) of {@link #columnTable}, or null. */
    public String columnSchema(int column) {
        throw new UnsupportedOperationException();
    }

    /** Name in its table of the column behind the result column, or null. */
    public String columnOrigin(int column) {
        throw new UnsupportedOperationException();
    }

    /** Largest parameter number. */
    public int parameterCount() {
        throw new UnsupportedOperationException();
    }

    /** Name of a parameter with its prefix, or null for a nameless one; numbers count from 1. */
    public String parameterName(int number) {
        throw new UnsupportedOperationException();
    }

    /** Number of the parameter of that name (with prefix), or 0. */
    public int parameterNumber(String name) {
        throw new UnsupportedOperationException();
    }

    /** The parameter to set; RANGE if there is none of that number. Values survive {@link #reset}. */
    public Value parameter(int number) {
        throw new UnsupportedOperationException();
    }

    public void clearParameters() {
        throw new UnsupportedOperationException();
    }

    /** Runs to the next row or the end. @return true if there is a row */
    public boolean step() {
        throw new UnsupportedOperationException();
    }

    /** Value of the current row, 0-based; valid until the next step. */
    public Value column(int column) {
        throw new UnsupportedOperationException();
    }

    public void reset() {
        throw new UnsupportedOperationException();
    }

    /** True if the statement cannot change a database. */
    public boolean isReadOnly() {
        throw new UnsupportedOperationException();
    }

    /** 0 for a plain statement, 1 for EXPLAIN, 2 for EXPLAIN QUERY PLAN. */
    public int explainMode() {
        throw new UnsupportedOperationException();
    }

    /** Time by {@link System#nanoTime} after which a step stops with {@code SQLITE_INTERRUPT}; 0 for none. */
    public void deadlineNanos(long deadline) {
        throw new UnsupportedOperationException();
    }

    /** Stops this statement's run with {@code SQLITE_INTERRUPT}. Any thread. */
    public void interrupt() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
