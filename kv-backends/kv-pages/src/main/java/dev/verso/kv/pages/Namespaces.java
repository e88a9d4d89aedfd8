package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvException;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import dev.verso.pager.BigEndian;
import dev.verso.pager.PageStore;
import dev.verso.pager.file.FileOptions;
import dev.verso.pager.file.FileStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The databases of a store: makes, lists, renames, deletes and opens them, tells their versions, and moves them from and to files.
 * Thread-safe. Does not own the store.
 */
public final class Namespaces {
    private static final int TRIES = 100;
    private static final int DELETED_AT_ONCE = 1_000;
    private static final int LISTED_AT_ONCE = 1_000;
    private static final int NEIGHBOURS_IN_TIME = 100;

    private final KvStore store;
    private final LongSupplier tokens;
    private final VersionNumbers numbers;

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
    }

    /** The store they are in. */
    public KvStore store() {
        return store;
    }

    // ---- the directory

    /** A change of the directory: runs until it is known to be done. */
    private interface Change {
        /** Makes the change; {@code again} if an earlier try may have been applied. Returns false if there is nothing to commit. */
        boolean make(KvTransaction transaction, boolean again);
    }

    private void change(String name, Change change) {
        boolean again = false;
        for (int tries = 1; ; tries++) {
            try (KvTransaction transaction = store.begin()) {
                if (change.make(transaction, again)) {
                    transaction.commit().await();
                }
                return;
            } catch (KvException e) {
                switch (e.failure()) {
                    case UNKNOWN_RESULT -> again = true;
                    case CONFLICT, TOO_OLD, FUTURE_VERSION -> {}
                    case TOO_LARGE, UNAVAILABLE, FULL, TIMED_OUT, INTERRUPTED, CLOSED, OWNED, DAMAGED ->
                        throw Failures.translate(e, "changing", name);
                }
                if (tries == TRIES) {
                    throw Failures.translate(e, "changing", name);
                }
            }
        }
    }

    private <T> T read(String name, Function<KvTransaction, T> reader) {
        for (int tries = 1; ; tries++) {
            try (KvTransaction transaction = store.begin()) {
                return reader.apply(transaction);
            } catch (KvException e) {
                if (!e.isRetryable() || tries == TRIES) {
                    throw Failures.opening(e, name);
                }
            }
        }
    }

    /** Makes an empty database. */
    public void create(String name) {
        if (!createIfAbsent(name)) {
            throw new DatabaseException(ResultCode.CANTOPEN, "namespace " + name + " exists already");
        }
    }

    /** Makes an empty database if there is none of that name; returns false if there is. */
    public boolean createIfAbsent(String name) {
        byte[] key = NamespaceKeys.directory(NamespaceAddress.checkedName(name));
        long token = tokens.getAsLong();
        boolean[] made = {false};
        change(name, (transaction, again) -> {
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
        return read(store.name(), transaction -> {
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
        change(oldName, (transaction, again) -> {
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
                throw new DatabaseException(ResultCode.CANTOPEN, "namespace " + newName + " exists already");
            }
            moved[0] = entry;
            byte[] recordKey = NamespaceKeys.record(Arrays.copyOf(entry, NamespaceKeys.ID_BYTES));
            NamespaceRecord record = NamespaceRecord.decode(
                    transaction.get(recordKey, ReadMode.SERIALIZABLE).await());
            transaction.clear(oldKey);
            transaction.set(newKey, entry);
            // Commits in flight rely on the record's existence, not on its name: they needn't fail.
            transaction.automaticWriteConflicts(false);
            transaction.set(recordKey, new NamespaceRecord(record.createdMicros(), newName).encode());
            return true;
        });
    }

    /** Deletes a database with all its versions. Connections that have it open fail from then on. */
    public void delete(String name) {
        byte[] key = NamespaceKeys.directory(NamespaceAddress.checkedName(name));
        byte[][] id = new byte[1][];
        change(name, (transaction, again) -> {
            byte[] entry = transaction.get(key, ReadMode.SERIALIZABLE).await();
            byte[] found = entry == null ? null : Arrays.copyOf(entry, NamespaceKeys.ID_BYTES);
            if (again && !Arrays.equals(found, id[0])) {
                return false;
            }
            if (found == null) {
                throw noSuchNamespace(name);
            }
            id[0] = found;
            transaction.clear(key);
            transaction.clear(NamespaceKeys.record(found));
            return true;
        });
        byte[] from = new NamespaceKeys(id[0]).all();
        byte[] end = NamespaceKeys.end(from);
        boolean[] more = {true};
        while (more[0]) {
            change(name, (transaction, again) -> {
                List<KeyValue> pairs = transaction
                        .getRange(from, end, DELETED_AT_ONCE, false, ReadMode.SNAPSHOT)
                        .await();
                more[0] = pairs.size() == DELETED_AT_ONCE;
                if (!pairs.isEmpty()) {
                    transaction.clearRange(
                            from, Bytes.after(pairs.get(pairs.size() - 1).key()));
                }
                return !pairs.isEmpty();
            });
        }
    }

    private NamespaceKeys find(String name) {
        byte[] key = NamespaceKeys.directory(NamespaceAddress.checkedName(name));
        return read(name, transaction -> {
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
        if (address.time() != null) {
            return new Place(keys, title, versionAt(keys, address.name(), address.time()));
        }
        if (address.version() != NamespaceAddress.NEWEST) {
            requireVersion(keys, address.name(), address.version());
        }
        return new Place(keys, title, address.version());
    }

    /** Opens what {@link #locate} found. */
    public PageStore open(Place place, boolean readOnly) {
        return new VersionedStore(store, place.keys, place.title, place.version, readOnly, tokens);
    }

    private void requireVersion(NamespaceKeys keys, String name, long version) {
        read(name, transaction -> {
            Pending<byte[]> head = transaction.get(keys.head(), ReadMode.SNAPSHOT);
            Pending<List<KeyValue>> first =
                    transaction.getRange(keys.log(), NamespaceKeys.end(keys.log()), 1, false, ReadMode.SNAPSHOT);
            byte[] newest = head.await();
            long last = newest == null ? 0 : numbers.number(Versionstamp.read(newest, 0));
            long oldest = first.await().isEmpty()
                    ? 0
                    : numbers.number(LogReader.stamp(first.await().get(0)));
            if (newest == null || version > last || version < oldest) {
                throw new DatabaseException(
                        ResultCode.CANTOPEN,
                        ResultCode.CANTOPEN.text() + ": namespace " + name + " has no version " + version
                                + (newest == null ? "; it is empty" : "; it has " + oldest + " to " + last));
            }
            return null;
        });
    }

    // ---- versions

    /**
     * The newest of the versions made until that time (inclusive, to the microsecond). Times are those of the committing machines;
     * where their clocks differ so much that over a hundred commits lie between, an older version may be returned.
     */
    public long versionAt(String name, Instant time) {
        return versionAt(require(name), name, time);
    }

    private long versionAt(NamespaceKeys keys, String name, Instant time) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
        return read(name, transaction -> {
            List<KeyValue> last = transaction
                    .getRange(keys.times(), keys.timesAfter(micros), NEIGHBOURS_IN_TIME, true, ReadMode.SNAPSHOT)
                    .await();
            if (last.isEmpty()) {
                throw new DatabaseException(
                        ResultCode.CANTOPEN,
                        ResultCode.CANTOPEN.text() + ": namespace " + name + " had no version at " + time);
            }
            // Clocks of machines differ a little, so that a newer version may bear an earlier time.
            long newest = 0;
            for (KeyValue each : last) {
                newest = Math.max(newest, numbers.number(NamespaceKeys.stampAtEnd(each.key())));
            }
            return newest;
        });
    }

    /** The newest version, or 0 for a database without any. */
    public long newestVersion(String name) {
        NamespaceKeys keys = require(name);
        return read(name, transaction -> {
            byte[] head = transaction.get(keys.head(), ReadMode.SNAPSHOT).await();
            return head == null ? 0L : numbers.number(Versionstamp.read(head, 0));
        });
    }

    /**
     * The versions after one, oldest first.
     *
     * @param after 0 for all
     * @param limit at most this many
     */
    public List<NamespaceVersion> versions(String name, long after, int limit) {
        NamespaceKeys keys = require(name);
        LogReader log = new LogReader(keys, numbers);
        return read(name, transaction -> {
            List<NamespaceVersion> versions = new ArrayList<>();
            byte[] from = log.firstAfter(after);
            while (versions.size() < limit) {
                int count = Math.min(LISTED_AT_ONCE, limit - versions.size());
                List<KeyValue> entries = transaction
                        .getRange(from, NamespaceKeys.end(keys.log()), count, false, ReadMode.SNAPSHOT)
                        .await();
                for (KeyValue each : entries) {
                    LogEntry entry = LogEntry.decode(each.value());
                    versions.add(new NamespaceVersion(
                            log.version(each), Instant.EPOCH.plus(entry.micros(), ChronoUnit.MICROS), entry.pages()));
                }
                if (entries.size() < count) {
                    break;
                }
                from = Bytes.after(entries.get(entries.size() - 1).key());
            }
            return versions;
        });
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
