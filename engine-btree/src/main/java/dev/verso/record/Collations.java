package dev.verso.record;

import java.util.Arrays;

/** SQLite's built-in collations, for each text encoding (datatype3 §7.1). */
public final class Collations {
    /** Bytes in order, whatever the encoding; a null collation means the same. */
    public static final Collation BINARY = new Binary();

    private static final Collation NOCASE_UTF8 = new NoCaseUtf8();
    private static final Collation RTRIM_UTF8 = new RtrimUtf8();
    private static final Collation NOCASE_UTF16LE = new NoCaseUtf16(false);
    private static final Collation NOCASE_UTF16BE = new NoCaseUtf16(true);
    private static final Collation RTRIM_UTF16LE = new RtrimUtf16(false);
    private static final Collation RTRIM_UTF16BE = new RtrimUtf16(true);

    private Collations() {}

    /** The built-in collation of that name (any case), or null. */
    public static Collation find(String name, TextEncoding encoding) {
        return switch (AsciiCase.upper(name)) {
            case "BINARY" -> BINARY;
            case "NOCASE" -> noCase(encoding);
            case "RTRIM" -> rtrim(encoding);
            default -> null;
        };
    }

    /** Ignores the case of the 26 ASCII letters. */
    public static Collation noCase(TextEncoding encoding) {
        return switch (encoding) {
            case UTF8 -> NOCASE_UTF8;
            case UTF16LE -> NOCASE_UTF16LE;
            case UTF16BE -> NOCASE_UTF16BE;
        };
    }

    /** Ignores spaces at the end. */
    public static Collation rtrim(TextEncoding encoding) {
        return switch (encoding) {
            case UTF8 -> RTRIM_UTF8;
            case UTF16LE -> RTRIM_UTF16LE;
            case UTF16BE -> RTRIM_UTF16BE;
        };
    }

    /** Unsigned bytes in order, the shorter first. */
    static int compareBytes(byte[] left, int leftOffset, int leftBytes, byte[] right, int rightOffset, int rightBytes) {
        return Arrays.compareUnsigned(
                left, leftOffset, leftOffset + leftBytes, right, rightOffset, rightOffset + rightBytes);
    }

    private static int lower(int character) {
        return character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character;
    }

    /** The code unit pair or single unit at {@code offset} as SQLite reads it: any surrogate takes the next unit along. */
    private static int codePoint(byte[] bytes, int offset, int end, boolean bigEndian) {
        int unit = unit(bytes, offset, bigEndian);
        if (unit >= 0xd800 && unit < 0xe000 && offset + 4 <= end) {
            int low = unit(bytes, offset + 2, bigEndian);
            return (low & 0x3ff) + ((unit & 0x3f) << 10) + ((unit & 0x3c0) + 0x40 << 10);
        }
        return unit;
    }

    private static int unit(byte[] bytes, int offset, boolean bigEndian) {
        int first = bytes[offset] & 0xff;
        int second = bytes[offset + 1] & 0xff;
        return bigEndian ? first << 8 | second : second << 8 | first;
    }

    private static int utf16Bytes(int codePoint) {
        return codePoint >= 0x10000 ? 4 : 2;
    }

    /** Bytes that the rest of the text would take in UTF-8. */
    private static int utf8Bytes(byte[] bytes, int offset, int end, boolean bigEndian) {
        int total = 0;
        int at = offset;
        while (at + 1 < end) {
            int codePoint = codePoint(bytes, at, end, bigEndian);
            total += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            at += utf16Bytes(codePoint);
        }
        return total;
    }

    private static final class Binary implements Collation {
        @Override
        public String name() {
            return "BINARY";
        }

        @Override
        public int compare(byte[] left, int leftOffset, int leftBytes, byte[] right, int rightOffset, int rightBytes) {
            return compareBytes(left, leftOffset, leftBytes, right, rightOffset, rightBytes);
        }
    }

    private static final class NoCaseUtf8 implements Collation {
        @Override
        public String name() {
            return "NOCASE";
        }

