package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvException;
import dev.verso.kv.KvStore;
import dev.verso.kv.Pending;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Watch;
import dev.verso.kv.pages.VersionFinder.Found;
import dev.verso.pager.BigEndian;
import dev.verso.pager.PageStore;
import dev.verso.pager.file.FileOptions;
import dev.verso.pager.file.FileStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The databases of a store: makes, lists, renames, deletes and opens them, tells their versions, and moves them from and to files.
 * Thread-safe. Does not own the store.
 */
public final class Namespaces {
    private static final int DELETED_AT_ONCE = 1_000;
    private static final int LISTED_AT_ONCE = 1_000;

    /** How often {@link #heartbeat} is due. */
    public static final long HEARTBEAT_MILLIS = 15_000;

    private final KvStore store;
    private final List<VersionedStore> open = new CopyOnWriteArrayList<>();
    private final LongSupplier tokens;
    private final VersionNumbers numbers;
    private final StoreWork work;
    private final VersionFinder finder;
    private final History history;
    private final Schedules schedules;

    public Namespaces(KvStore store) {
        this(store, Tokens.random());
    }

    /**
     * @param tokens gives numbers that are unique among all users of the store, for simulations
     */
    public Namespaces(KvStore store, LongSupplier tokens) {
        this.store = store;
        this.tokens = tokens;
        numbers = new VersionNumbers(store);
        work = new StoreWork(store);
        finder = new VersionFinder(numbers);
        history = new History(work, numbers, finder, tokens);
        schedules = new Schedules(work, tokens);
    }

    /** The store they are in. */
    public KvStore store() {
        return store;
    }

    // ---- the directory

    /** Makes an empty database. */
    public void create(String name) {
        if (!createIfAbsent(name)) {
            throw taken(name);
        }
    }

    /** Makes an empty database if there is none of that name; returns false if there is. */
    public boolean createIfAbsent(String name) {
        byte[] key = NamespaceKeys.directory(NamespaceAddress.checkedName(name));
        long token = tokens.getAsLong();
        boolean[] made = {false};
        work.change(name, (transaction, again) -> {
            byte[] there = transaction.get(key, ReadMode.SERIALIZABLE).await();
            if (there != null) {
                made[0] = again && BigEndian.s64(there, NamespaceKeys.ID_BYTES) == token;
                return false;
            }
            byte[] value = new byte[NamespaceKeys.ID_BYTES + 8];
            BigEndian.put64(value, NamespaceKeys.ID_BYTES, token);
            transaction.setVersionstampedValue(key, value, 0);
            transaction.setVersionstampedKey(
                    NamespaceKeys.recordPattern(),
                    NamespaceKeys.recordStampOffset(),
                    new NamespaceRecord(store.clock().micros(), name).encode());
            made[0] = true;
            return true;
        });
        return made[0];
    }

    /** All names, in order of their bytes. */
    public List<String> list() {
        return work.read(store.name(), transaction -> {
            List<String> names = new ArrayList<>();
            byte[] from = NamespaceKeys.directory();
            byte[] end = NamespaceKeys.end(from);
            while (true) {
                List<KeyValue> pairs = transaction
                        .getRange(from, end, LISTED_AT_ONCE, false, ReadMode.SNAPSHOT)
                        .await();
                for (KeyValue pair : pairs) {
                    names.add(NamespaceKeys.nameIn(pair.key()));
                }
                if (pairs.size() < LISTED_AT_ONCE) {
                    return names;
                }
                from = Bytes.after(pairs.get(pairs.size() - 1).key());
            }
        });
    }

    public boolean exists(String name) {
        return find(name) != null;
    }

