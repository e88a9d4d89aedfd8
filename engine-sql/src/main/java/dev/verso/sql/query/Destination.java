package dev.verso.sql.query;

/** Where a query's rows go. */
public sealed interface Destination {
    /** Each row is a row of the statement ({@code ResultRow}). */
    record Output() implements Destination {}

    /** Each row is put into the registers from {@code first} on, then the coroutine yields. */
    record Coroutine(int returnRegister, int first) implements Destination {}

    /** Each row is appended to an ephemeral table that is open. */
    record EphemeralTable(int cursor) implements Destination {}

    /** The register becomes 1 at the first row, which ends the query. */
    record Exists(int register) implements Destination {}

    /** The first row is put into the registers from {@code first} on and ends the query. */
    record Registers(int first) implements Destination {}

    /** Rows are computed and forgotten: SELECT in a trigger. */
    record Discard() implements Destination {}
}
