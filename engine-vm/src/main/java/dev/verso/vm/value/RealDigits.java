package dev.verso.vm.value;

/**
 * The decimal digits of a positive finite real as SQLite finds them: from a product with a power of ten of 64 bits, one digit more than wanted
 * (cut off) or 18 to 19 (rounded), and then rounded half up. Last digits are therefore not always those of the exact value.
 */
public final class RealDigits {
    private static final int MOST_DIGITS = 18;
    private static final int ROUND_TRIP = 17;

    private final byte[] digits = new byte[21];
    private int first;
    private int count;
    private int pointPosition;

    /**
     * @param round digits to keep if positive; if zero or negative, the number of digits after the point, negated
     * @param most digits to keep at the most
     */
    public RealDigits(double magnitude, int round, int most) {
        int wanted = round <= 0 || round >= MOST_DIGITS ? MOST_DIGITS : round + 1;
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
        int power = wanted - 1 - ((binaryExponent + 63) * 78913 >> 18);
        long product = PowersOfTen.multiplyHigh(significand, PowersOfTen.significand(power));
        int shift = -(binaryExponent + PowersOfTen.exponent(power) + 1);
        if (wanted == MOST_DIGITS) {
            product >>>= shift - 1;
            product = product + (product << 1 & 2) >>> 1;
        } else {
            product >>>= shift;
        }
        write(product);
        pointPosition = count - power;
        reduce(magnitude, round, most, -power);
        while (count > 1 && digit(count - 1) == '0') {
            count--;
        }
    }

    private void write(long number) {
        first = digits.length;
        for (long rest = number; rest != 0; rest /= 10) {
            digits[--first] = (byte) ('0' + rest % 10);
        }
        count = digits.length - first;
    }

    private void reduce(double magnitude, int round, int most, int lastPower) {
        int keep = round;
        if (round <= 0) {
            keep = pointPosition - round;
            if (keep == 0 && digit(0) >= '5') {
                keep = 1;
                digits[--first] = '0';
                count++;
                pointPosition++;
            }
        }
        if (keep <= 0) {
            first = 0;
            digits[0] = '0';
            count = 1;
            pointPosition = 1;
        } else if (keep < count || count > most) {
            keep = Math.min(keep, most);
            if (keep == ROUND_TRIP) {
                keep = shorten(magnitude, lastPower);
            }
            round(keep);
        }
    }

    private void round(int keep) {
        boolean up = digit(keep) >= '5';
        count = keep;
        if (!up) {
            return;
        }
        int at = first + keep - 1;
        while (at >= first && digits[at] == '9') {
            digits[at--] = '0';
        }
        if (at >= first) {
            digits[at]++;
        } else {
            digits[--first] = '1';
            count++;
            pointPosition++;
        }
    }

    /** How many of 17 digits are enough: those before a run of nines or zeros at their end, if the number reads back as the same real. */
    private int shorten(double magnitude, int lastPower) {
        boolean nines = digit(15) == '9' && digit(14) == '9';
        boolean zeros = pointPosition >= count || digit(15) == '0' && digit(14) == '0' && digit(13) == '0';
        if (!nines && !zeros) {
            return ROUND_TRIP;
        }
        int length = nines ? 14 : 13;
        while (length > 0 && digit(length - 1) == (nines ? '9' : '0')) {
            length--;
        }
        long shorter = 0;
        for (int i = 0; i < length; i++) {
            shorter = shorter * 10 + digit(i) - '0';
        }
        shorter += nines ? 1 : 0;
        return NumericText.real(shorter, lastPower + count - length) == magnitude ? length + 1 : ROUND_TRIP;
    }

    /** How many digits there are, zeros at the end left out. */
    public int count() {
        return count;
    }

    /** The decimal point stands after so many digits; may be negative or larger than their number. */
    public int pointPosition() {
        return pointPosition;
    }

    /** A digit in ASCII; 0 behind the last one. */
    public char digit(int index) {
        return index < count ? (char) digits[first + index] : '0';
    }
}
