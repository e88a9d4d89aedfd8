package dev.verso.kv.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.verso.kv.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class StoreKeysTest {
    private static final long SEED = 11;
    private final StoreKeys keys = new StoreKeys("p");

    private static int compare(ByteString a, ByteString b) {
        return ByteString.unsignedLexicographicalComparator().compare(a, b);
    }

    @Test
    void turnedKeysOrderTheOtherWayRoundAndTurnBack() {
        SplittableRandom random = new SplittableRandom(SEED);
        int[] some = {0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff};
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            byte[] key = new byte[random.nextInt(5)];
            for (int j = 0; j < key.length; j++) {
                key[j] = (byte) some[random.nextInt(some.length)];
            }
            all.add(key);
        }
        for (byte[] a : all) {
            assertThat(keys.keyOfData(keys.data(a))).isEqualTo(a);
            assertThat(keys.keyOfIndex(keys.index(a))).isEqualTo(a);
            for (byte[] b : all) {
                int order = Integer.signum(Bytes.compare(a, b));
                assertThat(Integer.signum(compare(keys.data(b), keys.data(a))))
                        .as("%s and %s, seed %d", Bytes.printable(a), Bytes.printable(b), SEED)
                        .isEqualTo(order);
                boolean before = compare(keys.data(a), keys.dataFrom(b)) >= 0;
                assertThat(before).as("a < end").isEqualTo(order < 0);
                boolean from = compare(keys.data(a), keys.dataTo(b)) < 0;
                assertThat(from).as("a >= begin").isEqualTo(order >= 0);
            }
        }
    }

    @Test
    void thePlacesOfAStoreAreApart() {
        byte[] least = {};
        byte[] most = {(byte) 0xfe, (byte) 0xff, (byte) 0xff};
        assertThat(compare(keys.recordsEnd(), keys.data(most))).isNegative();
        assertThat(compare(keys.record(Long.MAX_VALUE), keys.recordsEnd())).isNegative();
        assertThat(compare(keys.data(least), keys.index(least))).isNegative();
        assertThat(compare(keys.index(most), keys.sequence())).isNegative();
        assertThat(keys.versionOf(keys.record(77))).isEqualTo(77);
    }
}
