package dev.verso.kv.embedded;

import dev.verso.kv.AtomicOp;
import dev.verso.kv.Bytes;
import java.util.Arrays;

/** What each {@link AtomicOp} makes of a value. */
final class AtomicArithmetic {
    private AtomicArithmetic() {}

    /** The new value, null for none. */
    static byte[] apply(AtomicOp operation, byte[] value, byte[] operand, int valueBytesLimit) {
        return switch (operation) {
            case ADD -> add(value, operand);
            case BIT_AND -> value == null ? operand : bits(operation, value, operand);
            case BIT_OR, BIT_XOR -> bits(operation, value == null ? new byte[0] : value, operand);
            case MAX ->
                value == null || compareLittleEndian(fit(value, operand), operand) <= 0 ? operand : fit(value, operand);
            case MIN ->
                value == null || compareLittleEndian(fit(value, operand), operand) >= 0 ? operand : fit(value, operand);
            case BYTE_MAX -> value == null || Bytes.compare(value, operand) < 0 ? operand : value;
            case BYTE_MIN -> value == null || Bytes.compare(value, operand) > 0 ? operand : value;
            case APPEND_IF_FITS -> append(value, operand, valueBytesLimit);
            case COMPARE_AND_CLEAR -> Arrays.equals(value, operand) ? null : value;
        };
    }

    private static byte[] fit(byte[] value, byte[] operand) {
        return value.length == operand.length ? value : Arrays.copyOf(value, operand.length);
    }

    private static byte[] add(byte[] value, byte[] operand) {
        byte[] sum = operand.clone();
        int carry = 0;
        for (int i = 0; i < sum.length; i++) {
            int augend = value != null && i < value.length ? value[i] & 0xff : 0;
            int digit = augend + (operand[i] & 0xff) + carry;
            sum[i] = (byte) digit;
            carry = digit >>> 8;
        }
        return sum;
    }

    private static byte[] bits(AtomicOp operation, byte[] value, byte[] operand) {
        byte[] result = operand.clone();
        for (int i = 0; i < result.length; i++) {
            byte stored = i < value.length ? value[i] : 0;
            if (operation == AtomicOp.BIT_AND) {
                result[i] &= stored;
            } else if (operation == AtomicOp.BIT_OR) {
                result[i] |= stored;
            } else {
                result[i] ^= stored;
            }
        }
        return result;
    }

    private static int compareLittleEndian(byte[] a, byte[] b) {
        for (int i = a.length - 1; i >= 0; i--) {
            int order = Integer.compare(a[i] & 0xff, b[i] & 0xff);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static byte[] append(byte[] value, byte[] operand, int valueBytesLimit) {
        if (value == null) {
            return operand;
        }
        if (value.length + operand.length > valueBytesLimit) {
            return value;
        }
        byte[] joined = Arrays.copyOf(value, value.length + operand.length);
        System.arraycopy(operand, 0, joined, value.length, operand.length);
        return joined;
    }
}
