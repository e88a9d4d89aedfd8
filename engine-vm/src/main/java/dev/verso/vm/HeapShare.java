package dev.verso.vm;

/** How much memory one sorter, or the ephemeral tables of one connection, may take before they write to files: a share of the JVM's heap. */
final class HeapShare {
    private static final long LEAST_BYTES = 1 << 20;

    private HeapShare() {}

    /** As many bytes as wanted, but no more than that part of what the heap can grow to. */
    static long of(long wantedBytes, int part) {
        return Math.min(wantedBytes, Math.max(LEAST_BYTES, Runtime.getRuntime().maxMemory() / part));
    }
}
