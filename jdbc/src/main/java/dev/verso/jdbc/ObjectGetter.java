package dev.verso.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.UUID;

/** {@code getObject(column, type)}: the types of JDBC 4.3's table, {@code java.time} and {@code UUID} included. The value is not NULL. */
final class ObjectGetter {
    private ObjectGetter() {}

    static Object get(VersoResultSet row, int column, Class<?> type) throws SQLException {
        if (type == Object.class) {
            return row.getObject(column);
        }
        if (type == String.class) {
            return row.getString(column);
        }
        if (type == Integer.class) {
            return row.getInt(column);
        }
        if (type == Long.class) {
            return row.getLong(column);
        }
        if (type == Double.class) {
            return row.getDouble(column);
        }
        if (type == Boolean.class) {
            return row.getBoolean(column);
        }
        if (type == Short.class) {
            return row.getShort(column);
        }
        if (type == Byte.class) {
            return row.getByte(column);
        }
        if (type == Float.class) {
            return row.getFloat(column);
        }
        if (type == byte[].class) {
            return row.getBytes(column);
        }
        if (type == BigDecimal.class) {
            return row.getBigDecimal(column);
        }
        if (type == BigInteger.class) {
            return row.getBigDecimal(column).toBigInteger();
        }
        if (type == UUID.class) {
            return uuid(row, column);
        }
        if (type == Date.class) {
            return row.getDate(column);
        }
        if (type == Time.class) {
            return row.getTime(column);
        }
        if (type == Timestamp.class || type == java.util.Date.class) {
            return row.getTimestamp(column);
        }
        if (type == Blob.class) {
            return row.getBlob(column);
        }
        if (type == Clob.class || type == NClob.class) {
            return row.getNClob(column);
        }
        return time(row, column, type);
    }

    private static Object time(VersoResultSet row, int column, Class<?> type) throws SQLException {
        ZoneId zone = ZoneId.systemDefault();
        if (type == LocalDateTime.class || type == LocalDate.class || type == LocalTime.class) {
            LocalDateTime time = row.dateTime(column, zone);
            if (time == null || type == LocalDateTime.class) {
                return time;
            }
            return type == LocalDate.class ? time.toLocalDate() : time.toLocalTime();
        }
        if (type == Instant.class || type == OffsetDateTime.class || type == ZonedDateTime.class) {
            Instant instant = row.instant(column);
            if (instant == null || type == Instant.class) {
                return instant;
            }
            ZonedDateTime time = instant.atZone(zone);
            return type == ZonedDateTime.class ? time : time.toOffsetDateTime();
        }
        throw SqlErrors.notSupported("getObject as " + type.getName());
    }

    private static UUID uuid(VersoResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        if (value instanceof byte[] bytes && bytes.length == 16) {
            java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(bytes);
            return new UUID(buffer.getLong(), buffer.getLong());
        }
        try {
            return UUID.fromString(row.getString(column));
        } catch (IllegalArgumentException e) {
            throw (SQLException) SqlErrors.badValue("not a UUID: '" + row.getString(column) + "'")
                    .initCause(e);
        }
    }
}
