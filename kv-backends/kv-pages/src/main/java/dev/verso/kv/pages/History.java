package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.pages.Holds.Hold;
import dev.verso.kv.pages.Lineage.Segment;
import dev.verso.kv.pages.NamespaceRecord.Base;
import dev.verso.kv.pages.NamespaceRecord.Rollback;
import dev.verso.kv.pages.VersionFinder.Found;
import dev.verso.pager.BigEndian;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What changes a namespace's history as a whole: forks, rollbacks, locks, pins. Each is one transaction of the store, whatever the size
 * of the database: it changes the record, by which readers know which entries count. So nothing is half done after a crash.
 */
final class History {
    private static final int MOST_OWNER_BYTES = 256;
    private static final int MOST_LABEL_BYTES = 1_000;
    private static final int MOST_ROLLBACKS = 1_000;

    private final StoreWork work;
    private final VersionNumbers numbers;
    private final VersionFinder finder;
    private final LongSupplier tokens;

    History(StoreWork work, VersionNumbers numbers, VersionFinder finder, LongSupplier tokens) {
        this.work = work;
        this.numbers = numbers;
        this.finder = finder;
        this.tokens = tokens;
    }

    // ---- forks

    /** Makes a namespace that begins as another one is at a version; returns that version. */
    long fork(NamespaceKeys base, NamespaceAddress address, String name) {
        byte[] directory = NamespaceKeys.directory(NamespaceAddress.checkedName(name));
        long token = tokens.getAsLong();
        long[] version = new long[1];
        work.change(name, (transaction, again) -> {
            byte[] there = transaction.get(directory, ReadMode.SERIALIZABLE).await();
            if (there != null) {
                if (again && BigEndian.s64(there, NamespaceKeys.ID_BYTES) == token) {
                    return false;
                }
                throw Namespaces.taken(name);
            }
            Found from = finder.find(transaction, base, address);
            version[0] = from.version();
            byte[] id = NamespaceKeys.forkId(token);
            byte[] entry = Arrays.copyOf(id, NamespaceKeys.ID_BYTES + 8);
            BigEndian.put64(entry, NamespaceKeys.ID_BYTES, token);
            transaction.set(directory, entry);
            NamespaceKeys fork = new NamespaceKeys(id);
            NamespaceRecord record = new NamespaceRecord(work.micros(), name);
            if (version[0] != 0) {
                record = forked(record, from, token);
                byte[] size = sizeAt(transaction, from.keys(), version[0]);
                transaction.setVersionstampedKey(fork.sizePattern(), fork.stampOffset(), size);
                writeVersion(transaction, fork, 0, work.micros(), BigEndian.s32(size, 0));
                transaction.set(from.keys().hold(version[0], Holds.FORK, token), id);
            }
            transaction.set(fork.record(), record.encode());
            return true;
        });
        return version[0];
    }

    private NamespaceRecord forked(NamespaceRecord fork, Found from, long token) {
        List<Base> bases = new ArrayList<>();
        for (Segment each : new Lineage(from.keys(), from.record(), numbers).at(from.version())) {
            bases.add(new Base(each.keys().id(), each.from(), each.end()));
        }
        return new NamespaceRecord(
                fork.createdMicros(),
                fork.name(),
                0,
                Retention.EVERYTHING,
                List.of(),
                bases,
                token,
                null,
                from.record().compressed());
    }

    private byte[] sizeAt(KvTransaction transaction, NamespaceKeys keys, long version) {
        if (version == 0) {
            return new byte[8];
        }
        List<KeyValue> size = transaction
                .getRange(
                        keys.sizes(),
                        NamespaceKeys.stamped(keys.sizes(), numbers.after(version)),
                        1,
                        true,
                        ReadMode.SNAPSHOT)
                .await();
        if (size.isEmpty()) {
            throw new DatabaseException(
                    ResultCode.CORRUPT, ResultCode.CORRUPT.text() + ": version " + version + " has no size");
        }
        return size.get(0).value();
    }

