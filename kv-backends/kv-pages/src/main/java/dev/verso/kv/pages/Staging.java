package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvException;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
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
 * <p>A page staged again replaces its entry. Uploads touch no conflict ranges: the commit claims all pages at once.
 */
final class Staging {
    /** In a manifest chunk the page list follows the upload's time. */
    static final int MANIFEST_LIST_OFFSET = 8;

    private static final int MOST_UPLOAD_BYTES = 4_000_000;
    private static final int PAGE_OVERHEAD_BYTES = 64;
    private static final int TRIES = 20;
    private static final int CLEARED_AT_ONCE = 4_000;

    private final KvStore store;
    private final NamespaceKeys keys;
    private final String name;
    private final Fence fence;
    private final StagedId id;
    private final List<Versionstamp> chunkStamps = new ArrayList<>();
    /** By page number, which chunk has the newest entry. */
    private int[] chunkOfPage = new int[64];

    private final BitSet pages = new BitSet();

    Staging(KvStore store, NamespaceKeys keys, String name, Fence fence, StagedId id) {
        this.store = store;
        this.keys = keys;
        this.name = name;
        this.fence = fence;
        this.id = id;
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

    /** Key of the page's newest staged entry. */
    byte[] key(int pageNumber) {
        return NamespaceKeys.stamped(keys.page(pageNumber), chunkStamps.get(chunkOfPage[pageNumber]));
    }

    /** Uploads pages, in ascending order. */
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
            uploadChunk(Arrays.copyOfRange(pageNumbers, from, to), images, from);
            from = to;
        }
    }

    private void uploadChunk(int[] pageNumbers, byte[][] images, int from) {
        int chunk = chunkStamps.size();
        ByteArrayOutputStream manifest = new ByteArrayOutputStream();
        byte[] time = new byte[MANIFEST_LIST_OFFSET];
        BigEndian.put64(time, 0, store.clock().micros());
        manifest.writeBytes(time);
        PageList.write(manifest, pageNumbers);
        Versionstamp stamp = commit(chunk, pageNumbers, images, from, manifest.toByteArray());
        chunkStamps.add(stamp);
        for (int page : pageNumbers) {
            if (page >= chunkOfPage.length) {
                chunkOfPage = Arrays.copyOf(chunkOfPage, Math.max(page + 1, page + (page >> 1)));
            }
            chunkOfPage[page] = chunk;
            pages.set(page);
        }
    }

    private Versionstamp commit(int chunk, int[] pageNumbers, byte[][] images, int from, byte[] manifest) {
        for (int tries = 1; ; tries++) {
            try (KvTransaction transaction = store.begin()) {
                transaction.automaticWriteConflicts(false);
                for (int i = 0; i < pageNumbers.length; i++) {
                    if (has(pageNumbers[i])) {
                        transaction.clear(key(pageNumbers[i]));
                    }
                    transaction.setVersionstampedKey(
                            keys.pagePattern(pageNumbers[i]),
                            keys.pageStampOffset(),
                            PageEntry.staged(id.bytes(), images[from + i]));
                }
                transaction.set(keys.manifest(id.bytes(), chunk), manifest);
                fence.guard(transaction);
                return transaction.commit().await();
            } catch (KvException e) {
                Versionstamp applied = settled(e, tries);
                if (applied != null) {
                    return applied;
                }
            }
        }
    }

    /** The stamp of an upload whose answer was lost, or null to try again. */
    private Versionstamp settled(KvException e, int tries) {
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
        byte[] prefix = keys.manifest(id.bytes());
        for (int page = pages.nextSetBit(0); page >= 0; ) {
            try (KvTransaction transaction = store.begin()) {
                transaction.automaticWriteConflicts(false);
                int cleared = 0;
                for (; page >= 0 && cleared < CLEARED_AT_ONCE; page = pages.nextSetBit(page + 1)) {
                    transaction.clear(key(page));
                    cleared++;
                }
                transaction.commit().await();
            }
        }
        try (KvTransaction transaction = store.begin()) {
            transaction.automaticWriteConflicts(false);
            transaction.clearRange(prefix, NamespaceKeys.end(prefix));
            transaction.commit().await();
        }
    }

    /** The image of a staged page, as stored. */
    byte[] read(ReadView view, int pageNumber, int pageSizeBytes) {
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
