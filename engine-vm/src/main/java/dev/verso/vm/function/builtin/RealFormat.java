package dev.verso.vm.function.builtin;

/** Lays out a real's digits for {@code %f}, {@code %e} and {@code %g}. */
final class RealFormat {
    private RealFormat() {}

    static String format(
            double number,
            boolean generic,
            boolean exponential,
            int round,
            int precision,
            int sign,
            boolean alternate,
            boolean alternate2,
            boolean thousands,
            boolean zeroPad,
            int width,
            boolean upper) {
        if (Double.isNaN(number)) {
            return zeroPad ? "null" : "NaN";
        }
        DecimalDigits d = DecimalDigits.of(number, round, alternate2 ? 26 : 16);
        if (d.special && !zeroPad) {
            return d.negative ? "-Inf" : sign == 0 ? "Inf" : (char) sign + "Inf";
        }
        StringBuilder text = new StringBuilder();
        boolean dropsSign = alternate && sign == 0 && !generic && !exponential && d.negative && d.digits.equals("0");
        if (d.negative && !dropsSign) {
            text.append('-');
        } else if (!d.negative && sign != 0) {
            text.append((char) sign);
        }
        int prefixLength = text.length();
        int exponent = d.pointPosition - 1;
        boolean asExponential = exponential;
        boolean stripZeros = alternate2;
        if (generic) {
            precision--;
            asExponential = exponent < -4 || exponent > precision;
            if (!asExponential) {
                precision -= exponent;
            }
            stripZeros = !alternate;
        }
        boolean point = precision > 0 || alternate || alternate2;
        int next = 0;
        int left = asExponential ? 0 : exponent; // power of ten of the next digit
        if (left < 0) {
            text.append('0');
        } else {
            for (; left >= 0; left--) {
                text.append(d.digit(next++));
                if (thousands && left % 3 == 0 && left > 1) {
                    text.append(',');
                }
            }
        }
        int pointAt = text.length();
        if (point) {
            text.append('.');
        }
        int zeros = asExponential || exponent >= 0 ? 0 : Math.min(precision, -exponent - 1);
        text.append("0".repeat(zeros));
        for (int i = zeros; i < precision; i++) {
            text.append(d.digit(next++));
        }
        if (stripZeros && point) {
            int end = text.length();
            while (end > pointAt + 1 && text.charAt(end - 1) == '0') {
                end--;
            }
            text.setLength(end);
            if (end == pointAt + 1) {
                if (alternate2) {
                    text.append('0');
                } else {
                    text.setLength(pointAt);
                }
            }
        }
        if (asExponential) {
            text.append(upper ? 'E' : 'e').append(exponent < 0 ? '-' : '+');
            int e = Math.abs(exponent);
            if (e < 10) {
                text.append('0');
            }
            text.append(e);
        }
        if (zeroPad && text.length() < width) {
            text.insert(prefixLength, "0".repeat(width - text.length()));
        }
        return text.toString();
    }
}
