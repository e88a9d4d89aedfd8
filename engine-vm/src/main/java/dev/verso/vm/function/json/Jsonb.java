package dev.verso.vm.function.json;

import java.util.Arrays;

/**
 * One JSON value in the binary format JSONB, growing and editable. An element is a header, whose low four bits are the type and whose
 * high four bits are the payload's size or say how many bytes of size follow, and the payload (sqlite.org/jsonb.html, section 3).
 */
final class Jsonb {
    static final int NULL = 0;
    static final int TRUE = 1;
    static final int FALSE = 2;
    /** RFC 8259 integer. */
    static final int INT = 3;
    /** Hexadecimal integer. */
    static final int INT5 = 4;

    static final int FLOAT = 5;
    /** A real with a point at its begin or end, as JSON5 allows. */
    static final int FLOAT5 = 6;
    /** Text without escapes that may stand between quotes as it is. */
    static final int TEXT = 7;
    /** Text with RFC 8259 escapes. */
    static final int TEXTJ = 8;
    /** Text with JSON5 escapes. */
    static final int TEXT5 = 9;
    /** Text that needs to be escaped when it is written as JSON. */
    static final int TEXTRAW = 10;

    static final int ARRAY = 11;
    static final int OBJECT = 12;

    /** Deepest nesting of arrays and objects. */
    static final int MAXIMUM_DEPTH = 1000;

    /** Subtype of a text that is JSON. */
    static final int SUBTYPE = 'J';

    private static final byte[] EMPTY = new byte[0];
    private static final int MOST = Integer.MAX_VALUE - 64;

    byte[] bytes = EMPTY;
    int length;

    /** Payload bytes of the element that {@link #headerSize} was last asked about. */
    int payloadSize;

    Jsonb() {}

    static boolean isText(int type) {
        return type >= TEXT && type <= TEXTRAW;
    }

    int type(int at) {
        return bytes[at] & 15;
    }

    /** True if the text type's bytes are the text itself, without escapes. */
    static boolean isRaw(int type) {
        return type == TEXT || type == TEXTRAW;
    }

    /** Size of the header at {@code at}, 0 if it or its payload goes past the end; sets {@link #payloadSize}. */
    int headerSize(int at) {
        payloadSize = 0;
        if (at < 0 || at >= length) {
            return 0;
        }
        int size = (bytes[at] & 0xff) >> 4;
        int header = 1;
        if (size >= 12) {
            header = 1 + (1 << size - 12);
            if (at + header > length) {
                return 0;
            }
            long big = 0;
            for (int i = at + 1; i < at + header; i++) {
                if (big > Integer.MAX_VALUE >> 8) {
                    return 0;
                }
                big = big << 8 | bytes[i] & 0xff;
            }
            if (big > length) {
                return 0;
            }
            size = (int) big;
        }
        if ((long) at + header + size > length) {
            return 0;
        }
        payloadSize = size;
        return header;
    }

    /** Offset past the element at {@code at}, or 0 if that is malformed. */
    int next(int at) {
        int header = headerSize(at);
        return header == 0 ? 0 : at + header + payloadSize;
    }

    void clear() {
        length = 0;
    }

    /** Becomes a copy of those bytes. */
    void set(byte[] source, int offset, int count) {
        length = 0;
        append(source, offset, count);
    }

    void append(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /** Appends an element with that payload. */
    void append(int type, byte[] source, int offset, int count) {
        reserve(count + 5L);
        length = writeHeader(length, type, count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /** Appends an element without payload; returns where it begins. */
    int append(int type) {
        reserve(1);
        bytes[length] = (byte) type;
        return length++;
    }

    /** Gives the container that begins at {@code at}, with an empty header so far, all that was appended since. */
    void close(int at) {
        resize(at, length - at - 1);
    }

    /** Writes the size of the payload into the header of the element at {@code at}, moving the payload; returns by how much. */
    int resize(int at, int payload) {
        int present = 1 + headerExtra(bytes[at]);
        int needed = headerSizeFor(payload);
        if (needed != present) {
            splice(at + 1, present - 1, needed - 1);
        }
        writeHeader(at, type(at), payload);
        return needed - present;
    }

    private static int headerSizeFor(int payload) {
        return payload <= 11 ? 1 : payload <= 0xff ? 2 : payload <= 0xffff ? 3 : 5;
    }

    private int writeHeader(int at, int type, int payload) {
        if (payload <= 11) {
            bytes[at] = (byte) (payload << 4 | type);
            return at + 1;
        }
        if (payload <= 0xff) {
            bytes[at] = (byte) (0xc0 | type);
            bytes[at + 1] = (byte) payload;
            return at + 2;
        }
        if (payload <= 0xffff) {
            bytes[at] = (byte) (0xd0 | type);
            bytes[at + 1] = (byte) (payload >> 8);
            bytes[at + 2] = (byte) payload;
            return at + 3;
        }
        bytes[at] = (byte) (0xe0 | type);
        bytes[at + 1] = (byte) (payload >> 24);
        bytes[at + 2] = (byte) (payload >> 16);
        bytes[at + 3] = (byte) (payload >> 8);
        bytes[at + 4] = (byte) payload;
        return at + 5;
    }

    /** Puts room for {@code inserted} bytes in the place of {@code removed} ones. */
    void splice(int at, int removed, int inserted) {
        if (inserted > removed) {
            reserve(inserted - removed);
        }
        System.arraycopy(bytes, at + removed, bytes, at + inserted, length - at - removed);
        length += inserted - removed;
    }

    /** Puts bytes of another value in the place of {@code removed} ones. */
    void splice(int at, int removed, Jsonb source, int from, int count) {
        splice(at, removed, count);
        System.arraycopy(source.bytes, from, bytes, at, count);
    }

    /**
     * Puts an element of another value in the place of {@code removed} bytes. One that is shorter by what a wider header takes up gets that
     * header, so that nothing after it moves.
     */
    void replace(int at, int removed, Jsonb source, int from, int count) {
        int header = 1 + headerExtra(source.bytes[from]);
        int widened = header + removed - count;
        boolean wider = widened == 2 || widened == 3 || widened == 5 || widened == 9;
        if (removed <= count || !wider || source.type(from) <= FALSE) {
            splice(at, removed, source, from, count);
            return;
        }
        int payload = count - header;
        System.arraycopy(source.bytes, from + header, bytes, at + widened, payload);
        bytes[at] = (byte) (12 + Integer.numberOfTrailingZeros(widened - 1) << 4 | source.type(from));
        for (int i = widened - 1, rest = payload; i > 0; i--, rest >>>= 8) {
            bytes[at + i] = (byte) rest;
        }
    }

    private static int headerExtra(byte first) {
        int size = (first & 0xff) >> 4;
        return size < 12 ? 0 : 1 << size - 12;
    }

    private void reserve(long more) {
        long needed = length + more;
        if (needed > bytes.length) {
            if (needed > MOST) {
                throw JsonError.tooBig();
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(MOST, Math.max(Math.max(64, needed), bytes.length * 2L)));
        }
    }
}
