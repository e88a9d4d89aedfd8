package dev.verso.vm.function.extra;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionDefinition.Flag;
import dev.verso.vm.function.ScalarFunction;
import dev.verso.vm.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Functions of texts. Characters are code points; a text ends at its first NUL. */
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
                result.setText(text.substring(0, text.offsetByCodePoints(0, characters)));
            }
            case RIGHTSTR -> {
                long characters = Math.min(length(text), args[first + 1].asLong());
                if (characters < 0) {
                    throw new DatabaseException(ResultCode.NOMEM, ResultCode.NOMEM.text());
                }
                result.setText(text.substring(text.offsetByCodePoints(text.length(), (int) -characters)));
            }
            case PADC, PADL, PADR -> result.setText(padded(context, text, notNegative(args[first + 1])));
            case PROPER -> result.setText(proper(text));
            case REPLICATE -> result.setText(replicated(context, text, notNegative(args[first + 1])));
            case REVERSE -> result.setText(new StringBuilder(text).reverse().toString());
            case STRFILTER -> result.setText(filtered(text, text(args[first + 1])));
        }
    }

    private boolean needsBoth() {
        return switch (this) {
            case CHARINDEX, DIFFERENCE, LEFTSTR, RIGHTSTR, STRFILTER -> true;
            case PADC, PADL, PADR, PROPER, REPLICATE, REVERSE -> false;
        };
    }

    private static String text(Value value) {
        String text = value.asString();
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
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
        int found = text.indexOf(part, text.offsetByCodePoints(0, skipped));
        return found < 0 ? 0 : text.codePointCount(0, found) + 1;
    }

    private String padded(FunctionContext context, String text, long width) {
        long missing = width - length(text);
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
        text.codePoints().filter(c -> wanted.indexOf(c) >= 0).forEach(out::appendCodePoint);
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
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (b & 0x5f);
            boolean isLetter = letter >= 'A' && letter <= 'Z';
            if (out.length() == 4 || !isLetter || out.length() == 0 && b < 0) {
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
