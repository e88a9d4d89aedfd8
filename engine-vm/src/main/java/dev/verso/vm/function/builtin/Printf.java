package dev.verso.vm.function.builtin;

import dev.verso.vm.value.Value;

/** {@code printf} and {@code format} (sqlite.org/printf.html). One object formats once. */
final class Printf {
    private static final int LARGEST_PRECISION = 100_000_000;
    /** Bytes of UTF-8. */
    private static final int LONGEST_CHARACTER = 4;

    private final Value[] args;
    private final int end;
    private final ByteOutput out;
    private int nextArgument;

    private boolean leftJustify;
    private int sign; // '+', ' ' or 0
    private boolean alternate; // #
    private boolean alternate2; // !
    private boolean zeroPad;
    private boolean thousands;
    private int width;
    private int precision;

    Printf(Value[] args, int first, int count, ByteOutput out) {
        this.args = args;
        this.nextArgument = first;
        this.end = first + count;
        this.out = out;
    }

    void format(Arguments format) {
        byte[] f = format.bytes;
        int limit = format.offset + format.length;
        for (int at = format.offset; at < limit; ) {
            if (f[at] == 0) {
                return;
            }
            if (f[at] != '%') {
                out.add(f[at++]);
                continue;
            }
            if (++at == limit) {
                out.add('%');
                return;
            }
            at = directive(f, at, limit);
            if (at < 0) {
                return;
            }
        }
    }

    /** Reads flags, width and precision at {@code at}, converts one argument. @return offset past the conversion, -1 to stop */
    private int directive(byte[] f, int at, int limit) {
        leftJustify = false;
        sign = 0;
        alternate = false;
        alternate2 = false;
        zeroPad = false;
        thousands = false;
        width = 0;
        precision = -1;
        flags:
        for (; at < limit; at++) {
            switch (f[at]) {
                case '-' -> leftJustify = true;
                case '+' -> sign = '+';
                case ' ' -> sign = ' ';
                case '#' -> alternate = true;
                case '!' -> alternate2 = true;
                case '0' -> zeroPad = true;
                case ',' -> thousands = true;
                default -> {
                    break flags;
                }
            }
        }
        if (at < limit && f[at] == '*') {
            int w = (int) longArgument();
            leftJustify |= w < 0;
            width = w == Integer.MIN_VALUE ? 0 : Math.abs(w);
            at++;
        } else {
            long w = 0;
            for (; at < limit && f[at] >= '0' && f[at] <= '9'; at++) {
                w = w * 10 + f[at] - '0' & 0x7fffffff;
            }
            width = (int) w;
        }
        if (at < limit && f[at] == '.') {
            at++;
            if (at < limit && f[at] == '*') {
                int p = (int) longArgument();
                precision = p == Integer.MIN_VALUE ? -1 : Math.abs(p);
                at++;
            } else {
                long p = 0;
                for (; at < limit && f[at] >= '0' && f[at] <= '9'; at++) {
                    p = p * 10 + f[at] - '0' & 0x7fffffff;
                }
                precision = (int) p;
            }
        }
        while (at < limit && f[at] == 'l') {
            at++;
        }
        if (at == limit) {
            return -1;
        }
        switch (f[at]) {
            case 'd', 'i' -> signed(longArgument());
            case 'u' -> unsigned(longArgument(), 10, false, "");
            case 'x' -> unsigned(longArgument(), 16, false, "0x");
            case 'X' -> unsigned(longArgument(), 16, true, "0X");
            case 'p' -> unsigned(longArgument(), 16, true, "0x");
            case 'o' -> unsigned(longArgument(), 8, false, "0");
            case 'f' -> real('f');
            case 'e' -> real('e');
            case 'E' -> real('E');
            case 'g' -> real('g');
            case 'G' -> real('G');
            case 'c' -> character();
            case 's', 'z' -> string();
            case 'q' -> quoted('\'', false);
            case 'Q' -> quoted('\'', true);
            case 'w' -> quoted('"', false);
            case '%' -> pad(new byte[] {'%'}, 0, 1, 1);
            case 'n' -> {}
            default -> {
                return -1;
            }
        }
        return at + 1;
    }

    private Value argument() {
        return nextArgument < end ? args[nextArgument++] : null;
    }

    private long longArgument() {
        Value value = argument();
        return value == null ? 0 : value.asLong();
    }

    private void signed(long value) {
        String digits = value == Long.MIN_VALUE ? "9223372036854775808" : Long.toString(Math.abs(value));
        integer(digits, value < 0 ? "-" : sign == 0 ? "" : String.valueOf((char) sign), "");
    }

    private void unsigned(long value, int radix, boolean upper, String marker) {
        thousands &= radix == 10;
        String digits = Long.toUnsignedString(value, radix);
        integer(upper ? digits.toUpperCase(java.util.Locale.ROOT) : digits, "", alternate && value != 0 ? marker : "");
    }

