package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvLimits;
import dev.verso.kv.contract.FaultyKvStore.CommitFault;
import dev.verso.pager.BigEndian;
import dev.verso.pager.PageStore;
import dev.verso.pager.Pager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions that no single transaction of the store could hold, on a store with FoundationDB's limits. */
final class LargeTransactionsTest extends OnTestStore {
    private static final int PAGE_BYTES = 4096;

    private PageStore store;

    @BeforeEach
    void makeDatabase() {
        namespaces.create("app");
        store = namespaces.open("app");
    }

    private static void fill(Pager pager, int from, int to, long number) {
        for (int page = from; page <= to; page++) {
            if (page > pager.pageCount()) {
                pager.pageCount(page);
            }
            byte[] image = pager.edit(page);
            BigEndian.put64(image, 200, number + page);
            pager.safePoint();
        }
    }

    private static void commit(Pager pager) {
        pager.prepareCommit(null);
        pager.finishCommit();
        pager.endRead();
    }

    private static long numberOn(Pager pager, int page) {
        return BigEndian.s64(pager.read(page), 200);
    }

    @Test
    void aTransactionTenTimesTheStoresLimitCommitsAsOneVersion() {
        int pages = 25_000;
        Pager pager = new Pager(store);
        pager.dirtyBytesLimit(4 << 20);
        pager.beginWrite(false);
        fill(pager, 1, pages, 1_000_000);
        for (int page = 1; page <= pages; page += 997) {
            assertThat(numberOn(pager, page)).isEqualTo(1_000_000 + page);
        }
        clock.advanceMillis(KvLimits.FOUNDATIONDB.windowMillis() * 4);
        commit(pager);
        List<NamespaceVersion> versions = namespaces.versions("app", 0, 10);
        assertThat(versions).hasSize(1);
        assertThat(versions.get(0).changedPages()).isEqualTo(pages);
        Pager reader = new Pager(namespaces.open("app"));
        reader.beginRead();
        assertThat(reader.pageCount()).isEqualTo(pages);
        for (int page = 1; page <= pages; page += 7) {
            assertThat(numberOn(reader, page)).isEqualTo(1_000_000 + page);
        }
        reader.close();
        pager.close();
    }

    @Test
    void twoHundredThousandPagesFitAStoreOfTenMegabytesAndFiveSeconds() {
        int pages = 200_000;
        Pager pager = new Pager(store);
        pager.pageSize(512);
        pager.dirtyBytesLimit(1 << 20);
        pager.beginWrite(false);
        for (int from = 1; from <= pages; from += 10_000) {
            fill(pager, from, from + 9_999, 7_000_000);
            clock.advanceMillis(KvLimits.FOUNDATIONDB.windowMillis());
        }
        commit(pager);
        assertThat(namespaces.versions("app", 0, 10))
                .singleElement()
                .satisfies(version -> assertThat(version.changedPages()).isEqualTo(pages));
        Pager reader = new Pager(namespaces.open("app"));
        reader.beginRead();
        assertThat(reader.pageCount()).isEqualTo(pages);
        for (int page = 1; page <= pages; page += 61) {
            assertThat(numberOn(reader, page)).isEqualTo(7_000_000 + page);
        }
        reader.close();
        pager.close();
    }

    @Test
    void anUploadThatFailsInTheBackgroundLeavesOnlyTheRollback() {
        Pager pager = new Pager(store);
        pager.beginWrite(false);
        fill(pager, 1, 20, 100);
        commit(pager);
        pager.dirtyBytesLimit(10 * PAGE_BYTES);
        pager.beginWrite(false);
        faulty.onNextCommits(CommitFault.NONE, CommitFault.UNAVAILABLE);
        assertThatThrownBy(() -> {
                    fill(pager, 2, 60, 5_000);
                    pager.prepareCommit(null);
                })
                .isInstanceOf(DatabaseException.class);
        assertThatThrownBy(() -> pager.prepareCommit(null)).isInstanceOf(DatabaseException.class);
        pager.rollback();
        assertThat(stored('g')).isZero();
        assertThat(numberOn(pager, 7)).isEqualTo(107);
        pager.endRead();
        pager.beginWrite(false);
        fill(pager, 2, 60, 6_000);
        commit(pager);
        pager.beginRead();
        assertThat(numberOn(pager, 59)).isEqualTo(6_059);
        pager.close();
    }

