package dev.verso.compat.differential;

import java.util.List;
import java.util.Random;

/** Functions with arguments of every kind, and values at the edges: numbers, texts, times. */
final class OddExpressions {
    private static final List<String> EDGES = List.of(
            "9223372036854775806",
            "-9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "9223372036854774784.0",
            "-9223372036854775809.0",
            "4503599627370496",
            "4503599627370497.5",
            "9007199254740992.0",
            "9007199254740993",
            "1e308",
            "-1e308",
            "1e999",
            "-1e999",
            "5e-324",
            "2.2250738585072014e-308",
            "0.1",
            "-0.0",
            "1e15",
            "1e16",
            "1e17",
            "123456789.987654321",
            "0.5",
            "2.5",
            "-2.5",
            "0x7fffffffffffffff",
            "0xff",
            "1_000",
            "2147483648",
            "-32769");
    private static final List<String> TEXTS = List.of(
            "'1e5'",
            "'1e'",
            "'.5'",
            "'5.'",
            "'+7'",
            "'- 7'",
            "'0x10'",
            "'9223372036854775808'",
            "'-9223372036854775808'",
            "'1' || char(0)",
            "char(0)",
            "'a' || char(0) || 'b'",
            "'ÄÖü'",
            "'😀x'",
            "char(8364, 128512, 65)",
            "'%_'",
            "'a%b'",
            "'[a-c]*'",
            "'it''s'",
            "'\\u0041\\00042'",
            "x'00'",
            "x'0001ff'",
            "x'c328'",
            "x'f09f9880'",
            "CAST(x'c328ff41' AS TEXT)",
            "'  both  '",
            "'Nocase'",
            "'inf'",
            "'nan'",
            "substr('abcdefghijklmnopqrstuvwxyz', 3, 20)");
    private static final List<String> REGULAR_EXPRESSIONS = List.of(
            "'a'",
            "'^[0-9]+$'",
            "'b|c'",
            "'(?i)abc'",
            "'.'",
            "''",
            "'\\d\\.\\d'",
            "'[^a-z]'",
            "'a*b'",
            "'(a'",
            "'x{2'",
            "NULL",
            "5",
            "x'61'");
    private static final List<String> TIMES = List.of(
            "'2024-02-29'",
            "'2023-12-31 23:59:59.999'",
            "'2000-01-01T12:30'",
            "'2001-09-09 01:46:40Z'",
            "'1999-05-06 07:08:09+05:30'",
            "'12:34:56.789'",
            "'23:59'",
            "'0000-01-01'",
            "'-4713-11-24 12:00:00'",
            "'9999-12-31'",
            "'2024-13-01'",
            "'2024-02-30'",
            "'now-ish'",
            "2460000.5",
            "2451545",
            "1700000000",
            "-1",
            "0",
            "5373484.49",
            "'1700000000.5'",
            "NULL",
            "x'3230'");
    private static final List<String> MODIFIERS = List.of(
            "'+1 day'",
            "'-1 month'",
            "'+13 months'",
            "'+1.5 days'",
            "'-0.5 years'",
            "'10 hours'",
            "'+90 minutes'",
            "'-3.25 seconds'",
            "'start of month'",
            "'start of year'",
            "'start of day'",
            "'weekday 0'",
            "'weekday 3'",
            "'weekday 7'",
            "'unixepoch'",
            "'julianday'",
            "'auto'",
            "'subsec'",
            "'subsecond'",
            "'+01:30'",
            "'-12:34:56.789'",
            "'+0001-02-03 04:05'",
            "'-0000-01-00'",
            "'ceiling'",
            "'floor'",
            "'utc'",
            "'nonsense'",
            "NULL",
            "'+1e1 days'",
            "''");

    private final Random random;
    private final StatementGenerator basics;

