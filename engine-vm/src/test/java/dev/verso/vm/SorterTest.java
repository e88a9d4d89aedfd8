package dev.verso.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.record.Collation;
import dev.verso.record.Collations;
import dev.verso.record.KeyInfo;
import dev.verso.record.RecordBuilder;
import dev.verso.record.RecordView;
import dev.verso.record.TextEncoding;
import dev.verso.vm.value.Comparison;
import dev.verso.vm.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The sorter against a sort of values. Replay a run with {@code -Dverso.seed=N}. */
class SorterTest {
    private static final long SEED = Long.getLong("verso.seed", 4711L);

    private record Row(Value first, Value second, int number) {}

    private static Value randomValue(Random random) {
        Value value = new Value();
        switch (random.nextInt(8)) {
            case 0 -> value.setNull();
            case 1 -> value.setInteger(random.nextInt(20) - 10);
            case 2 -> value.setInteger(random.nextLong() >> random.nextInt(64));
            case 3 -> value.setReal(random.nextInt(40) / 4.0 - 5);
            case 4 -> value.setReal(Double.longBitsToDouble(random.nextLong()));
            case 5 -> value.setText(text(random));
            case 6 -> value.setText("prefix that is shared " + text(random));
            default -> {
                byte[] bytes = text(random).getBytes(java.nio.charset.StandardCharsets.UTF_8);
                value.setBlob(bytes, 0, bytes.length);
            }
        }
        return value;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(10);
        for (int i = 0; i < length; i++) {
            text.append("aAbB \u0000zé".charAt(random.nextInt(8)));
        }
        return text.toString();
    }

    private static void add(RecordBuilder builder, Value value) {
        switch (value.storageClass()) {
            case NULL -> builder.addNull();
            case INTEGER -> builder.addInteger(value.integer());
            case REAL -> builder.addReal(value.real());
            case TEXT -> builder.addText(value.bytes(TextEncoding.UTF8), value.offset(), value.length());
            case BLOB -> builder.addBlob(value.bytes(TextEncoding.UTF8), value.offset(), value.length());
        }
    }

    private static int compare(Value a, Value b, Collation collation, boolean descending, boolean nullsLast) {
        int result = Comparison.compare(a, b, collation, TextEncoding.UTF8);
        boolean flip = descending;
        if (nullsLast && (a.isNull() || b.isNull())) {
            flip = !flip;
        }
        return flip ? -result : result;
    }

    private static Value textThatBeginsLikeTheOthers(Random random) {
        Value value = new Value();
        value.setText("prefix that is shared " + text(random) + (random.nextInt(4) == 0 ? " and more" : ""));
        return value;
    }

    private static void sortsLikeValues(Random random, int count, long memory, KeyInfo info) {
        sortsLikeValues(random, count, memory, info, SorterTest::randomValue);
    }

    private static void sortsLikeValues(
            Random random, int count, long memory, KeyInfo info, Function<Random, Value> firsts) {
        sortsLikeValues(random, count, memory, info, firsts, SorterTest::randomValue);
    }

    private static void sortsLikeValues(
            Random random,
            int count,
            long memory,
            KeyInfo info,
            Function<Random, Value> firsts,
            Function<Random, Value> seconds) {
        List<Row> rows = new ArrayList<>();
        Sorter sorter = new Sorter(info, memory, new TemporaryFiles(), () -> {});
        RecordBuilder builder = new RecordBuilder();
        for (int i = 0; i < count; i++) {
            Value first = firsts.apply(random);
            Value second = seconds.apply(random);
            Row row = new Row(first, second, i);
            rows.add(row);
            builder.begin();
            add(builder, row.first());
            add(builder, row.second());
            builder.addInteger(i);
            int length = builder.finish();
            sorter.add(builder.bytes(), 0, length);
        }
        Comparator<Row> order = (a, b) -> {
            int result = compare(a.first(), b.first(), info.collations()[0], info.descending()[0], info.nullsLast()[0]);
            if (result == 0 && info.keyColumns() > 1) {
                result = compare(
                        a.second(), b.second(), info.collations()[1], info.descending()[1], info.nullsLast()[1]);
            }
            return result;
        };
        rows.sort(order);
        List<Long> found = new ArrayList<>();
        RecordView view = new RecordView();
        boolean more = sorter.rewind();
        while (more) {
            sorter.view(view);
            found.add(view.integer(2));
            more = sorter.next();
        }
        for (int i = 0; i < count; i++) {
            Row wanted = rows.get(i);
            assertThat(found.get(i))
                    .as("seed %d, row %d of %d: %s, %s", SEED, i, count, wanted.first(), wanted.second())
                    .isEqualTo(wanted.number());
        }
        assertThat(found).hasSize(count);
        sorter.close();
    }

    private static KeyInfo randomKey(Random random) {
        Collation[] choices = {
            null, Collations.BINARY, Collations.noCase(TextEncoding.UTF8), Collations.rtrim(TextEncoding.UTF8)
        };
        return new KeyInfo(
                TextEncoding.UTF8,
                new Collation[] {choices[random.nextInt(4)], choices[random.nextInt(4)]},
                new boolean[] {random.nextBoolean(), random.nextBoolean()},
                new boolean[] {random.nextBoolean(), random.nextBoolean()},
                1 + random.nextInt(2));
    }

    @Test
    void recordsComeInKeyOrderAndEqualOnesInTheOrderTheyWereAdded() {
        Random random = new Random(SEED);
        for (int round = 0; round < 60; round++) {
            sortsLikeValues(random, random.nextInt(400), 1 << 20, randomKey(random));
        }
    }

