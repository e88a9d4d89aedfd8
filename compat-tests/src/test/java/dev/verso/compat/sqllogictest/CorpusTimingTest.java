package dev.verso.compat.sqllogictest;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How long queries of the corpus take beside the real SQLite, both warm, in one run. Times are printed and not asserted: a busy machine must
 * not fail a build. In the profile full the sample is large.
 */
class CorpusTimingTest {
    private static final boolean FULL = Boolean.getBoolean("verso.full");
    private static final int SCRIPTS = Integer.getInteger("verso.timing.scripts", FULL ? 120 : 4);
    private static final int RUNS = Integer.getInteger("verso.timing.runs", FULL ? 7 : 3);
    private static final int SHOWN = Integer.getInteger("verso.timing.shown", FULL ? 25 : 5);
    /** Of the queries of a script. */
    private static final double SAMPLED = FULL ? 0.2 : 0.02;

    @Test
    void queriesOfTheCorpusAreTimedBesideSqlite() throws SQLException {
        long seed = Long.getLong("verso.seed", 20260103L);
        System.out.printf(
                "seed %d: mvn verify -Pfull -pl compat-tests -am -Dtest=CorpusTimingTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dtest.jvm.args=-Dverso.seed=%d%n",
                seed, seed);
        Random random = new Random(seed);
        List<String> names = new ArrayList<>(Corpus.under("random/", "index/"));
        Collections.shuffle(names, random);
        List<String> sample = new ArrayList<>(names.subList(0, SCRIPTS));
        sample.addAll(List.of("select1.test", "select2.test", "select3.test", "select4.test", "select5.test"));
        sample.addAll(Corpus.under("evidence/"));
        StatementTimings timings = new StatementTimings(random, RUNS);
        if (FULL) {
            for (String name : List.of("select1.test", "select4.test", "select5.test", names.get(SCRIPTS))) {
                timings.add(Script.read(name), 1);
            }
            timings.clear();
        }
        for (String name : sample) {
            timings.add(Script.read(name), SAMPLED);
        }
        timings.print("corpus sample of " + sample.size() + " scripts", SHOWN);
        assertThat(timings.count()).isPositive();
    }
}
