package dev.verso.pager.file;

/** What undoes one write transaction: the original images of the pages that it overwrites. */
interface TransactionJournal {
    /** Keeps the page's original image. */
    void add(int pageNumber, byte[] original);

    /** Names the super-journal; nothing can be added afterwards. */
    void addSuperJournal(String superJournal);

    /** Returns when all that was added survives a crash: from now on those pages may be overwritten. */
    void makeDurable();

    /** Writes all original images that were made durable back to the database. */
    void playBack(PageWriter target);

    /** Drops the journal. For a transaction that is prepared this is the moment of its commit. */
    void drop();
}
