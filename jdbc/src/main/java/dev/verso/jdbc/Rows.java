package dev.verso.jdbc;

import dev.verso.vm.value.Value;
import java.sql.SQLException;

/** Where a result set's rows come from: a running statement, or a list in memory. */
interface Rows {
    int columnCount();

    String columnName(int column);

    /** The type that the column was declared with, or null. */
    String declaredType(int column);

    /** Name of the database ({@code main} …) of {@link #table}, or null. */
    String schema(int column);

    /** Table behind the column, or null. */
    String table(int column);

    /** Name in its table, or null. */
    String origin(int column);

    /** True before the first move, if there is a first row; its values can be read already. */
    boolean isBeforeRow();

    /** True while the values of a row can be read: those of the current one or, before the first move, of the first. */
    boolean showsRow();

    /** Moves to the next row. */
    boolean next() throws SQLException;

    /** Value of the current row, 0-based; valid until the next move. */
    Value value(int column) throws SQLException;

    default boolean isNull(int column) throws SQLException {
        return value(column).isNull();
    }

    default long longValue(int column) throws SQLException {
        return value(column).asLong();
    }

    default double doubleValue(int column) throws SQLException {
        return value(column).asDouble();
    }

    default String stringValue(int column) throws SQLException {
        return value(column).asString();
    }

    /** Ends the run. */
    void close();
}
