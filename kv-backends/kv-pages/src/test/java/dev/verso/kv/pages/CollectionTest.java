package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvException;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import dev.verso.kv.contract.FaultyKvStore.CommitFault;
import dev.verso.pager.BusyHandler;
import dev.verso.pager.CommitSet;
import dev.verso.pager.PageStore;
import dev.verso.pager.StoreSession;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Retention and garbage collection. */
final class CollectionTest extends OnTestStore {
    private static final CollectionOptions NOW = CollectionOptions.DEFAULTS.withMinAge(Duration.ZERO);

    private CollectionReport collect(String name, CollectionOptions options) {
        return namespaces.collect(name, options, report -> {});
    }

    private List<Long> make(String name, int versions) {
        namespaces.create(name);
        List<Long> made = new ArrayList<>();
        for (int i = 0; i < versions; i++) {
            made.add(put(name, i == 0 ? 1 : 2, i));
        }
        return made;
    }

    @Test
    void withoutARetentionNothingIsDropped() {
        List<Long> versions = make("a", 10);
        CollectionReport report = collect("a", NOW);
        assertThat(report.versions()).isZero();
        assertThat(report.entries()).isZero();
        assertThat(number("a@" + versions.get(0), 1)).isZero();
        assertThat(namespaces.retention("a")).isEqualTo(Retention.EVERYTHING);
    }

    @Test
    void theNewestVersionsAreKeptByTheirNumber() {
        List<Long> versions = make("a", 10);
        namespaces.retention("a", new Retention(null, 3));
        assertThat(namespaces.retention("a")).isEqualTo(new Retention(null, 3));
        CollectionReport report = collect("a", NOW);
        assertThat(report.oldest()).isEqualTo(versions.get(7));
        assertThat(report.versions()).isEqualTo(7);
        assertThat(report.entries()).isEqualTo(7);
        assertThat(report.bytes()).isGreaterThan(7L * Pages.PAGE_BYTES);
        assertThat(stored('p')).isEqualTo(4);
        assertThat(stored('l')).as("seed #22: the log is cut too").isEqualTo(3);
        assertThat(stored('t')).isEqualTo(3);
        assertThat(stored('s')).isEqualTo(1);
        for (int i = 7; i < 10; i++) {
            assertThat(number("a@" + versions.get(i), 2)).isEqualTo(i);
            assertThat(number("a@" + versions.get(i), 1)).isZero();
        }
        for (int i = 0; i < 7; i++) {
            long version = versions.get(i);
            assertFails(
                    ResultCode.ERROR_SNAPSHOT,
                    "version " + version + " is no longer kept",
                    () -> number("a@" + version, 1));
        }
        assertThat(namespaces.versions("a", 0, 100))
                .extracting(NamespaceVersion::version)
                .containsExactlyElementsOf(versions.subList(7, 10));
        assertThat(collect("a", NOW).entries()).isZero();
    }

    @Test
    void versionsAreKeptThatWereTheNewestWithinATime() {
        List<Long> versions = make("a", 5);
        Instant afterFifth = Instant.EPOCH.plus(clock.micros(), ChronoUnit.MICROS);
        clock.advanceMillis(3_600_000);
        long sixth = put("a", 2, 5);
        clock.advanceMillis(1_800_000);
        namespaces.retention("a", new Retention(Duration.ofHours(1), 0));
        assertThat(collect("a", NOW).oldest())
                .as("the fifth was the newest an hour ago")
                .isEqualTo(versions.get(4));
        assertThat(number("a@" + afterFifth, 2)).isEqualTo(4);
        assertThat(number("a@" + sixth, 2)).isEqualTo(5);
        assertFails(ResultCode.ERROR_SNAPSHOT, "is no longer kept", () -> number("a@" + afterFifth.minusSeconds(2), 2));
        clock.advanceMillis(3_600_000);
        namespaces.retention("a", new Retention(Duration.ofHours(1), 2));
        assertThat(collect("a", NOW).oldest()).isEqualTo(versions.get(4));
        namespaces.retention("a", new Retention(Duration.ofHours(1), 0));
        assertThat(collect("a", NOW).oldest()).isEqualTo(sixth);
    }

