package dev.verso.kv.pages;

import java.util.BitSet;

/**
 * A commit, ready to be written.
 *
 * @param pageNumbers pages to write now, ascending; empty if all are staged
 * @param images their images
 * @param checked pages that must not have changed since the base, page 1 aside
 * @param readsFirstPage page 1 was read: its schema part must not have changed
 * @param writesFirstPage page 1 or the page count changes: no part of page 1 must have changed
 * @param flags of the {@link LogEntry}
 * @param pageCount after the commit
 * @param pageSizeBytes of the database
 * @param sizeChanges page count or page size are new
 * @param staging the staged pages, or null
 * @param rows the changed rows for the log, or null if they are not known
 */
record CommitPlan(
        int[] pageNumbers,
        byte[][] images,
        BitSet checked,
        boolean readsFirstPage,
        boolean writesFirstPage,
        int flags,
        int pageCount,
        int pageSizeBytes,
        boolean sizeChanges,
        Staging staging,
        byte[] rows) {

    /** True if it changes nothing, and only relies on what was read. */
    boolean isRead() {
        return pageNumbers.length == 0 && staging == null && !sizeChanges;
    }

    /** Pages that the commit changes, staged ones included. */
    int changedPages() {
        return staging == null ? pageNumbers.length : staging.pages().cardinality();
    }
}
