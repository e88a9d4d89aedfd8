package dev.verso.compat.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.Engines;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The JSON functions give what the real SQLite's give, byte for byte, for random documents, damaged ones and damaged JSONB. */
class JsonDifferentialTest {
    private static final int CALLS = Boolean.getBoolean("verso.full") ? 400_000 : 20_000;

    private static final String LOOKS_RIGHT = "SELECT json_valid(?1, 4) AND NOT json_valid(?1, 8)";
    private static final String LOOKS_WRONG = "SELECT NOT json_valid(?1, 8)";

    private static final String ROWS =
            "(SELECT group_concat(coalesce(key, '~') || '|' || coalesce(hex(CAST(value AS BLOB)), '~') || '|'"
                    + " || type || '|' || coalesce(atom, '~') || '|' || id || '|' || coalesce(parent, '~') || '|' || fullkey || '|' || path,"
                    + " char(10)) FROM ";

    private static final List<String> CALLED = List.of(
            ROWS + "json_each(?1))",
            ROWS + "json_each(?1, ?2))",
            ROWS + "jsonb_each(?1, ?2))",
            ROWS + "json_tree(?1))",
            ROWS + "json_tree(?1, ?2))",
            ROWS + "json_tree(?1, ?3))",
            ROWS + "jsonb_tree(?1, ?2))",
            "json(?1)",
            "jsonb(?1)",
            "json(jsonb(?1))",
            "json_pretty(?1)",
            "json_pretty(?1, ?4)",
            "json_type(?1)",
            "json_type(?1, ?2)",
            "json_array_length(?1)",
            "json_array_length(?1, ?2)",
            "json_error_position(?1)",
            "json_valid(?1)",
            "json_valid(?1, 2)",
            "json_valid(?1, 4)",
            "json_valid(?1, 6)",
            "json_valid(?1, 8)",
            "json_valid(?1, 15)",
            "json_extract(?1, ?2)",
            "json_extract(?1, ?2, ?3)",
            "jsonb_extract(?1, ?2)",
            "jsonb_extract(?1, ?2, ?3)",
            "?1 -> ?2",
            "?1 ->> ?2",
            "?1 ->> substr(?2, 3)",
            "?1 -> (?4 + 0)",
            "json_set(?1, ?2, ?4)",
            "jsonb_set(?1, ?2, ?4)",
            "json_set(?1, ?2, json(?5))",
            "json_set(?1, ?2, ?4, ?3, ?5)",
            "json_insert(?1, ?2, ?4)",
            "json_insert(?1, ?2, jsonb(?5), ?3, ?4)",
            "json_replace(?1, ?2, ?4, ?3, ?4)",
            "jsonb_replace(?1, ?2, ?4)",
            "json_array_insert(?1, ?2, ?4)",
            "jsonb_array_insert(?1, ?2, ?4, ?3, ?5)",
            "json_remove(?1, ?2)",
            "json_remove(?1, ?2, ?3)",
            "jsonb_remove(?1, ?2)",
            "json_patch(?1, ?5)",
            "jsonb_patch(?1, ?5)",
            "json_quote(?4)",
            "json_quote(json(?1))",
            "json_array(?1, ?4, ?5)",
            "json_array(json(?1), ?4)",
            "jsonb_array(jsonb(?1), ?4)",
            "json_object(?2, ?4)",
            "json_object('a', json(?1), ?3, ?4)",
            "jsonb_object(?2, jsonb(?1))",
            "(SELECT json_group_array(x) FROM (SELECT ?4 AS x UNION ALL SELECT ?5 UNION ALL SELECT 3))",
            "(SELECT jsonb_group_array(x) FROM (SELECT ?4 AS x UNION ALL SELECT ?5))",
            "(SELECT json_group_object(k, x) FROM (SELECT ?2 AS k, ?4 AS x UNION ALL SELECT ?4, 2))",
            "(SELECT jsonb_group_object(k, x) FROM (SELECT ?2 AS k, ?4 AS x UNION ALL SELECT ?3, 2))");

