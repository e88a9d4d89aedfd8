package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.error.ResultCode;
import dev.verso.pager.BusyHandler;
import dev.verso.pager.PageStore;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who worked under a lock that another took over, or that somebody else ended, does not go on as if nothing had happened. */
final class LostLockTest extends OnTestStore {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String TAKEN = "was taken over by 'you', which has undone its work";

    private PageStore store;
    private Pages owner;

    @BeforeEach
    void lock() {
        namespaces.create("a");
        put("a", 1, 10);
        put("a", 2, 20);
        namespaces.lock("a", "me", HOUR);
        store = namespaces.open("a");
        owner = new Pages(store);
        owner.session().actAs("me");
    }

    @AfterEach
    void close() {
        owner.close();
        store.close();
    }

    private int pages() {
        try (Pages reader = new Pages(store)) {
            int pages = reader.begin().pageCount();
            reader.end();
            return pages;
        }
    }

    private void takeOver() {
        clock.advanceMillis(HOUR.toMillis() + 1_000);
        namespaces.lock("a", "you", HOUR);
    }

    private void takeOverAndRelease(boolean keep) {
        takeOver();
        namespaces.unlock("a", "you", keep);
    }

    @Test
    void aTransactionBegunUnderALockThatWasTakenOverVanishes() {
        owner.begin().write(2, 21);
        takeOverAndRelease(true);
        assertFails(ResultCode.PROTOCOL, TAKEN, owner::commit);
        assertThat(number("a", 2)).isEqualTo(20);
    }

    @Test
    void soDoesOneAfterOthersThatWereUndone() {
        owner.begin().write(2, 21).commit();
        owner.begin().write(3, 30);
        takeOverAndRelease(false);
        assertFails(ResultCode.PROTOCOL, TAKEN, owner::commit);
        assertThat(number("a", 2)).isEqualTo(20);
        assertThat(pages()).isEqualTo(2);
    }

    @Test
    void soDoesOneThatIsStaged() {
        owner.begin().write(2, 21);
        owner.session().beginWrite(false, BusyHandler.NONE);
        owner.session().stage(new int[] {3}, new byte[][] {Pages.image(30)}, 1, BusyHandler.NONE);
        takeOverAndRelease(true);
        owner.size(3);
        assertFails(ResultCode.PROTOCOL, TAKEN, owner::commit);
        assertThat(pages()).isEqualTo(2);
    }

    @Test
    void theNextStatementSaysSoUntilTheOwnerIsNamedAgain() {
        owner.begin().write(2, 21).commit();
        takeOverAndRelease(true);
        put("a", 2, 22);
        assertFails(ResultCode.PROTOCOL, TAKEN, owner::begin);
        assertFails(ResultCode.PROTOCOL, TAKEN, owner::begin);
        owner.session().actAs("me");
        assertThat(owner.begin().read(2)).isEqualTo(22);
        owner.write(2, 23).commit();
        assertThat(number("a", 2)).isEqualTo(23);
    }

    @Test
    void alsoWhoOnlyReadsHearsOfItWhileTheOtherHoldsTheLock() {
        assertThat(owner.begin().read(2)).isEqualTo(20);
        owner.end();
        takeOver();
        assertFails(ResultCode.PROTOCOL, TAKEN, owner::begin);
    }

    @Test
    void anotherLockOfTheSameNameIsNotTheOneThatWasLost() {
        owner.begin().write(2, 21).commit();
        takeOverAndRelease(true);
        namespaces.lock("a", "me", HOUR);
        assertFails(ResultCode.PROTOCOL, TAKEN, owner::begin);
        owner.session().actAs("me");
        owner.begin().write(2, 22).commit();
        namespaces.unlock("a", "me", true);
        assertThat(number("a", 2)).isEqualTo(22);
    }

    @Test
    void whoWroteBeforeTheLockAndCommittedUnderItHasWorkedUnderIt() {
        namespaces.unlock("a", "me", true);
        owner.session().actAs("me");
        owner.begin().write(2, 21);
        namespaces.lock("a", "me", HOUR);
        clock.advanceMillis(10_000); // too long for the store to find conflicts: the log is asked
        owner.commit();
        takeOverAndRelease(true);
        assertThat(number("a", 2)).isEqualTo(20);
        assertFails(ResultCode.PROTOCOL, TAKEN, owner::begin);
    }

    @Test
    void afterALockWhoseWorkWasKeptTheOwnerIsAWriterLikeAnyOther() {
        owner.begin().write(2, 21).commit();
        owner.begin().write(2, 22);
        namespaces.unlock("a", "me", true);
        owner.commit();
        assertThat(number("a", 2)).isEqualTo(22);
        owner.begin().write(2, 23).commit();
        assertThat(number("a", 2)).isEqualTo(23);
    }

    @Test
    void howALockEndedIsForgottenAfterAMonth() {
        owner.begin().write(2, 21).commit();
        namespaces.unlock("a", "me", true);
        namespaces.collect("a", CollectionOptions.DEFAULTS, report -> {});
        assertThat(stored('e')).isEqualTo(1);
        clock.advanceMillis(Duration.ofDays(31).toMillis());
        namespaces.collect("a", CollectionOptions.DEFAULTS, report -> {});
        assertThat(stored('e')).isZero();
        assertFails(ResultCode.PROTOCOL, "ended so long ago", owner::begin);
    }
}
