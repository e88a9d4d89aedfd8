package dev.verso.kv;

/** Waits for a key to change; see {@link KvTransaction#watch}. May fire without a change, never misses one. */
public interface Watch extends AutoCloseable {
    /**
     * Waits until the key has changed.
     *
     * @return false if it has not within that time
     * @throws KvException if the transaction did not commit, or the store failed or was closed
     */
    boolean await(long timeoutMillis);

    /** Stops watching. */
    @Override
    void close();
}
