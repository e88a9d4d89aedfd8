package dev.verso.pager.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.error.DatabaseException;
import dev.verso.pager.AtomicCommit;
import dev.verso.pager.BigEndian;
import dev.verso.pager.JournalMode;
import dev.verso.pager.Pager;
import dev.verso.pager.memory.MemoryStore;
import dev.verso.pager.storage.SimulatedStorage;
import dev.verso.pager.storage.SimulatedStorage.Crash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions over several databases. */
class AtomicCommitTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(
            value = JournalMode.class,
            names = {"DELETE", "TRUNCATE", "PERSIST"})
    void twoFilesChangeTogetherOrNotAtAllWhereverItStops(JournalMode mode) throws Exception {
        boolean completed = false;
        for (int stopAfter = 0; !completed; stopAfter++) {
            SimulatedStorage storage = prepared();
            storage.stopAfter(stopAfter);
            completed = setBoth(storage, mode);
            for (Crash crash : Crash.values()) {
                for (int seed = 1; seed <= (crash == Crash.UNSYNCED_TORN ? 3 : 1); seed++) {
                    SimulatedStorage after = storage.crashed(crash, seed);
                    String where = mode + ", stopped after " + stopAfter + ", " + crash + " with seed " + seed;
                    String bySqlite = seed == 1 && stopAfter % 3 == mode.ordinal() % 3 ? readBySqlite(after) : null;
                    String byVerso = readByVerso(after);
                    assertThat(byVerso).as(where).isIn("1 1", "2 2");
                    if (bySqlite != null) {
                        assertThat(bySqlite).as(where + ", recovered by SQLite").isIn("1 1", "2 2");
                    }
                    if (completed && crash == Crash.PROCESS_KILLED) {
                        assertThat(byVerso).as(where).isEqualTo("2 2");
                    }
                }
            }
            assertThat(storage.operations().size()).isLessThan(200);
        }
    }

    @Test
    void aCommitOverAFileAndAMemoryStoreNeedsNoSuperJournal() {
        SimulatedStorage storage = prepared();
        int before = storage.operations().size();
        try (FileStore store = open(storage, "a.db");
                Pager file = new Pager(store);
                Pager memory = new Pager(new MemoryStore())) {
            for (Pager pager : List.of(file, memory)) {
                pager.beginWrite(false);
                RawDatabase.writeStructure(pager, 4);
                BigEndian.put32(pager.edit(1), OtherProcess.USER_VERSION, 8);
            }
            AtomicCommit.commit(List.of(file, memory), true);
            assertThat(BigEndian.s32(memory.read(1), OtherProcess.USER_VERSION)).isEqualTo(8);
            assertThat(BigEndian.s32(file.read(1), OtherProcess.USER_VERSION)).isEqualTo(8);
        }
        assertThat(storage.operations().subList(before, storage.operations().size()))
                .noneMatch(operation -> operation.path().toString().contains("-mj"));
    }

    @Test
    void aFailureInOneFileRollsAllBack() {
        for (int place = 0; ; place++) {
            SimulatedStorage storage = prepared();
            storage.failAfter(place, 1, "Input/output error");
            boolean completed = setBoth(storage, JournalMode.DELETE);
            storage.failAfter(0, 0, "");
            assertThat(readByVerso(storage))
                    .as("failure at operation %d", place)
                    .isIn("1 1", "2 2");
            if (completed) {
                assertThat(place).isGreaterThan(8);
                return;
            }
        }
    }

    private SimulatedStorage prepared() {
        SimulatedStorage storage = new SimulatedStorage(1);
        for (String name : List.of("a.db", "b.db")) {
            try (FileStore store = open(storage, name);
                    Pager pager = new Pager(store)) {
                pager.session().synchronous(3);
                pager.beginWrite(false);
                RawDatabase.writeStructure(pager, 4);
                BigEndian.put32(pager.edit(1), OtherProcess.USER_VERSION, 1);
                AtomicCommit.commit(List.of(pager), true);
            }
        }
        return storage;
    }

    private boolean setBoth(SimulatedStorage storage, JournalMode mode) {
        List<Pager> pagers = new ArrayList<>();
        try {
            for (String name : List.of("a.db", "b.db")) {
                Pager pager = new Pager(open(storage, name));
                pager.session().journalMode(mode, attempts -> false);
                pager.beginWrite(false);
                BigEndian.put32(pager.edit(1), OtherProcess.USER_VERSION, 2);
                pagers.add(pager);
            }
            AtomicCommit.commit(pagers, true);
            for (Pager pager : pagers) {
                pager.close();
                pager.store().close();
            }
            return true;
        } catch (DatabaseException e) {
            if (!storage.hasStopped()) {
                for (Pager pager : pagers) {
                    assertThat(pager.isWriting()).isFalse();
                    pager.close();
                    pager.store().close();
                }
            }
            return false;
        }
    }

    private FileStore open(SimulatedStorage storage, String name) {
        return FileStore.open(
                directory.resolve(name),
                FileOptions.defaults().withStorage(storage).withPageSize(512));
    }

    private String readByVerso(SimulatedStorage storage) {
        StringBuilder found = new StringBuilder();
        for (String name : List.of("a.db", "b.db")) {
            try (FileStore store = open(storage, name);
                    Pager pager = new Pager(store)) {
                pager.beginRead();
                found.append(found.isEmpty() ? "" : " ")
                        .append(BigEndian.s32(pager.read(1), OtherProcess.USER_VERSION));
            }
        }
        return found.toString();
    }

    private String readBySqlite(SimulatedStorage storage) throws Exception {
        storage.exportTo(directory);
        StringBuilder found = new StringBuilder();
        for (String name : List.of("a.db", "b.db")) {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(name));
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("PRAGMA user_version")) {
                found.append(found.isEmpty() ? "" : " ").append(result.getInt(1));
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        return found.toString();
    }
}
