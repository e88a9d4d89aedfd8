package dev.verso.vm.function.builtin;

import dev.verso.record.TextEncoding;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.ScalarFunction;
import dev.verso.vm.value.Value;
import java.util.List;

/** Functions of texts and blobs (sqlite.org/lang_corefunc.html). */
enum TextFunction implements ScalarFunction {
    CHAR,
    CONCAT,
    CONCAT_WS,
    FORMAT,
    HEX,
    INSTR,
    LENGTH,
    LOWER,
    LTRIM,
    OCTET_LENGTH,
    QUOTE,
    REPLACE,
    RTRIM,
    SUBSTR,
    TRIM,
    TYPEOF,
    UNHEX,
    UNICODE,
    UNISTR,
    UNISTR_QUOTE,
    UPPER,
    ZEROBLOB;

    static void addTo(List<FunctionDefinition> list) {
        add(list, "char", -1, CHAR);
        add(list, "concat", -3, CONCAT);
        add(list, "concat_ws", -4, CONCAT_WS);
        add(list, "format", -1, FORMAT);
        add(list, "printf", -1, FORMAT);
        add(list, "hex", 1, HEX);
        add(list, "instr", 2, INSTR);
        add(list, "length", 1, LENGTH);
        add(list, "lower", 1, LOWER);
        add(list, "ltrim", 1, LTRIM);
        add(list, "ltrim", 2, LTRIM);
        add(list, "octet_length", 1, OCTET_LENGTH);
        add(list, "quote", 1, QUOTE);
        add(list, "replace", 3, REPLACE);
        add(list, "rtrim", 1, RTRIM);
        add(list, "rtrim", 2, RTRIM);
        add(list, "substr", 2, SUBSTR);
        add(list, "substr", 3, SUBSTR);
        add(list, "substring", 2, SUBSTR);
        add(list, "substring", 3, SUBSTR);
        add(list, "trim", 1, TRIM);
        add(list, "trim", 2, TRIM);
        add(list, "typeof", 1, TYPEOF);
        add(list, "unhex", 1, UNHEX);
        add(list, "unhex", 2, UNHEX);
        add(list, "unicode", 1, UNICODE);
        add(list, "unistr", 1, UNISTR);
        add(list, "unistr_quote", 1, UNISTR_QUOTE);
        add(list, "upper", 1, UPPER);
        add(list, "zeroblob", 1, ZEROBLOB);
    }

    private static void add(List<FunctionDefinition> list, String name, int arguments, TextFunction body) {
        list.add(new FunctionDefinition(name, arguments, BuiltinFunctions.PURE, body, null));
    }

