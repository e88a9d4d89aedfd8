/** Versioned pages over any key-value store: namespaces, versions, commits, time travel, import and export. */
module dev.verso.kv.pages {
    requires transitive dev.verso.kv;
    requires transitive dev.verso.pager;

    exports dev.verso.kv.pages;
}
