package dev.verso.compat.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvLimits;
import dev.verso.kv.contract.FaultyKvStore;
import dev.verso.kv.contract.FaultyKvStore.CommitFault;
import dev.verso.kv.contract.SimulatedClock;
import dev.verso.kv.contract.TestStores;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.kv.pages.CollectionOptions;
import dev.verso.kv.pages.NamespaceAddress;
import dev.verso.kv.pages.NamespaceVersion;
import dev.verso.kv.pages.Namespaces;
import dev.verso.pager.PageStore;
import dev.verso.sql.Connection;
import dev.verso.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Faults that other stores of versioned pages are known to have had, each as SQL by two machines; docs/versioned-store-scenarios.md names
 * them all.
 */
final class KnownFaultsTest {
    private final SimulatedClock clock = new SimulatedClock();
    private final FaultyKvStore kv = new FaultyKvStore(
            TestStores.open(clock, () -> MemoryKvStore.builder().clock(clock).build()), 1);
    private final Namespaces namespaces = new Namespaces(kv);
    private PageStore here;
    private Client one;
    private Client other;

    @BeforeEach
    void makeDatabase() {
        namespaces.create("app");
        here = namespaces.open("app");
        one = new Client(here);
        other = new Client(namespaces.open("app"));
        one.run("PRAGMA page_size = 512");
        one.run("CREATE TABLE t(id INTEGER PRIMARY KEY, x, filler)");
        one.run("INSERT INTO t SELECT value, 0, hex(zeroblob(25)) FROM generate_series(1, 200)");
        other.query("SELECT sum(x) FROM t");
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        kv.close();
    }

    private void outliveTheWindow() {
        clock.advanceMillis(KvLimits.FOUNDATIONDB.windowMillis() + 1_000);
    }

