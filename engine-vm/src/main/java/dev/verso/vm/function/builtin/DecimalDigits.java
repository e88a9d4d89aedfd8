package dev.verso.vm.function.builtin;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The decimal digits of a real as SQLite's printf takes them: a whole number of 17 or 18 digits (one more where the power of two
 * makes it so), then rounded half up to as many as the format wants.
 */
final class DecimalDigits {
    private static final double LOG10_OF_2 = 0.30102999566398119521;

    final boolean negative;
    final boolean special;
    /** ASCII digits without trailing zeros; "0" for zero. */
    final String digits;
    /** The decimal point stands after so many digits; may be negative or larger than their number. */
    final int pointPosition;

    private DecimalDigits(boolean negative, boolean special, String digits, int pointPosition) {
        this.negative = negative;
        this.special = special;
        this.digits = digits;
        this.pointPosition = pointPosition;
    }

    /**
     * @param round digits to keep if positive; if zero or negative, the number of digits after the point, negated
     * @param most digits to keep at the most
     * @param wide 18 digits to begin with rather than 17
     */
    static DecimalDigits of(double value, int round, int most, boolean wide) {
        boolean negative = value < 0;
        double v = Math.abs(value);
        if (v == 0) {
            return new DecimalDigits(false, false, "0", 1);
        }
        if (Double.isInfinite(v) || Double.isNaN(v)) {
            return new DecimalDigits(negative, true, "9", 1000);
        }
        int power = (wide ? 18 : 17) - 1 - (int) Math.floor(exponentOf(v) * LOG10_OF_2);
        String all = new BigDecimal(v)
                .movePointRight(power)
                .setScale(0, RoundingMode.HALF_UP)
                .toBigInteger()
                .toString();
        int point = all.length() - power;
        int keep = round > 0 ? round : point - round;
        if (keep > most) {
            keep = most;
        }
        if (keep < 0) {
            return new DecimalDigits(negative, false, "0", 1);
        }
        if (keep == 0) {
            if (all.charAt(0) >= '5') {
                return new DecimalDigits(negative, false, "1", point + 1);
            }
            return new DecimalDigits(negative, false, "0", 1);
        }
        if (keep < all.length()) {
            boolean up = all.charAt(keep) >= '5';
            all = all.substring(0, keep);
            if (up) {
                String more = new java.math.BigInteger(all)
                        .add(java.math.BigInteger.ONE)
                        .toString();
                point += more.length() - all.length();
                all = more;
            }
        }
        int end = all.length();
        while (end > 1 && all.charAt(end - 1) == '0') {
            end--;
        }
        return new DecimalDigits(negative, false, all.substring(0, end), point);
    }

    /** The digits of a real's text, as {@link dev.verso.vm.value.RealText} writes it. */
    static DecimalDigits ofText(String text) {
        BigDecimal number = new BigDecimal(text).stripTrailingZeros();
        String digits = number.unscaledValue().abs().toString();
        return new DecimalDigits(number.signum() < 0, false, digits, digits.length() - number.scale());
    }

    private static int exponentOf(double v) {
        return v < Double.MIN_NORMAL ? Math.getExponent(v * 0x1p54) - 54 : Math.getExponent(v);
    }

    char digit(int index) {
        return index < digits.length() ? digits.charAt(index) : '0';
    }
}
