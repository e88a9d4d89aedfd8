package dev.verso.compat.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same generated statements here and in the real SQLite: same rows, counts, rowids, errors; and each reads the other's file. */
class DifferentialTest {
    private static final int SEEDS =
            Integer.getInteger("verso.differential.seeds", Boolean.getBoolean("verso.full") ? 400 : 60);
    private static final int MOST_DIFFERENCES = 15;

    @TempDir
    Path folder;

    @Test
    void generatedStatementsAnswerAsInTheRealOne() throws SQLException {
        long first = Long.getLong("verso.seed", 20260101L);
        List<String> differences = new ArrayList<>();
        DifferentialRun run = new DifferentialRun(folder, differences);
        long statements = 0;
        for (int i = 0; i < SEEDS && differences.size() < MOST_DIFFERENCES; i++) {
            statements += run.run(first + i);
        }
        System.out.println(statements + " statements from seed " + first
                + ": mvn verify -pl compat-tests -am -Dtest=DifferentialTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dtest.jvm.args=-Dverso.seed=" + first);
        System.out.println(run.coverage());
        assertThat(differences).isEmpty();
    }
}
