package dev.verso.pager.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.BigEndian;
import dev.verso.pager.Pager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verso and the real SQLite, in other processes, on one file at the same time. */
class FileStoreSharingTest {
    private static final long MILLIS = Boolean.getBoolean("verso.full") ? 60_000 : 2_500;

    @TempDir
    Path directory;

    @Test
    void nothingIsLostWhenProcessesAndThreadsIncrementOneCounter() throws Exception {
        Path file = newDatabase();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (OtherProcess sqlite1 = new OtherProcess(file);
                OtherProcess sqlite2 = new OtherProcess(file);
                OtherProcess verso = new OtherProcess(file)) {
            sqlite1.send("!sqlite " + MILLIS);
            sqlite2.send("!sqlite " + MILLIS);
            verso.send("!verso " + MILLIS);
            List<Future<Integer>> own = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                own.add(threads.submit(() -> OtherProcess.incrementWithVerso(file, MILLIS)));
            }
            int bySqlite = Integer.parseInt(sqlite1.answer()) + Integer.parseInt(sqlite2.answer());
            int byVerso = Integer.parseInt(verso.answer())
                    + own.get(0).get()
                    + own.get(1).get();
            assertThat(bySqlite).as("increments by SQLite").isPositive();
            assertThat(byVerso).as("increments by Verso").isPositive();
            assertThat(sqlite1.tell("PRAGMA user_version")).isEqualTo(String.valueOf(bySqlite + byVerso));
            assertThat(sqlite1.tell("PRAGMA integrity_check")).isEqualTo("ok");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aWriterInAnotherProcessKeepsOurWritersOutAndItsCommitIsSeen() throws Exception {
        Path file = newDatabase();
        try (OtherProcess sqlite = new OtherProcess(file);
                FileStore store = FileStore.open(file, FileOptions.defaults());
                Pager pager = new Pager(store)) {
            pager.beginRead();
            long before = pager.session().dataVersion();
            pager.endRead();
            assertThat(sqlite.tell("BEGIN IMMEDIATE")).isEqualTo("ok");
            assertThat(sqlite.tell("PRAGMA user_version = 77")).isEqualTo("ok");
            assertBusy(() -> pager.beginWrite(false));
            pager.beginRead();
            assertThat(userVersion(pager)).isZero();
            assertThat(sqlite.tell("COMMIT")).contains("SQLITE_BUSY");
            pager.endRead();
            // The writer that waits for us holds PENDING: no new reader comes in before it has committed.
            assertBusy(pager::beginRead);
            assertThat(sqlite.tell("COMMIT")).isEqualTo("ok");
            pager.beginRead();
            assertThat(userVersion(pager)).isEqualTo(77);
            assertThat(pager.session().dataVersion()).isEqualTo(before + 1);
        }
    }

    @Test
    void ourWriterKeepsOthersOutUntilItsEnd() throws Exception {
        Path file = newDatabase();
        try (OtherProcess sqlite = new OtherProcess(file);
                FileStore store = FileStore.open(file, FileOptions.defaults());
                Pager pager = new Pager(store)) {
            sqlite.tell("PRAGMA busy_timeout = 0");
            pager.beginWrite(false);
            setUserVersion(pager, 5);
            assertThat(sqlite.tell("BEGIN IMMEDIATE")).contains("SQLITE_BUSY");
            assertThat(sqlite.tell("PRAGMA user_version")).isEqualTo("0");
            pager.prepareCommit(null);
            assertThat(sqlite.tell("PRAGMA user_version")).contains("SQLITE_BUSY");
            pager.finishCommit();
            assertThat(sqlite.tell("PRAGMA user_version")).isEqualTo("5");
            pager.endRead();
            pager.beginWrite(true);
            assertThat(sqlite.tell("PRAGMA user_version")).contains("SQLITE_BUSY");
            pager.rollback();
            assertThat(sqlite.tell("PRAGMA user_version")).isEqualTo("5");
        }
    }

    @Test
    void closingOneStoreDoesNotDropTheLocksOfAnother() throws Exception {
        Path file = newDatabase();
        try (OtherProcess sqlite = new OtherProcess(file);
                FileStore store = FileStore.open(file, FileOptions.defaults());
                Pager pager = new Pager(store)) {
            sqlite.tell("PRAGMA busy_timeout = 0");
            pager.beginWrite(true);
            FileStore other = FileStore.open(file, FileOptions.defaults());
            Pager otherPager = new Pager(other);
            assertBusy(otherPager::beginRead);
            otherPager.close();
            other.close();
            assertThat(sqlite.tell("PRAGMA user_version")).contains("SQLITE_BUSY");
        }
    }

    @Test
    void sessionsOfOneProcessExcludeEachOtherAsProcessesDo() throws Exception {
        Path file = newDatabase();
        try (FileStore store = FileStore.open(file, FileOptions.defaults());
                Pager writer = new Pager(store);
                Pager reader = new Pager(store)) {
            reader.beginRead();
            writer.beginWrite(false);
            assertBusy(() -> reader.beginWrite(false));
            setUserVersion(writer, 9);
            assertBusy(() -> writer.prepareCommit(null));
            assertThat(userVersion(reader)).isZero();
            reader.endRead();
            writer.prepareCommit(null);
            assertBusy(reader::beginRead);
            writer.finishCommit();
            reader.beginRead();
            assertThat(userVersion(reader)).isEqualTo(9);
            assertThat(reader.version()).isEqualTo(writer.version());
        }
    }

    @Test
    void aRowOfShortReadsLetsWritersInAndLeavesNoLockBehind() throws Exception {
        Path file = newDatabase();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        AtomicBoolean stop = new AtomicBoolean();
        try (OtherProcess sqlite = new OtherProcess(file)) {
            Future<Long> reads = thread.submit(() -> readInARow(file, stop));
            int written = Integer.parseInt(sqlite.tell("!sqlite 1000"));
            assertThat(written).as("commits while reads went on").isPositive();
            assertThat(sqlite.tell("PRAGMA user_version")).isEqualTo(String.valueOf(written));
            stop.set(true);
            assertThat(reads.get()).isPositive();
            sqlite.tell("PRAGMA busy_timeout = 60000");
            assertThat(sqlite.tell("BEGIN EXCLUSIVE")).isEqualTo("ok");
        } finally {
            thread.shutdownNow();
        }
    }

    private static long readInARow(Path file, AtomicBoolean stop) throws Exception {
        long reads = 0;
        int last = 0;
        FileStore store = FileStore.open(file, FileOptions.defaults());
        Pager pager = new Pager(store);
        pager.busyHandler(OtherProcess::waitALittle);
        while (!stop.get()) {
            try {
                pager.beginRead();
            } catch (DatabaseException e) {
                assertThat(e.isBusy()).isTrue();
                continue;
            }
            assertThat(userVersion(pager)).isGreaterThanOrEqualTo(last);
            last = userVersion(pager);
            pager.endRead();
            reads++;
        }
        return reads;
    }

    @Test
    void exclusiveLockingKeepsTheFileBetweenTransactions() throws Exception {
        Path file = newDatabase();
        try (OtherProcess sqlite = new OtherProcess(file);
                FileStore store = FileStore.open(file, FileOptions.defaults());
                Pager pager = new Pager(store)) {
            sqlite.tell("PRAGMA busy_timeout = 0");
            pager.session().exclusiveLocking(true);
            pager.beginWrite(false);
            setUserVersion(pager, 3);
            pager.prepareCommit(null);
            pager.finishCommit();
            pager.endRead();
            assertThat(sqlite.tell("PRAGMA user_version")).contains("SQLITE_BUSY");
            pager.session().exclusiveLocking(false);
            assertThat(sqlite.tell("PRAGMA user_version"))
                    .as("locks go with the next snapshot")
                    .contains("SQLITE_BUSY");
            pager.beginRead();
            pager.endRead();
            assertThat(sqlite.tell("PRAGMA user_version")).isEqualTo("3");
        }
    }

    @Test
    void aJournalLeftByAKilledSqliteIsRolledBack() throws Exception {
        Path file = directory.resolve("killed.db");
        List<byte[]> before;
        try (OtherProcess sqlite = new OtherProcess(file)) {
            sqlite.tell("CREATE TABLE t(a, b)");
            sqlite.tell("WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                    + " INSERT INTO t SELECT i, hex(randomblob(100)) FROM n");
            before = pagesOf(file);
            sqlite.tell("PRAGMA cache_size = 5");
            sqlite.tell("BEGIN");
            assertThat(sqlite.tell("UPDATE t SET b = hex(randomblob(90))")).isEqualTo("ok");
            assertThat(sqlite.tell("DELETE FROM t WHERE a % 3 = 0")).isEqualTo("ok");
            sqlite.kill();
        }
        assertThat(RawDatabase.equal(rawPagesOf(file), before))
                .as("the killed writer had written")
                .isFalse();
        assertThat(file.resolveSibling("killed.db-journal")).exists();
        assertThat(RawDatabase.equal(pagesOf(file), before)).as("rolled back").isTrue();
        assertThat(file.resolveSibling("killed.db-journal")).doesNotExist();
        try (OtherProcess sqlite = new OtherProcess(file)) {
            assertThat(sqlite.tell("PRAGMA integrity_check")).isEqualTo("ok");
        }
    }

    @Test
    void aReadOnlyStoreSaysThatItCannotRollBackAHotJournal() throws Exception {
        Path file = newDatabase();
        try (OtherProcess sqlite = new OtherProcess(file)) {
            sqlite.tell("CREATE TABLE t(a)");
            sqlite.tell("INSERT INTO t VALUES (hex(randomblob(100000)))");
            sqlite.tell("PRAGMA cache_size = 2");
            sqlite.tell("BEGIN");
            sqlite.tell("UPDATE t SET a = hex(randomblob(90000))");
            sqlite.kill();
        }
        try (FileStore store = FileStore.open(file, FileOptions.defaults().withReadOnly(true));
                Pager pager = new Pager(store)) {
            assertThatThrownBy(pager::beginRead)
                    .isInstanceOfSatisfying(
                            DatabaseException.class, e -> assertThat(e.code()).isEqualTo(ResultCode.READONLY_ROLLBACK));
        }
    }

    private Path newDatabase() {
        Path file = directory.resolve("shared.db");
        try (FileStore store = FileStore.open(file, FileOptions.defaults());
                Pager pager = new Pager(store)) {
            pager.beginWrite(false);
            RawDatabase.writeStructure(pager, 4);
            pager.prepareCommit(null);
            pager.finishCommit();
        }
        return file;
    }

    private static List<byte[]> pagesOf(Path file) {
        try (FileStore store = FileStore.open(file, FileOptions.defaults());
                Pager pager = new Pager(store)) {
            pager.beginRead();
            return RawDatabase.pages(pager);
        }
    }

    private static List<byte[]> rawPagesOf(Path file) throws Exception {
        return RawDatabase.pages(java.nio.file.Files.readAllBytes(file), 4096);
    }

    private static int userVersion(Pager pager) {
        return BigEndian.s32(pager.read(1), OtherProcess.USER_VERSION);
    }

    private static void setUserVersion(Pager pager, int value) {
        BigEndian.put32(pager.edit(1), OtherProcess.USER_VERSION, value);
    }

    private static void assertBusy(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(DatabaseException.class, e -> assertThat(e.code())
                .isEqualTo(ResultCode.BUSY));
    }
}
