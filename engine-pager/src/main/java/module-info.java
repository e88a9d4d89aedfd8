/** Page numbers to page images: snapshots, transactions, savepoints, the page cache, the memory store and the file store. */
module dev.verso.pager {
    exports dev.verso.error;
    exports dev.verso.pager;
    exports dev.verso.pager.file;
    exports dev.verso.pager.memory;
    exports dev.verso.pager.storage;
}
