package dev.verso.vm.function.extra;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionDefinition.Flag;
import dev.verso.vm.function.ScalarFunction;
import dev.verso.vm.function.builtin.Arguments;
import dev.verso.vm.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Functions of texts, which end at their first NUL. A character is a byte of UTF-8 with all continuation bytes behind it, whatever the byte is; so
 * strings in here have one {@code char} for each byte.
 */
enum ExtraText implements ScalarFunction {
    CHARINDEX,
    DIFFERENCE,
    LEFTSTR,
    PADC,
    PADL,
    PADR,
    PROPER,
    REPLICATE,
    REVERSE,
    RIGHTSTR,
    STRFILTER;

    /** For A to Z: the digit of a consonant, 0 for letters that do not count. */
    private static final String SOUNDS = "01230120022455012623010202";

    private static final int BROKEN = 0xfffd;
    /** The smallest character by the number of bytes after the first; none has none. */
    private static final int[] LEAST = {Integer.MAX_VALUE, 0x80, 0x800, 0x10000};

    static void addTo(List<FunctionDefinition> list) {
        add(list, "charindex", 2, CHARINDEX);
        add(list, "charindex", 3, CHARINDEX);
        add(list, "difference", 2, DIFFERENCE);
        add(list, "leftstr", 2, LEFTSTR);
        add(list, "padc", 2, PADC);
        add(list, "padl", 2, PADL);
        add(list, "padr", 2, PADR);
        add(list, "proper", 1, PROPER);
        add(list, "replicate", 2, REPLICATE);
        add(list, "reverse", 1, REVERSE);
        add(list, "rightstr", 2, RIGHTSTR);
        add(list, "strfilter", 2, STRFILTER);
    }

    private static void add(List<FunctionDefinition> list, String name, int arguments, ExtraText body) {
        list.add(new FunctionDefinition(name, arguments, Set.of(Flag.EXTENSION), body, null));
    }

    @Override
    public void call(FunctionContext context, Value[] args, int first, int count, Value result) {
        if (args[first].isNull() || needsBoth() && args[first + 1].isNull()) {
            return;
        }
        String text = text(args[first]);
        switch (this) {
            case CHARINDEX ->
                result.setInteger(position(text, text(args[first + 1]), count < 3 ? 0 : args[first + 2].asLong()));
            case DIFFERENCE -> result.setInteger(difference(text, text(args[first + 1])));
            case LEFTSTR -> {
                int characters = (int) Math.max(0, Math.min(length(text), args[first + 1].asLong()));
                set(context, result, text.substring(0, offset(text, characters)));
            }
            case RIGHTSTR -> {
                long characters = Math.min(length(text), args[first + 1].asLong());
                if (characters < 0) {
                    throw new DatabaseException(ResultCode.NOMEM, ResultCode.NOMEM.text());
                }
                set(context, result, text.substring(offset(text, length(text) - (int) characters)));
            }
            case PADC, PADL, PADR -> set(context, result, padded(context, text, notNegative(args[first + 1])));
            case PROPER -> set(context, result, proper(text));
            case REPLICATE -> set(context, result, replicated(context, text, notNegative(args[first + 1])));
            case REVERSE -> set(context, result, reversed(text));
            case STRFILTER -> set(context, result, filtered(text, text(args[first + 1])));
        }
    }

    private boolean needsBoth() {
        return switch (this) {
            case CHARINDEX, DIFFERENCE, LEFTSTR, RIGHTSTR, STRFILTER -> true;
            case PADC, PADL, PADR, PROPER, REPLICATE, REVERSE -> false;
        };
    }

    private static String text(Value value) {
        Arguments text = new Arguments().text(value);
        return new String(text.bytes, text.offset, text.lengthUntilNul(), StandardCharsets.ISO_8859_1);
    }

    private static void set(FunctionContext context, Value result, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        Arguments.setText(context, result, bytes, 0, bytes.length);
    }

    /** Past the character at {@code at}. */
    private static int next(String text, int at) {
        at++;
        while (at < text.length() && (text.charAt(at) & 0xc0) == 0x80) {
            at++;
        }
        return at;
    }

    private static int length(String text) {
        int count = 0;
        for (int at = 0; at < text.length(); at = next(text, at)) {
            count++;
        }
        return count;
    }

    /** As {@link #length}, but of what continues no character each byte counts. */
    private static int columns(String text) {
        int count = 0;
        for (int at = 0; at < text.length(); count++) {
            at = text.charAt(at) < 0xc0 ? at + 1 : next(text, at);
        }
        return count;
    }

    private static int offset(String text, int characters) {
        int at = 0;
        for (int i = 0; i < characters; i++) {
            at = next(text, at);
        }
        return at;
    }

