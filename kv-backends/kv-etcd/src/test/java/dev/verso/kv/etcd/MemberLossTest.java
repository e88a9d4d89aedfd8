package dev.verso.kv.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.kv.KvTransaction;
import dev.verso.kv.Watch;
import dev.verso.kv.contract.EtcdMembers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Members are killed and started again while money is moved: none is made or lost, and every transfer is applied once or not at all. */
final class MemberLossTest {
    private static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void nothingIsLostAndNothingIsDoneTwice() throws InterruptedException {
        try (EtcdMembers members = EtcdMembers.start(3)) {
            String location = members.addresses() + "/bank";
            try (EtcdStore store = EtcdStore.open(location, 10_000)) {
                Bank bank = new Bank(store);
                KvTransaction watching = store.begin();
                Watch watch = watching.watch(key("after"));
                watching.commit().await();

                bank.open(location);
                // Each member once: so the leader is among them, and the one that the clients talk to.
                for (int member = 0; member < 3; member++) {
                    bank.awaitTransfers(30);
                    members.kill(member);
                    bank.awaitTransfers(30);
                    members.restart(member);
                }
                bank.awaitTransfers(30);
                bank.close();
                bank.check(store);

                // The store that was open all the time goes on after all members were gone at once.
                for (int member = 0; member < 3; member++) {
                    members.kill(member);
                }
                members.restartAll();
                bank.check(store);
                assertThat(watch.await(1)).isFalse();
                KvTransaction last = store.begin();
                last.set(key("after"), key("1"));
                last.commit().await();
                assertThat(watch.await(60_000)).isTrue();
            }
        }
    }
}
