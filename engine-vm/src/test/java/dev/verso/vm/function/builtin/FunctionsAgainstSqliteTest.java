package dev.verso.vm.function.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.error.DatabaseException;
import dev.verso.record.Collation;
import dev.verso.record.TextEncoding;
import dev.verso.vm.Session;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionDefinition.Flag;
import dev.verso.vm.value.Value;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Calls every deterministic scalar function here and in the real SQLite with the same arguments. */
class FunctionsAgainstSqliteTest {
    private static final Set<String> NOT_COMPARED =
            Set.of("load_extension", "sqlite_compileoption_get", "sqlite_compileoption_used", "sqlite_log", "regexp");

    /** SQL literals, chosen to be where functions turn. */
    private static final List<String> POOL = List.of(
            "NULL",
            "0",
            "1",
            "-1",
            "2",
            "3",
            "7",
            "10",
            "-5",
            "100",
            "9223372036854775807",
            "-9223372036854775808",
            "0.0",
            "0.5",
            "-0.5",
            "1.5",
            "2.5",
            "-2.5",
            "3.14159",
            "1e10",
            "1e100",
            "-1e300",
            "9e999",
            "-9e999",
            "1.005",
            "0.1",
            "123456.789",
            "''",
            "'a'",
            "'abc'",
            "'ABC'",
            "'  pad  '",
            "'12'",
            "'12.5'",
            "' 7 '",
            "'1e3'",
            "'0x10'",
            "'héllo'",
            "'日本語'",
            "'%b%'",
            "'a_c'",
            "'[a-c]*'",
            "'*'",
            "'it''s'",
            "x''",
            "x'00'",
            "x'414243'",
            "x'ff'",
            "'%5.2f|%d'",
            "'%s-%q'",
            "'414243'",
            "'\\0041'",
            "','",
            "'now!'",
            "2451545",
            "'2000-01-31'",
            "'2024-02-29 12:34:56.789'",
            "'23:59:59'",
            "'-0001-01-01'",
            "'2024-12-30T00:00:00+05:30'");

