package dev.verso.sql;

import dev.verso.pager.PageStore;
import dev.verso.vm.Session;

/** One connection: attached databases with their schemas, and the way to prepare statements. Used by one thread at a time, except {@link #interrupt}. */
public final class Connection implements AutoCloseable {
    /** Opens a connection on {@code main}, which it owns from now on (and closes). Reads nothing yet. */
    public Connection(PageStore main, StoreOpener opener) {}

    /**
     * Compiles the first statement at or after {@code offset}, from the connection's cache of prepared programs where it can.
     *
     * @return the statement; its {@link PreparedStatement#isEmpty} is true if only blanks and comments were left
     * @throws dev.verso.error.DatabaseException ERROR with SQLite's message, or what reading the schema throws
     */
    public PreparedStatement prepare(String sql, int offset) {
        throw new UnsupportedOperationException();
    }

    /** Runs all statements of the text, rows ignored. */
    public void execute(String sql) {
        throw new UnsupportedOperationException();
    }

    /** Transaction state, counters, functions, collations, busy handlers. */
    public Session session() {
        throw new UnsupportedOperationException();
    }

    /** Milliseconds to wait for locks; 0 gives up at once. */
    public void busyTimeoutMillis(int millis) {
        throw new UnsupportedOperationException();
    }

    /** Stops all running statements with {@code SQLITE_INTERRUPT}. Any thread. */
    public void interrupt() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