    @Test
    void truncatingDropsTheHistoryBeforeAVersion() {
        List<Long> versions = make("a", 10);
        assertThat(collect("a", NOW.withBefore(versions.get(5))).oldest()).isEqualTo(versions.get(5));
        assertThat(number("a@" + versions.get(5), 2)).isEqualTo(5);
        assertFails(
                ResultCode.ERROR_SNAPSHOT,
                "the oldest one is " + versions.get(5),
                () -> number("a@" + versions.get(4), 2));
        // What is gone does not come back.
        assertThat(collect("a", NOW.withBefore(versions.get(2))).oldest()).isEqualTo(versions.get(5));
        assertThat(collect("a", NOW.withBefore(Long.MAX_VALUE)).oldest()).isEqualTo(versions.get(9));
    }

    @Test
    void truncatingABaseLeavesWhatItsForksBeganWith() {
        List<Long> versions = make("a", 10);
        namespaces.fork(NamespaceAddress.parse("a@" + versions.get(4)), "fork");
        collect("a", NOW.withBefore(Long.MAX_VALUE));
        assertThat(number("fork", 2)).isEqualTo(4);
        assertThat(number("a@" + versions.get(4), 2)).isEqualTo(4);
        assertFails(ResultCode.ERROR_SNAPSHOT, "no longer kept", () -> number("a@" + versions.get(5), 2));
        put("fork", 2, 77);
        collect("fork", NOW.withBefore(Long.MAX_VALUE));
        assertThat(number("fork", 1)).isZero();
        assertThat(number("fork", 2)).isEqualTo(77);
        namespaces.delete("fork");
        collect("a", NOW);
        assertFails(ResultCode.ERROR_SNAPSHOT, "no longer kept", () -> number("a@" + versions.get(4), 2));
        assertThat(number("a", 2)).isEqualTo(9);
    }

    @Test
    void aCollectionTellsHowFarItIs() {
        make("a", 500);
        namespaces.retention("a", new Retention(null, 1));
        List<CollectionReport> told = new ArrayList<>();
        CollectionReport last = namespaces.collect("a", NOW, told::add);
        assertThat(told).hasSizeGreaterThan(1).endsWith(last);
        for (int i = 1; i < told.size(); i++) {
            assertThat(told.get(i).entries())
                    .isGreaterThanOrEqualTo(told.get(i - 1).entries());
            assertThat(told.get(i).pagesExamined())
                    .isGreaterThanOrEqualTo(told.get(i - 1).pagesExamined());
        }
        assertThat(last.versions()).isEqualTo(499);
    }

    @Test
    void youngVersionsStay() {
        List<Long> versions = make("a", 10);
        CollectionReport report = collect("a", NOW.withBefore(Long.MAX_VALUE).withMinAge(Duration.ofMillis(3_500)));
        assertThat(report.oldest()).isEqualTo(versions.get(5));
    }

    @Test
    void aDryRunTellsAndChangesNothing() {
        List<Long> versions = make("a", 10);
        CollectionOptions options = NOW.withBefore(versions.get(6));
        CollectionReport dry = collect("a", options.withDryRun(true));
        assertThat(number("a@" + versions.get(0), 1)).isZero();
        assertThat(stored('l')).isEqualTo(10);
        assertThat(stored('p')).isEqualTo(11);
        assertThat(collect("a", options)).isEqualTo(dry);
        assertThat(dry.versions()).isEqualTo(6);
    }

