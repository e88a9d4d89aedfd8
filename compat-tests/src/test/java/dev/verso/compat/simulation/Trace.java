package dev.verso.compat.simulation;

import java.util.Arrays;

/** What happened in a run, as one number: equal for equal runs. */
final class Trace {
    private final boolean isTold = Boolean.getBoolean("verso.trace");
    private long hash = 1_125_899_906_842_597L;
    private long count;

    void add(long a, long b) {
        hash = (hash ^ a) * 0x9E37_79B9_7F4A_7C15L;
        hash ^= hash >>> 29;
        hash = (hash ^ b) * 0xBF58_476D_1CE4_E5B9L;
        hash ^= hash >>> 32;
        count++;
    }

    void add(long a, byte[] bytes) {
        add(a, bytes == null ? -1 : Arrays.hashCode(bytes));
    }

    /** A line for who looks at one seed with {@code -Dverso.trace=true}. */
    void say(long micros, Object who, String what) {
        add(micros, what.hashCode());
        if (isTold) {
            System.out.printf("%12.6f %-14s %s%n", micros % 1_000_000_000_000L / 1e6, who, what);
        }
    }

    boolean isTold() {
        return isTold;
    }

    long hash() {
        return hash;
    }

    /** How much has happened. */
    long count() {
        return count;
    }
}