    @Test
    void textsThatBeginAlikeAreSortedByWhatFollows() {
        Random random = new Random(SEED);
        for (int round = 0; round < 60; round++) {
            sortsLikeValues(
                    random,
                    random.nextInt(400),
                    round % 3 == 0 ? 4096 : 1 << 20,
                    randomKey(random),
                    SorterTest::textThatBeginsLikeTheOthers);
        }
    }

    @Test
    void manyRecordsOfFewKeysAreSortedLikeOthers() {
        Random random = new Random(SEED);
        for (int round = 0; round < 60; round++) {
            List<Value> few = new ArrayList<>();
            int count = 1 + random.nextInt(12);
            for (int i = 0; i < count; i++) {
                few.add(randomValue(random));
            }
            // equal keys that are not alike
            Value whole = new Value();
            whole.setInteger(1);
            Value real = new Value();
            real.setReal(1);
            few.addAll(List.of(whole, real));
            Value longText = new Value();
            longText.setText("a text whose type takes two bytes of the record's header, as those of all long ones do");
            few.add(longText);
            Function<Random, Value> pick = source -> few.get(source.nextInt(few.size()));
            sortsLikeValues(
                    random, 3000, round % 4 == 0 ? 100_000 : 1 << 20, randomKey(random), pick, source -> few.get(0));
            sortsLikeValues(random, 200 + random.nextInt(800), 1 << 20, randomKey(random), pick, pick);
        }
    }

    @Test
    void runsOnDiskAreMergedIntoTheSameOrder() {
        Random random = new Random(SEED);
        for (int round = 0; round < 15; round++) {
            sortsLikeValues(random, 2000, 4096, randomKey(random));
        }
    }

    @Test
    void aSorterThatWasResetSortsAnewAndLeavesAloneWhatWasReadBefore() {
        Random random = new Random(SEED);
        Sorter sorter = new Sorter(Bench.key(1), 1 << 20, new TemporaryFiles(), () -> {});
        RecordBuilder builder = new RecordBuilder();
        List<Value> read = new ArrayList<>();
        List<byte[]> copies = new ArrayList<>();
        for (int block = 0; block < 300; block++) {
            int count = random.nextInt(block % 50 == 0 ? 2000 : 20);
            for (int i = 0; i < count; i++) {
                builder.begin();
                builder.addInteger(count - i);
                byte[] blob = new byte[random.nextInt(200)];
                random.nextBytes(blob);
                builder.addBlob(blob, 0, blob.length);
                int length = builder.finish();
                sorter.add(builder.bytes(), 0, length);
            }
            RecordView view = new RecordView();
            boolean more = sorter.rewind();
            for (int i = 1; i <= count; i++) {
                assertThat(more)
                        .as("seed %d, block %d, record %d", SEED, block, i)
                        .isTrue();
                assertThat(sorter.view(view).integer(0)).isEqualTo(i);
                Value value = new Value();
                sorter.read(value);
                read.add(value);
                copies.add(bytes(value));
                more = sorter.next();
            }
            assertThat(more).isFalse();
            sorter.reset();
        }
        for (int i = 0; i < read.size(); i++) {
            assertThat(bytes(read.get(i))).isEqualTo(copies.get(i));
        }
        sorter.close();
    }

    private static byte[] bytes(Value blob) {
        byte[] bytes = blob.bytes(TextEncoding.UTF8);
        return Arrays.copyOfRange(bytes, blob.offset(), blob.offset() + blob.length());
    }

    @Test
    void recordsLongerThanAnyBufferSurviveTheMerge() {
        Sorter sorter = new Sorter(Bench.key(1), 100_000, new TemporaryFiles(), () -> {});
        RecordBuilder builder = new RecordBuilder();
        for (int i = 9; i >= 0; i--) {
            builder.begin();
            builder.addInteger(i);
            byte[] blob = new byte[150_000];
            Arrays.fill(blob, (byte) i);
            builder.addBlob(blob, 0, blob.length);
            int length = builder.finish();
            sorter.add(builder.bytes(), 0, length);
        }
        RecordView view = new RecordView();
        boolean more = sorter.rewind();
        for (int i = 0; i < 10; i++) {
            assertThat(more).isTrue();
            sorter.view(view);
            assertThat(view.integer(0)).isEqualTo(i);
            assertThat(view.length(1)).isEqualTo(150_000);
            assertThat(view.bytes(1)[view.offset(1) + 149_999]).isEqualTo((byte) i);
            more = sorter.next();
        }
        assertThat(more).isFalse();
        sorter.close();
    }

    @Test
    void differsComparesLeadingColumnsAndNullDiffersFromAll() {
        Sorter sorter = new Sorter(Bench.key(2), 100_000, new TemporaryFiles(), () -> {});
        RecordBuilder builder = new RecordBuilder();
        builder.begin();
        builder.addInteger(5);
        builder.addInteger(1);
        int length = builder.finish();
        sorter.add(builder.bytes(), 0, length);
        sorter.rewind();
        assertThat(sorter.differs(builder.bytes(), 0, length, 2)).isFalse();
        builder.begin();
        builder.addInteger(5);
        builder.addInteger(2);
        length = builder.finish();
        assertThat(sorter.differs(builder.bytes(), 0, length, 1)).isFalse();
        assertThat(sorter.differs(builder.bytes(), 0, length, 2)).isTrue();
        builder.begin();
        builder.addNull();
        length = builder.finish();
        assertThat(sorter.differs(builder.bytes(), 0, length, 1)).isTrue();
    }
}
