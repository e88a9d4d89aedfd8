package dev.verso.kv;

import java.util.Map;

/** Opens the stores of one kind by the location in a database URL; found by {@link java.util.ServiceLoader}. */
public interface KvStoreProvider {
    /** What stands before the location in a URL: {@code mem}, {@code local}, {@code fdb}, {@code etcd}. */
    String scheme();

    /**
     * Opens the store at a location: a directory, a cluster file, a name. The caller closes it.
     *
     * @param options what the URL says beyond the location; unknown ones are ignored. {@code create=false} forbids to make what is
     *     not there, {@code connectTimeoutMillis} bounds the wait for a store that doesn't answer
     * @throws KvException UNAVAILABLE, OWNED or DAMAGED if it can't be opened
     */
    KvStore open(String location, Map<String, String> options);
}
