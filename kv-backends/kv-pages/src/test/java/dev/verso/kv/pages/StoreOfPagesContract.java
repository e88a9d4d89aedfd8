package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.kv.KvStore;
import dev.verso.pager.BigEndian;
import dev.verso.pager.PageStore;
import dev.verso.pager.Pager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What versioned pages promise on every key-value store: one subclass a backend. Databases have names of their own and are deleted. */
abstract class StoreOfPagesContract {
    private static final int LARGE_PAGES = 24_000;

    @TempDir
    private Path directory;

    private final String name = "contract-" + UUID.randomUUID();
    private KvStore kv;
    private Namespaces namespaces;

    /** Opens the store; aborts the test, by name, if there is none. */
    abstract KvStore open(Path newDirectory);

    /** How long money is moved. */
    long millis() {
        return ConcurrencyTest.millis();
    }

    @BeforeEach
    void openStore() {
        kv = open(directory.resolve("store"));
        namespaces = new Namespaces(kv);
    }

    @AfterEach
    void deleteDatabase() {
        if (kv != null) {
            if (namespaces.exists(name)) {
                namespaces.delete(name);
            }
            kv.close();
        }
    }

    private long read(String address, int page) {
        try (PageStore store = namespaces.open(NamespaceAddress.parse(address), true);
                Pages reader = new Pages(store)) {
            long number = reader.begin().read(page);
            reader.end();
            return number;
        }
    }

    @Test
    void moneyIsNeitherMadeNorLost() throws Exception {
        ConcurrencyTest.moveMoney(kv, name, millis());
    }

    @Test
    void aFileComesOutAsItWentIn() throws Exception {
        Path file = FileTransferTest.makeFile(directory, "in.sqlite", 4096, 3_000, "PRAGMA user_version=7");
        FileTransferTest.checkRoundTrip(kv, name, directory, file);
    }

    @Test
    void aKilledExportGoesOnWithTheVersionThatItHadBegun() throws Exception {
        FileTransferTest.checkKilledExport(kv, name, Files.createDirectory(directory.resolve("export")));
    }

    @Test
    void aTransactionLargerThanTheStoresOwnIsOneVersion() {
        namespaces.create(name);
        try (PageStore store = namespaces.open(name);
                Pages transaction = new Pages(store)) {
            transaction.begin();
            for (int page = 1; page <= LARGE_PAGES; page++) {
                transaction.writeBlind(page, page);
            }
            transaction.commit();
        }
        assertThat(namespaces.versions(name, 0, 10)).hasSize(1);
        assertThat(read(name, LARGE_PAGES)).isEqualTo(LARGE_PAGES);
        assertThat(read(name, LARGE_PAGES / 2)).isEqualTo(LARGE_PAGES / 2);
    }

    @Test
    void aSnapshotAndAPastVersionStayAsTheyWere() {
        namespaces.create(name);
        try (PageStore store = namespaces.open(name);
                Pages reader = new Pages(store)) {
            long first = Pages.put(store, Map.of(1, 1L, 2, 10L));
            reader.begin();
            Pages.put(store, Map.of(2, 20L));
            assertThat(reader.read(2)).isEqualTo(10);
            reader.end();
            assertThat(reader.begin().read(2)).isEqualTo(20);
            reader.end();
            assertThat(read(name + "@" + first, 2)).isEqualTo(10);
        }
    }

    @Test
    void oneOfTwoThatChangeAPageIsBusy() {
        namespaces.create(name);
        try (PageStore store = namespaces.open(name);
                Pages first = new Pages(store);
                Pages second = new Pages(store)) {
            Pages.put(store, Map.of(1, 1L, 2, 2L, 3, 3L));
            first.begin().write(2, 20);
            second.begin().write(2, 21);
            first.commit();
            assertThatThrownBy(second::commit)
                    .isInstanceOfSatisfying(
                            DatabaseException.class, e -> assertThat(e.isBusy()).isTrue());
            first.begin().write(2, 22);
            second.begin().write(3, 31);
            first.commit();
            second.commit();
        }
        assertThat(read(name, 2)).isEqualTo(22);
        assertThat(read(name, 3)).isEqualTo(31);
    }

    private static void fill(Pager pager, int from, int to, int number) {
        pager.beginWrite(false);
        for (int page = from; page <= to; page++) {
            pager.pageCount(Math.max(page, pager.pageCount()));
            BigEndian.put32(pager.edit(page), 200, number);
            pager.safePoint();
        }
    }

