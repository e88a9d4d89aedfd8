package dev.verso.sql.resolve;

/** Values of literals as written. */
final class Literals {
    /** Digits of an integer that is certain to be smaller than 2 to the power of 63. */
    private static final int SURE_TO_FIT = 18;

    private Literals() {}

    /** Long or Double. Hexadecimal wraps at 64 bits; a decimal integer that is too large is a real. */
    static Object number(String written) {
        if (written.length() <= SURE_TO_FIT) {
            long value = plainInteger(written);
            if (value >= 0) {
                return value;
            }
        }
        String text = written.replace("_", "");
        if (text.length() > 2 && text.charAt(0) == '0' && (text.charAt(1) == 'x' || text.charAt(1) == 'X')) {
            String digits = withoutLeadingZeros(text.substring(2));
            if (digits.length() > 16) {
                throw SqlError.of("hex literal too big: " + written);
            }
            return Long.parseUnsignedLong(digits, 16);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return Double.parseDouble(text);
            }
        }
        String digits = withoutLeadingZeros(text);
        if (digits.length() < 19 || digits.length() == 19 && digits.compareTo("9223372036854775807") <= 0) {
            return Long.parseLong(digits);
        }
        return Double.parseDouble(digits);
    }

    /** The value of a text of digits, -1 for any other text. */
    private static long plainInteger(String text) {
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** True for the one integer that only fits when negated. */
    static boolean isMinimumWhenNegated(String written) {
        return withoutLeadingZeros(written.replace("_", "")).equals("9223372036854775808");
    }

    private static String withoutLeadingZeros(String digits) {
        int at = 0;
        while (at < digits.length() - 1 && digits.charAt(at) == '0') {
            at++;
        }
        return digits.substring(at);
    }

    static byte[] blob(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] =
                    (byte) (Character.digit(hex.charAt(2 * i), 16) << 4 | Character.digit(hex.charAt(2 * i + 1), 16));
        }
        return bytes;
    }
}
