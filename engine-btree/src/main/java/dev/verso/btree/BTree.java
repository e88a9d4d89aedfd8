package dev.verso.btree;

import dev.verso.pager.Pager;
import dev.verso.record.KeyInfo;
import dev.verso.record.TextEncoding;
import java.util.List;

/** One connection's view of the trees of one database. Owns its {@link Pager} and knows its open cursors. */
public final class BTree implements AutoCloseable {
    public BTree(Pager pager) {}

    public Pager pager() {
        throw new UnsupportedOperationException();
    }

    // ---- transactions: like the pager's, and cursors are kept right

    /** Opens a snapshot if none is open and checks the header. @throws dev.verso.error.DatabaseException NOTADB, CORRUPT, BUSY */
    public void beginRead() {
        throw new UnsupportedOperationException();
    }

    /** Becomes a writer; an empty database gets its page 1. */
    public void beginWrite(boolean exclusive) {
        throw new UnsupportedOperationException();
    }

    public void prepareCommit(String superJournal) {
        throw new UnsupportedOperationException();
    }

    public void finishCommit() {
        throw new UnsupportedOperationException();
    }

    /** Undoes the transaction; cursors that are open on it must be closed or sought again. */
    public void rollback() {
        throw new UnsupportedOperationException();
    }

    /** Closes the snapshot. No cursor may be open. */
    public void endRead() {
        throw new UnsupportedOperationException();
    }

    public int openSavepoint() {
        throw new UnsupportedOperationException();
    }

    public void releaseSavepoint(int level) {
        throw new UnsupportedOperationException();
    }

    public void rollbackToSavepoint(int level) {
        throw new UnsupportedOperationException();
    }

    // ---- header

    public TextEncoding encoding() {
        throw new UnsupportedOperationException();
    }

    /** Encoding for a database that is still empty; ignored otherwise. */
    public void encoding(TextEncoding encoding) {
        throw new UnsupportedOperationException();
    }

    public int headerField(HeaderField field) {
        throw new UnsupportedOperationException();
    }

    public void headerField(HeaderField field, int value) {
        throw new UnsupportedOperationException();
    }

    public int pageSize() {
        throw new UnsupportedOperationException();
    }

    public int usableBytes() {
        throw new UnsupportedOperationException();
    }

    /** Page size and reserved bytes for a database that is still empty; ignored otherwise. */
    public void pageSize(int pageSizeBytes, int reservedBytes) {
        throw new UnsupportedOperationException();
    }

    /** {@code PRAGMA auto_vacuum}: 0 none, 1 full, 2 incremental; to be set while the database is empty (1 and 2 may change any time). */
    public int autoVacuum() {
        throw new UnsupportedOperationException();
    }

    public void autoVacuum(int mode) {
        throw new UnsupportedOperationException();
    }

    /** Moves up to that many pages to the end and gives them up; for {@code PRAGMA incremental_vacuum}. @return pages given up */
    public int incrementalVacuum(int pages) {
        throw new UnsupportedOperationException();
    }

    // ---- trees

    /** Creates an empty tree and returns its root page. */
    public int createTree(TreeKind kind) {
        throw new UnsupportedOperationException();
    }

    /** Deletes all entries, keeps the root page. @return number of entries there were in a table tree's leaves (or an index tree) */
    public long clearTree(int rootPage) {
        throw new UnsupportedOperationException();
    }

    /**
     * Frees all pages of the tree. With auto-vacuum the last root page may move into the gap: the schema must then be changed.
     *
     * @return the old number of the root page that moved to {@code rootPage}, or 0
     */
    public int dropTree(int rootPage) {
        throw new UnsupportedOperationException();
    }

    public TableCursor openTable(int rootPage, boolean writable) {
        throw new UnsupportedOperationException();
    }

    public IndexCursor openIndex(int rootPage, KeyInfo keyInfo, boolean writable) {
        throw new UnsupportedOperationException();
    }

    /**
     * {@code PRAGMA integrity_check}'s part below SQL: walks these trees, the freelist and the pointer map.
     *
     * @param rootPages all roots of the schema, 1 included; a 0 skips the check for unused pages (a partial check)
     * @return SQLite's findings in SQLite's words, at most {@code maxFindings}; empty if all is well
     */
    public List<String> integrityCheck(int[] rootPages, int maxFindings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
