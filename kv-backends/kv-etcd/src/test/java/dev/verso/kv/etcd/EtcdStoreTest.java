package dev.verso.kv.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.kv.AtomicOp;
import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvStores;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.Watch;
import dev.verso.kv.contract.EtcdMembers;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is etcd's own about this backend; each test has a prefix of its own. */
final class EtcdStoreTest {
    private static final long SEED = 5;

    private final String prefix = "verso-test-" + UUID.randomUUID();

    private EtcdStore open() {
        return EtcdStore.open(EtcdMembers.endpoints() + "/" + prefix, 60_000);
    }

    private static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertFails(KvFailure failure, Pending<?> request) {
        assertThatThrownBy(request::await).isInstanceOfSatisfying(KvException.class, e -> assertThat(e.failure())
                .isEqualTo(failure));
    }

    // ---- opening

    @Test
    void theBackendIsFoundByItsScheme() {
        assertThat(KvStores.isPresent("etcd")).isTrue();
    }

    @Test
    void membersThatAreDownAreNamedWithTheCause() throws IOException {
        try (Socket first = nobodyListens();
                Socket second = nobodyListens()) {
            String location = address(first) + "," + address(second) + "/app";
            assertThatThrownBy(() -> KvStores.open("etcd", location, Map.of("connectTimeoutMillis", "60000")))
                    .isInstanceOfSatisfying(KvException.class, e -> {
                        assertThat(e.failure()).isEqualTo(KvFailure.UNAVAILABLE);
                        assertThat(e.getMessage())
                                .contains("etcd:" + location)
                                .contains(address(first) + " UNAVAILABLE")
                                .contains(address(second) + " UNAVAILABLE")
                                .contains("Connection refused");
                    });
        }
    }

