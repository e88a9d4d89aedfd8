package dev.verso.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.pager.memory.MemoryStore;
import org.junit.jupiter.api.AfterEach;

/** A test with a database in memory of its own. */
abstract class OnVerso {
    final Verso verso = new Verso(new MemoryStore());

    @AfterEach
    final void close() {
        verso.close();
    }

    /** The rows of a statement that must succeed. */
    final String rows(String sql) {
        Outcome outcome = verso.run(sql);
        assertThat(outcome.error()).as(sql).isNull();
        return outcome.rows().toString();
    }

    /** Statements that must succeed. */
    final void run(String... statements) {
        for (String sql : statements) {
            rows(sql);
        }
    }

    /** What a statement fails with, or null. */
    final String error(String sql) {
        return verso.run(sql).error();
    }
}
