package dev.verso.kv;

/**
 * An ordered map of byte strings with optimistic, serializable transactions. Keys order as unsigned bytes. Thread-safe; the
 * transactions it begins are for one thread at a time each.
 *
 * <p>The arrays that go in and come out are shared, not copied: nobody edits them afterwards.
 */
public interface KvStore extends AutoCloseable {
    /** What messages call this store, like {@code local:/data/app}. */
    String name();

    KvLimits limits();

    /** False if this backend cannot do what the feature names; the contract suite then skips the tests of that feature by name. */
    boolean supports(KvFeature feature);

    /** Begins a transaction. Costs nothing: the read version is fetched with the first read, or by {@link KvTransaction#readVersion()}. */
    KvTransaction begin();

    /** The time that this store's window is measured by. */
    KvClock clock();

    /** Closes the store; open transactions fail from then on with {@link KvFailure#CLOSED}. */
    @Override
    void close();
}
