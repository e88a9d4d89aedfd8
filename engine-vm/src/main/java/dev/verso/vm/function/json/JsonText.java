package dev.verso.vm.function.json;

import dev.verso.vm.function.builtin.ByteOutput;

/** Writes JSONB as JSON text in UTF-8, and texts between quotes. */
final class JsonText {
    private static final String[] WORDS = {"null", "true", "false"};
    private static final String HEX = "0123456789abcdef";

    private final ByteOutput out;
    private Jsonb json;
    private int depth;

    JsonText(ByteOutput out) {
        this.out = out;
    }

    /** Appends the element at {@code at} in its shortest form; returns the offset past it. */
    int write(Jsonb source, int at) {
        json = source;
        depth = 0;
        return element(at);
    }

    /** Appends the element over several lines, each level indented by that text. */
    void writePretty(Jsonb source, int at, byte[] indent) {
        json = source;
        depth = 0;
        pretty(at, indent);
    }

    private int element(int at) {
        int header = json.headerSize(at);
        if (header == 0) {
            throw JsonError.malformed();
        }
        int from = at + header;
        int past = from + json.payloadSize;
        int type = json.type(at);
        switch (type) {
            case Jsonb.ARRAY, Jsonb.OBJECT -> container(type, from, past);
            case Jsonb.NULL, Jsonb.TRUE, Jsonb.FALSE -> {
                out.add(WORDS[type]);
                return at + 1; // whatever size a damaged header says
            }
            default -> scalar(type, from, past);
        }
        return past;
    }

    private void container(int type, int from, int past) {
        if (++depth > Jsonb.MAXIMUM_DEPTH) {
            throw JsonError.malformed();
        }
        boolean array = type == Jsonb.ARRAY;
        out.add(array ? '[' : '{');
        int count = 0;
        for (int at = from; at < past; count++) {
            if (count > 0) {
                out.add(array || (count & 1) == 0 ? ',' : ':');
            }
            at = element(at);
            if (at > past) {
                throw JsonError.malformed();
            }
        }
        if (!array && (count & 1) != 0) {
            throw JsonError.malformed();
        }
        out.add(array ? ']' : '}');
        depth--;
    }

    private int pretty(int at, byte[] indent) {
        int header = json.headerSize(at);
        if (header == 0) {
            throw JsonError.malformed();
        }
        int type = json.type(at);
        if (type != Jsonb.ARRAY && type != Jsonb.OBJECT) {
            return element(at);
        }
        if (depth >= Jsonb.MAXIMUM_DEPTH) {
            throw JsonError.malformed();
        }
        int i = at + header;
        int past = i + json.payloadSize;
        boolean array = type == Jsonb.ARRAY;
        out.add(array ? '[' : '{');
        if (i < past) {
            out.add('\n');
            depth++;
            while (true) {
                indent(indent);
                if (!array) {
                    i = element(i);
                    out.add(": ");
                }
                i = pretty(i, indent);
                if (i >= past) {
                    break;
                }
                out.add(",\n");
            }
            out.add('\n');
            depth--;
            indent(indent);
        }
        out.add(array ? ']' : '}');
        return past;
    }

    private void indent(byte[] indent) {
        for (int i = 0; i < depth; i++) {
            out.add(indent, 0, indent.length);
        }
    }

    private void scalar(int type, int from, int past) {
        byte[] bytes = json.bytes;
        switch (type) {
            case Jsonb.INT, Jsonb.FLOAT -> {
                requireBytes(from, past);
                out.add(bytes, from, past - from);
            }
            case Jsonb.INT5 -> hexadecimal(bytes, from, past);
            case Jsonb.FLOAT5 -> barePoint(bytes, from, past);
            case Jsonb.TEXT, Jsonb.TEXTJ -> {
                out.add('"');
                out.add(bytes, from, past - from);
                out.add('"');
            }
            case Jsonb.TEXT5 -> text5(bytes, from, past);
            case Jsonb.TEXTRAW -> quote(out, bytes, from, past - from);
            default -> throw JsonError.malformed();
        }
    }

