package dev.verso.kv.foundationdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.FDBException;
import dev.verso.kv.AtomicOp;
import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.Watch;
import dev.verso.kv.contract.SimulatedClock;
import dev.verso.kv.foundationdb.DoubledCluster.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the contract can't ask of a store: bad luck, and what the client is left with. On the double of FoundationDB's client. */
final class FoundationDbStoreTest {
    private static final long MINUTE_MILLIS = 60_000;

    private final SimulatedClock clock = new SimulatedClock();
    private final DoubledCluster cluster = new DoubledCluster(clock);
    private final DoubledDatabase database = new DoubledDatabase(cluster);
    private final FoundationDbStore store = new FoundationDbStore("double", database);

    @AfterEach
    void close() {
        store.close();
        cluster.close();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void put(String key, String value) {
        try (KvTransaction transaction = store.begin()) {
            transaction.set(text(key), text(value));
            transaction.commit().await();
        }
    }

    private String get(String key) {
        try (KvTransaction transaction = store.begin()) {
            byte[] value = transaction.get(text(key), ReadMode.SNAPSHOT).await();
            return value == null ? null : new String(value, StandardCharsets.UTF_8);
        }
    }

    private static void assertFails(KvFailure failure, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(KvException.class, e -> assertThat(e.failure())
                .as(e.getMessage())
                .isEqualTo(failure));
    }

    // ---- codes

    @ParameterizedTest
    @CsvSource({
        "1007, TOO_OLD, TOO_OLD",
        "1009, FUTURE_VERSION, FUTURE_VERSION",
        "1020, CONFLICT, CONFLICT",
        "1021, UNKNOWN_RESULT, UNKNOWN_RESULT",
        "1025, CLOSED, UNKNOWN_RESULT",
        "1031, TIMED_OUT, UNKNOWN_RESULT",
        "1032, UNAVAILABLE, UNKNOWN_RESULT",
        "1037, FUTURE_VERSION, FUTURE_VERSION",
        "1038, UNAVAILABLE, UNAVAILABLE",
        "1039, FUTURE_VERSION, UNKNOWN_RESULT",
        "1042, FUTURE_VERSION, FUTURE_VERSION",
        "1051, FUTURE_VERSION, FUTURE_VERSION",
        "1078, FUTURE_VERSION, FUTURE_VERSION",
        "1101, CLOSED, UNKNOWN_RESULT",
        "1213, FUTURE_VERSION, FUTURE_VERSION",
        "1223, FUTURE_VERSION, FUTURE_VERSION",
        "1500, UNAVAILABLE, UNKNOWN_RESULT",
        "2000, UNAVAILABLE, UNAVAILABLE",
        "2017, CLOSED, UNKNOWN_RESULT",
        "2101, TOO_LARGE, TOO_LARGE",
        "2102, TOO_LARGE, TOO_LARGE",
        "2103, TOO_LARGE, TOO_LARGE",
        "4100, UNAVAILABLE, UNKNOWN_RESULT"
    })
    void aCodeMeansOneThingForAReadAndPerhapsAnotherForACommit(int code, KvFailure read, KvFailure commit) {
        Throwable failure = new CompletionException(new FDBException("as it says", code));
        assertThat(FoundationDbFailures.translate(failure, false).failure()).isEqualTo(read);
        assertThat(FoundationDbFailures.translate(failure, true).failure()).isEqualTo(commit);
        assertThat(FoundationDbFailures.translate(failure, true).getMessage())
                .contains(Integer.toString(code), "as it says");
    }

    @Test
    void aCommitThatTheClientGaveUpIsOfUnknownResult() {
        for (Throwable failure : List.of(new CancellationException(), new IllegalStateException("Future closed"))) {
            assertThat(FoundationDbFailures.translate(failure, true).failure()).isEqualTo(KvFailure.UNKNOWN_RESULT);
            assertThat(FoundationDbFailures.translate(failure, false).failure()).isEqualTo(KvFailure.CLOSED);
        }
    }

    // ---- connecting

    @Test
    void aClientThatHasJustFoundItsClusterIsAskedAgain() {
        cluster.failNext(Request.READ_VERSION, 1039);
        cluster.failNext(Request.READ_VERSION, 1037);
        assertThat(FoundationDbStore.connect(store, MINUTE_MILLIS)).isSameAs(store);
        assertThat(database.isClosed()).isFalse();
        assertThat(cluster.openTransactions()).isZero();
    }

    @Test
    void aClusterThatIsDownIsGivenUp() {
        cluster.stop();
        assertThatThrownBy(() -> FoundationDbStore.connect(store, 50)).isInstanceOfSatisfying(KvException.class, e -> {
            assertThat(e.failure()).isEqualTo(KvFailure.UNAVAILABLE);
            assertThat(e.getMessage()).contains("double did not answer within 50 ms", "fdbcli");
        });
        assertThat(database.isClosed()).isTrue();
        assertThat(cluster.openTransactions()).isZero();
    }

    @Test
    void aClusterThatAlwaysSaysTryAgainIsGivenUpToo() {
        for (int i = 0; i < 10_000; i++) {
            cluster.failNext(Request.READ_VERSION, 1051);
        }
        assertFails(KvFailure.UNAVAILABLE, () -> FoundationDbStore.connect(store, 50));
        assertThat(database.isClosed()).isTrue();
    }

    @Test
    void whoIsInterruptedWhileConnectingIsToldSo() {
        cluster.stop();
        Thread.currentThread().interrupt();
        assertFails(KvFailure.INTERRUPTED, () -> FoundationDbStore.connect(store, MINUTE_MILLIS));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(database.isClosed()).isTrue();
    }

    // ---- a cluster that comes and goes

    @Test
    void whatIsAskedWhileTheClusterIsDownIsAnsweredWhenItIsBack() {
        put("a", "1");
        cluster.stop();
        KvTransaction reader = store.begin();
        Pending<byte[]> value = reader.get(text("a"), ReadMode.SERIALIZABLE);
        KvTransaction writer = store.begin();
        writer.set(text("b"), text("2"));
        Pending<Versionstamp> commit = writer.commit();
        assertThat(value.isDone()).isFalse();
        assertThat(commit.isDone()).isFalse();
        cluster.start();
        assertThat(value.await()).isEqualTo(text("1"));
        // It had no read version yet, so it had not been sent.
        assertThat(commit.await().version()).isPositive();
        reader.close();
        writer.close();
        assertThat(get("b")).isEqualTo("2");
    }

    @Test
    void aCommitOnItsWayWhenTheClusterGoesDownIsOfUnknownResult() {
        try (KvTransaction writer = store.begin()) {
            writer.get(text("a"), ReadMode.SERIALIZABLE).await();
            writer.set(text("a"), text("1"));
            cluster.stop();
            Pending<Versionstamp> commit = writer.commit();
            cluster.start();
            assertFails(KvFailure.UNKNOWN_RESULT, commit::await);
        }
        assertThat(get("a")).isNull();
    }

    @Test
    void noAnswerInTimeIsAFailureThatSaysSo() {
        cluster.stop();
        try (KvTransaction transaction = store.begin(20)) {
            assertFails(
                    KvFailure.TIMED_OUT,
                    () -> transaction.get(text("a"), ReadMode.SERIALIZABLE).await());
            transaction.set(text("a"), text("1"));
            assertFails(KvFailure.UNKNOWN_RESULT, () -> transaction.commit().await());
        }
        assertThat(cluster.openTransactions()).isZero();
        cluster.start();
        assertThat(get("a")).as("given up, so not sent later").isNull();
    }

    @Test
    void anUnknownResultIsOneWhetherAppliedOrNot() {
        for (boolean applied : new boolean[] {false, true}) {
            cluster.failNextCommit(1021, applied);
            try (KvTransaction transaction = store.begin()) {
                transaction.set(text("a" + applied), text("1"));
                assertFails(KvFailure.UNKNOWN_RESULT, () -> transaction.commit().await());
            }
            assertThat(get("a" + applied)).isEqualTo(applied ? "1" : null);
        }
    }

    @Test
    void aTransactionThatWasIdleForLongIsTooOldAndNotOutOfTime() {
        put("a", "1");
        try (KvTransaction transaction = store.begin()) {
            transaction.readVersion().await();
            clock.advanceMillis(10 * MINUTE_MILLIS);
            assertFails(
                    KvFailure.TOO_OLD,
                    () -> transaction.get(text("a"), ReadMode.SNAPSHOT).await());
        }
        try (KvTransaction idle = store.begin()) {
            clock.advanceMillis(10 * MINUTE_MILLIS);
            assertThat(idle.get(text("a"), ReadMode.SNAPSHOT).await()).isEqualTo(text("1"));
        }
    }

    @Test
    void aRangeThatTakesSeveralAnswersFailsInOnePiece() {
        byte[] value = new byte[50_000];
        try (KvTransaction writer = store.begin()) {
            for (int i = 0; i < 20; i++) {
                writer.set(text("k" + (char) ('a' + i)), value);
            }
            writer.commit().await();
        }
        try (KvTransaction reader = store.begin()) {
            assertThat(reader.getRange(text("k"), text("l"), KvTransaction.UNLIMITED, true, ReadMode.SNAPSHOT)
                            .await())
                    .hasSize(20);
            assertThat(reader.getRange(text("k"), text("l"), 7, false, ReadMode.SNAPSHOT)
                            .await())
                    .hasSize(7);
            cluster.failNext(Request.READ, 1037);
            assertFails(KvFailure.FUTURE_VERSION, () -> reader.getRange(
                            text("k"), text("l"), KvTransaction.UNLIMITED, false, ReadMode.SNAPSHOT)
                    .await());
        }
    }

    // ---- the client's transactions

    @Test
    void whatHasBeenCommittedOrClosedIsLetGoOf() {
        List<KvTransaction> left = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            KvTransaction transaction = store.begin();
            transaction.set(text("a"), text("1"));
            transaction.commit().await();
            left.add(transaction);
        }
        KvTransaction conflicting = store.begin();
        conflicting.get(text("a"), ReadMode.SERIALIZABLE).await();
        put("a", "2");
        conflicting.set(text("b"), text("1"));
        assertFails(KvFailure.CONFLICT, () -> conflicting.commit().await());
        KvTransaction large = store.begin();
        assertFails(KvFailure.TOO_LARGE, () -> large.set(text("a"), new byte[100_001]));
        assertFails(KvFailure.TOO_LARGE, () -> large.commit().await());
        store.begin().close();
        get("a");
        assertThat(cluster.openTransactions()).isZero();
        left.forEach(KvTransaction::close);
    }

