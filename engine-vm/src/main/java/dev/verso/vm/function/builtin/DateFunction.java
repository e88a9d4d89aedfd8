package dev.verso.vm.function.builtin;

import dev.verso.record.AsciiCase;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.ScalarFunction;
import dev.verso.vm.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The date and time functions (sqlite.org/lang_datefunc.html). */
enum DateFunction implements ScalarFunction {
    CURRENT_DATE,
    CURRENT_TIME,
    CURRENT_TIMESTAMP,
    DATE,
    DATETIME,
    JULIANDAY,
    STRFTIME,
    TIME,
    TIMEDIFF,
    UNIXEPOCH;

    static void addTo(List<FunctionDefinition> list) {
        add(list, "current_date", 0, CURRENT_DATE);
        add(list, "current_time", 0, CURRENT_TIME);
        add(list, "current_timestamp", 0, CURRENT_TIMESTAMP);
        add(list, "date", -1, DATE);
        add(list, "datetime", -1, DATETIME);
        add(list, "julianday", -1, JULIANDAY);
        add(list, "strftime", -1, STRFTIME);
        add(list, "time", -1, TIME);
        add(list, "timediff", 2, TIMEDIFF);
        add(list, "unixepoch", -1, UNIXEPOCH);
    }

    private static void add(List<FunctionDefinition> list, String name, int arguments, DateFunction body) {
        boolean isNow = body == CURRENT_DATE || body == CURRENT_TIME || body == CURRENT_TIMESTAMP;
        Set<FunctionDefinition.Flag> flags = isNow ? BuiltinFunctions.SLOW : BuiltinFunctions.MOSTLY_PURE;
        list.add(new FunctionDefinition(name, arguments, flags, body, null));
    }

    @Override
    public void call(FunctionContext context, Value[] args, int first, int count, Value result) {
        switch (this) {
            case CURRENT_DATE -> result.setText(DateFormat.date(now(context)));
            case CURRENT_TIME -> result.setText(DateFormat.time(now(context)));
            case CURRENT_TIMESTAMP ->
                result.setText(DateFormat.date(now(context)) + " " + DateFormat.time(now(context)));
            case STRFTIME -> {
                if (count > 0 && !args[first].isNull()) {
                    DateTime t = read(context, args, first + 1, count - 1);
                    String text = t == null ? null : DateFormat.strftime(bytesAsChars(args[first]), t);
                    if (text != null) {
                        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
                        Arguments.setText(context, result, bytes, 0, bytes.length);
                    }
                }
            }
            case TIMEDIFF -> {
                DateTime a = read(context, args, first, 1);
                DateTime b = read(context, args, first + 1, 1);
                if (a != null && b != null) {
                    result.setText(DateFormat.difference(a, b));
                }
            }
            case DATE, DATETIME, JULIANDAY, TIME, UNIXEPOCH -> {
                DateTime t = read(context, args, first, count);
                if (t != null) {
                    set(t, result);
                }
            }
        }
    }

    private void set(DateTime t, Value result) {
        switch (this) {
            case DATE -> result.setText(DateFormat.date(t));
            case TIME -> result.setText(DateFormat.time(t));
            case DATETIME -> result.setText(DateFormat.date(t) + " " + DateFormat.time(t));
            case JULIANDAY -> result.setReal(t.julianMillis / (double) DateTime.DAY);
            case UNIXEPOCH -> {
                long millis = t.julianMillis - DateTime.UNIX_EPOCH;
                if (t.subseconds) {
                    result.setReal(millis / 1000.0);
                } else {
                    result.setInteger(t.julianMillis / 1000 - DateTime.UNIX_EPOCH / 1000);
                }
            }
            case CURRENT_DATE, CURRENT_TIME, CURRENT_TIMESTAMP, STRFTIME, TIMEDIFF ->
                throw new IllegalStateException(name());
        }
    }

    /** The format with a char for each byte, so that broken UTF-8 passes through. */
    private static String bytesAsChars(Value format) {
        Arguments text = new Arguments().text(format);
        return new String(text.bytes, text.offset, text.length, StandardCharsets.ISO_8859_1);
    }

    private static DateTime now(FunctionContext context) {
        return DateTime.ofUnixMillis(context.statementTimeMillis());
    }

    /** The time value and its modifiers; null if they are not valid. No arguments mean {@code now}. */
    private static DateTime read(FunctionContext context, Value[] args, int first, int count) {
        if (count == 0) {
            return now(context);
        }
        Value value = args[first];
        if (value.isNull()) {
            return null;
        }
        DateTime t = Numbers.isNumber(value)
                ? DateParser.ofNumber(value.asDouble())
                : DateParser.parse(value.asString(), context);
        if (t == null) {
            return null;
        }
        for (int i = 1; i < count; i++) {
            if (args[first + i].isNull()) {
                return null;
            }
            String modifier = args[first + i].asString();
            if (AsciiCase.same(modifier, "localtime") || AsciiCase.same(modifier, "utc")) {
                context.impure();
            }
            if (!DateModifier.apply(t, modifier, i - 1)) {
                return null;
            }
        }
        t.computeJulian();
        if (t.isInvalid || !t.isInRange()) {
            return null;
        }
        if (t.hasDate && t.day > 28 && count == 1) {
            t.hasDate = false; // a day past the month's end is one of the next month
        }
        return t;
    }
}
