package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import dev.verso.kv.contract.FaultyKvStore.CommitFault;
import dev.verso.pager.BigEndian;
import dev.verso.pager.BusyHandler;
import dev.verso.pager.CommitSet;
import dev.verso.pager.PageStore;
import dev.verso.pager.StoreSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Forks, rollbacks, locks, pins and time travel within a session. */
final class HistoryTest extends OnTestStore {
    private static final Duration HOUR = Duration.ofHours(1);

    private int pages(String address) {
        try (PageStore store = namespaces.open(NamespaceAddress.parse(address), true);
                Pages reader = new Pages(store)) {
            int count = reader.begin().pageCount();
            reader.end();
            return count;
        }
    }

    private int keys() {
        try (KvTransaction reader = plain.begin()) {
            List<KeyValue> all = reader.getRange(new byte[0], new byte[] {(byte) 0xff}, 0, false, ReadMode.SNAPSHOT)
                    .await();
            return all.size();
        }
    }

    // ---- forks

    @Test
    void aForkBeginsAsItsBaseWasAndBothGoTheirWays() {
        namespaces.create("base");
        put("base", 1, 10);
        long at = put("base", 2, 20);
        put("base", 2, 21);
        assertThat(namespaces.fork(NamespaceAddress.parse("base@" + at), "fork"))
                .isEqualTo(at);
        assertThat(number("fork", 1)).isEqualTo(10);
        assertThat(number("fork", 2)).isEqualTo(20);
        put("fork", 1, 99);
        put("base", 1, 11);
        assertThat(number("fork", 1)).isEqualTo(99);
        assertThat(number("fork", 2)).isEqualTo(20);
        assertThat(number("base", 1)).isEqualTo(11);
        assertThat(number("base", 2)).isEqualTo(21);
        assertThat(namespaces.list()).containsExactly("base", "fork");
    }

    @Test
    void forkingTakesAFewKeysAndTripsWhateverTheSize() {
        namespaces.create("base");
        for (int page = 1; page <= 300; page++) {
            put("base", page, page);
        }
        int before = keys();
        counting.reset();
        namespaces.fork(NamespaceAddress.parse("base"), "fork");
        assertThat(counting.trips()).isLessThanOrEqualTo(8);
        assertThat(counting.commits()).isEqualTo(1);
        assertThat(keys() - before).isLessThanOrEqualTo(8);
        assertThat(number("fork", 300)).isEqualTo(300);
    }

    @Test
    void forksOfForksReadTheWholeChainInOneTrip() {
        namespaces.create("f0");
        put("f0", 1, 1);
        for (int page = 2; page <= 12; page++) {
            put("f0", page, page);
        }
        int depth = 10;
        for (int i = 1; i <= depth; i++) {
            namespaces.fork(NamespaceAddress.parse("f" + (i - 1)), "f" + i);
            put("f" + i, 1 + i, 1_000L + i);
            put("f" + (i - 1), 12, -1);
        }
        for (int i = 1; i <= depth; i++) {
            assertThat(number("f" + depth, 1 + i)).as("page of fork %d", i).isEqualTo(1_000L + i);
        }
        assertThat(number("f" + depth, 1)).isEqualTo(1);
        assertThat(number("f" + depth, 12)).isEqualTo(12);
        try (PageStore store = namespaces.open("f" + depth);
                StoreSession session = store.newSession()) {
            session.beginSnapshot(BusyHandler.NONE);
            counting.reset();
            byte[][] images = new byte[12][];
            session.readPages(new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 12, images);
            assertThat(counting.trips()).isEqualTo(1);
            assertThat(Pages.number(images[4])).isEqualTo(1_004);
            session.endSnapshot();
        }
    }

