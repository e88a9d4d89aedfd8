/** The key-value SPI under the versioned page store, and the engine that embedded backends share. Depends on nothing. */
module dev.verso.kv {
    exports dev.verso.kv;
    exports dev.verso.kv.embedded;

    uses dev.verso.kv.KvStoreProvider;
}
