package dev.verso.vm.function.builtin;

import dev.verso.record.AsciiCase;
import dev.verso.vm.function.FunctionContext;
import java.nio.charset.StandardCharsets;

/** Reads time values: the ten formats of sqlite.org/lang_datefunc.html §2. */
final class DateParser {
    private final String text;
    private int at;

    DateParser(String text) {
        this.text = text;
    }

    /** The time that the text names, or null. @param context knows {@code now} */
    static DateTime parse(String text, FunctionContext context) {
        DateParser parser = new DateParser(text);
        DateTime t = new DateTime();
        if (parser.date(t)) {
            return t;
        }
        parser.at = 0;
        t = new DateTime();
        if (parser.time(t)) {
            return t;
        }
        String word = AsciiCase.lower(text);
        if (word.equals("now")) {
            DateTime now = DateTime.ofUnixMillis(context.statementTimeMillis());
            now.isUtc = true;
            return now;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Double number = ModifierNumber.wholeText(bytes);
        if (number != null) {
            return ofNumber(number);
        }
        if (word.equals("subsec") || word.equals("subsecond")) {
            DateTime now = DateTime.ofUnixMillis(context.statementTimeMillis());
            now.isUtc = true;
            now.subseconds = true;
            return now;
        }
        return null;
    }

    /** A number: a Julian day if it can be one; modifiers may say otherwise. */
    static DateTime ofNumber(double number) {
        DateTime t = new DateTime();
        t.rawNumber = number;
        t.hasRawNumber = true;
        if (number >= 0 && number < 5373484.5) {
            t.julianMillis = (long) (number * DateTime.DAY + 0.5);
            t.hasJulian = true;
        }
        return t;
    }

    private boolean date(DateTime t) {
        boolean negative = false;
        if (at < text.length() && text.charAt(at) == '-') {
            negative = true;
            at++;
        }
        int year = digits(4, 0, 9999);
        if (year < 0 || !accept('-')) {
            return false;
        }
        int month = digits(2, 1, 12);
        if (month < 0 || !accept('-')) {
            return false;
        }
        int day = digits(2, 1, 31);
        if (day < 0) {
            return false;
        }
        while (at < text.length() && (isSpace(text.charAt(at)) || text.charAt(at) == 'T')) {
            at++;
        }
        if (at < text.length() && !time(t)) {
            return false;
        }
        t.hasJulian = false;
        t.hasDate = true;
        t.year = negative ? -year : year;
        t.month = month;
        t.day = day;
        t.noteOvershoot();
        boolean isMidnight = t.hasTime && t.hour == 24;
        if (t.hasZone || isMidnight) {
            t.computeJulian();
        }
        if (isMidnight) {
            t.overshootDays = 0;
        }
        return true;
    }

    /** HH:MM, HH:MM:SS or HH:MM:SS.SSS with an optional zone, to the end of the text; 24:00 alone of the hour 24. */
    boolean time(DateTime t) {
        int hour = digits(2, 0, 24);
        if (hour < 0 || !accept(':')) {
            return false;
        }
        int minute = digits(2, 0, 59);
        if (minute < 0) {
            return false;
        }
        double second = 0;
        if (accept(':')) {
            int whole = digits(2, 0, 59);
            if (whole < 0) {
                return false;
            }
            second = whole;
            if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
                at++;
                double scale = 1;
                double fraction = 0;
                while (at < text.length() && isDigit(text.charAt(at))) {
                    fraction = fraction * 10 + text.charAt(at) - '0';
                    scale *= 10;
                    at++;
                }
                second += Math.min(fraction / scale, 0.999);
            }
        }
        if (hour == 24 && (minute != 0 || second != 0)) {
            return false;
        }
        t.hasJulian = false;
        t.hasRawNumber = false;
        t.hasTime = true;
        t.hour = hour;
        t.minute = minute;
        t.second = second;
        return zone(t);
    }

    private boolean zone(DateTime t) {
        skipSpaces();
        t.zoneMinutes = 0;
        if (at == text.length()) {
            return true;
        }
        char c = text.charAt(at);
        if (c == '-' || c == '+') {
            at++;
            int hours = digits(2, 0, 14);
            if (hours < 0 || !accept(':')) {
                return false;
            }
            int minutes = digits(2, 0, 59);
            if (minutes < 0) {
                return false;
            }
            t.zoneMinutes = (c == '-' ? -1 : 1) * (hours * 60 + minutes);
            t.hasZone = t.zoneMinutes != 0;
            if (t.zoneMinutes == 0) {
                t.isLocal = false;
                t.isUtc = true;
            }
        } else if (c == 'Z' || c == 'z') {
            at++;
            t.isLocal = false;
            t.isUtc = true;
        } else {
            return false;
        }
        skipSpaces();
        return at == text.length();
    }

    private void skipSpaces() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    /** A number of exactly so many digits within the bounds, or -1. */
    private int digits(int count, int least, int most) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            if (at == text.length() || !isDigit(text.charAt(at))) {
                return -1;
            }
            value = value * 10 + text.charAt(at++) - '0';
        }
        return value >= least && value <= most ? value : -1;
    }

    private boolean accept(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
