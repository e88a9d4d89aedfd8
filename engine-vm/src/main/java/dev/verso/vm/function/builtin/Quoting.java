package dev.verso.vm.function.builtin;

import dev.verso.record.TextEncoding;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.value.Value;

/** SQL literals of values ({@code quote}, {@code unistr_quote}) and the escapes of {@code unistr}. */
final class Quoting {
    private Quoting() {}

    static void quote(Value value, ByteOutput out, boolean escapeControls) {
        switch (value.storageClass()) {
            case NULL -> out.add("NULL");
            case INTEGER -> out.add(Long.toString(value.integer()));
            case REAL -> {
                double r = value.real();
                out.add(Double.isInfinite(r) ? (r > 0 ? "9.0e+999" : "-9.0e+999") : value.asString());
            }
            case BLOB -> {
                out.add("X'");
                byte[] bytes = value.bytes(TextEncoding.UTF8);
                for (int i = 0; i < value.length(); i++) {
                    addHex(out, bytes[value.offset() + i]);
                }
                out.add('\'');
            }
            case TEXT -> quoteText(new Arguments().text(value), out, escapeControls);
        }
    }

    static void addHex(ByteOutput out, byte b) {
        out.add("0123456789ABCDEF".charAt(b >> 4 & 15));
        out.add("0123456789ABCDEF".charAt(b & 15));
    }

    private static void quoteText(Arguments text, ByteOutput out, boolean escapeControls) {
        int length = 0;
        while (length < text.length && text.bytes[text.offset + length] != 0) {
            length++;
        }
        boolean escape = escapeControls && hasControls(text, length);
        out.add(escape ? "unistr('" : "'");
        addContent(text, length, '\'', escape, out);
        out.add(escape ? "')" : "'");
    }

    static boolean hasControls(Arguments text, int length) {
        for (int i = 0; i < length; i++) {
            if ((text.bytes[text.offset + i] & 0xff) < 0x20) {
                return true;
            }
        }
        return false;
    }

    /** Adds a text with its quotes doubled; {@code escape} also writes control characters so that {@code unistr} understands them. */
    static void addContent(Arguments text, int length, char quote, boolean escape, ByteOutput out) {
        for (int i = 0; i < length; i++) {
            int b = text.bytes[text.offset + i] & 0xff;
            if (b == quote) {
                out.add(b);
                out.add(b);
            } else if (escape && b == '\\') {
                out.add("\\\\");
            } else if (escape && b < 0x20) {
                out.add(String.format("\\u%04x", b));
            } else {
                out.add(b);
            }
        }
    }

    /** Replaces {@code \XXXX}, {@code \}{@code uXXXX}, {@code \+XXXXXX} and {@code \}{@code UXXXXXXXX} by characters, a doubled backslash by one. */
    static void unistr(FunctionContext context, Arguments text, Value result) {
        ByteOutput out = new ByteOutput(text.length);
        int end = text.offset + text.length;
        for (int at = text.offset; at < end; ) {
            byte b = text.bytes[at];
            if (b != '\\') {
                out.add(b);
                at++;
                continue;
            }
            int kind = at + 1 < end ? text.bytes[at + 1] : 0;
            if (kind == '\\') {
                out.add('\\');
                at += 2;
                continue;
            }
            int digits = kind == '+' ? 6 : kind == 'U' ? 8 : 4;
            int from = kind == '+' || kind == 'U' || kind == 'u' ? at + 2 : at + 1;
            long c = 0;
            for (int i = from; i < from + digits; i++) {
                int digit = i < end ? Character.digit(text.bytes[i], 16) : -1;
                if (digit < 0) {
                    throw Arguments.error("invalid Unicode escape");
                }
                c = c << 4 | digit;
            }
            out.addCodePoint((int) Math.min(c, Integer.MAX_VALUE));
            at = from + digits;
        }
        Arguments.setText(context, result, out.bytes(), 0, out.length());
    }
}
