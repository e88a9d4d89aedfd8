package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvFeature;
import dev.verso.kv.KvStore;
import dev.verso.pager.PageCache;
import dev.verso.pager.PageStore;
import dev.verso.pager.StoreSession;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** One namespace, at its newest version or pinned at an older one. */
final class VersionedStore implements PageStore {
    /** SQLite's default page size, for a namespace that has no page yet. */
    static final int DEFAULT_PAGE_SIZE_BYTES = 4096;
    /** For newest: not pinned. */
    static final long NEWEST = -1;

    private static final int QUIET_AFTER_COMMITS = 32;
    private static final int COLLIDES_FOR_COMMITS = 32;
    private static final long MOST_GROUP_BYTES = 2_000_000;

    /** A miss costs a round trip, and all connections of the JVM share the cache: SQLite's two megabytes would be too few. */
    private static final long CACHE_BYTES = Math.max(
            PageCache.DEFAULT_CAPACITY_BYTES,
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8));

    private final KvStore store;
    private final NamespaceKeys keys;
    private final String name;
    private final long pinnedVersion;
    private final boolean readOnly;
    private final LongSupplier tokens;
    private final VersionNumbers numbers;
    private final StagedOutcomes outcomes = new StagedOutcomes();
    private final DeltaChains chains = new DeltaChains();
    private final PageCache cache = new PageCache();
    private final AtomicInteger contention = new AtomicInteger();
    private final AtomicInteger collisions = new AtomicInteger();
    private final UnseenCommits unseen = new UnseenCommits();
    private final boolean readVersionIsInstant;
    private final List<VersionedSession> sessions = new CopyOnWriteArrayList<>();
    private final Leases leases;
    private final long openedMicros;
    private final long number;
    private final Consumer<VersionedStore> onClose;
    private final RowidLeases rowids;
    private final Set<Long> ownTokens = ConcurrentHashMap.newKeySet();
    private final RecentCommits recent = new RecentCommits();
    private final CommitPipeline pipeline;
    private volatile Snapshot latest;
    private volatile KnownRecord known;

    /** A namespace's record as it was read last. */
    private record KnownRecord(byte[] value, Lineage lineage) {}

    /**
     * @param pinnedVersion the version to show, or {@link #NEWEST}
     * @param onClose hears when it is closed
     * @param tokens gives each session a number that no other session in the world has
     */
    VersionedStore(
            KvStore store,
            NamespaceKeys keys,
            String name,
            long pinnedVersion,
            boolean readOnly,
            LongSupplier tokens,
            Consumer<VersionedStore> onClose) {
        this.store = store;
        this.keys = keys;
        this.name = name;
        this.pinnedVersion = pinnedVersion;
        this.readOnly = readOnly || pinnedVersion != NEWEST;
        this.tokens = tokens;
        this.onClose = onClose;
        numbers = new VersionNumbers(store);
        openedMicros = store.clock().micros();
        number = tokens.getAsLong();
        leases = new Leases(new StoreWork(store), keys, name, number);
        cache.capacityBytes(CACHE_BYTES);
        rowids = new RowidLeases(store, keys, name);
        pipeline = new CommitPipeline(this);
        readVersionIsInstant = store.supports(KvFeature.INSTANT_READ_VERSION);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public PageCache cache() {
        return cache;
    }

    @Override
    public StoreSession newSession() {
        long token = tokens.getAsLong();
        ownTokens.add(token);
        VersionedSession session = new VersionedSession(this, token);
        sessions.add(session);
        return session;
    }

    /** The session is closed. */
    void forget(VersionedSession session) {
        sessions.remove(session);
    }

    /** Gives up what it has leased; the key-value store belongs to who opened it. */
    @Override
    public void close() {
        onClose.accept(this);
        try {
            leases.renew(Set.of());
        } catch (DatabaseException e) {
            // Where the store can't be reached, nothing is lost: leases end by themselves.
            if (e.code() != ResultCode.IOERR) {
                throw e;
            }
        }
    }

    /** Keeps what sessions read and stage from being collected. */
    void heartbeat() {
        long old = store.clock().micros() - Leases.LEASE_AFTER_MICROS;
        Set<Long> versions = new TreeSet<>();
        if (pinnedVersion > 0 && openedMicros < old) {
            versions.add(pinnedVersion);
        }
        for (VersionedSession session : sessions) {
            session.addReadVersions(old, versions);
        }
        leases.renew(versions);
        for (VersionedSession session : sessions) {
            StagedId staged = session.stagedId();
            if (staged != null) {
                leases.renewStaging(staged);
            }
        }
    }

    /** Another one than that of any other store in the world. */
    long number() {
        return number;
    }

    KvStore store() {
        return store;
    }

    NamespaceKeys keys() {
        return keys;
    }

    VersionNumbers numbers() {
        return numbers;
    }

    DeltaChains chains() {
        return chains;
    }

    StagedOutcomes outcomes() {
        return outcomes;
    }

    long pinnedVersion() {
        return pinnedVersion;
    }

    /**
     * The version of this very namespace that an address means; a fork's versions from before it was one are no versions of it.
     */
    long version(NamespaceAddress address) {
        VersionFinder.Found found = new StoreWork(store)
                .read(name, transaction -> new VersionFinder(numbers).find(transaction, keys, address));
        if (!Arrays.equals(found.keys().id(), keys.id())) {
            throw new DatabaseException(
                    ResultCode.CANTOPEN,
                    ResultCode.CANTOPEN.text() + ": " + name + ": version " + found.version()
                            + " is older than the fork; open it as NAME@" + found.version());
        }
        if (pinnedVersion != NEWEST && found.version() > pinnedVersion) {
            throw new DatabaseException(
                    ResultCode.CANTOPEN,
                    ResultCode.CANTOPEN.text() + ": " + name + " shows no version after " + pinnedVersion);
        }
        return found.version();
    }

    /** True if asking for a read version is worth while even if it turns out that nothing has changed. */
    boolean readVersionIsInstant() {
        return readVersionIsInstant;
    }

    /** A snapshot opened lately by any session, or null. */
    Snapshot latest() {
        return latest;
    }

    void latest(Snapshot snapshot) {
        // While the namespace is locked its owner sees what others don't.
        latest = snapshot.lineage().isLocked() ? null : snapshot;
    }

    /** What a record says of where pages are. */
    Lineage lineage(byte[] record) {
        KnownRecord last = known;
        if (last == null || !Arrays.equals(last.value, record)) {
            last = new KnownRecord(record, new Lineage(keys, NamespaceRecord.decode(record), numbers));
            known = last;
        }
        return last.lineage;
    }

    /** True if a commit was made by a session of this store, not by another JVM. */
    boolean isOwn(LogEntry entry) {
        return ownTokens.contains(entry.session());
    }

    /** New rowids. */
    RowidLeases rowids() {
        return rowids;
    }

    /** The commits that this JVM has heard of. */
    RecentCommits recent() {
        return recent;
    }

    /** The commits of this store's sessions that no snapshot has shown yet. */
    UnseenCommits unseen() {
        return unseen;
    }

    /** Where the commits of this store's sessions line up. */
    CommitPipeline pipeline() {
        return pipeline;
    }

    /** Images that go in one transaction of the store. */
    long mostGroupBytes() {
        return Math.min(MOST_GROUP_BYTES, store.limits().transactionBytes() / 4);
    }

    /** True if it is likely that nobody else commits between a snapshot and its commit. */
    boolean expectsQuiet() {
        return contention.get() == 0;
    }

    /** Someone else did. */
    void noteContention() {
        contention.set(QUIET_AFTER_COMMITS);
    }

    /** True if it is likely that others commit the same pages. */
    boolean expectsCollision() {
        return collisions.get() > 0;
    }

    /** Someone else did. */
    void noteCollision() {
        collisions.set(COLLIDES_FOR_COMMITS);
    }

    /** A commit went through. */
    void noteCommit() {
        contention.updateAndGet(left -> Math.max(0, left - 1));
        collisions.updateAndGet(left -> Math.max(0, left - 1));
    }
}
