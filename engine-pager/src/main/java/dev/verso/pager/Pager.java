package dev.verso.pager;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import java.util.Arrays;
import java.util.BitSet;

/**
 * One connection's pages of one database: the snapshot it reads, the private copies it edits, its savepoints. Used by one thread at a
 * time. A page image that {@link #read} returns is immutable unless {@link #isPrivate} says that it is this pager's own copy.
 *
 * <p>Where a page is looked for, in this order: the transaction's own pages (private copies, and staged pages read back); the store's
 * staged pages; zeros, if the page lies in a part that this transaction cut off or appended; the shared cache at the snapshot's version;
 * the store. A transaction that has edited nothing goes straight to the cache.
 *
 * <p>Longer than most classes since the order of the lookup, the states of a transaction and what a savepoint must know of both share all
 * the fields here.
 *
 * <p>Invariants:
 * <ol>
 *   <li>Pages {@code 1..intactPages} that are neither own nor staged have the snapshot's content; those above have zeros.
 *   <li>An own page whose tag is {@link #CLEAN} equals its staged image and may be dropped at any time; all others must be staged or
 *       committed.
 *   <li>The tag of an edited own page is the serial of the savepoint that last saved it for undo. An edit under a younger savepoint
 *       saves it first. The array itself stays the same until it is staged, committed or undone.
 * </ol>
 */
public final class Pager implements AutoCloseable {
    /** Bytes of own pages that a transaction holds before {@link #safePoint} stages them: less where the JVM's heap is small. */
    public static final long DEFAULT_DIRTY_BYTES_LIMIT = shareOfHeap(8L << 20);

    private static final int HEAP_PARTS = 16;

    private static final long CLEAN = -1;

    private final PageStore store;
    private final StoreSession session;
    private final PageCache cache;
    private final boolean cached;
    private final boolean stages;
    private final boolean remote;
    private BusyHandler busyHandler = BusyHandler.NONE;
    private long dirtyBytesLimit = DEFAULT_DIRTY_BYTES_LIMIT;

    private boolean reading;
    private boolean writing;
    private boolean prepared;
    private boolean preparedNothing;
    /** Why this transaction can only be rolled back, or null. */
    private DatabaseException failure;

    private int pageSizeBytes;
    private long version;
    private int basePageCount;
    private int pageCount;
    private int intactPages;

    /** True once the transaction's own view differs from the snapshot. */
    private boolean touched;

    private final PageMap own = new PageMap();
    private final BitSet staged = new BitSet();
    private final BitSet readSet;
    private long stagingThresholdBytes = DEFAULT_DIRTY_BYTES_LIMIT;
    private byte[] zeroPage = new byte[0];

    private final SavepointStack savepoints = new SavepointStack();

    /** Who knows the rows; null if nobody does. */
    private TransactionRows rows;
    /** Of other commits, which the transaction is being carried out above; null but in a rebase. */
    private PendingPages pending;

    private final Rebase rebase = new Rebasing();

    private int[] missing = new int[16];
    private byte[][] fetched = new byte[16][];
    private long cacheHits;
    private long storeReads;

    public Pager(PageStore store) {
        this.store = store;
        this.session = store.newSession();
        this.cache = store.cache();
        this.cached = !cache.storesNothing();
        this.stages = session.wantsStaging();
        this.remote = session.isRemote();
        this.readSet = session.wantsReadSet() ? new BitSet() : null;
    }

    // ---- transactions

    /** Opens a snapshot if none is open. */
    public void beginRead() {
        if (!reading) {
            session.beginSnapshot(busyHandler);
            enterSnapshot();
        }
    }

    /**
     * Becomes a writer (opening a snapshot first if none is open). Where a snapshot is open already, a lock in the way is
     * {@code SQLITE_BUSY} at once: the holder may be waiting for this snapshot to end.
     */
    public void beginWrite(boolean exclusive) {
        if (writing) {
            if (exclusive) {
                session.beginWrite(true, busyHandler);
            }
            return;
        }
        requireNoFailure();
        if (reading) {
            session.beginWrite(exclusive, busyHandler);
            if (session.version() != version) {
                enterSnapshot();
            }
        } else {
            beginReadAndWrite(exclusive);
        }
        writing = true;
        stagingThresholdBytes = dirtyBytesLimit;
    }

