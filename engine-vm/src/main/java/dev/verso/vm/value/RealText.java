package dev.verso.vm.value;

/**
 * Reals as text, the way SQLite 3.54 writes them: 17 significant digits, fewer where a run of nines or zeros at their end shows that a
 * shorter number reads back as the same real; always with a point; with an exponent below 1e-4 and from 1e17 on. The digits come from a
 * product with a power of ten of 64 bits, rounded to 18 or 19 digits and then to 17, so that even SQLite's last digit is met.
 */
public final class RealText {
    private static final int DIGITS = 17;
    private static final int LONGEST_PLAIN_EXPONENT = 16;
    private static final int LONGEST_TEXT = 32;

    private RealText() {}

    /** The text of the real; {@code Inf} and {@code -Inf} for the infinite ones, {@code 0.0} for both zeros. */
    public static String toText(double value) {
        if (Double.isInfinite(value)) {
            return value < 0 ? "-Inf" : "Inf";
        }
        byte[] text = new byte[LONGEST_TEXT];
        int length = write(value, text);
        return new String(text, 0, length, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** Writes the text of a finite real in ASCII, at most 32 bytes, and returns its length. */
    static int write(double value, byte[] text) {
        if (value == 0.0) {
            return writeWhole(0, text);
        }
        long whole = (long) value;
        if (whole == value && whole > -1_000_000_000_000_000L && whole < 1_000_000_000_000_000L) {
            return writeWhole(whole, text);
        }
        return writeDigits(value, text);
    }

    private static int writeWhole(long whole, byte[] text) {
        int start = NumericText.writeLong(whole, text, 20);
        int length = 20 - start;
        System.arraycopy(text, start, text, 0, length);
        text[length] = '.';
        text[length + 1] = '0';
        return length + 2;
    }

    private static int writeDigits(double value, byte[] text) {
        double magnitude = Math.abs(value);
        long bits = Double.doubleToRawLongBits(magnitude);
        long significand = bits & 0xfffffffffffffL;
        int binaryExponent = (int) (bits >>> 52);
        if (binaryExponent == 0) {
            int shift = Long.numberOfLeadingZeros(significand);
            significand <<= shift;
            binaryExponent = -1074 - shift;
        } else {
            significand = significand << 11 | Long.MIN_VALUE;
            binaryExponent -= 1086;
        }
        int power = DIGITS - ((binaryExponent + 63) * 78913 >> 18);
        long product = PowersOfTen.multiplyHigh(significand, PowersOfTen.significand(power));
        product >>>= -(binaryExponent + PowersOfTen.exponent(power) + 2);
        long decimal = product + (product << 1 & 2) >>> 1;

        int exponent = DIGITS - power; // of the first digit, if there are 18
        int surplus = 10;
        if (decimal >= 1_000_000_000_000_000_000L) {
            exponent++;
            surplus = 100;
        }
        // the point stands behind all digits
        boolean whole = exponent + 1 >= (surplus == 100 ? 19 : 18);
        long shorter = shorten(decimal / (surplus * 10L), exponent, magnitude, whole);
        if (shorter != 0) {
            if (shorter == 1 && decimal / surplus >= 90_000_000_000_000_000L) {
                exponent++; // 9.99… became 10
            }
            return layOut(value < 0, shorter, exponent, text);
        }
        long rounded = (decimal + surplus / 2) / surplus;
        if (rounded >= 100_000_000_000_000_000L) {
            exponent++;
        }
        return layOut(value < 0, rounded, exponent, text);
    }

    /**
     * A number of at most 14 digits that is the same real, where digits 15 and 16 are nines, digits 14 to 16 are zeros or the point stands behind all
     * digits; else 0.
     *
     * @param digits the first 16
     * @param exponent of the first digit
     */
    private static long shorten(long digits, int exponent, double magnitude, boolean whole) {
        boolean nines = digits % 100 == 99;
        if (!nines && !whole && digits % 1000 != 0) {
            return 0;
        }
        long shorter = digits / (nines ? 100 : 1000);
        int first = exponent;
        if (nines) {
            while (shorter % 10 == 9) {
                shorter /= 10;
            }
            if (shorter == 0) {
                first++;
            }
            shorter++;
        }
        while (shorter % 10 == 0) {
            shorter /= 10;
        }
        return NumericText.real(shorter, first - length(shorter) + 1) == magnitude ? shorter : 0;
    }

    private static int length(long number) {
        int length = 1;
        long limit = 10;
        while (length < 19 && number >= limit) {
            length++;
            limit *= 10;
        }
        return length;
    }

    private static int layOut(boolean negative, long number, int exponent, byte[] text) {
        long digits = number;
        while (digits % 10 == 0) {
            digits /= 10;
        }
        int count = length(digits);
        int at = 0;
        if (negative) {
            text[at++] = '-';
        }
        if (exponent < -4 || exponent > LONGEST_PLAIN_EXPONENT) {
            at = put(text, at, digits, count, 1);
            if (count == 1) {
                text[at++] = '0';
            }
            text[at++] = 'e';
            text[at++] = (byte) (exponent < 0 ? '-' : '+');
            int size = Math.abs(exponent);
            if (size >= 100) {
                text[at++] = (byte) ('0' + size / 100);
            }
            text[at++] = (byte) ('0' + size / 10 % 10);
            text[at++] = (byte) ('0' + size % 10);
            return at;
        }
        if (exponent < 0) {
            text[at++] = '0';
            text[at++] = '.';
            for (int i = exponent + 1; i < 0; i++) {
                text[at++] = '0';
            }
            return put(text, at, digits, count, 0);
        }
        int whole = exponent + 1;
        if (count <= whole) {
            at = put(text, at, digits, count, 0);
            for (int i = count; i < whole; i++) {
                text[at++] = '0';
            }
            text[at++] = '.';
            text[at++] = '0';
            return at;
        }
        return put(text, at, digits, count, whole);
    }

    /** Puts the digits, with a point after the first {@code pointAfter} if that is not 0; returns where they end. */
    private static int put(byte[] text, int start, long digits, int count, int pointAfter) {
        int end = start + count + (pointAfter > 0 ? 1 : 0);
        int at = end;
        long rest = digits;
        if (pointAfter == count) {
            text[--at] = '.';
        }
        for (int i = count; i > 0; i--) {
            text[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
            if (i - 1 == pointAfter && pointAfter > 0) {
                text[--at] = '.';
            }
        }
        return end;
    }
}