    @Override
    public void call(FunctionContext context, Value[] args, int first, int count, Value result) {
        if (this != CHAR
                && this != CONCAT
                && this != CONCAT_WS
                && this != FORMAT
                && this != HEX
                && this != QUOTE
                && this != TYPEOF
                && this != UNISTR_QUOTE) {
            for (int i = 0; i < count; i++) {
                if (args[first + i].isNull() && this != ZEROBLOB && !(this == REPLACE && i == 2)) {
                    return; // NULL in, NULL out
                }
            }
        }
        switch (this) {
            case CHAR -> charOf(context, args, first, count, result);
            case CONCAT -> concat(context, args, first, count, null, result);
            case CONCAT_WS -> {
                if (!args[first].isNull()) {
                    concat(context, args, first + 1, count - 1, new Arguments().text(args[first]), result);
                }
            }
            case FORMAT -> {
                if (count > 0 && !args[first].isNull()) {
                    ByteOutput out = new ByteOutput(64);
                    new Printf(args, first + 1, count - 1, out).format(new Arguments().text(args[first]));
                    Arguments.setText(context, result, out.bytes(), 0, out.length());
                }
            }
            case HEX -> hex(context, args[first], result);
            case INSTR -> instr(args[first], args[first + 1], result);
            case LENGTH -> length(args[first], result);
            case LOWER -> changeCase(context, args[first], 'A', 'Z', 32, result);
            case UPPER -> changeCase(context, args[first], 'a', 'z', -32, result);
            case LTRIM -> trim(context, args, first, count, true, false, result);
            case RTRIM -> trim(context, args, first, count, false, true, result);
            case TRIM -> trim(context, args, first, count, true, true, result);
            case OCTET_LENGTH -> octetLength(context, args[first], result);
            case QUOTE -> {
                ByteOutput out = new ByteOutput(32);
                Quoting.quote(args[first], out, false);
                Arguments.setText(context, result, out.bytes(), 0, out.length());
            }
            case UNISTR_QUOTE -> {
                ByteOutput out = new ByteOutput(32);
                Quoting.quote(args[first], out, true);
                Arguments.setText(context, result, out.bytes(), 0, out.length());
            }
            case REPLACE -> replace(context, args[first], args[first + 1], args[first + 2], result);
            case SUBSTR -> substr(context, args, first, count, result);
            case TYPEOF ->
                result.setText(
                        switch (args[first].storageClass()) {
                            case NULL -> "null";
                            case INTEGER -> "integer";
                            case REAL -> "real";
                            case TEXT -> "text";
                            case BLOB -> "blob";
                        });
            case UNHEX -> unhex(args, first, count, result);
            case UNICODE -> {
                Arguments text = new Arguments().text(args[first]);
                if (text.length > 0 && text.bytes[text.offset] != 0) {
                    result.setInteger(Utf8.codePoint(text.bytes, text.offset, text.offset + text.length));
                }
            }
            case UNISTR -> Quoting.unistr(context, new Arguments().text(args[first]), result);
            case ZEROBLOB -> {
                long n = Math.max(0, args[first].asLong());
                if (n > Integer.MAX_VALUE) {
                    throw Arguments.tooBig();
                }
                result.setZeroBlob((int) n);
            }
        }
    }

    private static void charOf(FunctionContext context, Value[] args, int first, int count, Value result) {
        ByteOutput out = new ByteOutput(count * 4);
        for (int i = 0; i < count; i++) {
            long c = args[first + i].asLong();
            out.addCodePoint(c < 0 || c > 0x10ffff ? 0xfffd : (int) c);
        }
        Arguments.setText(context, result, out.bytes(), 0, out.length());
    }

    private static void concat(
            FunctionContext context, Value[] args, int first, int count, Arguments separator, Value result) {
        ByteOutput out = new ByteOutput(64);
        Arguments text = new Arguments();
        boolean any = false;
        for (int i = first; i < first + count; i++) {
            if (args[i].isNull()) {
                continue;
            }
            if (any && separator != null) {
                out.add(separator.bytes, separator.offset, separator.length);
            }
            any = true;
            text.text(args[i]);
            out.add(text.bytes, text.offset, text.length);
        }
        Arguments.setText(context, result, out.bytes(), 0, out.length());
    }

    private static void hex(FunctionContext context, Value value, Value result) {
        if (value.isNull()) {
            result.setText("");
            return;
        }
        byte[] bytes;
        int offset = 0;
        int length;
        if (Arguments.isText(value) || Arguments.isBlob(value)) {
            bytes = value.bytes(context.encoding());
            offset = value.offset();
            length = value.length();
        } else {
            bytes = value.asString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            length = bytes.length;
        }
        ByteOutput out = new ByteOutput((int) Math.min(Integer.MAX_VALUE - 64, length * 2L));
        for (int i = 0; i < length; i++) {
            Quoting.addHex(out, bytes[offset + i]);
        }
        Arguments.setText(context, result, out.bytes(), 0, out.length());
    }

    private static void unhex(Value[] args, int first, int count, Value result) {
        Arguments text = new Arguments().text(args[first]);
        Arguments pass = count > 1 ? new Arguments().text(args[first + 1]) : null;
        ByteOutput out = new ByteOutput(text.length / 2);
        int end = text.offset + text.length;
        for (int at = text.offset; at < end; ) {
            int high = Character.digit(text.bytes[at], 16);
            if (text.bytes[at] == 0) {
                break;
            }
            if (high < 0) {
                if (pass == null || !contains(pass, Utf8.codePoint(text.bytes, at, end))) {
                    return;
                }
                at = Utf8.next(text.bytes, at, end);
                continue;
            }
            int low = at + 1 < end ? Character.digit(text.bytes[at + 1], 16) : -1;
            if (low < 0) {
                return;
            }
            out.add(high << 4 | low);
            at += 2;
        }
        result.setBlob(out.bytes(), 0, out.length());
    }

