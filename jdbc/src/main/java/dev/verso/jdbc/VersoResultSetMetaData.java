package dev.verso.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;

/** Describes a result by what its columns were declared as; an expression by the value of the current row, if there is one. */
final class VersoResultSetMetaData implements ResultSetMetaData {
    private final Rows rows;
    private final VersoConnection connection;
    private SchemaReader.ColumnFacts[] facts;

    /** @param connection where the columns' tables are, or null if there are none */
    VersoResultSetMetaData(Rows rows, VersoConnection connection) {
        this.rows = rows;
        this.connection = connection;
    }

    /** What the schema says of the column's origin; null for an expression. */
    private SchemaReader.ColumnFacts facts(int column) throws SQLException {
        int index = index(column);
        if (connection == null || rows.table(index) == null || rows.origin(index) == null) {
            return null;
        }
        if (facts == null) {
            facts = new SchemaReader.ColumnFacts[rows.columnCount()];
        }
        if (facts[index] == null) {
            facts[index] =
                    new SchemaReader(connection).facts(rows.schema(index), rows.table(index), rows.origin(index));
        }
        return facts[index];
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
        if (declared != Types.NULL || !rows.showsRow()) {
            return declared == Types.NULL ? Types.NUMERIC : declared;
        }
        return switch (rows.value(column - 1).storageClass()) {
            case INTEGER -> {
                long value = rows.value(column - 1).integer();
                yield value == (int) value ? Types.INTEGER : Types.BIGINT;
            }
            case REAL -> Types.FLOAT;
            case TEXT -> Types.VARCHAR;
            case BLOB -> Types.BLOB;
            case NULL -> Types.NUMERIC;
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
            case Types.FLOAT -> "FLOAT";
            case Types.BLOB -> "BLOB";
            case Types.NUMERIC -> "NUMERIC";
            default -> "TEXT";
        };
    }

    @Override
    public String getColumnClassName(int column) throws SQLException {
        int type = getColumnType(column);
        if (!rows.showsRow()) {
            return ColumnTypes.className(type);
        }
        return switch (rows.value(column - 1).storageClass()) { // what getObject gives
            case INTEGER -> {
                long value = rows.value(column - 1).integer();
                yield value == (int) value ? "java.lang.Integer" : "java.lang.Long";
            }
            case REAL -> "java.lang.Double";
            case TEXT -> "java.lang.String";
            case BLOB -> "[B";
            case NULL -> ColumnTypes.className(type);
        };
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
    public String getCatalogName(int column) {
        return "";
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
        SchemaReader.ColumnFacts found = facts(column);
        return found != null && found.notNull() ? columnNoNulls : columnNullable;
    }

    @Override
    public boolean isAutoIncrement(int column) throws SQLException {
        SchemaReader.ColumnFacts found = facts(column);
        return found != null && found.autoincrement();
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
    public boolean isReadOnly(int column) throws SQLException {
        return rows.table(index(column)) == null;
    }

    @Override
    public boolean isWritable(int column) throws SQLException {
        return !isReadOnly(column);
    }

    @Override
    public boolean isDefinitelyWritable(int column) throws SQLException {
        return !isReadOnly(column);
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