    @Test
    void whatAForkWasBeforeItWasOneIsFoundInItsBase() {
        namespaces.create("base");
        long first = put("base", 1, 10);
        Instant afterFirst = now();
        long second = put("base", 1, 11);
        namespaces.fork(NamespaceAddress.parse("base"), "fork");
        put("base", 1, 12);
        Instant afterThird = now();
        long own = put("fork", 1, 13);
        namespaces.fork(NamespaceAddress.parse("fork@" + first), "old");
        assertThat(number("fork@" + first, 1)).isEqualTo(10);
        assertThat(number("fork@" + second, 1)).isEqualTo(11);
        assertThat(number("fork@" + (second + 1), 1)).isEqualTo(11);
        assertThat(number("fork@" + afterFirst, 1)).isEqualTo(10);
        assertThat(number("fork@" + afterThird, 1)).isEqualTo(11);
        assertThat(number("fork@" + own, 1)).isEqualTo(13);
        assertThat(number("old", 1)).isEqualTo(10);
        assertFails(ResultCode.CANTOPEN, "has no version " + (first - 1), () -> number("fork@" + (first - 1), 1));
    }

    @Test
    void aBaseIsNeitherDeletedNorRolledBackUnderAFork() {
        namespaces.create("base");
        long first = put("base", 1, 10);
        long second = put("base", 1, 11);
        namespaces.fork(NamespaceAddress.parse("base@" + second), "fork");
        namespaces.fork(NamespaceAddress.parse("fork"), "child");
        namespaces.rename("fork", "branch");
        assertFails(ResultCode.BUSY, "branch (at version " + second + ")", () -> namespaces.delete("base"));
        assertFails(ResultCode.BUSY, "branch (at version", () -> namespaces.rollBack("base", first));
        assertFails(ResultCode.BUSY, "child (at version", () -> namespaces.delete("branch"));
        namespaces.rollBack("base", second);
        namespaces.delete("child");
        namespaces.delete("branch");
        namespaces.rollBack("base", first);
        assertThat(number("base", 1)).isEqualTo(10);
        namespaces.delete("base");
        assertThat(keys()).isZero();
    }

    @Test
    void aForkOfAnEmptyDatabaseIsEmptyAndItsNameMustBeFree() {
        namespaces.create("base");
        namespaces.fork(NamespaceAddress.parse("base"), "fork");
        assertThat(pages("fork")).isZero();
        assertFails(
                ResultCode.CANTOPEN,
                "fork exists already",
                () -> namespaces.fork(NamespaceAddress.parse("base"), "fork"));
        assertFails(ResultCode.CANTOPEN, "no namespace x", () -> namespaces.fork(NamespaceAddress.parse("x"), "y"));
        assertFails(ResultCode.CANTOPEN, "it is empty", () -> namespaces.fork(NamespaceAddress.parse("base@7"), "y"));
    }

