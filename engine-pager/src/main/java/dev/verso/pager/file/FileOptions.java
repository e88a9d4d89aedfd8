package dev.verso.pager.file;

import dev.verso.pager.storage.Storage;
import dev.verso.pager.storage.SystemStorage;

/**
 * How to open a database file.
 *
 * @param readOnly sessions must not write
 * @param create make the file if there is none
 * @param immutable nobody changes the file while it is open: no locks are taken and no changes are looked for; implies read-only
 * @param pageSizeBytes page size for a database that is still empty
 * @param storage where the file is
 */
public record FileOptions(boolean readOnly, boolean create, boolean immutable, int pageSizeBytes, Storage storage) {
    /** Reading, writing, creating; pages of 4096 bytes; the operating system's files. */
    public static FileOptions defaults() {
        return new FileOptions(false, true, false, 4096, SystemStorage.INSTANCE);
    }

    public FileOptions withReadOnly(boolean wanted) {
        return new FileOptions(wanted, create, immutable, pageSizeBytes, storage);
    }

    public FileOptions withCreate(boolean wanted) {
        return new FileOptions(readOnly, wanted, immutable, pageSizeBytes, storage);
    }

    public FileOptions withImmutable(boolean wanted) {
        return new FileOptions(readOnly, create, wanted, pageSizeBytes, storage);
    }

    public FileOptions withPageSize(int bytes) {
        return new FileOptions(readOnly, create, immutable, bytes, storage);
    }

    public FileOptions withStorage(Storage wanted) {
        return new FileOptions(readOnly, create, immutable, pageSizeBytes, wanted);
    }
}