    /** Gives a database another name; connections that have it open go on. */
    public void rename(String oldName, String newName) {
        byte[] oldKey = NamespaceKeys.directory(NamespaceAddress.checkedName(oldName));
        byte[] newKey = NamespaceKeys.directory(NamespaceAddress.checkedName(newName));
        byte[][] moved = new byte[1][];
        work.change(oldName, (transaction, again) -> {
            Pending<byte[]> old = transaction.get(oldKey, ReadMode.SERIALIZABLE);
            Pending<byte[]> there = transaction.get(newKey, ReadMode.SERIALIZABLE);
            byte[] entry = old.await();
            if (again && entry == null && moved[0] != null && Arrays.equals(there.await(), moved[0])) {
                return false;
            }
            if (entry == null) {
                throw noSuchNamespace(oldName);
            }
            if (there.await() != null) {
                throw taken(newName);
            }
            moved[0] = entry;
            NamespaceKeys keys = new NamespaceKeys(Arrays.copyOf(entry, NamespaceKeys.ID_BYTES));
            NamespaceRecord record = Records.read(transaction, keys, oldName);
            transaction.clear(oldKey);
            transaction.set(newKey, entry);
            Records.write(transaction, keys, record.withName(newName));
            return true;
        });
    }

    /**
     * Deletes a database with all its versions. Connections that have it open fail from then on.
     *
     * @throws DatabaseException if it is locked or was forked
     */
    public void delete(String name) {
        byte[] key = NamespaceKeys.directory(NamespaceAddress.checkedName(name));
        byte[][] id = new byte[1][];
        work.change(name, (transaction, again) -> {
            byte[] entry = transaction.get(key, ReadMode.SERIALIZABLE).await();
            byte[] found = entry == null ? null : Arrays.copyOf(entry, NamespaceKeys.ID_BYTES);
            if (again && !Arrays.equals(found, id[0])) {
                if (Records.readIfThere(transaction, new NamespaceKeys(id[0])) != null) {
                    throw noSuchNamespace(name); // somebody has given it another name meanwhile
                }
                return false;
            }
            if (found == null) {
                throw noSuchNamespace(name);
            }
            id[0] = found;
            NamespaceKeys keys = new NamespaceKeys(found);
            NamespaceRecord record = Records.read(transaction, keys, name);
            History.requireUnlocked(record, name, "");
            History.requireNoForkAfter(transaction, keys, -1, name, "deleted");
            History.releaseBase(transaction, record, numbers);
            transaction.clear(key);
            transaction.set(NamespaceKeys.trash(found), new byte[0]);
            transaction.clear(keys.schedule());
            Records.delete(transaction, keys);
            return true;
        });
        emptyTrash(id[0]);
    }

    /** Removes what deletions that were cut short have left behind. */
    public void emptyTrash() {
        List<byte[]> ids = work.read(store.name(), transaction -> {
            List<KeyValue> pairs = transaction
                    .getRange(
                            NamespaceKeys.trash(),
                            NamespaceKeys.end(NamespaceKeys.trash()),
                            LISTED_AT_ONCE,
                            false,
                            ReadMode.SNAPSHOT)
                    .await();
            return pairs.stream()
                    .map(pair -> Arrays.copyOfRange(pair.key(), NamespaceKeys.trash().length, pair.key().length))
                    .toList();
        });
        ids.forEach(this::emptyTrash);
    }

    private void emptyTrash(byte[] id) {
        byte[] from = new NamespaceKeys(id).all();
        byte[] end = NamespaceKeys.end(from);
        boolean[] more = {true};
        while (more[0]) {
            work.change(store.name(), (transaction, again) -> {
                List<KeyValue> pairs = transaction
                        .getRange(from, end, DELETED_AT_ONCE, false, ReadMode.SNAPSHOT)
                        .await();
                more[0] = pairs.size() == DELETED_AT_ONCE;
                if (!pairs.isEmpty()) {
                    transaction.clearRange(
                            from, Bytes.after(pairs.get(pairs.size() - 1).key()));
                }
                if (!more[0]) {
                    transaction.clear(NamespaceKeys.trash(id));
                }
                return true;
            });
        }
    }

