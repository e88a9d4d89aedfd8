package dev.verso.vm.function.builtin;

import dev.verso.record.AsciiCase;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** The modifiers of sqlite.org/lang_datefunc.html §3. */
final class DateModifier {
    /** 2038-01-18: SQLite asks the system for local times up to here. */
    private static final long LAST_OF_32_BITS = 213_014_145_600_000L;

    private DateModifier() {}

    /** Applies one modifier. @param position 0 for the first after the time value @return false if it is none */
    static boolean apply(DateTime t, String modifier, int position) {
        String m = AsciiCase.lower(modifier);
        switch (m) {
            case "auto" -> {
                if (position > 0) {
                    return false;
                }
                if (!t.hasRawNumber || t.hasJulian) {
                    t.hasRawNumber = false;
                } else if (t.rawNumber >= -210866760000.0 && t.rawNumber <= 253402300799.0) {
                    fromUnixSeconds(t);
                }
                return true;
            }
            case "ceiling" -> {
                t.computeJulian();
                t.overshootDays = 0;
                t.clearDateAndTime();
                return true;
            }
            case "floor" -> {
                t.computeJulian();
                t.julianMillis -= t.overshootDays * DateTime.DAY;
                t.clearDateAndTime();
                return true;
            }
            case "julianday" -> {
                if (position > 0 || !t.hasJulian || !t.hasRawNumber) {
                    return false;
                }
                t.hasRawNumber = false;
                return true;
            }
            case "unixepoch" -> {
                if (position > 0 || !t.hasRawNumber) {
                    return false;
                }
                double millis = t.rawNumber * 1000.0 + DateTime.UNIX_EPOCH;
                if (!(millis >= 0.0 && millis < 464269060800000.0)) {
                    return false;
                }
                fromUnixSeconds(t);
                return true;
            }
            case "localtime" -> {
                if (!t.isLocal) {
                    toLocal(t);
                }
                t.isUtc = false;
                t.isLocal = true;
                return true;
            }
            case "utc" -> {
                if (!t.isUtc) {
                    toUtc(t);
                }
                t.isUtc = true;
                t.isLocal = false;
                return true;
            }
            case "subsec", "subsecond" -> {
                t.subseconds = true;
                return true;
            }
            case "start of day", "start of month", "start of year" -> {
                return startOf(t, m);
            }
            default -> {
                if (m.startsWith("weekday ")) {
                    return weekday(t, m.substring(8));
                }
                return shift(t, m);
            }
        }
    }

    private static void fromUnixSeconds(DateTime t) {
        double millis = t.rawNumber * 1000.0 + DateTime.UNIX_EPOCH;
        t.clearDateAndTime();
        t.julianMillis = (long) (millis + 0.5);
        t.hasJulian = true;
        t.hasRawNumber = false;
    }

    private static void toLocal(DateTime t) {
        t.computeJulian();
        long millis = t.julianMillis;
        int yearsAhead = 0;
        if (millis < DateTime.UNIX_EPOCH
                || millis > LAST_OF_32_BITS) { // a year of 2000 to 2003 lends its daylight saving
            DateTime like = t.copy();
            like.computeDateAndTime();
            yearsAhead = 2000 + like.year % 4 - like.year;
            like.year += yearsAhead;
            like.hasJulian = false;
            like.computeJulian();
            millis = like.julianMillis;
        }
        LocalDateTime local = LocalDateTime.ofInstant(
                Instant.ofEpochSecond(millis / 1000 - DateTime.UNIX_EPOCH / 1000), ZoneId.systemDefault());
        t.year = local.getYear() - yearsAhead;
        t.month = local.getMonthValue();
        t.day = local.getDayOfMonth();
        t.hour = local.getHour();
        t.minute = local.getMinute();
        t.second = local.getSecond() + t.julianMillis % 1000 * 0.001;
        t.hasDate = true;
        t.hasTime = true;
        t.clearJulian();
        t.hasRawNumber = false;
        t.isInvalid = false;
    }

    /** Looks for the instant whose local time this is. What it was before, {@code subsec} too, is forgotten. */
    private static void toUtc(DateTime t) {
        t.computeJulian();
        long wanted = t.julianMillis;
        long guess = wanted;
        long error = 0;
        int tries = 0;
        do {
            guess -= error;
            DateTime local = new DateTime();
            local.setJulian(guess);
            toLocal(local);
            local.computeJulian();
            error = local.julianMillis - wanted;
        } while (error != 0 && tries++ < 3);
        t.setJulian(guess);
        t.hasRawNumber = false;
        t.subseconds = false;
        t.overshootDays = 0;
        t.isInvalid = false;
    }

    private static boolean startOf(DateTime t, String modifier) {
        if (!t.hasJulian && !t.hasDate && !t.hasTime) {
            return false;
        }
        t.computeDate();
        t.hasTime = true;
        t.hour = 0;
        t.minute = 0;
        t.second = 0;
        t.hasRawNumber = false;
        t.clearJulian();
        if (modifier.endsWith("month")) {
            t.day = 1;
        } else if (modifier.endsWith("year")) {
            t.month = 1;
            t.day = 1;
        }
        return true;
    }

