package dev.verso.vm.function.builtin;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;

/** The modifiers of sqlite.org/lang_datefunc.html §3. */
final class DateModifier {
    private DateModifier() {}

    /** Applies one modifier. @param position 0 for the first after the time value @return false if it is none */
    static boolean apply(DateTime t, String modifier, int position) {
        String m = modifier.toLowerCase(Locale.ROOT);
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
                clearDateTime(t);
                return true;
            }
            case "floor" -> {
                t.computeJulian();
                t.julianMillis -= t.overshootDays * DateTime.DAY;
                clearDateTime(t);
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
                if (t.rawNumber < -210866760000.0 || t.rawNumber > 253402300799.0) {
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
        clearDateTime(t);
        t.julianMillis = (long) (millis + 0.5);
        t.hasJulian = true;
        t.hasRawNumber = false;
    }

    private static void clearDateTime(DateTime t) {
        t.hasDate = false;
        t.hasTime = false;
        t.hasZone = false;
    }

    /** A number that is no Julian day counts as 0 here, as in SQLite. */
    private static void julianOrZero(DateTime t) {
        if (t.hasRawNumber && !t.hasJulian) {
            t.setJulian(0);
            t.hasRawNumber = false;
        }
        t.computeJulian();
        t.overshootDays = 0;
    }

    /** True for {@code +2 days} and its like: what is added even to the date that stands in for one that is none; not months and years. */
    static boolean isShift(String modifier) {
        String m = modifier.toLowerCase(java.util.Locale.ROOT);
        return m.startsWith("weekday ")
                || !m.isEmpty()
                        && "+-0123456789".indexOf(m.charAt(0)) >= 0
                        && Character.isLetter(m.charAt(m.length() - 1))
                        && !m.contains("month")
                        && !m.contains("year");
    }

    private static void toLocal(DateTime t) {
        if (t.hasRawNumber && !t.hasJulian) { // no Julian day: SQLite begins anew, at 2000-01-01
            t.hasRawNumber = false;
            t.hasDate = false;
            t.hasTime = false;
            t.subseconds = false;
        }
        julianOrZero(t);
        LocalDateTime utc = LocalDateTime.ofInstant(
                Instant.ofEpochMilli(t.julianMillis - DateTime.UNIX_EPOCH), ZoneId.systemDefault());
        long local = utc.toInstant(ZoneOffset.UTC).toEpochMilli();
        t.setJulian(local + DateTime.UNIX_EPOCH);
        t.hasRawNumber = false;
        t.isInvalid = false;
    }

    private static void toUtc(DateTime t) {
        julianOrZero(t);
        LocalDateTime local =
                LocalDateTime.ofInstant(Instant.ofEpochMilli(t.julianMillis - DateTime.UNIX_EPOCH), ZoneOffset.UTC);
        long utc = local.atZone(ZoneId.systemDefault()).toInstant().toEpochMilli();
        t.setJulian(utc + DateTime.UNIX_EPOCH);
        t.hasRawNumber = false;
        t.subseconds = false; // SQLite begins anew here
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
        if (r < 0 || r >= 7 || wanted != r) {
            return false;
        }
        t.computeDateAndTime();
        t.hasZone = false;
        t.hasJulian = false;
        t.computeJulian();
        long today = (t.julianMillis + 129_600_000) / DateTime.DAY % 7;
        if (today > wanted) {
            today -= 7;
        }
        t.julianMillis += (wanted - today) * DateTime.DAY;
        clearDateTime(t);
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
        if (signed && m.length() >= 11 && m.charAt(5) == '-' && n == 5) {
            return shiftByDate(t, m, sign);
        }
        if (n < m.length() && m.charAt(n) == ':') {
            return shiftByTime(t, signed ? m.substring(1) : m, sign);
        }
        String number = m.substring(0, n);
        if (!ModifierNumber.isNumber(number)) {
            return false;
        }
        return shiftByUnit(t, Double.parseDouble(number), m.substring(n).strip());
    }

    private static boolean isNumberEnd(String m, int n) {
        char c = m.charAt(n);
        return c == ':' || DateParser.isSpace(c) || c == '-' && n == 5 && DateParser.isDigit(m.charAt(1));
    }

    private static boolean shiftByDate(DateTime t, String m, int sign) {
        String date = m.substring(1, 11);
        for (int i = 0; i < 10; i++) {
            if (i == 4 || i == 7 ? date.charAt(i) != '-' : !DateParser.isDigit(date.charAt(i))) {
                return false;
            }
        }
        int years = Integer.parseInt(date.substring(0, 4));
        int months = Integer.parseInt(date.substring(5, 7));
        int days = Integer.parseInt(date.substring(8, 10));
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
        clearDateTime(t);
        t.julianMillis += sign * days * DateTime.DAY;
        if (m.length() == 11) {
            return true;
        }
        return DateParser.isSpace(m.charAt(11)) && shiftByTime(t, m.substring(12), sign);
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
        clearDateTime(t);
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
        clearDateTime(t);
        return true;
    }
}
