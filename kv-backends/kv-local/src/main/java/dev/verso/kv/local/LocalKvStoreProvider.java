package dev.verso.kv.local;

import dev.verso.kv.KvStore;
import dev.verso.kv.KvStoreProvider;
import java.nio.file.Path;
import java.util.Map;

/** {@code local:DIRECTORY}. */
public final class LocalKvStoreProvider implements KvStoreProvider {
    public LocalKvStoreProvider() {}

    @Override
    public String scheme() {
        return "local";
    }

    @Override
    public KvStore open(String location, Map<String, String> options) {
        boolean create = !"false".equals(options.get("create"));
        return LocalKvStore.open(Path.of(location), new LocalKvStore.Options().create(create));
    }
}