    @Test
    void pinnedVersionsStayUntilTheyAreUnpinned() {
        List<Long> versions = make("a", 10);
        assertThat(namespaces.pin(NamespaceAddress.parse("a@" + versions.get(3)), "release 1"))
                .isEqualTo(versions.get(3));
        namespaces.pin(NamespaceAddress.parse("a@" + versions.get(3)), "also");
        collect("a", NOW.withBefore(versions.get(8)));
        assertThat(number("a@" + versions.get(3), 2)).isEqualTo(3);
        assertThat(namespaces.versions("a", 0, 100))
                .extracting(NamespaceVersion::version)
                .containsExactly(versions.get(3), versions.get(8), versions.get(9));
        for (int i : new int[] {2, 4, 7}) {
            assertFails(ResultCode.ERROR_SNAPSHOT, "is no longer kept", () -> number("a@" + versions.get(i), 2));
        }
        // A held version can be forked, pinned and gone back to.
        namespaces.fork(NamespaceAddress.parse("a@" + versions.get(3)), "fork");
        assertThat(namespaces.unpin("a", versions.get(3))).isEqualTo(2);
        assertThat(namespaces.unpin("a", versions.get(3))).isZero();
        collect("a", NOW.withBefore(versions.get(8)));
        assertThat(number("fork", 2)).isEqualTo(3);
        assertThat(number("a@" + versions.get(3), 2)).isEqualTo(3);
        namespaces.delete("fork");
        collect("a", NOW.withBefore(versions.get(8)));
        assertFails(ResultCode.ERROR_SNAPSHOT, "is no longer kept", () -> number("a@" + versions.get(3), 2));
        assertThat(stored('p')).isEqualTo(3);
        assertThat(stored('l')).isEqualTo(2);
    }

    @Test
    void forksOfForksReadAsBeforeWhateverTheirBasesCollect() {
        List<Long> versions = make("a", 6);
        namespaces.fork(NamespaceAddress.parse("a@" + versions.get(2)), "b");
        put("b", 3, 33);
        namespaces.fork(NamespaceAddress.parse("b"), "c");
        put("b", 3, 34);
        put("c", 4, 44);
        put("c", 4, 45);
        for (String name : List.of("a", "b", "c", "a")) {
            collect(name, NOW.withBefore(Long.MAX_VALUE));
        }
        assertThat(number("a", 2)).isEqualTo(5);
        assertThat(number("b", 2)).isEqualTo(2);
        assertThat(number("b", 3)).isEqualTo(34);
        assertThat(number("c", 1)).isZero();
        assertThat(number("c", 2)).isEqualTo(2);
        assertThat(number("c", 3)).isEqualTo(33);
        assertThat(number("c", 4)).isEqualTo(45);
        assertThat(stored('p')).isEqualTo(3 + 3 + 2);
    }

    @Test
    void whatARollbackUndidGoesWithItsVersionsAndTheRecordForgetsTheRollback() {
        List<Long> versions = make("a", 6);
        namespaces.rollBack("a", versions.get(2));
        long rolledBack = namespaces.newestVersion("a");
        collect("a", NOW.withBefore(versions.get(4)));
        assertThat(number("a@" + versions.get(4), 2)).isEqualTo(4);
        assertThat(number("a@" + rolledBack, 2)).isEqualTo(2);
        long last = put("a", 3, 30);
        collect("a", NOW.withBefore(last));
        assertThat(number("a", 2)).isEqualTo(2);
        assertThat(stored('p')).isEqualTo(3);
        assertThat(rollbacks("a")).isZero();
        collect("a", NOW.withBefore(last));
        assertThat(stored('l')).isEqualTo(1);
        put("a", 2, 22);
        assertThat(number("a@" + last, 2)).isEqualTo(2);
    }

    private int rollbacks(String name) {
        try (KvTransaction reader = plain.begin()) {
            byte[] entry =
                    reader.get(NamespaceKeys.directory(name), ReadMode.SNAPSHOT).await();
            byte[] id = Arrays.copyOf(entry, NamespaceKeys.ID_BYTES);
            byte[] record =
                    reader.get(NamespaceKeys.record(id), ReadMode.SNAPSHOT).await();
            return NamespaceRecord.decode(record).rollbacks().size();
        }
    }

    @Test
    void aRollbackIsRememberedWhileAVersionFromBeforeItIsHeld() {
        List<Long> versions = make("a", 6);
        namespaces.pin(NamespaceAddress.parse("a@" + versions.get(4)), "undone");
        namespaces.rollBack("a", versions.get(2));
        long last = put("a", 3, 30);
        collect("a", NOW.withBefore(last));
        assertThat(rollbacks("a")).isEqualTo(1);
        assertThat(number("a", 2)).isEqualTo(2);
        assertThat(number("a@" + versions.get(4), 2)).isEqualTo(4);
        namespaces.unpin("a", versions.get(4));
        collect("a", NOW.withBefore(last));
        assertThat(rollbacks("a")).isZero();
        assertThat(number("a", 2)).isEqualTo(2);
        assertThat(stored('p')).isEqualTo(3);
    }

