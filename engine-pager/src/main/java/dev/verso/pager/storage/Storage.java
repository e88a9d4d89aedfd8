package dev.verso.pager.storage;

import java.io.IOException;
import java.nio.file.Path;

/** Files by name. Everything that a file store does to a disk goes through here. */
public interface Storage {
    /** Whether a path exists, and as what. */
    enum Kind {
        ABSENT,
        FILE,
        DIRECTORY
    }

    /** How {@link #open} treats the file. */
    enum Access {
        READ,
        /** Reading and writing a file that exists. */
        WRITE,
        /** Reading and writing; created if it doesn't exist. */
        CREATE
    }

    /** What is at the path. */
    Kind kind(Path path) throws IOException;

    /** Bytes in the file, 0 if there is none. */
    long bytes(Path path);

    /** The path with symbolic links followed, absolute; the file need not exist, its directory must. */
    Path resolve(Path path) throws IOException;

    /** What tells this file from all others however it is named; equal for two names of one file. @throws java.nio.file.NoSuchFileException if there is none */
    Object identity(Path path) throws IOException;

    /** Whether this process may write to what is there. */
    boolean isWritable(Path path);

    /**
     * Opens a file.
     *
     * @param sibling where a new file takes its access rights from, or null for the system's default
     */
    StorageFile open(Path path, Access access, Path sibling) throws IOException;

    /** A new file that nobody else sees and that is gone when it is closed. */
    StorageFile openTemporary() throws IOException;

    /** Deletes a file; does nothing if there is none. */
    void delete(Path path) throws IOException;

    /** A number that no other process is likely to get: for names and for telling old content of a file from new. */
    int randomNumber();

    /** A clock for short intervals, in nanoseconds from anywhere. */
    long nanoTime();

    /** Returns when the names created and deleted in the directory are on the disk. */
    void syncDirectory(Path directory) throws IOException;
}
