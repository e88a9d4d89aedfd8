package dev.verso.kv;

/** What backends differ in. */
public enum KvFeature {
    /** {@link KvTransaction#watch}. */
    WATCHES,
    /** A transaction older than {@link KvLimits#windowMillis()} by the store's clock fails as {@link KvFailure#TOO_OLD}. */
    WINDOW,
    /** {@link KvTransaction#mutate}. */
    ATOMIC_OPS,
    /** Reads through {@link KvTransaction#readVersion(long)} at a version that is no longer the newest. */
    EXPLICIT_READ_VERSION,
    /** Several commits may share a version and differ in {@link Versionstamp#order} alone. */
    SHARED_VERSIONS,
    /** {@link KvTransaction#readVersion()} costs nothing, and is the same as long as nobody commits. */
    INSTANT_READ_VERSION,
    /** {@link KvStore#clock} can be moved by the test. */
    TEST_CLOCK
}