    // ---- readers

    @Test
    void aSnapshotThatHasBecomeOldIsLeased() {
        List<Long> versions = make("a", 3);
        try (PageStore store = namespaces.open("a");
                Pages reader = new Pages(store)) {
            reader.begin();
            clock.advanceMillis(31_000);
            for (int i = 0; i < 20; i++) {
                namespaces.heartbeat();
                put("a", 2, 100 + i);
                clock.advanceMillis(60_000);
            }
            CollectionOptions options = NOW.withBefore(Long.MAX_VALUE);
            collect("a", options);
            assertThat(stored('b')).isEqualTo(1);
            assertThat(reader.read(2)).isEqualTo(2);
            assertThat(number("a@" + versions.get(2), 2)).isEqualTo(2);
            assertFails(ResultCode.ERROR_SNAPSHOT, "no longer kept", () -> number("a@" + versions.get(1), 2));
            reader.end();
            namespaces.heartbeat();
            assertThat(stored('b')).isZero();
            collect("a", options);
            assertFails(ResultCode.ERROR_SNAPSHOT, "no longer kept", () -> number("a@" + versions.get(2), 2));
        }
        assertThat(stored('p')).isEqualTo(2);
    }

    @Test
    void aReaderWhoseLeaseRanOutGetsAnErrorAndNoWrongAnswer() {
        make("a", 3);
        try (PageStore store = namespaces.open("a");
                Pages reader = new Pages(store)) {
            reader.begin();
            clock.advanceMillis(31_000);
            namespaces.heartbeat();
            put("a", 2, 100);
            clock.advanceMillis(301_000);
            collect("a", NOW.withBefore(Long.MAX_VALUE));
            assertFails(ResultCode.ERROR_SNAPSHOT, "is no longer kept", () -> reader.read(2));
            reader.end();
            assertThat(reader.begin().read(2)).isEqualTo(100);
            reader.end();
        }
    }

    @Test
    void aWriterOnADroppedVersionCanNotCommit() {
        make("a", 3);
        try (PageStore store = namespaces.open("a");
                Pages writer = new Pages(store)) {
            writer.begin().writeBlind(2, 99);
            put("a", 3, 30);
            put("a", 2, 31);
            clock.advanceMillis(60_000);
            collect("a", NOW.withBefore(Long.MAX_VALUE));
            assertFails(ResultCode.ERROR_SNAPSHOT, "is no longer kept", writer::commit);
        }
        assertThat(number("a", 2)).isEqualTo(31);
    }

    @Test
    void aCacheThatMissedVersionsTheLogNoLongerHasForgetsAll() {
        make("a", 3);
        try (PageStore store = namespaces.open("a");
                Pages reader = new Pages(store)) {
            assertThat(reader.begin().read(2)).isEqualTo(2);
            reader.end();
            put("a", 2, 100);
            put("a", 3, 30);
            put("a", 4, 40);
            collect("a", NOW.withBefore(Long.MAX_VALUE));
            assertThat(reader.begin().read(2)).isEqualTo(100);
            reader.end();
        }
    }

    @Test
    void aDatabaseOpenAtAPastVersionKeepsIt() {
        List<Long> versions = make("a", 5);
        try (PageStore past = namespaces.open(NamespaceAddress.parse("a@" + versions.get(1)), true);
                PageStore live = namespaces.open("a");
                Pages reader = new Pages(past);
                Pages shown = new Pages(live)) {
            shown.session().showVersion(Long.toString(versions.get(3)));
            clock.advanceMillis(31_000);
            namespaces.heartbeat();
            collect("a", NOW.withBefore(Long.MAX_VALUE));
            assertThat(reader.begin().read(2)).isEqualTo(1);
            reader.end();
            assertThat(shown.begin().read(2)).isEqualTo(3);
            shown.end();
        }
        assertThat(stored('b')).isZero();
        assertFails(ResultCode.ERROR_SNAPSHOT, "no longer kept", () -> number("a@" + versions.get(1), 2));
    }

