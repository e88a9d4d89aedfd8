package dev.verso.vm.function.json;

import static dev.verso.vm.function.json.JsonCharacters.isBlank;
import static dev.verso.vm.function.json.JsonCharacters.isDigit;
import static dev.verso.vm.function.json.JsonCharacters.isHex;
import static dev.verso.vm.function.json.JsonCharacters.isLetterOrDigit;

import java.nio.charset.StandardCharsets;

/**
 * Reads JSON and JSON5 texts in UTF-8 into JSONB. A text ends at its first NUL. For reuse; {@link #out} holds the last result.
 * Methods that read something return the offset past it, or one of the negative codes for what stood there instead, with its offset
 * in {@link #errorAt}.
 */
final class JsonParser {
    private static final int ERROR = -1;
    private static final int CLOSING_BRACE = -2;
    private static final int CLOSING_BRACKET = -3;
    private static final int COMMA = -4;
    private static final int COLON = -5;
    private static final int END = 0;

    private static final int HEX_OR_BARE_POINT = 1;
    private static final int REAL = 2;

    private static final byte[] INFINITY = "9e999".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEGATIVE_INFINITY = "-9e999".getBytes(StandardCharsets.US_ASCII);

    /** The value read last. */
    final Jsonb out = new Jsonb();
    /** Where the text stopped to be JSON, in bytes from its begin. */
    int errorAt;
    /** True if the text needs JSON5 to be right. */
    boolean extended;

    private byte[] text;
    private int begin;
    private int end;
    private int depth;

    JsonParser() {}

    /** Reads a whole text; false if it is not well-formed. */
    boolean parse(byte[] source, int offset, int count) {
        text = source;
        begin = offset;
        end = offset;
        while (end < offset + count && source[end] != 0) {
            end++;
        }
        depth = 0;
        errorAt = begin;
        extended = false;
        out.clear();
        int at = value(begin);
        if (at > 0 && at >= begin) {
            while (isBlank(peek(at))) {
                at++;
            }
            if (at < end) {
                int blanks = JsonCharacters.blanks5(text, at, end);
                if (at + blanks == end) {
                    extended = true;
                    return true;
                }
                errorAt -= begin; // stays where the parser last stopped
                return false;
            }
            return true;
        }
        errorAt -= begin;
        return false;
    }

    private int peek(int at) {
        return at < end ? text[at] & 0xff : 0;
    }

    private int fail(int at) {
        errorAt = at;
        return ERROR;
    }

    private int found(int code, int at) {
        errorAt = at;
        return code;
    }

    private int value(int from) {
        int at = from;
        while (true) {
            int c = peek(at);
            switch (c) {
                case '{':
                    return object(at);
                case '[':
                    return array(at);
                case '"', '\'':
                    return string(at, c);
                case 't':
                    return word(at, "true", Jsonb.TRUE);
                case 'f':
                    return word(at, "false", Jsonb.FALSE);
                case 'n':
                    if (matches(at, "null") && !isLetterOrDigit(peek(at + 4))) {
                        out.append(Jsonb.NULL);
                        return at + 4;
                    }
                    return special(at);
                case '+', '.', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
                    return number(at, c);
                case '}':
                    return found(CLOSING_BRACE, at);
                case ']':
                    return found(CLOSING_BRACKET, at);
                case ',':
                    return found(COMMA, at);
                case ':':
                    return found(COLON, at);
                case 0:
                    return END;
                case ' ', '\t', '\n', '\r':
                    at++;
                    break;
                case 0x0b, 0x0c, '/', 0xc2, 0xe1, 0xe2, 0xe3, 0xef:
                    int blanks = JsonCharacters.blanks5(text, at, end);
                    if (blanks == 0) {
                        return fail(at);
                    }
                    at += blanks;
                    extended = true;
                    break;
                default:
                    return special(at);
            }
        }
    }

