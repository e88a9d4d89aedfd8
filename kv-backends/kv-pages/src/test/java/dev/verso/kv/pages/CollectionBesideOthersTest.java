package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvStore;
import dev.verso.kv.contract.TestStores;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.pager.PageStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Garbage is collected again and again, nothing but the newest version being kept, while threads move money between pages and others add
 * it up. A snapshot that is dropped under its reader is an error; a sum is right or does not come about.
 */
final class CollectionBesideOthersTest {
    private static final int THREADS = 4;
    private static final int ACCOUNTS = 12;
    private static final long START = 1_000;
    private static final int TRANSFERS = 150;

    @Test
    void noSumIsEverWrong() throws InterruptedException {
        try (KvStore kv = TestStores.open(MemoryKvStore::create)) {
            Namespaces namespaces = new Namespaces(kv);
            namespaces.create("bank");
            TreeMap<Integer, Long> pages = new TreeMap<>();
            for (int page = 1; page <= 1 + ACCOUNTS; page++) {
                pages.put(page, START);
            }
            PageStore shared = namespaces.open("bank");
            Pages.put(shared, pages);
            AtomicReference<Throwable> failure = new AtomicReference<>();
            AtomicInteger working = new AtomicInteger(THREADS);
            AtomicInteger sums = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                threads.add(start(failure, () -> {
                    try {
                        work(thread % 2 == 0 ? shared : namespaces.open("bank"), thread, sums);
                    } finally {
                        working.decrementAndGet();
                    }
                }));
            }
            threads.add(start(failure, () -> {
                CollectionOptions all =
                        CollectionOptions.DEFAULTS.withMinAge(Duration.ZERO).withBefore(Long.MAX_VALUE);
                while (working.get() > 0) {
                    namespaces.collect("bank", all, report -> {});
                    namespaces.heartbeat();
                }
            }));
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failure.get()).isNull();
            assertThat(sums.get()).isPositive();
            try (Pages reader = new Pages(shared)) {
                reader.begin();
                assertThat(sum(reader)).isEqualTo(ACCOUNTS * START);
                reader.end();
            }
        }
    }

    private static Thread start(AtomicReference<Throwable> failure, Runnable work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (RuntimeException | AssertionError e) {
                failure.compareAndSet(null, e);
            }
        });
        thread.start();
        return thread;
    }

    private static long sum(Pages pages) {
        long sum = 0;
        for (int account = 0; account < ACCOUNTS; account++) {
            sum += pages.read(2 + account);
        }
        return sum;
    }

    private static void work(PageStore store, int thread, AtomicInteger sums) {
        SplittableRandom random = new SplittableRandom(thread);
        try (Pages transaction = new Pages(store)) {
            for (int done = 0; done < TRANSFERS; ) {
                try {
                    transaction.begin();
                    if (random.nextInt(3) == 0) {
                        assertThat(sum(transaction)).isEqualTo(ACCOUNTS * START);
                        sums.incrementAndGet();
                        transaction.end();
                        continue;
                    }
                    int from = 2 + random.nextInt(ACCOUNTS);
                    int to = 2 + random.nextInt(ACCOUNTS);
                    transaction.write(from, transaction.read(from) - 5);
                    transaction.write(to, transaction.read(to) + 5);
                    transaction.commit();
                    done++;
                } catch (DatabaseException e) {
                    assertThat(e.isBusy() || e.code() == ResultCode.ERROR_SNAPSHOT)
                            .as(e.toString())
                            .isTrue();
                    transaction.end();
                }
            }
        }
    }
}
