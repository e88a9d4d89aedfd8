/** FoundationDB's semantics in memory: for tests, simulations and {@code mem:} URLs. */
module dev.verso.kv.memory {
    requires transitive dev.verso.kv;

    exports dev.verso.kv.memory;

    provides dev.verso.kv.KvStoreProvider with
            dev.verso.kv.memory.MemoryKvStoreProvider;
}