    @Test
    void closingATransactionDoesNotDisturbItsCommit() {
        KvTransaction transaction = store.begin();
        transaction.set(text("a"), text("1"));
        Pending<Versionstamp> commit = transaction.commit();
        transaction.close();
        assertThat(commit.await().version()).isPositive();
        assertThat(get("a")).isEqualTo("1");
    }

    @Test
    void nothingIsAskedOfATransactionThatIsOver() {
        KvTransaction committed = store.begin();
        committed.set(text("a"), text("1"));
        committed.commit().await();
        KvTransaction closed = store.begin();
        closed.close();
        for (KvTransaction over : List.of(committed, closed)) {
            assertFails(KvFailure.CLOSED, over::commit);
            assertFails(KvFailure.CLOSED, over::readVersion);
            assertFails(KvFailure.CLOSED, () -> over.get(text("a"), ReadMode.SNAPSHOT));
            assertFails(KvFailure.CLOSED, () -> over.set(text("a"), text("2")));
            assertFails(KvFailure.CLOSED, () -> over.clear(text("a")));
            assertFails(KvFailure.CLOSED, () -> over.clearRange(text("a"), text("b")));
            assertFails(KvFailure.CLOSED, () -> over.mutate(AtomicOp.ADD, text("a"), text("b")));
            assertFails(KvFailure.CLOSED, () -> over.addReadConflictRange(text("a"), text("b")));
            assertFails(KvFailure.CLOSED, () -> over.addWriteConflictRange(text("a"), text("b")));
            assertFails(KvFailure.CLOSED, () -> over.watch(text("a")));
        }
        assertThat(get("a")).isEqualTo("1");
    }

