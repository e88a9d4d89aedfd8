package dev.verso.kv;

/** What a backend may lack. */
public enum KvFeature {
    /** {@link KvTransaction#watch}. */
    WATCHES,
    /** A transaction older than {@link KvLimits#windowMillis()} by the store's clock fails as {@link KvFailure#TOO_OLD}. */
    WINDOW,
    /** {@link KvTransaction#mutate}. */
    ATOMIC_OPS,
    /** Reads through {@link KvTransaction#readVersion(long)} at a version that is no longer the newest. */
    EXPLICIT_READ_VERSION,
    /** {@link KvStore#clock} can be moved by the test. */
    TEST_CLOCK
}
