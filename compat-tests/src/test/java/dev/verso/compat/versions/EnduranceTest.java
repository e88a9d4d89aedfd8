package dev.verso.compat.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.local.LocalKvStore;
import dev.verso.kv.pages.CollectionOptions;
import dev.verso.kv.pages.CollectionReport;
import dev.verso.kv.pages.NamespaceAddress;
import dev.verso.kv.pages.Namespaces;
import dev.verso.kv.pages.Retention;
import dev.verso.pager.PageStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writers, transactions over two namespaces, forks, pins, and garbage collection, all at once on a local store for as long as is asked for:
 * {@code mvn test -pl compat-tests -am -Dtest=EnduranceTest -Dtest.jvm.args=-Dverso.endurance=SECONDS}.
 */
@EnabledIfSystemProperty(named = "verso.endurance", matches = "\\d+")
final class EnduranceTest {
    private static final int WRITERS = 6;
    private static final int ACCOUNTS = 200;
    private static final String SUM = "SELECT (SELECT sum(n) FROM main.account) + (SELECT sum(n) FROM b.saved)";
    private static final String STATE =
            "SELECT count(*), sum(n), (SELECT count(*) || '.' || total(length(body)) FROM event) FROM account";

    @TempDir
    Path folder;

    private final long end = System.nanoTime() + Long.getLong("verso.endurance", 0) * 1_000_000_000L;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong conflicts = new AtomicLong();
    private final AtomicLong tooLate = new AtomicLong();
    private final AtomicLong sums = new AtomicLong();
    private final AtomicLong forks = new AtomicLong();
    private final AtomicLong pins = new AtomicLong();
    private final AtomicLong collections = new AtomicLong();
    private final AtomicLong collected = new AtomicLong();
    private Namespaces namespaces;

    private interface Work {
        void run(SplittableRandom random) throws Exception;
    }

    private Thread repeat(String name, long seed, Work work) {
        Thread thread = new Thread(
                () -> {
                    SplittableRandom random = new SplittableRandom(seed);
                    try {
                        while (System.nanoTime() < end && failure.get() == null) {
                            work.run(random);
                        }
                    } catch (Throwable e) {
                        failure.compareAndSet(null, e);
                    }
                },
                name);
        thread.start();
        return thread;
    }

    private Client client(Map<String, PageStore> machine) {
        Client client = new Client(
                machine.computeIfAbsent("a", namespaces::open),
                name -> machine.computeIfAbsent(name, namespaces::open));
        client.run("ATTACH 'b' AS b; PRAGMA busy_timeout = 60000");
        return client;
    }

