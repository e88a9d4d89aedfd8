package dev.verso.vm.function.builtin;

/** Steps through UTF-8 as SQLite does: any byte sequence is text, a character is a lead byte and the continuation bytes after it. */
public final class Utf8 {
    /** What lead bytes that UTF-8 does not have are taken for. */
    private static final int[] BEYOND = {0, 1, 2, 3, 0, 1, 0, 0};

    private Utf8() {}

    /** Offset just past the character at {@code at}. */
    public static int next(byte[] bytes, int at, int end) {
        int lead = bytes[at++] & 0xff;
        if (lead >= 0xc0) {
            while (at < end && (bytes[at] & 0xc0) == 0x80) {
                at++;
            }
        }
        return at;
    }

    /** As {@link #next}, but continuation bytes that follow nothing are one character together: {@code length} and {@code substr} count so. */
    static int nextTogether(byte[] bytes, int at, int end) {
        if (bytes[at++] < 0) {
            while (at < end && (bytes[at] & 0xc0) == 0x80) {
                at++;
            }
        }
        return at;
    }

    /** The code point at {@code at}; broken ones read as U+FFFD. */
    public static int codePoint(byte[] bytes, int at, int end) {
        int lead = bytes[at++] & 0xff;
        if (lead < 0xc0) {
            return lead;
        }
        int c = lead < 0xe0 ? lead & 0x1f : lead < 0xf0 ? lead & 0x0f : lead < 0xf8 ? lead & 0x07 : BEYOND[lead - 0xf8];
        while (at < end && (bytes[at] & 0xc0) == 0x80) {
            c = (c << 6) + (bytes[at++] & 0x3f);
        }
        return c < 0x80 || (c & 0xfffff800) == 0xd800 ? 0xfffd : c;
    }

    /** The text as SQLite turns it into UTF-16: of broken characters it makes what their bits say. */
    static String decode(byte[] bytes, int offset, int length) {
        StringBuilder text = new StringBuilder(length);
        int end = offset + length;
        for (int at = offset; at < end; at = next(bytes, at, end)) {
            int c = codePoint(bytes, at, end);
            text.appendCodePoint(Character.isValidCodePoint(c) ? c : 0xfffd);
        }
        return text.toString();
    }

    /** Number of characters up to the end or the first NUL. */
    static int countUntilNul(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int count = 0;
        for (int at = offset; at < end; ) {
            if (bytes[at] == 0) {
                break;
            }
            at = next(bytes, at, end);
            count++;
        }
        return count;
    }

    /** Number of bytes that continue no character. */
    static int starts(byte[] bytes, int offset, int length) {
        int count = 0;
        for (int at = offset; at < offset + length; at++) {
            count += (bytes[at] & 0xc0) == 0x80 ? 0 : 1;
        }
        return count;
    }
}
