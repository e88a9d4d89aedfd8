package dev.verso.sql.schema;

/**
 * Estimates of counts and costs as ten times their binary logarithm, in whole numbers: 0 is 1, 10 is 2, 33 is 10. Products become sums; a
 * sum of two estimates is {@link #add}. The coarseness is wanted: plans do not tip over on small differences.
 */
public final class LogEst {
    private static final int[] EIGHTHS = {0, 2, 3, 5, 6, 7, 8, 9};
    private static final int[] SUM = {
        10, 10, 9, 9, 8, 8, 7, 7, 7, 6, 6, 6, 5, 5, 5, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2
    };

    private LogEst() {}

    public static int of(long count) {
        long x = count;
        int estimate = 40;
        if (x < 8) {
            if (x < 2) {
                return 0;
            }
            while (x < 8) {
                estimate -= 10;
                x <<= 1;
            }
        } else {
            while (x > 255) {
                estimate += 40;
                x >>>= 4;
            }
            while (x > 15) {
                estimate += 10;
                x >>>= 1;
            }
        }
        return EIGHTHS[(int) (x & 7)] + estimate - 10;
    }

    public static int of(double count) {
        if (count <= 1) {
            return 0;
        }
        return of(count >= Long.MAX_VALUE ? Long.MAX_VALUE : (long) (count + 0.5));
    }

    /** The estimate of the sum of two estimated numbers. */
    public static int add(int a, int b) {
        int high = Math.max(a, b);
        int distance = high - Math.min(a, b);
        if (distance > 49) {
            return high;
        }
        return distance > 31 ? high + 1 : high + SUM[distance];
    }

    /** The estimate of the logarithm of an estimated number: what a search in a tree of that many entries costs. */
    public static int log(int estimate) {
        return estimate <= 10 ? 0 : of((long) estimate) - 33;
    }

    /** The number that SQLite takes for the estimated one. */
    public static long toCount(int estimate) {
        int eighths = estimate % 10;
        int power = estimate / 10;
        eighths += 8 - (eighths >= 5 ? 2 : eighths >= 1 ? 1 : 0);
        if (power > 60) {
            return Long.MAX_VALUE;
        }
        return power >= 3 ? (long) eighths << power - 3 : eighths >> 3 - power;
    }

    public static double toDouble(int estimate) {
        return Math.pow(2, estimate / 10.0);
    }
}
