package dev.verso.vm.function.builtin;

/** Texts of times: the fixed forms, {@code strftime} (sqlite.org/lang_datefunc.html §4) and {@code timediff}. */
final class DateFormat {
    private static final DecimalText TEXT = new DecimalText();

    private DateFormat() {}

    static String date(DateTime t) {
        t.computeDate();
        StringBuilder s = new StringBuilder();
        if (t.year < 0) {
            s.append('-');
        }
        TEXT.add(s, Math.abs(t.year), 4, '0').append('-');
        TEXT.add(s, t.month, 2, '0').append('-');
        return TEXT.add(s, t.day, 2, '0').toString();
    }

    static String time(DateTime t) {
        t.computeTime();
        StringBuilder s = new StringBuilder();
        TEXT.add(s, t.hour, 2, '0').append(':');
        TEXT.add(s, t.minute, 2, '0').append(':');
        if (t.subseconds) {
            return seconds(s, t.second).toString();
        }
        return TEXT.add(s, (int) t.second, 2, '0').toString();
    }

    private static StringBuilder seconds(StringBuilder s, double second) {
        int millis = (int) (1000.0 * Math.min(second, 59.999) + 0.5);
        TEXT.add(s, millis / 1000, 2, '0').append('.');
        return TEXT.add(s, millis % 1000, 3, '0');
    }

