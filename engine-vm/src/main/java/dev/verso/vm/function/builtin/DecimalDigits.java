package dev.verso.vm.function.builtin;

import dev.verso.vm.value.RealDigits;

/** The decimal digits of a real as printf takes them, with its sign. */
final class DecimalDigits {
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
     */
    static DecimalDigits of(double value, int round, int most) {
        boolean negative = value < 0;
        double v = Math.abs(value);
        if (v == 0) {
            return new DecimalDigits(false, false, "0", 1);
        }
        if (Double.isInfinite(v) || Double.isNaN(v)) {
            return new DecimalDigits(negative, true, "9", 1000);
        }
        RealDigits found = new RealDigits(v, round, most);
        StringBuilder digits = new StringBuilder(found.count());
        for (int i = 0; i < found.count(); i++) {
            digits.append(found.digit(i));
        }
        return new DecimalDigits(negative, false, digits.toString(), found.pointPosition());
    }

    char digit(int index) {
        return index < digits.length() ? digits.charAt(index) : '0';
    }
}
