package dev.verso.pager.file;

import dev.verso.error.DatabaseException;
import dev.verso.pager.CommitSet;
import dev.verso.pager.JournalMode;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What one write transaction does to the file. The caller holds the locks that each step needs, EXCLUSIVE for all but rolling back what
 * never began. The steps of a commit, each of which a crash may be the last of:
 *
 * <ol>
 *   <li>The originals of all pages to be changed or cut off go to the journal, which is made durable. A crash up to here leaves the
 *       database as it was; from here on the journal is hot.
 *   <li>The new pages are written to the database, its size is set, it is synced.
 *   <li>The journal is dropped (deleted, cut to nothing, or its header blanked): the transaction is committed.
 * </ol>
 *
 * Staging is steps 1 and 2 for a part of the pages; rolling back is playing the journal back.
 */
final class FileTransaction {
    private final FileDatabase database;
    private final long version;
    private final int pageSizeBytes;
    private final int originalPageCount;
    private final JournalMode journalMode;
    private final int synchronous;
    private final boolean leavesWalMode;

    private long journalSizeLimit = -1;
    private TransactionJournal journal;
    private final BitSet journaled = new BitSet();
    private final BitSet written = new BitSet();
    /** True once the file may differ from the snapshot. */
    private boolean databaseTouched;

    /** Page size and count after the commit; 0 if the size stays. */
    private int newPageSizeBytes;

    private int newPageCount;
    private byte[] lockPage;
    private CommitSet prepared;
    private byte[] preparedPage1;
    private boolean tied;

    /** {@code leavesWalMode} if the header must say that the file is not in WAL mode any more. */
    FileTransaction(
            FileDatabase database,
            long version,
            int pageSizeBytes,
            int originalPageCount,
            JournalMode journalMode,
            int synchronous,
            boolean leavesWalMode) {
        this.database = database;
        this.version = version;
        this.pageSizeBytes = pageSizeBytes;
        this.originalPageCount = originalPageCount;
        this.journalMode = journalMode;
        this.synchronous = database.isPrivate() ? 0 : synchronous;
        this.leavesWalMode = leavesWalMode;
    }

    /** Bytes that the journal may keep where it outlives the transaction; -1 for any number. */
    void journalSizeLimit(long bytes) {
        journalSizeLimit = bytes;
    }

    void stage(int[] pageNumbers, byte[][] images, int count) {
        openJournal();
        for (int i = 0; i < count; i++) {
            journalOriginal(pageNumbers[i]);
        }
        writeDurably(pageNumbers, images, count);
    }

    /** The pages written are parts of a database of another page size: {@link dev.verso.pager.StoreSession#becomes}. */
    void becomes(int pageSize, int pageCount, byte[] onLockPage) {
        newPageSizeBytes = pageSize;
        newPageCount = pageCount;
        lockPage = onLockPage;
    }

    /** Needs no place in the journal: the database as it was has nothing there. */
    private void writeLockPage() {
        int first = DatabaseHeader.lockPage(newPageSizeBytes); // pages of all sizes begin at the lock bytes
        int count = Math.min(lockPage.length / newPageSizeBytes, newPageCount - first + 1);
        PageWriter writer = database.pageWriter(newPageSizeBytes, count);
        for (int i = 1; i < count; i++) {
            writer.write(first + i, lockPage, i * newPageSizeBytes);
        }
        writer.flush();
    }

    private long bytesAfter(CommitSet commit) {
        return newPageSizeBytes == 0
                ? (long) commit.pageCount() * pageSizeBytes
                : (long) newPageCount * newPageSizeBytes;
    }

    /** {@code superJournal} may be null. */
    void prepare(CommitSet commit, String superJournal) {
        openJournal();
        prepared = withStampedHeader(commit);
        int[] numbers = prepared.pageNumbers();
        for (int number : numbers) {
            journalOriginal(number);
        }
        for (int number = commit.pageCount() + 1; number <= originalPageCount; number++) {
            journalOriginal(number);
        }
        tied = superJournal != null;
        if (tied) {
            journal.addSuperJournal(superJournal);
        }
        writeDurably(numbers, prepared.images(), numbers.length);
        if (lockPage != null) {
            writeLockPage();
        }
        database.truncate(bytesAfter(commit));
        if (synchronous > 0) {
            database.sync();
        }
    }

    private void openJournal() {
        if (journal != null) {
            return;
        }
        if (!database.isPrivate()) {
            database.requireUnmoved();
        }
        boolean inMemory = database.isPrivate() || journalMode == JournalMode.MEMORY || journalMode == JournalMode.OFF;
        if (inMemory) {
            journal = new MemoryJournal();
            return;
        }
        FileJournal file = new FileJournal(database, pageSizeBytes, originalPageCount, ending(), synchronous);
        file.sizeLimit(journalSizeLimit);
        journal = file;
    }