    /** The log's, the times' and the head's part of a version that writes no pages of its own accord. */
    private static void writeVersion(
            KvTransaction transaction, NamespaceKeys keys, int flags, long micros, int pageCount) {
        int[] pages = (flags & LogEntry.ROLLBACK) != 0 ? null : new int[0];
        LogEntry entry = new LogEntry(flags, micros, 0, 0, 0, pageCount, pages, null, null);
        transaction.setVersionstampedKey(keys.logPattern(), keys.stampOffset(), entry.encode());
        transaction.setVersionstampedKey(keys.timePattern(micros), keys.timeStampOffset(), new byte[0]);
        byte[] head = new byte[Versionstamp.BYTES + 8];
        BigEndian.put64(head, Versionstamp.BYTES, micros);
        transaction.setVersionstampedValue(keys.head(), head, 0);
    }

    /** The names of the forks that began after a version, for messages. */
    private static List<String> forksAfter(KvTransaction transaction, NamespaceKeys keys, long version) {
        List<String> names = new ArrayList<>();
        for (Hold hold : Holds.all(transaction, keys)) {
            if (hold.kind() == Holds.FORK && hold.version() > version) {
                byte[] record = transaction
                        .get(NamespaceKeys.record(hold.value()), ReadMode.SERIALIZABLE)
                        .await();
                names.add((record == null ? "?" : NamespaceRecord.decode(record).name()) + " (at version "
                        + hold.version() + ")");
            }
        }
        return names;
    }

    /** Checks that no fork needs a version after this one. */
    static void requireNoForkAfter(
            KvTransaction transaction, NamespaceKeys keys, long version, String name, String what) {
        List<String> forks = forksAfter(transaction, keys, version);
        if (!forks.isEmpty()) {
            throw new DatabaseException(
                    ResultCode.BUSY,
                    "namespace " + name + " can't be " + what + ": forked from it: " + String.join(", ", forks));
        }
    }

    /** Ends a fork's claim on its base. */
    static void releaseBase(KvTransaction transaction, NamespaceRecord record, VersionNumbers numbers) {
        if (record.isFork()) {
            Base base = record.bases().get(0);
            transaction.clear(
                    new NamespaceKeys(base.id()).hold(numbers.before(base.end()), Holds.FORK, record.baseToken()));
        }
    }

    // ---- rollbacks

    /** Makes a new version that is equal to an earlier one; returns the earlier one. */
    long rollBack(NamespaceKeys keys, String name, long version, String owner) {
        long token = tokens.getAsLong();
        long[] target = new long[1];
        work.change(name, (transaction, again) -> {
            NamespaceRecord record = Records.read(transaction, keys, name);
            if (again && isDone(record, token)) {
                return false;
            }
            requireUnlocked(record, name, owner);
            Found found = finder.find(transaction, keys, new NamespaceAddress(name, version, null));
            if (!Arrays.equals(found.keys().id(), keys.id())) {
                throw new DatabaseException(
                        ResultCode.ERROR,
                        "namespace " + name + " can't be rolled back to version " + version
                                + ", which is older than the fork itself");
            }
            target[0] = found.version();
            if (record.lock() != null && target[0] < record.lock().frozen()) {
                throw new DatabaseException(
                        ResultCode.BUSY,
                        "namespace " + name + " can't be rolled back beyond version "
                                + record.lock().frozen() + " while it is locked");
            }
            goBack(transaction, keys, name, record, target[0], token);
            return true;
        });
        return target[0];
    }

    private static boolean isDone(NamespaceRecord record, long token) {
        return record.rollbacks().stream().anyMatch(each -> each.token() == token);
    }

