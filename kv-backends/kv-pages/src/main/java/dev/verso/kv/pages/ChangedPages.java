package dev.verso.kv.pages;

import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import dev.verso.kv.pages.NamespaceRecord.Rollback;
import dev.verso.kv.pages.VersionFinder.Found;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Which pages may differ between two versions, by the log. */
final class ChangedPages {
    private static final int READ_AT_ONCE = 1_000;

    private final VersionNumbers numbers;
    private final VersionFinder finder;

    ChangedPages(VersionNumbers numbers, VersionFinder finder) {
        this.numbers = numbers;
        this.finder = finder;
    }

    /** At least those that differ; null if the log does not tell. */
    BitSet between(KvTransaction transaction, NamespaceKeys keys, NamespaceAddress one, NamespaceAddress other) {
        Found a = finder.find(transaction, keys, one);
        Found b = finder.find(transaction, keys, other);
        if (Arrays.equals(a.keys().id(), b.keys().id())) {
            return within(transaction, a, Math.min(a.version(), b.version()), Math.max(a.version(), b.version()));
        }
        return acrossAFork(transaction, a, b);
    }

    /** One of the two is a version of the other's base, from before the fork. */
    private BitSet acrossAFork(KvTransaction transaction, Found a, Found b) {
        Found base = isBaseOf(a, b) ? a : b;
        Found fork = base == a ? b : a;
        if (!isBaseOf(base, fork) || fork.record().oldest() != 0) {
            return null;
        }
        long forkedAt = numbers.before(fork.record().bases().get(0).end());
        BitSet before =
                within(transaction, base, Math.min(base.version(), forkedAt), Math.max(base.version(), forkedAt));
        BitSet after = within(transaction, fork, 0, fork.version());
        if (before == null || after == null) {
            return null;
        }
        before.or(after);
        return before;
    }

    private static boolean isBaseOf(Found base, Found fork) {
        return fork.record().isFork()
                && Arrays.equals(fork.record().bases().get(0).id(), base.keys().id());
    }

    private BitSet within(KvTransaction transaction, Found namespace, long from, long to) {
        NamespaceRecord record = namespace.record();
        long first = from;
        // What a rollback between the two went back to may be older than both, and that again may be one.
        for (int i = record.rollbacks().size() - 1; i >= 0; i--) {
            Rollback rollback = record.rollbacks().get(i);
            long at = numbers.number(rollback.at());
            if (at > first && at <= to) {
                first = Math.min(first, rollback.target());
            }
        }
        if (first < from && first < record.oldest()) {
            return null;
        }
        BitSet pages = new BitSet();
        LogReader log = new LogReader(namespace.keys(), numbers);
        byte[] next = log.firstAfter(first == 0 ? -1 : first);
        byte[] end = NamespaceKeys.stamped(namespace.keys().log(), numbers.after(to));
        while (Bytes.compare(next, end) < 0) {
            List<KeyValue> entries = transaction
                    .getRange(next, end, READ_AT_ONCE, false, ReadMode.SNAPSHOT)
                    .await();
            for (KeyValue each : entries) {
                LogEntry entry = LogEntry.decode(each.value());
                if (entry.pageNumbers() != null) {
                    for (int page : entry.pageNumbers()) {
                        pages.set(page);
                    }
                } else if (entry.stagedId() != null) {
                    pages.or(log.manifest(transaction, entry.stagedId()));
                } else {
                    pages.set(1);
                }
            }
            if (entries.size() < READ_AT_ONCE) {
                break;
            }
            next = Bytes.after(entries.get(entries.size() - 1).key());
        }
        return pages;
    }
}
