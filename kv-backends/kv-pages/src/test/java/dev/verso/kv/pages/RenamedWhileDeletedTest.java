package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.kv.KvClock;
import dev.verso.kv.contract.FaultyKvStore;
import dev.verso.kv.contract.FaultyKvStore.CommitFault;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.pager.PageStore;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A deletion whose first try was lost, while somebody gave the database another name. */
final class RenamedWhileDeletedTest {
    private MemoryKvStore memory;
    private FaultyKvStore faulty;
    private boolean isRenamed;

    /** Renames after the first fault, when the next request is made. */
    private final class Renaming implements KvClock {
        @Override
        public long micros() {
            return KvClock.system().micros();
        }

        @Override
        public void sleepMicros(long micros) {
            if (!isRenamed && faulty.faults() == 1) {
                isRenamed = true;
                new Namespaces(memory).rename("app", "kept");
            }
        }
    }

    @Test
    void itStaysAsItIs() {
        memory = MemoryKvStore.builder().clock(new Renaming()).build();
        faulty = new FaultyKvStore(memory, 1).delays(1_000_000);
        new Namespaces(memory).create("app");
        try (PageStore store = new Namespaces(memory).open("app")) {
            Pages.put(store, Map.of(1, 1L, 2, 7L));
        }
        faulty.onNextCommits(CommitFault.UNKNOWN_LOST);
        assertThatThrownBy(() -> new Namespaces(faulty).delete("app")).isInstanceOf(DatabaseException.class);
        assertThat(isRenamed).isTrue();
        try (PageStore store = new Namespaces(memory).open("kept");
                Pages pages = new Pages(store)) {
            assertThat(pages.begin().read(2)).isEqualTo(7);
            pages.end();
        }
        memory.close();
    }
}