    /** Has a port of its own, which nobody else can listen at while it is open. */
    private static Socket nobodyListens() throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket;
    }

    private static String address(Socket socket) {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    @Test
    void aServerThatNeverAnswersIsGivenUpAfterTheTimeout() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            String location = "127.0.0.1:" + silent.getLocalPort();
            assertThatThrownBy(() -> KvStores.open("etcd", location, Map.of("connectTimeoutMillis", "300")))
                    .isInstanceOfSatisfying(KvException.class, e -> {
                        assertThat(e.failure()).isEqualTo(KvFailure.UNAVAILABLE);
                        assertThat(e.getMessage())
                                .contains(location)
                                .contains("within 300 ms")
                                .contains("DEADLINE_EXCEEDED");
                    });
        }
    }

    @Test
    void whileOneMemberAnswersTheStoreOpens() throws IOException {
        String endpoints = EtcdMembers.endpoints();
        try (Socket down = nobodyListens();
                EtcdStore store = EtcdStore.open(address(down) + "," + endpoints + "/" + prefix, 60_000)) {
            KvTransaction transaction = store.begin();
            transaction.set(key("a"), key("1"));
            transaction.commit().await();
        }
    }

    // ---- sizes

    @Test
    void transactionsOfTheLargestSizeCommit() {
        try (EtcdStore store = open()) {
            KvTransaction large = store.begin();
            byte[] value = new byte[store.limits().valueBytes()];
            int values = 0;
            while (large.approximateBytes() + value.length + 300
                    <= store.limits().transactionBytes()) {
                large.set(key("large" + values++), value);
            }
            int rest = (int) (store.limits().transactionBytes() - large.approximateBytes()) - 300;
            large.set(key("rest"), new byte[rest]);
            large.commit().await();

            KvTransaction many = store.begin();
            int count = 0;
            while (many.approximateBytes() + 400 <= store.limits().transactionBytes()) {
                many.set(key("many%06d\0\0\0\0".formatted(count++)), new byte[0]);
            }
            many.commit().await();
            assertThat(count).isGreaterThan(5_000);

            // Ranges deleted around many keys that stay.
            KvTransaction around = store.begin();
            around.clearRange(key("many"), key("manz"));
            int kept = 0;
            while (around.approximateBytes() + 400 <= store.limits().transactionBytes()) {
                around.set(key("many%06d".formatted(kept++)), key("x"));
            }
            around.commit().await();
            try (KvTransaction reader = store.begin()) {
                assertThat(reader.getRange(key("large"), key("largf"), 0, false, ReadMode.SNAPSHOT)
                                .await())
                        .hasSize(values);
                assertThat(reader.getRange(key("many"), key("manz"), 0, false, ReadMode.SNAPSHOT)
                                .await())
                        .hasSize(kept);
            }
        }
    }

    // ---- round trips

    @Test
    void whatIsAskedForTogetherIsOneRequest() {
        try (EtcdStore store = open()) {
            long before = store.cluster().answered();
            KvTransaction pages = store.begin();
            pages.automaticWriteConflicts(false);
            for (int i = 0; i < 100; i++) {
                pages.set(key("page%03d".formatted(i)), new byte[4_096]);
            }
            pages.addWriteConflictRange(key("page"), key("pagf"));
            pages.commit().await();
            assertThat(store.cluster().answered() - before).as("a commit").isEqualTo(1);

            before = store.cluster().answered();
            try (KvTransaction reader = store.begin()) {
                Pending<Long> version = reader.readVersion();
                List<Pending<List<KeyValue>>> asked = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    asked.add(reader.getRange(
                            key("page"), key("page%03d".formatted(i + 1)), 1, true, ReadMode.SERIALIZABLE));
                }
                for (Pending<List<KeyValue>> each : asked) {
                    assertThat(each.await()).hasSize(1);
                }
                version.await();
                assertThat(store.cluster().answered() - before).as("100 reads").isEqualTo(1);
                reader.getRange(key("page"), key("pagf"), 20, false, ReadMode.SNAPSHOT)
                        .await();
                assertThat(store.cluster().answered() - before)
                        .as("the first of many pairs")
                        .isEqualTo(3);
                reader.set(key("x"), key("1"));
                reader.commit().await();
                assertThat(store.cluster().answered() - before).isEqualTo(4);
            }
        }
    }

    // ---- ranges

    @Test
    void rangesAreReadAsFromASortedMap() {
        SplittableRandom random = new SplittableRandom(SEED);
        TreeMap<byte[], byte[]> model = new TreeMap<>(Bytes::compare);
        try (EtcdStore store = open()) {
            for (int round = 0; round < 6; round++) {
                try (KvTransaction transaction = store.begin()) {
                    for (int i = 0; i < 60; i++) {
                        change(random, transaction, model);
                    }
                    if (random.nextBoolean()) {
                        checkRanges(random, transaction, model);
                    }
                    transaction.commit().await();
                }
                try (KvTransaction reader = store.begin()) {
                    checkRanges(random, reader, model);
                }
            }
        }
    }

    private static byte[] randomKey(SplittableRandom random) {
        byte[] key = new byte[1 + random.nextInt(3)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(4) == 0 ? 0 : random.nextInt(i == 0 ? 0xff : 0x100));
        }
        key[0] &= 0x0f;
        return key;
    }

    private static void change(SplittableRandom random, KvTransaction transaction, TreeMap<byte[], byte[]> model) {
        byte[] key = randomKey(random);
        if (random.nextInt(10) > 0) {
            byte[] value = {(byte) random.nextInt()};
            transaction.set(key, value);
            model.put(key, value);
        } else if (random.nextBoolean()) {
            transaction.clear(key);
            model.remove(key);
        } else {
            byte[] end = key.clone();
            end[end.length - 1] |= 0x0f;
            transaction.clearRange(key, end);
            model.subMap(key, end).clear();
        }
    }

    private static void checkRanges(SplittableRandom random, KvTransaction transaction, TreeMap<byte[], byte[]> model) {
        List<Pending<List<KeyValue>>> asked = new ArrayList<>();
        List<List<KeyValue>> expected = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            byte[] a = randomKey(random);
            byte[] b = randomKey(random);
            byte[] begin = Bytes.compare(a, b) <= 0 ? a : b;
            byte[] end = Bytes.compare(a, b) <= 0 ? b : a;
            int limit = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(80);
            boolean reverse = random.nextBoolean();
            asked.add(transaction.getRange(begin, end, limit, reverse, ReadMode.SNAPSHOT));
            List<KeyValue> all = new ArrayList<>();
            Map<byte[], byte[]> inside = model.subMap(begin, true, end, false);
            for (Map.Entry<byte[], byte[]> each :
                    (reverse ? model.subMap(begin, true, end, false).descendingMap() : inside).entrySet()) {
                if (limit == 0 || all.size() < limit) {
                    all.add(new KeyValue(each.getKey(), each.getValue()));
                }
            }
            expected.add(all);
        }
        for (int i = 0; i < asked.size(); i++) {
            assertThat(asked.get(i).await()).as("range %d, seed %d", i, SEED).isEqualTo(expected.get(i));
        }
    }

    @Test
    void aReadThatWasAskedForBeforeAWriteDoesNotSeeIt() {
        try (EtcdStore store = open();
                KvTransaction transaction = store.begin()) {
            Pending<byte[]> before = transaction.get(key("a"), ReadMode.SERIALIZABLE);
            Pending<List<KeyValue>> range = transaction.getRange(key("a"), key("b"), 1, false, ReadMode.SNAPSHOT);
            transaction.set(key("a"), key("1"));
            assertThat(before.await()).isNull();
            assertThat(range.await()).isEmpty();
        }
    }

    // ---- versions

    @Test
    void commitsThatShareAVersionDifferInTheirOrder() {
        try (EtcdStore store = open()) {
            List<Pending<Versionstamp>> commits = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                KvTransaction transaction = store.begin();
                transaction.setVersionstampedKey(new byte[Versionstamp.BYTES + 1], 1, key("v" + i));
                transaction.mutate(AtomicOp.ADD, key("sum"), new byte[] {1, 0});
                commits.add(transaction.commit());
            }
            Versionstamp last = Versionstamp.NONE;
            long versions = 0;
            for (Pending<Versionstamp> each : commits) {
                Versionstamp stamp = each.await();
                assertThat(last == Versionstamp.NONE || stamp.compareTo(last) > 0)
                        .isTrue();
                if (stamp.version() != last.version()) {
                    versions++;
                }
                last = stamp;
            }
            assertThat(versions).isLessThan(200);
            try (KvTransaction reader = store.begin()) {
                assertThat(reader.get(key("sum"), ReadMode.SNAPSHOT).await()).isEqualTo(new byte[] {(byte) 200, 0});
                assertThat(reader.getRange(new byte[1], new byte[] {1}, 0, false, ReadMode.SNAPSHOT)
                                .await())
                        .hasSize(200);
            }
        }
    }

    @Test
    void oneOfTwoClientsThatReadTheSameIsRefused() {
        try (EtcdStore one = open();
                EtcdStore other = open()) {
            KvTransaction first = one.begin();
            first.get(key("a"), ReadMode.SERIALIZABLE).await();
            first.set(key("a"), key("1"));
            KvTransaction second = other.begin();
            second.get(key("a"), ReadMode.SERIALIZABLE).await();
            second.set(key("a"), key("2"));
            Versionstamp committed = first.commit().await();
            assertFails(KvFailure.CONFLICT, second.commit());
            try (KvTransaction reader = other.begin()) {
                reader.readVersion(committed.version());
                assertThat(reader.get(key("a"), ReadMode.SNAPSHOT).await()).isEqualTo(key("1"));
            }
        }
    }

    @Test
    void aVersionThatAnotherClientMadeLongAgoCanBeRead() {
        try (EtcdStore one = open()) {
            KvTransaction first = one.begin();
            first.set(key("a"), key("1"));
            long version = first.commit().await().version();
            KvTransaction second = one.begin();
            second.set(key("a"), key("2"));
            second.commit().await();
            try (EtcdStore later = open();
                    KvTransaction reader = later.begin()) {
                reader.readVersion(version);
                assertThat(reader.get(key("a"), ReadMode.SNAPSHOT).await()).isEqualTo(key("1"));
                reader.set(key("b"), key("1"));
                reader.addReadConflictRange(key("x"), key("y"));
                // This client has not seen what was committed since.
                assertFails(KvFailure.TOO_OLD, reader.commit());
            }
        }
    }

    @Test
    void aVersionYetToComeIsRefused() {
        try (EtcdStore store = open()) {
            KvTransaction reader = store.begin();
            reader.readVersion(1_000);
            assertFails(KvFailure.FUTURE_VERSION, reader.get(key("a"), ReadMode.SNAPSHOT));
            KvTransaction writer = store.begin();
            writer.readVersion(1_000);
            writer.addReadConflictRange(key("a"), key("b"));
            writer.set(key("a"), key("1"));
            assertFails(KvFailure.FUTURE_VERSION, writer.commit());
        }
    }

    @Test
    void aCompactedRevisionIsTooOld() {
        try (EtcdMembers alone = EtcdMembers.start(1);
                EtcdStore store = EtcdStore.open(alone.addresses(), 60_000);
                KvTransaction old = store.begin();
                KvTransaction now = store.begin()) {
            old.readVersion().await();
            for (String value : List.of("1", "2")) {
                KvTransaction transaction = store.begin();
                transaction.set(key("a"), key(value));
                transaction.commit().await();
            }
            compact(alone.addresses(), ((EtcdTransaction) now).revision());
            assertFails(KvFailure.TOO_OLD, old.get(key("a"), ReadMode.SNAPSHOT));
            assertThat(now.get(key("a"), ReadMode.SNAPSHOT).await()).isEqualTo(key("2"));
        }
    }

    private static void compact(String endpoint, long revision) {
        ManagedChannel channel =
                NettyChannelBuilder.forTarget(endpoint).usePlaintext().build();
        try {
            KVGrpc.newBlockingStub(channel)
                    .compact(CompactionRequest.newBuilder()
                            .setRevision(revision)
                            .setPhysical(true)
                            .build());
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void aClosedStoreRefusesItsTransactionsAndWatches() {
        EtcdStore store = open();
        KvTransaction open = store.begin();
        open.readVersion().await();
        KvTransaction watching = store.begin();
        Watch watch = watching.watch(key("a"));
        watching.commit().await();
        store.close();
        for (Runnable use : List.<Runnable>of(
                () -> open.get(key("a"), ReadMode.SNAPSHOT).await(),
                () -> open.commit().await(),
                () -> watch.await(1_000),
                store::begin)) {
            assertThatThrownBy(use::run).isInstanceOfSatisfying(KvException.class, e -> assertThat(e.failure())
                    .isEqualTo(KvFailure.CLOSED));
        }
    }
}