    @Test
    void everyFunctionAnswersAsTheRealOne() throws SQLException {
        long seed = Long.getLong("verso.seed", Boolean.getBoolean("verso.full") ? System.nanoTime() : 31464086339112L);
        System.out.println("seed " + seed + ": mvn verify -pl compat-tests -am -Dtest=JsonDifferentialTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dtest.jvm.args=-Dverso.seed=" + seed);
        RandomJson random = new RandomJson(new Random(seed));
        List<String> differences = new ArrayList<>();
        try (Connection verso = Engines.verso(":memory:");
                Connection sqlite = Engines.sqlite(":memory:")) {
            for (int i = 0; i < CALLS && differences.size() < 20; i++) {
                Object[] arguments = {
                    random.document(sqlite), random.path(), random.path(), random.value(), random.document(sqlite)
                };
                int which = random.chance.nextInt(CALLED.size());
                String expected = answer(sqlite, CALLED.get(which), arguments);
                String actual = answer(verso, CALLED.get(which), arguments);
                if (!actual.equals(expected)
                        && (actual.startsWith("CRASH")
                                || !isDamaged(sqlite, LOOKS_RIGHT, arguments)
                                        && !isDamaged(sqlite, LOOKS_WRONG, blobOf(expected)))) {
                    differences.add(CALLED.get(which) + " of " + show(arguments) + "\n  SQLite " + expected
                            + "\n  Verso  " + actual);
                }
            }
        }
        assertThat(differences).as("seed %d", seed).isEmpty();
    }