    @Test
    void stagedPagesAreInvisibleUntilTheCommitAndGoneAfterARollback() {
        Pager writer = new Pager(store);
        writer.beginWrite(false);
        fill(writer, 1, 50, 100);
        commit(writer);
        long before = namespaces.newestVersion("app");
        int entries = stored('p');

        writer.dirtyBytesLimit(10 * PAGE_BYTES);
        writer.beginWrite(false);
        fill(writer, 2, 60, 5_000);
        Pager reader = new Pager(namespaces.open("app"));
        reader.beginRead();
        for (int page = 1; page <= 50; page++) {
            assertThat(numberOn(reader, page)).isEqualTo(100 + page);
        }
        reader.endRead();
        assertThat(stored('p')).isGreaterThan(entries);
        writer.rollback();
        writer.endRead();
        assertThat(stored('p')).isEqualTo(entries);
        assertThat(stored('g')).isZero();

        writer.beginWrite(false);
        fill(writer, 2, 60, 7_000);
        fill(writer, 10, 20, 8_000);
        commit(writer);
        reader.beginRead();
        assertThat(numberOn(reader, 5)).isEqualTo(7_005);
        assertThat(numberOn(reader, 15)).isEqualTo(8_015);
        assertThat(numberOn(reader, 60)).isEqualTo(7_060);
        reader.close();
        writer.close();
        Pager past = new Pager(namespaces.open(new NamespaceAddress("app", before, null), true));
        past.beginRead();
        assertThat(past.pageCount()).isEqualTo(50);
        for (int page = 1; page <= 50; page++) {
            assertThat(numberOn(past, page)).isEqualTo(100 + page);
        }
        past.close();
    }

    @Test
    void aSavepointUndoesStagedPages() {
        Pager pager = new Pager(store);
        pager.dirtyBytesLimit(5 * PAGE_BYTES);
        pager.beginWrite(false);
        fill(pager, 1, 40, 100);
        int level = pager.openSavepoint();
        fill(pager, 10, 60, 900);
        pager.rollbackToSavepoint(level);
        for (int page = 2; page <= 40; page++) {
            assertThat(numberOn(pager, page)).as("page %d", page).isEqualTo(100 + page);
        }
        pager.releaseSavepoint(level);
        commit(pager);
        Pager reader = new Pager(namespaces.open("app"));
        reader.beginRead();
        assertThat(reader.pageCount()).isEqualTo(40);
        for (int page = 2; page <= 40; page++) {
            assertThat(numberOn(reader, page)).as("page %d", page).isEqualTo(100 + page);
        }
        reader.close();
        pager.close();
    }

    @Test
    void aStagedTransactionConflictsLikeAnyOther() {
        Pager writer = new Pager(store);
        writer.beginWrite(false);
        fill(writer, 1, 50, 100);
        commit(writer);
        writer.dirtyBytesLimit(5 * PAGE_BYTES);
        for (int page : new int[] {3, 49}) {
            writer.beginWrite(false);
            fill(writer, 2, 30, 900);
            Pager other = new Pager(namespaces.open("app"));
            other.beginWrite(false);
            fill(other, page, page, 4_000);
            commit(other);
            if (page == 49) {
                commit(writer);
            } else {
                writer.prepareCommit(null);
                assertThatThrownBy(writer::finishCommit)
                        .isInstanceOfSatisfying(DatabaseException.class, e -> assertThat(e.code())
                                .isEqualTo(ResultCode.BUSY_SNAPSHOT));
                writer.rollback();
                writer.endRead();
                assertThat(stored('g')).isZero();
            }
            other.close();
        }
        Pager reader = new Pager(namespaces.open("app"));
        reader.beginRead();
        assertThat(numberOn(reader, 3)).isEqualTo(903);
        assertThat(numberOn(reader, 49)).isEqualTo(4_049);
        reader.close();
        writer.close();
    }

