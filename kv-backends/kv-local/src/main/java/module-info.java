/** The embedded default: a durable key-value store in one directory, over H2's MVStore. */
module dev.verso.kv.local {
    requires transitive dev.verso.kv;
    requires com.h2database.mvstore;

    exports dev.verso.kv.local;

    provides dev.verso.kv.KvStoreProvider with
            dev.verso.kv.local.LocalKvStoreProvider;
}
