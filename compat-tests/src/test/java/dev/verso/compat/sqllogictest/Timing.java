package dev.verso.compat.sqllogictest;

/**
 * One statement's best times.
 *
 * @param line where it begins in the script
 */
record Timing(String script, int line, String sql, long ourNanos, long theirNanos) {
    double ratio() {
        return (double) ourNanos / theirNanos;
    }
}
