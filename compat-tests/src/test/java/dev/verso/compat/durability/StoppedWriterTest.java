package dev.verso.compat.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import dev.verso.error.DatabaseException;
import dev.verso.pager.file.FileOptions;
import dev.verso.pager.file.FileStore;
import dev.verso.pager.storage.SimulatedStorage;
import dev.verso.pager.storage.SimulatedStorage.Crash;
import dev.verso.sql.Connection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL over a simulated disk that stops before every single operation, and loses or tears what was not synced. */
class StoppedWriterTest {
    private static final Path DATABASE = Path.of("stopped.db").toAbsolutePath();
    private static final boolean FULL = Boolean.getBoolean("verso.full");
    private static final int TRANSACTIONS = 7;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "TRUNCATE", "PERSIST"})
    void everyAcknowledgedCommitSurvivesAndNoneIsHalf(String journalMode) throws Exception {
        int stride = FULL ? 1 : 11;
        boolean completed = false;
        for (int stopAfter = 0; !completed; stopAfter += stride) {
            SimulatedStorage storage = new SimulatedStorage(11);
            storage.stopAfter(stopAfter);
            int acknowledged = write(storage, journalMode);
            completed = !storage.hasStopped();
            for (Crash crash : Crash.values()) {
                String where = journalMode + ", stopped after " + stopAfter + ", " + crash;
                Path copy = export(storage.crashed(crash, stopAfter), "sqlite");
                assertThat(Engines.integrity(copy)).as(where).isEqualTo("ok");
                assertThat(last(Engines.sqlite(copy.toString())))
                        .as(where + ", by SQLite")
                        .isBetween(acknowledged, acknowledged + 1);
                copy = export(storage.crashed(crash, stopAfter), "verso");
                assertThat(last(Engines.verso(copy.toString())))
                        .as(where + ", by Verso")
                        .isBetween(acknowledged, acknowledged + 1);
                assertThat(Engines.integrity(copy)).as(where).isEqualTo("ok");
            }
        }
    }

    /** Returns the number of the last transaction whose commit returned; -1 if it was not even the schema's. */
    private static int write(SimulatedStorage storage, String journalMode) {
        int acknowledged = -1;
        Connection connection = null;
        try {
            FileStore store = FileStore.open(
                    DATABASE, FileOptions.defaults().withStorage(storage).withPageSize(1024));
            connection = new Connection(store, location -> {
                throw new UnsupportedOperationException("ATTACH " + location);
            });
            connection.session().database(0).pager().dirtyBytesLimit(8 * 1024);
            connection.execute("PRAGMA journal_mode = " + journalMode);
            connection.execute("PRAGMA synchronous = EXTRA");
            connection.execute("BEGIN; " + String.join("; ", Ledger.SCHEMA) + "; COMMIT");
            acknowledged = 0;
            for (int k = 1; k <= TRANSACTIONS; k++) {
                connection.execute(String.join("; ", Ledger.transaction(k)));
                acknowledged = k;
            }
            connection.close();
        } catch (DatabaseException e) {
            if (!storage.hasStopped()) {
                throw e;
            }
        }
        return acknowledged;
    }

    private static int last(java.sql.Connection connection) throws Exception {
        try (connection) {
            return Ledger.lastTransaction(connection);
        }
    }

    private Path export(SimulatedStorage storage, String name) throws Exception {
        Path target = Files.createDirectories(directory.resolve(name));
        try (Stream<Path> files = Files.list(target)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        storage.exportTo(target);
        return target.resolve(DATABASE.getFileName());
    }
}
