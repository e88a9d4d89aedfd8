package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvException;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import dev.verso.pager.BigEndian;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Uploads pages of a transaction that is too large for one transaction of the store. Each page goes under its own key at once, marked
 * with the staged transaction's id; readers pass it over until the key {@code x ID} exists, which the commit writes. So the commit is
 * small however many pages there are, and nothing is copied afterwards.
 *
 * <p>Uploads travel in the background. A page staged again replaces its entry. Uploads touch no conflict ranges: the commit claims all pages at once.
 */
final class Staging {
    /** In a manifest chunk the page list follows the upload's time. */
    static final int MANIFEST_LIST_OFFSET = 8;

    /**
     * Uploads under way at once; each lane has a fence of its own. So the statement goes on while pages travel, and what is held in memory
     * stays below {@code LANES * MOST_UPLOAD_BYTES}.
     */
    static final int LANES = 2;

    private static final int NEVER_STAGED = -1;
    private static final int MOST_UPLOAD_BYTES = 4_000_000;
    private static final int PAGE_OVERHEAD_BYTES = 64;
    private static final int TRIES = 20;
    private static final int CLEARED_AT_ONCE = 4_000;

    private final KvStore store;
    private final NamespaceKeys keys;
    private final String name;
    private final Fence[] fences;
    private final StagedId id;
    private final boolean compress;
    private final int pageSizeBytes;

    /** By chunk; null while it is under way. */
    private final List<Versionstamp> chunkStamps = new ArrayList<>();

    private final Upload[] underWay = new Upload[LANES];

    /** What an upload failed with, or null: the transaction can only be rolled back. */
    private DatabaseException lost;

    /** By page number, which chunk has the newest entry. */
    private int[] chunkOfPage = new int[64];

    private final BitSet pages = new BitSet();

    Staging(VersionedStore database, Fence[] fences, StagedId id, boolean compress, int pageSizeBytes) {
        store = database.store();
        keys = database.keys();
        name = database.name();
        this.pageSizeBytes = pageSizeBytes;
        this.fences = fences;
        this.id = id;
        this.compress = compress;
    }

    StagedId id() {
        return id;
    }

    /** The staged pages. Not to be edited. */
    BitSet pages() {
        return pages;
    }

    boolean has(int pageNumber) {
        return pages.get(pageNumber);
    }

    /** Key of the page's newest staged entry, which has arrived. */
    private byte[] key(int pageNumber) {
        return NamespaceKeys.stamped(keys.page(pageNumber), chunkStamps.get(chunkOfPage[pageNumber]));
    }

    /** Uploads pages, in ascending order, and returns while the last ones may still be on their way. */
    void upload(int[] pageNumbers, byte[][] images, int count) {
        long most = Math.min(MOST_UPLOAD_BYTES, store.limits().transactionBytes() / 2);
        int from = 0;
        while (from < count) {
            int to = from;
            long bytes = 0;
            while (to < count && (to == from || bytes + images[to].length + PAGE_OVERHEAD_BYTES <= most)) {
                bytes += images[to].length + PAGE_OVERHEAD_BYTES;
                to++;
            }
            begin(Arrays.copyOfRange(pageNumbers, from, to), Arrays.copyOfRange(images, from, to));
            from = to;
        }
    }

    /** Waits until all uploads have arrived. */
    void awaitUploads() {
        for (int lane = 0; lane < LANES; lane++) {
            finish(lane);
        }
    }

    private void begin(int[] pageNumbers, byte[][] images) {
        requireWhole();
        int chunk = chunkStamps.size();
        int lane = chunk % LANES;
        finish(lane);
        for (int page : pageNumbers) {
            if (has(page)) {
                // Its entry is replaced, so its key must be known.
                arrived(page);
            }
        }
        ByteArrayOutputStream manifest = new ByteArrayOutputStream();
        byte[] time = new byte[MANIFEST_LIST_OFFSET];
        BigEndian.put64(time, 0, store.clock().micros());
        manifest.writeBytes(time);
        PageList.write(manifest, pageNumbers);
        int[] before = new int[pageNumbers.length];
        for (int i = 0; i < before.length; i++) {
            before[i] = has(pageNumbers[i]) ? chunkOfPage[pageNumbers[i]] : NEVER_STAGED;
        }
        underWay[lane] = new Upload(chunk, pageNumbers, images, before, manifest.toByteArray(), fences[lane]);
        chunkStamps.add(null);
        for (int page : pageNumbers) {
            if (page >= chunkOfPage.length) {
                chunkOfPage = Arrays.copyOf(chunkOfPage, Math.max(page + 1, page + (page >> 1)));
            }
            chunkOfPage[page] = chunk;
            pages.set(page);
        }
        underWay[lane].send();
    }

    /** Waits for the page's newest upload. */
    private void arrived(int page) {
        int chunk = chunkOfPage[page];
        if (chunkStamps.get(chunk) == null) {
            finish(chunk % LANES);
        }
    }

    private void finish(int lane) {
        requireWhole();
        Upload upload = underWay[lane];
        if (upload == null) {
            return;
        }
        underWay[lane] = null;
        try {
            chunkStamps.set(upload.chunk, upload.await());
        } catch (DatabaseException e) {
            lost = e;
            throw e;
        }
    }