    private void beginReadAndWrite(boolean exclusive) {
        for (int attempts = 0; ; attempts++) {
            session.beginSnapshot(busyHandler);
            try {
                session.beginWrite(exclusive, busyHandler);
                enterSnapshot();
                return;
            } catch (DatabaseException e) {
                session.endSnapshot();
                if (!e.isBusy() || !busyHandler.waitAgain(attempts)) {
                    throw e;
                }
            }
        }
    }

    public boolean isReading() {
        return reading;
    }

    public boolean isWriting() {
        return writing;
    }

    /** First phase of a commit, see {@link StoreSession#prepareCommit}. Does nothing for a transaction that wrote nothing. */
    public void prepareCommit(String superJournal) {
        requireWriting();
        preparedNothing = !hasChanges();
        if (preparedNothing) {
            prepared = true;
            return;
        }
        CommitSet commit = commitSet();
        try {
            session.prepareCommit(commit, superJournal, busyHandler);
        } catch (DatabaseException e) {
            throw noted(e);
        }
        prepared = true;
    }

    /** True between the two phases of a commit. */
    public boolean isPrepared() {
        return prepared;
    }

    /** True if a commit of this transaction would change the database. */
    public boolean hasChanges() {
        return writing
                && touched
                && (own.size() > 0 || !staged.isEmpty() || pageCount != basePageCount || intactPages < basePageCount);
    }

    /** Second phase: publishes the pages and ends the write; the snapshot stays open until {@link #endRead}. */
    public void finishCommit() {
        finishCommit(true);
    }

    /** @param readsOn false if {@link #endRead} follows, and nothing is read before */
    public void finishCommit(boolean readsOn) {
        requireWriting();
        if (preparedNothing) {
            session.rollback();
        } else {
            try {
                if (readsOn) {
                    session.finishCommit();
                } else {
                    session.finishCommitBeforeEnd();
                }
            } catch (DatabaseException e) {
                throw noted(e);
            }
        }
        leaveWrite();
        if (readsOn) {
            enterSnapshot();
        } else {
            pageCount = 0;
        }
    }

    /** After a commit of another database of the connection: the snapshot that stays open moves on with that one's. */
    public void followOthers() {
        if (reading && !writing) {
            session.followOthers();
            if (session.version() != version) {
                enterSnapshot();
            }
        }
    }

    /** Throws away all edits and all savepoints and ends the write; the snapshot stays open. */
    public void rollback() {
        if (!writing) {
            savepoints.drop(0);
            return;
        }
        try {
            session.rollback();
        } catch (RuntimeException | Error e) {
            leaveWrite();
            pageCount = 0;
            failure = e instanceof DatabaseException known
                    ? known
                    : new DatabaseException(ResultCode.INTERNAL, String.valueOf(e.getMessage()), e);
            throw e;
        }
        leaveWrite();
        enterSnapshot();
    }

    /** Closes the snapshot. Images that were handed out stay as they are. */
    public void endRead() {
        if (writing) {
            rollback();
        }
        if (reading) {
            reading = false;
            failure = null;
            pageCount = 0;
            session.endSnapshot();
        }
    }

    private void enterSnapshot() {
        pageSizeBytes = session.pageSize();
        savepoints.pageSizeBytes(pageSizeBytes);
        version = session.version();
        basePageCount = session.pageCount();
        pageCount = basePageCount;
        intactPages = basePageCount;
        touched = false;
        cache.observe(version);
        if (readSet != null) {
            readSet.clear();
        }
        if (rows != null && !prepared) {
            rows.clear();
        }
        reading = true;
    }

    private void leaveWrite() {
        own.clear();
        staged.clear();
        savepoints.drop(0);
        writing = false;
        prepared = false;
        preparedNothing = false;
        touched = false;
        failure = null;
        pending = null;
    }

    // ---- rows

    /** True if commits can pass that collide with others on pages only, given {@link #rows}. */
    public boolean wantsRows() {
        return readSet != null;
    }

    /** Who knows the rows of this pager's transactions. */
    public void rows(TransactionRows knowing) {
        rows = knowing;
    }

