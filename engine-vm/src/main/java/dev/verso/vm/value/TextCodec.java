package dev.verso.vm.value;

import dev.verso.record.TextEncoding;
import java.nio.charset.StandardCharsets;

/** Strings to bytes of a database's encoding and back. */
final class TextCodec {
    private TextCodec() {}

    static byte[] encode(String text, TextEncoding encoding) {
        return text.getBytes(encoding.charset());
    }

    /** Ill-formed bytes decode to U+FFFD; an odd last byte of UTF-16 is ignored. */
    static String decode(byte[] bytes, int offset, int length, TextEncoding encoding) {
        if (encoding == TextEncoding.UTF8) {
            return new String(bytes, offset, length, StandardCharsets.UTF_8);
        }
        return new String(bytes, offset, length & ~1, encoding.charset());
    }

    /** The characters of a UTF-16 text up to the first that is not ASCII, one byte each: all that number parsing looks at. */
    static byte[] narrow(byte[] bytes, int offset, int length, TextEncoding encoding) {
        int low = encoding == TextEncoding.UTF16LE ? 0 : 1;
        int characters = length / 2;
        byte[] narrow = new byte[characters];
        for (int i = 0; i < characters; i++) {
            byte high = bytes[offset + 2 * i + 1 - low];
            byte character = bytes[offset + 2 * i + low];
            narrow[i] = high == 0 && character >= 0 ? character : (byte) 0x7f;
        }
        return narrow;
    }

    /** Whether all characters of a UTF-16 text are below U+0100. */
    static boolean isNarrow(byte[] bytes, int offset, int length, TextEncoding encoding) {
        int high = encoding == TextEncoding.UTF16LE ? 1 : 0;
        for (int i = offset + high; i < offset + length; i += 2) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
