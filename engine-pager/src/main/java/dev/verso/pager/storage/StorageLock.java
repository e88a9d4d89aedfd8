package dev.verso.pager.storage;

import java.io.IOException;

/** A lock on a range of a file, see {@link StorageFile#tryLock}. */
@FunctionalInterface
public interface StorageLock {
    void release() throws IOException;
}
