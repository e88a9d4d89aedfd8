package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import dev.verso.pager.BigEndian;
import dev.verso.pager.PageCache;
import java.util.Arrays;
import java.util.List;

/**
 * Opens snapshots in one round trip: the namespace's record, its head and its size, the log since the version that the cache knows, and
 * page 1 if the cache lacks it, are asked for together. The log tells the cache which pages have changed; all others stay.
 */
final class SnapshotOpener {
    private static final int TRIES = 60;
    private static final int MOST_LOG_ENTRIES = 128;

    private final VersionedStore store;
    private final NamespaceKeys keys;
    private final LogReader log;

    SnapshotOpener(VersionedStore store) {
        this.store = store;
        keys = store.keys();
        log = new LogReader(keys, store.numbers());
    }

    /** The newest snapshot, or the pinned one. */
    Snapshot open(ReadView view) {
        return open(view, Long.MAX_VALUE, null, null);
    }

    /**
     * The snapshot at a version.
     *
     * @param version newest that it may be
     * @param own a commit of this session whose images are at hand, or null
     */
    Snapshot open(ReadView view, long version, Versionstamp own, CommitPlan plan) {
        for (int tries = 1; ; tries++) {
            try {
                return openOnce(view, version, own, plan);
            } catch (KvException e) {
                view.renew();
                boolean again = e.failure() == KvFailure.TOO_OLD || e.failure() == KvFailure.FUTURE_VERSION;
                if (!again || tries == TRIES) {
                    throw Failures.translate(e, "opening a snapshot of", store.name());
                }
            }
        }
    }

    private Snapshot openOnce(ReadView view, long most, Versionstamp own, CommitPlan plan) {
        view.renew();
        PageCache cache = store.cache();
        long known = cache.newestVersion();
        long pinned = store.pinnedVersion();
        long limit = pinned != VersionedStore.NEWEST ? pinned : most;
        KvTransaction transaction = view.transaction();
        long takenMicros = store.store().clock().micros();
        Pending<Long> readVersion = transaction.readVersion();
        if (store.readVersionIsInstant() && own == null) {
            Snapshot latest = store.latest();
            if (latest != null && latest.readVersion() == readVersion.await()) {
                return latest.takenAt(takenMicros);
            }
        }
        Pending<byte[]> record = transaction.get(keys.record(), ReadMode.SNAPSHOT);
        Pending<byte[]> head = transaction.get(keys.head(), ReadMode.SNAPSHOT);
        Pending<List<KeyValue>> size =
                transaction.getRange(keys.sizes(), before(keys.sizes(), limit), 1, true, ReadMode.SNAPSHOT);
        boolean wantsLog = pinned == VersionedStore.NEWEST && known >= 0;
        Pending<List<KeyValue>> changes = wantsLog ? log.after(transaction, known, MOST_LOG_ENTRIES) : null;
        boolean wantsFirst = own == null && !cache.contains(1, known);
        Pending<List<KeyValue>> first = wantsFirst
                ? transaction.getRange(keys.page(1), before(keys.page(1), limit), 1, true, ReadMode.SNAPSHOT)
                : null;

        requireRecord(record.await());
        byte[] headValue = head.await();
        if (headValue == null) {
            cache.observe(0);
            return new Snapshot(0, 0, 0, 0, readVersion.await(), takenMicros);
        }
        long headVersion = store.numbers().number(Versionstamp.read(headValue, 0));
        long headMicros = BigEndian.s64(headValue, Versionstamp.BYTES);
        long version = Math.min(headVersion, limit);
        int pageCount = 0;
        int pageSizeBytes = 0;
        for (KeyValue pair : size.await()) {
            pageCount = BigEndian.s32(pair.value(), 0);
            pageSizeBytes = BigEndian.s32(pair.value(), 4);
        }
        if (wantsLog) {
            advance(cache, known, version, changes.await(), own, plan);
        }
        // Where the log did not tell all, this forgets what may have changed.
        cache.observe(version);
        if (wantsFirst) {
            cacheFirstPage(cache, version, pageSizeBytes, first.await());
        }
        Snapshot opened = new Snapshot(version, headMicros, pageCount, pageSizeBytes, readVersion.await(), takenMicros);
        if (most == Long.MAX_VALUE) {
            store.latest(opened);
        }
        return opened;
    }

    /** End of the range of stamped keys up to a version. */
    private byte[] before(byte[] prefix, long version) {
        return version == Long.MAX_VALUE
                ? NamespaceKeys.end(prefix)
                : NamespaceKeys.stamped(prefix, store.numbers().after(version));
    }

    void requireRecord(byte[] record) {
        if (record == null) {
            throw deleted(store.name());
        }
    }

    static DatabaseException deleted(String name) {
        return new DatabaseException(
                ResultCode.CANTOPEN, ResultCode.CANTOPEN.text() + ": " + name + " has been deleted");
    }

    private void cacheFirstPage(PageCache cache, long version, int pageSizeBytes, List<KeyValue> pairs) {
        for (KeyValue pair : pairs) {
            if (PageEntry.stagedBy(pair.value()) == null) {
                cache.put(1, version, PageEntry.image(pair.value(), pageSizeBytes, 1));
            }
        }
    }

    /** Tells the cache what the commits between two versions changed; {@code own} and its plan may be null. */
    void advance(PageCache cache, long known, long version, List<KeyValue> entries, Versionstamp own, CommitPlan plan) {
        long from = known;
        int i = 0;
        while (i < entries.size() && log.version(entries.get(i)) <= version) {
            long to = log.version(entries.get(i));
            int[] changed = new int[0];
            boolean isOwn = false;
            for (; i < entries.size() && log.version(entries.get(i)) == to; i++) {
                LogEntry entry = LogEntry.decode(entries.get(i).value());
                if (entry.pageNumbers() == null) {
                    // Too many to list; the cache forgets everything when it sees the new version.
                    return;
                }
                Versionstamp stamp = LogReader.stamp(entries.get(i));
                isOwn = stamp.equals(own) && store.numbers().isOwn(stamp);
                changed = merge(changed, entry.pageNumbers());
            }
            if (i == entries.size() && i == MOST_LOG_ENTRIES) {
                return;
            }
            cache.advance(from, to, changed, isOwn ? plan.images() : null);
            from = to;
        }
    }

    private static int[] merge(int[] a, int[] b) {
        if (a.length == 0) {
            return b;
        }
        int[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return Arrays.stream(both).sorted().distinct().toArray();
    }
}
