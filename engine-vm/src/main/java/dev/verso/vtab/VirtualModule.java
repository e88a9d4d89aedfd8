package dev.verso.vtab;

import java.util.List;

/**
 * A kind of virtual table, registered under a name with one connection. All methods, and those of the tables and cursors that it makes, are
 * called by the thread that uses the connection. Errors are {@link dev.verso.error.DatabaseException}s, whose code and text the user sees.
 */
public interface VirtualModule {
    /** How tables of the module come into being. */
    enum Kind {
        /** By CREATE VIRTUAL TABLE only. */
        CREATED,
        /** By CREATE VIRTUAL TABLE, and there is one table under the module's own name that need not be created. */
        EPONYMOUS,
        /** Only the one table under the module's name: CREATE VIRTUAL TABLE says that there is no such module. */
        EPONYMOUS_ONLY
    }

    default Kind kind() {
        return Kind.CREATED;
    }

    /**
     * CREATE VIRTUAL TABLE is run: makes what the table needs to keep, shadow tables for example. Called inside the statement's transaction,
     * which is undone if this fails.
     *
     * @param arguments what stood in the parentheses after the module's name, as written, blanks around trimmed; may be empty
     */
    default VirtualTable create(ModuleContext context, List<String> arguments) {
        return connect(context, arguments);
    }

    /** A table that was created before, in this connection or another one, is used for the first time; or an eponymous table is. */
    VirtualTable connect(ModuleContext context, List<String> arguments);

    /**
     * True if a table called {@code table_suffix} beside a virtual table {@code table} of this module is one of its shadow tables.
     *
     * @param suffix what follows the last underscore
     */
    default boolean isShadowName(String suffix) {
        return false;
    }
}
