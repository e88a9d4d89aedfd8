/** Records, B-tree cursors, balancing, overflow, freelist, pointer map, integrity check. */
module dev.verso.btree {
    requires transitive dev.verso.pager;

    exports dev.verso.btree;
    exports dev.verso.record;
}