    private static String reversed(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            int next = next(text, at);
            out.insert(0, text, at, next);
            at = next;
        }
        return out.toString();
    }

    private static long notNegative(Value value) {
        long number = value.asLong();
        if (number < 0) {
            throw new DatabaseException(ResultCode.ERROR, "domain error");
        }
        return number;
    }

    private static int position(String part, String text, long from) {
        if (part.isEmpty()) {
            return 0;
        }
        int skipped = (int) Math.max(0, Math.min(length(text), from - 1));
        int number = skipped + 1;
        for (int at = offset(text, skipped); at < text.length(); at = next(text, at)) {
            if (startsWith(text, at, part)) {
                return number;
            }
            number++;
        }
        return 0;
    }

    private static boolean startsWith(String text, int from, String part) {
        int at = from;
        for (int i = 0; i < part.length(); i = next(part, i)) {
            if (at >= text.length() || character(text, at) != character(part, i)) {
                return false;
            }
            at = next(text, at);
        }
        return true;
    }

    /** What the driver's functions take the character for: all that is no UTF-8 is U+FFFD, and so are U+FFFE and U+FFFF. */
    private static int character(String text, int at) {
        int lead = text.charAt(at);
        if (lead < 0x80) {
            return lead;
        }
        int further = lead < 0xc0 || lead >= 0xf8 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
        int c = lead & 0x3f >> further;
        for (int i = 1; i <= further; i++) {
            int next = at + i < text.length() ? text.charAt(at + i) : 0;
            if ((next & 0xc0) != 0x80) {
                return BROKEN;
            }
            c = (c << 6) + (next & 0x3f);
        }
        return c < LEAST[further] || (c & 0xfffff800) == 0xd800 || (c & 0xfffffffe) == 0xfffe ? BROKEN : c;
    }

    private String padded(FunctionContext context, String text, long width) {
        long missing = width - columns(text);
        if (missing <= 0) {
            return text;
        }
        checkLength(context, width);
        int left = this == PADL ? (int) missing : this == PADC ? (int) (missing / 2) : 0;
        return " ".repeat(left) + text + " ".repeat((int) missing - left);
    }

    private static String replicated(FunctionContext context, String text, long times) {
        if (text.isEmpty()) {
            return text;
        }
        if (times > Integer.MAX_VALUE / text.length()) {
            throw new DatabaseException(ResultCode.NOMEM, ResultCode.NOMEM.text());
        }
        checkLength(context, times * text.length());
        return text.repeat((int) times);
    }

    private static void checkLength(FunctionContext context, long length) {
        if (length > context.session().maximumLength()) {
            throw new DatabaseException(ResultCode.TOOBIG, ResultCode.TOOBIG.text());
        }
    }

    /** The first letter after a blank in upper case, all others in lower case; ASCII only. */
    private static String proper(String text) {
        StringBuilder out = new StringBuilder(text.length());
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean begins = before == ' ' || before == '\t';
            if (begins && c >= 'a' && c <= 'z') {
                out.append((char) (c - 32));
            } else if (!begins && c >= 'A' && c <= 'Z') {
                out.append((char) (c + 32));
            } else {
                out.append(c);
            }
            before = c;
        }
        return out.toString();
    }

    private static String filtered(String text, String wanted) {
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int next = next(text, at);
            boolean found = false;
            for (int i = 0; i < wanted.length() && !found; i = next(wanted, i)) {
                found = character(wanted, i) == character(text, at);
            }
            if (found) {
                out.append(text, at, next);
            }
            at = next;
        }
        return out.toString();
    }

    /** How many of the four characters of the sounds agree. */
    private static int difference(String left, String right) {
        String a = sound(left);
        String b = sound(right);
        int equal = 0;
        for (int i = 0; i < 4; i++) {
            equal += a.charAt(i) == b.charAt(i) ? 1 : 0;
        }
        return equal;
    }

    /**
     * A Soundex in which neighbours of one sound count each, and the first letter again; bytes beyond ASCII sound like those without their
     * highest bit.
     */
    private static String sound(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char letter = (char) (text.charAt(i) & 0x5f);
            boolean isLetter = letter >= 'A' && letter <= 'Z';
            if (out.length() == 4 || !isLetter || out.length() == 0 && text.charAt(i) > 0x7f) {
                continue;
            }
            if (out.length() == 0) {
                out.append(letter);
            }
            char digit = SOUNDS.charAt(letter - 'A');
            if (digit != '0') {
                out.append(digit);
            }
        }
        if (out.length() == 0) {
            out.append('?');
        }
        return out.append("000").substring(0, 4);
    }
}