    private void goBack(
            KvTransaction transaction,
            NamespaceKeys keys,
            String name,
            NamespaceRecord record,
            long target,
            long token) {
        requireNoForkAfter(transaction, keys, target, name, "rolled back to version " + target);
        if (record.rollbacks().size() >= MOST_ROLLBACKS) {
            throw new DatabaseException(
                    ResultCode.FULL,
                    "namespace " + name + " has been rolled back " + MOST_ROLLBACKS
                            + " times; garbage collection has to drop versions first");
        }
        byte[] head = transaction.get(keys.head(), ReadMode.SNAPSHOT).await();
        long headVersion = numbers.number(Versionstamp.read(head, 0));
        long headMicros = BigEndian.s64(head, Versionstamp.BYTES);
        byte[] size = sizeAt(transaction, keys, target);
        byte[] first = firstPage(transaction, keys, name, record, headVersion, target, size);
        List<Rollback> rollbacks = new ArrayList<>(record.rollbacks());
        rollbacks.add(new Rollback(Lineage.START, target, token));
        // The new schema cookie depends on the newest one.
        byte[] schema = keys.schemaItem();
        transaction.addReadConflictRange(schema, Bytes.after(schema));
        transaction.setVersionstampedKey(keys.sizePattern(), keys.stampOffset(), size);
        if (first != null) {
            transaction.setVersionstampedKey(
                    keys.pagePattern(1), keys.pageStampOffset(), PageEntry.whole(first, false));
        }
        writeVersion(
                transaction,
                keys,
                LogEntry.ROLLBACK | LogEntry.SCHEMA | LogEntry.ALLOCATION,
                Math.max(work.micros(), headMicros + 1),
                BigEndian.s32(size, 0));
        Records.writeRollback(transaction, keys, record.withRollbacks(rollbacks));
    }

    /**
     * Page 1 of the target with another schema cookie, or null if the schema has not changed since: connections know a schema by its
     * cookie, so one that a rollback undid must not come back for another schema.
     */
    private byte[] firstPage(
            KvTransaction transaction,
            NamespaceKeys keys,
            String name,
            NamespaceRecord record,
            long head,
            long target,
            byte[] targetSize) {
        if (BigEndian.s32(targetSize, 0) == 0) {
            return null;
        }
        byte[] before = read(transaction, keys, name, record, head, sizeAt(transaction, keys, head));
        byte[] after = read(transaction, keys, name, record, target, targetSize);
        int cookie = BigEndian.s32(after, FirstPage.SCHEMA_COOKIE);
        if (before == null || BigEndian.s32(before, FirstPage.SCHEMA_COOKIE) == cookie) {
            return null;
        }
        byte[] changed = after.clone();
        BigEndian.put32(changed, FirstPage.SCHEMA_COOKIE, BigEndian.s32(before, FirstPage.SCHEMA_COOKIE) + 1);
        return changed;
    }

    private byte[] read(
            KvTransaction transaction,
            NamespaceKeys keys,
            String name,
            NamespaceRecord record,
            long version,
            byte[] size) {
        int pageCount = BigEndian.s32(size, 0);
        if (pageCount == 0) {
            return null;
        }
        Lineage lineage = new Lineage(keys, record, numbers);
        Snapshot snapshot = new Snapshot(version, 0, pageCount, BigEndian.s32(size, 4), 0, 0, lineage);
        byte[][] image = new byte[1][];
        new PageReader(keys, name, new StagedOutcomes(), new DeltaChains())
                .read(transaction, snapshot, new int[] {1}, 1, image);
        return image[0];
    }

    // ---- locks

    /** Locks a namespace, or says that its owner is still there; returns the version that all others see. */
    long lock(NamespaceKeys keys, String name, String owner, Duration takeoverAfter) {
        int ownerBytes = owner.getBytes(StandardCharsets.UTF_8).length;
        if (ownerBytes == 0 || ownerBytes > MOST_OWNER_BYTES) {
            throw new DatabaseException(
                    ResultCode.MISUSE, "the owner of a lock is a text of 1 to " + MOST_OWNER_BYTES + " bytes");
        }
        long token = tokens.getAsLong();
        long[] frozen = new long[1];
        work.change(name, (transaction, again) -> {
            NamespaceRecord record = Records.read(transaction, keys, name);
            NamespaceLock held = record.lock();
            long now = work.micros();
            long until = now + takeoverAfter.toNanos() / 1_000;
            if (held != null && held.owner().equals(owner)) {
                frozen[0] = held.frozen();
                NamespaceLock longer = new NamespaceLock(owner, held.token(), held.frozen(), held.sinceMicros(), until);
                Records.write(transaction, keys, record.withLock(longer));
                return true;
            }
            // What is committed after the frozen version was read would be taken for the owner's work.
            transaction.addReadConflictRange(keys.log(), NamespaceKeys.end(keys.log()));
            if (held != null) {
                if (now <= held.untilMicros()) {
                    throw held.refusal(name);
                }
                takeOver(transaction, keys, name, record, new NamespaceLock(owner, token, held.frozen(), now, until));
                frozen[0] = held.frozen();
                return true;
            }
            frozen[0] = finder.newest(transaction, keys, record);
            Records.write(transaction, keys, record.withLock(new NamespaceLock(owner, token, frozen[0], now, until)));
            Records.stopCommits(transaction, keys);
            return true;
        });
        return frozen[0];
    }

