package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the version that a number or a time means: the newest one made until then. What a fork was before it was forked is found in its
 * base. A version that is no longer kept is an error, never another version.
 */
final class VersionFinder {
    private static final long MICROS = 1_000_000;
    private static final int NEIGHBOURS_IN_TIME = 100;
    private static final int LISTED_AT_ONCE = 1_000;

    private final VersionNumbers numbers;

    VersionFinder(VersionNumbers numbers) {
        this.numbers = numbers;
    }

    /** A version and the namespace that made it. */
    record Found(NamespaceKeys keys, NamespaceRecord record, long version) {}

    /** The newest version that all may see, 0 for an empty namespace. */
    long newest(KvTransaction transaction, NamespaceKeys keys, NamespaceRecord record) {
        byte[] head = transaction.get(keys.head(), ReadMode.SNAPSHOT).await();
        long newest = head == null ? 0 : numbers.number(Versionstamp.read(head, 0));
        return record.lock() == null ? newest : Math.min(newest, record.lock().frozen());
    }

    /** What an address means; the newest version if it names no other. */
    Found find(KvTransaction transaction, NamespaceKeys keys, NamespaceAddress address) {
        NamespaceRecord record = Records.read(transaction, keys, address.name());
        long newest = newest(transaction, keys, record);
        if (address.time() != null) {
            return atTime(transaction, keys, record, address.name(), address.time(), newest);
        }
        if (!address.isPinned()) {
            return new Found(keys, record, newest);
        }
        return atVersion(transaction, keys, record, address.name(), address.version(), newest);
    }

    private Found atVersion(
            KvTransaction transaction,
            NamespaceKeys keys,
            NamespaceRecord record,
            String name,
            long version,
            long newest) {
        if (newest == 0 || version > newest) {
            NamespaceLock lock = record.lock();
            throw none(
                    name,
                    version,
                    (newest == 0 ? "; it is empty" : "; the newest is " + newest)
                            + (lock == null ? "" : ", and nothing is seen yet of the work of '" + lock.owner() + "'"));
        }
        List<KeyValue> entry = transaction
                .getRange(
                        keys.log(),
                        NamespaceKeys.stamped(keys.log(), numbers.after(version)),
                        1,
                        true,
                        ReadMode.SNAPSHOT)
                .await();
        if (!entry.isEmpty()) {
            long found = numbers.number(LogReader.stamp(entry.get(0)));
            requireKept(transaction, keys, record, name, found, "version " + version);
            return new Found(keys, record, found);
        }
        if (record.isFork() && (record.oldest() == 0 || version <= forkedAt(record))) {
            return inBase(transaction, record, name, version);
        }
        if (record.oldest() > 0) {
            throw gone(name, "version " + version, record.oldest());
        }
        throw none(name, version, "; the newest is " + newest);
    }

    private long forkedAt(NamespaceRecord record) {
        return numbers.before(record.bases().get(0).end());
    }

    private Found inBase(KvTransaction transaction, NamespaceRecord record, String name, long version) {
        NamespaceKeys base = new NamespaceKeys(record.bases().get(0).id());
        long forkedAt = forkedAt(record);
        NamespaceRecord baseRecord = Records.read(transaction, base, name);
        return atVersion(transaction, base, baseRecord, name, Math.min(version, forkedAt), forkedAt);
    }

    private void requireKept(
            KvTransaction transaction,
            NamespaceKeys keys,
            NamespaceRecord record,
            String name,
            long version,
            String what) {
        if (version < record.oldest()
                && Holds.ofVersion(transaction, keys, version, ReadMode.SERIALIZABLE)
                        .await()
                        .isEmpty()) {
            throw gone(name, what, record.oldest());
        }
    }

    /** No commit is older than the epoch, nor younger than what a number of microseconds can tell. */
    private static long microsOf(Instant time) {
        long seconds = Math.max(-1, Math.min(time.getEpochSecond(), Long.MAX_VALUE / MICROS - 1));
        return Math.max(-1, seconds * MICROS + time.getNano() / 1_000);
    }

    private Found atTime(
            KvTransaction transaction,
            NamespaceKeys keys,
            NamespaceRecord record,
            String name,
            Instant time,
            long most) {
        long micros = microsOf(time);
        List<KeyValue> last = transaction
                .getRange(keys.times(), keys.timesAfter(micros), NEIGHBOURS_IN_TIME, true, ReadMode.SNAPSHOT)
                .await();
        // Clocks of machines differ a little, so that a newer version may bear an earlier time.
        long newest = -1;
        for (KeyValue each : last) {
            newest = Math.max(newest, numbers.number(NamespaceKeys.stampAtEnd(each.key())));
        }
        newest = Math.min(newest, most);
        if (newest >= 0) {
            requireKept(transaction, keys, record, name, newest, "the version of " + time);
            return new Found(keys, record, newest);
        }
        if (record.isFork() && record.oldest() == 0) {
            NamespaceKeys base = new NamespaceKeys(record.bases().get(0).id());
            return atTime(transaction, base, Records.read(transaction, base, name), name, time, forkedAt(record));
        }
        if (record.oldest() > 0) {
            throw gone(name, "the version of " + time, record.oldest());
        }
        throw new DatabaseException(
                ResultCode.CANTOPEN, ResultCode.CANTOPEN.text() + ": namespace " + name + " had no version at " + time);
    }

    /** The versions after one that are kept, oldest first. */
    List<NamespaceVersion> list(KvTransaction transaction, NamespaceKeys keys, String name, long after, int limit) {
        NamespaceRecord record = Records.read(transaction, keys, name);
        long newest = newest(transaction, keys, record);
        Set<Long> held = new HashSet<>();
        if (record.oldest() > 0) {
            Holds.all(transaction, keys).forEach(hold -> held.add(hold.version()));
        }
        LogReader log = new LogReader(keys, numbers);
        List<NamespaceVersion> versions = new ArrayList<>();
        byte[] from = log.firstAfter(after <= 0 ? -1 : after);
        byte[] end = NamespaceKeys.stamped(keys.log(), numbers.after(newest));
        while (versions.size() < limit) {
            int count = Math.min(LISTED_AT_ONCE, limit);
            List<KeyValue> entries = Bytes.compare(from, end) >= 0
                    ? List.of()
                    : transaction
                            .getRange(from, end, count, false, ReadMode.SNAPSHOT)
                            .await();
            for (KeyValue each : entries) {
                long version = log.version(each);
                if (versions.size() < limit && (version >= record.oldest() || held.contains(version))) {
                    LogEntry entry = LogEntry.decode(each.value());
                    Instant time = Instant.EPOCH.plus(entry.micros(), ChronoUnit.MICROS);
                    versions.add(new NamespaceVersion(version, time, entry.pages(), entry.rows()));
                }
            }
            if (entries.size() < count) {
                break;
            }
            from = Bytes.after(entries.get(entries.size() - 1).key());
        }
        return versions;
    }

    private static DatabaseException none(String name, long version, String why) {
        return new DatabaseException(
                ResultCode.CANTOPEN,
                ResultCode.CANTOPEN.text() + ": namespace " + name + " has no version " + version + why);
    }

    private static DatabaseException gone(String name, String what, long oldest) {
        return new DatabaseException(
                ResultCode.ERROR_SNAPSHOT,
                "namespace " + name + ": " + what + " is no longer kept; the oldest one is " + oldest);
    }
}
