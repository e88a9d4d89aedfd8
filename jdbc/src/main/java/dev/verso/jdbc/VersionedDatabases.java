package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvException;
import dev.verso.kv.pages.CollectionOptions;
import dev.verso.kv.pages.CollectionReport;
import dev.verso.kv.pages.NamespaceAddress;
import dev.verso.kv.pages.NamespaceVersion;
import dev.verso.kv.pages.Namespaces;
import dev.verso.kv.pages.Retention;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Administration of the databases (namespaces) of one versioned store: {@code local:/data/dir}, {@code mem:name}, {@code fdb:/cluster/file} or
 * {@code etcd:host:port/prefix}, with or without {@code jdbc:verso:} before it, and with settings of the store behind a question mark.
 */
public final class VersionedDatabases implements AutoCloseable {
    private final OpenNamespaces.StoreHandle store;

    /**
     * One commit of a database.
     *
     * @param version its number, as after the {@code @} of a URL
     * @param changedPages how many pages it changed
     */
    public record Version(long version, Instant time, int changedPages) {}

    /** Opens the store; it is created if it is a directory that does not exist. */
    public VersionedDatabases(String location) throws SQLException {
        String place =
                location.startsWith(DatabaseUrl.PREFIX) ? location.substring(DatabaseUrl.PREFIX.length()) : location;
        if (!StoreLocation.isOne(place)) {
            throw SqlErrors.of(new DatabaseException(
                    ResultCode.CANTOPEN,
                    "unable to open database file: '" + location
                            + "' is no versioned store (local:, mem:, fdb: or etcd:)"));
        }
        try {
            store = OpenNamespaces.store(StoreLocation.parse(place));
        } catch (DatabaseException e) {
            throw SqlErrors.of(e);
        }
    }

    private <T> T call(Function<Namespaces, T> work) throws SQLException {
        try {
            return work.apply(store.namespaces());
        } catch (DatabaseException e) {
            throw SqlErrors.of(e);
        } catch (KvException e) {
            throw SqlErrors.of(new DatabaseException(ResultCode.IOERR, e.getMessage(), e));
        }
    }

    public List<String> list() throws SQLException {
        return call(Namespaces::list);
    }

    public void create(String name) throws SQLException {
        call(names -> {
            names.create(name);
            return name;
        });
    }

    public void rename(String oldName, String newName) throws SQLException {
        call(names -> {
            names.rename(oldName, newName);
            return newName;
        });
    }

    /** Deletes a database with all its versions. */
    public void delete(String name) throws SQLException {
        call(names -> {
            names.delete(name);
            return name;
        });
    }

    /** All versions, oldest first. */
    public List<Version> versions(String name) throws SQLException {
        return call(names -> names.versions(name, 0, Integer.MAX_VALUE).stream()
                .map((NamespaceVersion v) -> new Version(v.version(), v.time(), v.changedPages()))
                .toList());
    }

    /**
     * The version that was the newest at a time.
     *
     * @param time like {@code 2026-01-31T12:00:00Z}
     */
    public long versionAt(String name, String time) throws SQLException {
        return call(names -> {
            Instant instant = NamespaceAddress.parse(name + "@" + time).time();
            if (instant == null) {
                throw new DatabaseException(ResultCode.MISUSE, "'" + time + "' is no time");
            }
            return names.versionAt(name, instant);
        });
    }

    /**
     * Waits until there is a version after this one.
     *
     * @return the newest version, or -1 if there was none in time
     */
    public long awaitVersion(String name, long after, Duration timeout) throws SQLException {
        return call(names -> names.awaitVersion(name, after, timeout));
    }

    /**
     * Copies a database file into a new database, as its first version. An import that was killed goes on where it stopped when it is called
     * again with the same file.
     *
     * @param percent hears how much is done, 0 to 100
     * @return the version
     */
    public long importFile(String name, Path file, LongConsumer percent) throws SQLException {
        return call(names -> names.importFileInParts(name, file, (done, total) -> percent.accept(share(done, total))));
    }

    /**
     * Writes a database to a file that SQLite opens. An export that was killed goes on with the version that it had begun.
     *
     * @param address name, {@code name@version} or {@code name@time}
     * @param percent hears how much is done, 0 to 100
     */
    public void exportFile(String address, Path file, LongConsumer percent) throws SQLException {
        call(names -> {
            names.exportFile(
                    NamespaceAddress.parse(address), file, (done, total) -> percent.accept(share(done, total)));
            return address;
        });
    }

    // ---- history