    private static boolean contains(Arguments set, int codePoint) {
        int end = set.offset + set.length;
        for (int at = set.offset; at < end; at = Utf8.next(set.bytes, at, end)) {
            if (Utf8.codePoint(set.bytes, at, end) == codePoint) {
                return true;
            }
        }
        return false;
    }

    private static void instr(Value haystackValue, Value needleValue, Value result) {
        boolean asBlobs = Arguments.isBlob(haystackValue) && Arguments.isBlob(needleValue);
        Arguments haystack = asBlobs ? new Arguments().bytes(haystackValue) : new Arguments().text(haystackValue);
        Arguments needle = asBlobs ? new Arguments().bytes(needleValue) : new Arguments().text(needleValue);
        int end = haystack.offset + haystack.length;
        int number = 1;
        if (!asBlobs && needle.length == 0 && Arguments.isBlob(needleValue) && needleValue.length() > 0) {
            // Half a character of UTF-16 is a text without characters, for which SQLite goes to the first NUL or to the
            // end.
            for (int at = haystack.offset; at < end && haystack.bytes[at] != 0; number++) {
                at = nextCharacter(haystack.bytes, at, end);
            }
            result.setInteger(number);
            return;
        }
        for (int at = haystack.offset; at + needle.length <= end; number++) {
            if (equal(haystack.bytes, at, needle.bytes, needle.offset, needle.length)) {
                result.setInteger(number);
                return;
            }
            if (at == end) {
                break;
            }
            at = asBlobs ? at + 1 : nextCharacter(haystack.bytes, at, end);
        }
        result.setInteger(0);
    }

    /** Past the byte at {@code at} and all continuation bytes after it, whatever the byte is. */
    private static int nextCharacter(byte[] bytes, int at, int end) {
        at++;
        while (at < end && (bytes[at] & 0xc0) == 0x80) {
            at++;
        }
        return at;
    }

    static boolean equal(byte[] a, int aOffset, byte[] b, int bOffset, int length) {
        return java.util.Arrays.equals(a, aOffset, aOffset + length, b, bOffset, bOffset + length);
    }

    private static void length(Value value, Value result) {
        switch (value.storageClass()) {
            case BLOB -> result.setInteger(value.length());
            case TEXT -> {
                byte[] bytes = value.bytes(TextEncoding.UTF8);
                result.setInteger(characters(bytes, value.offset(), value.offset() + value.length()));
            }
            case INTEGER, REAL -> result.setInteger(value.asString().length());
            case NULL -> result.setNull();
        }
    }

    private static void octetLength(FunctionContext context, Value value, Value result) {
        if (Arguments.isBlob(value)) {
            result.setInteger(value.length());
        } else if (Arguments.isText(value)) {
            value.bytes(context.encoding());
            result.setInteger(value.length());
        } else {
            int unit = context.encoding() == TextEncoding.UTF8 ? 1 : 2;
            result.setInteger((long) value.asString().length() * unit);
        }
    }

    private static void changeCase(FunctionContext context, Value value, int from, int to, int shift, Value result) {
        Arguments text = new Arguments().text(value);
        byte[] changed = new byte[text.length];
        for (int i = 0; i < text.length; i++) {
            int b = text.bytes[text.offset + i];
            changed[i] = (byte) (b >= from && b <= to ? b + shift : b);
        }
        Arguments.setText(context, result, changed, 0, changed.length);
    }

    private static void trim(
            FunctionContext context, Value[] args, int first, int count, boolean left, boolean right, Value result) {
        Arguments text = new Arguments().text(args[first]);
        byte[] own = java.util.Arrays.copyOfRange(text.bytes, text.offset, text.offset + text.length);
        int start = 0;
        int end = own.length;
        if (count == 1) {
            while (left && start < end && own[start] == ' ') {
                start++;
            }
            while (right && end > start && own[end - 1] == ' ') {
                end--;
            }
        } else {
            Arguments set = new Arguments().text(args[first + 1]);
            while (left && start < end) {
                int matched = matchAt(set, own, start, end, false);
                if (matched == 0) {
                    break;
                }
                start += matched;
            }
            while (right && end > start) {
                int matched = matchAt(set, own, start, end, true);
                if (matched == 0) {
                    break;
                }
                end -= matched;
            }
        }
        Arguments.setText(context, result, own, start, end - start);
    }

