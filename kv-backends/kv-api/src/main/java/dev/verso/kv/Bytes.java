package dev.verso.kv;

import java.util.Arrays;

/** Byte strings as keys: order, neighbours, and a form for messages. */
public final class Bytes {
    private Bytes() {}

    /** Unsigned lexicographic order. */
    public static int compare(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b);
    }

    /** The first key after {@code key}: the same with a zero byte appended. */
    public static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /** The first key after every key that begins with {@code prefix}, which must hold a byte other than {@code 0xff}. */
    public static byte[] prefixEnd(byte[] prefix) {
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xff) {
                byte[] end = Arrays.copyOf(prefix, i + 1);
                end[i]++;
                return end;
            }
        }
        throw new IllegalArgumentException("no key follows the prefix " + printable(prefix));
    }

    public static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** Printable ASCII as it is, all else as {@code \x00}. Long strings are cut. */
    public static String printable(byte[] bytes) {
        if (bytes == null) {
            return "(none)";
        }
        StringBuilder text = new StringBuilder();
        int shown = Math.min(bytes.length, 80);
        for (int i = 0; i < shown; i++) {
            int b = bytes[i] & 0xff;
            if (b >= 0x20 && b < 0x7f && b != '\\') {
                text.append((char) b);
            } else {
                text.append("\\x").append(Character.forDigit(b >> 4, 16)).append(Character.forDigit(b & 15, 16));
            }
        }
        return shown < bytes.length
                ? text.append("... (").append(bytes.length).append(" bytes)").toString()
                : text.toString();
    }
}