    private static String answer(Connection connection, String call, Object[] arguments) {
        // all five parameters stand in each statement
        String sql = "SELECT typeof(v), hex(CAST(v AS BLOB)) FROM (SELECT " + call
                + " AS v) WHERE ?1 IS ?1 AND ?2 IS ?2 AND ?3 IS ?3 AND ?4 IS ?4 AND ?5 IS ?5";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                String type = row.getString(1);
                byte[] bytes = HexFormat.of().parseHex(row.getString(2));
                return type + " "
                        + (type.equals("blob")
                                ? HexFormat.of().formatHex(bytes)
                                : new String(bytes, StandardCharsets.UTF_8) + " "
                                        + HexFormat.of().formatHex(bytes));
            }
        } catch (SQLException e) {
            String message = e.getMessage();
            return "error " + e.getErrorCode() + message.substring(Math.max(0, message.indexOf(" (")));
        } catch (RuntimeException | StackOverflowError e) {
            return "CRASH " + e + " " + Arrays.toString(Arrays.copyOf(e.getStackTrace(), 3));
        }
    }

    /** The blob that the real SQLite answered, if it did. */
    private static Object[] blobOf(String answer) {
        return answer.startsWith("blob ") ? new Object[] {HexFormat.of().parseHex(answer.substring(5))} : new Object[0];
    }

    /** True if an argument looks like JSONB from outside and is not: then an answer must come, but which one is not defined. */
    private static boolean isDamaged(Connection sqlite, String sql, Object[] arguments) throws SQLException {
        for (Object argument : arguments) {
            if (argument instanceof byte[] blob) {
                try (PreparedStatement statement = sqlite.prepareStatement(sql)) {
                    statement.setBytes(1, blob);
                    try (ResultSet row = statement.executeQuery()) {
                        row.next();
                        if (row.getInt(1) == 1) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    private static String show(Object[] arguments) {
        StringBuilder text = new StringBuilder();
        for (Object argument : arguments) {
            text.append("\n    ")
                    .append(
                            argument instanceof byte[] bytes
                                    ? "x'" + HexFormat.of().formatHex(bytes) + "'"
                                    : argument);
        }
        return text.toString();
    }

    /** Arguments for the functions. */
    private static final class RandomJson {
        private static final String[] LABELS = {
            "a", "b", "c", "a b", "x.y", "", "é", "d\"q", "long label for a longer header"
        };
        private static final String[] ODD_NUMBERS = {
            "0",
            "-0",
            "00",
            "1.",
            ".5",
            "-.5",
            "+5",
            "0x1F",
            "-0xff",
            "0xffffffffffffffff",
            "0x8000000000000000",
            "0x10000000000000000",
            "1e5",
            "1E+5",
            "1.5e-3",
            "1e",
            "1e400",
            "-1e400",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "-9223372036854775809",
            "Infinity",
            "-Infinity",
            "+inf",
            "NaN",
            "-",
            "+",
            ".",
            "5.e3",
            "1.2.3",
            "0.1",
            "123456789012345678901234567890",
            "3.0",
            "QNaN",
            "SNaN"
        };
        private static final String[] ODD_TEXTS = {
            "\\n\\t\\\"\\\\\\/\\b\\f\\r",
            "\\u0041\\u00e9\\u20ac",
            "\\ud83d\\ude00",
            "\\ud83d",
            "\\ude00x",
            "\\u0000",
            "\\x41",
            "\\v",
            "\\0",
            "\\'",
            "a\\\nb",
            "a\\\r\nb",
            "a\\\u2028b",
            "\t",
            "\\u00g0",
            "\\q",
            "\\",
            "é€😀",
            "'",
            "\u0001\u001f\u007f"
        };

        private final Random chance;

        RandomJson(Random chance) {
            this.chance = chance;
        }

        private <T> T pick(T[] from) {
            return from[chance.nextInt(from.length)];
        }

        Object document(Connection sqlite) throws SQLException {
            int kind = chance.nextInt(12);
            if (kind == 0) {
                return value();
            }
            String text = element(chance.nextInt(5));
            if (kind <= 3) {
                return damage(text);
            }
            if (kind <= 6) {
                return jsonb(sqlite, text, kind == 4);
            }
            return text;
        }

        private Object jsonb(Connection sqlite, String text, boolean damaged) throws SQLException {
            try (PreparedStatement statement = sqlite.prepareStatement("SELECT jsonb(?)")) {
                statement.setString(1, text);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    byte[] bytes = row.getBytes(1);
                    for (int i = damaged ? 1 + chance.nextInt(2) : 0; i > 0; i--) {
                        bytes[chance.nextInt(bytes.length)] =
                                (byte) (chance.nextBoolean() ? chance.nextInt(256) : chance.nextInt(13) << 4 | 7);
                    }
                    return bytes;
                }
            } catch (SQLException e) {
                return text;
            }
        }

        private String damage(String text) {
            StringBuilder damaged = new StringBuilder(text);
            for (int i = 1 + chance.nextInt(2); i > 0 && damaged.length() > 0; i--) {
                int at = chance.nextInt(damaged.length());
                switch (chance.nextInt(3)) {
                    case 0 -> damaged.deleteCharAt(at);
                    case 1 -> damaged.insert(at, "{}[],:\"'\\ntf0e.-+/* ".charAt(chance.nextInt(20)));
                    default -> damaged.setLength(at);
                }
            }
            return damaged.toString();
        }

        private String element(int depth) {
            int kind = chance.nextInt(depth > 0 ? 10 : 5);
            return switch (kind) {
                case 0 -> chance.nextInt(4) > 0 ? String.valueOf(chance.nextInt(1000) - 500) : pick(ODD_NUMBERS);
                case 1 -> text();
                case 2 -> pick(new String[] {"null", "true", "false"});
                case 3 -> String.valueOf(chance.nextInt(100_000) / 100.0);
                case 4 -> blank() + chance.nextInt(10) + blank();
                case 5, 6, 7 -> {
                    StringBuilder object = new StringBuilder("{");
                    int count = chance.nextInt(5);
                    for (int i = 0; i < count; i++) {
                        object.append(i == 0 ? "" : ",")
                                .append(blank())
                                .append(label())
                                .append(blank())
                                .append(':')
                                .append(element(depth - 1));
                    }
                    yield object.append(chance.nextInt(30) == 0 ? ",}" : "}").toString();
                }
                default -> {
                    StringBuilder array = new StringBuilder("[");
                    int count = chance.nextInt(20) == 0 ? 60 : chance.nextInt(5);
                    for (int i = 0; i < count; i++) {
                        array.append(i == 0 ? "" : ",").append(element(depth - 1));
                    }
                    yield array.append(chance.nextInt(30) == 0 ? ",]" : "]").toString();
                }
            };
        }

        private String blank() {
            return switch (chance.nextInt(24)) {
                case 0 -> " ";
                case 1 -> "\n\t\r ";
                case 2 -> "/* c */";
                case 3 -> "// c\n";
                case 4 -> "\u00a0\u2003\ufeff";
                default -> "";
            };
        }

        private String label() {
            String label = pick(LABELS);
            return switch (chance.nextInt(8)) {
                case 0 -> label.matches("[a-z]+") ? label : "\"z\"";
                case 1 -> "'" + label.replace("\"", "") + "'";
                case 2 -> "\"\\u0061\"";
                case 3 ->
                    chance.nextInt(6) == 0
                            ? pick(new String[] {"true", "nul", "$x", "_", "\\u0061b", "é", "nan", "1"})
                            : "\"b\"";
                default -> "\"" + label.replace("\"", "\\\"") + "\"";
            };
        }

        private String text() {
            String content = chance.nextInt(3) == 0
                    ? pick(ODD_TEXTS)
                    : "text ".repeat(chance.nextInt(chance.nextInt(10) == 0 ? 80 : 3));
            return chance.nextInt(6) == 0 ? "'" + content.replace("'", "\"") + "'" : "\"" + content + "\"";
        }

        Object path() {
            if (chance.nextInt(60) == 0) {
                return value();
            }
            StringBuilder path = new StringBuilder(chance.nextInt(40) == 0 ? "" : "$");
            for (int i = chance.nextInt(4); i > 0; i--) {
                String label = pick(LABELS);
                switch (chance.nextInt(9)) {
                    case 0, 1 -> path.append('[').append(chance.nextInt(4)).append(']');
                    case 2 -> path.append("[#]");
                    case 3 -> path.append("[#-").append(chance.nextInt(4)).append(']');
                    case 4 ->
                        path.append(".\"").append(label.replace("\"", "\\\"")).append('"');
                    case 5 ->
                        path.append(pick(new String[] {
                            ".",
                            "[",
                            "[]",
                            "[#-]",
                            "[1",
                            ".\"a",
                            "x",
                            "[-1]",
                            "[#x]",
                            ".\"\\u0061\"",
                            "[00]",
                            "[1 ]",
                            "$",
                            ".a.\"\\",
                            "[4294967296]"
                        }));
                    default -> path.append('.').append(chance.nextBoolean() ? "a" : label);
                }
            }
            return path.toString();
        }

        Object value() {
            return switch (chance.nextInt(10)) {
                case 0 -> null;
                case 1 -> chance.nextLong();
                case 2 -> chance.nextInt(10) - 5;
                case 3 -> chance.nextGaussian() * 1e6;
                case 4 ->
                    pick(new Double[] {
                        Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.1, 1e20, -0.0, 123456789.125, 1e-7, 5e-324
                    });
                case 5 -> pick(new byte[][] {{0}, {(byte) 0xff}, {}, {0x13, '5'}, {(byte) 0xcb, 0}, {'[', ']'}});
                case 6 -> element(2);
                default -> pick(new String[] {"x", "", "é\"\\\n", "--", "it's", "\u0001", "5", "null"});
            };
        }
    }
}