    /** Carries the prepared transaction out again, through the layer that knows its rows. */
    private final class Rebasing implements Rebase {
        @Override
        public boolean conflictsWith(byte[] rowChanges) {
            return rows.conflictsWith(rowChanges);
        }

        @Override
        public boolean conflictsWithSchema(byte[] rowChanges) {
            return rows.conflictsWithSchema(rowChanges);
        }

        @Override
        public void begin() {
            rows.collect();
        }

        @Override
        public CommitSet onto(PendingPages newer) {
            int[] written = editedPageNumbers();
            own.clear();
            savepoints.drop(0);
            enterSnapshot();
            pending = newer;
            touched = true;
            // Those of them that others have changed, together.
            prefetch(written, written.length);
            rows.reapply();
            return commitSet();
        }
    }

    private CommitSet commitSet() {
        for (int page = intactPages + 1; page <= pageCount; page++) {
            if (own.find(page) < 0 && !staged.get(page)) {
                own.put(page, zeroPage(), 0);
            }
        }
        int[] numbers = editedPageNumbers();
        int[] readPages = readSet == null ? new int[0] : readSet.stream().toArray();
        if (rows == null || !staged.isEmpty()) {
            return new CommitSet(numbers, ownImages(numbers), pageCount, readPages);
        }
        return new CommitSet(
                numbers, ownImages(numbers), pageCount, readPages, rows.changes(), rows.canReapply() ? rebase : null);
    }

    /** True if rows were read on the open snapshot. */
    boolean hasReads() {
        return reading && rows != null && rows.hasReads();
    }

    /** What was read on the open snapshot, for the commit of another database. */
    CommitSet reads() {
        int[] readPages = readSet.stream().toArray();
        return new CommitSet(new int[0], new byte[0][], pageCount, readPages, null, rows.canReapply() ? rebase : null);
    }

    private int[] editedPageNumbers() {
        int[] numbers = own.sortedPageNumbers();
        int count = 0;
        for (int number : numbers) {
            if (own.tag(own.find(number)) != CLEAN) {
                numbers[count++] = number;
            }
        }
        return count == numbers.length ? numbers : Arrays.copyOf(numbers, count);
    }

    private byte[][] ownImages(int[] numbers) {
        byte[][] images = new byte[numbers.length][];
        for (int i = 0; i < numbers.length; i++) {
            images[i] = own.image(own.find(numbers[i]));
        }
        return images;
    }

    // ---- savepoints

    /** Opens a nested savepoint and returns its level, from 0. */
    public int openSavepoint() {
        return savepoints.open(touched ? pageCount : Savepoint.AS_SNAPSHOT, intactPages);
    }

    /** Forgets this savepoint and those above it; the edits stay. */
    public void releaseSavepoint(int level) {
        savepoints.release(level);
    }

    /** Undoes the edits since this savepoint, which stays open; those above it are gone. */
    public void rollbackToSavepoint(int level) {
        Savepoint savepoint = savepoints.at(level);
        for (int i = savepoints.count() - 1; i >= level; i--) {
            restore(savepoints.at(i).undo);
        }
        savepoints.drop(level + 1);
        savepoints.forgetUndo(savepoint);
        boolean asSnapshot = savepoint.pageCount == Savepoint.AS_SNAPSHOT;
        if (reading) {
            pageCount = asSnapshot ? basePageCount : savepoint.pageCount;
            intactPages = asSnapshot ? basePageCount : savepoint.intactPages;
        }
    }

    private void restore(PageMap undo) {
        for (int place = 0; place < undo.places(); place++) {
            if (undo.pageNumber(place) != 0 && undo.tag(place) == Savepoint.ABSENT) {
                assert !staged.get(undo.pageNumber(place)) : "a page was staged and its old image not saved";
                own.remove(undo.pageNumber(place));
            }
        }
        for (int place = 0; place < undo.places(); place++) {
            if (undo.pageNumber(place) != 0 && undo.tag(place) != Savepoint.ABSENT) {
                own.put(undo.pageNumber(place), savepoints.image(undo, place), 0);
                safePoint();
            }
        }
    }

    /** Number of open savepoints. */
    public int savepointCount() {
        return savepoints.count();
    }

    // ---- pages