    /** Makes a database that begins as another one is, or was, in constant time; returns the version it begins at. */
    public long fork(String address, String newName) throws SQLException {
        return call(names -> names.fork(NamespaceAddress.parse(address), newName));
    }

    /** Makes a new version that is equal to an earlier one; returns the earlier one's number. */
    public long rollBack(String name, long version) throws SQLException {
        return call(names -> names.rollBack(name, version));
    }

    /** Keeps a version whatever the retention says; returns its number. */
    public long pin(String address, String label) throws SQLException {
        return call(names -> names.pin(NamespaceAddress.parse(address), label));
    }

    /** Ends all pins of a version; returns how many there were. */
    public int unpin(String name, long version) throws SQLException {
        return call(names -> names.unpin(name, version));
    }

    /**
     * Locks a database for its owner alone; all others read the version returned. Connections act as the owner after {@code PRAGMA
     * verso_lock_owner}.
     */
    public long lock(String name, String owner, Duration takeoverAfter) throws SQLException {
        return call(names -> names.lock(name, owner, takeoverAfter));
    }

    /** Ends a lock: with {@code keep} all see the owner's work at once, else it vanishes. */
    public void unlock(String name, String owner, boolean keep) throws SQLException {
        call(names -> {
            names.unlock(name, owner, keep);
            return name;
        });
    }

    /**
     * Says which versions to keep: those that were the newest within a time, and the newest so many.
     *
     * @param keepFor null for no rule about age
     * @param keepVersions 0 for no rule about their number; with neither rule all are kept
     */
    public void retention(String name, Duration keepFor, int keepVersions) throws SQLException {
        call(names -> {
            names.retention(name, new Retention(keepFor, keepVersions));
            return name;
        });
    }

    /**
     * Says how often garbage is collected by itself, as long as somebody has a database of the store open for writing. One of all machines does it.
     *
     * @param interval null for never
     */
    public void schedule(String name, Duration interval) throws SQLException {
        call(names -> {
            names.schedule(name, interval);
            return name;
        });
    }

    /** Collects what is due by its schedule and what nobody else collects; returns how many databases that were. */
    public int collectDue() throws SQLException {
        return call(names -> names.collectDue(() -> false));
    }

    /** Whether page images are compressed from now on; those that are stored stay as they are. */
    public void compressed(String name, boolean compressed) throws SQLException {
        call(names -> {
            names.compressed(name, compressed);
            return name;
        });
    }

    /**
     * What a collection of garbage has done, or would do.
     *
     * @param oldest the oldest version kept, but for pinned ones and the like
     * @param versions versions that are gone
     * @param pages page images removed
     * @param bytes their length as stored
     * @param stagings abandoned transactions removed
     */
    public record Collected(long oldest, long versions, long pages, long bytes, long stagings) {}

    /**
     * Drops what need not be kept. May be stopped anywhere and begun again; others go on meanwhile.
     *
     * @param before drop the history before this version; 0 to follow the retention
     * @param dryRun tell what would go, and change nothing
     * @param minAge what was the newest version within this time stays
     * @param progress hears from time to time what has been done so far
     */
    public Collected collect(String name, long before, boolean dryRun, Duration minAge, Consumer<Collected> progress)
            throws SQLException {
        CollectionOptions options =
                CollectionOptions.DEFAULTS.withBefore(before).withDryRun(dryRun).withMinAge(minAge);
        return call(names -> collected(names.collect(name, options, report -> progress.accept(collected(report)))));
    }

    private static Collected collected(CollectionReport report) {
        return new Collected(report.oldest(), report.versions(), report.entries(), report.bytes(), report.stagings());
    }

    /** Removes what deletions that were cut short have left behind. */
    public void emptyTrash() throws SQLException {
        call(names -> {
            names.emptyTrash();
            return names;
        });
    }

    /** What there is to know about a database without reading its pages: names and values, in an order for readers. */
    public Map<String, String> stat(String name) throws SQLException {
        return call(names -> StatText.of(names.stat(name)));
    }

    /**
     * Reads every page of a version and checks its trees.
     *
     * @param percent hears how much is done, 0 to 100
     * @return what is wrong; empty if nothing is
     */
    public List<String> verify(String address, LongConsumer percent) throws SQLException {
        return call(names -> Verification.run(names, NamespaceAddress.parse(address), percent));
    }

    private static long share(long done, long total) {
        return total == 0 ? 100 : done * 100 / total;
    }

    @Override
    public void close() {
        store.close();
    }
}