    @Test
    void aClosedStoreRefusesAlsoWhatWasBegunBefore() {
        put("a", "1");
        KvTransaction before = store.begin();
        before.set(text("a"), text("2"));
        store.close();
        assertFails(KvFailure.CLOSED, store::begin);
        assertFails(KvFailure.CLOSED, () -> before.get(text("a"), ReadMode.SNAPSHOT));
        assertFails(KvFailure.CLOSED, before::commit);
        before.close();
        assertThat(cluster.openTransactions()).isZero();
    }

    @Test
    void clearingNothingIsNoWrite() {
        try (KvTransaction transaction = store.begin()) {
            transaction.clearRange(text("a"), text("a"));
            transaction.addWriteConflictRange(text("a"), text("a"));
            assertThat(transaction.commit().await()).isEqualTo(Versionstamp.NONE);
        }
    }

    @Test
    void theClientTakesWhatIsJustBelowTheLimitsIncludingTheStampsOffset() {
        try (KvTransaction transaction = store.begin()) {
            transaction.set(new byte[10_000], new byte[100_000]);
            transaction.setVersionstampedKey(new byte[9_996], 100, new byte[100_000]);
            transaction.setVersionstampedValue(text("v"), new byte[99_996], 0);
            assertThat(transaction.commit().await().version()).isPositive();
        }
        try (KvTransaction transaction = store.begin()) {
            assertFails(KvFailure.TOO_LARGE, () -> transaction.setVersionstampedKey(new byte[9_997], 0, text("v")));
        }
        try (KvTransaction transaction = store.begin()) {
            assertFails(KvFailure.TOO_LARGE, () -> transaction.setVersionstampedValue(text("v"), new byte[99_997], 0));
        }
    }

