package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A {@link CollectionSchedule} as it is stored: format (1), interval (8, microseconds), due (8), token of who collects (8), until when he does
 * (8, 0 for nobody), began (8), ended (8), and of the last one done: oldest (8), versions (8), pages examined (8), entries (8), bytes (8),
 * stagings (8), 1 if there was one (1); then why the last one failed, in UTF-8.
 */
record ScheduleEntry(
        long intervalMicros,
        long dueMicros,
        long claimToken,
        long claimUntilMicros,
        long beganMicros,
        long endedMicros,
        CollectionReport last,
        String error) {
    private static final byte FORMAT = 1;
    private static final int FIXED_BYTES = 2 + 12 * 8;
    private static final int MOST_ERROR_CHARS = 1_000;

    ScheduleEntry(long intervalMicros, long dueMicros) {
        this(intervalMicros, dueMicros, 0, 0, 0, 0, null, null);
    }

    /** True if somebody else collects, or it is not yet time to. */
    boolean isLeftAlone(long nowMicros) {
        return claimUntilMicros > nowMicros || dueMicros > nowMicros;
    }

    ScheduleEntry claimed(long token, long untilMicros, long nowMicros) {
        return new ScheduleEntry(intervalMicros, dueMicros, token, untilMicros, nowMicros, endedMicros, last, error);
    }

    ScheduleEntry renewed(long untilMicros) {
        return new ScheduleEntry(
                intervalMicros, dueMicros, claimToken, untilMicros, beganMicros, endedMicros, last, error);
    }

    ScheduleEntry every(long newIntervalMicros, long newDueMicros) {
        return new ScheduleEntry(
                newIntervalMicros, newDueMicros, claimToken, claimUntilMicros, beganMicros, endedMicros, last, error);
    }

    /** Nobody collects any more. */
    ScheduleEntry released(long newDueMicros, long nowMicros, CollectionReport report, String failure) {
        String shown = failure == null || failure.length() <= MOST_ERROR_CHARS
                ? failure
                : failure.substring(0, MOST_ERROR_CHARS);
        return new ScheduleEntry(
                intervalMicros, newDueMicros, 0, 0, beganMicros, nowMicros, report == null ? last : report, shown);
    }

    CollectionSchedule shown() {
        return new CollectionSchedule(
                Duration.of(intervalMicros, ChronoUnit.MICROS),
                time(dueMicros),
                time(claimUntilMicros),
                time(beganMicros),
                time(endedMicros),
                last,
                error);
    }

    private static Instant time(long micros) {
        return micros == 0 ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    byte[] encode() {
        byte[] text = error == null ? new byte[0] : error.getBytes(StandardCharsets.UTF_8);
        CollectionReport shown = last == null ? CollectionReport.NOTHING : last;
        return ByteBuffer.allocate(FIXED_BYTES + text.length)
                .put(FORMAT)
                .putLong(intervalMicros)
                .putLong(dueMicros)
                .putLong(claimToken)
                .putLong(claimUntilMicros)
                .putLong(beganMicros)
                .putLong(endedMicros)
                .putLong(shown.oldest())
                .putLong(shown.versions())
                .putLong(shown.pagesExamined())
                .putLong(shown.entries())
                .putLong(shown.bytes())
                .putLong(shown.stagings())
                .put((byte) (last == null ? 0 : 1))
                .put(text)
                .array();
    }

    static ScheduleEntry decode(byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        try {
            if (in.get() != FORMAT) {
                throw damaged(value, null);
            }
            long interval = in.getLong();
            long due = in.getLong();
            long token = in.getLong();
            long until = in.getLong();
            long began = in.getLong();
            long ended = in.getLong();
            CollectionReport report = new CollectionReport(
                    in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
            boolean isThere = in.get() != 0;
            byte[] text = new byte[in.remaining()];
            in.get(text);
            return new ScheduleEntry(
                    interval,
                    due,
                    token,
                    until,
                    began,
                    ended,
                    isThere ? report : null,
                    text.length == 0 ? null : new String(text, StandardCharsets.UTF_8));
        } catch (BufferUnderflowException e) {
            throw damaged(value, e);
        }
    }

    private static DatabaseException damaged(byte[] value, Throwable cause) {
        return new DatabaseException(
                ResultCode.CORRUPT, "the schedule of a collection is damaged: " + value.length + " bytes", cause);
    }
}
