package dev.verso.jmh;

import dev.verso.error.DatabaseException;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvStores;
import dev.verso.kv.memory.MemoryKvStore;
import dev.verso.pager.PageStore;
import dev.verso.pager.memory.MemoryStore;
import dev.verso.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/** Connections to one database that all do the same thing again and again for a while, each in a thread of its own. */
final class Crowd {
    private static final int ROUND_TRIP_MICROS = 1_000;

    private Crowd() {}

    /** What one connection does; a conflict is counted, and the next thing is done. */
    interface Work {
        void run(Connection connection, SplittableRandom random, int number);
    }

    /**
     * What came of it.
     *
     * @param rate done in a second
     */
    record Result(long done, long conflicts, double rate) {
        /** Of a thousand that were tried, how many met a conflict; 1 at least if any did. */
        long conflictsInThousand() {
            return conflicts == 0 ? 0 : Math.max(1, 1_000 * conflicts / (done + conflicts));
        }
    }

    /** A store by its place in a URL, or {@code memory}: one that is a millisecond away. */
    static KvStore open(String place) {
        int colon = place.indexOf(':');
        return colon < 0
                ? MemoryKvStore.builder()
                        .delayMicros(ROUND_TRIP_MICROS, ROUND_TRIP_MICROS)
                        .build()
                : KvStores.open(place.substring(0, colon), place.substring(colon + 1), Map.of());
    }

    static Connection connect(PageStore store) {
        return new Connection(store, location -> new MemoryStore());
    }

    static Result run(PageStore store, int connections, double seconds, Work work) throws InterruptedException {
        LongAdder done = new LongAdder();
        LongAdder conflicts = new LongAdder();
        CountDownLatch ready = new CountDownLatch(connections);
        CountDownLatch go = new CountDownLatch(1);
        long[] end = new long[1];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                SplittableRandom random = new SplittableRandom(number);
                try (Connection connection = connect(store)) {
                    ready.countDown();
                    go.await();
                    while (System.nanoTime() < end[0]) {
                        try {
                            work.run(connection, random, number);
                            done.increment();
                        } catch (DatabaseException e) {
                            if (!e.isBusy()) {
                                throw e;
                            }
                            conflicts.increment();
                        }
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        ready.await();
        long begin = System.nanoTime();
        end[0] = begin + (long) (seconds * 1e9);
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return new Result(done.sum(), conflicts.sum(), done.sum() / ((System.nanoTime() - begin) / 1e9));
    }

    /** Statements in one transaction, which is undone if one of them fails. */
    static void inTransaction(Connection connection, Runnable statements) {
        connection.execute("BEGIN");
        try {
            statements.run();
            connection.execute("COMMIT");
        } finally {
            if (!connection.session().isAutocommit()) {
                connection.execute("ROLLBACK");
            }
        }
    }
}
