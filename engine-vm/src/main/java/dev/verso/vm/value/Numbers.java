package dev.verso.vm.value;

/** Exact dealings between 64-bit integers and reals. */
public final class Numbers {
    private static final double TWO_63 = 9223372036854775808.0;
    private static final long EXACT_WHOLE_LIMIT = 2251799813685248L; // 2^51

    private Numbers() {}

    /** A real as an integer: truncated, values out of range become the nearest end. */
    public static long truncate(double value) {
        return (long) value; // Java saturates like SQLite does; NaN never gets here
    }

    /** Compares an integer with a real as the exact numbers that they are. */
    public static int compare(long integer, double real) {
        if (real >= TWO_63) {
            return -1;
        }
        if (real < -TWO_63) {
            return 1;
        }
        long whole = (long) real;
        if (integer != whole) {
            return integer < whole ? -1 : 1;
        }
        double fraction = real - (double) whole;
        return fraction > 0 ? -1 : fraction < 0 ? 1 : 0;
    }

    /** True if the real is a whole number below 2^51 in size, or zero: what CAST AS NUMERIC turns into an integer. */
    static boolean isSmallWhole(double value) {
        long whole = (long) value;
        return value == 0.0 || (double) whole == value && whole >= -EXACT_WHOLE_LIMIT && whole < EXACT_WHOLE_LIMIT;
    }
}