    /** Bytes of a page; fixed once the database has a page. */
    public int pageSize() {
        return reading ? pageSizeBytes : session.pageSize();
    }

    /** Page size for a database that is still empty; ignored otherwise. */
    public void pageSize(int bytes) {
        if (own.size() == 0) {
            session.pageSize(bytes);
            if (reading) {
                pageSizeBytes = session.pageSize();
                savepoints.pageSizeBytes(pageSizeBytes);
            }
        }
    }

    /** Pages of the database as this connection sees it, its own edits included; 0 for an empty one. */
    public int pageCount() {
        return pageCount;
    }

    /** Grows or shrinks the database. New pages are zero until edited; edits of pages past the end are forgotten. */
    public void pageCount(int pages) {
        requireWriting();
        if (pages < 0) {
            throw new DatabaseException(
                    ResultCode.FULL, "database or disk is full: " + where() + " has no room for more pages");
        }
        if (pages < pageCount) {
            forgetPagesAfter(pages);
        }
        if (pages != pageCount) {
            pageCount = pages;
            touched = true;
        }
    }

    private void forgetPagesAfter(int pages) {
        for (int page : own.sortedPageNumbers()) {
            if (page > pages) {
                int place = own.find(page);
                if (savepoints.count() > 0 && own.tag(place) != CLEAN) {
                    savepoints.save(page, own.image(place));
                }
                own.remove(page);
            }
        }
        for (int page = staged.nextSetBit(pages + 1); page >= 0; page = staged.nextSetBit(page + 1)) {
            if (savepoints.count() > 0 && !savepoints.topHas(page)) {
                savepoints.save(page, session.readPage(page));
            }
            staged.clear(page);
        }
        if (savepoints.count() > 0) {
            for (int page = pages + 1; page <= intactPages; page++) {
                savepoints.saveAbsent(page);
            }
        }
        intactPages = Math.min(intactPages, pages);
    }

    /**
     * The page's image for reading. Never allocates when the page is cached or edited.
     *
     * @throws dev.verso.error.DatabaseException CORRUPT if the number is 0 or past the end
     */
    public byte[] read(int pageNumber) {
        if (pageNumber <= 0 || pageNumber > pageCount) {
            throw outside(pageNumber);
        }
        if (readSet != null) {
            readSet.set(pageNumber);
        }
        if (touched) {
            byte[] image = readTouched(pageNumber);
            if (image != null) {
                return image;
            }
        }
        byte[] image = cache.get(pageNumber, version);
        if (image != null) {
            cacheHits++;
            return image;
        }
        return readFromStore(pageNumber);
    }

    /** The transaction's own view of the page, or null if it is that of the snapshot. */
    private byte[] readTouched(int pageNumber) {
        int place = own.find(pageNumber);
        if (place >= 0) {
            return own.image(place);
        }
        if (staged.get(pageNumber)) {
            return readStaged(pageNumber);
        }
        if (pageNumber > intactPages) {
            return zeroPage();
        }
        return pending == null ? null : pending.image(pageNumber);
    }

    private byte[] readStaged(int pageNumber) {
        if ((own.size() + 1L) * pageSizeBytes > dirtyBytesLimit) {
            dropCleanPages();
        }
        storeReads++;
        byte[] image = session.readPage(pageNumber);
        own.put(pageNumber, image, CLEAN);
        return image;
    }

    private byte[] readFromStore(int pageNumber) {
        byte[] image = session.readPage(pageNumber);
        storeReads++;
        if (cached) {
            cache.put(pageNumber, version, image);
        }
        return image;
    }

    private byte[] zeroPage() {
        if (zeroPage.length != pageSizeBytes) {
            zeroPage = new byte[pageSizeBytes];
        }
        return zeroPage;
    }

    private void dropCleanPages() {
        for (int page : own.sortedPageNumbers()) {
            if (own.tag(own.find(page)) == CLEAN) {
                own.remove(page);
            }
        }
    }

