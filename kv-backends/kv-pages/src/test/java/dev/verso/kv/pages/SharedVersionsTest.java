package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.kv.KvClock;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.pager.PageStore;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A store that gives commits of two machines one version, told apart by their order alone. */
final class SharedVersionsTest {
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

    @Test
    void aSnapshotAfterACommitShowsAlsoTheOneThatFollowedInItsVersion() {
        Meeting meeting = new Meeting();
        try (MemoryKvStore kv =
                MemoryKvStore.builder().clock(meeting).sharedVersions(true).build()) {
            Namespaces namespaces = new Namespaces(kv);
            namespaces.create("app");
            PageStore first = namespaces.open("app");
            PageStore second = namespaces.open("app");
            Pages.put(first, Map.of(1, 0L, 2, 0L, 3, 0L));
            try (Pages one = new Pages(first);
                    Pages two = new Pages(second);
                    Pages again = new Pages(second)) {
                // Once overtaken, the first relies on its pages, not on nobody else committing.
                one.begin().write(2, 1);
                two.begin().write(3, 1).commit();
                one.commit();

                one.begin().write(2, 7);
                long[] versions = new long[2];
                meeting.other = () -> versions[0] = two.begin().write(3, 8).commit();
                versions[1] = one.commit();
                assertThat(versions[1]).as("both in one version").isEqualTo(versions[0] + 1);
                again.begin();
                assertThat(again.read(2)).isEqualTo(7);
                assertThat(again.read(3)).isEqualTo(8);
                again.write(2, again.read(2) + 1).commit();
                one.begin();
                assertThat(one.read(2)).isEqualTo(8);
                one.end();
            }
        }
    }
}
