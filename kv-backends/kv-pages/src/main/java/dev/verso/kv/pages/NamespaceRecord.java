package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.Versionstamp;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What a namespace is. Every snapshot reads it and every commit relies on it, so that a change of it is seen by all at once:
 *
 * <pre>
 *   format (1, now 2), created (8, microseconds since the epoch), oldest version kept (8),
 *   retention: microseconds (8, -1 for none), versions (4),
 *   rollbacks: number (2), each: stamp (10), version gone back to (8), token (8),
 *   bases: number (2), each: namespace id (10), first stamp (10), stamp after the last (10); then the token of the hold in the first (8),
 *   flags: 1 locked, 2 compressed; if it is locked: token (8), frozen version (8), since (8), until (8), length of the owner (2), owner in UTF-8,
 *   name in UTF-8
 * </pre>
 *
 * Format 1 had the time of creation and the name alone.
 *
 * @param oldest versions before it are gone, but for those that are held
 * @param rollbacks oldest first
 * @param bases where pages are that the namespace has not written itself, nearest first; empty unless it is a fork
 * @param baseToken the hold in the first base
 * @param lock null unless it is locked
 * @param compressed whole images are deflated from now on
 */
record NamespaceRecord(
        long createdMicros,
        String name,
        long oldest,
        Retention retention,
        List<Rollback> rollbacks,
        List<Base> bases,
        long baseToken,
        NamespaceLock lock,
        boolean compressed) {
    private static final int LOCKED = 1;
    private static final int COMPRESSED = 2;
    private static final byte FORMAT_1 = 1;
    private static final byte FORMAT = 2;
    private static final int FIRST_ROLLBACK = 31;
    private static final int ROLLBACK_BYTES = 26;

    /** At {@code at} the namespace went back to a version; what lay between is seen by no later one. */
    record Rollback(Versionstamp at, long target, long token) {}

    /** A stretch of another namespace's history: entries from a stamp (inclusive) to another (exclusive). */
    record Base(byte[] id, Versionstamp from, Versionstamp end) {}

    NamespaceRecord(long createdMicros, String name) {
        this(createdMicros, name, 0, Retention.EVERYTHING, List.of(), List.of(), 0, null, false);
    }

    NamespaceRecord withName(String newName) {
        return new NamespaceRecord(
                createdMicros, newName, oldest, retention, rollbacks, bases, baseToken, lock, compressed);
    }

    NamespaceRecord withOldest(long version) {
        return new NamespaceRecord(
                createdMicros, name, version, retention, rollbacks, bases, baseToken, lock, compressed);
    }

    NamespaceRecord withRetention(Retention wanted) {
        return new NamespaceRecord(createdMicros, name, oldest, wanted, rollbacks, bases, baseToken, lock, compressed);
    }

    NamespaceRecord withRollbacks(List<Rollback> list) {
        return new NamespaceRecord(createdMicros, name, oldest, retention, list, bases, baseToken, lock, compressed);
    }

    NamespaceRecord withLock(NamespaceLock newLock) {
        return new NamespaceRecord(
                createdMicros, name, oldest, retention, rollbacks, bases, baseToken, newLock, compressed);
    }

    NamespaceRecord withCompressed(boolean compress) {
        return new NamespaceRecord(createdMicros, name, oldest, retention, rollbacks, bases, baseToken, lock, compress);
    }

    /** The namespace itself must have been at this version or later: there is no version of it from before. */
    boolean isFork() {
        return !bases.isEmpty();
    }

    /** Where the stamp of the last rollback stands in the encoded form. */
    int lastRollbackOffset() {
        return FIRST_ROLLBACK + ROLLBACK_BYTES * (rollbacks.size() - 1);
    }

    byte[] encode() {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] owner = lock == null ? new byte[0] : lock.owner().getBytes(StandardCharsets.UTF_8);
        int bytes = FIRST_ROLLBACK
                + ROLLBACK_BYTES * rollbacks.size()
                + 10
                + 3 * Versionstamp.BYTES * bases.size()
                + (lock == null ? 1 : 35 + owner.length)
                + text.length;
        ByteBuffer out = ByteBuffer.allocate(bytes);
        out.put(FORMAT).putLong(createdMicros).putLong(oldest);
        out.putLong(retention.keepFor() == null ? -1 : retention.keepFor().toNanos() / 1_000);
        out.putInt(retention.keepVersions());
        out.putShort((short) rollbacks.size());
        for (Rollback each : rollbacks) {
            out.put(each.at().bytes()).putLong(each.target()).putLong(each.token());
        }
        out.putShort((short) bases.size());
        for (Base each : bases) {
            out.put(each.id()).put(each.from().bytes()).put(each.end().bytes());
        }
        out.putLong(baseToken);
        out.put((byte) ((lock == null ? 0 : LOCKED) | (compressed ? COMPRESSED : 0)));
        if (lock != null) {
            out.putLong(lock.token()).putLong(lock.frozen()).putLong(lock.sinceMicros());
            out.putLong(lock.untilMicros()).putShort((short) owner.length).put(owner);
        }
        return out.put(text).array();
    }

    static NamespaceRecord decode(byte[] value) {
        byte format = value.length == 0 ? 0 : value[0];
        if (format != FORMAT && format != FORMAT_1) {
            throw new DatabaseException(
                    ResultCode.CANTOPEN,
                    "a namespace is stored in format " + (value.length == 0 ? "none" : Integer.toString(format))
                            + ", this software knows " + FORMAT_1 + " and " + FORMAT);
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(value);
            in.get();
            return format == FORMAT_1 ? new NamespaceRecord(in.getLong(), rest(in)) : decode(in);
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new DatabaseException(
                    ResultCode.CORRUPT, "the record of a namespace is damaged: " + value.length + " bytes", e);
        }
    }

    private static NamespaceRecord decode(ByteBuffer in) {
        long created = in.getLong();
        long oldest = in.getLong();
        long keepMicros = in.getLong();
        Retention retention =
                new Retention(keepMicros < 0 ? null : Duration.of(keepMicros, ChronoUnit.MICROS), in.getInt());
        List<Rollback> rollbacks = new ArrayList<>();
        for (int left = in.getShort(); left > 0; left--) {
            rollbacks.add(new Rollback(stamp(in), in.getLong(), in.getLong()));
        }
        List<Base> bases = new ArrayList<>();
        for (int left = in.getShort(); left > 0; left--) {
            byte[] id = new byte[NamespaceKeys.ID_BYTES];
            in.get(id);
            bases.add(new Base(id, stamp(in), stamp(in)));
        }
        long baseToken = in.getLong();
        NamespaceLock lock = null;
        byte flags = in.get();
        if ((flags & LOCKED) != 0) {
            long token = in.getLong();
            long frozen = in.getLong();
            long since = in.getLong();
            long until = in.getLong();
            byte[] owner = new byte[in.getShort()];
            in.get(owner);
            lock = new NamespaceLock(new String(owner, StandardCharsets.UTF_8), token, frozen, since, until);
        }
        return new NamespaceRecord(
                created,
                rest(in),
                oldest,
                retention,
                List.copyOf(rollbacks),
                List.copyOf(bases),
                baseToken,
                lock,
                (flags & COMPRESSED) != 0);
    }

    private static Versionstamp stamp(ByteBuffer in) {
        byte[] bytes = new byte[Versionstamp.BYTES];
        in.get(bytes);
        return Versionstamp.read(bytes, 0);
    }

    private static String rest(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
