package dev.verso.cli;

import java.util.Locale;

/** How rows are shown ({@code .mode}). */
enum OutputMode {
    LIST,
    CSV,
    BOX,
    JSON,
    COLUMN,
    LINE;

    static OutputMode of(String name) {
        for (OutputMode mode : values()) {
            if (mode.sqlName().equals(name.toLowerCase(Locale.ROOT))) {
                return mode;
            }
        }
        throw new IllegalArgumentException("no such mode: " + name + " (list, csv, box, json, column, line)");
    }

    String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
