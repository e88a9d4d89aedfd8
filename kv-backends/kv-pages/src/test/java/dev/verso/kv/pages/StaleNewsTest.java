package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.kv.memory.MemoryKvStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A JVM that has heard less of a namespace than one of its sessions. */
final class StaleNewsTest {
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aCommitDoesNotWaitForNewsThatNobodyBrings() {
        try (MemoryKvStore kv = MemoryKvStore.create()) {
            Namespaces namespaces = new Namespaces(kv);
            namespaces.create("app");
            VersionedStore store = (VersionedStore) namespaces.open("app");
            try (Pages pages = new Pages(store)) {
                pages.begin().write(1, 1).write(2, 1).commit();
                Snapshot old = store.recent().newest();
                pages.begin().write(2, 2).commit();
                pages.begin().write(2, 3);
                // As after a lock, when a snapshot that was opened before arrives late.
                store.recent().forget();
                store.recent().learn(-1, List.of(), old);
                pages.commit();
                assertThat(pages.begin().read(2)).isEqualTo(3);
                pages.end();
            }
        }
    }
}
