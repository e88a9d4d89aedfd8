package dev.verso.jdbc;

import dev.verso.vm.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Calendar;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Java objects into parameters. */
final class Parameters {
    private static final double UNIX_EPOCH_JULIAN_DAY = 2440587.5;
    private static final double MILLIS_PER_DAY = 86_400_000.0;

    private Parameters() {}

    static void setObject(Value value, Object x, ConnectionSettings settings) throws SQLException {
        if (x == null) {
            value.setNull();
        } else if (x instanceof String s) {
            value.setText(s);
        } else if (x instanceof Integer || x instanceof Long || x instanceof Short || x instanceof Byte) {
            value.setInteger(((Number) x).longValue());
        } else if (x instanceof Double || x instanceof Float) {
            value.setReal(((Number) x).doubleValue());
        } else if (x instanceof Boolean b) {
            value.setInteger(b ? 1 : 0);
        } else if (x instanceof byte[] bytes) {
            value.setBlob(bytes, 0, bytes.length);
        } else if (x instanceof BigInteger big && big.bitLength() < 64) {
            value.setInteger(big.longValue());
        } else if (x instanceof BigDecimal
                || x instanceof BigInteger
                || x instanceof UUID
                || x instanceof CharSequence
                || x instanceof URL
                || x instanceof URI
                || x instanceof Enum<?>
                || x instanceof Character) {
            value.setText(x.toString());
        } else if (x instanceof java.util.Date date) {
            setTime(value, date, null, settings);
        } else if (x instanceof Calendar calendar) {
            setTime(value, calendar.getTime(), calendar, settings);
        } else if (x instanceof ZonedDateTime time) {
            value.setText(time.toOffsetDateTime().toString()); // SQLite reads an offset, not the name of a zone
        } else if (x instanceof TemporalAccessor || x instanceof TemporalAmount) {
            value.setText(x.toString());
        } else if (x instanceof AtomicInteger || x instanceof AtomicLong) {
            value.setInteger(((Number) x).longValue());
        } else if (x instanceof Blob blob) {
            byte[] bytes = blob.getBytes(1, (int) blob.length());
            value.setBlob(bytes, 0, bytes.length);
        } else if (x instanceof Clob clob) {
            value.setText(clob.getSubString(1, (int) clob.length()));
        } else {
            throw SqlErrors.notSupported("a parameter of " + x.getClass().getName());
        }
    }

    static void setTime(Value value, java.util.Date x, Calendar calendar, ConnectionSettings settings) {
        if (x == null) {
            value.setNull();
            return;
        }
        long millis = x.getTime();
        switch (settings.dateClass()) {
            case INTEGER -> value.setInteger(settings.integersAreSeconds() ? Math.floorDiv(millis, 1000L) : millis);
            case REAL -> value.setReal(millis / MILLIS_PER_DAY + UNIX_EPOCH_JULIAN_DAY);
            case TEXT -> {
                ZoneId zone = calendar == null
                        ? ZoneId.systemDefault()
                        : calendar.getTimeZone().toZoneId();
                value.setText(
                        settings.dateFormat().format(LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone)));
            }
        }
    }

    /** What a batch keeps of a parameter. */
    static Object snapshot(Value value) {
        return switch (value.storageClass()) {
            case NULL -> null;
            case INTEGER -> value.integer();
            case REAL -> value.real();
            case TEXT -> value.asString();
            case BLOB -> value.asBytes();
        };
    }

    static void restore(Object kept, Value value) {
        if (kept == null) {
            value.setNull();
        } else if (kept instanceof Long l) {
            value.setInteger(l);
        } else if (kept instanceof Double d) {
            value.setReal(d);
        } else if (kept instanceof String s) {
            value.setText(s);
        } else {
            byte[] bytes = (byte[]) kept;
            value.setBlob(bytes, 0, bytes.length);
        }
    }
}