    private FileJournal.Ending ending() {
        return switch (journalMode) {
            case TRUNCATE -> FileJournal.Ending.TRUNCATE;
            case PERSIST -> FileJournal.Ending.PERSIST;
            default -> FileJournal.Ending.DELETE;
        };
    }

    private void journalOriginal(int pageNumber) {
        if (pageNumber > originalPageCount
                || journaled.get(pageNumber)
                || pageNumber == DatabaseHeader.lockPage(pageSizeBytes)) {
            return;
        }
        byte[] original = database.cache().get(pageNumber, version);
        journal.add(pageNumber, original != null ? original : database.readPage(pageNumber, pageSizeBytes));
        journaled.set(pageNumber);
    }

    private void writeDurably(int[] pageNumbers, byte[][] images, int count) {
        journal.makeDurable();
        if (leavesWalMode) {
            database.deleteWalFiles();
        }
        databaseTouched = true;
        PageWriter writer = database.pageWriter(pageSizeBytes, count);
        for (int i = 0; i < count; i++) {
            writer.write(pageNumbers[i], images[i], 0);
            written.set(pageNumbers[i]);
        }
        writer.flush();
        database.countWrite();
    }

    /** Page 1 takes part in every commit: its change counter is what tells others that their caches are old. */
    private CommitSet withStampedHeader(CommitSet commit) {
        if (commit.pageCount() == 0) {
            return commit;
        }
        int[] numbers = commit.pageNumbers();
        byte[][] images = commit.images();
        if (numbers.length > 0 && numbers[0] == 1) {
            images = images.clone();
            images[0] = images[0].clone();
        } else {
            int count = numbers.length;
            int[] allNumbers = new int[count + 1];
            byte[][] allImages = new byte[count + 1][];
            System.arraycopy(numbers, 0, allNumbers, 1, count);
            System.arraycopy(images, 0, allImages, 1, count);
            allNumbers[0] = 1;
            byte[] published = written.get(1) ? null : database.cache().get(1, version);
            allImages[0] = published != null ? published.clone() : database.readPage(1, pageSizeBytes);
            numbers = allNumbers;
            images = allImages;
        }
        DatabaseHeader.stamp(
                images[0], database.changeCounter() + 1, newPageSizeBytes == 0 ? commit.pageCount() : newPageCount);
        if (leavesWalMode) {
            images[0][DatabaseHeader.WRITE_VERSION] = 1;
            images[0][DatabaseHeader.READ_VERSION] = 1;
        }
        preparedPage1 = images[0];
        return new CommitSet(numbers, images, commit.pageCount(), commit.readPages());
    }

    /**
     * Drops the journal. Throws if the transaction is not committed. A failure after the moment of commit is returned, since it does not
     * undo it; a transaction that is tied to others was committed when their super-journal went, and its journal, if it cannot be dropped,
     * means nothing to whoever finds it, so that is no failure.
     */
    DatabaseException commit() {
        try {
            journal.drop();
            return null;
        } catch (DatabaseException e) {
            boolean committed = tied || journal instanceof FileJournal file && file.isDropped();
            if (!committed) {
                throw e;
            }
            abandonJournal();
            return tied ? null : e;
        }
    }

    /** Makes what was committed what the process knows of the file. */
    void publish() {
        if (newPageSizeBytes != 0) {
            database.forget();
            database.refresh();
            return;
        }
        int[] numbers = prepared.pageNumbers();
        for (int number : numbers) {
            written.clear(number);
        }
        int[] changed = Arrays.copyOf(numbers, numbers.length + written.cardinality());
        int count = numbers.length;
        for (int number = written.nextSetBit(0); number >= 0; number = written.nextSetBit(number + 1)) {
            changed[count++] = number;
        }
        byte[][] images = Arrays.copyOf(prepared.images(), count);
        database.publish(preparedPage1, pageSizeBytes, prepared.pageCount(), changed, images);
    }

    void rollBack() {
        if (databaseTouched) {
            PageWriter writer = database.pageWriter(pageSizeBytes, 64);
            journal.playBack(writer);
            writer.flush();
            database.truncate((long) originalPageCount * pageSizeBytes);
            if (synchronous > 0) {
                database.sync();
            }
        }
        if (journal != null) {
            journal.drop();
        }
    }

    /** Leaves the journal, if there is one, to whoever finds it. */
    void abandonJournal() {
        if (journal instanceof FileJournal file) {
            file.close();
        }
    }
}