    // ---- staged transactions

    private static void stage(StoreSession session, int from, int count, long number) {
        int[] pages = new int[count];
        byte[][] images = new byte[count][];
        for (int i = 0; i < count; i++) {
            pages[i] = from + i;
            images[i] = Pages.image(number);
        }
        session.stage(pages, images, count, BusyHandler.NONE);
    }

    @Test
    void stagedPagesAreKeptByHeartbeatAndAbandonedOnesCollected() {
        make("a", 2);
        try (PageStore store = namespaces.open("a");
                StoreSession alive = store.newSession();
                StoreSession silent = new Namespaces(faulty).open("a").newSession()) {
            for (StoreSession session : List.of(alive, silent)) {
                session.beginSnapshot(BusyHandler.NONE);
                session.beginWrite(false, BusyHandler.NONE);
                stage(session, 3, 20, 7);
            }
            alive.prepareCommit(new CommitSet(new int[0], new byte[0][], 22, new int[] {1}), null, BusyHandler.NONE);
            silent.prepareCommit(new CommitSet(new int[0], new byte[0][], 22, new int[] {1}), null, BusyHandler.NONE);
            for (int hour = 0; hour < 5; hour++) {
                clock.advanceMillis(3_000_000);
                namespaces.heartbeat();
            }
            assertThat(collect("a", NOW.withDryRun(true)).stagings()).isEqualTo(1);
            assertThat(collect("a", NOW).stagings()).isEqualTo(1);
            assertThat(stored('p')).isEqualTo(3 + 20 + 1);
            assertThat(stored('g')).isEqualTo(2);
            assertFails(ResultCode.BUSY_SNAPSHOT, "were given up", silent::finishCommit);
            silent.rollback();
            alive.finishCommit();
            alive.endSnapshot();
            silent.endSnapshot();
        }
        assertThat(number("a", 22)).isEqualTo(7);
        assertThat(collect("a", NOW).stagings()).isZero();
        put("a", 5, 55);
        assertThat(collect("a", NOW.withBefore(Long.MAX_VALUE)).entries()).isEqualTo(3);
        assertThat(number("a", 22)).isEqualTo(7);
        assertThat(number("a", 5)).isEqualTo(55);
    }

    @Test
    void aHeartbeatThatMeetsARollbackLeavesNothingOfWhatWasStaged() {
        make("a", 2);
        try (PageStore store = namespaces.open("a");
                StoreSession session = store.newSession();
                KvTransaction heartbeat = plain.begin()) {
            session.beginSnapshot(BusyHandler.NONE);
            session.beginWrite(false, BusyHandler.NONE);
            stage(session, 3, 10, 7);
            session.prepareCommit(new CommitSet(new int[0], new byte[0][], 12, new int[] {1}), null, BusyHandler.NONE);
            KeyValue manifest = stored("V1n").stream()
                    .filter(pair -> pair.key()["V1n".length() + NamespaceKeys.ID_BYTES] == 'g')
                    .findFirst()
                    .orElseThrow();
            byte[] chunk = heartbeat.get(manifest.key(), ReadMode.SERIALIZABLE).await();
            session.rollback();
            session.endSnapshot();
            heartbeat.set(manifest.key(), chunk);
            assertThatThrownBy(() -> heartbeat.commit().await()).isInstanceOf(KvException.class);
        }
        assertThat(stored('g')).isZero();
    }

