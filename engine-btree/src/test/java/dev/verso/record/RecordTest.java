package dev.verso.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordTest {
    private static final KeyInfo PLAIN =
            new KeyInfo(TextEncoding.UTF8, new Collation[8], new boolean[8], new boolean[8], 8);

    @Test
    void varintsOfEveryLengthReadBackAndMeasureRight() {
        byte[] buffer = new byte[20];
        for (int bits = 0; bits < 64; bits++) {
            for (long value : new long[] {1L << bits, (1L << bits) - 1, -(1L << bits), Long.MIN_VALUE >> bits}) {
                int end = Varint.put(buffer, 3, value);
                assertThat(Varint.get(buffer, 3)).isEqualTo(value);
                assertThat(Varint.end(buffer, 3)).isEqualTo(end);
                assertThat(Varint.endChecked(buffer, 3, end)).isEqualTo(end);
                assertThat(Varint.endChecked(buffer, 3, end - 1)).isEqualTo(-1);
                assertThat(Varint.length(value)).isEqualTo(end - 3);
            }
        }
    }

    @Test
    void everyIntegerWidthReadsBack() {
        RecordBuilder builder = new RecordBuilder();
        RecordView view = new RecordView();
        for (int bits = 0; bits < 64; bits++) {
            for (long value : new long[] {(1L << bits) - 1, 1L << bits, -(1L << bits), -(1L << bits) - 1}) {
                builder.begin().addInteger(value);
                int length = builder.finish();
                view.wrap(builder.bytes(), 0, length);
                assertThat(view.integer(0)).isEqualTo(value);
                assertThat(view.columnCount()).isEqualTo(1);
            }
        }
    }

    @Test
    void recordsOfManyColumnsReadBackInAnyOrder() {
        Random random = new Random(7);
        RecordBuilder builder = new RecordBuilder();
        RecordView view = new RecordView();
        for (int round = 0; round < 300; round++) {
            int columns = random.nextInt(300);
            builder.begin();
            Object[] expected = new Object[columns];
            for (int i = 0; i < columns; i++) {
                switch (random.nextInt(5)) {
                    case 0 -> builder.addNull();
                    case 1 -> {
                        long value = random.nextLong() >> random.nextInt(64);
                        expected[i] = value;
                        builder.addInteger(value);
                    }
                    case 2 -> {
                        double value = random.nextDouble();
                        expected[i] = value;
                        builder.addReal(value);
                    }
                    case 3 -> {
                        byte[] text = "x".repeat(random.nextInt(200)).getBytes(StandardCharsets.UTF_8);
                        expected[i] = new String(text, StandardCharsets.UTF_8);
                        builder.addText(text, 0, text.length);
                    }
                    default -> {
                        int length = random.nextInt(100);
                        expected[i] = new byte[length];
                        builder.addZeroBlob(length);
                    }
                }
            }
            int length = builder.finish();
            byte[] shifted = new byte[length + 5];
            System.arraycopy(builder.bytes(), 0, shifted, 5, length);
            view.wrap(shifted, 5, length);
            assertThat(view.hasColumn(columns)).isFalse();
            for (int n = 0; n < columns; n++) {
                int i = columns - 1 - n;
                long type = view.serialType(i);
                if (expected[i] == null) {
                    assertThat(SerialType.isNull(type)).isTrue();
                } else if (expected[i] instanceof Long value) {
                    assertThat(view.integer(i)).isEqualTo(value);
                } else if (expected[i] instanceof Double value) {
                    assertThat(view.real(i)).isEqualTo(value);
                } else if (expected[i] instanceof String value) {
                    assertThat(SerialType.isText(type)).isTrue();
                    assertThat(new String(view.bytes(i), view.offset(i), view.length(i), StandardCharsets.UTF_8))
                            .isEqualTo(value);
                } else {
                    assertThat(SerialType.isBlob(type)).isTrue();
                    assertThat(view.length(i)).isEqualTo(((byte[]) expected[i]).length);
                }
            }
        }
    }

    @Test
    void integersAndRealsCompareWithoutRounding() {
        assertThat(NumberOrder.compare(9007199254740993L, 9007199254740992.0)).isPositive();
        assertThat(NumberOrder.compare(9007199254740992L, 9007199254740992.0)).isZero();
        assertThat(NumberOrder.compare(Long.MAX_VALUE, 0x1p63)).isNegative();
        assertThat(NumberOrder.compare(Long.MIN_VALUE, -0x1p63)).isZero();
        assertThat(NumberOrder.compare(-3, -3.5)).isPositive();
        assertThat(NumberOrder.compare(3, 3.5)).isNegative();
        assertThat(NumberOrder.compare(0, Double.NEGATIVE_INFINITY)).isPositive();
    }

    @Test
    void storageClassesSortNullNumberTextBlob() {
        byte[][] ordered = {
            record(b -> b.addNull()),
            record(b -> b.addReal(Double.NEGATIVE_INFINITY)),
            record(b -> b.addInteger(-5)),
            record(b -> b.addInteger(0)),
            record(b -> b.addReal(0.5)),
            record(b -> b.addInteger(1)),
            record(b -> b.addInteger(Long.MAX_VALUE)),
            record(b -> b.addReal(1e300)),
            record(b -> b.addText(new byte[0], 0, 0)),
            record(b -> b.addText(new byte[] {'a'}, 0, 1)),
            record(b -> b.addText(new byte[] {'a', 0}, 0, 2)),
            record(b -> b.addText(new byte[] {(byte) 0xc3}, 0, 1)),
            record(b -> b.addBlob(new byte[0], 0, 0)),
            record(b -> b.addBlob(new byte[] {1}, 0, 1)),
        };
        SearchKey key = new SearchKey();
        RecordView entry = new RecordView();
        for (int i = 0; i < ordered.length; i++) {
            key.wrap(PLAIN, ordered[i], 0, ordered[i].length, 1, 0);
            for (int j = 0; j < ordered.length; j++) {
                entry.wrap(ordered[j], 0, ordered[j].length);
                assertThat(Integer.signum(key.compareEntry(entry)))
                        .as("entry %d against key %d", j, i)
                        .isEqualTo(Integer.compare(j, i));
            }
        }
    }

    @Test
    void descendingAndNullsLastTurnTheOrder() {
        byte[] none = record(b -> b.addNull());
        byte[] one = record(b -> b.addInteger(1));
        SearchKey key = new SearchKey();
        RecordView entry = new RecordView();
        for (boolean descending : new boolean[] {false, true}) {
            for (boolean nullsLast : new boolean[] {false, true}) {
                KeyInfo info = new KeyInfo(
                        TextEncoding.UTF8, new Collation[1], new boolean[] {descending}, new boolean[] {nullsLast}, 1);
                key.wrap(info, one, 0, one.length, 1, 0);
                int expected = descending == nullsLast ? -1 : 1;
                assertThat(Integer.signum(key.compareEntry(entry.wrap(none, 0, none.length))))
                        .as("descending %s nullsLast %s", descending, nullsLast)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void aPrefixAnswersWithTheEqualResult() {
        byte[] entry = record(b -> {
            b.addInteger(5);
            b.addInteger(9);
        });
        byte[] probe = record(b -> b.addInteger(5));
        RecordView view = new RecordView().wrap(entry, 0, entry.length);
        assertThat(new SearchKey().wrap(PLAIN, probe, 0, probe.length, 1, -1).compareEntry(view))
                .isEqualTo(-1);
        assertThat(new SearchKey().wrap(PLAIN, probe, 0, probe.length, 1, 1).compareEntry(view))
                .isEqualTo(1);
    }

    @Test
    void noCaseAndRtrimAgreeOverAllEncodings() {
        String[] texts = {
            "", " ", "a", "A", "a ", "A  ", "abc", "ABD", "\u00e9", "\uffee", "\ud83d\ude00", "Z", "[", "a\u0000b"
        };
        for (String left : texts) {
            for (String right : texts) {
                for (String name : new String[] {"NOCASE", "RTRIM"}) {
                    int[] signs = new int[3];
                    for (TextEncoding encoding : TextEncoding.values()) {
                        byte[] l = left.getBytes(encoding.charset());
                        byte[] r = right.getBytes(encoding.charset());
                        signs[encoding.ordinal()] =
                                Integer.signum(Collations.find(name, encoding).compare(l, 0, l.length, r, 0, r.length));
                    }
                    assertThat(signs).as("%s: %s and %s", name, left, right).containsOnly(signs[0]);
                }
            }
        }
        byte[] upper = "ABC".getBytes(StandardCharsets.UTF_8);
        byte[] lower = "abc".getBytes(StandardCharsets.UTF_8);
        assertThat(Collations.noCase(TextEncoding.UTF8).compare(upper, 0, 3, lower, 0, 3))
                .isZero();
        assertThat(Collations.BINARY.compare(upper, 0, 3, lower, 0, 3)).isNegative();
    }

    @Test
    void damagedRecordsAreCorruptAndNothingElse() {
        Random random = new Random(11);
        RecordBuilder builder = new RecordBuilder();
        RecordView view = new RecordView();
        byte[] probe = record(b -> {
            b.addInteger(5);
            b.addText(new byte[] {'a'}, 0, 1);
        });
        SearchKey key = new SearchKey().wrap(PLAIN, probe, 0, probe.length, 2, 0);
        int corrupt = 0;
        for (int round = 0; round < 20_000; round++) {
            builder.begin();
            for (int i = 0; i < 3; i++) {
                builder.addInteger(random.nextInt());
                builder.addText(new byte[random.nextInt(80)], 0, 0);
            }
            int length = builder.finish();
            byte[] bytes = new byte[length];
            System.arraycopy(builder.bytes(), 0, bytes, 0, length);
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(Math.min(length, 8))] = (byte) random.nextInt();
            }
            try {
                view.wrap(bytes, 0, length);
                for (int i = 0; view.hasColumn(i); i++) {
                    view.offset(i);
                }
                key.compareEntry(view);
            } catch (DatabaseException e) {
                corrupt++;
            }
        }
        assertThat(corrupt).isPositive();
        assertThatThrownBy(() -> view.wrap(new byte[] {2, 4, 1}, 0, 3).serialType(0))
                .isInstanceOf(DatabaseException.class)
                .hasMessageStartingWith("database disk image is malformed");
    }

    private interface Filler {
        void fill(RecordBuilder builder);
    }

    private static byte[] record(Filler filler) {
        RecordBuilder builder = new RecordBuilder().begin();
        filler.fill(builder);
        int length = builder.finish();
        byte[] bytes = new byte[length];
        System.arraycopy(builder.bytes(), 0, bytes, 0, length);
        return bytes;
    }
}
