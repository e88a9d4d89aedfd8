package dev.verso.compat.simulation;

import dev.verso.compat.Rows;
import dev.verso.error.DatabaseException;
import dev.verso.jdbc.HistoryModules;
import dev.verso.kv.pages.Namespaces;
import dev.verso.pager.PageStore;
import dev.verso.pager.StoreSession;
import dev.verso.sql.Connection;
import dev.verso.sql.PreparedStatement;

/** A connection of the SQL engine, used by one actor. */
final class SimulatedConnection implements AutoCloseable {
    private final Connection connection;

    /** @param main may be shared by connections of one process */
    SimulatedConnection(PageStore main, Namespaces namespaces) {
        connection = new Connection(main, namespaces::open);
        // What waits for a conflict to pass sleeps on the machine's clock: the simulated one would stand still
        // meanwhile.
        connection.busyTimeoutMillis(0);
        connection.execute("PRAGMA foreign_keys = ON");
    }

    /** The functions and tables that tell of the main database's history. */
    void registerHistory(Namespaces namespaces, String name) {
        HistoryModules.register(connection, namespaces, name);
    }

    void run(String sql) {
        connection.execute(sql);
    }

    /** Rows as lines, columns parted by bars. */
    String query(String sql) {
        return Rows.of(connection, sql);
    }

    /** The first column of the first row. */
    long number(String sql) {
        try (PreparedStatement statement = connection.prepare(sql, 0)) {
            statement.step();
            return statement.columnLong(0);
        }
    }

    boolean isInTransaction() {
        return !connection.session().isAutocommit();
    }

    /** Ends what is open, after a failure too. */
    void rollBack() {
        if (isInTransaction()) {
            run("ROLLBACK");
        }
    }

    /** The store's side of a database: 0 for main, from 2 on the attached ones. */
    StoreSession session(int database) {
        return connection.session().database(database).pager().session();
    }

    /** True for failures that mean: nothing was done, do it again. */
    static boolean isConflict(DatabaseException e) {
        return e.isBusy();
    }

    @Override
    public void close() {
        connection.close();
    }
}
