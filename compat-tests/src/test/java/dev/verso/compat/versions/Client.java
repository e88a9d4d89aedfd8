package dev.verso.compat.versions;

import dev.verso.compat.Rows;
import dev.verso.pager.PageStore;
import dev.verso.pager.memory.MemoryStore;
import dev.verso.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A connection to a store, for tests that need several to one database or several stores on one. */
final class Client implements AutoCloseable {
    private final Connection connection;

    Client(PageStore store) {
        this(store, location -> new MemoryStore());
    }

    /** @param attached opens what ATTACH names */
    Client(PageStore store, Function<String, PageStore> attached) {
        connection = new Connection(store, attached::apply);
    }

    Connection connection() {
        return connection;
    }

    void run(String sql) {
        connection.execute(sql);
    }

    /** Rows as lines, columns parted by bars. */
    String query(String sql) {
        return Rows.of(connection, sql);
    }

    /** All that is in the database. */
    String dump() {
        return dump("main");
    }

    /** All that is in one of its databases. */
    String dump(String schema) {
        List<String> tables = new ArrayList<>();
        for (String table : query("SELECT name FROM " + schema + ".sqlite_schema WHERE type = 'table' ORDER BY name")
                .split("\n")) {
            if (!table.isEmpty()) {
                tables.add(table);
            }
        }
        StringBuilder text =
                new StringBuilder(query("SELECT type, name, sql FROM " + schema + ".sqlite_schema ORDER BY name"));
        for (String table : tables) {
            String rowid = table.equals("duty") || table.equals("w") ? "" : "rowid, ";
            text.append(table)
                    .append(":\n")
                    .append(query("SELECT " + rowid + "* FROM " + schema + "." + table + " ORDER BY 1, 2"));
        }
        return text.toString();
    }

    @Override
    public void close() {
        connection.close();
    }
}
