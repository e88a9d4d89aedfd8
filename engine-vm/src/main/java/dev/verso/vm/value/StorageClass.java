package dev.verso.vm.value;

/** The storage classes of sqlite.org/datatype3.html, in sort order. */
public enum StorageClass {
    NULL,
    INTEGER,
    REAL,
    TEXT,
    BLOB
}