    @Test
    void noTransactionIsLargerForTheClientThanForUs() {
        DoubledTransaction doubled = (DoubledTransaction) database.createTransaction();
        try (FoundationDbTransaction transaction = new FoundationDbTransaction(store, doubled, MINUTE_MILLIS)) {
            long before = transaction.approximateBytes();
            List<Runnable> steps = List.of(
                    () -> transaction.set(text("a"), text("1")),
                    () -> transaction.clear(text("b")),
                    () -> transaction.clearRange(text("c"), text("cccccccccccccccccccc")),
                    () -> transaction.mutate(AtomicOp.ADD, text("d"), text("1")),
                    () -> transaction.addReadConflictRange(text("e"), text("f")),
                    () -> transaction.addWriteConflictRange(text("e"), text("f")),
                    () -> transaction.get(text("g"), ReadMode.SERIALIZABLE).await(),
                    () -> transaction
                            .getRange(text("h"), text("i"), 0, false, ReadMode.SERIALIZABLE)
                            .await(),
                    () -> transaction.automaticWriteConflicts(false),
                    () -> transaction.set(text("j"), text("1")),
                    () -> transaction.setVersionstampedKey(new byte[30], 3, text("v")),
                    () -> transaction.setVersionstampedValue(text("k"), new byte[30], 3));
            for (Runnable step : steps) {
                step.run();
                assertThat(transaction.approximateBytes())
                        .isGreaterThanOrEqualTo(doubled.getApproximateSize().join())
                        .isLessThan(before + 200);
                before = transaction.approximateBytes();
            }
            assertThat(transaction.commit().await().version()).isPositive();
        }
    }

