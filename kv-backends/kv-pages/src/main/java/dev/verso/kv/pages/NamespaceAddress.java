package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/**
 * Where a database lies in a store: {@code NAME}, {@code NAME@VERSION} or {@code NAME@TIMESTAMP}. A timestamp is ISO 8601, UTC where
 * it names no zone: {@code 2026-01-31T12:00:00Z}, {@code 2026-01-31T12:00:00.123456}, {@code 2026-01-31 12:00:00} or a date alone,
 * which means its first moment.
 *
 * @param name the namespace
 * @param version the version to show, or {@link #NEWEST}
 * @param time show what was newest at this time; null unless given
 */
public record NamespaceAddress(String name, long version, Instant time) {
    /** Not pinned. */
    public static final long NEWEST = VersionedStore.NEWEST;

    private static final int MOST_NAME_BYTES = 200;

    /** Reads an address. */
    public static NamespaceAddress parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return new NamespaceAddress(checkedName(text), NEWEST, null);
        }
        return point(checkedName(text.substring(0, at)), text.substring(at + 1));
    }

    /** The version of a name that a number or a timestamp means. */
    static NamespaceAddress point(String name, String point) {
        if (!point.isEmpty() && point.chars().allMatch(c -> c >= '0' && c <= '9')) {
            try {
                return new NamespaceAddress(name, Long.parseLong(point), null);
            } catch (NumberFormatException e) {
                throw noSuchPoint(point, e);
            }
        }
        return new NamespaceAddress(name, NEWEST, instant(point));
    }

    /** True if this names a past state, which can only be read. */
    public boolean isPinned() {
        return version != NEWEST || time != null;
    }

    /** The name, if it can be one: 1 to 200 bytes of UTF-8 without {@code /}, {@code @} and control characters. */
    static String checkedName(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        boolean plain = name.codePoints().noneMatch(c -> c == '/' || c == '@' || Character.isISOControl(c));
        if (bytes == 0 || bytes > MOST_NAME_BYTES || !plain) {
            throw new DatabaseException(
                    ResultCode.CANTOPEN,
                    ResultCode.CANTOPEN.text() + ": '" + name + "' can't be the name of a namespace");
        }
        return name;
    }

    private static Instant instant(String point) {
        String iso = point.replace(' ', 'T');
        try {
            if (iso.indexOf('T') < 0) {
                return LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            boolean zoned = iso.endsWith("Z") || iso.indexOf('+') > 0 || iso.lastIndexOf('-') > iso.indexOf('T');
            return zoned
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw noSuchPoint(point, e);
        }
    }

    private static DatabaseException noSuchPoint(String point, RuntimeException cause) {
        return new DatabaseException(
                ResultCode.CANTOPEN,
                ResultCode.CANTOPEN.text() + ": '" + point + "' is neither a version nor a timestamp",
                cause);
    }

    @Override
    public String toString() {
        return name + (time != null ? "@" + time : version != NEWEST ? "@" + version : "");
    }
}
