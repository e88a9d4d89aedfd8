package dev.verso.compat.durability;

import dev.verso.compat.Engines;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** A child JVM at work on a database file, with Verso or with the real SQLite. */
final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    /** Starts {@code ledger verso FILE JOURNALMODE} or {@code increment verso|sqlite FILE MILLIS NAME}. */
    Child(Object... work) throws IOException {
        String[] command = {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-ea",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName()
        };
        String[] all = Arrays.copyOf(command, command.length + work.length);
        for (int i = 0; i < work.length; i++) {
            all[command.length + i] = work[i].toString();
        }
        process = new ProcessBuilder(all)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** The next line that the child prints, or null at its end. */
    String line() throws IOException {
        return answers.readLine();
    }

    /** Kills it as {@code kill -9} does; what it had printed can still be read. */
    void kill() {
        ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    public static void main(String[] arguments) throws SQLException {
        if (arguments[0].equals("ledger")) {
            writeLedger(arguments[2], arguments[3]);
        } else {
            System.out.println(increment(arguments[1], arguments[2], Long.parseLong(arguments[3]), arguments[4]));
        }
    }

    /** Goes on with the ledger for ever and prints each transaction's number when it is committed. */
    private static void writeLedger(String file, String journalMode) throws SQLException {
        try (Connection connection = Engines.verso(file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = " + journalMode);
            statement.execute("PRAGMA cache_size = 10");
            int last = Ledger.lastTransaction(connection);
            if (last < 0) {
                statement.execute("BEGIN");
                for (String sql : Ledger.SCHEMA) {
                    statement.execute(sql);
                }
                statement.execute("COMMIT");
                last = 0;
            }
            System.out.println(last);
            for (int k = last + 1; ; k++) {
                for (String sql : Ledger.transaction(k)) {
                    statement.execute(sql);
                }
                System.out.println(k);
            }
        }
    }

    /** Adds one to the shared counter and inserts a row, until the time is over; returns how often it was acknowledged. */
    private static int increment(String engine, String file, long millis, String name) throws SQLException {
        int done = 0;
        try (Connection connection = engine.equals("verso") ? Engines.verso(file) : Engines.sqlite(file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 100");
            for (long end = System.nanoTime() + millis * 1_000_000; System.nanoTime() < end; ) {
                try {
                    statement.execute("BEGIN IMMEDIATE");
                } catch (SQLException e) {
                    requireBusy(e);
                    continue;
                }
                int value;
                try (ResultSet rows = statement.executeQuery("SELECT value FROM counter")) {
                    rows.next();
                    value = rows.getInt(1);
                }
                statement.execute("UPDATE counter SET value = " + (value + 1));
                statement.execute("INSERT INTO entry(owner, number) VALUES ('" + name + "', " + (value + 1) + ")");
                if (commit(statement)) {
                    done++;
                }
            }
        }
        return done;
    }

    private static boolean commit(Statement statement) throws SQLException {
        for (int attempt = 0; attempt < 50; attempt++) {
            try {
                statement.execute("COMMIT");
                return true;
            } catch (SQLException e) {
                requireBusy(e);
            }
        }
        statement.execute("ROLLBACK");
        return false;
    }

    private static void requireBusy(SQLException e) throws SQLException {
        if ((e.getErrorCode() & 0xff) != 5) {
            throw e;
        }
    }
}
