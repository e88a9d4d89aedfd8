package dev.verso.vm.function.builtin;

import java.nio.charset.StandardCharsets;

/** Decimal numbers in time values and modifiers. */
final class ModifierNumber {
    private ModifierNumber() {}

    /** The number that the whole text is (spaces around it aside), or null. */
    static Double wholeText(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        return isNumber(text) ? (Double) Double.parseDouble(text) : null;
    }

    static boolean isNumber(String text) {
        int at = 0;
        int n = text.length();
        if (at < n && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        int digits = 0;
        while (at < n && DateParser.isDigit(text.charAt(at))) {
            at++;
            digits++;
        }
        if (at < n && text.charAt(at) == '.') {
            at++;
            while (at < n && DateParser.isDigit(text.charAt(at))) {
                at++;
                digits++;
            }
        }
        if (digits == 0) {
            return false;
        }
        if (at < n && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < n && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
                at++;
            }
            int exponentDigits = 0;
            while (at < n && DateParser.isDigit(text.charAt(at))) {
                at++;
                exponentDigits++;
            }
            if (exponentDigits == 0) {
                return false;
            }
        }
        return at == n;
    }
}
