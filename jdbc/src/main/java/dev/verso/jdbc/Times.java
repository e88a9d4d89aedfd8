package dev.verso.jdbc;

import dev.verso.vm.value.StorageClass;
import dev.verso.vm.value.Value;
import java.sql.SQLException;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/**
 * Times out of SQLite's values: integers are milliseconds since 1970 UTC (what drivers store) or seconds, reals are Julian days, texts are
 * any of SQLite's forms with a space or a T between date and time, with or without zone. A text without zone is local to {@code zone}.
 */
final class Times {
    private static final double UNIX_EPOCH_JULIAN_DAY = 2440587.5;
    private static final double MILLIS_PER_DAY = 86_400_000.0;

    private Times() {}

    /** True for NULL and for an empty text, which sqlite-jdbc takes for no time too. */
    static boolean isNone(Value value) {
        return value.isNull()
                || value.storageClass() == StorageClass.TEXT && value.asString().isEmpty();
    }

    /** The date and time that the value shows in {@code zone}. */
    static LocalDateTime localDateTime(Value value, ConnectionSettings settings, ZoneId zone) throws SQLException {
        if (value.storageClass() == StorageClass.TEXT) {
            String text = value.asString().strip();
            try {
                LocalDateTime time = settings.hasOwnDateFormat() ? byFormat(text, settings.dateFormat()) : null;
                if (time != null) {
                    return time;
                }
                int zoneAt = zoneOffset(text);
                if (zoneAt >= 0) {
                    return OffsetDateTime.of(local(text.substring(0, zoneAt)), offset(text.substring(zoneAt)))
                            .atZoneSameInstant(zone)
                            .toLocalDateTime();
                }
                return local(text);
            } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException e) {
                throw (SQLException)
                        SqlErrors.badValue("not a time: '" + text + "'").initCause(e);
            }
        }
        return LocalDateTime.ofInstant(instant(value, settings, zone), zone);
    }

    /** The time that a text of the connection's own format means, or null if it is of another. */
    private static LocalDateTime byFormat(String text, DateTimeFormatter format) {
        ParsePosition position = new ParsePosition(0);
        TemporalAccessor parsed = format.parseUnresolved(text, position);
        if (parsed == null || position.getIndex() < text.length()) {
            return null;
        }
        TemporalAccessor time = format.parseBest(text, LocalDateTime::from, LocalDate::from, LocalTime::from);
        if (time instanceof LocalDateTime both) {
            return both;
        }
        return time instanceof LocalDate date ? date.atStartOfDay() : LocalDate.EPOCH.atTime((LocalTime) time);
    }

    /** The instant that the value means; texts without zone are of {@code zone}. */
    static Instant instant(Value value, ConnectionSettings settings, ZoneId zone) throws SQLException {
        return switch (value.storageClass()) {
            case INTEGER ->
                settings.integersAreSeconds()
                        ? Instant.ofEpochSecond(value.integer())
                        : Instant.ofEpochMilli(value.integer());
            case REAL -> Instant.ofEpochMilli(Math.round((value.real() - UNIX_EPOCH_JULIAN_DAY) * MILLIS_PER_DAY));
            case TEXT -> localDateTime(value, settings, zone).atZone(zone).toInstant();
            case BLOB, NULL -> throw SqlErrors.badValue("not a time: a " + value.storageClass());
        };
    }

    /** Where a zone begins in the text, or -1. */
    private static int zoneOffset(String text) {
        if (text.endsWith("Z") || text.endsWith("z")) {
            return text.length() - 1;
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            return -1;
        }
        int plus = text.indexOf('+', colon);
        return plus >= 0 ? plus : text.indexOf('-', colon);
    }

    private static ZoneOffset offset(String text) {
        return text.equalsIgnoreCase("Z") ? ZoneOffset.UTC : ZoneOffset.of(text.strip());
    }

    private static LocalDateTime local(String text) {
        String t = text.strip();
        int colon = t.indexOf(':');
        int dash = t.indexOf('-', 1);
        if (dash < 0) {
            return LocalDateTime.of(LocalDate.EPOCH, LocalTime.parse(t));
        }
        if (colon < 0) {
            return LocalDate.parse(t).atStartOfDay();
        }
        int gap = t.indexOf('T') > 0 ? t.indexOf('T') : t.indexOf(' ');
        return LocalDateTime.of(
                LocalDate.parse(t.substring(0, gap)),
                LocalTime.parse(t.substring(gap + 1).strip()));
    }
}
