package dev.verso.kv;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** Finds the backend for a URL's scheme among those on the class or module path. */
public final class KvStores {
    private KvStores() {}

    /** True if a backend for the scheme is present. */
    public static boolean isPresent(String scheme) {
        return find(scheme) != null;
    }

    /**
     * Opens a store.
     *
     * @throws KvException UNAVAILABLE if there is no backend for the scheme, or what {@link KvStoreProvider#open} throws
     */
    public static KvStore open(String scheme, String location, Map<String, String> options) {
        KvStoreProvider provider = find(scheme);
        if (provider == null) {
            TreeSet<String> known = new TreeSet<>();
            for (KvStoreProvider each : providers()) {
                known.add(each.scheme());
            }
            throw new KvException(
                    KvFailure.UNAVAILABLE,
                    "no key-value backend for '" + scheme + ":' is on the class path (found: "
                            + String.join(", ", known) + ")"
                            + switch (scheme) {
                                case "fdb" -> "; add verso-kv-foundationdb";
                                case "etcd" -> "; add verso-kv-etcd";
                                default -> "";
                            });
        }
        return provider.open(location, options);
    }

    private static KvStoreProvider find(String scheme) {
        for (KvStoreProvider each : providers()) {
            if (each.scheme().equals(scheme)) {
                return each;
            }
        }
        return null;
    }

    private static ServiceLoader<KvStoreProvider> providers() {
        return ServiceLoader.load(KvStoreProvider.class, KvStores.class.getClassLoader());
    }
}
