package dev.verso.vm.value;

/** Type affinity (sqlite.org/datatype3.html §3); {@link #code} is the letter used in {@code Affinity} and {@code MakeRecord} operands. */
public enum Affinity {
    /** No affinity at all: expressions that are not columns. */
    NONE('@'),
    BLOB('A'),
    TEXT('B'),
    NUMERIC('C'),
    INTEGER('D'),
    REAL('E'),
    /** NUMERIC of a flexible-number column, used where SQLite distinguishes it. */
    FLEXNUM('F');

    private final char code;

    Affinity(char code) {
        this.code = code;
    }

    public char code() {
        return code;
    }

    /** True for NUMERIC, INTEGER, REAL and FLEXNUM. */
    public boolean isNumeric() {
        return code >= 'C';
    }

    public static Affinity ofCode(char code) {
        return switch (code) {
            case '@' -> NONE;
            case 'A' -> BLOB;
            case 'B' -> TEXT;
            case 'C' -> NUMERIC;
            case 'D' -> INTEGER;
            case 'E' -> REAL;
            case 'F' -> FLEXNUM;
            default -> throw new IllegalArgumentException("affinity " + code);
        };
    }
}