    /**
     * The page's private copy, made on the first edit. Edit in place, and ask again after {@link #openSavepoint} and
     * {@link #safePoint}: an edit that this pager does not hear of is not undone by the savepoint, or lost.
     */
    public byte[] edit(int pageNumber) {
        requireWriting();
        if (pageNumber <= 0 || pageNumber > pageCount) {
            throw outside(pageNumber);
        }
        int place = own.find(pageNumber);
        if (place < 0) {
            return editFirst(pageNumber);
        }
        byte[] image = own.image(place);
        long tag = own.tag(place);
        if (tag >= savepoints.topSerial()) {
            return image;
        }
        if (savepoints.count() > 0) {
            savepoints.save(pageNumber, image);
        }
        if (tag == CLEAN) {
            image = image.clone();
            own.put(pageNumber, image, savepoints.topSerial());
        } else {
            own.tag(place, savepoints.topSerial());
        }
        return image;
    }

    private byte[] editFirst(int pageNumber) {
        byte[] old = read(pageNumber);
        if (savepoints.count() > 0) {
            if (staged.get(pageNumber)) {
                savepoints.save(pageNumber, old);
            } else {
                savepoints.saveAbsent(pageNumber);
            }
        }
        byte[] image = old.clone();
        own.put(pageNumber, image, savepoints.topSerial());
        touched = true;
        return image;
    }

    /** Like {@link #edit} for a page whose old content is of no interest: zeroed, and not read from storage. */
    public byte[] editNew(int pageNumber) {
        requireWriting();
        if (pageNumber <= 0 || pageNumber > pageCount) {
            throw outside(pageNumber);
        }
        if (own.find(pageNumber) >= 0 || savepoints.count() > 0 && staged.get(pageNumber)) {
            byte[] image = edit(pageNumber);
            Arrays.fill(image, (byte) 0);
            return image;
        }
        if (savepoints.count() > 0) {
            savepoints.saveAbsent(pageNumber);
        }
        byte[] image = new byte[pageSizeBytes];
        own.put(pageNumber, image, savepoints.topSerial());
        touched = true;
        return image;
    }

    /** True if {@link #read} of this page returns a private copy, which later edits change under the reader. */
    public boolean isPrivate(int pageNumber) {
        return touched && (own.find(pageNumber) >= 0 || staged.get(pageNumber));
    }

    /**
     * Called where the caller holds no array that {@link #edit} gave it: between two changes of a tree, and now and then within a long
     * one. If the transaction's pages take more bytes than their limit, they go to the store ({@link StoreSession#stage}).
     */
    public void safePoint() {
        if ((long) own.size() * pageSizeBytes > stagingThresholdBytes
                && stages
                && writing
                && failure == null
                && !prepared) {
            stage();
        }
    }

    private void stage() {
        int[] numbers = editedPageNumbers();
        if (numbers.length == 0) {
            dropCleanPages();
            return;
        }
        for (int page : numbers) {
            if (savepoints.count() > 0 && !staged.get(page)) {
                saveSnapshotImage(page);
            }
        }
        try {
            session.stage(numbers, ownImages(numbers), numbers.length, BusyHandler.NONE);
        } catch (DatabaseException e) {
            if (e.isBusy()) {
                // Readers are in the way of writing to the file: go on in memory, and try again when there is much
                // more.
                stagingThresholdBytes = (long) own.size() * pageSizeBytes * 2;
                return;
            }
            throw noted(e);
        }
        for (int page : numbers) {
            staged.set(page);
        }
        own.clear();
        stagingThresholdBytes = dirtyBytesLimit;
    }

    /** A savepoint that noted the page as not yet edited can't get its content from the store any more once it is staged. */
    private void saveSnapshotImage(int pageNumber) {
        for (int i = 0; i < savepoints.count(); i++) {
            Savepoint savepoint = savepoints.at(i);
            int place = savepoint.undo.find(pageNumber);
            if (place >= 0 && savepoint.undo.tag(place) == Savepoint.ABSENT) {
                byte[] old = zeroPage();
                if (pageNumber <= basePageCount && pageNumber <= savepoint.intactPages) {
                    old = cache.get(pageNumber, version);
                    old = old != null ? old : readFromStore(pageNumber);
                }
                savepoints.saveIn(savepoint, pageNumber, old);
            }
        }
    }

    /** True if each read of a page that is not at hand costs a round trip. */
    public boolean isRemote() {
        return remote;
    }

