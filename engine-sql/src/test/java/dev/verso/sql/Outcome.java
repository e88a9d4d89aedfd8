package dev.verso.sql;

import java.util.List;

/** What one statement did: rows with their storage classes, counters, or the error. */
record Outcome(List<String> columns, List<List<String>> rows, long changes, long lastInsertRowid, String error) {
    static String shown(Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof Number number && !(value instanceof Double)) {
            return "I:" + number.longValue();
        }
        if (value instanceof Double) {
            return "R:" + value;
        }
        if (value instanceof byte[] bytes) {
            return "B:" + java.util.HexFormat.of().formatHex(bytes);
        }
        return "T:" + value;
    }
}
