package dev.verso.vm.function.builtin;

/**
 * A point in time as SQLite's date functions keep it: milliseconds since noon of November 24, 4714 BC (the Julian day times
 * 86,400,000), with year, month, day, hour, minute and second worked out when needed. Proleptic Gregorian calendar; years 0 to 9999
 * (sqlite.org/lang_datefunc.html). The algorithms are those of Meeus, Astronomical Algorithms, chapter 7.
 */
final class DateTime {
    /** Milliseconds of one day. */
    static final long DAY = 86_400_000L;

    /** 1970-01-01 00:00 UTC. */
    static final long UNIX_EPOCH = 210_866_760_000_000L;

    /** 9999-12-31 23:59:59.999. */
    static final long LAST = 464_269_060_799_999L;

    long julianMillis;
    int year;
    int month;
    int day;
    int hour;
    int minute;
    double second;

    /** Minutes east of UTC that the text named. */
    int zoneMinutes;

    /** A number that came without unit: a Julian day, or seconds since 1970 if a modifier says so. */
    double rawNumber;

    boolean hasRawNumber;
    boolean hasJulian;
    boolean hasDate;
    boolean hasTime;
    boolean hasZone;
    boolean isUtc;
    boolean isLocal;
    boolean subseconds;

    /** No date, or a modifier left the calendar: the result is NULL, unless {@code utc} or {@code localtime} follows. */
    boolean isInvalid;

    /** Days by which a month step went past the month's end, for the modifier {@code floor}. */
    int overshootDays;

    DateTime() {}

    static DateTime ofUnixMillis(long millis) {
        DateTime t = new DateTime();
        t.setJulian(millis + UNIX_EPOCH);
        return t;
    }

    /** Not a date: all is forgotten, so what is computed from here on starts at 2000-01-01. */
    private void fail() {
        julianMillis = 0;
        year = 0;
        month = 0;
        day = 0;
        hour = 0;
        minute = 0;
        second = 0;
        rawNumber = 0;
        hasRawNumber = false;
        hasJulian = false;
        isUtc = false;
        isLocal = false;
        subseconds = false;
        overshootDays = 0;
        clearDateAndTime();
        isInvalid = true;
    }

    void clearDateAndTime() {
        hasDate = false;
        hasTime = false;
        hasZone = false;
        zoneMinutes = 0;
    }

    void setJulian(long millis) {
        julianMillis = millis;
        hasJulian = true;
        clearDateAndTime();
    }

    boolean isInRange() {
        return julianMillis >= 0 && julianMillis <= LAST;
    }

    /** Works out {@link #julianMillis} from date and time; a time alone is of 2000-01-01. */
    void computeJulian() {
        if (hasJulian) {
            return;
        }
        int y = 2000;
        int m = 1;
        int d = 1;
        if (hasDate) {
            y = year;
            m = month;
            d = day;
        }
        if (y < -4713 || y > 9999 || hasRawNumber) {
            fail();
            return;
        }
        if (m <= 2) {
            y--;
            m += 12;
        }
        int century = (y + 4800) / 100;
        int leap = 38 - century + century / 4;
        int yearDays = 36525 * (y + 4716) / 100;
        int monthDays = 306001 * (m + 1) / 10000;
        julianMillis = (long) ((yearDays + monthDays + d + leap - 1524.5) * DAY);
        hasJulian = true;
        if (hasTime) {
            julianMillis += hour * 3_600_000L + minute * 60_000L + (long) (second * 1000 + 0.5);
            if (hour == 24) {
                hasDate = false; // 24:00 belongs to the day after
                hasTime = false;
            }
            if (hasZone && zoneMinutes != 0) {
                julianMillis -= zoneMinutes * 60_000L;
                clearDateAndTime();
                isUtc = true;
                isLocal = false;
            }
        }
    }

    void computeDate() {
        if (hasDate) {
            return;
        }
        if (!hasJulian) {
            year = 2000;
            month = 1;
            day = 1;
        } else {
            if (!isInRange()) {
                fail();
                return;
            }
            int z = (int) ((julianMillis + DAY / 2) / DAY);
            int alpha = (int) ((z + 32044.75) / 36524.25) - 52;
            int a = z + 1 + alpha - (alpha + 100) / 4 + 25;
            int b = a + 1524;
            int c = (int) ((b - 122.1) / 365.25);
            int d = 36525 * (c & 32767) / 100;
            int e = (int) ((b - d) / 30.6001);
            int x = (int) (30.6001 * e);
            day = b - d - x;
            month = e < 14 ? e - 1 : e - 13;
            year = month > 2 ? c - 4716 : c - 4715;
        }
        hasDate = true;
    }

    void computeTime() {
        if (hasTime) {
            return;
        }
        computeJulian();
        int millis = (int) ((julianMillis + DAY / 2) % DAY);
        second = millis % 60_000 / 1000.0;
        int minutes = millis / 60_000;
        minute = minutes % 60;
        hour = minutes / 60;
        hasRawNumber = false;
        hasTime = true;
    }

    void computeDateAndTime() {
        computeDate();
        computeTime();
    }

    /** Date and time were edited: forgets the rest. */
    void clearJulian() {
        hasJulian = false;
        hasZone = false;
    }

    /** Brings a day past its month's end back in order of the calendar ({@link #overshootDays} remembers by how much). */
    void noteOvershoot() {
        int days = daysInMonth(year, month);
        overshootDays = day <= 28 || day <= days ? 0 : day - days;
    }

    static int daysInMonth(int year, int month) {
        return switch (month) {
            case 4, 6, 9, 11 -> 30;
            case 2 -> year % 4 != 0 || year % 100 == 0 && year % 400 != 0 ? 28 : 29;
            default -> 31;
        };
    }

    /** Days since January 1 of the same year. */
    int dayOfYear() {
        DateTime january = new DateTime();
        january.year = year;
        january.month = 1;
        january.day = 1;
        january.hasDate = true;
        january.computeJulian();
        return (int) ((julianMillis + DAY / 2) / DAY - (january.julianMillis + DAY / 2) / DAY);
    }

    /** 0 is Monday. */
    int daysSinceMonday() {
        return (int) ((julianMillis + 43_200_000) / DAY % 7);
    }

    /** 0 is Sunday. */
    int daysSinceSunday() {
        return (int) ((julianMillis + 129_600_000) / DAY % 7);
    }

    DateTime copy() {
        DateTime t = new DateTime();
        t.julianMillis = julianMillis;
        t.year = year;
        t.month = month;
        t.day = day;
        t.hour = hour;
        t.minute = minute;
        t.second = second;
        t.zoneMinutes = zoneMinutes;
        t.rawNumber = rawNumber;
        t.hasRawNumber = hasRawNumber;
        t.hasJulian = hasJulian;
        t.hasDate = hasDate;
        t.hasTime = hasTime;
        t.hasZone = hasZone;
        t.isUtc = isUtc;
        t.isLocal = isLocal;
        t.subseconds = subseconds;
        t.isInvalid = isInvalid;
        t.overshootDays = overshootDays;
        return t;
    }
}