    OddExpressions(Random random, StatementGenerator basics) {
        this.random = random;
        this.basics = basics;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    String edge() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> pick(EDGES);
            case 2, 3 -> pick(TEXTS);
            default -> basics.literal();
        };
    }

    private String argument(List<String> columns) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> edge();
            case 2 -> basics.expression(columns, 1);
            case 3 -> random.nextInt(4) == 0 ? call(columns) : pick(columns);
            default -> pick(columns);
        };
    }

    private String small() {
        return pick(List.of("0", "1", "-1", "2", "-3", "5", "100", "NULL", "1.9", "'2'", "-9223372036854775808", "''"));
    }

    /** A call of some function. */
    String call(List<String> columns) {
        return switch (random.nextInt(7)) {
            case 0 -> time();
            case 1 -> format(columns);
            case 2 -> number(columns);
            case 3 -> operator(columns);
            default -> text(columns);
        };
    }

    private String text(List<String> columns) {
        String a = argument(columns);
        String b = argument(columns);
        String c = argument(columns);
        return switch (random.nextInt(36)) {
            case 0 -> "substr(" + a + ", " + small() + ")";
            case 1 -> "substr(" + a + ", " + small() + ", " + small() + ")";
            case 2 -> "substring(" + a + ", " + small() + ", " + small() + ")";
            case 3 -> "instr(" + a + ", " + b + ")";
            case 4 -> "replace(" + a + ", " + b + ", " + c + ")";
            case 5 -> pick(List.of("trim(", "ltrim(", "rtrim(")) + a + ", " + b + ")";
            case 6 -> pick(List.of("trim(", "ltrim(", "rtrim(")) + a + ")";
            case 7 -> pick(List.of("upper(", "lower(")) + a + ")";
            case 8 -> "length(" + a + ")";
            case 9 -> "octet_length(" + a + ")";
            case 10 -> "hex(" + a + ")";
            case 11 -> "unhex(" + a + ")";
            case 12 -> "unhex(hex(" + a + ") || " + pick(List.of("' '", "'-'", "''")) + ", '- ')";
            case 13 -> "quote(" + a + ")";
            case 14 -> "unicode(" + a + ")";
            case 15 ->
                "char(" + small() + ", " + pick(List.of("65", "233", "8364", "128512", "55296", "1114112")) + ")";
            case 16 -> "concat(" + joined(a) + ", " + joined(b) + ", " + joined(c) + ")";
            case 17 -> "concat_ws(" + joined(a) + ", " + joined(b) + ", " + joined(c) + ")";
            case 18 -> a + " LIKE " + b;
            case 19 -> a + " LIKE " + b + " ESCAPE " + pick(List.of("'%'", "'a'", "'_'", "'é'"));
            case 20 -> a + " GLOB " + b;
            case 21 -> a + pick(List.of(" NOT LIKE ", " NOT GLOB ")) + b;
            case 22 -> "like(" + a + ", " + b + ")";
            case 23 -> "zeroblob(" + random.nextInt(5) + ") || " + a;
            case 24 -> "coalesce(" + a + ", " + b + ", " + c + ")";
            case 25 -> "nullif(" + a + ", " + b + ")";
            case 26 -> pick(List.of("iif(", "if(")) + a + ", " + b + ", " + c + ")";
            case 27 -> pick(List.of("min(", "max(")) + a + ", " + b + ", " + c + ")";
            case 28 -> pick(List.of("likely(", "unlikely(")) + a + ")";
            case 29 -> "likelihood(" + a + ", 0.25)";
            case 30 ->
                "unistr(" + pick(List.of("'\\0041b'", "'\\u00e9'", "'\\+01F600'", "'a\\\\b'", "'plain'", a)) + ")";
            case 31 -> "unistr_quote(" + a + ")";
            case 32 -> "typeof(" + a + ") || typeof(" + b + ")";
            case 33 -> a + pick(List.of(" REGEXP ", " NOT REGEXP ")) + regularExpression(b);
            case 34 -> "regexp(" + regularExpression(b) + ", " + a + ")";
            default -> a + " || " + b + " || " + c;
        };
    }

    private String regularExpression(String other) {
        return random.nextInt(5) == 0 ? other : pick(REGULAR_EXPRESSIONS);
    }

    /** For concat(): of a blob in a database in UTF-16 the real one takes too many bytes of its text in UTF-8, or too few. */
    private String joined(String argument) {
        return basics.isUtf16() ? "CAST(" + argument + " AS TEXT)" : argument;
    }

    private String number(List<String> columns) {
        String a = argument(columns);
        String b = argument(columns);
        return switch (random.nextInt(16)) {
            case 0 -> "round(" + a + ")";
            case 1 -> "round(" + a + ", " + small() + ")";
            case 2 -> "sign(" + a + ")";
            case 3 -> "ceil(" + a + ")";
            case 4 -> "floor(" + a + ")";
            case 5 -> "trunc(" + a + ")";
            case 6 -> "sqrt(" + a + ")";
            case 7 -> "mod(" + a + ", " + b + ")";
            case 8 -> "CAST(" + a + " AS INTEGER)";
            case 9 -> "CAST(" + a + " AS REAL)";
            case 10 -> "CAST(" + a + " AS NUMERIC)";
            case 11 -> "CAST(" + a + " AS TEXT)";
            case 12 -> "CAST(CAST(" + a + " AS BLOB) AS " + pick(List.of("TEXT", "INTEGER", "REAL", "NUMERIC")) + ")";
            case 13 -> "pi() > " + a;
            case 14 -> "ceiling(" + a + ")";
            default -> "abs(CAST(" + a + " AS REAL))";
        };
    }

    private String operator(List<String> columns) {
        String a = argument(columns);
        String b = argument(columns);
        return switch (random.nextInt(12)) {
            case 0 -> a + " " + pick(List.of("+", "-", "*", "/", "%")) + " " + b;
            case 1 -> a + " " + pick(List.of("&", "|", "<<", ">>")) + " " + b;
            case 2 -> a + pick(List.of(" = ", " <> ", " < ", " <= ", " > ", " >= ")) + b;
            case 3 -> a + pick(List.of(" IS ", " IS NOT ", " IS DISTINCT FROM ", " IS NOT DISTINCT FROM ")) + b;
            case 4 -> a + " COLLATE " + pick(List.of("NOCASE", "RTRIM", "BINARY")) + " = " + b;
            case 5 -> a + pick(List.of(" BETWEEN ", " NOT BETWEEN ")) + b + " AND " + argument(columns);
            case 6 -> a + pick(List.of(" IN (", " NOT IN (")) + b + ", " + argument(columns) + ", " + edge() + ")";
            case 7 ->
                a + pick(List.of(" IS TRUE", " IS FALSE", " IS NOT TRUE", " IS NOT FALSE", " ISNULL", " NOTNULL"));
            case 8 ->
                "CASE " + a + " WHEN " + b + " THEN 1 WHEN " + argument(columns) + " THEN 'two' "
                        + pick(List.of("", "ELSE " + edge() + " ")) + "END";
            case 9 ->
                "(" + a + ", " + b + ")" + pick(List.of(" = ", " <> ", " < ", " >= ", " IS ")) + "(" + argument(columns)
                        + ", " + edge() + ")";
            case 10 -> pick(List.of("- ", "~ ", "NOT ", "+ ")) + a;
            default -> "(" + a + ")" + pick(List.of(" AND ", " OR ")) + "(" + b + ")";
        };
    }

    private String time() {
        StringBuilder arguments = new StringBuilder(pick(TIMES));
        for (int i = random.nextInt(3); i > 0; i--) {
            arguments.append(", ").append(pick(MODIFIERS));
        }
        return switch (random.nextInt(8)) {
            case 0 -> "date(" + arguments + ")";
            case 1 -> "time(" + arguments + ")";
            case 2 -> "datetime(" + arguments + ")";
            case 3 -> "julianday(" + arguments + ")";
            case 4 -> "unixepoch(" + arguments + ")";
            case 5 -> "timediff(" + pick(TIMES) + ", " + pick(TIMES) + ")";
            default ->
                "strftime("
                        + pick(List.of(
                                "'%Y-%m-%d %H:%M:%S'",
                                "'%f|%j|%J|%s'",
                                "'%W %U %w %u'",
                                "'%G-%V %g'",
                                "'%e %k %l %I %p %P'",
                                "'%F %R %T'",
                                "'%d%%'",
                                "'%q'",
                                "'%'",
                                "NULL"))
                        + ", " + arguments + ")";
        };
    }

    private String format(List<String> columns) {
        StringBuilder format = new StringBuilder();
        StringBuilder arguments = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            format.append(pick(List.of("", "<", "x ", "%%", "é"))).append('%');
            format.append(pick(List.of("", "", "-", "+", " ", "0", "#", "!", ",", "-0", "+,", "!#")));
            format.append(pick(List.of("", "", "", "5", "12", "1", "30")));
            format.append(pick(List.of("", "", "", ".0", ".1", ".3", ".10", ".17", ".25")));
            format.append(pick(List.of(
                    "d", "i", "u", "x", "X", "o", "c", "s", "f", "e", "E", "g", "G", "q", "Q", "w", "z", "p", "ld",
                    "lld", "y")));
            arguments.append(", ").append(argument(columns));
        }
        return pick(List.of("printf('", "format('")) + format + "'" + arguments + ")";
    }

    /** A call of an aggregate. */
    String aggregate(List<String> columns) {
        String a = random.nextInt(3) == 0 ? argument(columns) : pick(columns);
        String call =
                switch (random.nextInt(12)) {
                    case 0 -> "count(*)";
                    case 1 -> "count(" + a + ")";
                    case 2 -> "count(DISTINCT " + a + ")";
                    case 3 -> "min(" + a + ")";
                    case 4 -> "max(" + a + ")";
                    case 5 -> "total(CAST(" + a + " AS INTEGER) % 1000)";
                    case 6 -> "sum(length(" + a + "))";
                    case 7 -> "avg(CAST(" + a + " AS INTEGER) % 1000)";
                    case 8 ->
                        pick(List.of("group_concat(", "string_agg(")) + "quote(" + a + "), " + edge()
                                + " ORDER BY typeof(" + a + "), " + a + pick(List.of("", " DESC")) + ")";
                    case 9 -> "sum(DISTINCT CAST(" + a + " AS INTEGER) % 100)";
                    case 10 -> "group_concat(DISTINCT typeof(" + a + ") ORDER BY typeof(" + a + "))";
                    default -> "count(" + a + ")";
                };
        return call + (random.nextInt(6) == 0 ? " FILTER (WHERE " + basics.condition(columns, 1) + ")" : "");
    }
}
