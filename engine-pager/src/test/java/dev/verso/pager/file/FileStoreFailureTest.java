package dev.verso.pager.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.JournalMode;
import dev.verso.pager.Pager;
import dev.verso.pager.storage.SimulatedStorage;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that is full or broken, at every single operation of a commit. */
class FileStoreFailureTest {
    private static final Path DATABASE = Path.of("failing.db").toAbsolutePath();
    private static final int PAGE_SIZE = 512;

    @ParameterizedTest
    @EnumSource(value = JournalMode.class, names = "WAL", mode = EnumSource.Mode.EXCLUDE)
    void aFullDiskInTheMiddleOfACommitLeavesTheDataAsItWas(JournalMode mode) {
        assertThat(failEverywhere(mode, 1, "No space left on device", ResultCode.FULL))
                .isGreaterThan(2);
    }

    @ParameterizedTest
    @EnumSource(value = JournalMode.class, names = "WAL", mode = EnumSource.Mode.EXCLUDE)
    void aBrokenDiskInTheMiddleOfACommitLeavesTheDataAsItWas(JournalMode mode) {
        assertThat(failEverywhere(mode, 1, "Input/output error", ResultCode.IOERR))
                .isGreaterThan(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = JournalMode.class,
            names = {"DELETE", "TRUNCATE", "PERSIST"})
    void aDiskThatStaysBrokenLeavesAJournalForTheNextOneToRollBack(JournalMode mode) {
        assertThat(failEverywhere(mode, Integer.MAX_VALUE, "Input/output error", ResultCode.IOERR))
                .isGreaterThan(2);
    }

    /** Returns how many places of failure there were. */
    private static int failEverywhere(JournalMode mode, int failures, String message, ResultCode expected) {
        for (int place = 0; ; place++) {
            SimulatedStorage storage = new SimulatedStorage(3);
            FileOptions options = FileOptions.defaults().withStorage(storage).withPageSize(PAGE_SIZE);
            try (FileStore store = FileStore.open(DATABASE, options);
                    Pager pager = new Pager(store)) {
                pager.session().journalMode(mode, attempts -> false);
                pager.session().synchronous(3);
                commit(pager, 6, 1);
                List<byte[]> before = contents(pager);
                storage.failAfter(place, failures, message);
                if (!failsOnce(pager, expected, place)) {
                    return place;
                }
                storage.failAfter(0, 0, "");
                List<byte[]> after = contents(pager);
                if (!RawDatabase.equal(after, before)) {
                    // Only where the journal was gone already and the sync of its end failed: committed, and said so by
                    // an error.
                    assertThat(after)
                            .as("%s, failure at operation %d", mode, place)
                            .hasSize(30);
                }
                commit(pager, 9, 3);
                assertThat(contents(pager)).hasSize(9);
            }
        }
    }

    private static boolean failsOnce(Pager pager, ResultCode expected, int place) {
        try {
            pager.beginWrite(false);
            pager.dirtyBytesLimit(4 * PAGE_SIZE);
            change(pager, 30, 2);
            pager.prepareCommit(null);
            pager.finishCommit();
            pager.endRead();
            return false;
        } catch (DatabaseException e) {
            // SQLite's code for a journal that cannot be created, if it isn't for lack of room, is CANTOPEN.
            boolean creating = e.getMessage().contains("create the rollback journal") && expected == ResultCode.IOERR;
            int code = creating ? ResultCode.CANTOPEN.value() : expected.value();
            assertThat(e.code().primary())
                    .as("failure at operation %d: %s", place, e)
                    .isEqualTo(code);
            assertThat(e.getMessage()).contains("failing.db");
            assertThatThrownBy(() -> pager.edit(1)).isInstanceOf(DatabaseException.class);
            assertThatThrownBy(() -> pager.prepareCommit(null)).isInstanceOf(DatabaseException.class);
        }
        try {
            pager.rollback();
        } catch (DatabaseException e) {
            assertThatThrownBy(() -> pager.read(1)).isInstanceOf(DatabaseException.class);
        }
        pager.endRead();
        return true;
    }

    private static void commit(Pager pager, int pages, long seed) {
        pager.beginWrite(false);
        change(pager, pages, seed);
        pager.prepareCommit(null);
        pager.finishCommit();
        pager.endRead();
    }

    private static void change(Pager pager, int pages, long seed) {
        Random random = new Random(seed);
        RawDatabase.writeStructure(pager, pages);
        for (int page = 3; page <= pages; page++) {
            pager.safePoint();
            RawDatabase.scribble(pager, page, random);
        }
    }

    private static List<byte[]> contents(Pager pager) {
        pager.beginRead();
        List<byte[]> pages = RawDatabase.pages(pager);
        pager.endRead();
        return pages;
    }
}
