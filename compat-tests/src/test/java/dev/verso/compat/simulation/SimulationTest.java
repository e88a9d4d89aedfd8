package dev.verso.compat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Random lives of a versioned store, each decided by its seed: many connections of processes that crash, over a network that delays, reorders
 * and loses answers, beside garbage collection, forks, rollbacks, locks, pins and renames; all of it against a model of every version. Replay
 * one with {@code -Dtest=SimulationTest -Dverso.seed=N}, and {@code -Dverso.trace=true} to read what happened.
 */
final class SimulationTest {
    private static final String[] MUST_HAPPEN = {
        "commit fails: BUSY",
        "commit fails: BUSY_SNAPSHOT",
        "commit fails: CONFLICT",
        "commit fails: TOO_OLD",
        "commit refused without need",
        "unknown and there",
        "unknown and late",
        "unknown and lost",
        "stale read",
        "version shared",
        "version of several transactions",
        "transaction over several namespaces",
        "large transaction",
        "crash",
        "commit lost with its sender",
        "commit of a process that is no more",
        "past seen",
        "collects",
        "versions dropped",
        "fork",
        "alice",
        "bob",
        "pins",
        "unpins",
        "renames",
        "deletes",
        "waited",
        "snapshot isolation",
        "snapshot isolation over several namespaces",
        "imports",
        "import seen",
        "import goes on where it stopped",
        "part of an import leased",
        "export goes on where it stopped",
        "exports",
        "verso_diff",
        "verso_changes",
        "history truncated",
        "forbidden by a foreign key",
        "outage",
        "answer lost in an outage",
        "failure in an outage: IOERR",
        "failure in an outage: CANTOPEN",
        "committed on a connection that saw an outage",
        "went back by a rollback",
        "went back by a end",
        "went back by a takeover",
        "lock taken from its owner",
        "version that is no longer kept",
    };

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
        Tally all = new Tally();
        List<Long> seeds = Seeds.chosen(200, 10_000);
        for (long seed : seeds) {
            all.add(run(seed).scheduler().tally());
        }
        assertThat(all.counts()).containsKey("committed");
        if (seeds.size() >= 200) {
            assertThat(all.counts()).containsKeys(MUST_HAPPEN);
        }
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
