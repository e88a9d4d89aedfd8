package dev.verso.jdbc;

import dev.verso.kv.pages.Namespaces;
import dev.verso.sql.Connection;

/** Gives a connection of the engine what the driver gives its own: the functions and tables of a namespace's history. */
public final class HistoryModules {
    private HistoryModules() {}

    /** @param name of the connection's main database */
    public static void register(Connection connection, Namespaces namespaces, String name) {
        new HistoryFunctions(connection, new OpenNamespaces.Home(namespaces, name)).register();
    }
}
