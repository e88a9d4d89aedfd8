package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import dev.verso.kv.contract.TestStores;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.pager.PageStore;
import dev.verso.pager.Pager;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Pages stored as what changed of them. */
final class PageDeltaTest {
    private static final int PAGE_BYTES = 4096;

    @Test
    void aDeltaTurnsOneImageIntoTheOther() {
        long seed = Long.getLong("verso.seed", 11);
        System.out.println("replay with -Dtest=PageDeltaTest -Dtest.jvm.args=-Dverso.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int deltas = 0;
        for (int round = 0; round < 2_000; round++) {
            byte[] before = new byte[512 << random.nextInt(8)];
            random.nextBytes(before);
            byte[] after = before.clone();
            for (int runs = random.nextInt(6); runs > 0; runs--) {
                int from = random.nextInt(after.length);
                int to = Math.min(after.length, from + 1 + random.nextInt(after.length / 20));
                for (int i = from; i < to; i++) {
                    after[i] = (byte) random.nextInt();
                }
            }
            byte[] delta = PageDelta.between(before, after);
            if (delta != null) {
                deltas++;
                assertThat(delta.length).isLessThanOrEqualTo(before.length / 8);
                byte[] image = before.clone();
                PageDelta.apply(image, delta, 2);
                assertThat(image).isEqualTo(after);
            }
        }
        assertThat(deltas).isGreaterThan(1_000);
    }

    @Test
    void aDamagedDeltaIsNoticed() {
        byte[] before = new byte[PAGE_BYTES];
        byte[] after = before.clone();
        after[100] = 5;
        after[4000] = 7;
        byte[] delta = PageDelta.between(before, after);
        for (int i = 0; i < delta.length; i++) {
            byte[] damaged = delta.clone();
            damaged[i] ^= 0x11;
            assertThatThrownBy(() -> PageDelta.apply(before.clone(), damaged, 2))
                    .as("byte %d", i)
                    .isInstanceOf(DatabaseException.class);
        }
        byte[] other = before.clone();
        other[9] = 1;
        assertThatThrownBy(() -> PageDelta.apply(other, delta, 2)).isInstanceOf(DatabaseException.class);
    }

    @Test
    void manySmallChangesAreReadBackAtEveryVersionAndTakeLittleRoom() {
        KvStore kv = TestStores.open(MemoryKvStore::create);
        Namespaces namespaces = new Namespaces(kv);
        namespaces.create("app");
        int commits = 200;
        long[] versions = new long[commits];
        try (PageStore store = namespaces.open("app");
                Pager pager = new Pager(store)) {
            SplittableRandom random = new SplittableRandom(3);
            pager.beginWrite(false);
            for (int page = 1; page <= 5; page++) {
                pager.pageCount(page);
                random.nextBytes(pager.edit(page));
            }
            commit(pager);
            long bytesBefore = bytesIn(kv);
            for (int i = 0; i < commits; i++) {
                pager.beginWrite(false);
                byte[] image = pager.edit(2);
                image[random.nextInt(PAGE_BYTES)]++;
                image[0] = (byte) i;
                commit(pager);
                versions[i] = namespaces.newestVersion("app");
            }
            assertThat((bytesIn(kv) - bytesBefore) / commits).isLessThan(600);
        }
        for (int i = 0; i < commits; i += 7) {
            try (Pager past = new Pager(namespaces.open(new NamespaceAddress("app", versions[i], null), true))) {
                past.beginRead();
                assertThat(past.read(2)[0]).isEqualTo((byte) i);
            }
        }
    }

    @Test
    void compressedPagesAreReadBackAndSmaller() {
        long[] bytes = new long[2];
        for (int i = 0; i < 2; i++) {
            KvStore kv = TestStores.open(MemoryKvStore::create);
            Namespaces namespaces = new Namespaces(kv);
            namespaces.create("app");
            namespaces.compressed("app", i == 1);
            assertThat(namespaces.compressed("app")).isEqualTo(i == 1);
            try (PageStore store = namespaces.open("app");
                    Pager pager = new Pager(store)) {
                pager.dirtyBytesLimit(100 * PAGE_BYTES);
                for (int pages : new int[] {50, 400}) {
                    pager.beginWrite(false);
                    for (int page = 1; page <= pages; page++) {
                        if (page > pager.pageCount()) {
                            pager.pageCount(page);
                        }
                        byte[] image = pager.edit(page);
                        for (int at = 0; at < PAGE_BYTES; at++) {
                            image[at] = (byte) ("some text of page " + page + pages).charAt(at % 20);
                        }
                        pager.safePoint();
                    }
                    commit(pager);
                }
            }
            try (Pager reader = new Pager(namespaces.open("app"))) {
                reader.beginRead();
                for (int page = 2; page <= 400; page++) {
                    byte[] image = reader.read(page);
                    for (int at = 0; at < PAGE_BYTES; at++) {
                        assertThat(image[at]).isEqualTo((byte) ("some text of page " + page + 400).charAt(at % 20));
                    }
                }
            }
            bytes[i] = bytesIn(kv);
        }
        assertThat(bytes[1]).isLessThan(bytes[0] / 4);
    }

    @Test
    void aDamagedCompressedPageIsNoticed() {
        byte[] image = new byte[PAGE_BYTES];
        byte[] entry = PageEntry.whole(image, true);
        assertThat(entry.length).isLessThan(200);
        assertThat(PageEntry.image(entry, PAGE_BYTES, 2)).isEqualTo(image);
        int noticed = 0;
        for (int i = 0; i < entry.length; i++) {
            byte[] damaged = entry.clone();
            damaged[i] ^= 0x55;
            try {
                // Some bits of the format mean nothing.
                assertThat(PageEntry.image(damaged, PAGE_BYTES, 2)).isEqualTo(image);
            } catch (DatabaseException e) {
                noticed++;
            }
        }
        assertThat(noticed).isGreaterThan(entry.length / 2);
        assertThatThrownBy(() -> PageEntry.image(entry, PAGE_BYTES / 2, 2)).isInstanceOf(DatabaseException.class);
    }

    private static void commit(Pager pager) {
        pager.prepareCommit(null);
        pager.finishCommit();
        pager.endRead();
    }

    private static long bytesIn(KvStore kv) {
        long bytes = 0;
        try (KvTransaction reader = kv.begin()) {
            for (KeyValue pair : reader.getRange(
                            new byte[0], new byte[] {(byte) 0xff}, KvTransaction.UNLIMITED, false, ReadMode.SNAPSHOT)
                    .await()) {
                bytes += pair.key().length + pair.value().length;
            }
        }
        return bytes;
    }
}
