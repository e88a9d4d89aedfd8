package dev.verso.jdbc;

import java.sql.SQLException;

/** {@link java.sql.Wrapper} for classes that wrap nothing. */
final class Wrapped {
    private Wrapped() {}

    static <T> T unwrap(Object object, Class<T> type) throws SQLException {
        if (!type.isInstance(object)) {
            throw SqlErrors.misuse("not a " + type.getName());
        }
        return type.cast(object);
    }
}
