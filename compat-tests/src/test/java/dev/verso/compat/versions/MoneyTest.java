package dev.verso.compat.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import dev.verso.jdbc.VersionedDatabases;
import dev.verso.kv.contract.EtcdMembers;
import dev.verso.kv.contract.TestStores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight connections move money between random accounts: no snapshot sees another sum, no update is lost, conflicts are BUSY with SQLState 40001. */
class MoneyTest {
    private static final int THREADS = 8;
    private static final int ACCOUNTS = 1000;
    private static final int SECONDS = Boolean.getBoolean("verso.full") ? 60 : 8;

    @TempDir
    Path folder;

    @Test
    void moneyIsNeitherMadeNorLostInMemory() throws Exception {
        run("mem:money-" + folder.getFileName());
    }

    @Test
    void moneyIsNeitherMadeNorLostOnFoundationDb() throws Exception {
        run("fdb:" + TestStores.cluster());
    }

    @Test
    void moneyIsNeitherMadeNorLostInTheLocalStore() throws Exception {
        run("local:" + folder.resolve("store"));
    }

    @Test
    void moneyIsNeitherMadeNorLostOnEtcdWhileMembersAreLost() throws Exception {
        try (EtcdMembers members = EtcdMembers.start(3)) {
            run("etcd:" + members.addresses() + "/bank", commits -> {
                // The first is the one that the connections talk to; one of them leads.
                for (int member = 0; member < 2; member++) {
                    awaitMore(commits);
                    members.kill(member);
                    awaitMore(commits);
                    members.restart(member);
                }
            });
        }
    }

    /** Waits until it goes on. */
    private static void awaitMore(AtomicLong commits) {
        long goal = commits.get() + 5;
        long end = System.nanoTime() + 300_000_000_000L;
        while (commits.get() < goal) {
            assertThat(System.nanoTime()).as("no commits any more").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void run(String store) throws Exception {
        run(store, commits -> {});
    }

    /** @param meanwhile done while money is moved, given the number of commits so far; they go on until it is over */
    private static void run(String store, Consumer<AtomicLong> meanwhile) throws Exception {
        String name = "bank-" + UUID.randomUUID();
        String database = store + "/" + name;
        try (Connection keepOpen = Engines.verso(database)) {
            fill(keepOpen);
            long end = System.nanoTime() + SECONDS * 1_000_000_000L;
            AtomicBoolean isOver = new AtomicBoolean();
            AtomicLong commits = new AtomicLong();
            AtomicLong conflicts = new AtomicLong();
            AtomicLong sums = new AtomicLong();
            List<Throwable> failures = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                Random random = new Random(t);
                threads.add(new Thread(() -> {
                    try (Connection connection = Engines.verso(database)) {
                        connection.setAutoCommit(false);
                        while (System.nanoTime() < end || !isOver.get()) {
                            if (random.nextInt(10) == 0) {
                                assertThat(sum(connection)).isEqualTo(ACCOUNTS * 100L);
                                connection.commit();
                                sums.incrementAndGet();
                            } else {
                                transfer(connection, random, commits, conflicts);
                            }
                        }
                    } catch (SQLException | AssertionError | RuntimeException e) {
                        synchronized (failures) {
                            failures.add(e);
                        }
                    }
                }));
            }
            threads.forEach(Thread::start);
            try {
                meanwhile.accept(commits);
            } finally {
                isOver.set(true);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            System.out.printf(
                    "%s: %d commits, %d conflicts, %d sums in %d s%n",
                    store, commits.get(), conflicts.get(), sums.get(), SECONDS);
            if (!failures.isEmpty()) {
                throw new AssertionError(failures.size() + " threads failed", failures.get(0));
            }
            assertThat(sum(keepOpen)).isEqualTo(ACCOUNTS * 100L);
            try (Statement statement = keepOpen.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT count(*) FROM move")) {
                rows.next();
                assertThat(rows.getLong(1)).isEqualTo(commits.get());
            }
            try (Statement statement = keepOpen.createStatement()) {
                statement.execute(
                        "CREATE INDEX taken ON move (taker, amount); CREATE INDEX given ON move (giver, amount)");
            }
            try (Statement statement = keepOpen.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT count(*) FROM account a WHERE balance <> 100"
                            + " + coalesce((SELECT sum(amount) FROM move WHERE taker = a.id), 0)"
                            + " - coalesce((SELECT sum(amount) FROM move WHERE giver = a.id), 0)")) {
                rows.next();
                assertThat(rows.getLong(1))
                        .as("accounts that an update was lost on")
                        .isZero();
            }
        }
        checkVersions(store, name);
    }

    private static void fill(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement(); ) {
            statement.execute("CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER, filler TEXT)");
            statement.execute("CREATE TABLE move (giver INTEGER, taker INTEGER, amount INTEGER)");
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO account VALUES (?, 100, ?)")) {
            for (int i = 1; i <= ACCOUNTS; i++) {
                insert.setInt(1, i);
                insert.setString(2, "x".repeat(200));
                insert.executeUpdate();
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static long sum(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT sum(balance) FROM account")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void transfer(Connection connection, Random random, AtomicLong commits, AtomicLong conflicts)
            throws SQLException {
        int giver = 1 + random.nextInt(ACCOUNTS);
        int taker = 1 + random.nextInt(ACCOUNTS);
        int amount = random.nextInt(10);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE account SET balance = balance - " + amount + " WHERE id = " + giver);
            statement.executeUpdate("UPDATE account SET balance = balance + " + amount + " WHERE id = " + taker);
            statement.executeUpdate("INSERT INTO move VALUES (" + giver + ", " + taker + ", " + amount + ")");
            connection.commit();
            commits.incrementAndGet();
        } catch (SQLException e) {
            connection.rollback();
            assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("40001");
            assertThat(e.getErrorCode()).isEqualTo(5);
            conflicts.incrementAndGet();
        }
    }

    /** The sum is the same in versions of the past. */
    private static void checkVersions(String store, String name) throws SQLException {
        try (VersionedDatabases databases = new VersionedDatabases(store)) {
            assertThat(databases.list()).contains(name);
            List<VersionedDatabases.Version> versions = databases.versions(name);
            for (int i = 1; i < versions.size(); i += Math.max(1, versions.size() / 10)) {
                try (Connection past =
                        Engines.verso(store + "/" + name + "@" + versions.get(i).version())) {
                    assertThat(sum(past)).isEqualTo(ACCOUNTS * 100L);
                }
            }
        }
    }
}