    /** Undoes what the owner before has done, and locks for another. */
    private void takeOver(
            KvTransaction transaction, NamespaceKeys keys, String name, NamespaceRecord record, NamespaceLock lock) {
        LockEnd.takenOver(transaction, keys, record.lock(), lock.sinceMicros(), lock.owner());
        if (headIs(transaction, keys, lock.frozen())) {
            Records.write(transaction, keys, record.withLock(lock));
            Records.stopCommits(transaction, keys);
        } else {
            goBack(transaction, keys, name, record.withLock(lock), lock.frozen(), lock.token());
        }
    }

    private boolean headIs(KvTransaction transaction, NamespaceKeys keys, long version) {
        byte[] head = transaction.get(keys.head(), ReadMode.SNAPSHOT).await();
        return (head == null ? 0 : numbers.number(Versionstamp.read(head, 0))) == version;
    }

    /** Ends a lock: all of the owner's work is seen at once, or none of it ever was. */
    void unlock(NamespaceKeys keys, String name, String owner, boolean keep) {
        long token = tokens.getAsLong();
        long[] seen = {0};
        work.change(name, (transaction, again) -> {
            NamespaceRecord record = Records.read(transaction, keys, name);
            NamespaceLock held = record.lock();
            if (again && (held == null || held.token() != seen[0])) {
                return false;
            }
            if (held == null) {
                throw new DatabaseException(ResultCode.ERROR, "namespace " + name + " is not locked");
            }
            if (!held.owner().equals(owner)) {
                throw held.refusal(name);
            }
            seen[0] = held.token();
            transaction.addReadConflictRange(keys.log(), NamespaceKeys.end(keys.log()));
            noteUnlocking(transaction, keys);
            if (keep) {
                LockEnd.kept(transaction, keys, held, work.micros());
            } else {
                LockEnd.undone(transaction, keys, held, work.micros());
            }
            if (keep || headIs(transaction, keys, held.frozen())) {
                Records.write(transaction, keys, record.withLock(null));
                Records.stopCommits(transaction, keys);
            } else {
                goBack(transaction, keys, name, record.withLock(null), held.frozen(), token);
            }
            return true;
        });
    }

    /** From now on nobody may show a moment of before as of now: what the lock hid then is not told by the record any more. */
    private static void noteUnlocking(KvTransaction transaction, NamespaceKeys keys) {
        transaction.setVersionstampedValue(keys.unlocked(), new byte[Versionstamp.BYTES], 0);
    }

    /** Ends a lock and makes the head the oldest version; what it was made of is no version of the namespace, whoever has leased it. */
    long finishImport(NamespaceKeys keys, String name, String owner) {
        long[] version = new long[1];
        work.change(name, (transaction, again) -> {
            NamespaceRecord record = Records.read(transaction, keys, name);
            if (again && record.lock() == null) {
                return false;
            }
            if (record.lock() == null || !record.lock().owner().equals(owner)) {
                throw new DatabaseException(
                        ResultCode.BUSY, "namespace " + name + " is no longer locked for its import");
            }
            transaction.addReadConflictRange(keys.log(), NamespaceKeys.end(keys.log()));
            noteUnlocking(transaction, keys);
            LockEnd.kept(transaction, keys, record.lock(), work.micros());
            NamespaceRecord unlocked = record.withLock(null);
            version[0] = finder.newest(transaction, keys, unlocked);
            for (Hold hold : Holds.all(transaction, keys)) {
                if (hold.kind() == Holds.LEASE && hold.version() < version[0]) {
                    transaction.clear(hold.key(keys));
                }
            }
            Records.write(transaction, keys, unlocked.withOldest(version[0]));
            Records.stopCommits(transaction, keys);
            return true;
        });
        return version[0];
    }

    static void requireUnlocked(NamespaceRecord record, String name, String owner) {
        if (record.lock() != null && !record.lock().owner().equals(owner)) {
            throw record.lock().refusal(name);
        }
    }

    // ---- pins