    private static void commit(Pager pager) {
        pager.prepareCommit(null);
        pager.finishCommit();
        pager.endRead();
    }

    /** The pages that it uploads before its commit are nobody's concern, itself included. */
    @Test
    void aStagedTransactionCollidesOnlyWithWhatOthersCommit() {
        namespaces.create(name);
        try (PageStore store = namespaces.open(name)) {
            Pager staged = new Pager(store);
            Pager other = new Pager(namespaces.open(name));
            fill(staged, 1, 50, 1);
            commit(staged);
            staged.dirtyBytesLimit(5 * 4096);
            fill(staged, 2, 30, 2);
            fill(other, 3, 3, 3);
            commit(other);
            staged.prepareCommit(null);
            assertThatThrownBy(staged::finishCommit)
                    .isInstanceOfSatisfying(
                            DatabaseException.class, e -> assertThat(e.isBusy()).isTrue());
            staged.rollback();
            staged.endRead();
            // From here on the store expects others.
            fill(staged, 2, 30, 4);
            fill(other, 31, 31, 5);
            commit(other);
            commit(staged);
            other.beginWrite(false);
            BigEndian.put32(other.edit(20), 200, 6);
            fill(staged, 2, 19, 7);
            commit(other);
            staged.rollback();
            staged.endRead();
            staged.beginRead();
            assertThat(BigEndian.s32(staged.read(3), 200)).isEqualTo(4);
            assertThat(BigEndian.s32(staged.read(20), 200)).isEqualTo(6);
            assertThat(BigEndian.s32(staged.read(31), 200)).isEqualTo(5);
            staged.close();
            other.close();
        }
    }

    @Test
    void aNameThatIsGivenAgainIsAnotherDatabase() {
        namespaces.create(name);
        try (PageStore store = namespaces.open(name)) {
            Pages.put(store, Map.of(1, 1L));
            String before = namespaces.locate(NamespaceAddress.parse(name)).identity();
            assertThat(namespaces.locate(NamespaceAddress.parse(name)).identity())
                    .isEqualTo(before);
            namespaces.delete(name);
            namespaces.create(name);
            assertThat(namespaces.locate(NamespaceAddress.parse(name)).identity())
                    .isNotEqualTo(before);
            assertThatThrownBy(() -> Pages.put(store, Map.of(1, 2L))).isInstanceOf(DatabaseException.class);
        }
        try (PageStore store = namespaces.open(name)) {
            Pages.put(store, Map.of(1, 5L));
        }
        assertThat(read(name, 1)).isEqualTo(5);
    }

    private long put(int page, long number) {
        try (PageStore store = namespaces.open(name)) {
            return Pages.put(store, Map.of(page, number));
        }
    }

    @Test
    void historyIsForkedRolledBackLockedAndCollected() {
        namespaces.create(name);
        put(1, 1);
        long second = put(2, 20);
        for (int i = 1; i <= 700; i++) {
            put(2, 20 + i);
        }
        long last = put(3, 30);
        String fork = name + "-fork";
        namespaces.fork(NamespaceAddress.parse(name + "@" + second), fork);
        try {
            assertThat(read(fork, 2)).isEqualTo(20);
            assertThatThrownBy(() -> namespaces.delete(name)).hasMessageContaining(fork);
            CollectionReport report = namespaces.collect(
                    name, CollectionOptions.DEFAULTS.withBefore(Long.MAX_VALUE).withMinAge(Duration.ZERO), so -> {});
            assertThat(report.oldest()).isEqualTo(last);
            assertThat(report.versions()).isGreaterThanOrEqualTo(701);
            assertThat(read(fork, 2)).isEqualTo(20);
            assertThat(read(name, 2)).isEqualTo(720);
            assertThat(read(name + "@" + second, 2)).isEqualTo(20);
            assertThatThrownBy(() -> read(name + "@" + (last - 1), 2)).hasMessageContaining("no longer kept");
            put(2, 1);
            namespaces.rollBack(name, last);
            assertThat(read(name, 2)).isEqualTo(720);
            namespaces.lock(name, "me", Duration.ofHours(1));
            assertThatThrownBy(() -> put(2, 2)).hasMessageContaining("locked by 'me'");
            namespaces.unlock(name, "me", false);
        } finally {
            namespaces.delete(fork);
        }
        put(2, 3);
        assertThat(read(name, 2)).isEqualTo(3);
    }
}
