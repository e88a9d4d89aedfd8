package dev.verso.kv.pages;

import dev.verso.pager.PendingPages;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Transactions that commit together, as one version: each is right on top of those before it. */
final class CommitGroup implements PendingPages {
    private static final int MOST_MEMBERS = 256;
    private static final int MOST_ROW_BYTES = 64_000;
    private static final int MOST_RANGES = 2_000;

    /** The group in flight when this one began to gather, or null: it must be committed before this one. */
    private final CommitGroup below;

    private Snapshot tip;
    private final long mostBytes;
    private final List<Candidate> members = new ArrayList<>();
    private final TreeMap<Integer, byte[]> images = new TreeMap<>();
    private final BitSet written = new BitSet();
    private final BitSet checked = new BitSet();
    private ByteArrayOutputStream rows = new ByteArrayOutputStream();
    private boolean readsFirstPage;
    private boolean writesFirstPage;
    private boolean hasRebased;
    private boolean sizeChanges;
    private int flags;
    private int pageCount;
    private int pageSizeBytes;
    private long bytes;

    /**
     * @param tip the newest snapshot below the group, and below the group in flight
     * @param mostBytes images that go in one transaction of the store
     */
    CommitGroup(CommitGroup below, Snapshot tip, long mostBytes) {
        this.below = below;
        this.tip = tip;
        this.mostBytes = mostBytes;
        pageCount = below != null ? below.pageCount : tip.pageCount();
        pageSizeBytes = below != null ? below.pageSizeBytes : tip.pageSizeBytes();
    }

    /** The newest committed snapshot that the members were checked against. */
    Snapshot tip() {
        return tip;
    }

    /** The members are as right on this one, which shows all that lies below the group; it may have grown. */
    void tip(Snapshot newer) {
        tip = newer;
        if (!sizeChanges) {
            pageCount = newer.pageCount();
            pageSizeBytes = newer.pageSizeBytes();
        }
    }

    /** The snapshot that the next member is carried out on, under the pending pages. */
    Snapshot pendingTip() {
        return new Snapshot(
                tip.version(),
                tip.micros(),
                pageCount,
                pageSizeBytes,
                tip.readVersion(),
                tip.takenMicros(),
                tip.lineage());
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    List<Candidate> members() {
        return members;
    }

    Candidate leader() {
        return members.get(0);
    }

    boolean hasRebased() {
        return hasRebased;
    }

    /** True if the session of a member reads on after the commit. */
    boolean readsOn() {
        for (Candidate each : members) {
            if (each.readsOn) {
                return true;
            }
        }
        return false;
    }

    @Override
    public byte[] image(int pageNumber) {
        byte[] image = images.get(pageNumber);
        return image != null || below == null || below.isCommitted() ? image : below.image(pageNumber);
    }

    /** Once it is, what it wrote is in the snapshot that the members above it are carried out on. */
    private boolean isCommitted() {
        return members.get(0).isDone;
    }

    /** What the group changes so far, as the log will tell it. */
    LogEntry entry() {
        return new LogEntry(
                flags,
                0,
                0,
                0,
                written.cardinality(),
                sizeChanges ? pageCount : 0,
                written.stream().toArray(),
                null,
                rows == null ? null : rows.toByteArray());
    }

    boolean hasRoomFor(CommitPlan plan) {
        if (members.isEmpty()) {
            return true;
        }
        int rowBytes = plan.rows() == null ? 0 : plan.rows().length;
        return members.size() < MOST_MEMBERS
                && bytes + CommitPlanner.imageBytes(plan) <= mostBytes
                && (rows == null || rows.size() + rowBytes <= MOST_ROW_BYTES)
                && checked.cardinality() < MOST_RANGES;
    }

    void add(Candidate candidate) {
        CommitPlan plan = candidate.plan;
        candidate.group = this;
        members.add(candidate);
        for (int i = 0; i < plan.pageNumbers().length; i++) {
            images.put(plan.pageNumbers()[i], plan.images()[i]);
            written.set(plan.pageNumbers()[i]);
        }
        bytes += CommitPlanner.imageBytes(plan);
        checked.or(plan.checked());
        flags |= plan.flags();
        readsFirstPage |= plan.readsFirstPage();
        writesFirstPage |= plan.writesFirstPage();
        hasRebased |= candidate.isRebased;
        if (plan.sizeChanges()) {
            sizeChanges = true;
            pageCount = plan.pageCount();
            pageSizeBytes = plan.pageSizeBytes();
        }
        if (plan.rows() == null) {
            rows = null;
        } else if (rows != null) {
            rows.writeBytes(plan.rows());
        }
    }

    /** All members as one commit. */
    CommitPlan joined() {
        if (members.size() == 1) {
            return members.get(0).plan;
        }
        int[] numbers = new int[images.size()];
        byte[][] pages = new byte[images.size()][];
        int count = 0;
        for (Map.Entry<Integer, byte[]> each : images.entrySet()) {
            numbers[count] = each.getKey();
            pages[count++] = each.getValue();
        }
        return new CommitPlan(
                numbers,
                pages,
                checked,
                readsFirstPage,
                writesFirstPage,
                flags,
                pageCount,
                pageSizeBytes,
                sizeChanges,
                null,
                rows == null ? null : rows.toByteArray());
    }
}
