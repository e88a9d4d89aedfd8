package dev.verso.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;

/** Describes a result by what its columns were declared as; an expression by the value of the current row, if there is one. */
final class VersoResultSetMetaData implements ResultSetMetaData {
    private final Rows rows;
    private final boolean onRow;

    VersoResultSetMetaData(Rows rows, boolean onRow) {
        this.rows = rows;
        this.onRow = onRow;
    }

    private int index(int column) throws SQLException {
        if (column < 1 || column > rows.columnCount()) {
            throw SqlErrors.outOfRange("column " + column + " of " + rows.columnCount());
        }
        return column - 1;
    }

    @Override
    public int getColumnCount() {
        return rows.columnCount();
    }

    @Override
    public String getColumnLabel(int column) throws SQLException {
        return rows.columnName(index(column));
    }

    @Override
    public String getColumnName(int column) throws SQLException {
        return rows.columnName(index(column));
    }

    @Override
    public int getColumnType(int column) throws SQLException {
        int declared = ColumnTypes.ofDeclaration(rows.declaredType(index(column)));
        if (declared != Types.NULL || !onRow) {
            return declared == Types.NULL ? Types.VARCHAR : declared;
        }
        return switch (rows.value(column - 1).storageClass()) {
            case INTEGER -> {
                long value = rows.value(column - 1).integer();
                yield value == (int) value ? Types.INTEGER : Types.BIGINT;
            }
            case REAL -> Types.REAL;
            case TEXT -> Types.VARCHAR;
            case BLOB -> Types.BLOB;
            case NULL -> Types.NULL;
        };
    }

    @Override
    public String getColumnTypeName(int column) throws SQLException {
        String declared = ColumnTypes.baseName(rows.declaredType(index(column)));
        if (!declared.isEmpty()) {
            return declared;
        }
        return switch (getColumnType(column)) {
            case Types.INTEGER, Types.BIGINT -> "INTEGER";
            case Types.REAL -> "REAL";
            case Types.BLOB -> "BLOB";
            case Types.NULL -> "NULL";
            default -> "TEXT";
        };
    }

    @Override
    public String getColumnClassName(int column) throws SQLException {
        return ColumnTypes.className(getColumnType(column));
    }

    @Override
    public String getTableName(int column) throws SQLException {
        String table = rows.table(index(column));
        return table == null ? "" : table;
    }

    @Override
    public String getSchemaName(int column) {
        return "";
    }

    @Override
    public String getCatalogName(int column) throws SQLException {
        return getTableName(column);
    }

    @Override
    public int getPrecision(int column) throws SQLException {
        return ColumnTypes.numbers(rows.declaredType(index(column)))[0];
    }

    @Override
    public int getScale(int column) throws SQLException {
        return ColumnTypes.numbers(rows.declaredType(index(column)))[1];
    }

    @Override
    public int getColumnDisplaySize(int column) {
        return Integer.MAX_VALUE;
    }

    @Override
    public int isNullable(int column) throws SQLException {
        index(column);
        return columnNullableUnknown;
    }

    @Override
    public boolean isAutoIncrement(int column) throws SQLException {
        index(column);
        return false;
    }

    @Override
    public boolean isCaseSensitive(int column) {
        return true;
    }

    @Override
    public boolean isSearchable(int column) {
        return true;
    }

    @Override
    public boolean isCurrency(int column) {
        return false;
    }

    @Override
    public boolean isSigned(int column) throws SQLException {
        return switch (getColumnType(column)) {
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE,
                    Types.DECIMAL,
                    Types.NUMERIC -> true;
            default -> false;
        };
    }

    @Override
    public boolean isReadOnly(int column) {
        return true;
    }

    @Override
    public boolean isWritable(int column) {
        return false;
    }

    @Override
    public boolean isDefinitelyWritable(int column) {
        return false;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return Wrapped.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
