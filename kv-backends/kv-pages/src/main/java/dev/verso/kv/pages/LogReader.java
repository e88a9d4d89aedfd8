package dev.verso.kv.pages;

import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Reads the log of a namespace. */
final class LogReader {
    private final NamespaceKeys keys;
    private final VersionNumbers numbers;

    LogReader(NamespaceKeys keys, VersionNumbers numbers) {
        this.keys = keys;
        this.numbers = numbers;
    }

    /** Asks for entries after a version (all for a negative one), oldest first. */
    Pending<List<KeyValue>> after(KvTransaction transaction, long version, int limit) {
        return transaction.getRange(
                firstAfter(version), NamespaceKeys.end(keys.log()), limit, false, ReadMode.SNAPSHOT);
    }

    /** The first key of entries after a version. */
    byte[] firstAfter(long version) {
        return version < 0 ? keys.log() : NamespaceKeys.stamped(keys.log(), numbers.after(version));
    }

    /** The version of an entry. */
    long version(KeyValue entry) {
        return numbers.number(stamp(entry));
    }

    /** Entries as they were read. */
    List<RecentCommits.Logged> decoded(List<KeyValue> entries) {
        List<RecentCommits.Logged> decoded = new ArrayList<>(entries.size());
        for (KeyValue each : entries) {
            decoded.add(new RecentCommits.Logged(version(each), LogEntry.decode(each.value())));
        }
        return decoded;
    }

    static Versionstamp stamp(KeyValue entry) {
        return NamespaceKeys.stampAtEnd(entry.key());
    }

    /** The pages of a staged transaction, by its manifest. */
    BitSet manifest(KvTransaction transaction, StagedId id) {
        BitSet pages = new BitSet();
        byte[] prefix = keys.manifest(id.bytes());
        byte[] end = NamespaceKeys.end(prefix);
        byte[] from = prefix;
        while (true) {
            List<KeyValue> chunks = transaction
                    .getRange(from, end, 1_000, false, ReadMode.SNAPSHOT)
                    .await();
            for (KeyValue chunk : chunks) {
                for (int page : PageList.read(chunk.value(), Staging.MANIFEST_LIST_OFFSET)) {
                    pages.set(page);
                }
            }
            if (chunks.size() < 1_000) {
                return pages;
            }
            from = Bytes.after(chunks.get(chunks.size() - 1).key());
        }
    }
}
