package dev.verso.vm.function.builtin;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing UTF-8 text or blob; the limit is SQLite's, 2,147,483,647 bytes, less what a JVM array cannot hold. */
public final class ByteOutput {
    /** The greatest limit that a connection can have for a text or blob. */
    private static final int MOST = 1_000_000_000;

    private byte[] bytes;
    private int length;

    public ByteOutput(int expected) {
        bytes = new byte[Math.max(16, expected)];
    }

    public int length() {
        return length;
    }

    public byte[] bytes() {
        return bytes;
    }

    public void clear() {
        length = 0;
    }

    public void truncate(int newLength) {
        length = newLength;
    }

    public void add(int b) {
        reserve(1);
        bytes[length++] = (byte) b;
    }

    public void add(byte[] from, int offset, int count) {
        reserve(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    public void add(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        add(encoded, 0, encoded.length);
    }

    public void repeat(int b, int count) {
        if (count > 0) {
            reserve(count);
            Arrays.fill(bytes, length, length + count, (byte) b);
            length += count;
        }
    }

    /** Adds the bytes {@code times} times; what would be too long is refused before it is built. */
    public void repeat(byte[] unit, int times) {
        long count = (long) unit.length * times;
        if (unit.length == 1) {
            repeat(unit[0], times);
        } else if (count > 0) {
            reserve(count);
            int start = length;
            int end = start + (int) count;
            System.arraycopy(unit, 0, bytes, start, unit.length);
            for (int at = start + unit.length; at < end; ) {
                int copied = Math.min(at - start, end - at);
                System.arraycopy(bytes, start, bytes, at, copied);
                at += copied;
            }
            length = end;
        }
    }

    public void addCodePoint(int c) {
        if (c < 0x80) {
            add(c);
        } else if (c < 0x800) {
            add(0xc0 | c >> 6);
            add(0x80 | c & 0x3f);
        } else if (c < 0x10000) {
            add(0xe0 | c >> 12);
            add(0x80 | c >> 6 & 0x3f);
            add(0x80 | c & 0x3f);
        } else {
            add(0xf0 | c >> 18);
            add(0x80 | c >> 12 & 0x3f);
            add(0x80 | c >> 6 & 0x3f);
            add(0x80 | c & 0x3f);
        }
    }

    /** Moves the first {@code count} bytes out. */
    public void removeFirst(int count) {
        System.arraycopy(bytes, count, bytes, 0, length - count);
        length -= count;
    }

    private void reserve(long count) {
        long needed = length + count;
        if (needed > bytes.length) {
            if (needed > MOST) {
                throw Arguments.tooBig();
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(MOST, Math.max(needed, bytes.length * 2L)));
        }
    }
}
