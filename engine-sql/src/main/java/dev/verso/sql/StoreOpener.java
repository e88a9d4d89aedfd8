package dev.verso.sql;

import dev.verso.pager.PageStore;

/** Opens storage by name for ATTACH, VACUUM and temp databases; belongs to the opener above the engine, which alone knows all kinds of storage. */
public interface StoreOpener {
    /**
     * Opens what ATTACH names: a path, {@code file:} URI, {@code :memory:}, the empty string for a private temporary database, or
     * another kind of storage's own form.
     *
     * @throws dev.verso.error.DatabaseException CANTOPEN and the like
     */
    PageStore open(String name);
}
