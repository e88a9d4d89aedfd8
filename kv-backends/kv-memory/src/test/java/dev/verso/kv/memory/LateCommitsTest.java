package dev.verso.kv.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.kv.Bytes;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Commits whose result is unknown and that are applied later. */
final class LateCommitsTest {
    private static final byte[] KEY = "k".getBytes(StandardCharsets.UTF_8);

    private static void set(MemoryKvStore store, int value) {
        try (KvTransaction transaction = store.begin()) {
            transaction.addReadConflictRange(KEY, Bytes.after(KEY));
            transaction.set(KEY, new byte[] {(byte) value});
            transaction.commit().await();
        } catch (KvException e) {
            assertThat(e.failure()).isIn(KvFailure.UNKNOWN_RESULT, KvFailure.CONFLICT);
        }
    }

    private static int get(MemoryKvStore store) {
        try (KvTransaction transaction = store.begin()) {
            byte[] value = transaction.get(KEY, ReadMode.SNAPSHOT).await();
            return value == null ? 0 : value[0];
        }
    }

    @Test
    void oneThatReadNothingConflictsWithWhatCameAfterItsAnswer() {
        for (long seed = 1; seed <= 200; seed++) {
            try (MemoryKvStore store =
                    MemoryKvStore.builder().seed(seed).unknownResults(1).build()) {
                set(store, 1);
                set(store, 2);
                int seen = get(store);
                for (int i = 0; i < 6; i++) {
                    int now = get(store);
                    assertThat(seen == 2 && now == 1)
                            .as("seed %d: went from %d to %d", seed, seen, now)
                            .isFalse();
                    seen = now;
                }
            }
        }
    }
}