    private void requireWhole() {
        if (lost != null) {
            throw new DatabaseException(lost.code(), lost.getMessage(), lost);
        }
    }

    /** Pages on their way to the store. */
    private final class Upload {
        private final int chunk;
        private final int[] pageNumbers;
        private final byte[][] images;
        /** The chunk that had the page before, or {@link #NEVER_STAGED}. */
        private final int[] chunksBefore;

        private final byte[] manifest;
        private final Fence fence;
        private KvTransaction transaction;
        private Pending<Versionstamp> answer;

        private Upload(
                int chunk, int[] pageNumbers, byte[][] images, int[] chunksBefore, byte[] manifest, Fence fence) {
            this.chunk = chunk;
            this.pageNumbers = pageNumbers;
            this.images = images;
            this.chunksBefore = chunksBefore;
            this.manifest = manifest;
            this.fence = fence;
        }

        /** Never fails: a failure comes with the answer. */
        private void send() {
            try {
                transaction = store.begin();
                transaction.automaticWriteConflicts(false);
                for (int i = 0; i < pageNumbers.length; i++) {
                    byte[] page = keys.page(pageNumbers[i]);
                    if (chunksBefore[i] != NEVER_STAGED) {
                        transaction.clear(NamespaceKeys.stamped(page, chunkStamps.get(chunksBefore[i])));
                    }
                    transaction.setVersionstampedKey(
                            keys.pagePattern(pageNumbers[i]),
                            keys.pageStampOffset(),
                            PageEntry.staged(id.bytes(), images[i], compress));
                }
                transaction.set(keys.manifest(id.bytes(), chunk), manifest);
                fence.guard(transaction);
                answer = transaction.commit();
            } catch (KvException e) {
                answer = Pending.failed(e);
            }
        }

        private Versionstamp await() {
            for (int tries = 1; ; tries++) {
                try {
                    return answer.await();
                } catch (KvException e) {
                    Versionstamp applied = settled(fence, e, tries);
                    if (applied != null) {
                        return applied;
                    }
                } finally {
                    if (transaction != null) {
                        transaction.close();
                    }
                }
                send();
            }
        }

        private byte[] image(int pageNumber) {
            return images[Arrays.binarySearch(pageNumbers, pageNumber)];
        }
    }

    /** The stamp of an upload whose answer was lost, or null to try again. */
    private Versionstamp settled(Fence fence, KvException e, int tries) {
        try {
            switch (e.failure()) {
                case UNKNOWN_RESULT -> {
                    return fence.settle();
                }
                case CONFLICT, TOO_OLD, FUTURE_VERSION -> {
                    if (tries < TRIES) {
                        return null;
                    }
                    throw Failures.translate(e, "staging pages of", name);
                }
                case TOO_LARGE, UNAVAILABLE, FULL, TIMED_OUT, INTERRUPTED, CLOSED, OWNED, DAMAGED ->
                    throw Failures.translate(e, "staging pages of", name);
            }
        } catch (KvException unsettled) {
            throw Failures.translate(unsettled, "staging pages of", name);
        }
        throw new DatabaseException(ResultCode.INTERNAL, "no such failure: " + e.failure());
    }

    /** Removes what was uploaded; nobody has seen it. */
    void discard() {
        settleAll();
        byte[] prefix = keys.manifest(id.bytes());
        for (int page = pages.nextSetBit(0); page >= 0; ) {
            try (KvTransaction transaction = store.begin()) {
                transaction.automaticWriteConflicts(false);
                int cleared = 0;
                for (; page >= 0 && cleared < CLEARED_AT_ONCE; page = pages.nextSetBit(page + 1)) {
                    if (chunkStamps.get(chunkOfPage[page]) != null) {
                        transaction.clear(key(page));
                        cleared++;
                    }
                }
                transaction.commit().await();
            }
        }
        try (KvTransaction transaction = store.begin()) {
            // Conflicts with a heartbeat that has read it, which would put it back.
            transaction.clearRange(prefix, NamespaceKeys.end(prefix));
            transaction.commit().await();
        }
    }

    /** Learns of each upload whether it arrived; one that did not has left nothing. */
    private void settleAll() {
        for (int lane = 0; lane < LANES; lane++) {
            Upload upload = underWay[lane];
            underWay[lane] = null;
            if (upload != null) {
                try {
                    chunkStamps.set(upload.chunk, upload.await());
                } catch (DatabaseException e) {
                    lost = e;
                }
            }
        }
    }

    /** The image of a staged page, as stored. Not to be edited. */
    byte[] read(ReadView view, int pageNumber) {
        requireWhole();
        Upload upload = underWay[chunkOfPage[pageNumber] % LANES];
        if (upload != null && upload.chunk == chunkOfPage[pageNumber]) {
            return upload.image(pageNumber);
        }
        byte[] value =
                view.transaction().get(key(pageNumber), ReadMode.SNAPSHOT).await();
        if (value == null) {
            throw new DatabaseException(
                    ResultCode.IOERR_READ,
                    ResultCode.IOERR_READ.text() + ": " + name + ": staged page " + pageNumber + " is gone");
        }
        return PageEntry.image(value, pageSizeBytes, pageNumber);
    }
}