    /** Pages that {@link #prefetch} takes at once. */
    public int prefetchLimit() {
        // More would push each other out of the cache's queue of new pages before they are read.
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, cache.capacityBytes() / (16L * pageSizeBytes)));
    }

    /** The page's image if it can be had without asking the store, else null. Looking at it is no read of the transaction. */
    public byte[] atHand(int pageNumber) {
        if (pageNumber <= 0 || pageNumber > pageCount) {
            return null;
        }
        if (touched) {
            int place = own.find(pageNumber);
            if (place >= 0) {
                return own.image(place);
            }
            if (staged.get(pageNumber) || pageNumber > intactPages) {
                return null;
            }
            byte[] image = pending == null ? null : pending.image(pageNumber);
            if (image != null) {
                return image;
            }
        }
        return cache.get(pageNumber, version);
    }

    /** Asks for pages that will be read soon, in one batch where that saves round trips; does nothing for those at hand. */
    public void prefetch(int[] pageNumbers, int count) {
        if (!cached) {
            return;
        }
        if (missing.length < count) {
            missing = new int[count];
            fetched = new byte[count][];
        }
        int limit = prefetchLimit();
        int wanted = 0;
        for (int i = 0; i < count && wanted < limit; i++) {
            int page = pageNumbers[i];
            boolean isPending = pending != null && pending.image(page) != null;
            if (page > 0 && page <= intactPages && !isPrivate(page) && !isPending && !cache.contains(page, version)) {
                missing[wanted++] = page;
            }
        }
        if (wanted == 0) {
            return;
        }
        session.readPages(missing, wanted, fetched);
        storeReads += wanted;
        for (int i = 0; i < wanted; i++) {
            cache.put(missing[i], version, fetched[i]);
            fetched[i] = null;
        }
    }

    /** Reads served by the store since this pager was opened (cache misses): what tests of round trips look at. */
    public long storeReads() {
        return storeReads;
    }

    /** Reads served by the shared cache since this pager was opened. */
    public long cacheHits() {
        return cacheHits;
    }

    /** Version of the open snapshot. */
    public long version() {
        return version;
    }

    // ---- settings

    public PageStore store() {
        return store;
    }

    /** The store's session, for its journal mode and the like. */
    public StoreSession session() {
        return session;
    }

    public void busyHandler(BusyHandler handler) {
        busyHandler = handler;
    }

    public BusyHandler busyHandler() {
        return busyHandler;
    }

    private static long shareOfHeap(long bytes) {
        return Math.min(bytes, Runtime.getRuntime().maxMemory() / HEAP_PARTS);
    }

    /**
     * Bytes of dirty pages that a transaction may hold before it stages them; savepoints may hold as much again for undo. Not more than a share of the
     * heap, unless there is no limit at all ({@link Long#MAX_VALUE}).
     */
    public void dirtyBytesLimit(long bytes) {
        dirtyBytesLimit = bytes == Long.MAX_VALUE ? bytes : shareOfHeap(bytes);
        savepoints.limitBytes(dirtyBytesLimit);
        stagingThresholdBytes = dirtyBytesLimit;
    }

    @Override
    public void close() {
        try {
            endRead();
        } finally {
            try {
                session.close();
            } finally {
                savepoints.close();
            }
        }
    }

    // ---- errors

    /** Remembers a failure after which nobody can say what the storage holds: only a rollback helps. */
    private DatabaseException noted(DatabaseException e) {
        if (!e.isBusy()) {
            failure = e;
        }
        return e;
    }

    private void requireNoFailure() {
        if (failure != null) {
            throw new DatabaseException(
                    failure.code(), failure.getMessage() + " (the transaction must be rolled back)", failure);
        }
    }

    private void requireWriting() {
        requireNoFailure();
        if (!writing) {
            throw new DatabaseException(ResultCode.MISUSE, "no write transaction is open on " + where());
        }
    }

    private DatabaseException outside(int pageNumber) {
        requireNoFailure();
        if (!reading) {
            return new DatabaseException(ResultCode.MISUSE, "no snapshot is open on " + where());
        }
        return new DatabaseException(
                ResultCode.CORRUPT,
                ResultCode.CORRUPT.text() + ": " + where() + ": page " + pageNumber + " is outside 1.." + pageCount);
    }

    private String where() {
        return store.name().isEmpty() ? "the private database" : store.name();
    }
}