    private static void requireBytes(int from, int past) {
        if (past == from) {
            throw JsonError.malformed();
        }
    }

    private void hexadecimal(byte[] bytes, int from, int past) {
        requireBytes(from, past);
        int at = from + 2;
        if (bytes[from] == '-') {
            out.add('-');
            at++;
        } else if (bytes[from] == '+') {
            at++;
        }
        long value = 0;
        boolean overflow = false;
        for (; at < past; at++) {
            if (!JsonCharacters.isHex(bytes[at])) {
                throw JsonError.malformed();
            }
            if (value >>> 60 != 0) {
                overflow = true;
            } else {
                value = value << 4 | JsonCharacters.hex(bytes[at]);
            }
        }
        out.add(overflow ? "9.0e999" : Long.toUnsignedString(value));
    }

    /** Puts a zero before and after a point that stands bare. */
    private void barePoint(byte[] bytes, int from, int past) {
        requireBytes(from, past);
        int at = from;
        if (bytes[at] == '-') {
            out.add('-');
            at++;
        }
        if (at < past && bytes[at] == '.') {
            out.add('0');
        }
        for (; at < past; at++) {
            out.add(bytes[at]);
            if (bytes[at] == '.' && (at + 1 == past || !JsonCharacters.isDigit(bytes[at + 1]))) {
                out.add('0');
            }
        }
    }

    /** Rewrites the escapes of JSON5 with those of RFC 8259. */
    private void text5(byte[] bytes, int from, int past) {
        out.add('"');
        int at = from;
        while (at < past) {
            int c = bytes[at] & 0xff;
            if (JsonCharacters.isPlain(c) || c == '\'') {
                out.add(c);
                at++;
            } else if (c == '"') {
                out.add("\\\"");
                at++;
            } else if (c <= 0x1f) {
                control(out, c);
                at++;
            } else {
                at = escape5(bytes, at, past);
            }
        }
        out.add('"');
    }

    private int escape5(byte[] bytes, int at, int past) {
        if (at + 1 >= past) {
            throw JsonError.malformed();
        }
        int c = bytes[at + 1] & 0xff;
        switch (c) {
            case '\'' -> out.add('\'');
            case 'v' -> out.add("\\u000b");
            case '0' -> out.add("\\u0000");
            case 'x' -> {
                if (at + 4 > past) {
                    throw JsonError.malformed();
                }
                out.add("\\u00");
                out.add(bytes, at + 2, 2);
                return at + 4;
            }
            case '\r' -> {
                return at + 2 < past && bytes[at + 2] == '\n' ? at + 3 : at + 2;
            }
            case '\n' -> {
                return at + 2;
            }
            case 0xe2 -> {
                if (at + 4 > past
                        || (bytes[at + 2] & 0xff) != 0x80
                        || (bytes[at + 3] & 0xff) != 0xa8 && (bytes[at + 3] & 0xff) != 0xa9) {
                    throw JsonError.malformed();
                }
                return at + 4;
            }
            default -> out.add(bytes, at, 2);
        }
        return at + 2;
    }

    /** Appends a text between quotes, with what JSON cannot hold escaped. */
    static void quote(ByteOutput out, byte[] bytes, int from, int count) {
        out.add('"');
        int run = from;
        for (int at = from; at < from + count; at++) {
            int c = bytes[at] & 0xff;
            if (c >= 0x20 && c != '"' && c != '\\') {
                continue;
            }
            out.add(bytes, run, at - run);
            run = at + 1;
            if (c < 0x20) {
                control(out, c);
            } else {
                out.add('\\');
                out.add(c);
            }
        }
        out.add(bytes, run, from + count - run);
        out.add('"');
    }

    private static void control(ByteOutput out, int c) {
        out.add('\\');
        int letter = "\b\t\n\f\r".indexOf(c);
        if (letter >= 0) {
            out.add("btnfr".charAt(letter));
        } else {
            out.add("u00");
            out.add(HEX.charAt(c >> 4));
            out.add(HEX.charAt(c & 15));
        }
    }
}
