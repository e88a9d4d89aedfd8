package dev.verso.vm.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.record.TextEncoding;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Conversions of values against the real SQLite. Replay a run with {@code -Dverso.seed=N}. */
class ConversionsAgainstSqliteTest {
    private static final long SEED = Long.getLong("verso.seed", 20240607L);
    private static final int ROUNDS = Boolean.getBoolean("verso.full") ? 200_000 : 4_000;
    private static Connection sqlite;

    @BeforeAll
    static void open() throws SQLException {
        sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
    }

    @AfterAll
    static void close() throws SQLException {
        sqlite.close();
    }

    private static double randomReal(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextDouble();
            case 2 -> random.nextInt(1_000_000) / 100.0;
            case 3 -> random.nextInt(100_000) * Math.pow(10, random.nextInt(40) - 20);
            case 4 -> random.nextGaussian() * 1e15;
            case 5 -> (double) random.nextLong();
            case 6 -> Math.pow(10, random.nextInt(600) - 300);
            case 7 -> Double.longBitsToDouble(random.nextLong() & 0xfffffffffffL);
            default -> Math.nextUp(random.nextInt(1000) / 10.0);
        };
    }

    @Test
    void realsBecomeTheSameText() throws SQLException {
        Random random = new Random(SEED);
        try (PreparedStatement statement = sqlite.prepareStatement("select ? || ''")) {
            for (int i = 0; i < ROUNDS; i++) {
                double real = randomReal(random);
                if (Double.isNaN(real)) {
                    continue;
                }
                statement.setDouble(1, real);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    assertThat(RealText.toText(real))
                            .as("seed %d, %s", SEED, Double.toHexString(real))
                            .isEqualTo(row.getString(1));
                }
            }
        }
    }

    private static String randomText(Random random) {
        String[] parts = {
            "0",
            "1",
            "9",
            "12",
            "007",
            ".",
            "e",
            "E",
            "+",
            "-",
            " ",
            "\t",
            "x",
            "5",
            "9223372036854775807",
            "9223372036854775808",
            "4611686018427387904",
            "00000",
            "1e5",
            "e-3",
            "inf",
            "nan",
            "0x10",
            "99999999999999999999",
            "\n",
            "3.14",
            "_",
            "é"
        };
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }

    @Test
    void textsConvertToTheSameNumbers() throws SQLException {
        Random random = new Random(SEED);
        sqlite.createStatement().execute("create table c(i integer, r real, n numeric, t text, b blob); ");
        try (PreparedStatement select = sqlite.prepareStatement(
                        "select cast(?1 as integer), cast(?1 as real), cast(?1 as numeric), cast(?1 as text), cast(?1 as blob), ?1+0");
                PreparedStatement insert =
                        sqlite.prepareStatement("insert into c values(?1,?1,?1,?1,?1) returning i, r, n, t, b")) {
            for (int i = 0; i < ROUNDS; i++) {
                String text = randomText(random);
                for (TextEncoding encoding : TextEncoding.values()) {
                    select.setString(1, text);
                    try (ResultSet row = select.executeQuery()) {
                        row.next();
                        Affinity[] casts = {Affinity.INTEGER, Affinity.REAL, Affinity.NUMERIC, Affinity.TEXT};
                        for (int c = 0; c < casts.length; c++) {
                            Value value = text(text, encoding);
                            value.cast(casts[c], encoding);
                            same(value, row, c + 1, "cast of '" + text + "' to " + casts[c]);
                        }
                        Value sum = new Value();
                        text(text, encoding).toNumber(sum);
                        same(sum, row, 6, "number of '" + text + "'");
                    }
                }
                insert.setString(1, text);
                try (ResultSet row = insert.executeQuery()) {
                    row.next();
                    Affinity[] affinities = {
                        Affinity.INTEGER, Affinity.REAL, Affinity.NUMERIC, Affinity.TEXT, Affinity.BLOB
                    };
                    for (int c = 0; c < affinities.length; c++) {
                        Value value = text(text, TextEncoding.UTF8);
                        value.applyAffinity(affinities[c], TextEncoding.UTF8);
                        same(value, row, c + 1, "affinity " + affinities[c] + " of '" + text + "'");
                    }
                }
            }
        }
    }

    @Test
    void numbersConvertAlike() throws SQLException {
        Random random = new Random(SEED);
        sqlite.createStatement().execute("create table d(i integer, r real, n numeric, t text, b blob)");
        try (PreparedStatement select = sqlite.prepareStatement(
                        "select cast(?1 as integer), cast(?1 as real), cast(?1 as numeric), cast(?1 as text)");
                PreparedStatement insert =
                        sqlite.prepareStatement("insert into d values(?1,?1,?1,?1,?1) returning i, r, n, t, b")) {
            for (int i = 0; i < ROUNDS; i++) {
                Value original = new Value();
                if (random.nextBoolean()) {
                    double real = random.nextInt(3) == 0 ? random.nextInt(50) : randomReal(random);
                    if (Double.isNaN(real)) {
                        continue;
                    }
                    original.setReal(real);
                    select.setDouble(1, real);
                    insert.setDouble(1, real);
                } else {
                    long integer = random.nextLong() >> random.nextInt(64);
                    original.setInteger(integer);
                    select.setLong(1, integer);
                    insert.setLong(1, integer);
                }
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    Affinity[] casts = {Affinity.INTEGER, Affinity.REAL, Affinity.NUMERIC, Affinity.TEXT};
                    for (int c = 0; c < casts.length; c++) {
                        Value value = new Value();
                        value.setCopy(original);
                        value.cast(casts[c], TextEncoding.UTF8);
                        same(value, row, c + 1, "cast of " + original + " to " + casts[c]);
                    }
                }
                try (ResultSet row = insert.executeQuery()) {
                    row.next();
                    Affinity[] affinities = {
                        Affinity.INTEGER, Affinity.REAL, Affinity.NUMERIC, Affinity.TEXT, Affinity.BLOB
                    };
                    for (int c = 0; c < affinities.length; c++) {
                        Value value = new Value();
                        value.setCopy(original);
                        value.applyAffinity(affinities[c], TextEncoding.UTF8);
                        same(value, row, c + 1, "affinity " + affinities[c] + " of " + original);
                    }
                }
            }
        }
    }

    @Test
    void integersAndRealsCompareAlike() throws SQLException {
        Random random = new Random(SEED);
        try (PreparedStatement statement = sqlite.prepareStatement("select (?1 > ?2) - (?1 < ?2)")) {
            for (int i = 0; i < ROUNDS; i++) {
                long integer = random.nextLong() >> random.nextInt(64);
                double real = random.nextBoolean() ? (double) (integer + random.nextInt(3) - 1) : randomReal(random);
                if (Double.isNaN(real)) {
                    continue;
                }
                statement.setLong(1, integer);
                statement.setDouble(2, real);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    assertThat(Numbers.compare(integer, real))
                            .as("seed %d, %d against %s", SEED, integer, real)
                            .isEqualTo(row.getInt(1));
                }
            }
        }
    }

    private static Value text(String text, TextEncoding encoding) {
        Value value = new Value();
        byte[] bytes = text.getBytes(encoding.charset());
        value.setText(bytes, 0, bytes.length, encoding);
        return value;
    }

    private static void same(Value value, ResultSet row, int column, String what) throws SQLException {
        String description = what + ", seed " + SEED;
        Object expected = row.getObject(column);
        switch (value.storageClass()) {
            case NULL -> assertThat(expected).as(description).isNull();
            case INTEGER -> {
                assertThat(expected).as(description).isInstanceOfAny(Integer.class, Long.class);
                assertThat(value.integer()).as(description).isEqualTo(row.getLong(column));
            }
            case REAL -> {
                assertThat(expected).as(description).isInstanceOf(Double.class);
                assertThat(value.real()).as(description).isEqualTo(row.getDouble(column));
            }
            case TEXT -> assertThat(value.asString()).as(description).isEqualTo(expected);
            case BLOB -> assertThat(value.asBytes()).as(description).isEqualTo(expected);
        }
    }
}
