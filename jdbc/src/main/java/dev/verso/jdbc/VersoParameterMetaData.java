package dev.verso.jdbc;

import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.sql.Types;

/** Parameters have no types in SQLite: any value may be bound to any of them. */
final class VersoParameterMetaData implements ParameterMetaData {
    private final int count;

    VersoParameterMetaData(int count) {
        this.count = count;
    }

    private void check(int parameter) throws SQLException {
        if (parameter < 1 || parameter > count) {
            throw SqlErrors.outOfRange("parameter " + parameter + " of " + count);
        }
    }

    @Override
    public int getParameterCount() {
        return count;
    }

    @Override
    public int isNullable(int parameter) throws SQLException {
        check(parameter);
        return parameterNullable;
    }

    @Override
    public boolean isSigned(int parameter) throws SQLException {
        check(parameter);
        return true;
    }

    @Override
    public int getPrecision(int parameter) throws SQLException {
        check(parameter);
        return 0;
    }

    @Override
    public int getScale(int parameter) throws SQLException {
        check(parameter);
        return 0;
    }

    @Override
    public int getParameterType(int parameter) throws SQLException {
        check(parameter);
        return Types.VARCHAR;
    }

    @Override
    public String getParameterTypeName(int parameter) throws SQLException {
        check(parameter);
        return "VARCHAR";
    }

    @Override
    public String getParameterClassName(int parameter) throws SQLException {
        check(parameter);
        return "java.lang.Object";
    }

    @Override
    public int getParameterMode(int parameter) throws SQLException {
        check(parameter);
        return parameterModeIn;
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
