package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.error.DatabaseException;
import dev.verso.kv.KvFeature;
import dev.verso.kv.KvStore;
import dev.verso.kv.contract.TestStores;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.pager.PageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Eight threads, each with its own session: some on one shared store, some on stores of their own, as other processes would be. */
final class ConcurrencyTest {
    private static final int THREADS = 8;
    private static final int ACCOUNTS = 20;
    /** So many transfers are made however long it takes: among them are some that share a version. */
    private static final int MANY = 100;

    private static final long START = 1_000;

    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void together(Work work) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            Thread running = new Thread(() -> {
                try {
                    work.run(thread);
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                }
            });
            running.start();
            threads.add(running);
        }
        for (Thread running : threads) {
            running.join();
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
    }

    static void moveMoney(KvStore kv, String name, long millis) throws InterruptedException {
        Namespaces namespaces = new Namespaces(kv);
        namespaces.create(name);
        PageStore shared = namespaces.open(name);
        TreeMap<Integer, Long> pages = new TreeMap<>();
        pages.put(1, 0L);
        for (int account = 0; account < ACCOUNTS; account++) {
            pages.put(2 + account, START);
        }
        for (int thread = 0; thread < THREADS; thread++) {
            pages.put(2 + ACCOUNTS + thread, 0L);
        }
        Pages.put(shared, pages);
        AtomicInteger transfers = new AtomicInteger();
        AtomicInteger conflicts = new AtomicInteger();
        long end = System.nanoTime() + millis * 1_000_000;
        together(thread -> {
            SplittableRandom random = new SplittableRandom(thread);
            PageStore store = thread % 2 == 0 ? shared : namespaces.open(name);
            long mine = 0;
            try (Pages transaction = new Pages(store)) {
                while (System.nanoTime() < end || transfers.get() <= MANY) {
                    transaction.begin();
                    long sum = 0;
                    if (random.nextInt(10) == 0) {
                        for (int account = 0; account < ACCOUNTS; account++) {
                            sum += transaction.read(2 + account);
                        }
                        transaction.end();
                        assertThat(sum).isEqualTo(ACCOUNTS * START);
                        continue;
                    }
                    int from = 2 + random.nextInt(ACCOUNTS);
                    int to = 2 + random.nextInt(ACCOUNTS);
                    long amount = random.nextInt(50);
                    int counter = 2 + ACCOUNTS + thread;
                    assertThat(transaction.read(counter)).isEqualTo(mine);
                    transaction.write(from, transaction.read(from) - amount);
                    transaction.write(to, transaction.read(to) + amount);
                    transaction.write(counter, mine + 1);
                    try {
                        transaction.commit();
                        mine++;
                        transfers.incrementAndGet();
                    } catch (DatabaseException e) {
                        assertThat(e.isBusy()).as(e.toString()).isTrue();
                        conflicts.incrementAndGet();
                    }
                }
            }
        });
        try (Pages reader = new Pages(namespaces.open(name))) {
            reader.begin();
            long sum = 0;
            for (int account = 0; account < ACCOUNTS; account++) {
                sum += reader.read(2 + account);
            }
            long counted = 0;
            for (int thread = 0; thread < THREADS; thread++) {
                counted += reader.read(2 + ACCOUNTS + thread);
            }
            reader.end();
            assertThat(sum).isEqualTo(ACCOUNTS * START);
            assertThat(counted).isEqualTo(transfers.get());
        }
        System.out.println(
                kv.name() + ": " + transfers + " transfers, " + conflicts + " conflicts in " + millis + " ms");
        List<NamespaceVersion> versions = namespaces.versions(name, 0, 10_000_000);
        // Transfers that commit together have one version.
        assertThat(versions).hasSizeBetween(2, transfers.get() + 1);
        if (kv.supports(KvFeature.SHARED_VERSIONS)) {
            long second =
                    versions.stream().filter(v -> (v.version() & 0xfff) != 0).count();
            assertThat(second).isPositive();
            System.out.println(kv.name() + ": " + second + " commits shared the version of another");
        }
    }

    static long millis() {
        return Boolean.getBoolean("verso.full") ? 60_000 : 1_500;
    }

    @Test
    void moneyIsNeitherMadeNorLostWithUnknownResultsAndDelays() throws InterruptedException {
        try (KvStore kv = MemoryKvStore.builder()
                .name("mem:unknown")
                .seed(7)
                .delayMicros(0, 500)
                .unknownResults(0.2)
                .build()) {
            moveMoney(kv, "bank", millis());
        }
    }

    @Test
    void moneyIsNeitherMadeNorLostWhereCommitsShareVersions() throws InterruptedException {
        try (KvStore kv = MemoryKvStore.builder()
                .name("mem:shared")
                .seed(7)
                .delayMicros(0, 100)
                .sharedVersions(true)
                .build()) {
            moveMoney(kv, "bank", millis());
        }
    }

    @Test
    void counterPagesOfTheirOwnNeverConflict() throws InterruptedException {
        try (KvStore kv = TestStores.open(MemoryKvStore::create)) {
            Namespaces namespaces = new Namespaces(kv);
            namespaces.create("app");
            PageStore store = namespaces.open("app");
            TreeMap<Integer, Long> pages = new TreeMap<>();
            for (int page = 1; page <= 1 + THREADS; page++) {
                pages.put(page, 0L);
            }
            Pages.put(store, pages);
            int rounds = 200;
            together(thread -> {
                try (Pages transaction = new Pages(store)) {
                    for (int i = 0; i < rounds; i++) {
                        transaction.begin();
                        transaction.write(2 + thread, transaction.read(2 + thread) + 1);
                        transaction.commit();
                    }
                }
            });
            try (Pages reader = new Pages(store)) {
                reader.begin();
                for (int thread = 0; thread < THREADS; thread++) {
                    assertThat(reader.read(2 + thread)).isEqualTo(rounds);
                }
                reader.end();
            }
        }
    }
}
