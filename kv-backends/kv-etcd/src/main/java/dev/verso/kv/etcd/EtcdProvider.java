package dev.verso.kv.etcd;

import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvStoreProvider;
import java.util.Map;

/**
 * {@code etcd:HOST:PORT[,HOST:PORT...][/PREFIX]}; the prefix, {@code verso} unless given, is what all keys of the store begin with. Options:
 *
 * <pre>
 *   tls=true              TLS; a ca or cert says so too
 *   ca=FILE               PEM: who may sign the members' certificates, in place of those that the JVM trusts
 *   cert=FILE, key=FILE   PEM: a certificate for members that ask for one, and its private key (PKCS #8)
 *   user, password        of etcd's own authentication
 *   connectTimeoutMillis  10,000 unless given
 * </pre>
 */
public final class EtcdProvider implements KvStoreProvider {
    public EtcdProvider() {}

    @Override
    public String scheme() {
        return "etcd";
    }

    @Override
    public KvStore open(String location, Map<String, String> options) {
        try {
            return EtcdStore.open(location, options);
        } catch (NoClassDefFoundError e) {
            throw new KvException(
                    KvFailure.UNAVAILABLE,
                    "etcd's Java client (io.etcd:jetcd-grpc and what it needs) is not on the class path: "
                            + e.getMessage(),
                    e);
        }
    }
}
