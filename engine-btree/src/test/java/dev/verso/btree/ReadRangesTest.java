package dev.verso.btree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.record.Collation;
import dev.verso.record.KeyInfo;
import dev.verso.record.RecordBuilder;
import dev.verso.record.TextEncoding;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of rowids and keys against a set of all that was read: nothing may be missing, however many ranges there are. */
final class ReadRangesTest {
    private static final int SPACE = 20_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyRowidThatWasReadIsFound(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RowidRanges ranges = new RowidRanges();
        BitSet read = new BitSet();
        int count = random.nextInt(1, 6_000);
        for (int i = 0; i < count; i++) {
            int from = random.nextInt(SPACE);
            int to = Math.min(SPACE, from + random.nextInt(3));
            ranges.add(from, to);
            read.set(from, to + 1);
            if (random.nextInt(50) == 0) {
                int asked = random.nextInt(SPACE);
                assertThat(ranges.overlaps(asked, asked) || !read.get(asked)).isTrue();
            }
        }
        for (int rowid = read.nextSetBit(0); rowid >= 0; rowid = read.nextSetBit(rowid + 1)) {
            assertThat(ranges.overlaps(rowid, rowid)).as("rowid %d", rowid).isTrue();
        }
        if (count < 500) {
            for (int rowid = read.nextClearBit(0); rowid < SPACE; rowid = read.nextClearBit(rowid + 1)) {
                assertThat(ranges.overlaps(rowid, rowid)).as("rowid %d", rowid).isFalse();
            }
        }
    }

    @Test
    void rangesReachTheEndsOfAllRowids() {
        RowidRanges ranges = new RowidRanges();
        ranges.add(Long.MIN_VALUE, -5);
        ranges.add(7, Long.MAX_VALUE);
        assertThat(ranges.overlaps(-4, 6)).isFalse();
        assertThat(ranges.overlaps(Long.MIN_VALUE, Long.MIN_VALUE)).isTrue();
        assertThat(ranges.overlaps(Long.MAX_VALUE, Long.MAX_VALUE)).isTrue();
    }

    private static byte[] key(long value) {
        RecordBuilder builder = new RecordBuilder();
        builder.begin();
        builder.addInteger(value);
        return Arrays.copyOf(builder.bytes(), builder.finish());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void everyKeyThatWasReadIsFound(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean descending = seed % 2 == 0;
        KeyRanges ranges = new KeyRanges(
                new KeyInfo(TextEncoding.UTF8, new Collation[1], new boolean[] {descending}, new boolean[1], 1));
        BitSet read = new BitSet();
        int count = random.nextInt(1, 4_000);
        for (int i = 0; i < count; i++) {
            int from = random.nextInt(SPACE);
            int to = Math.min(SPACE, from + random.nextInt(3));
            byte[] low = key(descending ? to : from);
            byte[] high = key(descending ? from : to);
            ranges.add(low, 0, low.length, 1, high, 0, high.length, 1);
            read.set(from, to + 1);
        }
        for (int value = 0; value < SPACE; value++) {
            byte[] key = key(value);
            boolean found = ranges.contains(key, 0, key.length);
            assertThat(found || !read.get(value)).as("key %d", value).isTrue();
            assertThat(found && !read.get(value) && count < 500)
                    .as("key %d", value)
                    .isFalse();
        }
    }
}
