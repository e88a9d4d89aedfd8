package dev.verso.pager.file;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.storage.Storage;
import dev.verso.pager.storage.Storage.Access;
import dev.verso.pager.storage.StorageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The database files that are open in this JVM, one {@link FileDatabase} for each. There must never be two for one file: the system's
 * locks belong to the process, and closing any of its descriptors of a file drops them all.
 */
final class OpenDatabases {
    private record Key(Storage storage, Object identity) {}

    private static final class Shared {
        final FileDatabase database;
        int users;

        Shared(FileDatabase database) {
            this.database = database;
        }
    }

    private static final Map<Key, Shared> OPEN = new HashMap<>();

    private OpenDatabases() {}

    /** The database in that file, opened if it isn't; each call needs one {@link #release}. */
    static FileDatabase acquire(Path path, FileOptions options) {
        synchronized (OPEN) {
            Storage storage = options.storage();
            Path resolved = resolve(storage, path);
            try {
                boolean isNew = !exists(storage, resolved, path);
                if (isNew) {
                    return create(storage, resolved, path, options);
                }
                Key key = new Key(storage, storage.identity(resolved));
                Shared shared = OPEN.get(key);
                if (shared == null) {
                    shared = new Shared(openExisting(key, resolved));
                    OPEN.put(key, shared);
                }
                shared.users++;
                return shared.database;
            } catch (IOException e) {
                throw Failures.io(ResultCode.CANTOPEN, path, "open it", e);
            }
        }
    }

    private static Path resolve(Storage storage, Path path) {
        try {
            return storage.resolve(path);
        } catch (IOException e) {
            throw new DatabaseException(
                    ResultCode.CANTOPEN,
                    ResultCode.CANTOPEN.text() + ": " + path + ": there is no directory "
                            + path.toAbsolutePath().getParent(),
                    e);
        }
    }

    private static boolean exists(Storage storage, Path resolved, Path path) throws IOException {
        return switch (storage.kind(resolved)) {
            case FILE -> true;
            case ABSENT -> false;
            case DIRECTORY -> throw Failures.of(ResultCode.CANTOPEN_ISDIR, path, "it is a directory");
        };
    }

    private static FileDatabase create(Storage storage, Path resolved, Path path, FileOptions options)
            throws IOException {
        if (!options.create() || options.readOnly() || options.immutable()) {
            throw Failures.of(ResultCode.CANTOPEN, path, "there is no such file");
        }
        StorageFile file = storage.open(resolved, Access.CREATE, null);
        Key key = new Key(storage, storage.identity(resolved));
        Shared shared = new Shared(new FileDatabase(storage, resolved, file, true, key.identity()));
        shared.users = 1;
        OPEN.put(key, shared);
        return shared.database;
    }

    /** Opened for writing wherever that is permitted, whatever this caller wants: the next one may want to write. */
    private static FileDatabase openExisting(Key key, Path path) throws IOException {
        Storage storage = key.storage();
        if (storage.isWritable(path)) {
            try {
                return new FileDatabase(storage, path, storage.open(path, Access.WRITE, null), true, key.identity());
            } catch (IOException e) {
                // A file system mounted read-only may only say so now; if reading fails too, that failure is the
                // answer.
                return openForReading(key, path, e);
            }
        }
        return openForReading(key, path, null);
    }

    private static FileDatabase openForReading(Key key, Path path, IOException before) throws IOException {
        try {
            return new FileDatabase(
                    key.storage(), path, key.storage().open(path, Access.READ, null), false, key.identity());
        } catch (IOException e) {
            if (before != null) {
                e.addSuppressed(before);
            }
            throw e;
        }
    }

    static void release(FileDatabase database) {
        synchronized (OPEN) {
            for (Map.Entry<Key, Shared> entry : OPEN.entrySet()) {
                Shared shared = entry.getValue();
                if (shared.database == database) {
                    if (--shared.users == 0) {
                        OPEN.remove(entry.getKey());
                        database.close();
                    }
                    return;
                }
            }
        }
        throw new IllegalStateException(database.path() + " is not open");
    }
}
