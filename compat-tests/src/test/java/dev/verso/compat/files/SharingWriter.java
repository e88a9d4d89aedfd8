package dev.verso.compat.files;

import dev.verso.compat.Engines;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A process that increments and inserts in a shared file for some time and prints how often it did. Arguments: engine, file, seconds. */
final class SharingWriter {
    private SharingWriter() {}

    public static void main(String[] args) throws SQLException {
        long end = System.nanoTime() + Long.parseLong(args[2]) * 1_000_000_000L;
        int done = 0;
        int busy = 0;
        try (Connection connection = args[0].equals("verso") ? Engines.verso(args[1]) : Engines.sqlite(args[1]);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            while (System.nanoTime() < end || done == 0) { // one that the others starve goes on when they have ended
                try {
                    statement.execute("BEGIN IMMEDIATE");
                    statement.executeUpdate("UPDATE counter SET n = n + 1");
                    statement.executeUpdate(
                            "INSERT INTO log (process, text) VALUES ('" + args[0] + "', 'entry " + done + "')");
                    if (done % 7 == 0) {
                        statement.executeUpdate("DELETE FROM log WHERE id = (SELECT min(id) FROM log)");
                        statement.executeUpdate("UPDATE counter SET deleted = deleted + 1");
                    }
                    statement.execute("COMMIT");
                    done++;
                } catch (SQLException e) {
                    if (e.getErrorCode() != 5) {
                        throw e;
                    }
                    busy++;
                    try {
                        statement.execute("ROLLBACK");
                    } catch (SQLException none) {
                        if (!none.getMessage().contains("no transaction is active")) {
                            throw none;
                        }
                    }
                }
            }
        }
        System.out.println("done " + done + " busy " + busy);
    }
}