    /** Bytes of the character of {@code set} with which the range begins, or ends; 0 if there is none. */
    private static int matchAt(Arguments set, byte[] bytes, int start, int end, boolean atEnd) {
        int setEnd = set.offset + set.length;
        for (int at = set.offset; at < setEnd && set.bytes[at] != 0; ) {
            int next = Utf8.next(set.bytes, at, setEnd);
            int n = next - at;
            if (n <= end - start && equal(bytes, atEnd ? end - n : start, set.bytes, at, n)) {
                return n;
            }
            at = next;
        }
        return 0;
    }

    private static void replace(FunctionContext context, Value value, Value fromValue, Value toValue, Value result) {
        Arguments text = new Arguments().text(value);
        Arguments from = new Arguments().text(fromValue);
        if (from.length == 0 || from.bytes[from.offset] == 0) {
            byte[] same = java.util.Arrays.copyOfRange(text.bytes, text.offset, text.offset + text.length);
            Arguments.setText(context, result, same, 0, same.length);
            return;
        }
        if (toValue.isNull()) {
            return;
        }
        Arguments to = new Arguments().text(toValue);
        ByteOutput out = new ByteOutput(text.length);
        int end = text.offset + text.length;
        int at = text.offset;
        while (at < end) {
            if (at + from.length <= end && equal(text.bytes, at, from.bytes, from.offset, from.length)) {
                out.add(to.bytes, to.offset, to.length);
                at += from.length;
            } else {
                out.add(text.bytes[at++]);
            }
        }
        Arguments.setText(context, result, out.bytes(), 0, out.length());
    }

    private static int characters(byte[] bytes, int from, int end) {
        int count = 0;
        for (int at = from; at < end && bytes[at] != 0; at = Utf8.nextTogether(bytes, at, end)) {
            count++;
        }
        return count;
    }

    private static void substr(FunctionContext context, Value[] args, int first, int count, Value result) {
        Value value = args[first];
        boolean blob = Arguments.isBlob(value);
        Arguments text = new Arguments().bytes(value);
        long start = args[first + 1].asLong();
        if (blob && text.length == 0) {
            return;
        }
        long wanted = count > 2 ? args[first + 2].asLong() : Long.MAX_VALUE;
        long size = blob ? text.length : start < 0 ? Utf8.countUntilNul(text.bytes, text.offset, text.length) : 0;
        boolean backwards = wanted < 0;
        if (backwards) {
            wanted = wanted == Long.MIN_VALUE ? Long.MAX_VALUE : -wanted;
        }
        if (start < 0) {
            start += size;
            if (start < 0) {
                wanted = backwards ? wanted : Math.max(0, wanted + start);
                start = backwards ? start : 0;
            }
        } else if (start > 0) {
            start--;
        } else if (wanted > 0) {
            wanted--;
        }
        if (backwards) {
            long newStart = start - wanted;
            if (start < 0) {
                newStart = 0;
                wanted = 0;
            } else if (newStart < 0) {
                wanted = start;
                newStart = 0;
            }
            start = newStart;
        }
        if (blob) {
            long from = Math.min(start, text.length);
            long length = Math.min(wanted, text.length - from);
            byte[] part = java.util.Arrays.copyOfRange(
                    text.bytes, text.offset + (int) from, text.offset + (int) (from + length));
            result.setBlob(part, 0, part.length);
            return;
        }
        int end = text.offset + text.length;
        int at = text.offset;
        while (start > 0 && at < end && text.bytes[at] != 0) {
            at = Utf8.nextTogether(text.bytes, at, end);
            start--;
        }
        int to = at;
        while (wanted > 0 && to < end && text.bytes[to] != 0) {
            to = Utf8.nextTogether(text.bytes, to, end);
            wanted--;
        }
        byte[] part = java.util.Arrays.copyOfRange(text.bytes, at, to);
        Arguments.setText(context, result, part, 0, part.length);
    }
}
