package dev.verso.pager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.file.FileOptions;
import dev.verso.pager.file.FileStore;
import dev.verso.pager.memory.MemoryStore;
import dev.verso.pager.storage.SimulatedStorage;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PagerReadTest {
    private static final int PAGES = 100;
    private static final int READS = 200_000;

    @Test
    void readingACachedPageAllocatesNothing() {
        try (PageStore store = fileStore();
                Pager pager = filled(store)) {
            pager.beginRead();
            readAll(pager, READS);
            long misses = pager.storeReads();
            assertThat(allocatedBytes(pager)).isLessThan(READS / 10);
            assertThat(pager.storeReads()).isEqualTo(misses);
            assertThat(pager.cacheHits()).isGreaterThan(2 * READS - 2 * PAGES);
        }
    }

    @Test
    void readingOwnPagesAndPagesOfAMemoryStoreAllocatesNothing() {
        try (PageStore store = new MemoryStore();
                Pager pager = filled(store)) {
            pager.beginWrite(false);
            for (int page = 1; page <= PAGES; page += 2) {
                pager.edit(page);
            }
            readAll(pager, READS);
            assertThat(allocatedBytes(pager)).isLessThan(READS / 10);
        }
    }

    @Test
    void prefetchedPagesNeedNoMoreReads() {
        try (PageStore store = fileStore();
                Pager pager = filled(store)) {
            store.cache().clear();
            pager.beginRead();
            int[] wanted = {10, 11, 12, 13, 40, 41, 7};
            pager.prefetch(wanted, wanted.length);
            long reads = pager.storeReads();
            assertThat(reads).isEqualTo(wanted.length);
            for (int page : wanted) {
                assertThat(pager.read(page)[500]).isEqualTo((byte) page);
            }
            pager.prefetch(wanted, wanted.length);
            assertThat(pager.storeReads()).isEqualTo(reads);
        }
    }

    @Test
    void pagesOutsideTheDatabaseAreCorruptAndPagesWithoutASnapshotAreMisuse() {
        try (PageStore store = new MemoryStore("here");
                Pager pager = filled(store)) {
            assertCode(() -> pager.read(1), ResultCode.MISUSE);
            pager.beginRead();
            assertCode(() -> pager.read(0), ResultCode.CORRUPT);
            assertCode(() -> pager.read(-1), ResultCode.CORRUPT);
            assertCode(() -> pager.read(PAGES + 1), ResultCode.CORRUPT);
            assertCode(() -> pager.edit(1), ResultCode.MISUSE);
        }
    }

    @Test
    void aReaderOfAMemoryStoreKeepsItsSnapshotAndCannotWriteAfterOthersDid() {
        try (PageStore store = new MemoryStore();
                Pager writer = filled(store);
                Pager reader = new Pager(store)) {
            reader.beginRead();
            long version = reader.session().dataVersion();
            writer.beginWrite(false);
            assertCode(() -> reader.beginWrite(false), ResultCode.BUSY);
            writer.edit(5)[500] = 77;
            writer.prepareCommit(null);
            writer.finishCommit();
            assertThat(reader.read(5)[500]).isEqualTo((byte) 5);
            assertCode(() -> reader.beginWrite(false), ResultCode.BUSY_SNAPSHOT);
            reader.endRead();
            reader.beginRead();
            assertThat(reader.read(5)[500]).isEqualTo((byte) 77);
            assertThat(reader.session().dataVersion()).isEqualTo(version + 1);
        }
    }

    private static void assertCode(org.assertj.core.api.ThrowableAssert.ThrowingCallable work, ResultCode code) {
        assertThatThrownBy(work).isInstanceOfSatisfying(DatabaseException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private static PageStore fileStore() {
        return FileStore.open(Path.of("read.db"), FileOptions.defaults().withStorage(new SimulatedStorage(1)));
    }

    private static Pager filled(PageStore store) {
        Pager pager = new Pager(store);
        pager.beginWrite(false);
        pager.pageCount(PAGES);
        for (int page = 1; page <= PAGES; page++) {
            pager.editNew(page)[500] = (byte) page;
        }
        byte[] start = "SQLite format 3\0\20\0\1\1\0\100\40\40".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(start, 0, pager.edit(1), 0, start.length);
        pager.prepareCommit(null);
        pager.finishCommit();
        pager.endRead();
        return pager;
    }

    private static long allocatedBytes(Pager pager) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        readAll(pager, READS);
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    private static long readAll(Pager pager, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += pager.read(1 + i % PAGES)[500];
        }
        return sum;
    }
}
