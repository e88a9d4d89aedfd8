package dev.verso.kv.embedded;

/** Makes commits survive the process. */
@FunctionalInterface
public interface Durability {
    /** Nothing survives. */
    Durability NONE = version -> {};

    /**
     * Returns when this version and all before it are safe. Called by many threads at once, without the engine's lock, after the
     * edits were made and before others see them.
     */
    void persist(long version);
}
