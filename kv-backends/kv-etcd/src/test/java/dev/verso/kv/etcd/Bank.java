package dev.verso.kv.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.kv.KeyValue;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.ReadMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Clients, each with a store of its own as other processes would have, move money between accounts and count how often they did. */
final class Bank {
    private static final int THREADS = 4;
    private static final int ACCOUNTS = 10;
    private static final int START = 1_000;

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger transfers = new AtomicInteger();
    private final AtomicInteger conflicts = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private static int number(byte[] value) {
        return value == null ? 0 : Integer.parseInt(new String(value, StandardCharsets.UTF_8));
    }

    private static byte[] account(int number) {
        return key("account/%02d".formatted(number));
    }

    private static void set(KvTransaction transaction, byte[] key, int number) {
        transaction.set(key, key(Integer.toString(number)));
    }

    /** A client: moves money until it is stopped, and counts in the store and here how often. */
    private final class Client extends Thread {
        private final String location;
        private final byte[] counter;
        private final SplittableRandom random;
        private final AtomicInteger done = new AtomicInteger();

        private Client(String location, int number) {
            this.location = location;
            counter = key("counter/" + number);
            random = new SplittableRandom(number);
        }

        @Override
        public void run() {
            try (EtcdStore store = EtcdStore.open(location, 60_000)) {
                while (!stopped.get()) {
                    move(store);
                }
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            }
        }

        private void move(EtcdStore store) {
            try (KvTransaction transaction = store.begin()) {
                byte[] from = account(random.nextInt(ACCOUNTS));
                byte[] to = account(random.nextInt(ACCOUNTS));
                int amount = random.nextInt(100);
                Pending<byte[]> counted = transaction.get(counter, ReadMode.SERIALIZABLE);
                Pending<byte[]> source = transaction.get(from, ReadMode.SERIALIZABLE);
                int count = number(counted.await());
                assertThat(count).isEqualTo(done.get());
                set(transaction, counter, count + 1);
                set(transaction, from, number(source.await()) - amount);
                byte[] target = transaction.get(to, ReadMode.SERIALIZABLE).await();
                set(transaction, to, number(target) + amount);
                transaction.commit().await();
                done.incrementAndGet();
                transfers.incrementAndGet();
            } catch (KvException e) {
                note(e);
                if (e.failure() == KvFailure.UNKNOWN_RESULT) {
                    settle(store);
                }
            }
        }

        /** The next that writes the counter stands in the way of a commit that may still be on its way. */
        private void settle(EtcdStore store) {
            while (true) {
                try (KvTransaction transaction = store.begin()) {
                    int count = number(
                            transaction.get(counter, ReadMode.SERIALIZABLE).await());
                    set(transaction, counter, count);
                    transaction.commit().await();
                    if (count > done.get()) {
                        done.incrementAndGet();
                        transfers.incrementAndGet();
                    }
                    return;
                } catch (KvException e) {
                    note(e);
                }
            }
        }

        private void note(KvException e) {
            switch (e.failure()) {
                case CONFLICT, TOO_OLD, FUTURE_VERSION -> conflicts.incrementAndGet();
                case UNAVAILABLE, TIMED_OUT, UNKNOWN_RESULT -> refusals.incrementAndGet();
                case TOO_LARGE, FULL, INTERRUPTED, CLOSED, OWNED, DAMAGED -> throw e;
            }
        }
    }

    /** Waits until so many more have gone through. */
    void awaitTransfers(int more) throws InterruptedException {
        int goal = transfers.get() + more;
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (transfers.get() < goal && failure.get() == null) {
            assertThat(System.nanoTime()).as("no transfers any more").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private final List<Client> clients = new ArrayList<>();

    /** Fills the accounts. */
    Bank(EtcdStore store) {
        KvTransaction fill = store.begin();
        for (int i = 0; i < ACCOUNTS; i++) {
            set(fill, account(i), START);
        }
        fill.commit().await();
    }

    /** Begins to move money. */
    void open(String location) {
        for (int i = 0; i < THREADS; i++) {
            Client client = new Client(location, i);
            client.start();
            clients.add(client);
        }
    }

    /** Ends it. */
    void close() throws InterruptedException {
        stopped.set(true);
        for (Client client : clients) {
            client.join();
        }
        assertThat(failure.get()).isNull();
    }

    /** Nothing is lost and nothing was done twice. */
    void check(EtcdStore store) {
        try (KvTransaction reader = store.begin()) {
            int sum = 0;
            for (KeyValue each : reader.getRange(key("account/"), key("account0"), 0, false, ReadMode.SNAPSHOT)
                    .await()) {
                sum += number(each.value());
            }
            int counted = 0;
            for (Client client : clients) {
                counted += number(reader.get(client.counter, ReadMode.SNAPSHOT).await());
            }
            System.out.println(store.name() + ": " + transfers + " transfers, " + conflicts + " conflicts, " + refusals
                    + " refusals");
            assertThat(sum).isEqualTo(ACCOUNTS * START);
            assertThat(counted).isEqualTo(transfers.get());
        }
    }
}
