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
    private String owner = "";

    /** The token of the owner's lock that was there when this session looked last; 0 for none. */
    private long workedUnder;

    /** What others than this namespace are seen as of, while one is opened for them. */
    private long moment = Long.MAX_VALUE;

    SnapshotOpener(VersionedStore store) {
        this.store = store;
        keys = store.keys();
        log = new LogReader(keys, store.numbers());
    }

    /** Who opens, for namespaces that are locked; the empty string for nobody in particular. */
    void owner(String name) {
        owner = name;
        workedUnder = 0;
    }

    String owner() {
        return owner;
    }

    /** The newest snapshot, or the pinned one. */
    Snapshot open(ReadView view) {
        return open(view, Long.MAX_VALUE, null);
    }

    /** A version of the past, which must be one that exists. */
    Snapshot openPast(ReadView view, long version) {
        return open(view, Long.MAX_VALUE, null, version);
    }

    /**
     * The newest version, for who reads other namespaces as of a moment; if it came later, what was the newest then.
     *
     * @param asOf the moment; the largest number for none
     * @throws DatabaseException BUSY_SNAPSHOT if a lock has ended since: it may have hidden versions at that moment that can be seen now
     */
    Snapshot openAsOf(ReadView view, long asOf) {
        moment = asOf;
        try {
            Snapshot newest = open(view);
            // If it came later its read version shows more than the snapshot: the log must decide about a commit.
            return newest.version() <= asOf ? newest : openPast(view, asOf).takenAt(Snapshot.TAKEN_LONG_AGO);
        } finally {
            moment = Long.MAX_VALUE;
        }
    }

    private void requireNoLockEnded(Pending<byte[]> unlocked) {
        byte[] stamp = unlocked == null ? null : unlocked.await();
        if (stamp != null && store.numbers().number(Versionstamp.read(stamp, 0)) > moment) {
            throw Failures.conflict(
                    store.name(), "a lock has ended since this transaction began to read other databases");
        }
    }

    /**
     * The snapshot at a version.
     *
     * @param version newest that it may be
     * @param own the commit of this session that it is, or null
     */
    Snapshot open(ReadView view, long version, Versionstamp own) {
        return open(view, version, own, VersionedStore.NEWEST);
    }

    private Snapshot open(ReadView view, long version, Versionstamp own, long past) {
        for (int tries = 1; ; tries++) {
            try {
                return openOnce(view, version, own, past);
            } catch (KvException e) {
                view.renew();
                boolean again = e.failure() == KvFailure.TOO_OLD || e.failure() == KvFailure.FUTURE_VERSION;
                if (!again || tries == TRIES) {
                    throw Failures.translate(e, "opening a snapshot of", store.name());
                }
            }
        }
    }

    private Snapshot openOnce(ReadView view, long most, Versionstamp own, long past) {
        view.renew();
        PageCache cache = store.cache();
        long known = cache.newestVersion();
        long pinned = past != VersionedStore.NEWEST ? past : store.pinnedVersion();
        long limit = pinned != VersionedStore.NEWEST ? pinned : most;
        KvTransaction transaction = view.transaction();
        long takenMicros = store.store().clock().micros();
        Pending<Long> readVersion = transaction.readVersion();
        boolean isLimited = moment != Long.MAX_VALUE;
        if (store.readVersionIsInstant()
                && own == null
                && past == VersionedStore.NEWEST
                && !isLimited
                && workedUnder == 0) {
            Snapshot latest = store.latest();
            if (latest != null && latest.readVersion() == readVersion.await()) {
                view.verified();
                Snapshot same = latest.takenAt(takenMicros);
                store.recent().learn(same.version(), List.of(), same);
                return same;
            }
        }
        Pending<byte[]> record = transaction.get(keys.record(), ReadMode.SNAPSHOT);
        Pending<byte[]> head = transaction.get(keys.head(), ReadMode.SNAPSHOT);
        Pending<byte[]> unlocked = isLimited ? transaction.get(keys.unlocked(), ReadMode.SNAPSHOT) : null;
        Pending<List<KeyValue>> size =
                transaction.getRange(keys.sizes(), before(keys.sizes(), limit), 1, true, ReadMode.SNAPSHOT);
        Pending<List<KeyValue>> hold =
                pinned == VersionedStore.NEWEST ? null : Holds.ofVersion(transaction, keys, pinned, ReadMode.SNAPSHOT);
        boolean wantsLog = pinned == VersionedStore.NEWEST && known >= 0;
        Pending<List<KeyValue>> changes = wantsLog ? log.after(transaction, known, MOST_LOG_ENTRIES) : null;
        boolean wantsFirst = own == null && !cache.contains(1, pinned == VersionedStore.NEWEST ? known : pinned);
        Pending<List<KeyValue>> first = wantsFirst
                ? transaction.getRange(keys.page(1), before(keys.page(1), limit), 1, true, ReadMode.SNAPSHOT)
                : null;

        Lineage lineage = store.lineage(requireRecord(record.await()));
        requireNoLockEnded(unlocked);
        if (pinned == VersionedStore.NEWEST) {
            followLock(transaction, lineage.record());
        }
        requireKept(lineage.record(), pinned, hold);
        view.verified();
        byte[] headValue = head.await();
        if (headValue == null) {
            cache.observe(0);
            Snapshot empty = new Snapshot(0, 0, 0, 0, readVersion.await(), takenMicros, lineage);
            store.recent().learn(-1, List.of(), empty);
            return empty;
        }
        long headVersion = store.numbers().number(Versionstamp.read(headValue, 0));
        long headMicros = BigEndian.s64(headValue, Versionstamp.BYTES);
        NamespaceLock lock = lineage.record().lock();
        if (lock != null && limit > lock.frozen() && !lock.owner().equals(owner)) {
            limit = lock.frozen();
            size = transaction.getRange(keys.sizes(), before(keys.sizes(), limit), 1, true, ReadMode.SNAPSHOT);
        }
        long version = Math.min(headVersion, limit);
        int pageCount = 0;
        int pageSizeBytes = 0;
        for (KeyValue pair : size.await()) {
            pageCount = BigEndian.s32(pair.value(), 0);
            pageSizeBytes = BigEndian.s32(pair.value(), 4);
        }
        // After a commit of this session others may have followed before the read version.
        boolean isNewest = own == null || headVersion == version;
        Snapshot opened = new Snapshot(
                version,
                headMicros,
                pageCount,
                pageSizeBytes,
                isNewest ? readVersion.await() : own.version(),
                isNewest || !store.numbers().areShared() ? takenMicros : Snapshot.TAKEN_LONG_AGO,
                lineage);
        if (pinned == VersionedStore.NEWEST && !lineage.isLocked()) {
            boolean toldAll = wantsLog
                    && known >= lineage.record().oldest()
                    && changes.await().size() < MOST_LOG_ENTRIES;
            store.recent().learn(toldAll ? known : -1, toldAll ? log.decoded(changes.await()) : List.of(), opened);
        }
        if (lineage.isLocked()) {
            store.recent().forget();
        }
        // Of versions that are not kept the log may lack entries.
        if (wantsLog && known >= lineage.record().oldest()) {
            advance(cache, known, version, changes.await());
        }
        // Where the log did not tell all, this forgets what may have changed.
        cache.observe(version);
        store.unseen().seen(cache.newestVersion());
        if (wantsFirst) {
            cacheFirstPage(
                    cache,
                    version,
                    pageSizeBytes,
                    first.await(),
                    lineage.ownAt(version).get(0));
        }
        if (most == Long.MAX_VALUE && past == VersionedStore.NEWEST) {
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

    private byte[] requireRecord(byte[] record) {
        if (record == null) {
            throw deleted(store.name());
        }
        return record;
    }

    private void requireKept(NamespaceRecord record, long version, Pending<List<KeyValue>> hold) {
        if (version != VersionedStore.NEWEST
                && version < record.oldest()
                && hold.await().isEmpty()) {
            throw dropped(store.name(), version, record.oldest());
        }
    }

    /**
     * Checks that a transaction based on a snapshot may still commit: the namespace is there, nobody else has locked it, and the log
     * since the snapshot is complete.
     *
     * @param recordValue the namespace's record as of the transaction
     */
    void requireWritable(KvTransaction transaction, byte[] recordValue, Snapshot base) {
        NamespaceRecord record = store.lineage(requireRecord(recordValue)).record();
        long begunUnder = ownLock(base.lineage().record());
        if (begunUnder != 0 && begunUnder != ownLock(record)) {
            LockEnd.requireKept(transaction, keys, store.name(), owner, begunUnder);
        }
        followLock(transaction, record);
        requireUnlocked(record);
        if (base.version() < record.oldest()) {
            requireKept(record, base.version(), Holds.ofVersion(transaction, keys, base.version(), ReadMode.SNAPSHOT));
        }
    }

    /** The newest version that can be seen where somebody else has locked the namespace, by its record's value; else the largest number. */
    long newestVisible(byte[] recordValue) {
        NamespaceLock lock = store.lineage(requireRecord(recordValue)).record().lock();
        return lock != null && !lock.owner().equals(owner) ? lock.frozen() : Long.MAX_VALUE;
    }

    /** The token of the lock if the owner that this session works for holds it, else 0. */
    private long ownLock(NamespaceRecord record) {
        NamespaceLock lock = record.lock();
        return lock != null && lock.owner().equals(owner) ? lock.token() : 0;
    }

    /** Checks that the lock that this session has worked under is still there, or its work was kept. */
    private void followLock(KvTransaction transaction, NamespaceRecord record) {
        long held = ownLock(record);
        if (workedUnder != 0 && workedUnder != held) {
            LockEnd.requireKept(transaction, keys, store.name(), owner, workedUnder);
        }
        workedUnder = held;
    }

    /** Checks that nobody else has locked the namespace. */
    void requireUnlocked(NamespaceRecord record) {
        if (record.lock() != null && !record.lock().owner().equals(owner)) {
            throw record.lock().refusal(store.name());
        }
    }

    /** The error of who reads a version that garbage collection has dropped. */
    static DatabaseException dropped(String name, long version, long oldest) {
        return new DatabaseException(
                ResultCode.ERROR_SNAPSHOT,
                name + ": version " + version + " is no longer kept; the oldest one is " + oldest);
    }

    static DatabaseException deleted(String name) {
        return new DatabaseException(
                ResultCode.CANTOPEN, ResultCode.CANTOPEN.text() + ": " + name + " has been deleted");
    }

    private void cacheFirstPage(
            PageCache cache, long version, int pageSizeBytes, List<KeyValue> pairs, Lineage.Segment seen) {
        for (KeyValue pair : pairs) {
            if (PageEntry.stagedBy(pair.value()) == null && seen.holds(NamespaceKeys.stampAtEnd(pair.key()))) {
                cache.put(1, version, PageEntry.image(pair.value(), pageSizeBytes, 1));
            }
        }
    }

    /** Tells the cache what the commits between two versions changed. */
    void advance(PageCache cache, long known, long version, List<KeyValue> entries) {
        long from = known;
        int i = 0;
        while (i < entries.size() && log.version(entries.get(i)) <= version) {
            long to = log.version(entries.get(i));
            int[] changed = new int[0];
            byte[][] images = null;
            for (; i < entries.size() && log.version(entries.get(i)) == to; i++) {
                LogEntry entry = LogEntry.decode(entries.get(i).value());
                if (entry.pageNumbers() == null) {
                    // Too many to list, or a rollback; the cache forgets everything when it sees the new version.
                    return;
                }
                Versionstamp stamp = LogReader.stamp(entries.get(i));
                images = store.numbers().isOwn(stamp) ? store.unseen().images(stamp) : null;
                changed = merge(changed, entry.pageNumbers());
            }
            if (i == entries.size() && i == MOST_LOG_ENTRIES) {
                return;
            }
            cache.advance(from, to, changed, images);
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
