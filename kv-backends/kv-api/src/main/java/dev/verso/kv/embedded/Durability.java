package dev.verso.kv.embedded;

/** Makes commits survive the process. */
@FunctionalInterface
public interface Durability {
    /** Nothing survives. */
    Durability NONE = version -> {};

    /**
     * Returns when this version and all before it are safe. Called by many threads at once, without the engine's lock, after the
     * edits were made and before others see them.
     *
     * @throws dev.verso.kv.KvException if they are not; the engine accepts nothing afterwards. UNKNOWN_RESULT if they may yet turn up
     *     when the store is opened again
     */
    void persist(long version);
}
