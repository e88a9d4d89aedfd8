package dev.verso.cli;

import dev.verso.jdbc.VersionedDatabases;
import dev.verso.jdbc.VersoDriver;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The main job end to end: a file is written and queried, taken into a versioned store, changed there by many at once, seen as it was, and handed back. */
final class Demo {
    private static final int ACCOUNTS = 200;
    private static final int WRITERS = 4;
    private static final int TRANSFERS = 50;
    private static final int START_BALANCE = 1000;

    private final PrintStream out;

    Demo(PrintStream out) {
        this.out = out;
    }

    /** @param keep where the files stay, or null to delete them */
    int run(Path keep) throws IOException, SQLException {
        Path folder = keep == null ? Files.createTempDirectory("verso-demo") : Files.createDirectories(keep);
        try {
            return run(folder, keep != null);
        } finally {
            if (keep == null) {
                delete(folder);
            }
        }
    }

    private int run(Path folder, boolean kept) throws IOException, SQLException {
        Path file = folder.resolve("shop.sqlite");
        Path exported = folder.resolve("exported.sqlite");
        for (Path old : List.of(file, exported, folder.resolve("store"))) {
            delete(old);
        }
        step("1. An ordinary .sqlite file: " + file);
        try (Connection connection = connect(file.toString())) {
            fill(connection);
            show(
                    connection,
                    "SELECT city, count(*) AS accounts, sum(balance) AS money FROM account GROUP BY city ORDER BY money DESC, city");
        }
        String store = "local:" + folder.resolve("store");
        step("2. Taken into a versioned store: " + store + "/shop");
        long first;
        try (VersionedDatabases databases = new VersionedDatabases(store)) {
            first = databases.importFile("shop", file, StoreCommand.progress(out::println, "   importing"));
            out.println("   version " + first);
            step("3. " + WRITERS + " connections move money at the same time, " + TRANSFERS + " transfers each");
            transfer(store + "/shop");
            List<VersionedDatabases.Version> versions = databases.versions("shop");
            out.println("   " + versions.size() + " versions, the newest is "
                    + versions.get(versions.size() - 1).version());
            step("4. Now and then: the sum is the same, the balances are not");
            try (Connection now = connect(store + "/shop");
                    Connection then = connect(store + "/shop@" + first)) {
                out.println("   now:");
                show(now, "SELECT sum(balance) AS sum, min(balance) AS least, max(balance) AS most FROM account");
                out.println("   at version " + first + ":");
                show(then, "SELECT sum(balance) AS sum, min(balance) AS least, max(balance) AS most FROM account");
            }
            step("5. Handed back as a file: " + exported);
            databases.exportFile("shop", exported, StoreCommand.progress(out::println, "   exporting"));
        }
        try (Connection connection = connect(exported.toString())) {
            show(connection, "PRAGMA integrity_check");
            long sum = number(connection, "SELECT sum(balance) FROM account");
            if (sum != (long) ACCOUNTS * START_BALANCE) {
                out.println("   the sum is " + sum + ": money was lost or made");
                return 1;
            }
        }
        step(
                kept
                        ? "Done. Let sqlite3 judge: sqlite3 " + exported + " 'PRAGMA integrity_check'"
                        : "Done. With --keep DIR the files stay, for sqlite3 to judge: PRAGMA integrity_check");
        return 0;
    }

    private void step(String text) {
        out.println();
        out.println(text);
    }

    private static Connection connect(String location) throws SQLException {
        return new VersoDriver().connect("jdbc:verso:" + location, new Properties());
    }

    private static void fill(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE account (id INTEGER PRIMARY KEY, owner TEXT NOT NULL, city TEXT, "
                    + "balance INTEGER NOT NULL CHECK (balance >= 0))");
            statement.execute("CREATE INDEX account_city ON account (city)");
            statement.execute(
                    "CREATE TABLE transfer (id INTEGER PRIMARY KEY, giver INTEGER, taker INTEGER, amount INTEGER)");
        }
        String[] cities = {"Bern", "Graz", "Lyon", "Turin"};
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO account VALUES (?, ?, ?, ?)")) {
            for (int i = 1; i <= ACCOUNTS; i++) {
                insert.setInt(1, i);
                insert.setString(2, "owner " + i);
                insert.setString(3, cities[i % cities.length]);
                insert.setInt(4, START_BALANCE);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
    }

    private void transfer(String database) throws SQLException {
        AtomicInteger conflicts = new AtomicInteger();
        List<SQLException> failures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
            Random random = new Random(w);
            Thread thread = new Thread(() -> {
                try (Connection connection = connect(database)) {
                    connection.setAutoCommit(false);
                    for (int i = 0; i < TRANSFERS; i++) {
                        transferOnce(connection, random, conflicts);
                    }
                } catch (SQLException e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLException("the demo was interrupted", e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        out.println("   " + WRITERS * TRANSFERS + " transfers committed, " + conflicts + " conflicts tried again");
    }

    private static void transferOnce(Connection connection, Random random, AtomicInteger conflicts)
            throws SQLException {
        int giver = 1 + random.nextInt(ACCOUNTS);
        int taker = 1 + random.nextInt(ACCOUNTS);
        int amount = 1 + random.nextInt(20);
        while (true) {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("UPDATE account SET balance = balance - " + amount + " WHERE id = " + giver);
                statement.executeUpdate("UPDATE account SET balance = balance + " + amount + " WHERE id = " + taker);
                statement.executeUpdate("INSERT INTO transfer (giver, taker, amount) VALUES (" + giver + ", " + taker
                        + ", " + amount + ")");
                connection.commit();
                return;
            } catch (SQLException e) {
                connection.rollback();
                if (!"40001".equals(e.getSQLState())) {
                    throw e;
                }
                conflicts.incrementAndGet();
                rest(random);
            }
        }
    }

    /** Waits a little, by chance, so that those who collided do not collide again. */
    private static void rest(Random random) throws SQLException {
        try {
            Thread.sleep(1 + random.nextInt(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("the demo was interrupted", e);
        }
    }

    private void show(Connection connection, String sql) throws SQLException {
        out.println("   " + sql);
        Output output = new Output(out);
        output.mode(OutputMode.BOX);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            output.print(rows);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
