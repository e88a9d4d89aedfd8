package dev.verso.sql;

import static org.assertj.core.api.Assertions.fail;

import dev.verso.pager.file.FileOptions;
import dev.verso.pager.file.FileStore;
import dev.verso.pager.memory.MemoryStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random statements run here and in the real SQLite; the first difference ends the run. */
class RandomStatementsTest {
    private static final long SEED = Long.getLong("verso.seed", 20260101L);
    private static final int RUNS = Boolean.getBoolean("verso.full") ? 400 : 12;
    private static final int STATEMENTS = 250;

    @TempDir
    Path directory;

    @Test
    void randomWritesAnswerAsInTheRealSqlite() throws Exception {
        for (int run = 0; run < RUNS; run++) {
            long seed = SEED + run;
            try (RealSqlite real = new RealSqlite(":memory:");
                    Verso verso = new Verso(new MemoryStore())) {
                run(seed, real, verso);
                compare(seed, List.of(), "PRAGMA integrity_check", real, verso);
            }
        }
    }

    @Test
    void filesOfRandomWritesAreSoundInTheRealSqlite() throws Exception {
        for (int run = 0; run < RUNS / 4; run++) {
            long seed = SEED + 1_000_000 + run;
            Path file = directory.resolve("random" + run + ".db");
            try (RealSqlite real = new RealSqlite(":memory:");
                    Verso verso = new Verso(FileStore.open(file, FileOptions.defaults()))) {
                verso.run("PRAGMA synchronous=off");
                run(seed, real, verso);
                verso.run("COMMIT");
            }
            try (RealSqlite reader = new RealSqlite(file.toString())) {
                Outcome check = reader.run("PRAGMA integrity_check");
                if (!check.rows().equals(List.of(List.of("T:ok")))) {
                    fail(replay(seed) + "\nintegrity_check of the real SQLite: " + check.rows());
                }
            }
        }
    }

    private static void run(long seed, RealSqlite real, Verso verso) throws Exception {
        RandomStatements statements = new RandomStatements(seed);
        List<String> before = new ArrayList<>();
        for (int i = 0; i < STATEMENTS; i++) {
            String sql = statements.next();
            compare(seed, before, sql, real, verso);
            before.add(sql);
        }
    }

    private static void compare(long seed, List<String> before, String sql, RealSqlite real, Verso verso)
            throws Exception {
        Outcome wanted = real.run(sql);
        Outcome got;
        try {
            got = verso.run(sql);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(replay(seed) + "\n" + String.join(";\n", before) + ";\n" + sql, e);
        }
        if (!wanted.isSameAs(got)) {
            fail(replay(seed) + "\n" + String.join(";\n", before) + ";\n" + sql + "\n  real " + wanted + "\n  ours "
                    + got);
        }
    }

    private static String replay(long seed) {
        return "replay: mvn -pl engine-sql test -Dtest=RandomStatementsTest -Dverso.seed=" + seed;
    }
}
