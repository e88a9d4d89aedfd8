package dev.verso.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done by itself while a store is open. */
class ScheduledCollectionTest {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    @Test
    void whoeverHasTheStoreOpenCollectsWhatIsDue() throws Exception {
        String store = "local:" + folder;
        try (Connection connection = DriverManager.getConnection("jdbc:verso:" + store + "/app");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (a)");
            statement.execute("SELECT verso_retention('app', NULL, 1)");
            statement.execute("SELECT verso_compress('app', 1)");
            statement.execute("SELECT verso_schedule('app', 3600)");
        }
        try (Connection connection = DriverManager.getConnection("jdbc:verso:" + store + "/app");
                VersionedDatabases databases = new VersionedDatabases(store)) {
            assertThat(connection.isValid(0)).isTrue();
            Map<String, String> stat = awaitCollection(databases);
            assertThat(stat.get("collection")).startsWith("every 1h, next from ");
            assertThat(stat.get("last collected")).startsWith("0 versions");
            assertThat(stat).doesNotContainKey("collection failed");
            assertThat(stat.get("compression")).isEqualTo("on");
        }
        // Nobody has a database open now, so nothing is collected that nobody asks for.
        try (VersionedDatabases databases = new VersionedDatabases(store)) {
            assertThat(databases.collectDue()).isZero();
            databases.schedule("app", null);
            databases.compressed("app", false);
            assertThat(databases.stat("app"))
                    .containsEntry("collection", "when told to")
                    .containsEntry("compression", "off");
            databases.schedule("app", Duration.ofDays(1));
            assertThat(databases.collectDue()).isEqualTo(1);
        }
    }

    private static Map<String, String> awaitCollection(VersionedDatabases databases)
            throws SQLException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            Map<String, String> stat = databases.stat("app");
            if (stat.containsKey("last collection") || System.nanoTime() > end) {
                return stat;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void whatFailsIsDoneAgainUntilItIsEnded() throws InterruptedException {
        AtomicInteger times = new AtomicInteger();
        CountDownLatch third = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        Repeated repeated = new Repeated("verso-test", 1, stop -> {
            if (times.incrementAndGet() < 3) {
                throw new DatabaseException(ResultCode.IOERR, "made to fail");
            }
            third.countDown();
            while (!stop.getAsBoolean()) {
                Thread.onSpinWait();
            }
            told.countDown();
        });
        repeated.begin();
        repeated.begin();
        assertThat(third.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        repeated.end();
        assertThat(told.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(times.get()).isEqualTo(3);
        repeated.begin();
        assertThat(times.get()).isEqualTo(3);
    }
}
