package dev.verso.kv.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.kv.KvException;
import org.junit.jupiter.api.Test;

final class EtcdAddressTest {
    @Test
    void anAddressNamesMembersAndAPrefix() {
        EtcdAddress address = EtcdAddress.parse("a:1,b:2,[::1]:3/team/app");
        assertThat(address.members())
                .containsExactly(
                        new EtcdAddress.Member("a", 1),
                        new EtcdAddress.Member("b", 2),
                        new EtcdAddress.Member("::1", 3));
        assertThat(address.prefix()).isEqualTo("team/app");
        assertThat(address.toString()).isEqualTo("etcd:a:1,b:2,[::1]:3/team/app");
    }

    @Test
    void portAndPrefixHaveDefaults() {
        assertThat(EtcdAddress.parse("db.example").toString()).isEqualTo("etcd:db.example:2379/verso");
        assertThat(EtcdAddress.parse("[::1]/p").toString()).isEqualTo("etcd:[::1]:2379/p");
    }

    @Test
    void whatIsNoAddressIsRefusedByName() {
        for (String location : new String[] {"", "/p", "a:1,", "a:b", "a:0", "a:70000", ":1", "a:1/ä"}) {
            assertThatThrownBy(() -> EtcdAddress.parse(location))
                    .as(location)
                    .isInstanceOf(KvException.class)
                    .hasMessageContaining("etcd:" + location + ":");
        }
    }
}
