package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.Versionstamp;
import java.util.List;
import java.util.Set;

/** What a session sees: which version it was asked to show, the snapshot that is open, and the pages of that. */
final class SessionReads {
    private final VersionedStore store;
    private final ReadView view;
    private final SnapshotPages pages;
    private final SnapshotOpener opener;
    private SnapshotGroup group = new SnapshotGroup();
    private boolean isInGroup;

    /** Volatile, as {@link #shown} is, for the heartbeat, which may come in a thread of its own. */
    private volatile Snapshot snapshot;

    /** The version that snapshots show, or {@link VersionedStore#NEWEST}. */
    private volatile long shown = VersionedStore.NEWEST;

    private int wantedPageSizeBytes = VersionedStore.DEFAULT_PAGE_SIZE_BYTES;

    /** Of the snapshot seen last; 0 if that was empty. */
    private int lastPageSizeBytes;

    private long lastSeenVersion = -1;
    private long dataVersion = 1;
    /** If not -1: this session's last commit was made on this version, and whether others came between is not known yet. */
    private long companySince = -1;

    SessionReads(VersionedStore store, SnapshotOpener opener) {
        this.store = store;
        this.opener = opener;
        view = new ReadView(store.store());
        pages = new SnapshotPages(store, view);
    }

    // ---- snapshot

    void open() {
        if (snapshot != null) {
            return;
        }
        if (shown != VersionedStore.NEWEST) {
            enter(opener.openPast(view, shown));
        } else if (store.pinnedVersion() != VersionedStore.NEWEST) {
            enter(opener.open(view));
        } else {
            enterGroup();
        }
    }

    private void enterGroup() {
        Snapshot next = atMoment();
        group.enter(store.numbers().shownBy(next.readVersion()));
        isInGroup = true;
        enter(next);
    }

    /** The newest snapshot that does not pass the group's moment. */
    private Snapshot atMoment() {
        return opener.openAsOf(view, group.moment());
    }

    /** After a commit of another session of the group: shows what that one shows. */
    void followGroup() {
        if (isInGroup && group.moment() > store.numbers().shownBy(snapshot.readVersion())) {
            enter(atMoment());
        }
    }

    private void enter(Snapshot next) {
        if (companySince >= 0 && hadCompany(companySince, lastSeenVersion)) {
            dataVersion++;
        }
        companySince = -1;
        if (lastSeenVersion >= 0 && next.version() != lastSeenVersion) {
            dataVersion++;
        }
        lastSeenVersion = next.version();
        lastPageSizeBytes = next.pageSizeBytes();
        snapshot = next;
        pages.forgetPlace();
    }

    void close() {
        if (isInGroup) {
            isInGroup = false;
            group.leave();
        }
        snapshot = null;
        view.renew();
    }

    /** Shares the moment of its snapshots with another session of the same connection. */
    void shareWith(SessionReads other) {
        if (other.store.store() == store.store() && snapshot == null) {
            group = other.group;
        }
    }

    /** The open snapshot. */
    Snapshot current() {
        if (snapshot == null) {
            throw new DatabaseException(ResultCode.MISUSE, "no snapshot is open on " + store.name());
        }
        return snapshot;
    }

    /** Shows another snapshot for a while, to carry a transaction out again on it. */
    void show(Snapshot other) {
        snapshot = other;
        view.renew();
    }

    /** True if others have committed between two versions, or perhaps. */
    boolean hadCompany(long since, long own) {
        List<RecentCommits.Logged> commits = store.recent().after(since);
        return commits == null || !commits.isEmpty() && commits.get(0).version() < own;
    }

    /** Nobody reads on after a commit: the snapshot is about to be closed. */
    void endAt(long version, int pageSizeBytes, boolean hasCompany) {
        companySince = hasCompany ? -1 : snapshot.version();
        if (hasCompany) {
            dataVersion++;
        }
        lastSeenVersion = version;
        lastPageSizeBytes = pageSizeBytes;
    }