    private static boolean weekday(DateTime t, String number) {
        if (!ModifierNumber.isNumber(number.strip())) {
            return false;
        }
        double r = Double.parseDouble(number.strip());
        int wanted = (int) r;
        if (r <= -7 || r >= 7 || wanted != r) {
            return false;
        }
        t.computeDateAndTime();
        t.clearJulian();
        t.computeJulian();
        long today = (t.julianMillis + 129_600_000) / DateTime.DAY % 7;
        if (number.strip().startsWith("-")) { // back to the day, not on
            today += today < -wanted ? 7 : 0;
            t.julianMillis -= (today + wanted) * DateTime.DAY;
        } else {
            today -= today > wanted ? 7 : 0;
            t.julianMillis += (wanted - today) * DateTime.DAY;
        }
        t.clearDateAndTime();
        return true;
    }

    /** {@code NNN days}, {@code ±HH:MM:SS}, {@code ±YYYY-MM-DD HH:MM:SS}. */
    private static boolean shift(DateTime t, String m) {
        if (m.isEmpty() || !(m.charAt(0) == '+' || m.charAt(0) == '-' || DateParser.isDigit(m.charAt(0)))) {
            return false;
        }
        boolean signed = !DateParser.isDigit(m.charAt(0));
        int sign = m.charAt(0) == '-' ? -1 : 1;
        int n = 1;
        while (n < m.length() && !isNumberEnd(m, n)) {
            n++;
        }
        if (n < m.length() && m.charAt(n) == '-') {
            return signed && shiftByDate(t, m, n, sign);
        }
        if (n < m.length() && m.charAt(n) == ':') {
            return shiftByTime(t, signed ? m.substring(1) : m, sign);
        }
        String number = m.substring(0, n);
        if (!ModifierNumber.isNumber(number)) {
            return false;
        }
        while (n < m.length() && DateParser.isSpace(m.charAt(n))) {
            n++;
        }
        return shiftByUnit(t, Double.parseDouble(number), m.substring(n));
    }

    private static boolean isNumberEnd(String m, int n) {
        char c = m.charAt(n);
        return c == ':' || DateParser.isSpace(c) || c == '-' && (n == 5 || n == 6) && areDigits(m, 1, n);
    }

    private static boolean areDigits(String m, int from, int to) {
        for (int i = from; i < to; i++) {
            if (i == m.length() || !DateParser.isDigit(m.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** @param yearEnd where the dash after the year of four or five digits is */
    private static boolean shiftByDate(DateTime t, String m, int yearEnd, int sign) {
        int dateEnd = yearEnd + 6;
        if (!areDigits(m, yearEnd + 1, yearEnd + 3)
                || m.length() < dateEnd
                || m.charAt(yearEnd + 3) != '-'
                || !areDigits(m, yearEnd + 4, dateEnd)) {
            return false;
        }
        int years = Integer.parseInt(m, 1, yearEnd, 10);
        int months = Integer.parseInt(m, yearEnd + 1, yearEnd + 3, 10);
        int days = Integer.parseInt(m, yearEnd + 4, dateEnd, 10);
        if (months >= 12 || days >= 31) {
            return false;
        }
        t.computeDateAndTime();
        t.hasJulian = false;
        t.year += sign * years;
        t.month += sign * months;
        normaliseMonth(t);
        t.noteOvershoot();
        t.computeJulian();
        t.clearDateAndTime();
        t.julianMillis += sign * days * DateTime.DAY;
        if (m.length() == dateEnd) {
            return true;
        }
        return DateParser.isSpace(m.charAt(dateEnd)) && shiftByTime(t, m.substring(dateEnd + 1), sign);
    }

    private static void normaliseMonth(DateTime t) {
        int months = t.month > 0 ? (t.month - 1) / 12 : (t.month - 12) / 12;
        t.year += months;
        t.month -= months * 12;
    }

    private static boolean shiftByTime(DateTime t, String time, int sign) {
        DateTime by = new DateTime();
        if (!new DateParser(time).time(by)) {
            return false;
        }
        by.computeJulian();
        long millis = by.julianMillis - 43_200_000;
        millis -= millis / DateTime.DAY * DateTime.DAY;
        t.computeJulian();
        t.clearDateAndTime();
        t.julianMillis += sign * millis;
        return true;
    }

    private static boolean shiftByUnit(DateTime t, double r, String unit) {
        String u = unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
        double limit;
        double unitSeconds;
        switch (u) {
            case "second" -> {
                limit = 4.6427e+14;
                unitSeconds = 1;
            }
            case "minute" -> {
                limit = 7.7379e+12;
                unitSeconds = 60;
            }
            case "hour" -> {
                limit = 1.2897e+11;
                unitSeconds = 3600;
            }
            case "day" -> {
                limit = 5373485;
                unitSeconds = 86400;
            }
            case "month" -> {
                limit = 176546;
                unitSeconds = 30 * 86400.0;
            }
            case "year" -> {
                limit = 14713;
                unitSeconds = 365 * 86400.0;
            }
            default -> {
                return false;
            }
        }
        if (r <= -limit || r >= limit) {
            return false;
        }
        t.computeJulian();
        t.overshootDays = 0;
        double rest = r;
        if (u.equals("month")) {
            t.computeDateAndTime();
            t.month += (int) r;
            normaliseMonth(t);
            t.noteOvershoot();
            t.hasJulian = false;
            rest = r - (int) r;
        } else if (u.equals("year")) {
            t.computeDateAndTime();
            t.year += (int) r;
            t.noteOvershoot();
            t.hasJulian = false;
            rest = r - (int) r;
        }
        t.computeJulian();
        t.julianMillis += (long) (rest * 1000.0 * unitSeconds + (r < 0 ? -0.5 : 0.5));
        t.clearDateAndTime();
        return true;
    }
}
