package dev.verso.compat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Simulated histories of appends to lists and reads of them, under both isolations and over several databases, are what they were promised
 * to be. Replay one with {@code -Dtest=ListAppendSimulationTest -Dverso.seed=N}.
 */
final class ListAppendSimulationTest {
    private static ListAppendWorld run(long seed) {
        ListAppendWorld world = new ListAppendWorld(seed);
        try {
            world.run();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(Seeds.replay(ListAppendSimulationTest.class, seed) + "\n" + e.getMessage(), e);
        }
        return world;
    }

    @Test
    void everyHistoryIsExplained() {
        long committed = 0;
        int[] locks = new int[3];
        int rollbacks = 0;
        List<Long> seeds = Seeds.chosen(60, 10_000);
        for (long seed : seeds) {
            ListAppendWorld world = run(seed);
            committed += world.committed();
            rollbacks += world.rollbacks();
            for (int i = 0; i < locks.length; i++) {
                locks[i] += world.locks()[i];
            }
        }
        assertThat(committed).isPositive();
        if (seeds.size() >= 60) {
            assertThat(locks).as("locks, kept, undone").doesNotContain(0);
            assertThat(rollbacks).isPositive();
        }
    }

    @Test
    void oneSeedIsOneRun() {
        for (long seed : Seeds.chosen(3, 30)) {
            assertThat(run(seed).traceHash())
                    .as("seed %d", seed)
                    .isEqualTo(run(seed).traceHash());
        }
    }
}
