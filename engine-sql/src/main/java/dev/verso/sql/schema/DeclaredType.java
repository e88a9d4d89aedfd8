package dev.verso.sql.schema;

import dev.verso.record.AsciiCase;
import dev.verso.vm.value.Affinity;

/** From the words of a declared type to an affinity (sqlite.org/datatype3.html §3.1). */
public final class DeclaredType {
    private DeclaredType() {}

    /** Affinity of a column of an ordinary table. @param type as written, null if there is none */
    public static Affinity affinity(String type) {
        if (type == null || type.isEmpty()) {
            return Affinity.BLOB;
        }
        return affinityOfWords(type);
    }

    /** Affinity that CAST uses: the same rules, but no words at all mean NUMERIC. */
    public static Affinity castAffinity(String type) {
        return affinityOfWords(type == null ? "" : type);
    }

    private static Affinity affinityOfWords(String type) {
        String words = AsciiCase.lower(type);
        if (words.contains("int")) {
            return Affinity.INTEGER;
        }
        Affinity result = Affinity.NUMERIC;
        for (int i = 0; i + 4 <= words.length(); i++) {
            switch (words.substring(i, i + 4)) {
                case "char", "clob", "text" -> result = Affinity.TEXT;
                case "blob" -> {
                    if (result == Affinity.NUMERIC || result == Affinity.REAL) {
                        result = Affinity.BLOB;
                    }
                }
                case "real", "floa", "doub" -> {
                    if (result == Affinity.NUMERIC) {
                        result = Affinity.REAL;
                    }
                }
                default -> {}
            }
        }
        return result;
    }

    /**
     * The type as the schema shows it: a standard one in upper case, and without quotes around it. Without others inside, the first and last character go, whatever the last one is; else what stands
     * between the quotes remains.
     */
    static String canonical(String type) {
        int last = type.length() - 1;
        if (last < 2 || !isQuote(type.charAt(0))) {
            return standard(type);
        }
        boolean othersInside = false;
        for (int i = 1; i < last; i++) {
            othersInside |= isQuote(type.charAt(i));
        }
        if (!othersInside) {
            return standard(type.substring(1, last));
        }
        char end = type.charAt(0) == '[' ? ']' : type.charAt(0);
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= last; i++) {
            if (type.charAt(i) == end && (i == last || type.charAt(++i) != end)) {
                break;
            }
            text.append(type.charAt(i));
        }
        return text.toString();
    }

    /** The types that STRICT tables know are kept in upper case. */
    private static String standard(String type) {
        String upper = AsciiCase.upper(type);
        return switch (upper) {
            case "ANY", "BLOB", "INT", "INTEGER", "REAL", "TEXT" -> upper;
            default -> type;
        };
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`' || c == '[';
    }

    /** Affinity in a STRICT table, or null if that table may not have a column of this type. */
    static Affinity strictAffinity(String type) {
        return switch (AsciiCase.upper(type)) {
            case "INT", "INTEGER" -> Affinity.INTEGER;
            case "REAL" -> Affinity.REAL;
            case "TEXT" -> Affinity.TEXT;
            case "BLOB", "ANY" -> Affinity.BLOB;
            default -> null;
        };
    }
}
