package dev.verso.record;

/** Exact order of integers and reals: neither is rounded to the other's type. */
public final class NumberOrder {
    private NumberOrder() {}

    /** Compares a 64-bit integer with a real that is not NaN. */
    public static int compare(long integer, double real) {
        if (real < -0x1p63) {
            return 1;
        }
        if (real >= 0x1p63) {
            return -1;
        }
        long whole = (long) real;
        if (integer != whole) {
            return integer < whole ? -1 : 1;
        }
        double back = (double) whole;
        return back < real ? -1 : back > real ? 1 : 0;
    }

    /** Compares two reals that are not NaN; the two zeros are equal. */
    public static int compare(double left, double right) {
        return left < right ? -1 : left > right ? 1 : 0;
    }
}
