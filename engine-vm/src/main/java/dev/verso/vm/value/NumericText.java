package dev.verso.vm.value;

/** Numbers in texts, by SQLite's rules: blanks around, a sign, digits, a point, an exponent; the longest prefix counts. Bytes are ASCII or UTF-8. */
public final class NumericText {
    /** {@link #form}: the text is a whole number. */
    public static final int WHOLE = 1;
    /** {@link #form}: the text is a number with a point or an exponent. */
    public static final int FRACTION = 2;
    /** {@link #form}: the text is a whole number up to a NUL character, which ends the reading as a real but not that as an integer. */
    public static final int WHOLE_THEN_NUL = 3;
    /** {@link #form}: the text is no number; it may begin with a whole one. */
    public static final int NOT_A_NUMBER = 0;
    /** {@link #form}: the text is no number but begins with one that has a point or an exponent. */
    public static final int FRACTION_PREFIX = -1;

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final long EXACT_REAL_LIMIT = 1L << 53;
    /** A significand that has reached this takes no more digits. */
    private static final long SIGNIFICAND_LIMIT = 1_844_674_407_370_955_160L;

    private NumericText() {}

    private static boolean isBlank(byte b) {
        return b == ' ' || b >= '\t' && b <= '\r';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** What kind of number the text is. */
    public static int form(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = skipBlanks(bytes, offset, end);
        if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
            at++;
        }
        int digits = 0;
        int kind = WHOLE;
        boolean exponentComplete = true;
        boolean hasExponent = false;
        while (at < end && isDigit(bytes[at])) {
            at++;
            digits++;
        }
        if (at < end && bytes[at] == '.') {
            kind = FRACTION;
            at++;
            while (at < end && isDigit(bytes[at])) {
                at++;
                digits++;
            }
        }
        boolean hasPoint = kind == FRACTION;
        if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            kind = FRACTION;
            hasExponent = true;
            exponentComplete = false;
            at++;
            if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
                at++;
            }
            while (at < end && isDigit(bytes[at])) {
                at++;
                exponentComplete = true;
            }
        }
        at = skipBlanks(bytes, at, end);
        if ((at == end || bytes[at] == 0) && digits > 0 && exponentComplete) {
            return at < end && kind == WHOLE ? WHOLE_THEN_NUL : kind;
        }
        if (digits > 0 && kind == FRACTION && (hasPoint || hasExponent && exponentComplete)) {
            return FRACTION_PREFIX;
        }
        return NOT_A_NUMBER;
    }

    private static int skipBlanks(byte[] bytes, int at, int end) {
        int i = at;
        while (i < end && isBlank(bytes[i])) {
            i++;
        }
        return i;
    }

    /** The whole number that the text begins with, 0 if none; one that is too large becomes the nearest end of the range. */
    public static long integerPrefix(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = skipBlanks(bytes, offset, end);
        boolean negative = false;
        if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
            negative = bytes[at] == '-';
            at++;
        }
        long value = 0; // negative of the magnitude, so that the smallest integer fits
        while (at < end && isDigit(bytes[at])) {
            int digit = bytes[at++] - '0';
            if (value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit) {
                return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
            value = value * 10 - digit;
        }
        if (negative) {
            return value;
        }
        return value == Long.MIN_VALUE ? Long.MAX_VALUE : -value;
    }

    /** True if the whole number that the text begins with fits 64 bits. */
    public static boolean fitsLong(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = skipBlanks(bytes, offset, end);
        boolean negative = false;
        if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
            negative = bytes[at] == '-';
            at++;
        }
        long value = 0;
        while (at < end && isDigit(bytes[at])) {
            int digit = bytes[at++] - '0';
            if (value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit) {
                return false;
            }
            value = value * 10 - digit;
        }
        return negative || value != Long.MIN_VALUE;
    }

    /** The real that the text begins with, 0.0 if none: its first 19 or 20 digits, as many as fit 64 bits, correctly rounded. */
    public static double realPrefix(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = skipBlanks(bytes, offset, end);
        boolean negative = false;
        if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
            negative = bytes[at] == '-';
            at++;
        }
        long significand = 0; // unsigned
        int scale = 0;
        int digits = 0;
        while (at < end && isDigit(bytes[at])) {
            digits++;
            if (Long.compareUnsigned(significand, SIGNIFICAND_LIMIT) < 0) {
                significand = significand * 10 + (bytes[at] - '0');
            } else {
                scale++;
            }
            at++;
        }
        if (at < end && bytes[at] == '.') {
            at++;
            while (at < end && isDigit(bytes[at])) {
                digits++;
                if (Long.compareUnsigned(significand, SIGNIFICAND_LIMIT) < 0) {
                    significand = significand * 10 + (bytes[at] - '0');
                    scale--;
                }
                at++;
            }
        }
        if (digits == 0) {
            return 0.0;
        }
        if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            at++;
            boolean negativeExponent = false;
            if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
                negativeExponent = bytes[at] == '-';
                at++;
            }
            int exponent = 0;
            while (at < end && isDigit(bytes[at])) {
                exponent = exponent < 100_000 ? exponent * 10 + (bytes[at] - '0') : exponent;
                at++;
            }
            scale += negativeExponent ? -exponent : exponent;
        }
        double value = real(significand, scale);
        return negative ? -value : value;
    }

    /** The real nearest to {@code significand} (unsigned) times ten to the {@code scale}. */
    static double real(long significand, int scale) {
        if (significand >= 0 && significand <= EXACT_REAL_LIMIT && scale >= -22 && scale <= 22) {
            return scale < 0 ? significand / POWERS_OF_TEN[-scale] : significand * POWERS_OF_TEN[scale];
        }
        return Double.parseDouble(Long.toUnsignedString(significand) + "e" + scale);
    }

    /** Writes the decimal digits so that they end before {@code end}; returns where they begin. Needs up to 20 bytes. */
    static int writeLong(long value, byte[] into, int end) {
        int at = end;
        long rest = value;
        do {
            long next = rest / 10;
            into[--at] = (byte) ('0' + Math.abs((int) (rest - next * 10)));
            rest = next;
        } while (rest != 0);
        if (value < 0) {
            into[--at] = '-';
        }
        return at;
    }
}
