package dev.verso.kv.foundationdb;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvStoreProvider;
import java.util.Map;

/** {@code fdb:CLUSTER-FILE}; an empty location means the client's default cluster file. */
public final class FoundationDbProvider implements KvStoreProvider {
    private static final long CONNECT_TIMEOUT_MILLIS = 10_000;

    public FoundationDbProvider() {}

    @Override
    public String scheme() {
        return "fdb";
    }

    @Override
    public KvStore open(String location, Map<String, String> options) {
        String timeout = options.get("connectTimeoutMillis");
        try {
            long millis = timeout == null ? CONNECT_TIMEOUT_MILLIS : Long.parseLong(timeout);
            return FoundationDbStore.open(location, millis);
        } catch (NoClassDefFoundError e) {
            throw new KvException(
                    KvFailure.UNAVAILABLE,
                    "FoundationDB's Java client is not on the class path: add org.foundationdb:fdb-java (7.3 or newer)",
                    e);
        } catch (NumberFormatException e) {
            throw new KvException(KvFailure.UNAVAILABLE, "connectTimeoutMillis=" + timeout + " is no number", e);
        }
    }
}
