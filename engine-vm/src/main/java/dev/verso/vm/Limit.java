package dev.verso.vm;

/** Limits of a connection (sqlite3_limit), in SQLite's order, with their defaults, which are also the maximums. */
public enum Limit {
    LENGTH(1_000_000_000),
    SQL_LENGTH(1_000_000_000),
    COLUMN(2000),
    EXPR_DEPTH(1000),
    COMPOUND_SELECT(500),
    VDBE_OP(250_000_000),
    FUNCTION_ARG(1000),
    ATTACHED(10),
    LIKE_PATTERN_LENGTH(50_000),
    VARIABLE_NUMBER(32_766),
    TRIGGER_DEPTH(1000),
    WORKER_THREADS(0);

    private final int maximum;

    Limit(int maximum) {
        this.maximum = maximum;
    }

    public int maximum() {
        return maximum;
    }

    static int[] defaults() {
        Limit[] all = values();
        int[] defaults = new int[all.length];
        for (int i = 0; i < all.length; i++) {
            defaults[i] = all[i].maximum;
        }
        return defaults;
    }
}
