package dev.verso.compat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Random lives of a versioned store, each decided by its seed: many connections of processes that crash, over a network that delays, reorders
 * and loses answers, beside garbage collection, forks, rollbacks, locks, pins and renames; all of it against a model of every version. Replay
 * one with {@code -Dtest=SimulationTest -Dverso.seed=N}, and {@code -Dverso.trace=true} to read what happened.
 */
final class SimulationTest {
    private static World run(long seed) {
        World world = new World(seed);
        try {
            world.run();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(Seeds.replay(SimulationTest.class, seed) + "\n" + e.getMessage(), e);
        }
        return world;
    }

    @Test
    void everyVersionIsWhatTheModelSays() {
        int versions = 0;
        for (long seed : Seeds.chosen(200, 10_000)) {
            versions += run(seed).observer().versionsSeen();
        }
        assertThat(versions).isPositive();
    }

    @Test
    void oneSeedIsOneRun() {
        for (long seed : Seeds.chosen(5, 50)) {
            assertThat(run(seed).scheduler().trace().hash())
                    .as("seed %d", seed)
                    .isEqualTo(run(seed).scheduler().trace().hash());
        }
    }
}
