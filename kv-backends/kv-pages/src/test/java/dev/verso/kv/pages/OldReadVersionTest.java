package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvClock;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.pager.BusyHandler;
import dev.verso.pager.CommitSet;
import dev.verso.pager.PageStore;
import dev.verso.pager.StoreSession;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Snapshots whose read version of the store shows more than they do: a commit on them that relied on conflict ranges alone would overwrite what
 * was committed between the two.
 */
final class OldReadVersionTest {
    private static final int PAGE = 3;

    /** Once, somebody else commits while a commit waits for company. */
    private static final class Meeting implements KvClock {
        private Runnable other;

        @Override
        public long micros() {
            return KvClock.system().micros();
        }

        @Override
        public void sleepMicros(long micros) {
            Runnable next = other;
            other = null;
            if (next != null) {
                next.run();
            }
        }
    }

    private static CommitSet change(int page, long number) {
        return new CommitSet(new int[] {page}, new byte[][] {Pages.image(number)}, 5, new int[] {1, page});
    }

    private static void assertConflict(StoreSession session) {
        assertThatThrownBy(session::finishCommit)
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.code()).isEqualTo(ResultCode.BUSY_SNAPSHOT));
        session.rollback();
        session.endSnapshot();
        session.close();
    }

    private static void assertNewest(PageStore store, long number) {
        try (Pages reader = new Pages(store)) {
            reader.begin();
            assertThat(reader.read(PAGE)).isEqualTo(number);
            reader.end();
        }
    }

    @Test
    void aSnapshotThatWasOpenedAtTheMomentOfAnother() {
        try (MemoryKvStore kv = MemoryKvStore.create()) {
            Namespaces namespaces = new Namespaces(kv);
            namespaces.create("a");
            namespaces.create("b");
            PageStore store = namespaces.open("b");
            Pages.put(namespaces.open("a"), Map.of(1, 0L, 2, 0L));
            Pages.put(store, Map.of(1, 0L, 2, 0L, 3, 0L, 4, 0L, 5, 0L));
            try (Pages first = new Pages(namespaces.open("a"))) {
                StoreSession second = store.newSession();
                second.sharesSnapshotsWith(first.session());
                first.begin();
                Pages.put(namespaces.open("b"), Map.of(PAGE, 8L));
                second.beginSnapshot(BusyHandler.NONE);
                assertThat(Pages.number(second.readPage(PAGE))).isZero();
                second.beginWrite(false, BusyHandler.NONE);
                // What is staged commits on its own snapshot, not on the newest one that this JVM knows.
                second.stage(new int[] {4}, new byte[][] {Pages.image(7)}, 1, BusyHandler.NONE);
                second.prepareCommit(change(PAGE, 7), null, BusyHandler.NONE);
                assertConflict(second);
                first.end();
            }
            assertNewest(store, 8);
        }
    }

    @Test
    void aSnapshotAfterACommitThatAnotherFollowedInItsVersion() {
        Meeting meeting = new Meeting();
        try (MemoryKvStore kv =
                MemoryKvStore.builder().clock(meeting).sharedVersions(true).build()) {
            Namespaces namespaces = new Namespaces(kv);
            namespaces.create("app");
            PageStore store = namespaces.open("app");
            PageStore elsewhere = namespaces.open("app");
            Pages.put(store, Map.of(1, 0L, 2, 0L, 3, 0L, 4, 0L, 5, 0L));
            try (Pages mine = new Pages(store);
                    Pages theirs = new Pages(elsewhere)) {
                // Once overtaken, both rely on their pages, not on nobody else committing.
                mine.begin().write(2, 1);
                theirs.begin().write(PAGE, 1).commit();
                mine.commit();
                theirs.begin().write(PAGE, 2);
                mine.begin().write(2, 2).commit();
                theirs.commit();

                StoreSession goesOn = store.newSession();
                goesOn.beginSnapshot(BusyHandler.NONE);
                goesOn.beginWrite(false, BusyHandler.NONE);
                goesOn.prepareCommit(change(2, 7), null, BusyHandler.NONE);
                theirs.begin().write(PAGE, 8);
                meeting.other = goesOn::finishCommit;
                long followed = theirs.commit();
                assertThat(followed).as("both in one version").isEqualTo(goesOn.version() + 1);
                assertThat(Pages.number(goesOn.readPage(PAGE))).isEqualTo(2);
                goesOn.beginWrite(false, BusyHandler.NONE);
                goesOn.prepareCommit(change(PAGE, 9), null, BusyHandler.NONE);
                assertConflict(goesOn);
            }
            assertNewest(store, 8);
        }
    }
}