    private NamespaceKeys find(String name) {
        byte[] key = NamespaceKeys.directory(NamespaceAddress.checkedName(name));
        return work.read(name, transaction -> {
            byte[] entry = transaction.get(key, ReadMode.SNAPSHOT).await();
            return entry == null ? null : new NamespaceKeys(Arrays.copyOf(entry, NamespaceKeys.ID_BYTES));
        });
    }

    private NamespaceKeys require(String name) {
        NamespaceKeys keys = find(name);
        if (keys == null) {
            throw noSuchNamespace(name);
        }
        return keys;
    }

    static DatabaseException taken(String name) {
        return new DatabaseException(ResultCode.CANTOPEN, "namespace " + name + " exists already");
    }

    private DatabaseException noSuchNamespace(String name) {
        return new DatabaseException(
                ResultCode.CANTOPEN, ResultCode.CANTOPEN.text() + ": no namespace " + name + " in " + store.name());
    }

    // ---- opening

    /** Opens a database for one or more connections; the caller closes it. */
    public PageStore open(String name) {
        return open(NamespaceAddress.parse(name), false);
    }

    /** Opens a database, or a past state of it, which is read-only. */
    public PageStore open(NamespaceAddress address, boolean readOnly) {
        return open(locate(address), readOnly);
    }

    /** Where a database is and which of its versions is meant: a name may belong to another database later. */
    public static final class Place {
        private final NamespaceKeys keys;
        private final String title;
        private final long version;

        private Place(NamespaceKeys keys, String title, long version) {
            this.keys = keys;
            this.title = title;
            this.version = version;
        }

        /** The same for two places exactly if they are of one database and one version, whatever it was called. */
        public String identity() {
            return keys.idText() + "@" + (version == VersionedStore.NEWEST ? "newest" : Long.toString(version));
        }
    }

    /** Finds a database by its name of now. */
    public Place locate(NamespaceAddress address) {
        NamespaceKeys keys = require(address.name());
        String title = store.name() + "/" + address;
        if (!address.isPinned()) {
            return new Place(keys, title, VersionedStore.NEWEST);
        }
        Found found = work.read(address.name(), transaction -> finder.find(transaction, keys, address));
        return new Place(found.keys(), title, found.version());
    }

    /** Opens what {@link #locate} found. */
    public PageStore open(Place place, boolean readOnly) {
        VersionedStore opened =
                new VersionedStore(store, place.keys, place.title, place.version, readOnly, tokens, open::remove);
        open.add(opened);
        return opened;
    }

