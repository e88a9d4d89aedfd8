package dev.verso.pager.storage;

import java.io.IOException;

/**
 * One open file. Reads and writes carry their position. Safe for use by several threads. An interrupt of the calling thread neither
 * closes the file nor ends a call early.
 */
public interface StorageFile extends AutoCloseable {
    /** Reads up to {@code count} bytes and returns how many: fewer only where the file ends. */
    int read(byte[] into, int offset, int count, long position) throws IOException;

    /** Writes all the bytes; the file grows where needed, and a gap reads as zeros. */
    void write(byte[] from, int offset, int count, long position) throws IOException;

    /** Bytes in the file. */
    long size() throws IOException;

    /** Cuts the file off, or makes it longer with zeros. */
    void truncate(long bytes) throws IOException;

    /** Returns when all that was written is on the disk. */
    void sync() throws IOException;

    /**
     * Asks for a lock on a range, held against other processes only. The same process must not ask for overlapping ranges.
     *
     * @param shared others may hold a shared lock on the range too
     * @return null if another process is in the way
     */
    StorageLock tryLock(long position, long count, boolean shared) throws IOException;

    @Override
    void close() throws IOException;
}
