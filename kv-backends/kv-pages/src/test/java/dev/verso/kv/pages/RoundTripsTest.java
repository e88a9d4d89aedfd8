package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verso.kv.KvFeature;
import dev.verso.kv.KvLimits;
import dev.verso.kv.contract.CountingKvStore;
import dev.verso.kv.contract.SimulatedClock;
import dev.verso.kv.contract.TestStores;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.pager.PageStore;
import dev.verso.pager.Pager;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cost model: what each step costs in round trips. */
final class RoundTripsTest {
    private static final int PAGES = 600;

    private final SimulatedClock clock = new SimulatedClock();
    private final CountingKvStore kv = new CountingKvStore(
            TestStores.open(clock, () -> MemoryKvStore.builder().clock(clock).build()));
    private final Namespaces namespaces = new Namespaces(kv);
    private PageStore store;

    @AfterEach
    void closeStore() {
        kv.close();
    }

    @BeforeEach
    void makeDatabase() {
        namespaces.create("app");
        store = namespaces.open("app");
        Map<Integer, Long> pages = new HashMap<>();
        for (int page = 1; page <= PAGES; page++) {
            pages.put(page, (long) page);
        }
        Pages.put(store, pages);
        store.close();
        store = namespaces.open("app");
        kv.reset();
    }

    @Test
    void openingASnapshotCostsOneTripWithPageOneInIt() {
        Pager pager = new Pager(store);
        pager.beginRead();
        assertThat(kv.trips()).isEqualTo(1);
        assertThat(Pages.number(pager.read(1))).isEqualTo(1);
        assertThat(kv.trips()).isEqualTo(1);
        pager.endRead();
        pager.beginRead();
        assertThat(kv.trips()).isEqualTo(2);
        pager.close();
    }

    @Test
    void aPageCostsOneTripAndACachedOneNone() {
        Pager pager = new Pager(store);
        pager.beginRead();
        kv.reset();
        pager.read(77);
        assertThat(kv.trips()).isEqualTo(1);
        pager.read(77);
        assertThat(kv.trips()).isEqualTo(1);
        pager.endRead();
        Pager other = new Pager(store);
        other.beginRead();
        kv.reset();
        other.read(77);
        assertThat(kv.trips()).isZero();
        other.close();
        pager.close();
    }

    @Test
    void aPageStaysCachedWhenACommitChangesOthers() {
        Pager pager = new Pager(store);
        pager.beginRead();
        pager.read(77);
        pager.read(99);
        pager.endRead();
        try (Pages elsewhere = new Pages(namespaces.open("app"))) {
            elsewhere.begin().write(99, 1234).commit();
        }
        pager.beginRead();
        kv.reset();
        assertThat(Pages.number(pager.read(77))).isEqualTo(77);
        assertThat(kv.trips()).isZero();
        assertThat(Pages.number(pager.read(99))).isEqualTo(1234);
        assertThat(kv.trips()).isEqualTo(1);
        pager.close();
    }

    @Test
    void thirtyTwoPagesReadTogetherCostOneTrip() {
        try (Pages reader = new Pages(store)) {
            reader.begin();
            int[] numbers = new int[32];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = 3 + 7 * i;
            }
            byte[][] images = new byte[32][];
            kv.reset();
            reader.session().readPages(numbers, 32, images);
            assertThat(kv.trips()).isEqualTo(1);
            for (int i = 0; i < numbers.length; i++) {
                assertThat(Pages.number(images[i])).isEqualTo(numbers[i]);
            }
            reader.end();
        }
    }

    @Test
    void aScanReadsAheadAtLeastThirtyTwoPagesATrip() {
        Pager pager = new Pager(store);
        pager.beginRead();
        kv.reset();
        for (int page = 1; page <= PAGES; page++) {
            assertThat(Pages.number(pager.read(page))).isEqualTo(page);
        }
        assertThat(kv.trips()).isLessThanOrEqualTo(PAGES / 32);
        pager.close();
    }

    @Test
    void aCommitWithoutOthersCostsOneTripAndKeepsTheCache() {
        Pager pager = new Pager(store);
        pager.beginWrite(false);
        pager.read(5);
        pager.edit(7)[0] = 1;
        kv.reset();
        pager.prepareCommit(null);
        pager.finishCommit();
        assertThat(kv.trips()).isEqualTo(1);
        assertThat(pager.read(7)[0]).isEqualTo((byte) 1);
        pager.read(5);
        assertThat(kv.trips()).isEqualTo(1);
        pager.close();
    }

    @Test
    void aCommitAmongOthersCostsTwoTripsOnceTheyAreKnownAndOneMoreTheFirstTime() {
        PageStore elsewhere = namespaces.open("app");
        for (int round = 0; round < 5; round++) {
            try (Pages mine = new Pages(store);
                    Pages theirs = new Pages(elsewhere)) {
                mine.begin().write(7, round);
                theirs.begin().write(8, round).commit();
                kv.reset();
                mine.commit();
                assertThat(kv.trips()).as("round %d", round).isEqualTo(round > 0 ? 2 : 3);
            }
        }
    }

    @Test
    void aCommitAmongOthersAfterWhichNobodyReadsOnCostsOneTripLess() {
        PageStore elsewhere = namespaces.open("app");
        for (int round = 0; round < 5; round++) {
            try (Pager mine = new Pager(store);
                    Pages theirs = new Pages(elsewhere)) {
                mine.beginWrite(false);
                mine.edit(7)[9] = (byte) (round + 1);
                theirs.begin().write(8, round + 1).commit();
                kv.reset();
                mine.prepareCommit(null);
                mine.finishCommit(false);
                assertThat(kv.trips()).as("round %d", round).isEqualTo(round > 0 ? 1 : 2);
                mine.endRead();
                mine.beginRead();
                kv.reset();
                assertThat(mine.read(7)[9]).isEqualTo((byte) (round + 1));
                assertThat(kv.trips()).isZero();
            }
        }
    }

    @Test
    void aCommitOfATransactionOlderThanTheWindowCostsTwoTrips() {
        assumeTrue(kv.supports(KvFeature.TEST_CLOCK), "the window of " + kv.name() + " is not the test's to pass");
        Pager pager = new Pager(store);
        pager.beginWrite(false);
        pager.edit(7)[0] = 1;
        try (Pages others = new Pages(namespaces.open("app"))) {
            others.begin().write(8, 1).commit();
        }
        clock.advanceMillis(KvLimits.FOUNDATIONDB.windowMillis() * 3);
        kv.reset();
        pager.prepareCommit(null);
        pager.finishCommit();
        assertThat(kv.trips()).isEqualTo(2);
        pager.close();
    }

    @Test
    void aCommitThatChangesNothingCostsNoTrip() {
        Pager pager = new Pager(store);
        pager.beginWrite(false);
        pager.read(7);
        pager.edit(7);
        kv.reset();
        pager.prepareCommit(null);
        pager.finishCommit();
        assertThat(kv.trips()).isZero();
        pager.close();
    }

    @Test
    void aLargeReadOfAPastVersionCostsOneTripForEachBatch() {
        long version = namespaces.newestVersion("app");
        Pages.put(store, Map.of(3, 33L));
        PageStore past = namespaces.open(new NamespaceAddress("app", version, null), true);
        try (Pages reader = new Pages(past)) {
            reader.begin();
            kv.reset();
            byte[][] images = new byte[3][];
            reader.session().readPages(new int[] {2, 3, 4}, 3, images);
            assertThat(kv.trips()).isEqualTo(1);
            assertThat(Pages.number(images[1])).isEqualTo(3);
            reader.end();
        }
    }
}
