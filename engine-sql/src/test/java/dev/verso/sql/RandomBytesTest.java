package dev.verso.sql;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts that are no UTF-8: functions, LIKE and GLOB answer as in the real SQLite. */
class RandomBytesTest {
    private static final long SEED = Long.getLong("verso.seed", 20261101L);
    private static final int CALLS = Boolean.getBoolean("verso.full") ? 200_000 : 3_000;
    private static final String[] TEXT = {
        "61",
        "41",
        "62",
        "ff",
        "80",
        "bf",
        "c3",
        "c3a9",
        "c389",
        "e2",
        "e282",
        "e282ac",
        "ed",
        "a0",
        "f0",
        "f09f9880",
        "f4908080",
        "c0",
        "c080",
        "efbfbd",
        "efbfbe",
        "fe",
        "fc",
        "e08080",
        "c1bf"
    };
    private static final String[] PATTERN = {
        "25", "5f", "2a", "3f", "5b", "5d", "5e", "2d", "61", "41", "62", "ff", "80", "c3", "c3a9", "c389", "e2",
        "e282ac", "f0", "ed", "a0", "c080", "efbfbd", "fe"
    };

    private final Random random = new Random(SEED);

    @Test
    void textsThatAreNoUtf8AreReadAsInTheRealSqlite() throws Exception {
        try (SideBySide both =
                new SideBySide("replay: mvn -pl engine-sql test -Dtest=RandomBytesTest -Dverso.seed=" + SEED)) {
            for (int i = 0; i < CALLS; i++) {
                both.run("SELECT " + call());
            }
        }
    }

    private String call() {
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> text(TEXT) + " LIKE " + text(PATTERN);
            case 3, 4, 5 -> text(TEXT) + " GLOB " + text(PATTERN);
            case 6 -> text(TEXT) + " LIKE " + text(PATTERN) + " ESCAPE CAST(x'" + pick(PATTERN) + "' AS TEXT)";
            case 7 -> hex("substr(" + text(TEXT) + "," + (random.nextInt(9) - 4) + "," + (random.nextInt(7) - 3) + ")");
            case 8 ->
                hex(pick("leftstr", "rightstr", "padl", "padr", "padc") + "(" + text(TEXT) + "," + random.nextInt(6)
                        + ")");
            case 9 -> pick("instr", "charindex", "difference") + "(" + text(TEXT) + "," + text(TEXT) + ")";
            case 10 -> hex(pick("trim", "ltrim", "rtrim", "strfilter") + "(" + text(TEXT) + "," + text(TEXT) + ")");
            case 11 -> hex("replace(" + text(TEXT) + "," + text(TEXT) + "," + text(TEXT) + ")");
            case 12 ->
                hex(pick("upper", "lower", "reverse", "proper", "quote", "unicode", "soundex", "length") + "("
                        + text(TEXT) + ")");
            default ->
                hex("printf('%" + pick("5s", ".2s", "!.2s", "-4s|", "c", "q", "Q", "w", "!5s", ".3q") + "',"
                        + text(TEXT) + ")");
        };
    }

    private static String hex(String call) {
        return "hex(" + call + ")";
    }

    private String text(String[] parts) {
        StringBuilder text = new StringBuilder("CAST(x'");
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            text.append(pick(parts));
        }
        return text.append("' AS TEXT)").toString();
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