    /** Keeps a version whatever the retention says; returns the version that the address means. */
    long pin(NamespaceKeys keys, NamespaceAddress address, String label) {
        if (label.getBytes(StandardCharsets.UTF_8).length > MOST_LABEL_BYTES) {
            throw new DatabaseException(
                    ResultCode.TOOBIG, "the label of a pin is a text of up to " + MOST_LABEL_BYTES + " bytes");
        }
        long token = tokens.getAsLong();
        long[] version = new long[1];
        work.change(address.name(), (transaction, again) -> {
            Found found = finder.find(transaction, keys, address);
            version[0] = found.version();
            if (version[0] == 0) {
                throw new DatabaseException(
                        ResultCode.ERROR, "namespace " + address.name() + " is empty; there is nothing to pin");
            }
            transaction.set(found.keys().hold(version[0], Holds.PIN, token), label.getBytes(StandardCharsets.UTF_8));
            return true;
        });
        return version[0];
    }

    /** Ends all pins of a version; returns how many there were. */
    int unpin(NamespaceKeys keys, String name, long version) {
        int[] removed = new int[1];
        work.change(name, (transaction, again) -> {
            int count = 0;
            for (Hold hold : Holds.all(transaction, keys)) {
                if (hold.kind() == Holds.PIN && hold.version() == version) {
                    transaction.clear(hold.key(keys));
                    count++;
                }
            }
            if (count > 0 || !again) {
                removed[0] = count;
            }
            return count > 0;
        });
        return removed[0];
    }

    // ---- what there is

    NamespaceStat stat(KvTransaction transaction, NamespaceKeys keys, String name) {
        NamespaceRecord record = Records.read(transaction, keys, name);
        long newest = finder.newest(transaction, keys, record);
        byte[] size = sizeAt(transaction, keys, newest);
        List<NamespaceStat.Pin> pins = new ArrayList<>();
        List<NamespaceStat.Fork> forks = new ArrayList<>();
        List<Long> leases = new ArrayList<>();
        for (Hold hold : Holds.all(transaction, keys)) {
            switch (hold.kind()) {
                case Holds.PIN -> pins.add(new NamespaceStat.Pin(hold.version(), hold.label()));
                case Holds.FORK -> forks.add(new NamespaceStat.Fork(nameOf(transaction, hold.value()), hold.version()));
                default -> leases.add(hold.version());
            }
        }
        NamespaceLock lock = record.lock();
        List<NamespaceVersion> last = newest == 0 ? List.of() : finder.list(transaction, keys, name, newest - 1, 1);
        return new NamespaceStat(
                record.name(),
                keys.idText(),
                time(record.createdMicros()),
                newest,
                last.isEmpty() ? null : last.get(0).time(),
                BigEndian.s32(size, 0),
                BigEndian.s32(size, 4),
                record.oldest(),
                record.retention(),
                record.isFork() ? baseOf(transaction, record) : null,
                record.rollbacks().size(),
                lock == null
                        ? null
                        : new NamespaceStat.Lock(
                                lock.owner(), lock.frozen(), time(lock.sinceMicros()), time(lock.untilMicros())),
                List.copyOf(pins),
                List.copyOf(forks),
                List.copyOf(leases),
                record.compressed(),
                Schedules.of(transaction, keys));
    }

    private String baseOf(KvTransaction transaction, NamespaceRecord record) {
        Base base = record.bases().get(0);
        return nameOf(transaction, base.id()) + "@" + numbers.before(base.end());
    }

    private static String nameOf(KvTransaction transaction, byte[] id) {
        byte[] record =
                transaction.get(NamespaceKeys.record(id), ReadMode.SNAPSHOT).await();
        return record == null ? "?" : NamespaceRecord.decode(record).name();
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    // ---- settings

    void compressed(NamespaceKeys keys, String name, boolean compressed) {
        work.change(name, (transaction, again) -> {
            Records.write(
                    transaction, keys, Records.read(transaction, keys, name).withCompressed(compressed));
            return true;
        });
    }

    void retention(NamespaceKeys keys, String name, Retention retention) {
        work.change(name, (transaction, again) -> {
            Records.write(
                    transaction, keys, Records.read(transaction, keys, name).withRetention(retention));
            return true;
        });
    }
}
