package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Versionstamp;
import dev.verso.pager.BigEndian;
import dev.verso.pager.BusyHandler;
import dev.verso.pager.CommitSet;
import dev.verso.pager.JournalMode;
import dev.verso.pager.PageCache;
import dev.verso.pager.PendingPages;
import dev.verso.pager.Rebase;
import dev.verso.pager.StoreSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One connection's access to a namespace. Snapshots hold nothing in the store, writers hold nothing either; all that can go wrong for a
 * writer goes wrong in {@link #finishCommit}. Costs in round trips: opening a snapshot 1, reading any number of pages together 1, a
 * commit 1 if nobody else commits meanwhile, else 2, and one for each few megabytes that had to be staged.
 */
final class VersionedSession implements StoreSession {
    private static final int FIRST_AHEAD_PAGES = 4;
    private static final int MOST_AHEAD_PAGES = 64;
    private static final int TRIES = 60;

    private final VersionedStore store;
    private final long token;
    private final ReadView view;
    private final PageReader reader;
    private final SnapshotOpener opener;
    private final CommitPlanner planner;
    private final Fence commitFence;
    private final Fence[] stagingFences;
    private final Committer committer;
    private SnapshotGroup group = new SnapshotGroup();
    private boolean isInGroup;

    /** The version that {@link #commitTogether} made, or -1. */
    private long committedTogether = -1;

    /** Volatile, as {@link #staging} and {@link #shown} are, for the heartbeat, which may come in a thread of its own. */
    private volatile Snapshot snapshot;

    private boolean writing;
    /** New rowids were given to the transaction. */
    private boolean hasRowids;

    private CommitPlan prepared;
    private boolean isPrepared;
    /** Of the prepared transaction; null if it can't be carried out again. */
    private Rebase rebase;
    /** The snapshot of the transaction, while another is shown to carry it out again; else null. */
    private Snapshot beforeRebase;

    private volatile Staging staging;
    private int stagingsBegun;
    private int wantedPageSizeBytes = VersionedStore.DEFAULT_PAGE_SIZE_BYTES;

    /** Of the snapshot seen last; 0 if that was empty. */
    private int lastPageSizeBytes;

    private long lastSeenVersion = -1;
    private long dataVersion = 1;

    /** The version that snapshots show, or {@link VersionedStore#NEWEST}. */
    private volatile long shown = VersionedStore.NEWEST;

    private int expectedPage;
    private int aheadPages;

    VersionedSession(VersionedStore store, long token) {
        this.store = store;
        this.token = token;
        view = new ReadView(store.store());
        reader = new PageReader(store.keys(), store.name(), store.outcomes(), store.chains());
        opener = new SnapshotOpener(store);
        planner = new CommitPlanner(store);
        commitFence = new Fence(store.store(), store.keys().fence(token, 'c'));
        stagingFences = new Fence[Staging.LANES];
        for (int lane = 0; lane < stagingFences.length; lane++) {
            stagingFences[lane] = new Fence(store.store(), store.keys().fence(token, (char) ('s' + lane)));
        }
        committer = new Committer(store, opener, commitFence, token);
    }

    // ---- snapshot

    @Override
    public void beginSnapshot(BusyHandler busy) {
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
        Snapshot next = opener.open(view);
        if (next.version() > group.moment()) {
            // Its read version shows more than the snapshot: the log must decide about a commit.
            next = opener.openPast(view, group.moment()).takenAt(Snapshot.TAKEN_LONG_AGO);
        }
        group.enter(store.numbers().shownBy(next.readVersion()));
        isInGroup = true;
        enter(next);
    }

    private void leaveGroup() {
        if (isInGroup) {
            isInGroup = false;
            group.leave();
        }
    }

    @Override
    public void sharesSnapshotsWith(StoreSession other) {
        if (other instanceof VersionedSession session && session.store.store() == store.store() && snapshot == null) {
            group = session.group;
        }
    }

    private void enter(Snapshot next) {
        if (lastSeenVersion >= 0 && next.version() != lastSeenVersion) {
            dataVersion++;
        }
        lastSeenVersion = next.version();
        lastPageSizeBytes = next.pageSizeBytes();
        snapshot = next;
        expectedPage = 0;
    }

    // ---- time travel

    @Override
    public boolean keepsVersions() {
        return true;
    }

    @Override
    public void showVersion(String point) {
        if (snapshot != null) {
            throw new DatabaseException(
                    ResultCode.ERROR, "cannot change the version that is shown while a transaction is open");
        }
        if (point.equalsIgnoreCase("now")) {
            shown = VersionedStore.NEWEST;
            return;
        }
        shown = store.version(NamespaceAddress.point(store.name(), point));
    }

    @Override
    public long shownVersion() {
        return shown != VersionedStore.NEWEST ? shown : store.pinnedVersion();
    }

    @Override
    public void actAs(String owner) {
        opener.owner(owner);
    }

    @Override
    public String actsAs() {
        return opener.owner();
    }

    /** Adds the versions that this session has been reading since a time. */
    void addReadVersions(long sinceMicros, Set<Long> to) {
        Snapshot open = snapshot;
        if (open != null && open.version() > 0 && open.takenMicros() < sinceMicros) {
            to.add(open.version());
        }
        if (shown > 0) {
            to.add(shown);
        }
    }

    /** The transaction that this session is staging, or null. */
    StagedId stagedId() {
        Staging open = staging;
        return open == null ? null : open.id();
    }

    private Snapshot current() {
        if (snapshot == null) {
            throw new DatabaseException(ResultCode.MISUSE, "no snapshot is open on " + store.name());
        }
        return snapshot;
    }

    @Override
    public long version() {
        return current().version();
    }

    @Override
    public int pageSize() {
        if (snapshot == null) {
            return lastPageSizeBytes != 0 ? lastPageSizeBytes : wantedPageSizeBytes;
        }
        return snapshot.pageCount() == 0 ? wantedPageSizeBytes : snapshot.pageSizeBytes();
    }

    @Override
    public int pageCount() {
        return current().pageCount();
    }

    @Override
    public void pageSize(int pageSizeBytes) {
        if (Integer.bitCount(pageSizeBytes) == 1 && pageSizeBytes >= 512 && pageSizeBytes <= 65_536) {
            wantedPageSizeBytes = pageSizeBytes;
        }
    }

    @Override
    public void endSnapshot() {
        assert !writing : "endSnapshot while writing";
        leaveGroup();
        snapshot = null;
        view.renew();
    }

    // ---- reading

    @Override
    public byte[] readPage(int pageNumber) {
        if (staging != null && staging.has(pageNumber)) {
            return readStaged(pageNumber);
        }
        requireInside(pageNumber);
        aheadPages = pageNumber == expectedPage
                ? Math.min(MOST_AHEAD_PAGES, Math.max(FIRST_AHEAD_PAGES, aheadPages * 2))
                : 0;
        expectedPage = pageNumber + 1;
        if (aheadPages > 0) {
            byte[] image = readAhead(pageNumber);
            if (image != null) {
                return image;
            }
        }
        byte[][] image = new byte[1][];
        reader.read(view, snapshot, new int[] {pageNumber}, 1, image);
        return image[0];
    }

    /** Reads the page and some that follow, which go to the cache. Null if that fails: then the page is read alone. */
    private byte[] readAhead(int pageNumber) {
        PageCache cache = store.cache();
        long room = cache.capacityBytes() / 4 / snapshot.pageSizeBytes();
        int[] numbers = new int[1 + aheadPages];
        numbers[0] = pageNumber;
        int count = 1;
        int next = pageNumber + 1;
        for (; next <= snapshot.pageCount() && count <= Math.min(aheadPages, room); next++) {
            if (!cache.contains(next, snapshot.version())) {
                numbers[count++] = next;
            }
        }
        byte[][] images = new byte[count][];
        try {
            reader.read(view, snapshot, numbers, count, images);
        } catch (DatabaseException e) {
            if (e.code() != ResultCode.CORRUPT) {
                throw e;
            }
            // A damaged page that nobody asked for is nobody's business yet.
            return null;
        }
        for (int i = 1; i < count; i++) {
            cache.put(numbers[i], snapshot.version(), images[i]);
        }
        expectedPage = next;
        return images[0];
    }

    @Override
    public void readPages(int[] pageNumbers, int count, byte[][] images) {
        for (int i = 0; i < count; i++) {
            images[i] = null;
            if (staging != null && staging.has(pageNumbers[i])) {
                images[i] = readStaged(pageNumbers[i]);
            } else {
                requireInside(pageNumbers[i]);
            }
        }
        reader.read(view, snapshot, pageNumbers, count, images);
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    private void requireInside(int pageNumber) {
        if (pageNumber < 1 || pageNumber > current().pageCount()) {
            throw new DatabaseException(
                    ResultCode.CORRUPT,
                    ResultCode.CORRUPT.text() + ": " + store.name() + ": page " + pageNumber + " is outside 1.."
                            + snapshot.pageCount());
        }
    }

    private byte[] readStaged(int pageNumber) {
        for (int tries = 1; ; tries++) {
            try {
                return staging.read(view, pageNumber, pageSize());
            } catch (KvException e) {
                if (e.failure() != KvFailure.TOO_OLD && e.failure() != KvFailure.FUTURE_VERSION || tries == TRIES) {
                    throw Failures.translate(e, "reading", store.name());
                }
                view.renew();
            }
        }
    }

    /** Page 1 of the snapshot, from the cache if it is there. */
    private byte[] baseFirstPage(int pageNumber) {
        byte[] cached = store.cache().get(pageNumber, snapshot.version());
        if (cached != null) {
            return cached;
        }
        byte[][] image = new byte[1][];
        reader.read(view, snapshot, new int[] {pageNumber}, 1, image);
        return image[0];
    }

    private byte[] currentPage(int pageNumber) {
        return staging != null && staging.has(pageNumber) ? readStaged(pageNumber) : baseFirstPage(pageNumber);
    }

    // ---- writing

    @Override
    public boolean wantsReadSet() {
        return !store.isReadOnly();
    }

    @Override
    public void beginWrite(boolean exclusive, BusyHandler busy) {
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
        writing = true;
    }

    @Override
    public void stage(int[] pageNumbers, byte[][] images, int count, BusyHandler busy) {
        requireWriting();
        byte[][] uploaded = images;
        if (count > 0 && pageNumbers[0] == 1) {
            uploaded = Arrays.copyOf(images, count);
            uploaded[0] = FirstPage.normalized(images[0], BigEndian.s32(images[0], FirstPage.PAGE_COUNT));
        }
        staging().upload(pageNumbers, uploaded, count);
        view.renew();
    }

    private Staging staging() {
        if (staging == null) {
            byte[] id = new byte[NamespaceKeys.STAGED_ID_BYTES];
            BigEndian.put64(id, 0, token);
            BigEndian.put32(id, 8, ++stagingsBegun);
            staging = new Staging(
                    store.store(),
                    store.keys(),
                    store.name(),
                    stagingFences,
                    new StagedId(id),
                    snapshot.lineage().record().compressed());
        }
        return staging;
    }

    @Override
    public void prepareCommit(CommitSet commit, String superJournal, BusyHandler busy) {
        requireWriting();
        prepared = planner.plan(
                snapshot, pageSize(), commit, staging, PendingPages.NONE, this::currentPage, this::baseFirstPage);
        isPrepared = true;
        rebase = staging == null ? commit.rebase() : null;
        if (prepared != null && (staging != null || planner.isTooLarge(prepared))) {
            prepared = planner.staged(prepared, staging());
        }
    }

    @Override
    public long finishCommit() {
        if (committedTogether >= 0) {
            long version = committedTogether;
            committedTogether = -1;
            return version;
        }
        requireWriting();
        if (!isPrepared) {
            throw new DatabaseException(ResultCode.MISUSE, "finishCommit without prepareCommit on " + store.name());
        }
        if (prepared == null) {
            return commitNothing();
        }
        Candidate candidate = new Candidate(this, snapshot, prepared, rebase);
        boolean alone = staging != null || snapshot.lineage().isLocked();
        if (alone || !store.pipeline().commit(candidate)) {
            return commitAlone();
        }
        Snapshot after = candidate.after;
        boolean hasCompany = candidate.hasCompany;
        if (after == null) {
            // Nothing was left to write on top of what others have written.
            hasCompany = false;
            after = beforeRebase;
        }
        return goOnAt(after, hasCompany);
    }

    @Override
    public Object commitDomain() {
        return store.store();
    }

    @Override
    public void commitTogether(List<StoreSession> sessions) {
        if (sessions.size() == 1) {
            committedTogether = finishCommit();
            return;
        }
        List<VersionedSession> members = new ArrayList<>();
        Set<String> namespaces = new HashSet<>();
        long bytes = 0;
        for (StoreSession each : sessions) {
            VersionedSession member = (VersionedSession) each;
            member.requireWriting();
            if (member.prepared != null) {
                members.add(member);
                bytes += CommitPlanner.imageBytes(member.prepared);
                if (!namespaces.add(member.store.keys().idText())) {
                    throw new DatabaseException(
                            ResultCode.LOCKED,
                            ResultCode.LOCKED.text() + ": " + member.store.name()
                                    + " is written twice by one transaction");
                }
            }
        }
        Versionstamp stamp = members.isEmpty() ? null : commitMembers(members, bytes > store.mostGroupBytes());
        for (StoreSession each : sessions) {
            VersionedSession member = (VersionedSession) each;
            member.committedTogether = member.prepared != null
                    ? member.goOnAt(member.reopen(stamp, member.prepared), true)
                    : member.commitNothing();
        }
    }

    private static Versionstamp commitMembers(List<VersionedSession> members, boolean staged) {
        List<Committer> committers = new ArrayList<>();
        List<Snapshot> bases = new ArrayList<>();
        List<CommitPlan> plans = new ArrayList<>();
        for (VersionedSession member : members) {
            if (staged && member.prepared.staging() == null) {
                member.prepared = member.planner.staged(member.prepared, member.staging());
            }
            committers.add(member.committer);
            bases.add(member.snapshot);
            plans.add(member.prepared);
        }
        return Committer.commitTogether(committers, bases, plans);
    }

    private long commitNothing() {
        endRowids(-1);
        leaveWrite();
        return snapshot.version();
    }

    private long commitAlone() {
        Committer.Committed committed = committer.commit(snapshot, prepared);
        if (committed.after() != null) {
            return goOnAt(committed.after(), false);
        }
        return goOnAt(reopen(committed.stamp(), prepared), true);
    }

    /** Reads on after a commit; with company, what others have committed is seen now, too. */
    private long goOnAt(Snapshot after, boolean hasCompany) {
        endRowids(after.version());
        leaveWrite();
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
        expectedPage = 0;
        return after.version();
    }

    private Snapshot reopen(Versionstamp stamp, CommitPlan plan) {
        return opener.open(view, store.numbers().number(stamp), stamp, plan);
    }

    private void leaveWrite() {
        writing = false;
        prepared = null;
        isPrepared = false;
        staging = null;
        rebase = null;
        beforeRebase = null;
    }

    // ---- committing in company, see CommitPipeline

    /**
     * Commits a group of which this session's transaction is the first.
     *
     * @return null if others have committed since the tip, or perhaps: then the store's recent commits tell
     */
    Snapshot send(CommitGroup group, boolean reliesOnLog) {
        Snapshot tip = group.tip();
        long age = store.store().clock().micros() - tip.takenMicros();
        if (age >= store.store().limits().windowMillis() * 600) {
            Snapshot newest = opener.open(view);
            if (newest.version() != tip.version() || newest.lineage().isLocked()) {
                return null;
            }
            tip = newest;
        }
        CommitPlan plan = group.joined();
        Committer.Committed committed = committer.send(tip, plan, reliesOnLog);
        if (committed == null) {
            opener.open(view);
            return null;
        }
        return committed.after() != null ? committed.after() : reopen(committed.stamp(), plan);
    }

    /** Carries the transaction out again on top of a snapshot and what is pending above it; null if it would change nothing. */
    CommitPlan rebase(Snapshot tip, PendingPages pending) {
        rebase.begin();
        if (beforeRebase == null) {
            beforeRebase = snapshot;
        }
        snapshot = tip;
        view.renew();
        CommitSet commit = rebase.onto(pending);
        prepared = planner.plan(
                tip,
                tip.pageSizeBytes(),
                commit,
                null,
                pending,
                page -> pendingOrBase(pending, page),
                page -> pendingOrBase(pending, page));
        if (prepared != null && planner.isTooLarge(prepared)) {
            throw Failures.conflict(
                    store.name(), "too much was changed since this transaction began to commit it again");
        }
        return prepared;
    }

    private byte[] pendingOrBase(PendingPages pending, int pageNumber) {
        byte[] image = pending.image(pageNumber);
        return image != null ? image : baseFirstPage(pageNumber);
    }

    /** Checks, by the store's log, commits that the store's recent commits do not tell. */
    void catchUp(Candidate candidate, CommitCheck check) {
        opener.open(view);
        for (int tries = 1; ; tries++) {
            try {
                committer.catchUp(view.transaction(), candidate, snapshot, check);
                return;
            } catch (KvException e) {
                if (e.failure() != KvFailure.TOO_OLD && e.failure() != KvFailure.FUTURE_VERSION || tries == TRIES) {
                    throw Failures.translate(e, "committing to", store.name());
                }
                view.renew();
            }
        }
    }

    @Override
    public long reserve(int series, long wanted) {
        hasRowids = true;
        return store.rowids().reserve(this, series, wanted, current().version());
    }

    private void endRowids(long version) {
        if (hasRowids) {
            hasRowids = false;
            store.rowids().end(this, version);
        }
    }

    /** The commit failed because of one of another JVM. */
    void collidedElsewhere() {
        if (hasRowids) {
            store.rowids().collided(this);
        }
    }

    @Override
    public void rollback() {
        committedTogether = -1;
        if (!writing) {
            return;
        }
        endRowids(-1);
        Staging abandoned = staging;
        if (beforeRebase != null) {
            snapshot = beforeRebase;
            view.renew();
        }
        leaveWrite();
        if (abandoned != null) {
            try {
                abandoned.discard();
            } catch (KvException e) {
                // Nobody sees what is left; it costs room until it is collected. The rollback itself has succeeded.
                view.renew();
            }
        }
    }

    private void requireWriting() {
        if (!writing) {
            throw new DatabaseException(ResultCode.MISUSE, "no write transaction is open on " + store.name());
        }
    }

    // ---- settings

    @Override
    public long dataVersion() {
        return dataVersion;
    }

    /** Commits are atomic without a journal; what applications expect to see is SQLite's default. */
    @Override
    public JournalMode journalMode() {
        return JournalMode.DELETE;
    }

    @Override
    public JournalMode journalMode(JournalMode wanted, BusyHandler busy) {
        return journalMode();
    }

    @Override
    public void synchronous(int level) {
        // Every commit is as durable as the store makes it.
    }

    @Override
    public void exclusiveLocking(boolean exclusive) {
        // There are no locks to keep.
    }

    @Override
    public void close() {
        rollback();
        leaveGroup();
        store.forget(this);
        snapshot = null;
        view.renew();
        if (commitFence.isWritten() || Arrays.stream(stagingFences).anyMatch(Fence::isWritten)) {
            forgetOutcomes();
        }
    }

    /** Nobody will ask for them any more. */
    private void forgetOutcomes() {
        byte[] outcomes = store.keys().fences(token);
        try (KvTransaction transaction = store.store().begin()) {
            transaction.automaticWriteConflicts(false);
            transaction.clearRange(outcomes, NamespaceKeys.end(outcomes));
            transaction.commit().await();
        } catch (KvException e) {
            // They cost a few bytes until they are collected.
            view.renew();
        }
    }
}
