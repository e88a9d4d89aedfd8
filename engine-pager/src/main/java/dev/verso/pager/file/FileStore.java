package dev.verso.pager.file;

import dev.verso.error.ResultCode;
import dev.verso.pager.PageCache;
import dev.verso.pager.PageStore;
import dev.verso.pager.StoreSession;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A database in an ordinary {@code .sqlite} file, shared with other processes by SQLite's locks and journals. Stores of one JVM that
 * name the same file share its cache and its locks.
 */
public final class FileStore implements PageStore {
    private final FileDatabase database;
    private final FileOptions options;
    private final String name;
    private boolean closed;

    private FileStore(FileDatabase database, FileOptions options, String name) {
        this.database = database;
        this.options = options;
        this.name = name;
    }

    /**
     * Opens a database file, or creates an empty one.
     *
     * @throws dev.verso.error.DatabaseException CANTOPEN if there is no such file or directory, it is a directory, or reading it is not
     *     permitted. Whether it is a database shows when the first snapshot is opened.
     */
    public static FileStore open(Path file, FileOptions options) {
        if (!DatabaseHeader.isPageSize(options.pageSizeBytes())) {
            throw new IllegalArgumentException("page size " + options.pageSizeBytes());
        }
        FileDatabase database = OpenDatabases.acquire(file, options);
        return new FileStore(database, options, database.path().toString());
    }

    /** A private database in a temporary file that is gone when the store is closed: for the temp schema and for the empty name. */
    public static FileStore openTemporary(FileOptions options) {
        try {
            Path path = Path.of("temporary database");
            FileDatabase database =
                    new FileDatabase(options.storage(), path, options.storage().openTemporary(), true, null);
            return new FileStore(database, options, "");
        } catch (IOException e) {
            throw Failures.io(ResultCode.CANTOPEN, Path.of("temporary database"), "create it", e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isReadOnly() {
        return options.readOnly() || options.immutable() || !database.isWritable();
    }

    @Override
    public PageCache cache() {
        return database.cache();
    }

    @Override
    public StoreSession newSession() {
        return new FileSession(database, options.readOnly(), options.immutable(), options.pageSizeBytes());
    }

    /** How often something was read from the file, by all stores that share it. */
    public long readCount() {
        return database.readCount();
    }

    /** How often something was written to the file or its journal, by all stores that share it. */
    public long writeCount() {
        return database.writeCount();
    }

    /** How often a file or directory was synced for this database, by all stores that share it. */
    public long syncCount() {
        return database.syncCount();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (database.isPrivate()) {
            database.close();
        } else {
            OpenDatabases.release(database);
        }
    }
}
