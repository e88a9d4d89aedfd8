package dev.verso.compat.sqllogictest;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How long statements of the corpus take beside the real SQLite, both warm, in one run. Times of the sample are printed and not asserted: a busy
 * machine must not fail a build. In the profile full all statements are timed, those that seem to take more than {@link #BOUND} times SQLite's
 * time once more and alone, and none may. {@code verso.timing.part=2/4} takes the second quarter of the scripts.
 */
class CorpusTimingTest {
    private static final boolean FULL = Boolean.getBoolean("verso.full");
    /** Scripts of random and index in the sample; in the profile full all, unless a number is given. */
    private static final int SCRIPTS = Integer.getInteger("verso.timing.scripts", FULL ? Integer.MAX_VALUE : 4);

    private static final int RUNS = Integer.getInteger("verso.timing.runs", 3);
    private static final int SHOWN = Integer.getInteger("verso.timing.shown", FULL ? 25 : 5);
    /** Of the statements of a script. */
    private static final double SAMPLED =
            Double.parseDouble(System.getProperty("verso.timing.sampled", FULL ? "1" : "0.02"));

    private static final String PART = System.getProperty("verso.timing.part", "1/1");

    private static final int SCRIPTS_OF_A_REPORT = 25;

    private static final double BOUND = 5;

    @Test
    void statementsOfTheCorpusAreTimedBesideSqlite() throws SQLException {
        long seed = Long.getLong("verso.seed", 20260103L);
        System.out.printf(
                "seed %d: mvn verify -Pfull -pl compat-tests -am -Dtest=CorpusTimingTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dtest.jvm.args=-Dverso.seed=%d%n",
                seed, seed);
        Random random = new Random(seed);
        List<String> names = new ArrayList<>(Corpus.under("random/", "index/"));
        Collections.shuffle(names, random);
        List<String> sample = new ArrayList<>(names.subList(0, Math.min(SCRIPTS, names.size())));
        sample.addAll(List.of("select1.test", "select2.test", "select3.test", "select4.test", "select5.test"));
        sample.addAll(Corpus.under("evidence/"));
        sample = partOf(sample);
        StatementTimings timings = new StatementTimings(random, RUNS);
        if (FULL) {
            for (String name : List.of("select1.test", "select4.test", "select5.test", names.get(0))) {
                timings.add(Script.read(name), 1);
            }
            timings.clear();
        }
        for (int i = 0; i < sample.size(); i++) {
            timings.add(Script.read(sample.get(i)), SAMPLED);
            if (FULL && i % SCRIPTS_OF_A_REPORT == SCRIPTS_OF_A_REPORT - 1) {
                timings.print("the first " + (i + 1) + " scripts", SHOWN);
            }
        }
        timings.print(sample.size() + " scripts of the corpus", SHOWN);
        assertThat(timings.count()).isPositive();
        if (FULL) {
            List<Timing> above = timings.stillAbove(BOUND);
            System.out.println("above " + BOUND + " when timed again: " + above.size());
            TimingGroup.show(above, SHOWN);
            assertThat(above).isEmpty();
            assertThat(timings.median()).isLessThan(1);
        }
    }

    private static List<String> partOf(List<String> names) {
        String[] numbers = PART.split("/");
        int part = Integer.parseInt(numbers[0]);
        int parts = Integer.parseInt(numbers[1]);
        return names.subList(names.size() * (part - 1) / parts, names.size() * part / parts);
    }
}
