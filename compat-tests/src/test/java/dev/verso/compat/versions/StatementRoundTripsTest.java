package dev.verso.compat.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.kv.KvStore;
import dev.verso.kv.contract.CountingKvStore;
import dev.verso.kv.contract.TestStores;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.kv.pages.NamespaceVersion;
import dev.verso.kv.pages.Namespaces;
import dev.verso.sql.Connection;
import dev.verso.sql.PreparedStatement;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many round trips to the store statements take: over a network that is what they cost. */
final class StatementRoundTripsTest {
    private static final int ROWS = 20_000;

    private final KvStore memory = TestStores.open(MemoryKvStore::create);
    private final CountingKvStore kv = new CountingKvStore(memory);
    private Connection warm;

    /** A connection whose page cache is empty. */
    private Connection connect() {
        return new Connection(new Namespaces(kv).open("app"), null);
    }

    @BeforeEach
    void makeDatabase() {
        new Namespaces(kv).create("app");
        try (Connection writer = connect()) {
            writer.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, k INTEGER, body TEXT)");
            writer.execute("WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < " + ROWS
                    + ") INSERT INTO t SELECT i, i * 7919 % " + ROWS + ", hex(zeroblob(300)) FROM c");
            writer.execute("CREATE INDEX t_k ON t(k)");
            writer.execute("CREATE TABLE big(id INTEGER PRIMARY KEY, body BLOB)");
            writer.execute("INSERT INTO big VALUES (1, zeroblob(4000000))");
        }
        warm = connect();
        run(warm, "SELECT body FROM t WHERE id = 1");
    }

    @AfterEach
    void close() {
        warm.close();
        kv.close();
    }

    private static long run(Connection connection, String sql) {
        long rows = 0;
        try (PreparedStatement statement = connection.prepare(sql, 0)) {
            while (statement.step()) {
                for (int i = 0; i < statement.columnCount(); i++) {
                    statement.column(i).isNull();
                }
                rows++;
            }
        }
        return rows;
    }

    private long trips(Connection connection, String sql, long rows) {
        kv.reset();
        assertThat(run(connection, sql)).isEqualTo(rows);
        System.out.printf("%d round trips: %s%n", kv.trips(), sql);
        return kv.trips();
    }

    private void warmInteriorPages() {
        for (int id = 1; id <= ROWS; id += 1000) {
            run(warm, "SELECT body FROM t WHERE id = " + id);
        }
    }

    @Test
    void aPointQueryWithWarmInteriorPagesTakesOneBesidesTheSnapshot() {
        SplittableRandom random = new SplittableRandom(5);
        warmInteriorPages();
        for (int i = 0; i < 20; i++) {
            assertThat(trips(warm, "SELECT body FROM t WHERE id = " + (1 + random.nextInt(ROWS)), 1))
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void aThousandLookupsByAnIndexTakeAtMostEightBesidesTheSnapshot() {
        run(warm, "SELECT k, body FROM t WHERE k = 1");
        warmInteriorPages();
        assertThat(trips(warm, "SELECT body FROM t INDEXED BY t_k WHERE k BETWEEN 5000 AND 5999", 1000))
                .isLessThanOrEqualTo(8);
        assertThat(trips(warm, "SELECT body FROM t INDEXED BY t_k WHERE k BETWEEN 8000 AND 8999 ORDER BY k DESC", 1000))
                .isLessThanOrEqualTo(8);
    }

    @Test
    void openingASnapshotIsOneAndThenAPointQueryAtMostOne() {
        SplittableRandom random = new SplittableRandom(6);
        warmInteriorPages();
        for (int i = 0; i < 20; i++) {
            warm.execute("BEGIN");
            assertThat(trips(warm, "SELECT count(*) FROM sqlite_schema WHERE rowid = 0", 1))
                    .isEqualTo(1);
            assertThat(trips(warm, "SELECT body FROM t WHERE id = " + (1 + random.nextInt(ROWS)), 1))
                    .isLessThanOrEqualTo(1);
            warm.execute("COMMIT");
        }
    }

    @Test
    void aCommitOfAHundredPagesIsOneAndTwoForTheFirstInCompany() {
        for (int round = 0; round < 4; round++) {
            assertThat(commitOfAHundredPages(null, null)).isEqualTo(1);
        }
        try (Connection other = connect()) {
            String elsewhere = "UPDATE t SET body = body || 'y' WHERE id = 15000";
            // Who has been alone relies on it, and finds out once that it no longer is.
            assertThat(commitOfAHundredPages(other, elsewhere)).isEqualTo(2);
            for (int round = 0; round < 4; round++) {
                assertThat(commitOfAHundredPages(other, elsewhere)).isEqualTo(1);
            }
        }
    }

    /** The attempt fails, the pages that have changed are read, on these it is carried out again and committed: less it can't be. */
    @Test
    void aCommitThatCollidesOnItsPagesIsThreeAndFourWhereNobodyExpectedIt() {
        try (Connection other = connect()) {
            String sameLeaves = "UPDATE t SET body = body || 'y' WHERE id IN (5999, 6101, 6203, 6305)";
            assertThat(commitOfAHundredPages(other, sameLeaves)).isEqualTo(4);
            for (int round = 0; round < 4; round++) {
                assertThat(commitOfAHundredPages(other, sameLeaves)).isEqualTo(3);
            }
        }
    }

    @Test
    void whatWasCommittedInCompanyIsReadFromTheCacheAfterwards() {
        try (Connection other = connect()) {
            for (int round = 0; round < 4; round++) {
                commitOfAHundredPages(other, "UPDATE t SET body = body || 'y' WHERE id = 15000");
                assertThat(trips(
                                warm,
                                "SELECT length(body) FROM t WHERE id IN (SELECT 6000 + 6 * value FROM generate_series(0, 95))",
                                96))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void whoReadsOnAfterACommitInCompanyAsksOnceWhatItShows() {
        try (Connection other = connect();
                PreparedStatement open = warm.prepare("SELECT id FROM t", 0)) {
            for (int round = 0; round < 4; round++) {
                assertThat(open.step()).isTrue();
                long alone = round == 0 ? 3 : 2;
                assertThat(commitOfAHundredPages(other, "UPDATE t SET body = body || 'y' WHERE id = 15000"))
                        .isEqualTo(alone);
            }
        }
    }

    @Test
    void theDataVersionTellsOfThoseWhoCommittedBeforeOne() {
        try (Connection other = connect()) {
            long before = dataVersion();
            commitOfAHundredPages(null, null);
            assertThat(dataVersion()).isEqualTo(before);
            for (int round = 0; round < 4; round++) {
                commitOfAHundredPages(other, "UPDATE t SET body = body || 'y' WHERE id = 15000");
                long after = dataVersion();
                assertThat(after).isGreaterThan(before);
                before = after;
            }
        }
    }

    private long dataVersion() {
        try (PreparedStatement statement = warm.prepare("PRAGMA data_version", 0)) {
            assertThat(statement.step()).isTrue();
            return statement.column(0).asLong();
        }
    }

    /** Round trips of the COMMIT. */
    private long commitOfAHundredPages(Connection other, String sql) {
        warm.execute("BEGIN");
        // Rows of 600 bytes, 6 to a page.
        warm.execute("UPDATE t SET body = body || 'x' WHERE id IN"
                + " (SELECT 6000 + 6 * value FROM generate_series(0, 95))");
        if (other != null) {
            other.execute(sql);
        }
        long before = new Namespaces(memory).newestVersion("app");
        kv.reset();
        warm.execute("COMMIT");
        long trips = kv.trips();
        List<NamespaceVersion> made = new Namespaces(memory).versions("app", before, 10);
        System.out.printf(
                "%d round trips: a commit of %d pages%n", trips, made.get(0).changedPages());
        assertThat(made.get(0).changedPages()).isBetween(90, 110);
        return trips;
    }

    @Test
    void aScanOfAHundredThousandPagesTakesAtMostAThousand() {
        new Namespaces(kv).create("wide");
        try (Connection writer = new Connection(new Namespaces(kv).open("wide"), null)) {
            writer.execute("PRAGMA page_size = 512");
            writer.execute("CREATE TABLE w(id INTEGER PRIMARY KEY, body BLOB)");
            // One row to a page: two would take more than it has.
            writer.execute("WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 100000)"
                    + " INSERT INTO w SELECT i, zeroblob(260) FROM c");
        }
        try (Connection cold = new Connection(new Namespaces(kv).open("wide"), null)) {
            assertThat(run(cold, "SELECT * FROM w LIMIT 1")).isEqualTo(1);
            assertThat(trips(cold, "SELECT page_count > 100000 FROM pragma_page_count", 1))
                    .isLessThanOrEqualTo(1);
        }
        try (Connection cold = new Connection(new Namespaces(kv).open("wide"), null)) {
            assertThat(trips(cold, "SELECT count(*), sum(length(body)) FROM w", 1))
                    .isLessThanOrEqualTo(1_000);
        }
    }

    @Test
    void aQueryThatStopsEarlyDoesNotReadMuchInVain() {
        run(warm, "SELECT k, body FROM t WHERE k = 1");
        kv.reset();
        run(warm, "SELECT body FROM t INDEXED BY t_k WHERE k > 12000 LIMIT 1");
        assertThat(kv.requests()).isLessThanOrEqualTo(30);
    }

    @Test
    void aScanReadsAHundredPagesATrip() {
        try (Connection cold = connect()) {
            long pages = 20_000L * 620 / 4096;
            assertThat(trips(cold, "SELECT sum(length(body)) FROM t", 1)).isLessThanOrEqualTo(pages / 100 + 8);
        }
        try (Connection cold = connect()) {
            assertThat(trips(cold, "SELECT count(*) FROM (SELECT body FROM t ORDER BY id DESC)", 1))
                    .isLessThanOrEqualTo(40);
        }
    }

    @Test
    void anOverflowChainIsReadInBatches() {
        assertThat(trips(warm, "SELECT length(CAST(body AS TEXT)) FROM big", 1)).isLessThanOrEqualTo(25);
    }
}
