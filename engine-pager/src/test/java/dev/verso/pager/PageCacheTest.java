package dev.verso.pager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PageCacheTest {
    private static final int PAGE_SIZE = 1024;

    @Test
    void anImageIsValidFromItsVersionToTheOneBeforeItsReplacement() {
        PageCache cache = new PageCache();
        byte[] old = page(1);
        byte[] replacement = page(2);
        cache.put(7, 10, old);
        cache.advance(10, 11, new int[] {8}, null);
        cache.advance(11, 12, new int[] {7}, new byte[][] {replacement});
        assertThat(cache.get(7, 9)).isNull();
        assertThat(cache.get(7, 10)).isSameAs(old);
        assertThat(cache.get(7, 11)).isSameAs(old);
        assertThat(cache.get(7, 12)).isSameAs(replacement);
    }

    @Test
    void anImageReadAtAnOldVersionIsNotTakenForNewer() {
        PageCache cache = new PageCache();
        cache.put(1, 20, page(1));
        byte[] older = page(2);
        cache.put(2, 15, older);
        assertThat(cache.get(2, 15)).isSameAs(older);
        assertThat(cache.get(2, 16)).isNull();
        assertThat(cache.get(2, 20)).isNull();
    }

    @Test
    void aVersionThatTheCacheWasNotToldOfEmptiesIt() {
        PageCache cache = new PageCache();
        cache.put(1, 5, page(1));
        cache.observe(6);
        assertThat(cache.get(1, 6)).isNull();
        cache.put(1, 6, page(2));
        cache.advance(8, 9, new int[] {3}, null);
        assertThat(cache.get(1, 9)).isNull();
        cache.advance(2, 3, new int[] {1}, null);
        assertThat(cache.newestVersion()).isEqualTo(9);
    }

    @Test
    void aCacheOfTheNewestOnlyDropsWhatWasReplaced() {
        PageCache cache = PageCache.newestOnly();
        cache.put(1, 5, page(1));
        long held = cache.heldBytes();
        for (int version = 5; version < 100; version++) {
            cache.advance(version, version + 1, new int[] {1}, new byte[][] {page(version)});
        }
        assertThat(cache.heldBytes()).isEqualTo(held);
        assertThat(cache.get(1, 5)).isNull();
        assertThat(cache.get(1, 100)).isNotNull();
    }

    @Test
    void theBoundHoldsWhateverIsPut() {
        PageCache cache = new PageCache();
        cache.capacityBytes(100 * PAGE_SIZE);
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            int page = 1 + random.nextInt(1000);
            if (cache.get(page, 1) == null) {
                cache.put(page, 1, page(page));
            }
            assertThat(cache.heldBytes()).isLessThanOrEqualTo(100 * PAGE_SIZE);
        }
        assertThat(cache.heldBytes()).isGreaterThan(90 * PAGE_SIZE);
        cache.capacityBytes(0);
        assertThat(cache.heldBytes()).isZero();
    }

    @Test
    void aScanDoesNotPushOutWhatIsReadOften() {
        PageCache cache = new PageCache();
        cache.capacityBytes(200 * (PAGE_SIZE + 64));
        for (int round = 0; round < 10; round++) {
            for (int page = 1; page <= 50; page++) {
                touch(cache, page);
            }
        }
        for (int page = 1000; page < 11_000; page++) {
            touch(cache, page);
        }
        int kept = 0;
        for (int page = 1; page <= 50; page++) {
            kept += cache.contains(page, 1) ? 1 : 0;
        }
        assertThat(kept).isEqualTo(50);
    }

    @Test
    void hitsOnSkewedReadsAreAsGoodAsLeastRecentlyUsedWouldBe() {
        PageCache cache = new PageCache();
        cache.capacityBytes(100 * (PAGE_SIZE + 64));
        java.util.LinkedHashMap<Integer, Boolean> lru = new java.util.LinkedHashMap<>(16, 0.75f, true);
        Random random = new Random(4);
        int hits = 0;
        int lruHits = 0;
        for (int i = 0; i < 100_000; i++) {
            int page = 1 + (int) (1000 * Math.pow(random.nextDouble(), 3));
            hits += touch(cache, page) ? 1 : 0;
            lruHits += lru.put(page, true) != null ? 1 : 0;
            if (lru.size() > 100) {
                lru.remove(lru.keySet().iterator().next());
            }
        }
        assertThat(hits).isGreaterThan(lruHits);
    }

    @Test
    void readersNeverSeeAnImageOfAnotherVersion() throws Exception {
        PageCache cache = new PageCache();
        cache.capacityBytes(300 * PAGE_SIZE);
        cache.observe(1);
        AtomicLong newest = new AtomicLong(1);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<?>[] readers = new Future<?>[2];
            for (int i = 0; i < readers.length; i++) {
                int seed = i;
                readers[i] = threads.submit(() -> {
                    Random random = new Random(seed);
                    while (newest.get() < 3000) {
                        long version = newest.get();
                        cache.observe(version);
                        for (int n = 0; n < 50; n++) {
                            int page = 1 + random.nextInt(500);
                            byte[] image = cache.get(page, version);
                            long expected = lastChange(page, version);
                            if (image == null) {
                                cache.put(page, version, stamped(page, expected));
                            } else {
                                assertThat(BigEndian.s64(image, 0)).isEqualTo(expected);
                                assertThat(BigEndian.s32(image, 8)).isEqualTo(page);
                            }
                        }
                    }
                });
            }
            Random random = new Random(99);
            for (long version = 2; version <= 3000; version++) {
                int page = changedBy(version);
                byte[][] images = random.nextBoolean() ? new byte[][] {stamped(page, version)} : null;
                cache.advance(version - 1, version, new int[] {page}, images);
                newest.set(version);
            }
            for (Future<?> reader : readers) {
                reader.get(5, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Each version changes one page; which, follows from its number. */
    private static int changedBy(long version) {
        return 1 + (int) (version * 7919 % 500);
    }

    private static long lastChange(int page, long version) {
        for (long v = version; v > 1; v--) {
            if (changedBy(v) == page) {
                return v;
            }
        }
        return 1;
    }

    private static byte[] stamped(int page, long version) {
        byte[] image = new byte[PAGE_SIZE];
        BigEndian.put64(image, 0, version);
        BigEndian.put32(image, 8, page);
        return image;
    }

    private static boolean touch(PageCache cache, int page) {
        if (cache.get(page, 1) != null) {
            return true;
        }
        cache.put(page, 1, page(page));
        return false;
    }

    private static byte[] page(int content) {
        byte[] image = new byte[PAGE_SIZE];
        BigEndian.put32(image, 0, content);
        return image;
    }
}
