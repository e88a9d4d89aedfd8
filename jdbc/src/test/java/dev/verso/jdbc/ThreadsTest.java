package dev.verso.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One connection, several threads. */
@Timeout(300)
class ThreadsTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 300;

    /** What a thread does, given its number. */
    @FunctionalInterface
    private interface Work {
        void run(int thread) throws SQLException;
    }

    private static void inThreads(Work work) throws InterruptedException {
        Map<Integer, Throwable> failures = new ConcurrentHashMap<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int number = t;
            threads.add(new Thread(() -> {
                try {
                    work.run(number);
                } catch (SQLException | RuntimeException | AssertionError e) {
                    failures.put(number, e);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void statementsOfSeveralThreadsDoNotMeet() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:verso::memory:")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE t (thread INT, round INT, text TEXT, UNIQUE (thread, round))");
            }
            inThreads(thread -> {
                for (int round = 0; round < ROUNDS; round++) {
                    try (PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO t VALUES (?, ?, 'text ' || ? || ' of ' || ?)")) {
                        insert.setInt(1, thread);
                        insert.setInt(2, round);
                        insert.setInt(3, round);
                        insert.setInt(4, thread);
                        assertThat(insert.executeUpdate()).isEqualTo(1);
                    }
                    try (PreparedStatement select =
                            connection.prepareStatement("SELECT text, round FROM t WHERE thread = ? ORDER BY text")) {
                        select.setInt(1, thread);
                        try (ResultSet rows = select.executeQuery()) {
                            int count = 0;
                            while (rows.next()) {
                                assertThat(rows.getString(1)).isEqualTo("text " + rows.getInt(2) + " of " + thread);
                                count++;
                            }
                            assertThat(count).isEqualTo(round + 1);
                        }
                    }
                    round += 9;
                    for (int skipped = round - 9 + 1; skipped <= round; skipped++) {
                        try (Statement insert = connection.createStatement()) {
                            insert.executeUpdate("INSERT INTO t VALUES (" + thread + ", " + skipped + ", 'text "
                                    + skipped + " of " + thread + "')");
                        }
                    }
                }
            });
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(THREADS * ROUNDS);
            }
        }
    }

    @Test
    void aConnectionThatIsClosedUnderOthersTellsThem() throws Exception {
        for (int connections = 0; connections < 50; connections++) {
            Connection connection = DriverManager.getConnection("jdbc:verso::memory:");
            AtomicInteger told = new AtomicInteger();
            inThreads(thread -> {
                try {
                    for (int round = 0; ; round++) {
                        if (thread == 0 && round == 20) {
                            connection.close();
                        }
                        assertThat(rows(connection, thread % 2 == 0)).isEqualTo(3);
                    }
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).as("%s", e).isIn("08003", "HY010");
                    assertThat(e.getMessage()).endsWith(" is closed");
                    told.incrementAndGet();
                }
            });
            assertThat(told).hasValue(THREADS);
        }
    }

    private static int rows(Connection connection, boolean isPrepared) throws SQLException {
        String sql = "VALUES (1), (2), (3)";
        try (Statement statement = isPrepared ? connection.prepareStatement(sql) : connection.createStatement();
                ResultSet rows = statement instanceof PreparedStatement prepared
                        ? prepared.executeQuery()
                        : statement.executeQuery(sql)) {
            int count = 0;
            while (rows.next()) {
                rows.getInt(1);
                count++;
            }
            return count;
        }
    }
}
