package dev.verso.compat.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.contract.FaultyKvStore;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.kv.pages.Namespaces;
import dev.verso.pager.PageStore;
import dev.verso.sql.PreparedStatement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a statement says when the store stops answering in its middle. */
final class FailingReadsTest {
    private final FaultyKvStore store = new FaultyKvStore(MemoryKvStore.create(), 1);

    @ParameterizedTest
    @ValueSource(strings = {"", "DESC"})
    void aScanFailsAsTheStoreDidAndNotForTheStateOfItsCursor(String direction) {
        try (Client writer = new Client(open())) {
            writer.run("PRAGMA page_size = 512; CREATE TABLE t(id INTEGER PRIMARY KEY, x)");
            writer.run("INSERT INTO t SELECT value, hex(zeroblob(90)) FROM generate_series(1, 1000)");
        }
        for (int rows = 1; rows < 400; rows += 97) {
            failsAfter(rows, "SELECT id, x FROM t ORDER BY id " + direction);
        }
    }

    private void failsAfter(int steps, String query) {
        try (Client reader = new Client(new Namespaces(store).open("app"))) {
            reader.run("BEGIN");
            try (PreparedStatement rows = reader.connection().prepare(query, 0)) {
                for (int i = 0; i < steps; i++) {
                    assertThat(rows.step()).isTrue();
                }
                store.readFaults(1);
                assertThatThrownBy(() -> stepToTheEnd(rows))
                        .isInstanceOfSatisfying(
                                DatabaseException.class,
                                e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(ResultCode.BUSY_SNAPSHOT));
            } finally {
                store.readFaults(0);
            }
            reader.run("ROLLBACK");
        }
    }

    private PageStore open() {
        Namespaces namespaces = new Namespaces(store);
        namespaces.create("app");
        return namespaces.open("app");
    }

    private static void stepToTheEnd(PreparedStatement rows) {
        while (rows.step()) {
            assertThat(rows.columnCount()).isEqualTo(2);
        }
    }
}