    @Test
    void nothingIsLostBesideCollectionsForksAndPins() throws Exception {
        try (LocalKvStore kv = LocalKvStore.open(folder.resolve("store"))) {
            namespaces = new Namespaces(kv);
            namespaces.create("a");
            namespaces.create("b");
            List<Map<String, PageStore>> machines = List.of(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < WRITERS + 2; i++) {
                clients.add(client(machines.get(i % 2)));
            }
            Client first = clients.get(0);
            first.run(
                    "CREATE TABLE account(id INTEGER PRIMARY KEY, n); CREATE TABLE b.saved(id INTEGER PRIMARY KEY, n)");
            first.run(
                    "CREATE TABLE event(id INTEGER PRIMARY KEY, writer, body); CREATE INDEX writers ON event(writer, id)");
            first.run("INSERT INTO account SELECT value, 100 FROM generate_series(1, " + ACCOUNTS + ")");
            first.run("INSERT INTO b.saved SELECT value, 100 FROM generate_series(1, " + ACCOUNTS + ")");
            for (String name : new String[] {"a", "b"}) {
                namespaces.retention(name, new Retention(null, 40));
            }
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                threads.add(repeat("writer " + i, i, random -> write(clients.get(writer), writer, random)));
            }
            threads.add(repeat("reader", 100, random -> read(clients.get(WRITERS))));
            threads.add(repeat("forker", 101, this::fork));
            threads.add(repeat("pinner", 102, random -> pin()));
            threads.add(repeat("collector", 103, random -> collect()));
            threads.add(repeat("changer", 105, random -> changeSchema(clients.get(WRITERS + 1), random)));
            threads.add(repeat("heartbeat", 104, random -> {
                namespaces.heartbeat();
                Thread.sleep(500);
            }));
            for (Thread thread : threads) {
                thread.join();
            }
            System.out.printf(
                    "%d commits, %d conflicts, %d sums, %d forks, %d pins, %d collections of %d entries, %d too late%n",
                    commits.get(),
                    conflicts.get(),
                    sums.get(),
                    forks.get(),
                    pins.get(),
                    collections.get(),
                    collected.get(),
                    tooLate.get());
            if (failure.get() != null) {
                throw new AssertionError(failure.get());
            }
            assertThat(first.query(SUM)).isEqualTo(2 * ACCOUNTS * 100 + "\n");
            assertThat(first.query("PRAGMA main.integrity_check")).isEqualTo("ok\n");
            assertThat(first.query("PRAGMA b.integrity_check")).isEqualTo("ok\n");
            for (String name : namespaces.list()) {
                namespaces.collect(
                        name,
                        CollectionOptions.DEFAULTS.withMinAge(Duration.ZERO).withBefore(Long.MAX_VALUE),
                        report -> {});
            }
            namespaces.emptyTrash();
            assertThat(first.query("PRAGMA main.integrity_check")).isEqualTo("ok\n");
            assertLittleIsLeft(kv, first);
            clients.forEach(Client::close);
        }
    }

    /** One version of each namespace is kept now: a page has one entry, or one whole image and its deltas. */
    private static void assertLittleIsLeft(LocalKvStore kv, Client client) {
        Map<Character, Integer> keys = new TreeMap<>();
        byte[] first = "V1n".getBytes(StandardCharsets.US_ASCII);
        byte[] last = "V1o".getBytes(StandardCharsets.US_ASCII);
        try (KvTransaction reader = kv.begin()) {
            for (KeyValue pair : reader.getRange(first, last, KvTransaction.UNLIMITED, false, ReadMode.SNAPSHOT)
                    .await()) {
                keys.merge((char) pair.key()[first.length + Versionstamp.BYTES], 1, Integer::sum);
            }
        }
        System.out.println("keys left: " + keys);
        int pages = Integer.parseInt(client.query("PRAGMA main.page_count").trim())
                + Integer.parseInt(client.query("PRAGMA b.page_count").trim());
        // A page that a transaction staged and that was cut off again stays; so do a few of those that came after the
        // collection had begun.
        assertThat(keys.get('p')).isBetween(pages, pages + 50);
        assertThat(keys.getOrDefault('l', 0)).isLessThan(10);
        assertThat(keys.getOrDefault('b', 0)).isZero();
    }

    private void write(Client client, int writer, SplittableRandom random) {
        int account = 1 + (int) Math.pow(ACCOUNTS, random.nextDouble());
        int other = 1 + random.nextInt(ACCOUNTS);
        int amount = random.nextInt(10);
        try {
            switch (random.nextInt(10)) {
                case 0, 1 ->
                    client.run("INSERT INTO event(writer, body) VALUES (" + writer + ", hex(zeroblob("
                            + random.nextInt(300) + ")))");
                case 2 ->
                    client.run("DELETE FROM event WHERE id IN (SELECT id FROM event WHERE writer = " + writer
                            + " ORDER BY id LIMIT 3)");
                case 3 ->
                    client.run("UPDATE event SET body = zeroblob(" + random.nextInt(20_000)
                            + ") WHERE id = (SELECT max(id) FROM event WHERE writer = " + writer + ")");
                case 4 ->
                    together(client, () -> {
                        client.run("UPDATE account SET n = n - " + amount + " WHERE id = " + account);
                        client.run("UPDATE account SET n = n + " + amount + " WHERE id = " + other);
                    });
                case 5, 6 ->
                    together(client, () -> {
                        client.run("UPDATE account SET n = n - " + amount + " WHERE id = " + account);
                        client.run("UPDATE b.saved SET n = n + " + amount + " WHERE id = " + other);
                        if (random.nextInt(20) == 0) {
                            client.run("SAVEPOINT s; DELETE FROM b.saved; ROLLBACK TO s; RELEASE s");
                        }
                    });
                case 7 -> {
                    if (random.nextInt(10) == 0) {
                        together(client, () -> {
                            // One is staged, the other is not.
                            int rows = 1_500 + random.nextInt(2) * 1_500;
                            client.run("INSERT INTO event(writer, body) SELECT " + writer
                                    + ", zeroblob(4000) FROM generate_series(1, " + rows + ")");
                            client.run("DELETE FROM event WHERE writer = " + writer + " AND length(body) = 4000");
                        });
                    }
                }
                default -> client.run("UPDATE account SET n = n + 0, id = id WHERE id = " + account);
            }
            commits.incrementAndGet();
        } catch (DatabaseException e) {
            tolerate(client, e);
        }
    }

    private void together(Client client, Runnable work) {
        client.run("BEGIN");
        try {
            work.run();
            client.run("COMMIT");
        } catch (DatabaseException e) {
            if (e.code() != ResultCode.BUSY_SNAPSHOT) {
                throw e;
            }
            conflicts.incrementAndGet();
        } finally {
            if (!client.connection().session().isAutocommit()) {
                client.run("ROLLBACK");
            }
        }
    }

    /** The snapshot of a statement that took very long may have been collected, as the collection here waits for seconds only. */
    private void tolerate(Client client, DatabaseException e) {
        if (e.code() != ResultCode.ERROR_SNAPSHOT) {
            throw e;
        }
        tooLate.incrementAndGet();
        if (!client.connection().session().isAutocommit()) {
            client.run("ROLLBACK");
        }
    }

    private void changeSchema(Client client, SplittableRandom random) throws InterruptedException {
        try {
            client.run("CREATE TABLE made(x)");
            client.run(
                    "INSERT INTO made SELECT hex(zeroblob(50)) FROM generate_series(1, " + random.nextInt(200) + ")");
            client.run("CREATE INDEX made_x ON made(x)");
            if (random.nextInt(5) == 0) {
                client.run("CREATE INDEX bodies ON event(length(body))");
                client.run("DROP INDEX bodies");
            }
            Thread.sleep(random.nextInt(500));
            client.run("DROP TABLE made");
        } catch (DatabaseException e) {
            if (e.code() != ResultCode.ERROR_SNAPSHOT) {
                throw e;
            }
            tooLate.incrementAndGet();
            client.run("DROP TABLE IF EXISTS made; DROP INDEX IF EXISTS bodies");
        }
    }

    private void read(Client client) {
        try {
            assertThat(client.query(SUM)).isEqualTo(2 * ACCOUNTS * 100 + "\n");
            assertThat(client.query("SELECT count(*) FROM event NOT INDEXED")).isNotEqualTo("");
            sums.incrementAndGet();
        } catch (DatabaseException e) {
            tolerate(client, e);
        }
    }

    private String state(String address) {
        try (Client client = new Client(namespaces.open(NamespaceAddress.parse(address), true))) {
            return client.query(STATE);
        }
    }

    private void fork(SplittableRandom random) throws InterruptedException {
        long version = namespaces.newestVersion("a");
        String name = "fork" + forks.get();
        namespaces.fork(NamespaceAddress.parse("a@" + version), name);
        String before = state("a@" + version);
        assertThat(state(name)).isEqualTo(before);
        try (Client client = new Client(namespaces.open(name))) {
            client.run("UPDATE account SET n = n + 1");
            client.run("DELETE FROM event WHERE id % 2");
            String after = client.query(STATE);
            namespaces.fork(NamespaceAddress.parse(name), name + "x");
            Thread.sleep(random.nextInt(3_000));
            assertThat(client.query(STATE)).isEqualTo(after);
            assertThat(state(name + "x")).isEqualTo(after);
            assertThat(client.query("PRAGMA integrity_check")).isEqualTo("ok\n");
        }
        assertThat(state("a@" + version)).isEqualTo(before);
        namespaces.delete(name + "x");
        namespaces.delete(name);
        namespaces.emptyTrash();
        forks.incrementAndGet();
    }

    private void pin() throws InterruptedException {
        long version = namespaces.pin(NamespaceAddress.parse("a"), "kept");
        String before = state("a@" + version);
        Thread.sleep(4_000);
        assertThat(state("a@" + version)).isEqualTo(before);
        namespaces.unpin("a", version);
        pins.incrementAndGet();
    }

    private void collect() throws InterruptedException {
        for (String name : namespaces.list()) {
            try {
                CollectionReport report = namespaces.collect(
                        name, CollectionOptions.DEFAULTS.withMinAge(Duration.ofSeconds(5)), each -> {});
                collections.incrementAndGet();
                collected.addAndGet(report.entries());
            } catch (DatabaseException e) {
                // A fork that has been deleted meanwhile.
                if (!name.startsWith("fork") || e.code() != ResultCode.CANTOPEN) {
                    throw e;
                }
            }
        }
        Thread.sleep(200);
    }
}
