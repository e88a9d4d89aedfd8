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

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConnectionThatFailedInAnOutageGoesOnWithTheNewestVersion(boolean inTransaction) {
        try (Client writer = new Client(open())) {
            writer.run("PRAGMA page_size = 512; CREATE TABLE t(id INTEGER PRIMARY KEY, x)");
            writer.run("INSERT INTO t SELECT value, 0 FROM generate_series(1, 1000)");
        }
        PageStore shared = new Namespaces(store).open("app");
        try (Client one = new Client(shared);
                Client other = new Client(shared)) {
            one.query("SELECT x FROM t WHERE id = 1");
            if (inTransaction) {
                one.run("BEGIN");
                one.run("UPDATE t SET x = -1 WHERE id = 500");
            }
            // Page 1 of the version that the first one sees is no longer the newest.
            other.run("CREATE TABLE u(y)");
            store.unreachable(true);
            assertThatThrownBy(() -> one.run("UPDATE t SET x = -2"))
                    .isInstanceOfSatisfying(
                            DatabaseException.class,
                            e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(ResultCode.IOERR));
            assertThat(one.connection().session().isAutocommit()).isTrue();
            assertThat(one.connection().session().database(0).pager().isReading())
                    .isFalse();
            store.unreachable(false);
            other.run("UPDATE t SET x = 1 WHERE id = 7");
            assertThat(one.query("SELECT id, x FROM t WHERE x <> 0")).isEqualTo("7|1\n");
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