    private static void assertConflict(Client client) {
        assertThatThrownBy(() -> client.run("COMMIT"))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        e -> assertThat(e.code()).as(e.toString()).isEqualTo(ResultCode.BUSY_SNAPSHOT));
        if (!client.connection().session().isAutocommit()) {
            client.run("ROLLBACK");
        }
    }

    private void assertSound() {
        try (Client fresh = new Client(namespaces.open("app"))) {
            assertThat(fresh.query("PRAGMA integrity_check")).isEqualTo("ok\n");
            assertThat(one.dump()).isEqualTo(fresh.dump());
            assertThat(other.dump()).isEqualTo(fresh.dump());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCommitThatArrivesBetweenTheCheckAndTheWriteIsNoticed(boolean isLate) {
        one.run("BEGIN");
        one.query("SELECT x FROM t WHERE id = 5");
        one.run("UPDATE t SET x = 1 WHERE id = 150");
        if (isLate) {
            outliveTheWindow();
        }
        kv.beforeNextCommit(() -> other.run("UPDATE t SET x = 7 WHERE id = 5"));
        assertConflict(one);
        assertThat(one.query("SELECT id, x FROM t WHERE x <> 0")).isEqualTo("5|7\n");
        assertSound();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCommitOfOtherRowsBetweenTheCheckAndTheWriteIsKept(boolean isLate) {
        one.run("BEGIN");
        one.query("SELECT x FROM t WHERE id = 5");
        one.run("UPDATE t SET x = 1 WHERE id = 6");
        if (isLate) {
            outliveTheWindow();
        }
        kv.beforeNextCommit(() -> other.run("UPDATE t SET x = 7 WHERE id IN (4, 7, 151)"));
        one.run("COMMIT");
        assertThat(one.query("SELECT id, x FROM t WHERE x <> 0")).isEqualTo("4|7\n6|1\n7|7\n151|7\n");
        assertSound();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPageThatNobodyHasChangedForLongConflictsLikeAnyOther(boolean isLate) {
        for (int i = 0; i < 300; i++) {
            other.run("UPDATE t SET x = " + i + " WHERE id = 200");
        }
        one.run("BEGIN");
        one.run("UPDATE t SET x = (SELECT x FROM t WHERE id = 5) + 1 WHERE id = 150");
        other.run("UPDATE t SET x = 7 WHERE id = 5");
        if (isLate) {
            outliveTheWindow();
        }
        assertConflict(one);
        assertSound();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void twoThatFillAnEmptyDatabaseConflictThoughItHasNoPageYet(boolean isLate) {
        namespaces.create("empty");
        try (Client first = new Client(namespaces.open("empty"));
                Client second = new Client(namespaces.open("empty"))) {
            first.run("BEGIN");
            first.run("CREATE TABLE a(x)");
            kv.beforeNextCommit(() -> second.run("CREATE TABLE b(x)"));
            if (isLate) {
                outliveTheWindow();
            }
            assertConflict(first);
            assertThat(first.query("SELECT name FROM sqlite_schema")).isEqualTo("b\n");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void twoThatTakeTheSameNewPagesBothKeepTheirRows(boolean isLate) {
        one.run("BEGIN");
        one.run("INSERT INTO t SELECT value, 1, hex(zeroblob(25)) FROM generate_series(1001, 1050)");
        if (isLate) {
            outliveTheWindow();
        }
        kv.beforeNextCommit(
                () -> other.run("INSERT INTO t SELECT value, 2, hex(zeroblob(25)) FROM generate_series(2001, 2050)"));
        one.run("COMMIT");
        assertThat(one.query("SELECT x, count(*), sum(id) FROM t GROUP BY x"))
                .isEqualTo("0|200|20100\n1|50|51275\n2|50|101275\n");
        assertSound();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatOthersCommittedBeforeMyCommitIsNotReadFromTheCacheAfterIt(boolean whileOnItsWay) {
        one.query("SELECT sum(x) FROM t");
        one.run("BEGIN");
        one.run("UPDATE t SET x = 1 WHERE id = 150");
        Runnable others = () -> other.run("UPDATE t SET x = 7 WHERE id = 5");
        if (whileOnItsWay) {
            kv.beforeNextCommit(others);
        } else {
            others.run();
        }
        one.run("COMMIT");
        assertThat(one.query("SELECT x FROM t WHERE id = 5")).isEqualTo("7\n");
        try (Client neighbour = new Client(here)) {
            assertThat(neighbour.query("SELECT x FROM t WHERE id = 5")).isEqualTo("7\n");
        }
        assertSound();
    }

    @Test
    void whatOthersCommitBeforeTheAnswerToMyCommitIsNotReadFromTheCacheAfterIt() {
        one.query("SELECT sum(x) FROM t");
        kv.afterNextCommit(() -> other.run("UPDATE t SET x = 7 WHERE id = 5"));
        one.run("UPDATE t SET x = 1 WHERE id = 6");
        assertThat(one.query("SELECT x FROM t WHERE id = 5")).isEqualTo("7\n");
        one.run("UPDATE t SET x = x + 1 WHERE id = 5");
        assertThat(other.query("SELECT x FROM t WHERE id = 5")).isEqualTo("8\n");
        assertSound();
    }

    @ParameterizedTest
    @EnumSource(
            value = CommitFault.class,
            names = {"NONE", "UNAVAILABLE"})
    void aFailedCommitLeavesNoDirtyPages(CommitFault fault) {
        one.run("BEGIN");
        one.run("UPDATE t SET x = x + 1000, filler = hex(zeroblob(40))");
        if (fault == CommitFault.NONE) {
            other.run("UPDATE t SET x = 7 WHERE id = 5");
        }
        kv.onNextCommits(fault);
        assertThatThrownBy(() -> one.run("COMMIT")).isInstanceOf(DatabaseException.class);
        kv.forgetOrders();
        assertThatThrownBy(() -> one.run("COMMIT")).isInstanceOf(DatabaseException.class);
        if (!one.connection().session().isAutocommit()) {
            one.run("ROLLBACK");
        }
        assertThat(one.query("SELECT max(x) < 1000, max(length(filler)) FROM t"))
                .isEqualTo("1|50\n");
        one.run("UPDATE t SET x = 3 WHERE id = 7");
        assertThat(other.query("SELECT max(x) < 1000, max(length(filler)) FROM t"))
                .isEqualTo("1|50\n");
        assertSound();
    }

    @Test
    void aFailedStatementOfItsOwnLeavesNoDirtyPages() {
        one.run("PRAGMA busy_timeout = 0");
        kv.onNextCommits(CommitFault.UNAVAILABLE);
        assertThatThrownBy(() -> one.run("UPDATE t SET x = x + 1000")).isInstanceOf(DatabaseException.class);
        kv.forgetOrders();
        assertThat(one.query("SELECT max(x) FROM t")).isEqualTo("0\n");
        one.run("UPDATE t SET x = 3 WHERE id = 7");
        assertThat(other.query("SELECT sum(x) FROM t")).isEqualTo("3\n");
        assertSound();
    }

    @Test
    void truncationTakesTheLogWithItAndNobodyReliesOnTheRest() {
        try (Client behind = new Client(namespaces.open("app"))) {
            behind.query("SELECT sum(x) FROM t");
            one.run("BEGIN");
            one.run("UPDATE t SET x = 1 WHERE id = 150");
            for (int i = 1; i <= 20; i++) {
                other.run("UPDATE t SET x = " + i + " WHERE id = " + i);
            }
            clock.advanceMillis(120_000);
            long newest = namespaces.newestVersion("app");
            namespaces.collect(
                    "app", CollectionOptions.DEFAULTS.withBefore(newest).withMinAge(Duration.ZERO), report -> {});
            assertThat(namespaces.versions("app", 0, 100))
                    .extracting(NamespaceVersion::version)
                    .as("what the log tells")
                    .containsExactly(newest);
            // Its cache and its base are older than all that the log still tells.
            assertThat(behind.query("SELECT sum(x) FROM t")).isEqualTo("210\n");
            assertThatThrownBy(() -> one.run("COMMIT")).isInstanceOf(DatabaseException.class);
            if (!one.connection().session().isAutocommit()) {
                one.run("ROLLBACK");
            }
            assertThat(one.query("SELECT sum(x) FROM t")).isEqualTo("210\n");
            assertSound();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aForkIsWrittenThoughMostOfItsPagesAreItsBases(boolean isLarge) {
        namespaces.fork(NamespaceAddress.parse("app"), "fork");
        try (Client fork = new Client(namespaces.open("fork"))) {
            fork.query("SELECT sum(x) FROM t");
            fork.run("BEGIN");
            fork.run("UPDATE t SET x = x");
            fork.run("UPDATE t SET x = 9 WHERE id = 5");
            if (isLarge) {
                fork.run("CREATE TABLE big AS SELECT zeroblob(100000) AS body FROM generate_series(1, 120)");
            }
            other.run("UPDATE t SET x = 1 WHERE id = 5");
            fork.run("COMMIT");
            fork.run("UPDATE t SET x = 0 WHERE id = 5");
            assertThat(fork.query("SELECT sum(x) FROM t")).isEqualTo("0\n");
            assertThat(fork.query("PRAGMA integrity_check")).isEqualTo("ok\n");
        }
        assertThat(other.query("SELECT sum(x) FROM t")).isEqualTo("1\n");
        assertSound();
    }

    @ParameterizedTest
    @EnumSource(
            value = CommitFault.class,
            names = {"UNKNOWN_APPLIED", "UNKNOWN_LOST", "UNKNOWN_LATE"})
    void theOutcomeOfAnUnknownCommitIsToldThoughOthersCommitBeforeItIsAskedFor(CommitFault fault) {
        one.run("PRAGMA busy_timeout = 10000");
        other.run("PRAGMA busy_timeout = 10000");
        for (int i = 1; i <= 10; i++) {
            kv.onNextCommits(fault);
            kv.afterNextCommit(() -> other.run("UPDATE t SET x = x + 1 WHERE id IN (5, 6)"));
            one.run("UPDATE t SET x = x + 1 WHERE id = 5");
            assertThat(one.query("SELECT x FROM t WHERE id IN (5, 6)")).isEqualTo(2 * i + "\n" + i + "\n");
        }
        assertSound();
    }

    @Test
    void aTransactionOverSeveralDatabasesMayMoveFromThreadToThread() throws InterruptedException {
        for (String name : List.of("b", "c")) {
            namespaces.create(name);
            try (Client client = new Client(namespaces.open(name))) {
                client.run("CREATE TABLE t(x)");
            }
        }
        try (Connection connection = new Connection(namespaces.open("app"), namespaces::open)) {
            connection.execute("ATTACH 'b' AS b; ATTACH 'c' AS c");
            for (String sql : List.of(
                    "BEGIN",
                    "UPDATE main.t SET x = 1 WHERE id = 1",
                    "INSERT INTO b.t VALUES (2)",
                    "INSERT INTO c.t VALUES (3)",
                    "COMMIT")) {
                AtomicReference<Throwable> failure = new AtomicReference<>();
                Thread thread = new Thread(() -> {
                    try {
                        connection.execute(sql);
                    } catch (Throwable e) {
                        failure.set(e);
                    }
                });
                thread.start();
                thread.join();
                assertThat(failure.get()).as(sql).isNull();
            }
        }
        assertThat(namespaces.newestVersion("app"))
                .isEqualTo(namespaces.newestVersion("b"))
                .isEqualTo(namespaces.newestVersion("c"));
    }

    @Test
    void statementsThatContinueAfterACommitWithAnOpenReaderAreStillChecked() {
        try (PreparedStatement reader = one.connection().prepare("SELECT id FROM t", 0)) {
            assertThat(reader.step()).isTrue();
            one.run("UPDATE t SET x = 1 WHERE id = 100");
            one.run("BEGIN");
            one.run("UPDATE t SET x = (SELECT x FROM t WHERE id = 5) + 1 WHERE id = 150");
            other.run("UPDATE t SET x = 7 WHERE id = 5");
            assertThatThrownBy(() -> one.run("COMMIT")).isInstanceOf(DatabaseException.class);
        }
        if (!one.connection().session().isAutocommit()) {
            one.run("ROLLBACK");
        }
        assertThat(one.query("SELECT id, x FROM t WHERE x <> 0")).isEqualTo("5|7\n100|1\n");
        assertSound();
    }

    @Test
    void askingForAWriteAheadLogOrAnotherPageSizeIsHarmless() {
        assertThat(one.query("PRAGMA journal_mode = WAL")).isEqualTo("delete\n");
        one.run("PRAGMA page_size = 8192");
        one.run("VACUUM");
        assertThat(one.query("PRAGMA page_size")).isEqualTo("512\n");
        one.run("UPDATE t SET x = 1 WHERE id = 1");
        assertThat(other.query("SELECT sum(x) FROM t")).isEqualTo("1\n");
        assertSound();
    }
}