    private boolean matches(int at, String word) {
        if (at + word.length() > end) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (text[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean matchesAnyCase(int at, String lowerCase) {
        if (at + lowerCase.length() > end) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            int c = text[at + i];
            if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int word(int at, String word, int type) {
        if (matches(at, word) && !isLetterOrDigit(peek(at + word.length()))) {
            out.append(type);
            return at + word.length();
        }
        return fail(at);
    }

    /** The names of JSON5 and others for what is no finite number. */
    private int special(int at) {
        for (String name : new String[] {"inf", "infinity", "nan", "qnan", "snan"}) {
            if (matchesAnyCase(at, name) && !isLetterOrDigit(peek(at + name.length()))) {
                extended = true;
                if (name.charAt(0) == 'i') {
                    out.append(Jsonb.FLOAT, INFINITY, 0, INFINITY.length);
                } else {
                    out.append(Jsonb.NULL);
                }
                return at + name.length();
            }
        }
        return fail(at);
    }

    // ---- containers

    private int object(int from) {
        int container = out.append(Jsonb.OBJECT);
        if (++depth > Jsonb.MAXIMUM_DEPTH) {
            return fail(from);
        }
        int at = from + 1;
        while (true) {
            int labelAt = out.length;
            int next = value(at);
            if (next <= 0) {
                if (next == CLOSING_BRACE) {
                    if (out.length != container + 1) {
                        extended = true; // a comma before the brace
                    }
                    at = errorAt;
                    break;
                }
                at += JsonCharacters.blanks5(text, at, end);
                int past = bareLabel(at);
                if (past == at) {
                    return next == ERROR ? ERROR : fail(at);
                }
                // what value() may have appended before it failed is dropped
                out.length = labelAt;
                out.append(bareLabelType, text, at, past - at);
                extended = true;
                next = past;
            }
            if (!Jsonb.isText(out.type(labelAt))) {
                return fail(at);
            }
            at = next;
            if (peek(at) == ':') {
                at++;
            } else {
                while (isBlank(peek(at))) {
                    at++;
                }
                if (peek(at) == ':') {
                    at++;
                } else {
                    int colon = value(at);
                    if (colon != COLON) {
                        return colon == ERROR ? ERROR : fail(at);
                    }
                    at = errorAt + 1;
                }
            }
            next = value(at);
            if (next <= 0) {
                return next == ERROR ? ERROR : fail(at);
            }
            at = separator(next, '}', CLOSING_BRACE);
            if (at < 0) {
                return ERROR;
            }
            if (closed) {
                break;
            }
        }
        out.close(container);
        depth--;
        return at + 1;
    }

    private int bareLabelType;

    /** Offset past the unquoted label at {@code at}, that itself if there is none. */
    private int bareLabel(int at) {
        bareLabelType = Jsonb.TEXT;
        int i = at;
        while (true) {
            int c = peek(i);
            if (c == '\\' && peek(i + 1) == 'u' && JsonCharacters.isHex4(text, i + 2, end)) {
                bareLabelType = Jsonb.TEXTJ;
                i++;
            } else if (i == at ? JsonCharacters.beginsLabel(c) : continuesLabel(i, c)) {
                i++;
            } else {
                return i;
            }
        }
    }

    private boolean continuesLabel(int at, int c) {
        return (JsonCharacters.beginsLabel(c) || isDigit(c)) && JsonCharacters.blanks5(text, at, end) == 0;
    }

    private boolean closed;

    /** After a value at {@code from}: offset past a comma, or of the closing character, then {@link #closed}; -1 if there is neither. */
    private int separator(int from, int closing, int closingCode) {
        int at = from;
        while (isBlank(peek(at))) {
            at++;
        }
        int c = peek(at);
        closed = c == closing;
        if (closed) {
            return at;
        }
        if (c == ',') {
            return at + 1;
        }
        int found = value(at);
        if (found == COMMA) {
            return errorAt + 1;
        }
        if (found == closingCode) {
            closed = true;
            return errorAt;
        }
        return fail(at);
    }

    private int array(int from) {
        int container = out.append(Jsonb.ARRAY);
        if (++depth > Jsonb.MAXIMUM_DEPTH) {
            return fail(from);
        }
        int at = from + 1;
        while (true) {
            int next = value(at);
            if (next <= 0) {
                if (next == CLOSING_BRACKET) {
                    if (out.length != container + 1) {
                        extended = true;
                    }
                    at = errorAt;
                    break;
                }
                return next == ERROR ? ERROR : fail(at);
            }
            at = separator(next, ']', CLOSING_BRACKET);
            if (at < 0) {
                return ERROR;
            }
            if (closed) {
                break;
            }
        }
        out.close(container);
        depth--;
        return at + 1;
    }

    // ---- strings

    private int string(int from, int quote) {
        int type = Jsonb.TEXT;
        if (quote == '\'') {
            extended = true;
        }
        int at = from + 1;
        while (true) {
            int c = peek(at);
            if (c == quote && at < end) {
                break;
            }
            if (JsonCharacters.isPlain(c)) {
                at++;
            } else if (c == '\\') {
                int escape = peek(at + 1);
                if ("\"\\/bfnrt".indexOf(escape) >= 0 && at + 1 < end) {
                    if (type == Jsonb.TEXT) {
                        type = Jsonb.TEXTJ;
                    }
                    at += 2;
                } else if (escape == 'u' && JsonCharacters.isHex4(text, at + 2, end)) {
                    if (type == Jsonb.TEXT) {
                        type = Jsonb.TEXTJ;
                    }
                    at += 2;
                } else if (isExtendedEscape(at, escape)) {
                    type = Jsonb.TEXT5;
                    extended = true;
                    at += 2;
                } else {
                    return fail(at + 1);
                }
            } else if (c == 0) {
                return fail(at);
            } else {
                if (c == '"') {
                    type = Jsonb.TEXT5;
                } else if (c <= 0x1f) {
                    type = Jsonb.TEXT5;
                    extended = true;
                }
                at++;
            }
        }
        out.append(type, text, from + 1, at - from - 1);
        return at + 1;
    }

    private boolean isExtendedEscape(int at, int escape) {
        return escape == '\''
                || escape == 'v'
                || escape == '\n'
                || escape == '\r'
                || escape == '0' && !isDigit(peek(at + 2))
                || escape == 0xe2 && peek(at + 2) == 0x80 && (peek(at + 3) == 0xa8 || peek(at + 3) == 0xa9)
                || escape == 'x' && isHex(peek(at + 2)) && isHex(peek(at + 3));
    }

    // ---- numbers

    private int number(int at, int c) {
        if (c == '+') {
            extended = true;
        }
        if (c == '.') {
            if (!isDigit(peek(at + 1))) {
                return fail(at);
            }
            extended = true;
            return digits(at, HEX_OR_BARE_POINT | REAL);
        }
        if (c == '0') {
            int second = peek(at + 1);
            if ((second | 0x20) == 'x' && isHex(peek(at + 2))) {
                return hexadecimal(at, at + 2);
            }
            return isDigit(second) ? fail(at + 1) : digits(at, 0);
        }
        if (c == '-' || c == '+') {
            return signed(at, c);
        }
        return digits(at, 0);
    }

    private int signed(int at, int sign) {
        int first = peek(at + 1);
        if (!isDigit(first)) {
            if (matchesAnyCase(at + 1, "inf")) {
                extended = true;
                byte[] name = sign == '-' ? NEGATIVE_INFINITY : INFINITY;
                out.append(Jsonb.FLOAT, name, 0, name.length);
                return matchesAnyCase(at + 4, "inity") ? at + 9 : at + 4;
            }
            if (first == '.') {
                extended = true;
                return digits(at, HEX_OR_BARE_POINT);
            }
            return fail(at);
        }
        if (first == '0') {
            int second = peek(at + 2);
            if (isDigit(second)) {
                return fail(at + 1);
            }
            if ((second | 0x20) == 'x' && isHex(peek(at + 3))) {
                return hexadecimal(at, at + 3);
            }
        }
        return digits(at, 0);
    }

    private int hexadecimal(int at, int firstDigit) {
        extended = true;
        int i = firstDigit;
        while (isHex(peek(i))) {
            i++;
        }
        return appendNumber(HEX_OR_BARE_POINT, at, i);
    }

    /** The rest of a decimal number whose first character stands at {@code from}. */
    private int digits(int from, int form) {
        int flags = form;
        boolean exponent = false;
        int at = from + 1;
        while (true) {
            int c = peek(at);
            if (isDigit(c)) {
                at++;
                continue;
            }
            if (c == '.') {
                if ((flags & REAL) != 0) {
                    return fail(at);
                }
                flags |= REAL;
                at++;
                continue;
            }
            if (c != 'e' && c != 'E') {
                break;
            }
            if (!isDigit(peek(at - 1))) {
                if (!endsWithBarePoint(from, at)) {
                    return fail(at);
                }
                extended = true;
                flags |= HEX_OR_BARE_POINT;
            }
            if (exponent) {
                return fail(at);
            }
            flags |= REAL;
            exponent = true;
            int sign = peek(at + 1);
            if (sign == '+' || sign == '-') {
                at++;
            }
            if (!isDigit(peek(at + 1))) {
                return fail(at);
            }
            at++;
        }
        if (peek(at - 1) < '0') {
            if (!endsWithBarePoint(from, at)) {
                return fail(at);
            }
            extended = true;
            flags |= HEX_OR_BARE_POINT;
        }
        return appendNumber(flags, from, at);
    }

    private boolean endsWithBarePoint(int from, int at) {
        return text[at - 1] == '.' && at - 2 >= from && isDigit(text[at - 2]);
    }

    private int appendNumber(int flags, int from, int past) {
        int start = text[from] == '+' ? from + 1 : from;
        out.append(Jsonb.INT + flags, text, start, past - start);
        return past;
    }
}
