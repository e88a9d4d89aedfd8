package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvException;
import dev.verso.kv.pages.NamespaceAddress;
import dev.verso.kv.pages.NamespaceVersion;
import dev.verso.kv.pages.Namespaces;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Administration of the databases (namespaces) of one versioned store: {@code local:/data/dir}, {@code mem:name}, {@code fdb:/cluster/file} or
 * {@code etcd:host:port/prefix}, with or without {@code jdbc:verso:} before it.
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
        if (!OpenNamespaces.isNamespace(place)) {
            throw SqlErrors.of(new DatabaseException(
                    ResultCode.CANTOPEN,
                    "unable to open database file: '" + location
                            + "' is no versioned store (local:, mem:, fdb: or etcd:)"));
        }
        try {
            store = OpenNamespaces.store(place);
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
     * Copies a database file into a new database, as its first version.
     *
     * @param percent hears how much is done, 0 to 100
     * @return the version
     */
    public long importFile(String name, Path file, LongConsumer percent) throws SQLException {
        return call(names -> names.importFile(name, file, (done, total) -> percent.accept(share(done, total))));
    }

    /**
     * Writes a database to a file that SQLite opens.
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

    private static long share(long done, long total) {
        return total == 0 ? 100 : done * 100 / total;
    }

    @Override
    public void close() {
        store.close();
    }
}
