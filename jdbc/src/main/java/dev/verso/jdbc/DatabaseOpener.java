package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.PageStore;
import dev.verso.pager.file.FileOptions;
import dev.verso.pager.file.FileStore;
import dev.verso.pager.memory.MemoryStore;
import dev.verso.sql.StoreOpener;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The one place that knows all kinds of storage: reads the location of a URL, or what ATTACH names, and opens it. */
final class DatabaseOpener implements StoreOpener {
    private final boolean readOnly;
    /** The store that main lies in, or null. */
    private StoreLocation home;

    /** @param readOnly everything is opened for reading only */
    DatabaseOpener(boolean readOnly) {
        this.readOnly = readOnly;
    }

    /** Opens the main database: from then on a bare name means a namespace of its store, if it lies in one. */
    PageStore openMain(DatabaseUrl url) {
        if (!StoreLocation.isOne(url.location())) {
            return open(url.location());
        }
        StoreLocation location = StoreLocation.parse(url.location()).with(url.settings());
        PageStore store = openNamespace(location);
        home = location.store();
        return store;
    }

    @Override
    public PageStore open(String name) {
        String location = name.regionMatches(true, 0, DatabaseUrl.PREFIX, 0, DatabaseUrl.PREFIX.length())
                ? name.substring(DatabaseUrl.PREFIX.length())
                : name;
        if (location.isEmpty()) {
            return FileStore.openTemporary(FileOptions.defaults());
        }
        if (location.equals(":memory:")) {
            return new MemoryStore();
        }
        if (location.startsWith("file:")) {
            return openUri(FileUri.parse(location));
        }
        if (StoreLocation.isOne(location)) {
            return openNamespace(StoreLocation.parse(location));
        }
        if (home != null && isBareName(location)) {
            return openNamespace(inHome(location));
        }
        if (location.startsWith(ResourceFile.PREFIX)) {
            return FileStore.open(
                    ResourceFile.of(location), FileOptions.defaults().withReadOnly(readOnly));
        }
        return FileStore.open(path(location), FileOptions.defaults().withReadOnly(readOnly));
    }

    /** A file is named with a folder ({@code ./name}) or as a URI where main is a namespace. */
    private static boolean isBareName(String location) {
        return location.indexOf('/') < 0 && location.indexOf('\\') < 0 && !location.startsWith(":");
    }

    /** A name, perhaps with a mode of its own, in main's store. */
    private StoreLocation inHome(String name) {
        StoreLocation named = StoreLocation.parse(home.scheme() + ":" + name);
        Map<String, String> settings = new TreeMap<>(home.settings());
        settings.putAll(named.settings());
        settings.put("mode", named.mode());
        return new StoreLocation(home.scheme(), home.place(), settings).namespace(named.place());
    }

    private PageStore openNamespace(StoreLocation location) {
        return switch (location.mode()) {
            case "ro" -> OpenNamespaces.open(location, true, false);
            case "rw" -> OpenNamespaces.open(location, readOnly, false);
            case "rwc" -> OpenNamespaces.open(location, readOnly, !readOnly);
            default ->
                throw new DatabaseException(
                        ResultCode.CANTOPEN,
                        "unable to open database file: '" + location + "': mode=" + location.mode()
                                + " is none of mode=ro, mode=rw, mode=rwc");
        };
    }

    private PageStore openUri(FileUri uri) {
        if (uri.isMemory()) {
            return uri.isShared() && !uri.path().isEmpty() ? SharedMemory.open(uri.path()) : new MemoryStore();
        }
        if (uri.path().isEmpty()) {
            return FileStore.openTemporary(FileOptions.defaults());
        }
        return FileStore.open(
                path(uri.path()),
                FileOptions.defaults()
                        .withReadOnly(readOnly || uri.isReadOnly() || uri.isImmutable())
                        .withCreate(uri.mayCreate())
                        .withImmutable(uri.isImmutable()));
    }

    private static Path path(String name) {
        try {
            return Path.of(name).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new DatabaseException(
                    ResultCode.CANTOPEN,
                    "unable to open database file: '" + name + "' is no path: " + e.getReason(),
                    e);
        }
    }
}
