package dev.verso.pager;

/**
 * What a commit changes and what it relied on, handed from the pager to a {@link StoreSession}. Page numbers ascend.
 *
 * @param pageNumbers the dirty pages, ascending; those already staged and not edited since are not among them
 * @param images their new images, same order; the store may keep the arrays and must not edit them
 * @param pageCount number of pages of the database after the commit
 * @param readPages pages that the transaction read, ascending; empty unless {@link StoreSession#wantsReadSet}
 * @param rowChanges the changed rows, in a form that only the layer above the pager can read; null if they are not known
 * @param rebase how to carry the transaction out again on newer pages; null if that is not possible
 */
public record CommitSet(
        int[] pageNumbers, byte[][] images, int pageCount, int[] readPages, byte[] rowChanges, Rebase rebase) {
    /** A transaction of which only the pages are known. */
    public CommitSet(int[] pageNumbers, byte[][] images, int pageCount, int[] readPages) {
        this(pageNumbers, images, pageCount, readPages, null, null);
    }
}
