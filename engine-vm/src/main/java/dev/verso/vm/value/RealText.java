package dev.verso.vm.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Reals as text, the way SQLite 3.54 writes them: 17 significant digits, fewer where a run of nines or zeros at their end shows that a
 * shorter number reads back as the same real; always with a point; with an exponent below 1e-4 and from 1e17 on.
 */
public final class RealText {
    private static final int DIGITS = 17;
    private static final double LOG10_OF_2 = 0.30102999566398119521;
    private static final int LONGEST_PLAIN_EXPONENT = 16;
    private static final MathContext ROUNDING = new MathContext(DIGITS, RoundingMode.HALF_UP);

    private RealText() {}

    /** The text of the real; {@code Inf} and {@code -Inf} for the infinite ones, {@code 0.0} for both zeros. */
    public static String toText(double value) {
        if (value == 0.0) {
            return "0.0";
        }
        if (Double.isInfinite(value)) {
            return value < 0 ? "-Inf" : "Inf";
        }
        long whole = (long) value;
        if (whole == value && Math.abs(whole) < 1_000_000_000_000_000L) {
            return whole + ".0";
        }
        double magnitude = Math.abs(value);
        BigDecimal rounded = new BigDecimal(magnitude)
                .setScale(decimals(magnitude), RoundingMode.HALF_UP)
                .round(ROUNDING);
        String unscaled = rounded.unscaledValue().toString();
        int exponent = unscaled.length() - 1 - rounded.scale(); // of the first digit
        String digits = shorten(unscaled, exponent, magnitude);
        if (digits.length() == 1 && unscaled.charAt(0) == '9' && digits.charAt(0) == '1') {
            exponent++; // 9.99… became 10
        }
        return layOut(value < 0, digits, exponent);
    }

    /** Decimals that give 18 digits, or 19, by the power of two alone; SQLite rounds there first and then to 17. */
    private static int decimals(double magnitude) {
        int exponent =
                magnitude < Double.MIN_NORMAL ? Math.getExponent(magnitude * 0x1p54) - 54 : Math.getExponent(magnitude);
        return DIGITS - (int) Math.floor(exponent * LOG10_OF_2);
    }

    /** Without trailing zeros, and with a run of nines rounded up where the shorter number is the same real. */
    private static String shorten(String digits, int exponent, double magnitude) {
        String candidate = digits;
        if (digits.length() == DIGITS && digits.charAt(15) == '9' && digits.charAt(14) == '9') {
            int keep = 14;
            while (keep > 0 && digits.charAt(keep - 1) == '9') {
                keep--;
            }
            candidate = keep == 0 ? "1" : Long.toString(Long.parseLong(digits.substring(0, keep)) + 1);
            int first = keep == 0 ? exponent + 1 : exponent;
            if (Double.parseDouble(candidate + "e" + (first - candidate.length() + 1)) != magnitude) {
                candidate = digits;
            }
        } else if (digits.length() == DIGITS
                && digits.charAt(15) == '0'
                && digits.charAt(14) == '0'
                && digits.charAt(13) == '0') {
            int keep = 14;
            while (keep > 1 && digits.charAt(keep - 1) == '0') {
                keep--;
            }
            candidate = digits.substring(0, keep);
            if (Double.parseDouble(candidate + "e" + (exponent - keep + 1)) != magnitude) {
                candidate = digits;
            }
        }
        int length = candidate.length();
        while (length > 1 && candidate.charAt(length - 1) == '0') {
            length--;
        }
        return candidate.substring(0, length);
    }

    private static String layOut(boolean negative, String digits, int exponent) {
        StringBuilder text = new StringBuilder(26);
        if (negative) {
            text.append('-');
        }
        if (exponent < -4 || exponent > LONGEST_PLAIN_EXPONENT) {
            text.append(digits.charAt(0)).append('.');
            if (digits.length() == 1) {
                text.append('0');
            } else {
                text.append(digits, 1, digits.length());
            }
            text.append('e').append(exponent < 0 ? '-' : '+');
            int size = Math.abs(exponent);
            if (size < 10) {
                text.append('0');
            }
            return text.append(size).toString();
        }
        if (exponent < 0) {
            text.append("0.");
            text.append("0".repeat(-exponent - 1));
            return text.append(digits).toString();
        }
        int whole = exponent + 1;
        if (digits.length() <= whole) {
            text.append(digits).append("0".repeat(whole - digits.length())).append(".0");
        } else {
            text.append(digits, 0, whole).append('.').append(digits, whole, digits.length());
        }
        return text.toString();
    }
}
