package dev.verso.kv.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.kv.AtomicOp;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.contract.EtcdMembers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Connections that end while an answer is on its way. */
final class LostAnswersTest {
    private final String prefix = "/verso-test-" + UUID.randomUUID();
    private final String endpoints = EtcdMembers.endpoints();
    private final String member = endpoints.split(",")[0];

    private static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private static Pending<Versionstamp> increment(EtcdStore store) {
        KvTransaction transaction = store.begin();
        transaction.mutate(AtomicOp.ADD, key("n"), new byte[] {1});
        return transaction.commit();
    }

    private static byte[] read(EtcdStore store) {
        try (KvTransaction reader = store.begin()) {
            return reader.get(key("n"), ReadMode.SNAPSHOT).await();
        }
    }

    @Test
    void aCommitWhoseAnswerIsLostIsAppliedOnceAndSaysSo() throws IOException {
        try (CuttingProxy proxy = new CuttingProxy(member);
                EtcdStore store = EtcdStore.open(proxy.address() + prefix, 60_000)) {
            long last = 0;
            for (int i = 1; i <= 10; i++) {
                proxy.loseNextAnswer();
                long version = increment(store).await().version();
                assertThat(version).isGreaterThan(last);
                last = version;
                assertThat(read(store)).isEqualTo(new byte[] {(byte) i});
            }
            assertThat(proxy.lost()).isEqualTo(10);
        }
    }

    @Test
    void manyLostAnswersLoseNothingAndRepeatNothing() throws IOException, InterruptedException {
        try (CuttingProxy proxy = new CuttingProxy(member);
                EtcdStore store = EtcdStore.open(endpoints + prefix, 60_000)) {
            Bank bank = new Bank(store);
            bank.open(proxy.address() + prefix);
            for (int i = 0; i < 40; i++) {
                bank.awaitTransfers(3);
                proxy.loseNextAnswer();
            }
            bank.close();
            bank.check(store);
            assertThat(proxy.lost()).isGreaterThan(10);
        }
    }

    @Test
    void withoutAnyAnswerTheResultIsUnknownAndAReadTimesOut() throws IOException {
        try (CuttingProxy proxy = new CuttingProxy(member);
                EtcdStore other = EtcdStore.open(endpoints + prefix, 60_000);
                EtcdStore store = EtcdStore.open(proxy.address() + prefix, EtcdAccess.open(60_000), 2_000)) {
            proxy.deaf(true);
            // Blind, so that nothing needs to be read.
            KvTransaction blind = store.begin();
            blind.set(key("blind"), key("1"));
            Pending<Versionstamp> commit = blind.commit();
            KvTransaction reader = store.begin();
            Pending<byte[]> read = reader.get(key("n"), ReadMode.SNAPSHOT);
            assertFails(KvFailure.UNKNOWN_RESULT, commit);
            assertFails(KvFailure.TIMED_OUT, read);
            // The request has arrived, or does so soon.
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!isThere(other, "blind")) {
                assertThat(System.nanoTime()).isLessThan(end);
            }
        }
    }

    private static boolean isThere(EtcdStore store, String name) {
        try (KvTransaction look = store.begin()) {
            return look.get(key(name), ReadMode.SNAPSHOT).await() != null;
        }
    }

    private static void assertFails(KvFailure failure, Pending<?> request) {
        assertThatThrownBy(request::await).isInstanceOfSatisfying(KvException.class, e -> assertThat(e.failure())
                .isEqualTo(failure));
    }
}
