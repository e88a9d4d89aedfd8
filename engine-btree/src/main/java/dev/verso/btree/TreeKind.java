package dev.verso.btree;

/** The two kinds of tree; the index kind also carries WITHOUT ROWID tables. */
public enum TreeKind {
    TABLE,
    INDEX
}