    @Test
    void everyScalarFunctionAnswersAsTheRealOne() throws SQLException {
        long seed = Long.getLong("verso.seed", 20260101L);
        System.out.println("seed " + seed + ": mvn test -pl engine-vm -am -Dtest=FunctionsAgainstSqliteTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dtest.jvm.args=-Dverso.seed=" + seed);
        Random random = new Random(seed);
        List<String> differences = new ArrayList<>();
        int calls = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement()) {
            for (FunctionDefinition function : BuiltinFunctions.all()) {
                if (function.isAggregate()
                        || function.is(Flag.INLINE)
                        || NOT_COMPARED.contains(function.name())
                        || !function.is(Flag.DETERMINISTIC) && !function.is(Flag.SLOW_CHANGING)
                        || function.name().startsWith("current_")) {
                    continue;
                }
                int cases = function.argumentCount() == 1 ? POOL.size() : 150;
                for (int i = 0; i < cases; i++) {
                    int count = count(function.argumentCount(), random);
                    List<String> literals = new ArrayList<>();
                    for (int a = 0; a < count; a++) {
                        literals.add(count == 1 ? POOL.get(i % POOL.size()) : POOL.get(random.nextInt(POOL.size())));
                    }
                    compare(statement, function, literals, differences);
                    calls++;
                }
            }
        }
        assertThat(calls).isGreaterThan(4000);
        assertThat(differences)
                .as("differences in %d calls, seed %d", calls, seed)
                .isEmpty();
    }

    @Test
    void datesAndModifiersAnswerAsTheRealOnes() throws SQLException {
        List<String> times = List.of(
                "'2024-01-31'",
                "'2023-03-15 10:20:30.456'",
                "'2000-02-29T23:59:59Z'",
                "'12:30'",
                "2460000.5",
                "1700000000",
                "'2024-12-31 23:59'",
                "'1969-12-31 23:59:59'",
                "'0000-01-01'",
                "'9999-12-31 23:59:59'",
                "-1",
                "1e12",
                "'2024-02-30'",
                "'2024-13-01'",
                "'2024-1-1'",
                "'24:00'",
                "'2024-01-01 00:00:00-03:00'");
        List<String> modifiers = List.of(
                "'+1 day'",
                "'-1 month'",
                "'+13 months'",
                "'1 year'",
                "'-1.5 hours'",
                "'+90 seconds'",
                "'start of month'",
                "'start of year'",
                "'start of day'",
                "'weekday 0'",
                "'weekday 3'",
                "'unixepoch'",
                "'julianday'",
                "'auto'",
                "'utc'",
                "'subsec'",
                "'ceiling'",
                "'floor'",
                "'+01:30'",
                "'-00:00:10.5'",
                "'+0001-02-03'",
                "'-0000-01-01 01:00'",
                "'1.5 days'",
                "'+1.25 months'",
                "'nonsense'",
                "'10 fortnights'",
                "NULL",
                "'+1 DAY'");
        List<String> formats = List.of(
                "'%Y-%m-%d %H:%M:%f'",
                "'%j %J %s %w %W %u %U'", "'%G-%V %g'", "'%e %k %l %I %p %P %R %T %F'", "'%%%S'", "'%q'", "'x%'");
        List<String> differences = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement()) {
            for (String time : times) {
                for (String one : modifiers) {
                    for (String function : List.of("datetime", "julianday", "unixepoch")) {
                        compare(statement, find(function, -1), List.of(time, one), differences);
                    }
                    for (String two : List.of("'+1 month'", "'subsec'", "'floor'", "'start of month'")) {
                        compare(statement, find("datetime", -1), List.of(time, one, two), differences);
                    }
                }
                for (String format : formats) {
                    compare(statement, find("strftime", -1), List.of(format, time), differences);
                    compare(statement, find("strftime", -1), List.of(format, time, "'subsec'"), differences);
                }
                for (String other : times) {
                    compare(statement, find("timediff", 2), List.of(time, other), differences);
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void formatsAnswerAsTheRealOnes() throws SQLException {
        List<String> numbers = List.of(
                "0",
                "1",
                "-1",
                "42",
                "1234567",
                "-9223372036854775808",
                "0.0",
                "1.5",
                "-2.75",
                "0.1",
                "1e20",
                "1.0/3",
                "123456.789",
                "1e-10",
                "9.995",
                "9e999",
                "NULL",
                "'abc'",
                "'12xyz'",
                "2.5",
                "0.05",
                "99999.5",
                "1e15");
        List<String> differences = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement()) {
            for (String flags : List.of("", "-", "+", " ", "#", "!", "0", ",", "+0", "-!", "#0", "!0", "+,")) {
                for (String width : List.of("", "8", "12.3", ".0", ".10", "3.1", ".17")) {
                    for (char c : "dufeEgGxXosqQwc".toCharArray()) {
                        String format = "'[%" + flags + width + c + "]'";
                        String number = numbers.get(Math.floorMod((flags + width + c).hashCode(), numbers.size()));
                        compare(statement, find("printf", -1), List.of(format, number), differences);
                        compare(statement, find("printf", -1), List.of(format, "1.0/3"), differences);
                        compare(statement, find("printf", -1), List.of(format, "-12345.6789"), differences);
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void patternsOfRandomPiecesMatchAsTheRealOnes() throws SQLException {
        long seed = Long.getLong("verso.seed", 20260104L);
        Random random = new Random(seed);
        String[] ofPatterns = {"%", "%", "_", "a", "A", "b", "aB", "é", "!", "!%", "!a", "1", "special"};
        String[] ofTexts = {"a", "A", "b", "ab", "é", "É", "%", "_", "!", "1", "special", "Special ", "xxxxxxxx"};
        List<String> differences = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 3000; i++) {
                String pattern = literalOf(pieces(ofPatterns, random), random);
                String text = literalOf(pieces(ofTexts, random), random);
                List<String> literals = new ArrayList<>(List.of(pattern, text));
                if (i % 3 == 0) {
                    literals.add(random.nextInt(4) == 0 ? "'%'" : "'!'");
                }
                compare(statement, find("like", literals.size()), literals, differences);
            }
        }
        assertThat(differences).as("seed %d", seed).isEmpty();
    }

    private static String pieces(String[] of, Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(of[random.nextInt(of.length)]);
        }
        return text.toString();
    }

    /** Now and then with a NUL inside, where LIKE ends. */
    private static String literalOf(String text, Random random) {
        if (random.nextInt(5) > 0) {
            return "'" + text + "'";
        }
        String bytes = java.util.HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        int at = 2 * random.nextInt(bytes.length() / 2 + 1);
        return "CAST(x'" + bytes.substring(0, at) + "00" + bytes.substring(at) + "' AS TEXT)";
    }

    private static FunctionDefinition find(String name, int count) {
        return BuiltinFunctions.all().stream()
                .filter(f -> f.name().equals(name) && f.argumentCount() == count)
                .findFirst()
                .orElseThrow();
    }

    private static int count(int declared, Random random) {
        return declared >= 0 ? declared : declared == -1 ? 1 + random.nextInt(3) : -2 - declared + random.nextInt(3);
    }

    private static void compare(
            Statement statement, FunctionDefinition function, List<String> literals, List<String> differences)
            throws SQLException {
        String call = function.name() + "(" + String.join(",", literals) + ")";
        String theirs;
        try (ResultSet row = statement.executeQuery(
                "SELECT typeof(x), CASE WHEN typeof(x)='real' THEN x ELSE hex(x) END FROM (SELECT " + call
                        + " AS x)")) {
            row.next();
            theirs = row.getString(1).equals("real")
                    ? "real " + row.getDouble(2)
                    : row.getString(1) + " " + row.getString(2);
        } catch (SQLException e) {
            theirs = "error " + e.getMessage().replaceAll("(?s).*?\\((.*)\\)$", "$1");
        }
        String ours;
        try {
            Value[] args = new Value[literals.size() + 1];
            for (int i = 0; i < literals.size(); i++) {
                args[i] = literal(statement, literals.get(i));
            }
            Value result = new Value();
            function.scalar().call(new Context(), args, 0, literals.size(), result);
            ours = show(result);
        } catch (DatabaseException e) {
            ours = "error " + e.getMessage();
        }
        if (!ours.equals(theirs) && !near(ours, theirs) && differences.size() < 60) {
            differences.add(call + ": ours " + ours + ", theirs " + theirs);
        }
    }

    /** The last bit of a transcendental function is the C library's own. */
    private static boolean near(String ours, String theirs) {
        if (!ours.startsWith("real ") || !theirs.startsWith("real ")) {
            return false;
        }
        double a = Double.parseDouble(ours.substring(5));
        double b = Double.parseDouble(theirs.substring(5));
        return a == b || Math.abs(a - b) <= Math.ulp(b) * 4;
    }

    private static Value literal(Statement statement, String literal) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT " + literal)) {
            row.next();
            Value value = new Value();
            Object o = row.getObject(1);
            if (o instanceof Integer i) {
                value.setInteger(i);
            } else if (o instanceof Long l) {
                value.setInteger(l);
            } else if (o instanceof Double d) {
                value.setReal(d);
            } else if (o instanceof String s) {
                byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
                value.setText(bytes, 0, bytes.length, TextEncoding.UTF8);
            } else if (o instanceof byte[] b) {
                value.setBlob(b, 0, b.length);
            }
            return value;
        }
    }

    private static String show(Value value) {
        return switch (value.storageClass()) {
            case NULL -> "null ";
            case INTEGER -> "integer " + hex(Long.toString(value.integer()).getBytes(StandardCharsets.UTF_8));
            case REAL -> "real " + value.real();
            case TEXT -> "text " + hex(value.asBytes());
            case BLOB -> "blob " + hex(value.asBytes());
        };
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    /** A context without a connection. */
    private static final class Context implements FunctionContext {
        private Object data;

        @Override
        public TextEncoding encoding() {
            return TextEncoding.UTF8;
        }

        @Override
        public Collation collation() {
            return null;
        }

        @Override
        public Session session() {
            throw new IllegalStateException("no session");
        }

        @Override
        public long statementTimeMillis() {
            return 0;
        }

        @Override
        public Object callSiteData() {
            return data;
        }

        @Override
        public void callSiteData(Object newData) {
            data = newData;
        }
    }
}
