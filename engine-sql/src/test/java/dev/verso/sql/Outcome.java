package dev.verso.sql;

import java.util.List;
import java.util.Objects;

/** What one statement did: rows with their storage classes, counters, or the error. */
record Outcome(List<String> columns, List<List<String>> rows, long changes, long lastInsertRowid, String error) {
    boolean isSameAs(Outcome other) {
        return Objects.equals(error, other.error)
                && rows.equals(other.rows)
                && (rows.isEmpty() || columns.equals(other.columns))
                && changes == other.changes
                && lastInsertRowid == other.lastInsertRowid;
    }

    Outcome lastColumn() {
        List<List<String>> last = rows.stream()
                .map(row -> row.subList(row.size() - 1, row.size()))
                .toList();
        return new Outcome(columns, last, changes, lastInsertRowid, error);
    }

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