    @Test
    void whatTellsOfAStagedCommitGoesWithTheLastPageThatItStaged() {
        make("a", 2);
        try (PageStore store = namespaces.open("a");
                StoreSession session = store.newSession()) {
            session.beginSnapshot(BusyHandler.NONE);
            session.beginWrite(false, BusyHandler.NONE);
            stage(session, 3, 10, 7);
            stage(session, 13, 10, 7);
            session.prepareCommit(new CommitSet(new int[0], new byte[0][], 22, new int[] {1}), null, BusyHandler.NONE);
            session.finishCommit();
            session.endSnapshot();
        }
        CollectionOptions all = NOW.withBefore(Long.MAX_VALUE);
        put("a", 1, 10);
        collect("a", all);
        assertThat(stored('x')).isEqualTo(1);
        assertThat(number("a", 22)).isEqualTo(7);
        namespaces.fork(NamespaceAddress.parse("a"), "b");
        for (int page = 3; page <= 22; page++) {
            put("a", page, 1_000 + page);
        }
        // The fork still reads what was staged.
        collect("a", all);
        assertThat(stored('x')).isEqualTo(1);
        assertThat(number("b", 22)).isEqualTo(7);
        namespaces.delete("b");
        collect("a", NOW.withDryRun(true).withBefore(Long.MAX_VALUE));
        assertThat(stored('x')).isEqualTo(1);
        collect("a", all);
        assertThat(stored('x')).isZero();
        assertThat(stored('g')).isZero();
        for (int page = 3; page <= 22; page++) {
            assertThat(number("a", page)).isEqualTo(1_000 + page);
        }
    }

    @Test
    void outcomesOfSessionsThatAreLongGoneAreRemoved() {
        namespaces.create("a");
        PageStore crashed = namespaces.open("a");
        new Pages(crashed).begin().write(1, 1).commit();
        assertThat(stored('k')).isEqualTo(1);
        clock.advanceMillis(50 * 3_600_000L);
        put("a", 1, 2);
        clock.advanceMillis(25 * 3_600_000L);
        put("a", 1, 3);
        collect("a", NOW);
        assertThat(stored('k')).isZero();
    }

    // ---- crashes

    @Test
    void aCollectionThatDiesAnywhereIsFinishedByTheNext() {
        for (int survives = 0; survives < 12; survives++) {
            String name = "n" + survives;
            List<Long> versions = make(name, 12);
            namespaces.pin(NamespaceAddress.parse(name + "@" + versions.get(3)), "pin");
            namespaces.rollBack(name, versions.get(8));
            put(name, 3, 30);
            CommitFault[] faults = new CommitFault[survives + 1];
            Arrays.fill(faults, CommitFault.NONE);
            faults[survives] = CommitFault.UNAVAILABLE;
            faulty.onNextCommits(faults);
            CollectionOptions options = NOW.withBefore(versions.get(10));
            boolean died = false;
            try {
                collect(name, options);
            } catch (DatabaseException e) {
                died = true;
            }
            check(name, versions);
            if (died) {
                collect(name, options);
                check(name, versions);
            }
            faulty.forgetOrders();
            namespaces.unpin(name, versions.get(3));
            long last = put(name, 3, 31);
            collect(name, NOW.withBefore(last));
            assertThat(stored('p')).isEqualTo(3);
            assertThat(number(name, 2)).isEqualTo(8);
            namespaces.delete(name);
        }
    }

    private void check(String name, List<Long> versions) {
        assertThat(number(name + "@" + versions.get(3), 2)).isEqualTo(3);
        assertThat(number(name + "@" + versions.get(10), 2)).isEqualTo(10);
        assertThat(number(name + "@" + versions.get(11), 2)).isEqualTo(11);
        assertThat(number(name, 2)).isEqualTo(8);
        assertThat(number(name, 3)).isEqualTo(30);
    }

    @Test
    void aDeletionThatDiesIsFinishedLater() {
        for (int survives = 1; survives < 3; survives++) {
            make("a", 400);
            CommitFault[] faults = new CommitFault[survives + 1];
            Arrays.fill(faults, CommitFault.NONE);
            faults[survives] = CommitFault.UNAVAILABLE;
            faulty.onNextCommits(faults);
            assertThatThrownBy(() -> namespaces.delete("a")).isInstanceOf(DatabaseException.class);
            assertThat(namespaces.exists("a")).isFalse();
            namespaces.emptyTrash();
            try (KvTransaction reader = plain.begin()) {
                assertThat(reader.getRange(new byte[0], new byte[] {(byte) 0xff}, 0, false, ReadMode.SNAPSHOT)
                                .await())
                        .isEmpty();
            }
        }
    }
}
