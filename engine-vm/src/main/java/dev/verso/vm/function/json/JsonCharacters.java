package dev.verso.vm.function.json;

/** Classes of bytes in JSON and JSON5 texts, and white space of JSON5. All texts are UTF-8. */
final class JsonCharacters {
    private JsonCharacters() {}

    static boolean isBlank(int c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isHex(int c) {
        return isDigit(c) || (c | 0x20) >= 'a' && (c | 0x20) <= 'f';
    }

    static boolean isLetterOrDigit(int c) {
        return isDigit(c) || (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }

    /** True if an unquoted label may begin so. */
    static boolean beginsLabel(int c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' || c == '_' || c == '$' || c >= 0x80;
    }

    /** True for a byte that a JSON string in double quotes and the binary TEXT may hold as it is. */
    static boolean isPlain(int c) {
        return c >= 0x20 && c != '"' && c != '\\' && c != '\'';
    }

    /** Value of a hexadecimal digit; of any other byte some value below 16. */
    static int hex(int c) {
        return (c & 0x40) == 0 ? c & 15 : c + 9 & 15;
    }

    /** True if four hexadecimal digits begin at {@code at}. */
    static boolean isHex4(byte[] text, int at, int end) {
        return at + 4 <= end && isHex(text[at]) && isHex(text[at + 1]) && isHex(text[at + 2]) && isHex(text[at + 3]);
    }

    static int hex4(byte[] text, int at) {
        return hex(text[at]) << 12 | hex(text[at + 1]) << 8 | hex(text[at + 2]) << 4 | hex(text[at + 3]);
    }

    /** Bytes of JSON5 white space at {@code at}: blanks, Unicode's spaces, comments. An unfinished comment is none. */
    static int blanks5(byte[] text, int at, int end) {
        int i = at;
        while (i < end) {
            int step = blank5(text, i, end);
            if (step == 0) {
                break;
            }
            i += step;
        }
        return i - at;
    }

    private static int blank5(byte[] text, int at, int end) {
        int c = text[at] & 0xff;
        int second = at + 1 < end ? text[at + 1] & 0xff : 0;
        int third = at + 2 < end ? text[at + 2] & 0xff : 0;
        switch (c) {
            case '\t', '\n', 0x0b, 0x0c, '\r', ' ':
                return 1;
            case '/':
                return comment(text, at, end, second);
            case 0xc2:
                return second == 0xa0 ? 2 : 0;
            case 0xe1:
                return second == 0x9a && third == 0x80 ? 3 : 0;
            case 0xe2:
                boolean space = second == 0x80
                                && (third >= 0x80 && third <= 0x8a || third == 0xa8 || third == 0xa9 || third == 0xaf)
                        || second == 0x81 && third == 0x9f;
                return space ? 3 : 0;
            case 0xe3:
                return second == 0x80 && third == 0x80 ? 3 : 0;
            case 0xef:
                return second == 0xbb && third == 0xbf ? 3 : 0;
            default:
                return 0;
        }
    }

    private static int comment(byte[] text, int at, int end, int second) {
        if (second == '*' && at + 2 < end) {
            for (int i = at + 3; i < end; i++) {
                if (text[i] == '/' && text[i - 1] == '*') {
                    return i + 1 - at;
                }
            }
            return 0;
        }
        if (second == '/') {
            int i = at + 2;
            for (; i < end; i++) {
                int c = text[i] & 0xff;
                if (c == '\n' || c == '\r') {
                    break;
                }
                if (c == 0xe2
                        && i + 2 < end
                        && (text[i + 1] & 0xff) == 0x80
                        && ((text[i + 2] & 0xff) == 0xa8 || (text[i + 2] & 0xff) == 0xa9)) {
                    i += 2;
                    break;
                }
            }
            return Math.min(i + 1, end) - at;
        }
        return 0;
    }
}