    /** The formatted text; null if the format is not valid. */
    static String strftime(String format, DateTime t) {
        t.computeJulian();
        t.computeDateAndTime();
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == 0) {
                break;
            }
            if (c != '%') {
                s.append(c);
                continue;
            }
            if (++i == format.length()) {
                return null;
            }
            switch (format.charAt(i)) {
                case 'd' -> TEXT.add(s, t.day, 2, '0');
                case 'e' -> TEXT.add(s, t.day, 2, ' ');
                case 'f' -> seconds(s, t.second);
                case 'F' -> {
                    year(s, t);
                    s.append(date(t), t.year < 0 ? 5 : 4, date(t).length());
                }
                case 'G' -> TEXT.add(s, isoThursday(t).year, 4, '0');
                case 'g' -> TEXT.add(s, isoThursday(t).year % 100, 2, '0');
                case 'V' -> TEXT.add(s, isoThursday(t).dayOfYear() / 7 + 1, 2, '0');
                case 'H' -> TEXT.add(s, t.hour, 2, '0');
                case 'k' -> TEXT.add(s, t.hour, 2, ' ');
                case 'I' -> TEXT.add(s, twelve(t.hour), 2, '0');
                case 'l' -> TEXT.add(s, twelve(t.hour), 2, ' ');
                case 'j' -> TEXT.add(s, t.dayOfYear() + 1, 3, '0');
                case 'J' -> s.append(julianDay(t));
                case 'm' -> TEXT.add(s, t.month, 2, '0');
                case 'M' -> TEXT.add(s, t.minute, 2, '0');
                case 'p' -> s.append(t.hour >= 12 ? "PM" : "AM");
                case 'P' -> s.append(t.hour >= 12 ? "pm" : "am");
                case 'R' -> {
                    TEXT.add(s, t.hour, 2, '0').append(':');
                    TEXT.add(s, t.minute, 2, '0');
                }
                case 's' -> {
                    if (t.subseconds) {
                        s.append(RealFormat.format(
                                (t.julianMillis - DateTime.UNIX_EPOCH) / 1000.0,
                                false,
                                false,
                                -3,
                                3,
                                0,
                                false,
                                false,
                                false,
                                false,
                                0,
                                false));
                    } else {
                        s.append(t.julianMillis / 1000 - DateTime.UNIX_EPOCH / 1000);
                    }
                }
                case 'S' -> TEXT.add(s, (int) t.second, 2, '0');
                case 'T' -> {
                    TEXT.add(s, t.hour, 2, '0').append(':');
                    TEXT.add(s, t.minute, 2, '0').append(':');
                    TEXT.add(s, (int) t.second, 2, '0');
                }
                case 'u' -> s.append(t.daysSinceSunday() == 0 ? 7 : t.daysSinceSunday());
                case 'w' -> s.append(t.daysSinceSunday());
                case 'U' -> TEXT.add(s, (t.dayOfYear() - t.daysSinceSunday() + 7) / 7, 2, '0');
                case 'W' -> TEXT.add(s, (t.dayOfYear() - t.daysSinceMonday() + 7) / 7, 2, '0');
                case 'Y' -> year(s, t);
                case '%' -> s.append('%');
                default -> {
                    return null;
                }
            }
        }
        return s.toString();
    }

    private static String julianDay(DateTime t) {
        return RealFormat.format(
                t.julianMillis / (double) DateTime.DAY, true, false, 16, 16, 0, false, false, false, false, 0, false);
    }

    private static int twelve(int hour) {
        int h = hour > 12 ? hour - 12 : hour;
        return h == 0 ? 12 : h;
    }

    /** The Thursday of the same ISO week, whose year is the week's. */
    private static DateTime isoThursday(DateTime t) {
        DateTime thursday = t.copy();
        thursday.julianMillis += (3 - t.daysSinceMonday()) * DateTime.DAY;
        thursday.hasDate = false;
        thursday.computeDate();
        return thursday;
    }

    /** {@code a - b} as {@code +YYYY-MM-DD HH:MM:SS.SSS}. */
    static String difference(DateTime a, DateTime b) {
        a.computeDateAndTime();
        b.computeDateAndTime();
        a.computeJulian();
        b.computeJulian();
        boolean forward = a.julianMillis >= b.julianMillis;
        int years = forward ? a.year - b.year : b.year - a.year;
        int months = 0;
        DateTime from = b.copy();
        if (years != 0) {
            from.year = a.year;
            recompute(from);
        }
        months = forward ? a.month - from.month : from.month - a.month;
        if (months < 0) {
            years--;
            months += 12;
        }
        from = shifted(b, forward, years, months);
        while (forward ? a.julianMillis < from.julianMillis : a.julianMillis > from.julianMillis) {
            months--;
            if (months < 0) {
                months = 11;
                years--;
            }
            from = shifted(b, forward, years, months);
        }
        long rest = forward ? a.julianMillis - from.julianMillis : from.julianMillis - a.julianMillis;
        DateTime clock = new DateTime();
        clock.setJulian(rest + 148_699_540_800_000L);
        clock.computeDateAndTime();
        StringBuilder s = new StringBuilder().append(forward ? '+' : '-');
        TEXT.add(s, years, 4, '0').append('-');
        TEXT.add(s, months, 2, '0').append('-');
        TEXT.add(s, clock.day - 1, 2, '0').append(' ');
        TEXT.add(s, clock.hour, 2, '0').append(':');
        TEXT.add(s, clock.minute, 2, '0').append(':');
        return seconds(s, clock.second).toString();
    }

    private static DateTime shifted(DateTime b, boolean forward, int years, int months) {
        DateTime t = b.copy();
        t.year += forward ? years : -years;
        t.month += forward ? months : -months;
        while (t.month > 12) {
            t.month -= 12;
            t.year++;
        }
        while (t.month < 1) {
            t.month += 12;
            t.year--;
        }
        recompute(t);
        return t;
    }

    private static void recompute(DateTime t) {
        t.hasJulian = false;
        t.hasZone = false;
        t.hasRawNumber = false;
        t.computeJulian();
    }

    /** Padded decimal numbers. */
    private static final class DecimalText {
        StringBuilder add(StringBuilder s, int number, int width, char pad) {
            String digits = Integer.toString(Math.abs(number));
            if (number < 0) {
                s.append('-');
                width--;
            }
            for (int i = digits.length(); i < width; i++) {
                s.append(pad);
            }
            return s.append(digits);
        }
    }

    /** Four characters, the sign included: unlike date(), which has four digits behind it. */
    private static void year(StringBuilder s, DateTime t) {
        if (t.year < 0) {
            s.append('-');
        }
        TEXT.add(s, Math.abs(t.year), t.year < 0 ? 3 : 4, '0');
    }
}
