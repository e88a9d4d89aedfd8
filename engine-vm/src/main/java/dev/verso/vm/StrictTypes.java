package dev.verso.vm;

/**
 * P4 of {@code TypeCheck}: the columns of a STRICT table.
 *
 * @param tableName for messages
 * @param columnNames for messages
 * @param types one of {@code INT INTEGER REAL TEXT BLOB ANY} for each column
 * @param generated true for columns that are computed
 */
public record StrictTypes(String tableName, String[] columnNames, String[] types, boolean[] generated) {}
