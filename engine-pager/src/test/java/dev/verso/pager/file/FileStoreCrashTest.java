package dev.verso.pager.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.error.DatabaseException;
import dev.verso.pager.JournalMode;
import dev.verso.pager.Pager;
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
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stops a row of transactions before every single operation on the disk, loses what was not synced, and looks: each transaction must be
 * there entirely or not at all, and those acknowledged must be there. Verso recovers one copy, the real SQLite another.
 */
class FileStoreCrashTest {
    private static final Path DATABASE = Path.of("crash.db").toAbsolutePath();
    private static final int PAGE_SIZE = 1024;
    private static final boolean FULL = Boolean.getBoolean("verso.full");
    private static final int TORN_VARIANTS = FULL ? 40 : 2;

    @TempDir
    Path directory;

    /** Contents after each commit, and how many of them were acknowledged before the crash. */
    private static final class History {
        final List<List<byte[]>> committed = new ArrayList<>(List.of(List.of()));
        int acknowledged;
        List<byte[]> inFlight;
    }

    static Stream<Arguments> modes() {
        return Stream.of(JournalMode.DELETE, JournalMode.TRUNCATE, JournalMode.PERSIST)
                .flatMap(mode -> Stream.of(1, 2, 3).map(level -> Arguments.of(mode, level)));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void everyCommitIsAllOrNothingWhereverItStops(JournalMode mode, int synchronous) throws Exception {
        // Unless the end of the journal is synced, power loss may take the last commit back, as a whole.
        boolean endIsDurable = synchronous == 3
                || synchronous == 2 && mode != JournalMode.DELETE
                || synchronous == 1 && mode == JournalMode.PERSIST;
        boolean completed = false;
        int stops = 0;
        for (int stopAfter = 0; !completed; stopAfter++) {
            SimulatedStorage storage = new SimulatedStorage(7);
            History history = new History();
            storage.stopAfter(stopAfter);
            completed = runWorkload(storage, mode, synchronous, history);
            String what = mode + ", synchronous " + synchronous + ", stopped after " + stopAfter + " operations";
            boolean askSqlite = FULL || stopAfter % 5 == synchronous;
            check(storage, Crash.PROCESS_KILLED, 1, history, true, what, askSqlite);
            check(storage, Crash.UNSYNCED_LOST, 1, history, endIsDurable, what, askSqlite);
            for (int seed = 1; seed <= TORN_VARIANTS; seed++) {
                check(storage, Crash.UNSYNCED_TORN, seed, history, endIsDurable, what, askSqlite && seed == 1);
            }
            stops++;
        }
        assertThat(stops).isGreaterThan(40);
    }

    /** Returns false if the storage stopped on the way. */
    private static boolean runWorkload(SimulatedStorage storage, JournalMode mode, int synchronous, History history) {
        Random random = new Random(42);
        try {
            FileOptions options = FileOptions.defaults().withStorage(storage).withPageSize(PAGE_SIZE);
            Pager pager = new Pager(FileStore.open(DATABASE, options));
            pager.session().journalMode(mode, attempts -> false);
            pager.session().synchronous(synchronous);
            commit(pager, history, random, 6, 4, false);
            commit(pager, history, random, 6, 2, false);
            commit(pager, history, random, 40, 30, true);
            rollBackAfterStaging(pager, random);
            commit(pager, history, random, 12, 5, false);
            commit(pager, history, random, 13, 3, true);
            pager.close();
            return true;
        } catch (DatabaseException e) {
            if (!storage.hasStopped()) {
                throw e;
            }
            return false;
        }
    }

    private static void commit(Pager pager, History history, Random random, int pageCount, int edits, boolean staging) {
        pager.beginWrite(false);
        change(pager, random, pageCount, edits, staging);
        history.inFlight = RawDatabase.pages(pager);
        pager.prepareCommit(null);
        pager.finishCommit();
        pager.endRead();
        history.committed.add(history.inFlight);
        history.inFlight = null;
        history.acknowledged = history.committed.size() - 1;
    }

    private static void change(Pager pager, Random random, int pageCount, int edits, boolean staging) {
        pager.dirtyBytesLimit(staging ? 4 * PAGE_SIZE : 1 << 20);
        RawDatabase.writeStructure(pager, pageCount);
        for (int i = 0; i < edits; i++) {
            pager.safePoint();
            RawDatabase.scribble(pager, 3 + random.nextInt(pageCount - 2), random);
        }
    }

    private static void rollBackAfterStaging(Pager pager, Random random) {
        pager.beginWrite(false);
        change(pager, random, 45, 20, true);
        pager.rollback();
        pager.endRead();
    }

    private void check(
            SimulatedStorage storage,
            Crash crash,
            long seed,
            History history,
            boolean durable,
            String what,
            boolean askSqlite)
            throws Exception {
        String where = what + ", " + crash + " with seed " + seed;
        SimulatedStorage after = storage.crashed(crash, seed);
        if (askSqlite) {
            requireOneOf(recoveredBySqlite(after, where), history, durable, where + ", recovered by SQLite");
        }
        requireOneOf(recoveredByVerso(after, where), history, durable, where + ", recovered by Verso");
    }

    private static void requireOneOf(List<byte[]> found, History history, boolean durable, String where) {
        List<List<byte[]>> allowed = new ArrayList<>();
        allowed.add(history.committed.get(history.acknowledged));
        if (history.inFlight != null) {
            allowed.add(history.inFlight);
        }
        if (!durable && history.acknowledged > 0) {
            allowed.add(history.committed.get(history.acknowledged - 1));
        }
        assertThat(allowed.stream().anyMatch(pages -> RawDatabase.equal(pages, found)))
                .as("%s: %d pages found, %d commits acknowledged", where, found.size(), history.acknowledged)
                .isTrue();
    }

    private static List<byte[]> recoveredByVerso(SimulatedStorage storage, String where) {
        FileOptions options = FileOptions.defaults().withStorage(storage).withPageSize(PAGE_SIZE);
        try (FileStore store = FileStore.open(DATABASE, options);
                Pager pager = new Pager(store)) {
            pager.beginRead();
            return RawDatabase.pages(pager);
        } catch (DatabaseException e) {
            throw new AssertionError(where + ": cannot be opened", e);
        }
    }

    private List<byte[]> recoveredBySqlite(SimulatedStorage storage, String where) throws Exception {
        Path copy = Files.createTempDirectory(directory, "crash");
        storage.exportTo(copy);
        Path file = copy.resolve(DATABASE.getFileName());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(result.getString(1)).as(where).isEqualTo("ok");
        }
        byte[] bytes = Files.readAllBytes(file);
        try (Stream<Path> files = Files.list(copy)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        return RawDatabase.pages(bytes, PAGE_SIZE);
    }
}
