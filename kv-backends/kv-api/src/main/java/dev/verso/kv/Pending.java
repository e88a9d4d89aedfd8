package dev.verso.kv;

/** An answer that may still be on its way. */
public interface Pending<T> {
    /**
     * The answer, waited for if need be. May be called again.
     *
     * @throws KvException if the request failed
     */
    T await();

    /** True if {@link #await} would not wait. */
    boolean isDone();

    /** An answer that is there already. */
    static <T> Pending<T> of(T value) {
        return new Ready<>(value, null);
    }

    /** A request that has failed already. */
    static <T> Pending<T> failed(KvException failure) {
        return new Ready<>(null, failure);
    }
}
