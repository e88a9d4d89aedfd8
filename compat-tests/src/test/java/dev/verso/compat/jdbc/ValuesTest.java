package dev.verso.compat.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Values in and out: what a setter stores, what a getter makes of it. */
class ValuesTest {
    private static final List<String> VALUES = List.of(
            "NULL",
            "0",
            "1",
            "42",
            "-7",
            "300",
            "70000",
            "5000000000",
            "9223372036854775807",
            "-9223372036854775808",
            "1.5",
            "-2.75",
            "1e30",
            "0.1",
            "'abc'",
            "''",
            "'12'",
            "'12.75'",
            "'  8 '",
            "'1'",
            "'0'",
            "'äöü€'",
            "x'0102ff'",
            "x''",
            "x'3132'",
            "'2024-05-06 07:08:09'",
            "'2024-05-06 07:08:09.123'",
            "1700000000000");

    private static final Set<String> TIMES = Set.of("getDate", "getTime", "getTimestamp");

    private static final List<Class<?>> TYPES = List.of(
            String.class,
            Integer.class,
            Long.class,
            Double.class,
            Float.class,
            Short.class,
            Byte.class,
            byte[].class,
            BigDecimal.class,
            Object.class);

    private static Object get(Connection connection, String value, Method getter, Object argument) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + value + " AS x")) {
            rows.next();
            Object answer = TwoDrivers.text(getter.invoke(rows, argument)) + (rows.wasNull() ? " was null" : "");
            return answer;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static boolean isPlainGetter(Method method, Class<?> argument) {
        return method.getName().startsWith("get")
                && method.getParameterCount() == 1
                && method.getParameterTypes()[0] == argument
                && !TIMES.contains(method.getName());
    }

    @Test
    void gettersMakeTheSameOfEveryValue() throws Exception {
        try (TwoDrivers drivers = new TwoDrivers()) {
            for (String value : VALUES) {
                for (Method method : ResultSet.class.getMethods()) {
                    if (isPlainGetter(method, int.class)) {
                        drivers.askWhatSqliteCan(method.getName() + " " + value, c -> get(c, value, method, 1));
                    }
                    if (isPlainGetter(method, String.class)) {
                        drivers.askWhatSqliteCan(method.getName() + " label " + value, c -> get(c, value, method, "X"));
                    }
                }
            }
            List<String> intended =
                    new ArrayList<>(); // numbers that do not fit are refused, where sqlite-jdbc cuts bits off
            for (String label : List.of(" ", " label ")) {
                for (String value : List.of(
                        "300",
                        "70000",
                        "5000000000",
                        "1700000000000",
                        "9223372036854775807",
                        "1e30",
                        "-9223372036854775808",
                        "'2024-05-06 07:08:09'",
                        "'2024-05-06 07:08:09.123'")) {
                    intended.add("getByte" + label + value);
                    if (!value.equals("300") && !value.startsWith("'")) {
                        intended.add("getShort" + label + value);
                        if (!value.equals("70000")) {
                            intended.add("getInt" + label + value);
                        }
                    }
                }
                intended.add("getBoolean" + label + "0.1"); // what is not zero is true
                intended.add("getBoolean" + label + "-9223372036854775808");
                intended.add("getUnicodeStream" + label + "x'0102ff'"); // UTF-8, where sqlite-jdbc gives ASCII
                intended.add("getUnicodeStream" + label + "'äöü€'");
            }
            drivers.expectOnlyTheseDifferences(intended.toArray(new String[0]));
        }
    }

    @Test
    void objectsOfATypeAreTheSame() throws Exception {
        try (TwoDrivers drivers = new TwoDrivers()) {
            for (String value : List.of("NULL", "0", "42", "-7", "1.5", "'abc'", "'12'", "x'3132'", "'12.75'")) {
                for (Class<?> type : TYPES) {
                    drivers.askWhatSqliteCan("getObject " + type.getSimpleName() + " " + value, c -> {
                        try (Statement statement = c.createStatement();
                                ResultSet rows = statement.executeQuery("SELECT " + value)) {
                            rows.next();
                            return TwoDrivers.text(rows.getObject(1, type)) + rows.wasNull();
                        }
                    });
                }
            }
            drivers.expectOnlyTheseDifferences();
        }
    }

    /** Sets a parameter. */
    @FunctionalInterface
    private interface Setter {
        void set(PreparedStatement statement) throws Exception;
    }

    private static String stored(Connection connection, Setter setter) throws Exception {
        try (PreparedStatement statement = connection.prepareStatement("SELECT typeof(?1) || ' ' || quote(?1)")) {
            setter.set(statement);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private static void store(TwoDrivers drivers, String what, Setter setter) throws Exception {
        drivers.askWhatSqliteCan(what, connection -> stored(connection, setter));
    }

    @Test
    void settersStoreTheSame() throws Exception {
        byte[] bytes = {1, 2, 3};
        byte[] text = "abc".getBytes(StandardCharsets.US_ASCII);
        try (TwoDrivers drivers = new TwoDrivers()) {
            store(drivers, "setNull", p -> p.setNull(1, Types.INTEGER));
            store(drivers, "setNull name", p -> p.setNull(1, Types.INTEGER, "x"));
            store(drivers, "setBoolean", p -> p.setBoolean(1, true));
            store(drivers, "setByte", p -> p.setByte(1, (byte) -1));
            store(drivers, "setShort", p -> p.setShort(1, (short) -1));
            store(drivers, "setInt", p -> p.setInt(1, Integer.MIN_VALUE));
            store(drivers, "setLong", p -> p.setLong(1, Long.MAX_VALUE));
            store(drivers, "setFloat", p -> p.setFloat(1, 1.1f));
            store(drivers, "setDouble", p -> p.setDouble(1, 1.1));
            store(drivers, "setDouble NaN", p -> p.setDouble(1, Double.NaN));
            store(drivers, "setDouble infinite", p -> p.setDouble(1, Double.NEGATIVE_INFINITY));
            store(drivers, "setBigDecimal", p -> p.setBigDecimal(1, new BigDecimal("1E+30")));
            store(drivers, "setBigDecimal null", p -> p.setBigDecimal(1, null));
            store(drivers, "setString", p -> p.setString(1, "ä€\uD83D\uDE00"));
            store(drivers, "setString null", p -> p.setString(1, null));
            store(drivers, "setBytes", p -> p.setBytes(1, bytes));
            store(drivers, "setBytes empty", p -> p.setBytes(1, new byte[0]));
            store(drivers, "setBytes null", p -> p.setBytes(1, null));
            store(drivers, "setBinaryStream", p -> p.setBinaryStream(1, new ByteArrayInputStream(bytes)));
            store(drivers, "setBinaryStream int", p -> p.setBinaryStream(1, new ByteArrayInputStream(bytes), 2));
            store(drivers, "setBinaryStream long", p -> p.setBinaryStream(1, new ByteArrayInputStream(bytes), 2L));
            store(drivers, "setBinaryStream short", p -> p.setBinaryStream(1, new ByteArrayInputStream(bytes), 5));
            store(drivers, "setAsciiStream", p -> p.setAsciiStream(1, new ByteArrayInputStream(text)));
            store(drivers, "setAsciiStream int", p -> p.setAsciiStream(1, new ByteArrayInputStream(text), 2));
            store(drivers, "setCharacterStream", p -> p.setCharacterStream(1, new StringReader("äbc")));
            store(drivers, "setCharacterStream int", p -> p.setCharacterStream(1, new StringReader("äbc"), 2));
            store(drivers, "setBlob stream", p -> p.setBlob(1, new ByteArrayInputStream(bytes)));
            store(drivers, "setBlob stream long", p -> p.setBlob(1, new ByteArrayInputStream(bytes), 2));
            store(drivers, "setClob reader", p -> p.setClob(1, new StringReader("abc")));
            store(drivers, "setClob reader long", p -> p.setClob(1, new StringReader("abc"), 2));
            drivers.expectOnlyTheseDifferences();
        }
    }

    @Test
    void objectsAreStoredAsTheSame() throws Exception {
        Object[] objects = {
            "text",
            'c',
            true,
            (short) 6,
            7,
            8L,
            1.5f,
            2.5,
            new BigDecimal("123.4500"),
            new BigInteger("99999999999999999999"),
            new byte[] {1, 2},
            UUID.fromString("550e8400-e29b-41d4-a716-446655440000"),
            LocalDate.of(2024, 1, 2),
            LocalTime.of(3, 4, 5),
            LocalTime.of(3, 4),
            LocalDateTime.of(2024, 1, 2, 3, 4, 5, 678_000_000),
            LocalDateTime.of(2024, 1, 2, 3, 4),
            Instant.ofEpochMilli(1_700_000_000_123L),
            OffsetDateTime.parse("2024-01-02T03:04:05+02:00"),
            Thread.State.NEW,
            new StringBuilder("built"),
            new java.util.Date(1_700_000_000_123L),
            new Date(1_700_000_000_123L),
            new Time(1_700_000_000_123L),
            new Timestamp(1_700_000_000_123L)
        };
        try (TwoDrivers drivers = new TwoDrivers()) {
            store(drivers, "null", p -> p.setObject(1, null));
            for (Object object : objects) {
                String name = object.getClass().getSimpleName() + " " + object;
                store(drivers, name, p -> p.setObject(1, object));
                store(drivers, name + " as VARCHAR", p -> p.setObject(1, object, Types.VARCHAR));
                store(drivers, name + " as INTEGER", p -> p.setObject(1, object, Types.INTEGER));
            }
            drivers.expectOnlyTheseDifferences();
        }
    }

    private static void compareTimes(TwoDrivers drivers) throws Exception {
        Date date = new Date(1_700_000_000_123L);
        Time time = new Time(1_700_000_000_123L);
        Timestamp timestamp = new Timestamp(1_700_000_000_123L);
        Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
        store(drivers, "setDate", p -> p.setDate(1, date));
        store(drivers, "setTime", p -> p.setTime(1, time));
        store(drivers, "setTimestamp", p -> p.setTimestamp(1, timestamp));
        store(drivers, "setObject", p -> p.setObject(1, new java.util.Date(1_700_000_000_123L)));
        store(drivers, "setDate calendar", p -> p.setDate(1, date, tokyo));
        store(drivers, "setTime calendar", p -> p.setTime(1, time, tokyo));
        store(drivers, "setTimestamp calendar", p -> p.setTimestamp(1, timestamp, tokyo));
        store(drivers, "setDate null", p -> p.setDate(1, null));
        store(drivers, "setTimestamp null", p -> p.setTimestamp(1, null, tokyo));
        for (String value : List.of("NULL", "1700000000123", "1700000000", "'2023-11-14 22:13:20.123'", "''")) {
            drivers.askWhatSqliteCan("getTimestamp " + value, c -> {
                try (Statement statement = c.createStatement();
                        ResultSet rows = statement.executeQuery("SELECT " + value)) {
                    rows.next();
                    Timestamp read = rows.getTimestamp(1);
                    return read == null ? null : read.getTime();
                }
            });
            for (String getter : List.of("getDate", "getTime")) {
                drivers.askWhatSqliteCan(getter + " " + value, c -> {
                    try (Statement statement = c.createStatement();
                            ResultSet rows = statement.executeQuery("SELECT " + value)) {
                        rows.next();
                        return String.valueOf(getter.equals("getDate") ? rows.getDate(1) : rows.getTime(1));
                    }
                });
            }
        }
        drivers.expectOnlyTheseDifferences();
    }

    @Test
    void timesAreStoredAndReadAlike() throws Exception {
        try (TwoDrivers drivers = new TwoDrivers()) {
            compareTimes(drivers);
        }
        try (TwoDrivers drivers = new TwoDrivers("date_class", "text")) {
            compareTimes(drivers);
        }
        try (TwoDrivers drivers = new TwoDrivers("date_class", "REAL")) {
            compareTimes(drivers);
        }
        try (TwoDrivers drivers = new TwoDrivers("date_precision", "seconds")) {
            compareTimes(drivers);
        }
    }

    @Test
    void theFormatOfDatesIsAskedFor() throws Exception {
        try (TwoDrivers drivers = new TwoDrivers("date_class", "text", "date_string_format", "yyyy/MM/dd HH-mm")) {
            store(drivers, "setTimestamp", p -> p.setTimestamp(1, new Timestamp(1_700_000_000_123L)));
            store(drivers, "setDate", p -> p.setDate(1, new Date(1_700_000_000_123L)));
            drivers.ask("read back", c -> {
                try (PreparedStatement statement = c.prepareStatement("SELECT ?")) {
                    statement.setTimestamp(1, new Timestamp(1_700_000_000_123L));
                    try (ResultSet rows = statement.executeQuery()) {
                        rows.next();
                        return rows.getTimestamp(1).getTime();
                    }
                }
            });
            drivers.expectOnlyTheseDifferences();
        }
    }

    /** A Julian day is in UTC, as SQLite's own functions take it; sqlite-jdbc writes it so and reads it in the local zone. */
    @Test
    void aJulianDayComesBackAsItWasStored() throws Exception {
        Timestamp stored = new Timestamp(1_700_000_000_123L);
        try (Connection connection = dev.verso.compat.Engines.verso(":memory:?date_class=real");
                PreparedStatement statement =
                        connection.prepareStatement("SELECT ?1, typeof(?1), strftime('%s', ?1)")) {
            statement.setTimestamp(1, stored);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                assertThat(rows.getTimestamp(1)).isEqualTo(stored);
                assertThat(rows.getString(2)).isEqualTo("real");
                assertThat(rows.getLong(3)).isEqualTo(1_700_000_000L);
            }
        }
    }

    @Test
    void aZonedTimeIsStoredWithItsOffsetSoThatSqliteReadsIt() throws Exception {
        ZonedDateTime stored = ZonedDateTime.parse("2024-01-02T03:04:05+01:00[Europe/Paris]");
        try (Connection connection = dev.verso.compat.Engines.verso(":memory:");
                PreparedStatement statement = connection.prepareStatement("SELECT ?1, strftime('%s', ?1)")) {
            statement.setObject(1, stored);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                assertThat(rows.getObject(1, Instant.class)).isEqualTo(stored.toInstant());
                assertThat(rows.getObject(1, OffsetDateTime.class).toInstant()).isEqualTo(stored.toInstant());
                assertThat(rows.getObject(1, ZonedDateTime.class).toInstant()).isEqualTo(stored.toInstant());
                assertThat(rows.getLong(2)).isEqualTo(stored.toEpochSecond());
            }
        }
    }
}
