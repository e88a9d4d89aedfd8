package dev.verso.kv.pages;

import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import java.time.Duration;
import java.util.List;

/** Finds the oldest version to keep. */
final class Watermark {
    private static final int NEIGHBOURS_IN_TIME = 100;
    private static final int READ_AT_ONCE = 1_000;

    private final VersionNumbers numbers;
    private final VersionFinder finder;

    Watermark(VersionNumbers numbers, VersionFinder finder) {
        this.numbers = numbers;
        this.finder = finder;
    }

    /** The oldest version to keep: never less than now, and a version that exists; 0 to keep all. */
    long find(
            KvTransaction transaction,
            NamespaceKeys keys,
            NamespaceRecord record,
            CollectionOptions options,
            long nowMicros) {
        long newest = finder.newest(transaction, keys, record);
        long wanted = options.before() > 0
                ? newestUntil(transaction, keys, options.before())
                : byRetention(transaction, keys, record.retention(), nowMicros);
        long young = newestAt(transaction, keys, nowMicros - micros(options.minAge()));
        return Math.max(record.oldest(), Math.min(newest, Math.min(wanted, young)));
    }

    private long byRetention(KvTransaction transaction, NamespaceKeys keys, Retention retention, long nowMicros) {
        if (retention.isEverything()) {
            return 0;
        }
        long byAge = retention.keepFor() == null
                ? Long.MAX_VALUE
                : newestAt(transaction, keys, nowMicros - micros(retention.keepFor()));
        long byCount = retention.keepVersions() == 0
                ? Long.MAX_VALUE
                : fromTheNewest(transaction, keys, retention.keepVersions());
        return Math.min(byAge, byCount);
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    /** The version that was the newest at a time, or an older one if clocks differ; 0 for none. */
    long newestAt(KvTransaction transaction, NamespaceKeys keys, long micros) {
        List<KeyValue> after = transaction
                .getRange(
                        keys.timesAfter(micros),
                        NamespaceKeys.end(keys.times()),
                        NEIGHBOURS_IN_TIME,
                        false,
                        ReadMode.SNAPSHOT)
                .await();
        long first = Long.MAX_VALUE;
        for (KeyValue each : after) {
            first = Math.min(first, numbers.number(NamespaceKeys.stampAtEnd(each.key())));
        }
        return newestUntil(transaction, keys, first == Long.MAX_VALUE ? first : first - 1);
    }

    private long newestUntil(KvTransaction transaction, NamespaceKeys keys, long version) {
        byte[] end = version == Long.MAX_VALUE
                ? NamespaceKeys.end(keys.log())
                : NamespaceKeys.stamped(keys.log(), numbers.after(version));
        List<KeyValue> entry = transaction
                .getRange(keys.log(), end, 1, true, ReadMode.SNAPSHOT)
                .await();
        return entry.isEmpty() ? 0 : numbers.number(LogReader.stamp(entry.get(0)));
    }

    private long fromTheNewest(KvTransaction transaction, NamespaceKeys keys, int count) {
        byte[] end = NamespaceKeys.end(keys.log());
        int left = count;
        while (true) {
            List<KeyValue> entries = transaction
                    .getRange(keys.log(), end, Math.min(left, READ_AT_ONCE), true, ReadMode.SNAPSHOT)
                    .await();
            left -= entries.size();
            if (entries.isEmpty() || left > 0 && entries.size() < READ_AT_ONCE) {
                return 0;
            }
            Versionstamp last = LogReader.stamp(entries.get(entries.size() - 1));
            if (left == 0) {
                return numbers.number(last);
            }
            end = NamespaceKeys.stamped(keys.log(), last);
            assert Bytes.compare(keys.log(), end) < 0 : "the log ends where it begins";
        }
    }
}
