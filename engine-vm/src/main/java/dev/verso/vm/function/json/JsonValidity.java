package dev.verso.vm.function.json;

import static dev.verso.vm.function.json.JsonCharacters.isDigit;
import static dev.verso.vm.function.json.JsonCharacters.isHex;

/** Checks JSONB to the last byte: what {@code json_valid(X,8)} and {@code json_error_position} ask for. */
final class JsonValidity {
    private final Jsonb json;
    private final JsonEscapes escapes = new JsonEscapes();

    JsonValidity(Jsonb json) {
        this.json = json;
    }

    /** Position of the first wrong byte, counted from 1, or 0 if the whole value is well-formed. */
    int check() {
        return element(0, json.length, 1);
    }

    private int element(int at, int past, int depth) {
        int header = depth > Jsonb.MAXIMUM_DEPTH ? 0 : json.headerSize(at);
        if (header == 0 || at + header + json.payloadSize != past) {
            return at + 1;
        }
        int from = at + header;
        int size = past - from;
        int type = json.type(at);
        return switch (type) {
            case Jsonb.NULL, Jsonb.TRUE, Jsonb.FALSE -> header + size == 1 ? 0 : at + 1;
            case Jsonb.INT -> integer(at, from, past);
            case Jsonb.INT5 -> hexadecimal(at, from, past);
            case Jsonb.FLOAT, Jsonb.FLOAT5 -> real(at, from, past, type == Jsonb.FLOAT);
            case Jsonb.TEXT -> plain(from, past);
            case Jsonb.TEXTJ, Jsonb.TEXT5 -> escaped(from, past, type == Jsonb.TEXT5);
            case Jsonb.TEXTRAW -> 0;
            case Jsonb.ARRAY, Jsonb.OBJECT -> container(at, from, past, type == Jsonb.OBJECT, depth);
            default -> at + 1;
        };
    }

    private int integer(int at, int from, int past) {
        byte[] bytes = json.bytes;
        if (past == from) {
            return at + 1;
        }
        int i = from;
        if (bytes[i] == '-') {
            i++;
            if (i == past) {
                return at + 1;
            }
        }
        for (; i < past; i++) {
            if (!isDigit(bytes[i])) {
                return i + 1;
            }
        }
        return 0;
    }

    private int hexadecimal(int at, int from, int past) {
        byte[] bytes = json.bytes;
        int i = from;
        if (past - from < 3) {
            return at + 1;
        }
        if (bytes[i] == '-') {
            if (past - from < 4) {
                return at + 1;
            }
            i++;
        }
        if (bytes[i] != '0') {
            return at + 1;
        }
        if ((bytes[i + 1] | 0x20) != 'x') {
            return i + 2;
        }
        for (i += 2; i < past; i++) {
            if (!isHex(bytes[i])) {
                return i + 1;
            }
        }
        return 0;
    }

    private int peek(int at, int past) {
        return at < past ? json.bytes[at] & 0xff : 0;
    }

    private int real(int at, int from, int past, boolean strict) {
        int seen = 0; // 1: the point, 2: the exponent
        int i = from;
        if (past - from < 2) {
            return at + 1;
        }
        if (peek(i, past) == '-') {
            i++;
            if (past - from < 3) {
                return at + 1;
            }
        }
        if (peek(i, past) == '.') {
            if (strict || !isDigit(peek(i + 1, past))) {
                return i + 1;
            }
            i += 2;
            seen = 1;
        } else if (peek(i, past) == '0' && strict) {
            int c = peek(i + 1, past);
            if (i + 3 > past || c != '.' && c != 'e' && c != 'E') {
                return i + 1;
            }
            i++;
        }
        for (; i < past; i++) {
            int c = peek(i, past);
            if (isDigit(c)) {
                continue;
            }
            if (c == '.') {
                if (seen > 0 || strict && (i == past - 1 || !isDigit(peek(i + 1, past)))) {
                    return i + 1;
                }
                seen = 1;
                continue;
            }
            if (c != 'e' && c != 'E' || seen == 2 || i == past - 1) {
                return i + 1;
            }
            int sign = peek(i + 1, past);
            if (sign == '+' || sign == '-') {
                i++;
                if (i == past - 1) {
                    return i + 1;
                }
            }
            seen = 2;
        }
        return seen == 0 ? at + 1 : 0;
    }

    private int plain(int from, int past) {
        for (int i = from; i < past; i++) {
            int c = json.bytes[i] & 0xff;
            if (!JsonCharacters.isPlain(c) && c != '\'') {
                return i + 1;
            }
        }
        return 0;
    }

    private int escaped(int from, int past, boolean extended) {
        byte[] bytes = json.bytes;
        for (int i = from; i < past; i++) {
            int c = bytes[i] & 0xff;
            if (JsonCharacters.isPlain(c) || c == '\'') {
                continue;
            }
            if (c == '"' || c <= 0x1f) {
                if (!extended) {
                    return i + 1;
                }
                continue;
            }
            if (i + 1 >= past) {
                return i + 1;
            }
            int escape = bytes[i + 1] & 0xff;
            if ("\"\\/bfnrt".indexOf(escape) >= 0) {
                i++;
            } else if (escape == 'u') {
                if (i + 5 >= past || !JsonCharacters.isHex4(bytes, i + 2, past)) {
                    return i + 1;
                }
                i++;
            } else if (!extended) {
                return i + 1;
            } else {
                int size = escapes.read(bytes, i, past);
                if (escapes.character == JsonEscapes.INVALID) {
                    return i + 1;
                }
                i += size - 1;
            }
        }
        return 0;
    }

    private int container(int at, int from, int past, boolean object, int depth) {
        int count = 0;
        for (int i = from; i < past; count++) {
            int next = json.next(i);
            if (next == 0 || next > past) {
                return i + 1;
            }
            if (object && (count & 1) == 0 && !Jsonb.isText(json.type(i))) {
                return i + 1;
            }
            int wrong = element(i, next, depth + 1);
            if (wrong != 0) {
                return wrong;
            }
            i = next;
        }
        return object && (count & 1) != 0 ? at + 1 : 0;
    }
}
