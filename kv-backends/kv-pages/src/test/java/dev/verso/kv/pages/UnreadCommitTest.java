package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.kv.KvClock;
import dev.verso.kv.contract.FaultyKvStore;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.pager.PageStore;
import org.junit.jupiter.api.Test;

/** A commit that is there, and after which nothing can be read. */
final class UnreadCommitTest {
    /** Breaks the reads of a store when it is told to, with the next request. */
    private static final class Breaker implements KvClock {
        private FaultyKvStore store;
        private boolean breaks;
        private boolean hasBroken;

        @Override
        public long micros() {
            return KvClock.system().micros();
        }

        @Override
        public void sleepMicros(long micros) {
            if (breaks) {
                hasBroken = true;
                store.readFaults(1);
            }
        }
    }

    @Test
    void isToldToBeThere() {
        Breaker breaker = new Breaker();
        try (MemoryKvStore memory = MemoryKvStore.builder().clock(breaker).build()) {
            FaultyKvStore faulty = new FaultyKvStore(memory, 1).delays(1_000_000);
            breaker.store = faulty;
            new Namespaces(memory).create("app");
            PageStore ours = new Namespaces(faulty).open("app");
            PageStore others = new Namespaces(memory).open("app");
            try (Pages pages = new Pages(ours);
                    Pages other = new Pages(others)) {
                pages.begin().write(1, 1).write(2, 1).write(3, 1).commit();
                pages.begin().write(2, 2);
                other.begin().write(3, 2).commit();
                pages.commit(); // from now on it reckons with others, and reads what they did after each commit
                pages.begin().write(2, 3);
                breaker.breaks = true;
                long version = pages.commit();
                assertThat(breaker.hasBroken).isTrue();
                breaker.breaks = false;
                faulty.readFaults(0);
                assertThat(other.begin().read(2)).isEqualTo(3);
                assertThat(other.session().version()).isEqualTo(version);
                other.end();
                assertThat(pages.begin().read(2)).isEqualTo(3);
                pages.end();
            }
        }
    }
}