    @Test
    void aForkIsWrittenAtOnceThoughItHasReadItsPagesFromTheBase() {
        namespaces.create("base");
        put("base", 1, 10);
        put("base", 2, 20);
        namespaces.fork(NamespaceAddress.parse("base"), "fork");
        try (PageStore store = namespaces.open("fork");
                Pages writer = new Pages(store)) {
            assertThat(writer.begin().read(2)).isEqualTo(20);
            writer.write(2, 21).write(3, 30);
            writer.commit();
            assertThat(writer.begin().read(2)).isEqualTo(21);
            assertThat(writer.read(1)).isEqualTo(10);
            assertThat(writer.pageCount()).isEqualTo(3);
            writer.end();
        }
        assertThat(pages("base")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = CommitFault.class,
            names = {"CONFLICT", "TOO_OLD", "UNKNOWN_LOST", "UNKNOWN_APPLIED", "UNKNOWN_LATE"})
    void everyChangeOfHistoryIsMadeOnceWhateverHappensToItsAnswer(CommitFault fault) {
        namespaces.create("base");
        long first = put("base", 1, 10);
        put("base", 1, 11);
        faulty.onNextCommits(fault, fault);
        namespaces.fork(NamespaceAddress.parse("base"), "fork");
        assertThat(number("fork", 1)).isEqualTo(11);
        faulty.onNextCommits(fault, fault);
        namespaces.delete("fork");
        faulty.onNextCommits(fault, fault);
        namespaces.rollBack("base", first);
        assertThat(namespaces.versions("base", 0, 100)).hasSize(3);
        assertThat(number("base", 1)).isEqualTo(10);
        faulty.onNextCommits(fault, fault);
        namespaces.lock("base", "me", HOUR);
        putAs("me", "base", 1, 12);
        assertThat(number("base", 1)).isEqualTo(10);
        faulty.onNextCommits(fault, fault);
        namespaces.unlock("base", "me", false);
        assertThat(number("base", 1)).isEqualTo(10);
        assertThat(namespaces.versions("base", 0, 100)).hasSize(5);
        faulty.onNextCommits(fault, fault);
        namespaces.pin(NamespaceAddress.parse("base@" + first), "x");
        faulty.onNextCommits(fault, fault);
        assertThat(namespaces.unpin("base", first)).isEqualTo(1);
        assertThat(faulty.faults()).isGreaterThanOrEqualTo(7);
    }

    // ---- rollbacks

    @Test
    void aRollbackMakesANewVersionEqualToAnOldOne() {
        namespaces.create("a");
        put("a", 1, 10);
        long second = put("a", 2, 20);
        long third = put("a", 2, 21);
        long fourth = put("a", 3, 30);
        assertThat(namespaces.rollBack("a", second)).isEqualTo(second);
        long rolledBack = namespaces.newestVersion("a");
        assertThat(rolledBack).isGreaterThan(fourth);
        assertThat(number("a", 2)).isEqualTo(20);
        assertThat(pages("a")).isEqualTo(2);
        // What was undone can still be read.
        assertThat(number("a@" + third, 2)).isEqualTo(21);
        assertThat(number("a@" + fourth, 3)).isEqualTo(30);
        long fifth = put("a", 3, 31);
        assertThat(number("a", 3)).isEqualTo(31);
        // And so can the rollback be undone, and undone again.
        namespaces.rollBack("a", fourth);
        assertThat(number("a", 3)).isEqualTo(30);
        assertThat(number("a", 2)).isEqualTo(21);
        namespaces.rollBack("a", fifth);
        assertThat(number("a", 3)).isEqualTo(31);
        assertThat(number("a", 2)).isEqualTo(20);
        assertThat(number("a@" + rolledBack, 2)).isEqualTo(20);
        assertThat(namespaces.versions("a", 0, 100)).hasSize(8);
    }

    @Test
    void allCachesForgetWhatARollbackUndid() {
        namespaces.create("a");
        put("a", 1, 10);
        long second = put("a", 2, 20);
        try (PageStore one = namespaces.open("a");
                PageStore other = namespaces.open("a");
                Pages mine = new Pages(one);
                Pages theirs = new Pages(other)) {
            mine.begin().write(2, 21).commit();
            assertThat(mine.begin().read(2)).isEqualTo(21);
            mine.end();
            assertThat(theirs.begin().read(2)).isEqualTo(21);
            Pages longReader = new Pages(other);
            longReader.begin();
            namespaces.rollBack("a", second);
            assertThat(longReader.read(2)).isEqualTo(21);
            assertThat(theirs.read(2)).isEqualTo(21);
            theirs.end();
            assertThat(mine.begin().read(2)).isEqualTo(20);
            assertThat(theirs.begin().read(2)).isEqualTo(20);
            mine.write(2, 22).commit();
            theirs.end();
            assertThat(theirs.begin().read(2)).isEqualTo(22);
            theirs.end();
            assertThat(longReader.read(2)).isEqualTo(21);
            longReader.end();
            longReader.close();
        }
    }

    @Test
    void transactionsThatBeganBeforeARollbackFail() {
        namespaces.create("a");
        put("a", 1, 10);
        long second = put("a", 2, 20);
        put("a", 3, 30);
        for (long wait : new long[] {0, 60_000}) {
            try (PageStore store = namespaces.open("a");
                    Pages writer = new Pages(store)) {
                writer.begin().write(2, 99);
                namespaces.rollBack("a", second);
                clock.advanceMillis(wait);
                assertFails(ResultCode.BUSY_SNAPSHOT, "has rolled back", writer::commit);
            }
        }
        assertThat(number("a", 2)).isEqualTo(20);
    }

    @Test
    void transactionsThatBeganBeforeARollbackFailAlsoWhenTheJvmHasSeenIt() {
        namespaces.create("a");
        put("a", 1, 10);
        long second = put("a", 2, 20);
        put("a", 3, 30);
        for (boolean blind : new boolean[] {false, true}) {
            try (PageStore store = namespaces.open("a");
                    Pages early = new Pages(store);
                    Pages late = new Pages(store)) {
                early.begin();
                if (blind) {
                    early.writeBlind(2, 99);
                } else {
                    early.write(2, 99);
                }
                namespaces.rollBack("a", second);
                assertThat(late.begin().pageCount()).isEqualTo(2);
                late.write(1, 11).commit();
                assertThat(late.begin().read(2)).isEqualTo(20);
                late.end();
                assertThatThrownBy(early::commit)
                        .isInstanceOfSatisfying(DatabaseException.class, e -> assertThat(e.isBusy())
                                .isTrue());
                assertThat(late.begin().read(2)).isEqualTo(20);
                late.end();
            }
        }
    }

    @Test
    void aSchemaCookieNeverComesBackForAnotherSchema() {
        namespaces.create("a");
        long first = putCookie(5);
        putCookie(6);
        namespaces.rollBack("a", first);
        assertThat(cookie()).isEqualTo(7);
        put("a", 2, 20);
        long version = namespaces.newestVersion("a");
        put("a", 2, 21);
        namespaces.rollBack("a", version);
        assertThat(cookie()).isEqualTo(7);
        assertThat(number("a", 2)).isEqualTo(20);
    }

    private long putCookie(int cookie) {
        try (PageStore store = namespaces.open("a");
                StoreSession session = store.newSession()) {
            session.pageSize(Pages.PAGE_BYTES);
            session.beginSnapshot(BusyHandler.NONE);
            session.beginWrite(false, BusyHandler.NONE);
            byte[] image = Pages.image(1);
            BigEndian.put32(image, FirstPage.SCHEMA_COOKIE, cookie);
            session.prepareCommit(
                    new CommitSet(new int[] {1}, new byte[][] {image}, 1, new int[] {1}), null, BusyHandler.NONE);
            long version = session.finishCommit();
            session.endSnapshot();
            return version;
        }
    }

    private int cookie() {
        try (PageStore store = namespaces.open("a");
                StoreSession session = store.newSession()) {
            session.beginSnapshot(BusyHandler.NONE);
            int cookie = BigEndian.s32(session.readPage(1), FirstPage.SCHEMA_COOKIE);
            session.endSnapshot();
            return cookie;
        }
    }

    @Test
    void aForkIsRolledBackToItsBeginningAndNoFurther() {
        namespaces.create("base");
        long first = put("base", 1, 10);
        put("base", 1, 11);
        namespaces.fork(NamespaceAddress.parse("base"), "fork");
        long begun = namespaces.newestVersion("fork");
        put("fork", 1, 12);
        put("fork", 2, 20);
        namespaces.rollBack("fork", begun);
        assertThat(number("fork", 1)).isEqualTo(11);
        assertThat(pages("fork")).isEqualTo(1);
        assertFails(ResultCode.ERROR, "older than the fork itself", () -> namespaces.rollBack("fork", first));
        assertFails(
                ResultCode.CANTOPEN,
                "has no version",
                () -> namespaces.rollBack("base", namespaces.newestVersion("base") + 1));
    }

    @Test
    void aForkOfARolledBackDatabaseSeesWhatTheDatabaseSaw() {
        namespaces.create("base");
        put("base", 1, 10);
        long second = put("base", 2, 20);
        long third = put("base", 2, 21);
        namespaces.rollBack("base", second);
        put("base", 3, 30);
        namespaces.fork(NamespaceAddress.parse("base"), "new");
        namespaces.fork(NamespaceAddress.parse("base@" + third), "undone");
        assertThat(number("new", 2)).isEqualTo(20);
        assertThat(number("new", 3)).isEqualTo(30);
        assertThat(number("undone", 2)).isEqualTo(21);
        assertThat(pages("undone")).isEqualTo(2);
    }

    // ---- locks

    private long putAs(String owner, String name, int page, long number) {
        try (PageStore store = namespaces.open(name);
                Pages writer = new Pages(store)) {
            writer.session().actAs(owner);
            writer.begin().write(page, number);
            return writer.commit();
        }
    }

    private long numberAs(String owner, String name, int page) {
        try (PageStore store = namespaces.open(name);
                Pages reader = new Pages(store)) {
            reader.session().actAs(owner);
            long number = reader.begin().read(page);
            reader.end();
            return number;
        }
    }

    @Test
    void theOwnerOfALockWritesWhileOthersReadTheFrozenVersion() {
        namespaces.create("a");
        put("a", 1, 10);
        long frozen = put("a", 2, 20);
        assertThat(namespaces.lock("a", "migration", HOUR)).isEqualTo(frozen);
        putAs("migration", "a", 2, 21);
        long hidden = putAs("migration", "a", 3, 30);
        assertThat(numberAs("migration", "a", 3)).isEqualTo(30);
        assertThat(number("a", 2)).isEqualTo(20);
        assertThat(pages("a")).isEqualTo(2);
        assertThat(namespaces.newestVersion("a")).isEqualTo(frozen);
        assertThat(namespaces.versions("a", 0, 100)).hasSize(2);
        assertFails(ResultCode.CANTOPEN, "has no version " + hidden, () -> number("a@" + hidden, 1));
        assertFails(ResultCode.BUSY, "locked by 'migration'", () -> put("a", 2, 99));
        assertFails(ResultCode.BUSY, "locked by 'migration'", () -> namespaces.lock("a", "other", HOUR));
        assertFails(ResultCode.BUSY, "locked by 'migration'", () -> namespaces.unlock("a", "other", true));
        assertFails(ResultCode.BUSY, "locked by 'migration'", () -> namespaces.delete("a"));
        assertFails(ResultCode.BUSY, "locked by 'migration'", () -> namespaces.rollBack("a", frozen));
        namespaces.fork(NamespaceAddress.parse("a"), "fork");
        assertThat(number("fork", 2)).isEqualTo(20);
        namespaces.unlock("a", "migration", true);
        assertThat(number("a", 2)).isEqualTo(21);
        assertThat(number("a", 3)).isEqualTo(30);
        put("a", 2, 22);
        assertFails(ResultCode.ERROR, "is not locked", () -> namespaces.unlock("a", "migration", true));
    }

    @Test
    void openSessionsFollowALockAndItsEnd() {
        namespaces.create("a");
        put("a", 1, 10);
        put("a", 2, 20);
        try (PageStore store = namespaces.open("a");
                Pages owner = new Pages(store);
                Pages other = new Pages(store);
                Pages early = new Pages(store)) {
            owner.session().actAs("me");
            assertThat(other.begin().read(2)).isEqualTo(20);
            other.end();
            early.begin().write(2, 77);
            namespaces.lock("a", "me", HOUR);
            owner.begin().write(2, 21).commit();
            assertFails(ResultCode.BUSY, "locked by 'me'", early::commit);
            assertThat(other.begin().read(2)).isEqualTo(20);
            other.end();
            assertThat(owner.begin().read(2)).isEqualTo(21);
            owner.end();
            assertThat(other.begin().read(2)).isEqualTo(20);
            assertFails(ResultCode.BUSY, "locked by 'me'", () -> other.session().beginWrite(false, BusyHandler.NONE));
            other.end();
            namespaces.unlock("a", "me", true);
            assertThat(other.begin().read(2)).isEqualTo(21);
            other.write(2, 22).commit();
            assertThat(owner.begin().read(2)).isEqualTo(22);
            owner.end();
        }
    }

    @Test
    void aLockThatIsRolledBackLeavesNothing() {
        namespaces.create("a");
        put("a", 1, 10);
        namespaces.lock("a", "me", HOUR);
        try (PageStore store = namespaces.open("a");
                Pages owner = new Pages(store)) {
            owner.session().actAs("me");
            owner.begin().write(2, 20).commit();
            owner.begin().write(2, 21);
            namespaces.unlock("a", "me", false);
            assertFails(ResultCode.PROTOCOL, "was ended, and its work undone", owner::commit);
            assertFails(ResultCode.PROTOCOL, "was ended, and its work undone", owner::begin);
            owner.session().actAs("me");
            assertThat(owner.begin().pageCount()).isEqualTo(1);
            owner.end();
        }
        assertThat(pages("a")).isEqualTo(1);
        put("a", 2, 22);
        assertThat(number("a", 2)).isEqualTo(22);
    }

    @Test
    void anOwnerThatCrashedGoesOnOrIsTakenOverWhenItsTimeIsUp() {
        namespaces.create("a");
        put("a", 1, 10);
        long frozen = namespaces.lock("a", "me", HOUR);
        putAs("me", "a", 2, 20);
        clock.advanceMillis(3_000_000);
        assertThat(namespaces.lock("a", "me", HOUR)).isEqualTo(frozen);
        clock.advanceMillis(3_000_000);
        assertFails(ResultCode.BUSY, "locked by 'me'", () -> namespaces.lock("a", "you", HOUR));
        assertThat(numberAs("me", "a", 2)).isEqualTo(20);
        clock.advanceMillis(3_000_000);
        assertFails(ResultCode.BUSY, "locked by 'me'", () -> put("a", 2, 1));
        assertThat(namespaces.lock("a", "you", HOUR)).isEqualTo(frozen);
        assertFails(ResultCode.BUSY, "locked by 'you'", () -> putAs("me", "a", 2, 21));
        putAs("you", "a", 2, 30);
        namespaces.unlock("a", "you", true);
        assertThat(number("a", 2)).isEqualTo(30);
    }

    @Test
    void anEmptyDatabaseCanBeLockedAndFilled() {
        namespaces.create("a");
        namespaces.lock("a", "me", HOUR);
        putAs("me", "a", 1, 10);
        assertThat(pages("a")).isZero();
        namespaces.unlock("a", "me", true);
        assertThat(number("a", 1)).isEqualTo(10);
        namespaces.create("b");
        namespaces.lock("b", "me", HOUR);
        putAs("me", "b", 1, 10);
        namespaces.unlock("b", "me", false);
        assertThat(pages("b")).isZero();
        put("b", 1, 11);
        assertThat(number("b", 1)).isEqualTo(11);
    }

    // ---- time travel within a session

    @Test
    void aSessionShowsVersionsOfThePastAndComesBack() {
        namespaces.create("a");
        long first = put("a", 1, 10);
        Instant afterFirst = now();
        long second = put("a", 1, 11);
        put("a", 2, 20);
        try (PageStore store = namespaces.open("a");
                Pages pages = new Pages(store)) {
            StoreSession session = pages.session();
            assertThat(session.keepsVersions()).isTrue();
            assertThat(session.shownVersion()).isEqualTo(-1);
            assertThat(pages.begin().read(1)).isEqualTo(11);
            assertFails(ResultCode.ERROR, "while a transaction is open", () -> session.showVersion("now"));
            pages.end();
            session.showVersion(Long.toString(first));
            assertThat(session.shownVersion()).isEqualTo(first);
            assertThat(pages.begin().read(1)).isEqualTo(10);
            assertThat(pages.pageCount()).isEqualTo(1);
            assertFails(ResultCode.READONLY, "shows its version", () -> session.beginWrite(false, BusyHandler.NONE));
            pages.end();
            session.showVersion(afterFirst.toString());
            assertThat(pages.begin().read(1)).isEqualTo(10);
            pages.end();
            session.showVersion(Long.toString(second));
            assertThat(pages.begin().read(1)).isEqualTo(11);
            pages.end();
            try (Pages other = new Pages(store)) {
                other.begin().write(1, 12).commit();
                assertThat(pages.begin().read(1)).isEqualTo(11);
                pages.end();
            }
            session.showVersion("NOW");
            assertThat(pages.begin().read(1)).isEqualTo(12);
            pages.write(1, 13).commit();
            assertFails(ResultCode.CANTOPEN, "has no version 1;", () -> session.showVersion("1"));
            assertFails(ResultCode.CANTOPEN, "neither a version nor", () -> session.showVersion("x"));
            assertThat(pages.begin().read(1)).isEqualTo(13);
            pages.end();
        }
    }
}
