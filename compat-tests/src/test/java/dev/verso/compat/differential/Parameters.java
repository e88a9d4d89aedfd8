package dev.verso.compat.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parameters in the place of literals, while a statement is made that will be prepared. */
final class Parameters {
    private static final Pattern PLACE = Pattern.compile("\\?(\\d{4})\\b");

    private final Random random;
    private final List<Object> made = new ArrayList<>();
    private List<Object> used = List.of();
    private boolean active;

    Parameters(Random random) {
        this.random = random;
    }

    void begin() {
        made.clear();
        active = true;
    }

    /** A parameter, or null if a literal is to stand here. */
    String place() {
        if (!active || made.size() > 90 || random.nextInt(3) == 0) {
            return null;
        }
        made.add(value());
        return "?" + (1000 + made.size() - 1);
    }

    /** The statement with its parameters written in one of SQLite's ways. */
    String finish(String sql) {
        active = false;
        Map<String, Integer> numbers = new LinkedHashMap<>();
        Matcher found = PLACE.matcher(sql);
        boolean repeated = false;
        while (found.find()) {
            repeated |= numbers.putIfAbsent(found.group(1), numbers.size() + 1) != null;
        }
        used = new ArrayList<>();
        numbers.keySet().forEach(key -> used.add(made.get(Integer.parseInt(key) - 1000)));
        int style = random.nextInt(repeated ? 4 : 5);
        return PLACE.matcher(sql)
                .replaceAll(match -> Matcher.quoteReplacement(
                        switch (style) {
                            case 0 -> "?" + numbers.get(match.group(1));
                            case 1 -> ":p" + numbers.get(match.group(1));
                            case 2 -> "@p" + numbers.get(match.group(1));
                            case 3 -> "$p" + numbers.get(match.group(1)) + "::x(y)";
                            default -> "?";
                        }));
    }

    /** What is bound at first to the parameters of the statement that was finished last. */
    List<Object> values() {
        return used;
    }

    /** Something to bind. */
    Object value() {
        return switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> random.nextInt(40) / 4.0 - 2;
            case 2 -> pick(9007199254740993L, Long.MIN_VALUE, 1e18, 0.1, -0.0, 1e-5, 123456789012L);
            case 3 -> String.valueOf(random.nextInt(20));
            case 4 -> pick("", "abc", "ABC", "abc  ", "12ab", " 5", "1.50", "é", "it's", "😀");
            case 5 -> "abcdefgh".substring(random.nextInt(4), 4 + random.nextInt(4));
            case 6 ->
                pick(new byte[0], new byte[] {0x61, 0x62}, new byte[] {0x61, 0x62, 0x63}, new byte[] {(byte) 0xff, 1});
            case 7 -> (long) random.nextInt(5) - 2;
            default -> (long) random.nextInt(20);
        };
    }

    private Object pick(Object... values) {
        return values[random.nextInt(values.length)];
    }
}
