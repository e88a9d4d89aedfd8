package dev.verso.vm.function.json;

import dev.verso.vm.function.builtin.ByteOutput;

/** Reads escaped texts character by character. For reuse. */
final class JsonEscapes {
    /** Stands for an escape that is none. */
    static final int INVALID = 0x99999;

    /** The character read last. */
    int character;

    JsonEscapes() {}

    /** Appends the text without its escapes. */
    void unescape(byte[] bytes, int from, int past, ByteOutput out) {
        for (int at = from; at < past; ) {
            if (bytes[at] != '\\') {
                out.add(bytes[at++]);
                continue;
            }
            at += read(bytes, at, past);
            if (character != INVALID) {
                out.addCodePoint(character); // half a surrogate pair too
            }
        }
    }

    /** Reads the escape at {@code at} into {@link #character}; returns its length. */
    int read(byte[] bytes, int at, int past) {
        int rest = past - at;
        character = INVALID;
        if (rest < 2) {
            return rest;
        }
        int c = bytes[at + 1] & 0xff;
        switch (c) {
            case 'u':
                return unicode(bytes, at, past);
            case 'b':
                character = '\b';
                return 2;
            case 'f':
                character = '\f';
                return 2;
            case 'n':
                character = '\n';
                return 2;
            case 'r':
                character = '\r';
                return 2;
            case 't':
                character = '\t';
                return 2;
            case 'v':
                character = 0x0b;
                return 2;
            case '0':
                character = rest > 2 && JsonCharacters.isDigit(bytes[at + 2]) ? INVALID : 0;
                return 2;
            case '\'', '"', '/', '\\':
                character = c;
                return 2;
            case 'x':
                if (rest < 4) {
                    return rest;
                }
                character = JsonCharacters.hex(bytes[at + 2]) << 4 | JsonCharacters.hex(bytes[at + 3]);
                return 4;
            case 0xe2, '\r', '\n':
                return continuedLine(bytes, at, past);
            default:
                return 2;
        }
    }

    private int unicode(byte[] bytes, int at, int past) {
        if (past - at < 6) {
            return past - at;
        }
        character = JsonCharacters.hex4(bytes, at + 2);
        if ((character & 0xfc00) == 0xd800 && past - at >= 12 && bytes[at + 6] == '\\' && bytes[at + 7] == 'u') {
            int low = JsonCharacters.hex4(bytes, at + 8);
            if ((low & 0xfc00) == 0xdc00) {
                character = ((character & 0x3ff) << 10) + (low & 0x3ff) + 0x10000;
                return 12;
            }
        }
        return 6;
    }

    /** A backslash before an end of line: the character is the one after it. */
    private int continuedLine(byte[] bytes, int at, int past) {
        int skip = 0;
        while (at + skip + 1 < past && bytes[at + skip] == '\\') {
            int c = bytes[at + skip + 1] & 0xff;
            if (c == '\n') {
                skip += 2;
            } else if (c == '\r') {
                skip += at + skip + 2 < past && bytes[at + skip + 2] == '\n' ? 3 : 2;
            } else if (c == 0xe2
                    && at + skip + 3 < past
                    && (bytes[at + skip + 2] & 0xff) == 0x80
                    && ((bytes[at + skip + 3] & 0xff) == 0xa8 || (bytes[at + skip + 3] & 0xff) == 0xa9)) {
                skip += 4;
            } else {
                break;
            }
        }
        if (skip == 0) {
            return past - at;
        }
        if (at + skip == past) {
            character = 0;
            return skip;
        }
        if (bytes[at + skip] == '\\') {
            return skip + read(bytes, at + skip, past);
        }
        return skip + readUtf8(bytes, at + skip, past);
    }

    /** Reads a character of at most 4 bytes; ill-formed ones give what their bits say, unlike elsewhere, as in SQLite's JSON. Returns its length. */
    private int readUtf8(byte[] bytes, int at, int past) {
        int lead = bytes[at] & 0xff;
        if (lead < 0xc0) {
            character = lead;
            return 1;
        }
        character = lead < 0xe0
                ? lead & 0x1f
                : lead < 0xf0
                        ? lead & 0x0f
                        : lead < 0xf8 ? lead & 0x07 : lead < 0xfc ? lead & 3 : lead < 0xfe ? lead & 1 : 0;
        int length = 1;
        while (length < 4 && at + length < past && (bytes[at + length] & 0xc0) == 0x80) {
            character = (character << 6) + (bytes[at + length] & 0x3f);
            length++;
        }
        return length;
    }

    /** The next character of a text at {@code at}, 0 at its end; returns its length. */
    private int next(byte[] bytes, int at, int past, boolean raw) {
        if (at >= past) {
            character = 0;
            return 0;
        }
        int c = bytes[at] & 0xff;
        if (c == '\\' && !raw) {
            return read(bytes, at, past);
        }
        if (c >= 0xc0) {
            return readUtf8(bytes, at, past);
        }
        character = c;
        return 1;
    }

    /** True if two labels are the same text; {@code raw} says that a label has no escapes. */
    boolean same(byte[] a, int aFrom, int aPast, boolean aRaw, byte[] b, int bFrom, int bPast, boolean bRaw) {
        if (aRaw && bRaw) {
            return java.util.Arrays.equals(a, aFrom, aPast, b, bFrom, bPast);
        }
        int i = aFrom;
        int j = bFrom;
        while (true) {
            boolean aEnded = i >= aPast;
            i += next(a, i, aPast, aRaw);
            int first = character;
            boolean bEnded = j >= bPast;
            j += next(b, j, bPast, bRaw);
            if (first != character) {
                return false;
            }
            if (first == 0 || aEnded || bEnded) {
                return true;
            }
        }
    }
}