    /** Reads on after a commit; with company, what others have committed is seen now, too. */
    void goOnAt(Snapshot after, boolean hasCompany) {
        view.renew();
        if (hasCompany) {
            dataVersion++;
        }
        snapshot = after;
        if (isInGroup) {
            group.moveTo(store.numbers().shownBy(after.readVersion()));
        }
        lastSeenVersion = after.version();
        lastPageSizeBytes = after.pageSizeBytes();
        pages.forgetPlace();
    }

    /** The newest snapshot there is; the open one stays. */
    Snapshot newest() {
        return opener.open(view);
    }

    /**
     * The snapshot right after a commit. If it can't be read the commit is no less done: then what the commit says stands for it, and the
     * next read tells what is wrong.
     *
     * @param base what the commit was made on
     */
    Snapshot after(Snapshot base, Versionstamp stamp, CommitPlan plan) {
        long version = store.numbers().number(stamp);
        try {
            return opener.open(view, version, stamp);
        } catch (DatabaseException e) {
            return new Snapshot(
                    version,
                    Math.max(base.micros() + 1, store.store().clock().micros()),
                    plan.sizeChanges() ? plan.pageCount() : base.pageCount(),
                    plan.sizeChanges() ? plan.pageSizeBytes() : base.pageSizeBytes(),
                    stamp.version(),
                    Snapshot.TAKEN_LONG_AGO,
                    base.lineage());
        }
    }

    /** Transactions to read with, see {@link ReadView}. */
    ReadView view() {
        return view;
    }

    long dataVersion() {
        return dataVersion;
    }

    // ---- time travel

    /** Shows a version or time from now on, or {@code now}. */
    void showVersion(String point) {
        if (snapshot != null) {
            throw new DatabaseException(
                    ResultCode.ERROR, "cannot change the version that is shown while a transaction is open");
        }
        shown = point.equalsIgnoreCase("now")
                ? VersionedStore.NEWEST
                : store.version(NamespaceAddress.point(store.name(), point));
    }

    long shownVersion() {
        return shown != VersionedStore.NEWEST ? shown : store.pinnedVersion();
    }

    /** Checks that the newest version is shown and may be changed. */
    void requireWritable() {
        current();
        if (shown != VersionedStore.NEWEST) {
            throw new DatabaseException(
                    ResultCode.READONLY,
                    ResultCode.READONLY.text() + ": " + store.name() + " shows its version " + shown
                            + "; PRAGMA verso_snapshot = now ends that");
        }
        if (store.isReadOnly()) {
            throw new DatabaseException(
                    ResultCode.READONLY,
                    store.pinnedVersion() == VersionedStore.NEWEST
                            ? ResultCode.READONLY.text()
                            : ResultCode.READONLY.text() + ": " + store.name() + " is a version of the past");
        }
        opener.requireUnlocked(snapshot.lineage().record());
    }

    /** Adds the versions that have been read since a time. */
    void addVersions(long sinceMicros, Set<Long> to) {
        Snapshot open = snapshot;
        if (open != null && open.version() > 0 && open.takenMicros() < sinceMicros) {
            to.add(open.version());
        }
        if (shown > 0) {
            to.add(shown);
        }
    }

    // ---- pages

    int pageSize() {
        if (snapshot == null) {
            return lastPageSizeBytes != 0 ? lastPageSizeBytes : wantedPageSizeBytes;
        }
        return snapshot.pageCount() == 0 ? wantedPageSizeBytes : snapshot.pageSizeBytes();
    }

    void pageSize(int pageSizeBytes) {
        if (Integer.bitCount(pageSizeBytes) == 1 && pageSizeBytes >= 512 && pageSizeBytes <= 65_536) {
            wantedPageSizeBytes = pageSizeBytes;
        }
    }

    /** @param staging what the session has staged, or null */
    byte[] page(Staging staging, int pageNumber) {
        return pages.read(current(), staging, pageNumber);
    }

    void pages(Staging staging, int[] pageNumbers, int count, byte[][] images) {
        pages.read(current(), staging, pageNumbers, count, images);
    }

    /** A page of the snapshot, from the cache if it is there. */
    byte[] basePage(int pageNumber) {
        return pages.base(snapshot, pageNumber);
    }
}
