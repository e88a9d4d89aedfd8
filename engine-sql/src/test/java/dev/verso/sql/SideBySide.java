package dev.verso.sql;

import static org.assertj.core.api.Assertions.fail;

import dev.verso.pager.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;

/** One run of statements here and in the real SQLite; the first difference fails with all statements that led to it. */
final class SideBySide implements AutoCloseable {
    private final String replay;
    private final RealSqlite real = new RealSqlite(":memory:");
    private final Verso verso = new Verso(new MemoryStore());
    private final List<String> before = new ArrayList<>();

    /** @param replay the command that replays this run */
    SideBySide(String replay) throws Exception {
        this.replay = replay;
    }

    /** @return the answer of both */
    Outcome run(String sql) throws Exception {
        Outcome wanted = real.run(sql);
        Outcome got;
        try {
            got = verso.run(sql);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(replay + "\n" + String.join(";\n", before) + ";\n" + sql, e);
        }
        if (!wanted.isSameAs(got) && !hasTwoMistakes(wanted, got)) {
            fail(replay + "\n" + String.join(";\n", before) + ";\n" + sql + "\n  real " + wanted + "\n  ours " + got);
        }
        before.add(sql);
        return got;
    }

    /** A broken foreign key hides any other mistake in SQLite that was found before it; here it need not (docs/intended.md). */
    private static boolean hasTwoMistakes(Outcome wanted, Outcome got) {
        return wanted.error() != null
                && wanted.error().startsWith("1: foreign key mismatch")
                && got.error() != null
                && got.error().startsWith("1: no such ");
    }

    @Override
    public void close() throws java.sql.SQLException {
        real.close();
        verso.close();
    }
}