    @Test
    void commitsThatShareAVersionDifferInTheirOrder() {
        cluster.stop();
        List<KvTransaction> transactions = new ArrayList<>();
        List<Pending<Versionstamp>> commits = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            KvTransaction transaction = store.begin();
            byte[] pattern = new byte[1 + Versionstamp.BYTES];
            pattern[0] = 's';
            transaction.setVersionstampedKey(pattern, 1, text("" + i));
            commits.add(transaction.commit());
            transactions.add(transaction);
        }
        cluster.start();
        List<KeyValue> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            byte[] key = new byte[1 + Versionstamp.BYTES];
            key[0] = 's';
            commits.get(i).await().write(key, 1);
            expected.add(new KeyValue(key, text("" + i)));
        }
        expected.sort((a, b) -> Bytes.compare(a.key(), b.key()));
        try (KvTransaction reader = store.begin()) {
            assertThat(reader.getRange(text("s"), text("t"), 0, false, ReadMode.SNAPSHOT)
                            .await())
                    .isEqualTo(expected);
        }
        transactions.forEach(KvTransaction::close);
    }

    // ---- watches

    private Watch watch(String key) {
        try (KvTransaction transaction = store.begin()) {
            Watch watch = transaction.watch(text(key));
            transaction.commit().await();
            return watch;
        }
    }

    @Test
    void aWatchOutlivesItsTransactionAndIsSetAgain() {
        for (int i = 0; i < 3; i++) {
            try (Watch watch = watch("a")) {
                assertThat(watch.await(1)).isFalse();
                put("a", "" + i);
                assertThat(watch.await(MINUTE_MILLIS)).isTrue();
            }
        }
        assertThat(cluster.watchCount()).isZero();
    }

    @Test
    void aClosedWatchGivesItsPlaceBack() {
        cluster.mostWatches(2);
        Watch first = watch("a");
        Watch second = watch("b");
        try (Watch third = watch("c")) {
            assertThatThrownBy(() -> third.await(MINUTE_MILLIS)).hasMessageContaining("1032");
        } catch (KvException e) {
            // The client may refuse it with the commit, too.
            assertThat(e.getMessage()).contains("1032");
        }
        first.close();
        try (Watch third = watch("c")) {
            put("c", "1");
            assertThat(third.await(MINUTE_MILLIS)).isTrue();
        }
        second.close();
        assertThat(cluster.watchCount()).isZero();
    }

    @Test
    void aWatchOfATransactionThatDoesNotCommitFails() {
        put("a", "1");
        KvTransaction closed = store.begin();
        Watch ofClosed = closed.watch(text("a"));
        closed.close();
        assertFails(KvFailure.CLOSED, () -> ofClosed.await(MINUTE_MILLIS));
        KvTransaction conflicting = store.begin();
        conflicting.get(text("a"), ReadMode.SERIALIZABLE).await();
        Watch ofConflicting = conflicting.watch(text("b"));
        conflicting.set(text("c"), text("1"));
        put("a", "2");
        assertFails(KvFailure.CONFLICT, () -> conflicting.commit().await());
        assertFails(KvFailure.CONFLICT, () -> ofConflicting.await(MINUTE_MILLIS));
        assertThat(cluster.watchCount()).isZero();
    }

    @Test
    void whoWatchesAStoreThatIsClosedIsToldSo() {
        Watch watch = watch("a");
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> watch.await(10 * MINUTE_MILLIS));
        store.close();
        assertThatThrownBy(waiting::join)
                .hasCauseInstanceOf(KvException.class)
                .hasMessageContaining("double is closed");
        assertThat(cluster.watchCount()).isZero();
    }

    @Test
    void whoIsInterruptedIsToldSo() {
        Watch watch = watch("a");
        Thread.currentThread().interrupt();
        assertFails(KvFailure.INTERRUPTED, () -> watch.await(MINUTE_MILLIS));
        assertThat(Thread.interrupted()).isTrue();
        watch.close();
        cluster.stop();
        try (KvTransaction transaction = store.begin()) {
            Pending<byte[]> value = transaction.get(text("a"), ReadMode.SNAPSHOT);
            transaction.set(text("a"), text("1"));
            Thread.currentThread().interrupt();
            assertFails(KvFailure.INTERRUPTED, value::await);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            assertFails(KvFailure.UNKNOWN_RESULT, transaction.commit()::await);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
