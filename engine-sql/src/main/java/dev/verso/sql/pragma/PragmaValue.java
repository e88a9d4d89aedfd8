package dev.verso.sql.pragma;

import dev.verso.record.AsciiCase;

/** How SQLite reads the values of pragmas. */
final class PragmaValue {
    private PragmaValue() {}

    /** A number other than 0, or on, yes, true. */
    static boolean truth(String value) {
        return truth(value, false);
    }

    /** Like {@link #truth(String)} for a text that is neither true nor false. */
    static boolean truth(String value, boolean otherwise) {
        if (value.isEmpty()) {
            return otherwise;
        }
        if (isDigit(value.charAt(0))) {
            return (smallNumber(value) & 0xff) != 0;
        }
        return switch (AsciiCase.lower(value)) {
            case "on", "yes", "true" -> true;
            case "off", "no", "false" -> false;
            default -> otherwise;
        };
    }

    /** The level of PRAGMA synchronous. */
    static int safetyLevel(String value) {
        if (!value.isEmpty() && isDigit(value.charAt(0))) {
            return (int) number(value) & 7;
        }
        return switch (AsciiCase.lower(value)) {
            case "off", "no", "false" -> 0;
            case "on", "yes", "true" -> 1;
            case "full" -> 2;
            case "extra" -> 3;
            default -> 1;
        };
    }

    /** The integer that the text begins with; 0 if it begins with none. */
    static long number(String value) {
        int at = 0;
        boolean negative = false;
        if (at < value.length() && (value.charAt(at) == '-' || value.charAt(at) == '+')) {
            negative = value.charAt(at++) == '-';
        }
        if (value.startsWith("0x", at) || value.startsWith("0X", at)) {
            return hex(value, at + 2, negative);
        }
        long result = 0;
        while (at < value.length() && isDigit(value.charAt(at))) {
            int digit = value.charAt(at++) - '0';
            if (result > (Long.MAX_VALUE - digit) / 10) {
                return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
            result = result * 10 + digit;
        }
        return negative ? -result : result;
    }

    private static long hex(String value, int from, boolean negative) {
        long result = 0;
        for (int at = from; at < value.length(); at++) {
            int digit = Character.digit(value.charAt(at), 16);
            if (digit < 0) {
                break;
            }
            result = result << 4 | digit;
        }
        return negative ? -result : result;
    }

    /** The text as a number from 0 on, -1 if it is anything else (sqlite3DecOrHexToI64 and a check of the sign). */
    static long wholeNumber(String value) {
        boolean isHex = value.startsWith("0x") || value.startsWith("0X");
        if (isHex) {
            return value.matches("0[xX][0-9a-fA-F]{1,16}") ? number(value) : -1;
        }
        if (!value.matches("\\+?[0-9]+")) {
            return -1;
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException tooLarge) {
            return -1;
        }
    }

    /** As {@link #number}, 0 if it does not fit 32 bits (sqlite3Atoi). */
    static int smallNumber(String value) {
        long number = number(value);
        return number == (int) number ? (int) number : 0;
    }

    /** True if {@link #smallNumber} finds a number of 32 bits at the beginning. */
    static boolean beginsWithSmallNumber(String value) {
        int digit = !value.isEmpty() && (value.charAt(0) == '-' || value.charAt(0) == '+') ? 1 : 0;
        long number = number(value);
        return digit < value.length() && isDigit(value.charAt(digit)) && number == (int) number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
