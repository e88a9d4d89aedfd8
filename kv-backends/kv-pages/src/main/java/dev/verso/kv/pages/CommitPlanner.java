package dev.verso.kv.pages;

import dev.verso.kv.KvStore;
import dev.verso.pager.CommitSet;
import dev.verso.pager.PendingPages;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntFunction;

/** Turns what the pager wants to commit into what the store has to write: less page 1 where only virtual fields of it changed. */
final class CommitPlanner {
    private static final int[] NO_PAGES = {};
    private static final byte[][] NO_IMAGES = {};
    private static final long MOST_INLINE_BYTES = 16_000_000;
    static final int PAGE_OVERHEAD_BYTES = 128;

    private final VersionedStore store;

    CommitPlanner(VersionedStore store) {
        this.store = store;
    }

    /**
     * Plans a commit, staging nothing yet; null if it would change nothing.
     *
     * @param pending pages that lie above the snapshot
     * @param current reads a page as the transaction sees it, staged ones included
     * @param baseFirstPage page 1 of the snapshot, asked for only if it is needed
     */
    CommitPlan plan(
            Snapshot base,
            int pageSizeBytes,
            CommitSet commit,
            Staging staging,
            PendingPages pending,
            IntFunction<byte[]> current,
            IntFunction<byte[]> baseFirstPage) {
        boolean empty = base.pageCount() == 0;
        boolean sizeChanges = commit.pageCount() != base.pageCount() || pageSizeBytes != base.pageSizeBytes();
        int[] numbers = commit.pageNumbers();
        byte[][] images = commit.images();
        boolean hasFirst = numbers.length > 0 && numbers[0] == 1;
        boolean stagedFirst = staging != null && staging.has(1);
        int flags = sizeChanges ? LogEntry.ALLOCATION : 0;
        if (commit.pageCount() > 0 && (hasFirst || stagedFirst || sizeChanges)) {
            byte[] first = FirstPage.normalized(hasFirst ? images[0] : current.apply(1), commit.pageCount());
            int changes = FirstPage.changes(empty ? null : baseFirstPage.apply(1), first);
            flags |= changes;
            int from = hasFirst ? 1 : 0;
            boolean write = changes != 0 || stagedFirst;
            numbers = withFirst(numbers, from, write);
            images = withFirst(images, from, write ? first : null);
        }
        BitSet checked = new BitSet();
        boolean readsFirst = false;
        for (int page : commit.readPages()) {
            if (page == 1) {
                readsFirst = true;
            } else {
                checked.set(page);
            }
        }
        if (staging == null) {
            int before = numbers.length;
            boolean[] kept = changed(base, pending, numbers, images, checked);
            numbers = kept(numbers, kept);
            images = kept(images, kept);
            assert numbers.length <= before : "pages only go";
            if (numbers.length == 0 && !sizeChanges) {
                return null;
            }
        }
        return new CommitPlan(
                numbers,
                images,
                checked,
                readsFirst || empty,
                flags != 0,
                flags,
                commit.pageCount(),
                pageSizeBytes,
                sizeChanges,
                staging,
                commit.rowChanges());
    }

    /** The plan of a transaction that writes nothing here: others rely on what it has read. */
    CommitPlan reads(Snapshot base, CommitSet commit) {
        BitSet checked = new BitSet();
        for (int page : commit.readPages()) {
            checked.set(page);
        }
        boolean readsFirst = checked.get(1);
        checked.clear(1);
        return new CommitPlan(
                NO_PAGES,
                NO_IMAGES,
                checked,
                readsFirst,
                false,
                0,
                base.pageCount(),
                base.pageSizeBytes(),
                false,
                null,
                null);
    }

    /** True if the plan must be staged to fit a transaction of the store. */
    boolean isTooLarge(CommitPlan plan) {
        return imageBytes(plan) > mostInlineBytes(store.store());
    }

    /** Images that go in one commit without being staged. */
    static long mostInlineBytes(KvStore store) {
        return Math.min(MOST_INLINE_BYTES, store.limits().transactionBytes() / 2);
    }

    /** What the plan's images take in a transaction of the store, roughly. */
    static long imageBytes(CommitPlan plan) {
        long bytes = 0;
        for (byte[] image : plan.images()) {
            bytes += image.length + PAGE_OVERHEAD_BYTES;
        }
        return bytes;
    }

    /** The plan with all its pages staged; what lies between their staging and the commit must not have changed either. */
    CommitPlan staged(CommitPlan plan, Staging staging) {
        staging.upload(plan.pageNumbers(), plan.images(), plan.pageNumbers().length);
        staging.awaitUploads();
        BitSet checked = (BitSet) plan.checked().clone();
        checked.or(staging.pages());
        checked.clear(1);
        return new CommitPlan(
                NO_PAGES,
                NO_IMAGES,
                checked,
                plan.readsFirstPage(),
                plan.writesFirstPage(),
                plan.flags(),
                plan.pageCount(),
                plan.pageSizeBytes(),
                plan.sizeChanges(),
                staging,
                plan.rows());
    }

    /** Which pages differ from what the transaction read: writing a page as it was is no change. Blind writes always are one. */
    private boolean[] changed(Snapshot base, PendingPages pending, int[] numbers, byte[][] images, BitSet read) {
        boolean[] changed = new boolean[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            byte[] before = read.get(numbers[i]) ? pending.image(numbers[i]) : null;
            if (before == null && read.get(numbers[i])) {
                before = store.cache().get(numbers[i], base.version());
            }
            changed[i] = before == null || !Arrays.equals(before, images[i]);
        }
        return changed;
    }

    private static int[] kept(int[] numbers, boolean[] keep) {
        int[] kept = new int[numbers.length];
        int count = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (keep[i]) {
                kept[count++] = numbers[i];
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private static byte[][] kept(byte[][] images, boolean[] keep) {
        byte[][] kept = new byte[images.length][];
        int count = 0;
        for (int i = 0; i < images.length; i++) {
            if (keep[i]) {
                kept[count++] = images[i];
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private static int[] withFirst(int[] numbers, int from, boolean first) {
        int[] result = new int[numbers.length - from + (first ? 1 : 0)];
        if (first) {
            result[0] = 1;
        }
        System.arraycopy(numbers, from, result, first ? 1 : 0, numbers.length - from);
        return result;
    }

    private static byte[][] withFirst(byte[][] images, int from, byte[] first) {
        int shift = first != null ? 1 : 0;
        byte[][] result = new byte[images.length - from + shift][];
        if (first != null) {
            result[0] = first;
        }
        System.arraycopy(images, from, result, shift, images.length - from);
        return result;
    }
}
