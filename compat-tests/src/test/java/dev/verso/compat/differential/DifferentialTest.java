package dev.verso.compat.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same generated statements here and in the real SQLite: same rows, counts, rowids, errors; and each reads the other's file. The long form is that of the
 * profile full; {@code -Dverso.differential.seeds=200 -Dverso.differential.statements=10000 -Dverso.seed=0} asks for it by numbers.
 */
class DifferentialTest {
    private static final boolean FULL = Boolean.getBoolean("verso.full");
    private static final int SEEDS = Integer.getInteger("verso.differential.seeds", FULL ? 200 : 44);
    private static final int STATEMENTS = Integer.getInteger("verso.differential.statements", FULL ? 10_000 : 500);
    private static final int THREADS = Integer.getInteger("verso.differential.threads", 2);
    private static final long ENOUGH_TO_REACH_ALL = 20_000;
    private static final int FILES_FOR_ONE_ON_OTHER_PAGES = 50;
    private static final int MOST_DIFFERENCES = Integer.getInteger("verso.differential.most", 15);

    @TempDir
    Path folder;

    @Test
    void generatedStatementsAnswerAsInTheRealOne() throws InterruptedException, ExecutionException, SQLException {
        long first = Long.getLong("verso.seed", 0L);
        List<String> differences = new ArrayList<>();
        Coverage coverage = new Coverage();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<Void>> runs = new ArrayList<>();
        for (int i = 0; i < SEEDS; i++) {
            long seed = first + i;
            Callable<Void> run = () -> {
                run(seed, coverage, differences);
                return null;
            };
            runs.add(threads.submit(run));
        }
        threads.shutdown();
        for (Future<Void> run : runs) {
            run.get();
        }
        System.out.println(SEEDS + " seeds from " + first + ": mvn verify -pl compat-tests -am -Dtest=DifferentialTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dtest.jvm.args='-Dverso.seed=" + first
                + " -Dverso.differential.seeds=" + SEEDS + " -Dverso.differential.statements=" + STATEMENTS + "'");
        System.out.println(coverage);
        System.out.println(coverage.files() + " files compared, on other pages "
                + coverage.otherPages().size());
        assertThat(differences).isEmpty();
        assertThat(coverage.otherPages())
                .as("files that hold the same on other pages")
                .hasSizeLessThanOrEqualTo(1 + coverage.files() / FILES_FOR_ONE_ON_OTHER_PAGES);
        if (SEEDS * (long) STATEMENTS >= ENOUGH_TO_REACH_ALL) {
            try (Connection theirs = Engines.sqlite(":memory:")) {
                assertThat(coverage.missing(theirs)).as("not reached").isEmpty();
            }
        }
    }

    private void run(long seed, Coverage coverage, List<String> differences) throws SQLException {
        synchronized (differences) {
            if (differences.size() >= MOST_DIFFERENCES) {
                return;
            }
        }
        Coverage ofSeed = new Coverage();
        new DifferentialRun(folder.resolve("seed" + seed), seed, ofSeed, differences).run(STATEMENTS);
        synchronized (coverage) {
            coverage.add(ofSeed);
        }
    }
}
