package dev.verso.compat.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** The model of a database: what is in each of its versions. */
final class NamespaceHistory {
    /** The target of who goes back to where a lock began. */
    static final long FROZEN = -1;

    /** Somebody has asked to go back to a version, and it may happen at any time, or never. */
    record GoingBack(String why, long target) {}

    /** What is known of a database when somebody begins to ask the store about it; the answer may be of any time after. */
    record Moment(long acknowledged, boolean mayBeLocked, int locks) {}

    private final String id;
    private final TreeMap<Long, Contents> versions = new TreeMap<>();
    private final Map<Long, Long> madeAt = new HashMap<>();
    private final List<Long> pins = new ArrayList<>();
    private final Map<Long, Integer> unpinsAsked = new HashMap<>();
    private final Map<Long, Integer> unpinsDone = new HashMap<>();
    private final List<GoingBack> goingBack = new ArrayList<>();
    private final TreeMap<Long, GoingBack> goneBack = new TreeMap<>();
    private String name;
    private int locksAsked;
    private int locks;
    private long frozen;
    private long acknowledged;
    private long truncated;
    private boolean mayBeRenamed;
    private int deletionsAsked;
    private boolean isDeleted;
    private String heldLock = "";
    private final Set<String> lostLocks = new HashSet<>();
    private Contents imported;
    private boolean wasImported;

    NamespaceHistory(String name, String id) {
        this.name = name;
        this.id = id;
    }

    /** As it is called now, as far as anybody has been told. */
    String name() {
        return name;
    }

    void name(String newName) {
        name = newName;
    }

    /** What it is called inside the store, whatever its name. */
    String id() {
        return id;
    }

    /** A file is being imported into it: nobody sees anything before all is there. */
    void importing(Contents contents) {
        imported = contents;
        wasImported = true;
    }

    /** True if its first version is that of an import. */
    boolean wasImported() {
        return wasImported;
    }

    boolean isImporting() {
        return imported != null;
    }

    Contents imported() {
        return imported;
    }

    NavigableMap<Long, Contents> versions() {
        return versions;
    }

    long newest() {
        return versions.isEmpty() ? 0 : versions.lastKey();
    }

    /** What a version shows: the newest until that number. */
    Contents at(long version) {
        Map.Entry<Long, Contents> found = versions.floorEntry(version);
        return found == null ? Contents.EMPTY : found.getValue();
    }

    void add(long version, Contents contents, long micros) {
        versions.put(version, contents);
        madeAt.put(version, micros);
    }

    /** When the store has applied a version. */
    long madeAt(long version) {
        return madeAt.get(version);
    }

    /** Versions that are pinned for certain. */
    List<Long> pins() {
        return pins;
    }

    /** Somebody begins to take the pin from a version, which may be gone from now on. */
    void unpinAsked(long version) {
        pins.removeIf(each -> each == version);
        unpinsAsked.merge(version, 1, Integer::sum);
    }

    void unpinDone(long version) {
        unpinsDone.merge(version, 1, Integer::sum);
    }

    /** How often the pin was taken from a version; -1 if that may happen at this moment. A pin is certain if this was one number all the while. */
    int unpins(long version) {
        int asked = unpinsAsked.getOrDefault(version, 0);
        return asked == unpinsDone.getOrDefault(version, 0) ? asked : -1;
    }

    /** Somebody drops what is before a version. */
    void mayBeTruncated(long before) {
        truncated = Math.max(truncated, before);
    }

    /** Versions before this one may be gone whatever the retention says. */
    long truncated() {
        return truncated;
    }

    /** The first version after this one, or the largest number. */
    long after(long version) {
        Long next = versions.higherKey(version);
        return next == null ? Long.MAX_VALUE : next;
    }

    /** Says that the database may go back. */
    GoingBack mayGoBack(String why, long target) {
        GoingBack going = new GoingBack(why, target);
        goingBack.add(going);
        return going;
    }

    void cannotGoBackAnyMore(GoingBack going) {
        goingBack.removeIf(each -> each == going);
    }

    /**
     * Somebody was told that a request is done: it must have been seen since a version. One that goes to the same contents may have been
     * taken for it; that one may yet come.
     */
    boolean wasDone(GoingBack going, long since) {
        if (goingBack.stream().noneMatch(each -> each == going)) {
            return true;
        }
        for (Map.Entry<Long, GoingBack> each : goneBack.tailMap(since, false).entrySet()) {
            if (at(each.getKey()).ledgerLines().equals(at(going.target()).ledgerLines())) {
                cannotGoBackAnyMore(going);
                goingBack.add(each.setValue(going));
                return true;
            }
        }
        return false;
    }

    /** A request that explains why a version has gone back to contents like these; it is done then. */
    GoingBack wentBack(long version, String ledgerLines) {
        for (Iterator<GoingBack> each = goingBack.iterator(); each.hasNext(); ) {
            GoingBack going = each.next();
            if (at(targetOf(going)).ledgerLines().equals(ledgerLines)) {
                each.remove();
                goneBack.put(version, going);
                return going;
            }
        }
        return null;
    }

    long targetOf(GoingBack going) {
        return going.target() == FROZEN ? frozen : going.target();
    }

    /** The version that all but a lock's owner see. */
    void frozen(long version) {
        frozen = version;
    }

    /** True if somebody has asked for a lock that may be there. */
    boolean mayBeLocked() {
        return locksAsked > 0;
    }

    /** The lock that is there at this moment; the empty string for none. One that another follows at once was taken over. */
    void lockSeen(String lock) {
        if (!lock.equals(heldLock)) {
            if (!lock.isEmpty() && !heldLock.isEmpty()) {
                lostLocks.add(heldLock);
            }
            heldLock = lock;
        }
    }

    /** The lock that was seen last. */
    String heldLock() {
        return heldLock;
    }

    /** True if somebody has taken the lock over: nothing that was begun under it may ever be there. */
    boolean isLost(String lock) {
        return lostLocks.contains(lock);
    }

    /** Somebody asks for a lock (1), or has ended it and knows it (-1). */
    void lockAsked(int change) {
        if (locksAsked == 0) {
            frozen = newest();
        }
        locksAsked += change;
        locks += Math.max(0, change);
    }

    Moment now() {
        return new Moment(acknowledged, mayBeLocked(), locks);
    }

    /** True if a lock may have been there at some time between a moment and now, even if it has come or gone since. */
    boolean mayBeLockedSince(Moment before) {
        return before.mayBeLocked() || locks != before.locks();
    }

    /** The newest version of which somebody has been told. */
    long acknowledged() {
        return acknowledged;
    }

    void acknowledged(long version) {
        acknowledged = Math.max(acknowledged, version);
    }

    /** True if its name may not be {@link #name} any more. */
    boolean mayBeRenamed() {
        return mayBeRenamed;
    }

    void mayBeRenamed(boolean may) {
        mayBeRenamed = may;
    }

    boolean mayBeDeleted() {
        return deletionsAsked > 0;
    }

    /** Somebody asks to delete it (1), or was told that this has failed (-1). */
    void deletionAsked(int change) {
        deletionsAsked += change;
    }

    boolean isDeleted() {
        return isDeleted;
    }

    void deleted() {
        isDeleted = true;
    }

    @Override
    public String toString() {
        return name;
    }
}
