package dev.verso.kv.foundationdb;

import com.apple.foundationdb.MutationType;
import dev.verso.kv.foundationdb.DoubledCluster.Range;
import java.util.Arrays;
import java.util.List;

/**
 * A write as it is sent: a set, a clear of the range from {@code key} to {@code operand}, or an operation as FoundationDB's reference of
 * MutationType describes it (since API version 510 an absent value makes AND and MIN the operand).
 */
record DoubledMutation(Kind kind, MutationType type, byte[] key, byte[] operand) {
    enum Kind {
        SET,
        CLEAR_RANGE,
        OPERATION
    }

    private static final int STAMP_BYTES = 10;
    private static final int OFFSET_BYTES = 4;
    private static final int MOST_VALUE_BYTES = 100_000;

    static DoubledMutation set(byte[] key, byte[] value) {
        return new DoubledMutation(Kind.SET, null, key.clone(), value.clone());
    }

    static DoubledMutation clear(byte[] begin, byte[] end) {
        return new DoubledMutation(Kind.CLEAR_RANGE, null, begin.clone(), end.clone());
    }

    static DoubledMutation operation(MutationType type, byte[] key, byte[] operand) {
        return new DoubledMutation(Kind.OPERATION, type, key.clone(), operand.clone());
    }

    boolean clears() {
        return kind == Kind.CLEAR_RANGE;
    }

    boolean hasStampedKey() {
        return type == MutationType.SET_VERSIONSTAMPED_KEY;
    }

    boolean hasStampedValue() {
        return type == MutationType.SET_VERSIONSTAMPED_VALUE;
    }

    /** True if what is there before makes no difference. */
    boolean decides() {
        return kind != Kind.OPERATION;
    }

    /** True if the 4 bytes at the end name a place for 10 bytes before them. */
    boolean hasValidOffset() {
        byte[] pattern = hasStampedKey() ? key : operand;
        int length = pattern.length - OFFSET_BYTES;
        return length >= STAMP_BYTES && offset(pattern) >= 0 && offset(pattern) + STAMP_BYTES <= length;
    }

    private static int offset(byte[] pattern) {
        int end = pattern.length;
        return pattern[end - 4] & 0xff
                | (pattern[end - 3] & 0xff) << 8
                | (pattern[end - 2] & 0xff) << 16
                | pattern[end - 1] << 24;
    }

    static byte[] stamp(long version, int order) {
        byte[] stamp = new byte[STAMP_BYTES];
        for (int i = 0; i < 8; i++) {
            stamp[i] = (byte) (version >>> 8 * (7 - i));
        }
        stamp[8] = (byte) (order >>> 8);
        stamp[9] = (byte) order;
        return stamp;
    }

    private static byte[] filled(byte[] pattern, byte[] stamp) {
        byte[] result = Arrays.copyOf(pattern, pattern.length - OFFSET_BYTES);
        System.arraycopy(stamp, 0, result, offset(pattern), STAMP_BYTES);
        return result;
    }

    /** Where a versionstamped key may land in a transaction that reads at this version. */
    Range landing(long readVersion) {
        byte[] most = new byte[STAMP_BYTES];
        Arrays.fill(most, (byte) 0xff);
        byte[] end = filled(key, most);
        return new Range(filled(key, stamp(readVersion, 0)), Arrays.copyOf(end, end.length + 1));
    }

    /** With its versionstamp, as a set; a versionstamped key joins the ranges written. */
    DoubledMutation stamped(byte[] stamp, List<Range> writes) {
        if (hasStampedKey()) {
            byte[] stampedKey = filled(key, stamp);
            writes.add(new Range(stampedKey, Arrays.copyOf(stampedKey, stampedKey.length + 1)));
            return set(stampedKey, operand);
        }
        return hasStampedValue() ? set(key, filled(operand, stamp)) : this;
    }

    /** The value after it; null for none. */
    byte[] apply(byte[] before) {
        if (kind == Kind.SET) {
            return operand;
        }
        return switch (type) {
            case BYTE_MIN -> before == null || Arrays.compareUnsigned(operand, before) < 0 ? operand : before;
            case BYTE_MAX -> before == null || Arrays.compareUnsigned(operand, before) > 0 ? operand : before;
            case COMPARE_AND_CLEAR -> Arrays.equals(before, operand) ? null : before;
            case APPEND_IF_FITS -> appended(before == null ? new byte[0] : before);
            case ADD, BIT_AND, BIT_OR, BIT_XOR, MAX, MIN ->
                before == null ? operand : number(Arrays.copyOf(before, operand.length));
            default -> throw new UnsupportedOperationException("the double has no " + type);
        };
    }

    private byte[] appended(byte[] before) {
        if (before.length + operand.length > MOST_VALUE_BYTES) {
            return before;
        }
        byte[] longer = Arrays.copyOf(before, before.length + operand.length);
        System.arraycopy(operand, 0, longer, before.length, operand.length);
        return longer;
    }

    /** Both are little-endian and of one length. */
    private byte[] number(byte[] before) {
        if (type == MutationType.MAX || type == MutationType.MIN) {
            return compare(before, operand) > 0 == (type == MutationType.MAX) ? before : operand;
        }
        byte[] result = new byte[operand.length];
        int carry = 0;
        for (int i = 0; i < result.length; i++) {
            int a = before[i] & 0xff;
            int b = operand[i] & 0xff;
            int value =
                    switch (type) {
                        case ADD -> a + b + carry;
                        case BIT_AND -> a & b;
                        case BIT_OR -> a | b;
                        default -> a ^ b;
                    };
            carry = value >> 8;
            result[i] = (byte) value;
        }
        return result;
    }

    private static int compare(byte[] a, byte[] b) {
        for (int i = a.length - 1; i >= 0; i--) {
            if (a[i] != b[i]) {
                return Integer.compare(a[i] & 0xff, b[i] & 0xff);
            }
        }
        return 0;
    }
}
