package dev.verso.kv.etcd;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvStoreProvider;
import java.util.Map;

/** {@code etcd:HOST:PORT[,HOST:PORT...][/PREFIX]}; the prefix, {@code verso} unless given, is what all keys of the store begin with. */
public final class EtcdProvider implements KvStoreProvider {
    private static final long CONNECT_TIMEOUT_MILLIS = 10_000;

    public EtcdProvider() {}

    @Override
    public String scheme() {
        return "etcd";
    }

    @Override
    public KvStore open(String location, Map<String, String> options) {
        String timeout = options.get("connectTimeoutMillis");
        try {
            long millis = timeout == null ? CONNECT_TIMEOUT_MILLIS : Long.parseLong(timeout);
            return EtcdStore.open(location, millis);
        } catch (NoClassDefFoundError e) {
            throw new KvException(
                    KvFailure.UNAVAILABLE,
                    "etcd's Java client (io.etcd:jetcd-grpc and what it needs) is not on the class path: "
                            + e.getMessage(),
                    e);
        } catch (NumberFormatException e) {
            throw new KvException(KvFailure.UNAVAILABLE, "connectTimeoutMillis=" + timeout + " is no number", e);
        }
    }
}