    private void integer(String digits, String prefix, String marker) {
        int least = precision;
        if (zeroPad && least < width - prefix.length()) {
            least = width - prefix.length();
        }
        if (least > LARGEST_PRECISION) {
            throw Arguments.tooBig();
        }
        StringBuilder text = new StringBuilder();
        if (least > digits.length()) {
            digits = "0".repeat(least - digits.length()) + digits;
        }
        if (thousands) {
            for (int i = 0; i < digits.length(); i++) {
                if (i > 0 && (digits.length() - i) % 3 == 0) {
                    text.append(',');
                }
                text.append(digits.charAt(i));
            }
        } else {
            text.append(digits);
        }
        padAscii(prefix + marker + text);
    }

    private void real(char conversion) {
        Value value = argument();
        double number = value == null ? 0 : value.asDouble();
        if (precision < 0) {
            precision = 6;
        }
        precision = Math.min(precision, LARGEST_PRECISION);
        boolean generic = conversion == 'g' || conversion == 'G';
        boolean exponential = conversion == 'e' || conversion == 'E';
        if (generic && precision == 0) {
            precision = 1;
        }
        int round = generic ? precision : exponential ? precision + 1 : -precision;
        padAscii(RealFormat.format(
                number,
                generic,
                exponential,
                round,
                precision,
                sign,
                alternate,
                alternate2,
                thousands,
                zeroPad,
                leftJustify ? 0 : width,
                conversion == 'E' || conversion == 'G'));
    }

    private void character() {
        Value value = argument();
        byte[] one;
        if (value == null || value.isNull()) {
            one = new byte[] {0};
        } else {
            Arguments text = new Arguments().text(value);
            int end = text.offset + Math.min(text.length, LONGEST_CHARACTER);
            int n = text.length == 0 ? 0 : Utf8.next(text.bytes, text.offset, end) - text.offset;
            one = n == 0 ? new byte[] {0} : java.util.Arrays.copyOfRange(text.bytes, text.offset, text.offset + n);
        }
        int times = Math.max(1, precision);
        int spaces = Math.max(0, width - times);
        out.repeat(' ', leftJustify ? 0 : spaces);
        out.repeat(one, times);
        out.repeat(' ', leftJustify ? spaces : 0);
    }

    private void string() {
        Value value = argument();
        if (value == null || value.isNull()) {
            pad(new byte[0], 0, 0, 0);
            return;
        }
        Arguments text = new Arguments().text(value);
        int length = untilNul(text);
        if (precision >= 0) {
            length = alternate2 ? characters(text, length, precision) : Math.min(length, precision);
        }
        int shown = alternate2 ? Utf8.starts(text.bytes, text.offset, length) : length;
        pad(text.bytes, text.offset, length, shown);
    }

    private void quoted(char quote, boolean enclose) {
        Value value = argument();
        if (value == null || value.isNull()) {
            String none = enclose ? "NULL" : "(NULL)";
            int length = precision < 0 ? none.length() : Math.min(precision, none.length());
            pad(none.getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, length, length);
            return;
        }
        Arguments text = new Arguments().text(value);
        int length = untilNul(text);
        if (precision >= 0) {
            length = alternate2 ? characters(text, length, precision) : Math.min(length, precision);
        }
        ByteOutput q = new ByteOutput(length + 2);
        boolean escapes = alternate && quote == '\'' && (!enclose || Quoting.hasControls(text, length));
        if (enclose) {
            q.add(escapes ? "unistr('" : Character.toString(quote));
        }
        Quoting.addContent(text, length, quote, escapes, q);
        if (enclose) {
            q.add(escapes ? "')" : Character.toString(quote));
        }
        pad(q.bytes(), 0, q.length(), alternate2 ? Utf8.starts(q.bytes(), 0, q.length()) : q.length());
    }

    private static int untilNul(Arguments text) {
        for (int i = 0; i < text.length; i++) {
            if (text.bytes[text.offset + i] == 0) {
                return i;
            }
        }
        return text.length;
    }

    /** Bytes of the first {@code most} characters. */
    private static int characters(Arguments text, int length, int most) {
        int limit = text.offset + length;
        int at = text.offset;
        while (most-- > 0 && at < limit) {
            at = Utf8.next(text.bytes, at, limit);
        }
        return at - text.offset;
    }

    private void padAscii(String text) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        pad(bytes, 0, bytes.length, bytes.length);
    }

    private void pad(byte[] bytes, int offset, int length, int shown) {
        int spaces = Math.max(0, width - shown);
        if (!leftJustify) {
            out.repeat(' ', spaces);
        }
        out.add(bytes, offset, length);
        if (leftJustify) {
            out.repeat(' ', spaces);
        }
    }
}
