package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.contract.FaultyKvStore;
import dev.verso.kv.contract.FaultyKvStore.CommitFault;
import dev.verso.kv.contract.SimulatedClock;
import dev.verso.kv.contract.TestStores;
import dev.verso.kv.memory.MemoryKvStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FenceTest {
    private static final byte[] KEY = {'k'};

    private final SimulatedClock clock = new SimulatedClock();
    private final KvStore kv =
            TestStores.open(clock, () -> MemoryKvStore.builder().clock(clock).build());

    @AfterEach
    void closeStore() {
        kv.close();
    }

    private static void commit(KvStore store, Fence fence) {
        KvTransaction transaction = store.begin();
        transaction.readVersion().await();
        fence.guard(transaction);
        assertThatThrownBy(() -> transaction.commit().await())
                .isInstanceOfSatisfying(
                        KvException.class, e -> assertThat(e.failure()).isEqualTo(KvFailure.UNKNOWN_RESULT));
    }

    @Test
    void anAppliedCommitIsFoundWithItsStampAndALostOneIsKeptOut() {
        FaultyKvStore faulty = new FaultyKvStore(kv, 1);
        Fence fence = new Fence(faulty, KEY);
        faulty.onNextCommits(CommitFault.UNKNOWN_APPLIED, CommitFault.UNKNOWN_LOST);
        commit(faulty, fence);
        Versionstamp stamp = fence.settle();
        assertThat(stamp.version()).isPositive();
        commit(faulty, fence);
        assertThat(fence.settle()).isNull();
    }

    @Test
    void aStoreThatIsGoneIsNotWaitedForEndlessly() {
        FaultyKvStore slow = new FaultyKvStore(kv, 1);
        Fence fence = new Fence(slow, KEY);
        slow.onNextCommits(CommitFault.UNKNOWN_LOST);
        commit(slow, fence);
        slow.readFaults(1).delays(20_000_000);
        long before = clock.micros();
        assertThatThrownBy(fence::settle).isInstanceOf(KvException.class);
        assertThat(clock.micros() - before).isBetween(60_000_000L, 90_000_000L);
    }
}
