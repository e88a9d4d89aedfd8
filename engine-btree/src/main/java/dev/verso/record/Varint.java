package dev.verso.record;

import dev.verso.pager.BigEndian;

/**
 * SQLite's variable-length integers (file format §1.6): big-endian groups of 7 bits, the high bit set on all but the last byte; a
 * ninth byte carries 8 bits. {@link #get}, {@link #end} and {@link #put} trust the caller that the bytes are there; the checked
 * forms take the end of what may be read.
 */
public final class Varint {
    /** The longest varint. */
    public static final int MAX_BYTES = 9;

    /** The bits of 8 bytes that say that a varint goes on. */
    private static final long CONTINUED = 0x8080808080808080L;

    private Varint() {}

    /** The value of the varint at {@code offset}. */
    public static long get(byte[] bytes, int offset) {
        int first = bytes[offset];
        if (first >= 0) {
            return first;
        }
        int second = bytes[offset + 1];
        if (second >= 0) {
            return (first & 0x7f) << 7 | second;
        }
        return getLong(bytes, offset);
    }

    /** The offset just behind the varint at {@code offset}. */
    public static int end(byte[] bytes, int offset) {
        if (bytes[offset] >= 0) {
            return offset + 1;
        }
        if (bytes[offset + 1] >= 0) {
            return offset + 2;
        }
        if (offset + 8 <= bytes.length) {
            long lastBytes = ~BigEndian.s64(bytes, offset) & CONTINUED;
            return lastBytes == 0 ? offset + MAX_BYTES : offset + 1 + (Long.numberOfLeadingZeros(lastBytes) >>> 3);
        }
        int at = offset + 2;
        int last = offset + 8;
        while (at < last && bytes[at] < 0) {
            at++;
        }
        return at + 1;
    }

    /** Like {@link #end}, or -1 if the varint does not end before {@code limit}. */
    public static int endChecked(byte[] bytes, int offset, int limit) {
        int last = offset + 8;
        for (int at = offset; at < limit; at++) {
            if (bytes[at] >= 0 || at == last) {
                return at + 1;
            }
        }
        return -1;
    }

    /** Number of bytes of the shortest form. */
    public static int length(long value) {
        if ((value & ~0x7fL) == 0) {
            return 1;
        }
        if ((value & ~0x3fffL) == 0) {
            return 2;
        }
        int bits = 64 - Long.numberOfLeadingZeros(value);
        return bits > 56 ? 9 : (bits + 6) / 7;
    }

    /** Writes the shortest form and returns the offset behind it. */
    public static int put(byte[] bytes, int offset, long value) {
        if ((value & ~0x7fL) == 0) {
            bytes[offset] = (byte) value;
            return offset + 1;
        }
        if ((value & ~0x3fffL) == 0) {
            bytes[offset] = (byte) (value >>> 7 | 0x80);
            bytes[offset + 1] = (byte) (value & 0x7f);
            return offset + 2;
        }
        return putLong(bytes, offset, value);
    }

    private static long getLong(byte[] bytes, int offset) {
        if (offset + 8 <= bytes.length) {
            long word = BigEndian.s64(bytes, offset);
            long lastBytes = ~word & CONTINUED;
            if (lastBytes != 0) {
                return joinSevens(word >>> 56 - (Long.numberOfLeadingZeros(lastBytes) & 0x38));
            }
        }
        long value = 0;
        for (int at = offset; at < offset + 8; at++) {
            int next = bytes[at];
            value = value << 7 | next & 0x7f;
            if (next >= 0) {
                return value;
            }
        }
        return value << 8 | bytes[offset + 8] & 0xff;
    }

    /** Joins the low 7 bits of each of 8 bytes: neighbours first, then pairs, then fours. */
    private static long joinSevens(long bytes) {
        long value = bytes & 0x7f7f7f7f7f7f7f7fL;
        value = value & 0x007f007f007f007fL | (value & 0x7f007f007f007f00L) >>> 1;
        value = value & 0x00003fff00003fffL | (value & 0x3fff00003fff0000L) >>> 2;
        return value & 0x000000000fffffffL | (value & 0x0fffffff00000000L) >>> 4;
    }

    private static int putLong(byte[] bytes, int offset, long value) {
        int length = length(value);
        int at = offset + length - 1;
        long rest = value;
        if (length == MAX_BYTES) {
            bytes[at--] = (byte) rest;
            rest >>>= 8;
        } else {
            bytes[at--] = (byte) (rest & 0x7f);
            rest >>>= 7;
        }
        while (at >= offset) {
            bytes[at--] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        return offset + length;
    }
}