    @Test
    void othersConflictWithAStagedTransaction() {
        Pager small = new Pager(namespaces.open("app"));
        Pager writer = new Pager(store);
        writer.beginWrite(false);
        fill(writer, 1, 50, 100);
        commit(writer);
        writer.dirtyBytesLimit(5 * PAGE_BYTES);
        for (int wait : new int[] {0, 60_000}) {
            small.beginWrite(false);
            small.edit(7)[300]++;
            writer.beginWrite(false);
            fill(writer, 2, 30, 900 + wait);
            commit(writer);
            clock.advanceMillis(wait);
            small.prepareCommit(null);
            assertThatThrownBy(small::finishCommit).isInstanceOf(DatabaseException.class);
            small.rollback();
            small.endRead();
        }
        small.beginWrite(false);
        small.edit(40)[300] = 1;
        writer.beginWrite(false);
        fill(writer, 2, 30, 3);
        commit(writer);
        commit(small);
        small.close();
        writer.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = CommitFault.class,
            names = {"CONFLICT", "TOO_OLD", "UNKNOWN_LOST", "UNKNOWN_APPLIED", "UNKNOWN_LATE"})
    void uploadsAndCommitSurviveLostAnswers(CommitFault fault) {
        Pager writer = new Pager(store);
        writer.dirtyBytesLimit(8 * PAGE_BYTES);
        writer.beginWrite(false);
        faulty.onNextCommits(fault, CommitFault.NONE, fault, fault);
        fill(writer, 1, 40, 100);
        fill(writer, 5, 15, 200);
        faulty.onNextCommits(CommitFault.NONE, fault);
        writer.prepareCommit(null);
        faulty.onNextCommits(fault);
        writer.finishCommit();
        writer.endRead();
        assertThat(faulty.faults()).isGreaterThanOrEqualTo(4);
        assertThat(namespaces.versions("app", 0, 10)).hasSize(1);
        Pager reader = new Pager(namespaces.open("app"));
        reader.beginRead();
        for (int page = 1; page <= 40; page++) {
            long expected = (page >= 5 && page <= 15 ? 200 : 100) + page;
            assertThat(numberOn(reader, page)).isEqualTo(expected);
        }
        reader.close();
        writer.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = CommitFault.class,
            names = {"UNKNOWN_LOST", "UNKNOWN_APPLIED", "UNKNOWN_LATE"})
    void aCommitWithAnUnknownResultIsAppliedExactlyOnce(CommitFault fault) {
        Pages.put(store, Map.of(1, 1L, 2, 0L));
        for (int i = 1; i <= 20; i++) {
            try (Pages counter = new Pages(store)) {
                counter.begin();
                counter.write(2, counter.read(2) + 1);
                faulty.onNextCommits(fault, fault);
                counter.commit();
            }
            try (Pages reader = new Pages(namespaces.open("app"))) {
                assertThat(reader.begin().read(2)).isEqualTo(i);
                reader.end();
            }
        }
        assertThat(namespaces.versions("app", 0, 100)).hasSize(21);
    }

    @Test
    void aStoreThatRefusesACommitLeavesTheDataAsItWas() {
        Pages.put(store, Map.of(1, 1L, 2, 2L));
        try (Pages transaction = new Pages(store)) {
            transaction.begin().write(2, 3);
            faulty.onNextCommits(CommitFault.UNAVAILABLE);
            assertThatThrownBy(transaction::commit)
                    .isInstanceOfSatisfying(
                            DatabaseException.class, e -> assertThat(e.code()).isEqualTo(ResultCode.IOERR));
            assertThat(transaction.begin().read(2)).isEqualTo(2);
            transaction.write(2, 4).commit();
            assertThat(transaction.begin().read(2)).isEqualTo(4);
            transaction.end();
        }
    }
}