        @Override
        public int compare(byte[] left, int leftOffset, int leftBytes, byte[] right, int rightOffset, int rightBytes) {
            int common = Math.min(leftBytes, rightBytes);
            for (int i = 0; i < common; i++) {
                int a = left[leftOffset + i] & 0xff;
                int b = right[rightOffset + i] & 0xff;
                if (a != b) {
                    int difference = lower(a) - lower(b);
                    if (difference != 0) {
                        return difference;
                    }
                } else if (a == 0) {
                    break; // SQLite compares C strings here: what follows a NUL counts only by its length
                }
            }
            return leftBytes - rightBytes;
        }
    }

    private static final class RtrimUtf8 implements Collation {
        @Override
        public String name() {
            return "RTRIM";
        }

        @Override
        public int compare(byte[] left, int leftOffset, int leftBytes, byte[] right, int rightOffset, int rightBytes) {
            return compareBytes(
                    left,
                    leftOffset,
                    trimmed(left, leftOffset, leftBytes),
                    right,
                    rightOffset,
                    trimmed(right, rightOffset, rightBytes));
        }

        private static int trimmed(byte[] bytes, int offset, int length) {
            int rest = length;
            while (rest > 0 && bytes[offset + rest - 1] == ' ') {
                rest--;
            }
            return rest;
        }
    }

    /** Orders UTF-16 as SQLite does, which converts it to UTF-8 first: by code point. */
    private static final class NoCaseUtf16 implements Collation {
        private final boolean bigEndian;

        NoCaseUtf16(boolean bigEndian) {
            this.bigEndian = bigEndian;
        }

        @Override
        public String name() {
            return "NOCASE";
        }

        @Override
        public int compare(byte[] left, int leftOffset, int leftBytes, byte[] right, int rightOffset, int rightBytes) {
            int leftAt = leftOffset;
            int rightAt = rightOffset;
            int leftEnd = leftOffset + leftBytes;
            int rightEnd = rightOffset + rightBytes;
            while (leftAt + 1 < leftEnd && rightAt + 1 < rightEnd) {
                int a = codePoint(left, leftAt, leftEnd, bigEndian);
                int b = codePoint(right, rightAt, rightEnd, bigEndian);
                if (a != b) {
                    int difference = lower(a) - lower(b);
                    if (difference != 0) {
                        return difference;
                    }
                } else if (a == 0) {
                    break;
                }
                leftAt += utf16Bytes(a);
                rightAt += utf16Bytes(b);
            }
            return utf8Bytes(left, leftAt, leftEnd, bigEndian) - utf8Bytes(right, rightAt, rightEnd, bigEndian);
        }
    }

    private static final class RtrimUtf16 implements Collation {
        private final boolean bigEndian;

        RtrimUtf16(boolean bigEndian) {
            this.bigEndian = bigEndian;
        }

        @Override
        public String name() {
            return "RTRIM";
        }

        @Override
        public int compare(byte[] left, int leftOffset, int leftBytes, byte[] right, int rightOffset, int rightBytes) {
            int leftAt = leftOffset;
            int rightAt = rightOffset;
            int leftEnd = leftOffset + trimmed(left, leftOffset, leftBytes);
            int rightEnd = rightOffset + trimmed(right, rightOffset, rightBytes);
            while (leftAt < leftEnd && rightAt < rightEnd) {
                int a = codePoint(left, leftAt, leftEnd, bigEndian);
                int b = codePoint(right, rightAt, rightEnd, bigEndian);
                if (a != b) {
                    return a - b;
                }
                leftAt += utf16Bytes(a);
                rightAt += utf16Bytes(b);
            }
            return (leftEnd - leftAt) - (rightEnd - rightAt);
        }

        private int trimmed(byte[] bytes, int offset, int length) {
            int rest = length & ~1;
            while (rest > 0 && unit(bytes, offset + rest - 2, bigEndian) == ' ') {
                rest -= 2;
            }
            return rest;
        }
    }
}
