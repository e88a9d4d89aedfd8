package dev.verso.sql.resolve;

/** Values of literals as written. */
final class Literals {
    private Literals() {}

    /** Long or Double. Hexadecimal wraps at 64 bits; a decimal integer that is too large is a real. */
    static Object number(String written) {
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