    /**
     * Keeps garbage collection away from what the databases opened here have been reading for a while, and from what they stage. To be
     * called every {@link #HEARTBEAT_MILLIS}, from any thread. Costs nothing while no snapshot is old.
     *
     * @throws DatabaseException if it failed for one of them; the others have been seen to
     */
    public void heartbeat() {
        DatabaseException failure = null;
        try {
            schedules.heartbeat();
        } catch (DatabaseException e) {
            failure = e;
        }
        for (VersionedStore each : open) {
            try {
                each.heartbeat();
            } catch (DatabaseException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    // ---- versions

    /**
     * The newest of the versions made until that time (inclusive, to the microsecond). Times are those of the committing machines;
     * where their clocks differ so much that over a hundred commits lie between, an older version may be returned.
     */
    public long versionAt(String name, Instant time) {
        NamespaceKeys keys = require(name);
        NamespaceAddress address = new NamespaceAddress(name, NamespaceAddress.NEWEST, time);
        return work.read(
                name, transaction -> finder.find(transaction, keys, address).version());
    }

    /** The newest version, or 0 for a database without any. */
    public long newestVersion(String name) {
        NamespaceKeys keys = require(name);
        return work.read(name, transaction -> {
            return finder.newest(transaction, keys, Records.read(transaction, keys, name));
        });
    }

    /**
     * Waits until the namespace has a version after this one.
     *
     * @return the newest version, or -1 if there was none in time
     */
    public long awaitVersion(String name, long after, Duration timeout) {
        NamespaceKeys keys = require(name);
        long deadline = store.clock().micros() + timeout.toNanos() / 1_000;
        while (true) {
            Watch[] watch = new Watch[1];
            long newest = work.read(name, transaction -> {
                long version = finder.newest(transaction, keys, Records.read(transaction, keys, name));
                if (version <= after) {
                    watch[0] = transaction.watch(keys.head());
                    transaction.commit().await();
                }
                return version;
            });
            if (newest > after) {
                return newest;
            }
            try (Watch change = watch[0]) {
                long left = (deadline - store.clock().micros()) / 1_000;
                if (left <= 0 || !change.await(left)) {
                    return -1;
                }
            } catch (KvException e) {
                if (!e.isRetryable()) {
                    throw Failures.translate(e, "watching", name);
                }
            }
        }
    }

    /**
     * The versions after one, oldest first.
     *
     * @param after 0 for all
     * @param limit at most this many
     */
    public List<NamespaceVersion> versions(String name, long after, int limit) {
        NamespaceKeys keys = require(name);
        return work.read(name, transaction -> finder.list(transaction, keys, name, after, limit));
    }

    /**
     * The pages in which two versions of a database may differ, by the log: at least those that do.
     *
     * @param one two addresses of the same name
     * @return null if the log does not tell
     */
    public BitSet changedPages(NamespaceAddress one, NamespaceAddress other) {
        NamespaceKeys keys = require(one.name());
        return work.read(
                one.name(), transaction -> new ChangedPages(numbers, finder).between(transaction, keys, one, other));
    }

    /** What there is to know about a database without reading its pages. */
    public NamespaceStat stat(String name) {
        NamespaceKeys keys = require(name);
        return work.read(name, transaction -> history.stat(transaction, keys, name));
    }

    // ---- history

    /**
     * Makes a database that begins as another one is, or was: in constant time, since both share what neither changes. The version
     * that it began at is kept in the other one as long as the fork exists.
     *
     * @return the version it began at
     */
    public long fork(NamespaceAddress base, String name) {
        return history.fork(require(base.name()), base, name);
    }

    /**
     * Makes a new version that is equal to an earlier one, in constant time. The versions between stay as they are until they are
     * collected; transactions that are open fail at their commit.
     *
     * @throws DatabaseException if a fork began after that version, or the database is locked
     * @return the version that the new one is equal to: the newest until the number given
     */
    public long rollBack(String name, long version) {
        return history.rollBack(require(name), name, version, "");
    }

    /**
     * Locks a database: from now on its owner alone writes, in as many transactions as it takes, and all others read the version that
     * was the newest when it was locked, until {@link #unlock}. A session says who it is by {@link dev.verso.pager.StoreSession#actAs}. Locking again
     * as the same owner, also after a crash, goes on with the lock.
     *
     * @param takeoverAfter from then on another owner may lock, which undoes this one's work; each further call counts anew
     * @return the version that all others read
     */
    public long lock(String name, String owner, Duration takeoverAfter) {
        return history.lock(require(name), name, owner, takeoverAfter);
    }

    /** Ends a lock: with {@code keep} all see the owner's work at once, else it vanishes. */
    public void unlock(String name, String owner, boolean keep) {
        history.unlock(require(name), name, owner, keep);
    }

    /** Keeps a version until it is unpinned, whatever the retention says; returns the version that the address means. */
    public long pin(NamespaceAddress address, String label) {
        return history.pin(require(address.name()), address, label);
    }

    /** Ends all pins of a version; returns how many there were. */
    public int unpin(String name, long version) {
        return history.unpin(require(name), name, version);
    }

    /** Whether whole page images are deflated from now on: some 2 to 4 times smaller for text, at some 50 microseconds a page. Old ones stay. */
    public void compressed(String name, boolean compressed) {
        history.compressed(require(name), name, compressed);
    }

    /** Whether whole page images are deflated. */
    public boolean compressed(String name) {
        NamespaceKeys keys = require(name);
        return new StoreWork(store)
                .read(name, transaction -> Records.read(transaction, keys, name).compressed());
    }

    /** Says which versions to keep; nothing is dropped before the garbage is collected. */
    public void retention(String name, Retention retention) {
        history.retention(require(name), name, retention);
    }

    /**
     * Drops the versions that need not be kept, in small steps beside readers and writers; may be stopped anywhere and begun again.
     * Versions that are kept read afterwards as before, the others are errors.
     *
     * @param listener hears from time to time what has been done so far; may throw to stop it
     */
    public CollectionReport collect(String name, CollectionOptions options, Consumer<CollectionReport> listener) {
        return new Collector(work, numbers, finder, require(name), name, options, listener).run();
    }

    /**
     * Says how often garbage is collected by {@link #collectDue}: the first time as soon as possible. A fork has no schedule until it gets its
     * own.
     *
     * @param interval null for never
     */
    public void schedule(String name, Duration interval) {
        schedules.set(require(name), name, interval);
    }

    /** When garbage is collected by itself and what came of it; null for never. */
    public CollectionSchedule schedule(String name) {
        NamespaceKeys keys = require(name);
        return work.read(name, transaction -> Schedules.of(transaction, keys));
    }

    /**
     * Collects the garbage of all namespaces of the store that are due by their schedule and that nobody else collects. To be called now
     * and then by whoever has the store open, from one thread, while another calls {@link #heartbeat}. A look costs one round trip. What fails
     * is kept for {@link #schedule(String)} to tell.
     *
     * @param stop asked from time to time; when it says true the collection ends soon, and somebody else may go on with it
     * @return how many namespaces were collected
     */
    public int collectDue(BooleanSupplier stop) {
        return collectDue(stop, CollectionOptions.DEFAULTS);
    }

    int collectDue(BooleanSupplier stop, CollectionOptions options) {
        int count = schedules.run(stop, (keys, name, stillWanted) -> new Collector(
                        work, numbers, finder, keys, name, options, report -> stillWanted.run())
                .run());
        if (count > 0 && !stop.getAsBoolean()) {
            emptyTrash();
        }
        return count;
    }

    public Retention retention(String name) {
        NamespaceKeys keys = require(name);
        return work.read(
                name, transaction -> Records.read(transaction, keys, name).retention());
    }

    // ---- files

    /**
     * Copies a database file into a new namespace, or an empty one, as its first version: all of it or nothing. The file is read under
     * SQLite's locks, as of one moment.
     *
     * @return the version
     */
    public long importFile(String name, Path file, Progress progress) {
        FileOptions options = FileOptions.defaults().withReadOnly(true).withCreate(false);
        try (PageStore source = FileStore.open(file, options)) {
            return importPages(name, source, progress);
        }
    }

    /**
     * Copies a database file into a new namespace, or an empty one, in many commits that others see at once when all are made. An import
     * that was killed goes on where it stopped when it is begun again with the same file; until then the namespace is locked.
     *
     * @return the version, which is the only one
     */
    public long importFileInParts(String name, Path file, Progress progress) {
        FileOptions options = FileOptions.defaults().withReadOnly(true).withCreate(false);
        try (PageStore source = FileStore.open(file, options)) {
            return FileTransfer.importFile(this, name, file, source, progress);
        }
    }

    /** Ends an import's lock; the versions that it consists of were never seen and never will be. */
    long finishImport(String name, String owner) {
        return history.finishImport(require(name), name, owner);
    }

    /** Copies any other database's pages into a new namespace, or an empty one, as its first version: all of it or nothing. */
    public long importPages(String name, PageStore source, Progress progress) {
        return FileTransfer.importPages(this, name, source, progress);
    }

    /**
     * Writes a database, or a past state of it, to a file that SQLite opens. The file appears when it is complete, in place of one that
     * was there.
     */
    public void exportFile(NamespaceAddress address, Path file, Progress progress) {
        FileTransfer.exportFile(this, address, file, progress);
    }
}
