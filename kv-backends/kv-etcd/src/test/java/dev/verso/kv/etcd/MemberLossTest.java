package dev.verso.kv.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.kv.KvTransaction;
import dev.verso.kv.Watch;
import dev.verso.kv.contract.EtcdMembers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Members are killed and started again while money is moved: none is made or lost, and every transfer is applied once or not at all. */
final class MemberLossTest {
    private static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void nothingIsLostAndNothingIsDoneTwice() throws InterruptedException {
        try (EtcdMembers members = EtcdMembers.start(3)) {
            String location = members.addresses() + "/bank";
            try (EtcdStore store = EtcdStore.open(location, 60_000)) {
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

    /** One kind of bad luck after the other; {@code -Dverso.seed=N} replays their order, though not their timing. */
    @Test
    @EnabledIfSystemProperty(named = "verso.full", matches = "true", disabledReason = "only with -Pfull: two minutes")
    void allKindsOfLossTogetherLoseNothing() throws InterruptedException, IOException {
        long seed = Long.getLong("verso.seed", System.nanoTime());
        System.out.println("replay with -Pfull -Dtest=MemberLossTest -Dtest.jvm.args=-Dverso.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<CuttingProxy> proxies = new ArrayList<>();
        try (EtcdMembers members = EtcdMembers.start(3);
                EtcdStore store = EtcdStore.open(members.addresses() + "/bank", 60_000)) {
            StringBuilder location = new StringBuilder();
            for (int member = 0; member < 3; member++) {
                proxies.add(new CuttingProxy(members.address(member)));
                location.append(member == 0 ? "" : ",")
                        .append(proxies.get(member).address());
            }
            Bank bank = new Bank(store);
            bank.open(location + "/bank");
            for (int round = 0; round < 120; round++) {
                bank.awaitTransfers(1 + random.nextInt(20));
                misfortune(random, members, proxies, bank);
            }
            bank.close();
            bank.check(store);
        } finally {
            for (CuttingProxy proxy : proxies) {
                proxy.close();
            }
        }
    }

    private static void misfortune(SplittableRandom random, EtcdMembers members, List<CuttingProxy> proxies, Bank bank)
            throws InterruptedException {
        int member = random.nextInt(3);
        switch (random.nextInt(6)) {
            case 0 -> {
                members.kill(member);
                bank.awaitTransfers(5);
                members.restart(member);
            }
            case 1 -> {
                // Without a majority nothing goes on.
                for (int each = 0; each < 3; each++) {
                    members.kill(each);
                }
                members.restartAll();
            }
            case 2 -> {
                proxies.get(member).deaf(true);
                bank.awaitTransfers(1 + random.nextInt(20));
                proxies.get(member).deaf(false);
                proxies.get(member).loseNextAnswer();
            }
            default -> proxies.get(member).loseNextAnswer();
        }
    }
}
