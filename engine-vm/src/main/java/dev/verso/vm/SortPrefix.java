package dev.verso.vm;

import dev.verso.record.Collation;
import dev.verso.record.Collations;
import dev.verso.record.KeyInfo;
import dev.verso.record.RecordView;
import dev.verso.record.SerialType;
import dev.verso.record.TextEncoding;
import java.util.Arrays;

/**
 * The first key column of a record as an unsigned 64-bit number: a smaller number means a smaller key; equal numbers decide nothing unless
 * {@link #wasExact}. Layout before inversion for descending order: 3 bits class (0 NULL, 1 number, 2 text, 3 blob, 4 NULL sorted last),
 * then for numbers the upper 61 bits of the real's order-preserving image, for texts and blobs 7 bytes and 3 bits of length, up to 7.
 * Texts whose collation is neither BINARY nor NOCASE over UTF-8 have no more than their class.
 */
final class SortPrefix {
    private static final long EXACT_WHOLE_LIMIT = 1L << 46;

    private final RecordView view = new RecordView();
    private final boolean binary;
    private final boolean noCase;
    private final boolean descending;
    private final boolean nullsLast;
    private boolean exact;
    private byte[] sample;
    private int sampleAt;
    private int common;

    SortPrefix(KeyInfo info) {
        Collation collation = info.keyColumns() == 0 ? null : info.collations()[0];
        binary = collation == null || collation == Collations.BINARY;
        noCase = info.encoding() == TextEncoding.UTF8 && collation == Collations.noCase(TextEncoding.UTF8);
        descending = info.keyColumns() > 0 && info.descending()[0];
        nullsLast = info.keyColumns() > 0 && info.nullsLast()[0];
    }

    /** True if the last prefix made says all about its column. */
    boolean wasExact() {
        return exact;
    }

    long of(byte[] record, int offset, int length) {
        view.wrap(record, offset, length);
        exact = true;
        if (!view.hasColumn(0)) {
            return 0;
        }
        long type = view.serialType(0);
        long prefix;
        if (type >= 12) {
            prefix = ofBytes(type);
        } else if (type == 7) {
            double value = view.real(0);
            exact = false;
            prefix = Double.isNaN(value) ? ofNull() : ofNumber(value);
        } else if (type == 0 || type >= 10) {
            prefix = ofNull();
        } else {
            long value = view.integer(0);
            exact = value > -EXACT_WHOLE_LIMIT && value < EXACT_WHOLE_LIMIT;
            prefix = ofNumber((double) value);
        }
        return descending ? ~prefix : prefix;
    }

    private long ofNull() {
        return nullsLast ? 4L << 61 : 0;
    }

    private static long ofNumber(double value) {
        long bits = Double.doubleToRawLongBits(value + 0.0); // + 0.0: the two zeros are equal
        bits ^= bits >> 63 | Long.MIN_VALUE;
        return 1L << 61 | bits >>> 3;
    }

    private long ofBytes(long type) {
        boolean isText = (type & 1) != 0;
        long prefix = (isText ? 2L : 3L) << 61;
        if (isText && !binary && !noCase) {
            exact = false;
            return prefix;
        }
        return prefix | image(view.bytes(0), view.offset(0), view.length(0), isText && noCase);
    }

    /** 7 bytes and 3 bits of length, up to 7. */
    private long image(byte[] bytes, int at, int length, boolean foldsCase) {
        int taken = Math.min(length, 7);
        long image = 0;
        for (int i = 0; i < taken; i++) {
            int b = bytes[at + i] & 0xff;
            if (foldsCase) {
                if (b == 0) {
                    break; // NOCASE looks no further, but at the length
                }
                if (b >= 'A' && b <= 'Z') {
                    b += 'a' - 'A';
                }
            }
            image |= (long) b << 48 - 8 * i;
        }
        exact = length < 7;
        return image << 3 | taken;
    }

    // ---- texts that all begin alike: what comes after the common bytes tells them apart

    /** Begins with one record; false if its first column is no text that is compared byte by byte. */
    boolean beginCommon(byte[] record, int offset, int length) {
        view.wrap(record, offset, length);
        if (!binary || !view.hasColumn(0) || !SerialType.isText(view.serialType(0))) {
            return false;
        }
        sample = view.bytes(0);
        sampleAt = view.offset(0);
        common = view.length(0);
        return true;
    }

    /** How many bytes the first columns of that record and of all before it begin with in common; 0 if it holds no text. */
    int common(byte[] record, int offset, int length) {
        view.wrap(record, offset, length);
        if (!view.hasColumn(0) || !SerialType.isText(view.serialType(0))) {
            common = 0;
            return 0;
        }
        int most = Math.min(common, view.length(0));
        byte[] bytes = view.bytes(0);
        int at = view.offset(0);
        int differs = Arrays.mismatch(sample, sampleAt, sampleAt + most, bytes, at, at + most);
        common = differs < 0 ? most : differs;
        return common;
    }

    /** Like {@link #of} for the text without its first {@code common} bytes. To be compared with its like only. */
    long afterCommon(byte[] record, int offset, int length) {
        view.wrap(record, offset, length);
        boolean found = view.hasColumn(0);
        assert found : "the record has lost its column";
        long prefix = 2L << 61 | image(view.bytes(0), view.offset(0) + common, view.length(0) - common, false);
        return descending ? ~prefix : prefix;
    }
}
