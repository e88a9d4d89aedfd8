/** Trees of pages: cursors, balancing, overflow, freelist, pointer map, integrity check (file format §1.5 to §1.8). Hot. Begin with {@link dev.verso.btree.BTree}. */
package dev.verso.btree;
