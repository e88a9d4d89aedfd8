package dev.verso.kv.pages;

import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.pages.Holds.Hold;
import dev.verso.kv.pages.Lineage.Segment;
import dev.verso.kv.pages.NamespaceRecord.Rollback;
import dev.verso.kv.pages.PageSweep.Entry;
import dev.verso.pager.BigEndian;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Collects the garbage of one namespace, in small transactions beside readers and writers; it may stop anywhere and be begun again.
 *
 * <p>First one transaction moves the oldest version kept, which every snapshot and every check of a version reads: from then on the
 * versions before it are errors, but for those that are held. Only then entries go, so nobody reads what is left of a version. The
 * log tells which pages have entries to look at: those changed until the oldest version kept. A log entry goes last, and only when no
 * version before it is held, nor gone back to by a rollback that is still needed: then no page that it names can have garbage that is
 * older. So the log is complete from the oldest version on that anybody may ask for.
 */
final class Collector {
    private static final int LOG_ENTRIES_AT_ONCE = 500;
    private static final int REMOVED_AT_ONCE = 500;
    private static final int MANIFESTS_AT_ONCE = 1_000;
    /** Where the first manifest of a staged transaction is put that has been given up: its commit looks for it and fails. */
    private static final int GIVEN_UP_CHUNK = Integer.MAX_VALUE;

    private static final long LOCK_ENDS_KEPT_MICROS = 30 * 24 * 3_600_000_000L;
    private static final long FENCES_KEPT_MICROS = 24 * 3_600_000_000L;

    private final StoreWork work;
    private final VersionNumbers numbers;
    private final Watermark watermark;
    private final NamespaceKeys keys;
    private final String name;
    private final CollectionOptions options;
    private final Consumer<CollectionReport> listener;

    private CollectionReport report = CollectionReport.NOTHING;
    private List<byte[]> doomed = new ArrayList<>();

    Collector(
            StoreWork work,
            VersionNumbers numbers,
            VersionFinder finder,
            NamespaceKeys keys,
            String name,
            CollectionOptions options,
            Consumer<CollectionReport> listener) {
        this.work = work;
        this.numbers = numbers;
        watermark = new Watermark(numbers, finder);
        this.keys = keys;
        this.name = name;
        this.options = options;
        this.listener = listener;
    }

    CollectionReport run() {
        Kept kept = decide();
        report = report.at(kept.oldest);
        Map<StagedId, List<KeyValue>> manifests = manifestsById();
        removeAbandoned(kept, manifests);
        if (kept.oldest > 0) {
            sweep(kept);
            removePublished(kept, manifests);
            removeSizes(kept);
            foldRollbacks(kept);
        }
        removeFences();
        removeLockEnds();
        listener.accept(report);
        return report;
    }

    // ---- what to keep

    /** What this collection keeps. */
    private static final class Kept {
        private long oldest;
        private NamespaceRecord record;
        private final TreeSet<Long> held = new TreeSet<>();
        /** Of the kept versions up to the oldest: the stretches that they see. */
        private final List<List<Segment>> needed = new ArrayList<>();
        /** The same without rollbacks, for sizes. */
        private final List<List<Segment>> neededSizes = new ArrayList<>();

        /** Log entries of versions before it can go. */
        private long logFloor;
    }

    private Kept decide() {
        Kept[] result = new Kept[1];
        work.change(name, (transaction, again) -> {
            Kept kept = new Kept();
            kept.record = Records.read(transaction, keys, name);
            long now = work.micros();
            boolean changes = false;
            for (Hold hold : Holds.all(transaction, keys)) {
                if (hold.kind() == Holds.LEASE && hold.leaseEndMicros() < now) {
                    if (!options.dryRun()) {
                        transaction.clear(hold.key(keys));
                        changes = true;
                    }
                } else {
                    kept.held.add(hold.version());
                }
            }
            kept.oldest = watermark.find(transaction, keys, kept.record, options, now);
            if (kept.oldest > kept.record.oldest() && !options.dryRun()) {
                Records.write(transaction, keys, kept.record.withOldest(kept.oldest));
                changes = true;
            }
            result[0] = kept;
            return changes;
        });
        Kept kept = result[0];
        TreeSet<Long> roots = new TreeSet<>(kept.held.headSet(kept.oldest));
        roots.add(kept.oldest);
        kept.logFloor = roots.first();
        for (Rollback each : kept.record.rollbacks()) {
            if (numbers.number(each.at()) > kept.oldest && each.target() < kept.oldest) {
                roots.add(each.target());
            }
            kept.logFloor = Math.min(kept.logFloor, each.target());
        }
        Lineage lineage = new Lineage(keys, kept.record, numbers);
        for (long root : roots) {
            kept.needed.add(lineage.ownAt(root));
            kept.neededSizes.add(List.of(new Segment(keys, Lineage.START, numbers.after(root))));
        }
        return kept;
    }

    // ---- pages

    private void sweep(Kept kept) {
        Versionstamp end = numbers.after(kept.oldest);
        PageSweep pages = new PageSweep(work, keys, name, kept.needed, end);
        byte[][] from = {keys.log()};
        byte[] last = NamespaceKeys.stamped(keys.log(), end);
        BitSet seen = new BitSet();
        while (true) {
            List<KeyValue> entries = work.read(name, transaction -> transaction
                    .getRange(from[0], last, LOG_ENTRIES_AT_ONCE, false, ReadMode.SNAPSHOT)
                    .await());
            BitSet changed = new BitSet();
            for (KeyValue each : entries) {
                addPages(LogEntry.decode(each.value()), changed);
            }
            // A page has the same garbage whichever version names it.
            changed.andNot(seen);
            seen.or(changed);
            for (int page = changed.nextSetBit(0); page >= 0; page = changed.nextSetBit(page + 1)) {
                report = report.plusPage();
                for (Entry garbage : pages.garbage(page)) {
                    remove(garbage.key());
                    report = report.plusEntry(garbage.bytes());
                }
            }
            flush();
            removeLog(kept, entries);
            listener.accept(report);
            if (entries.size() < LOG_ENTRIES_AT_ONCE) {
                return;
            }
            from[0] = Bytes.after(entries.get(entries.size() - 1).key());
        }
    }

    private void addPages(LogEntry entry, BitSet to) {
        if (entry.pageNumbers() != null) {
            for (int page : entry.pageNumbers()) {
                to.set(page);
            }
        } else if (entry.stagedId() != null) {
            to.or(work.read(name, transaction -> new LogReader(keys, numbers).manifest(transaction, entry.stagedId())));
        } else {
            // A rollback may have written page 1.
            to.set(1);
        }
    }

    private void removeLog(Kept kept, List<KeyValue> entries) {
        for (KeyValue each : entries) {
            Versionstamp stamp = LogReader.stamp(each);
            long version = numbers.number(stamp);
            if (version < kept.oldest && version >= kept.record.oldest() && !kept.held.contains(version)) {
                report = report.plusVersion();
            }
            if (version < kept.logFloor) {
                LogEntry entry = LogEntry.decode(each.value());
                byte[] time = keys.timePattern(entry.micros());
                stamp.write(time, keys.timeStampOffset());
                remove(time);
                // The manifest of a staged commit stays, see removePublished.
                remove(each.key());
            }
        }
        flush();
    }

    private List<KeyValue> manifests(byte[] prefix) {
        List<KeyValue> chunks = new ArrayList<>();
        byte[] end = NamespaceKeys.end(prefix);
        byte[][] from = {prefix};
        while (true) {
            List<KeyValue> some = work.read(name, transaction -> transaction
                    .getRange(from[0], end, MANIFESTS_AT_ONCE, false, ReadMode.SNAPSHOT)
                    .await());
            chunks.addAll(some);
            if (some.size() < MANIFESTS_AT_ONCE) {
                return chunks;
            }
            from[0] = Bytes.after(some.get(some.size() - 1).key());
        }
    }

    private void removeSizes(Kept kept) {
        PageSweep sizes = new PageSweep(work, keys, name, kept.neededSizes, numbers.after(kept.oldest));
        for (Entry each : sizes.garbageSizes()) {
            remove(each.key());
        }
        flush();
    }

    // ---- rollbacks

    /**
     * When nothing is left of what rollbacks passed over, and no version from before the last of them is kept, the newest entry is the
     * right one without them.
     */
    private void foldRollbacks(Kept kept) {
        if (options.dryRun() || kept.record.rollbacks().isEmpty()) {
            return;
        }
        work.change(name, (transaction, again) -> {
            NamespaceRecord record = Records.read(transaction, keys, name);
            List<Rollback> left = new ArrayList<>();
            long lastFolded = 0;
            for (Rollback each : record.rollbacks()) {
                if (numbers.number(each.at()) <= kept.oldest) {
                    lastFolded = Math.max(lastFolded, numbers.number(each.at()));
                } else {
                    left.add(each);
                }
            }
            if (lastFolded == 0) {
                return false;
            }
            long earliest = kept.held.isEmpty() ? Long.MAX_VALUE : kept.held.first();
            for (Hold hold : Holds.all(transaction, keys)) {
                earliest = Math.min(earliest, hold.version());
            }
            for (Rollback each : left) {
                earliest = Math.min(earliest, each.target());
            }
            if (earliest < lastFolded) {
                return false;
            }
            Records.write(transaction, keys, record.withRollbacks(List.copyOf(left)));
            return true;
        });
    }

    // ---- staged transactions

    private Map<StagedId, List<KeyValue>> manifestsById() {
        Map<StagedId, List<KeyValue>> manifests = new HashMap<>();
        for (KeyValue chunk : manifests(keys.manifests())) {
            manifests
                    .computeIfAbsent(idIn(chunk.key()), id -> new ArrayList<>())
                    .add(chunk);
        }
        return manifests;
    }

    private void removeAbandoned(Kept kept, Map<StagedId, List<KeyValue>> manifests) {
        long limit = work.micros() - options.abandonedAfter().toNanos() / 1_000;
        PageSweep pages = new PageSweep(work, keys, name, List.of(), numbers.after(kept.oldest));
        for (Map.Entry<StagedId, List<KeyValue>> each : manifests.entrySet()) {
            long heardOf = Long.MIN_VALUE;
            for (KeyValue chunk : each.getValue()) {
                heardOf = Math.max(heardOf, BigEndian.s64(chunk.value(), 0));
            }
            if (giveUp(each.getKey(), heardOf < limit)) {
                report = report.plusStaging();
                removeStaged(pages, each.getKey());
                listener.accept(report);
            }
        }
    }

    /** Removes what is left of staged transactions whose log entries are gone and whose pages have all been replaced. */
    private void removePublished(Kept kept, Map<StagedId, List<KeyValue>> manifests) {
        PageSweep pages = new PageSweep(work, keys, name, List.of(), numbers.after(kept.oldest));
        for (Map.Entry<StagedId, List<KeyValue>> each : manifests.entrySet()) {
            Versionstamp published = pages.published(each.getKey());
            if (published != null && numbers.number(published) < kept.logFloor) {
                removePublished(pages, each.getKey(), each.getValue());
            }
        }
        flush();
    }

    /**
     * The key that says when it was committed is needed by the pages that it staged, as long as there is one: the manifest tells them. Its
     * first chunk that still has some is where the next collection goes on. What is left if this one dies is given up by the next one.
     */
    private void removePublished(PageSweep pages, StagedId id, List<KeyValue> manifest) {
        for (int i = 0; i < manifest.size(); i++) {
            for (int page : PageList.read(manifest.get(i).value(), Staging.MANIFEST_LIST_OFFSET)) {
                if (!pages.stagedBy(id, page).isEmpty()) {
                    return;
                }
            }
            if (i == manifest.size() - 1) {
                remove(keys.published(id.bytes()));
            }
            remove(manifest.get(i).key());
        }
    }

    private StagedId idIn(byte[] manifestKey) {
        int at = keys.manifests().length;
        byte[] id = new byte[NamespaceKeys.STAGED_ID_BYTES];
        System.arraycopy(manifestKey, at, id, 0, id.length);
        return new StagedId(id);
    }

    /** From now on the staged transaction can't commit; false if it has, or is still alive. */
    private boolean giveUp(StagedId id, boolean silent) {
        byte[] first = keys.manifest(id.bytes(), 0);
        boolean[] dead = new boolean[1];
        work.change(name, (transaction, again) -> {
            byte[] published = transaction
                    .get(keys.published(id.bytes()), ReadMode.SERIALIZABLE)
                    .await();
            byte[] chunk = transaction.get(first, ReadMode.SERIALIZABLE).await();
            dead[0] = published == null && (silent || again && chunk == null || givenUp(id));
            if (!dead[0] || options.dryRun() || chunk == null) {
                return false;
            }
            transaction.clear(first);
            transaction.set(keys.manifest(id.bytes(), GIVEN_UP_CHUNK), chunk);
            return true;
        });
        return dead[0];
    }

    private boolean givenUp(StagedId id) {
        byte[] moved = keys.manifest(id.bytes(), GIVEN_UP_CHUNK);
        return work.read(
                name, transaction -> transaction.get(moved, ReadMode.SNAPSHOT).await() != null);
    }

    private void removeStaged(PageSweep pages, StagedId id) {
        byte[] moved = keys.manifest(id.bytes(), GIVEN_UP_CHUNK);
        for (KeyValue chunk : manifests(keys.manifest(id.bytes()))) {
            for (int page : PageList.read(chunk.value(), Staging.MANIFEST_LIST_OFFSET)) {
                for (Entry entry : pages.stagedBy(id, page)) {
                    remove(entry.key());
                    report = report.plusEntry(entry.bytes());
                }
            }
            flush();
            if (!Bytes.startsWith(chunk.key(), moved)) {
                remove(chunk.key());
            }
        }
        remove(moved);
        flush();
    }

    // ---- outcomes of commits

    /** Removes outcomes that sessions which are long gone have left: those of commits of more than a day ago. */
    private void removeFences() {
        if (options.dryRun()) {
            return;
        }
        byte[][] from = {keys.fences()};
        byte[] end = NamespaceKeys.end(keys.fences());
        long until = work.read(
                name, transaction -> watermark.newestAt(transaction, keys, work.micros() - FENCES_KEPT_MICROS));
        while (until > 0) {
            List<KeyValue> fences = work.read(name, transaction -> transaction
                    .getRange(from[0], end, MANIFESTS_AT_ONCE, false, ReadMode.SNAPSHOT)
                    .await());
            for (KeyValue each : fences) {
                Versionstamp stamp = Fence.applied(each.value());
                if (stamp != null && numbers.number(stamp) < until) {
                    remove(each.key());
                }
            }
            if (fences.size() < MANIFESTS_AT_ONCE) {
                break;
            }
            from[0] = Bytes.after(fences.get(fences.size() - 1).key());
        }
        flush();
    }

    // ---- ends of locks

    /** Removes what tells how locks ended, for sessions that have worked under them, after a month. */
    private void removeLockEnds() {
        if (options.dryRun()) {
            return;
        }
        long until = work.micros() - LOCK_ENDS_KEPT_MICROS;
        byte[][] from = {keys.lockEnds()};
        byte[] end = NamespaceKeys.end(keys.lockEnds());
        List<KeyValue> ends;
        do {
            ends = work.read(name, transaction -> transaction
                    .getRange(from[0], end, MANIFESTS_AT_ONCE, false, ReadMode.SNAPSHOT)
                    .await());
            for (KeyValue each : ends) {
                if (LockEnd.micros(each.value()) < until) {
                    remove(each.key());
                }
                from[0] = Bytes.after(each.key());
            }
        } while (ends.size() == MANIFESTS_AT_ONCE);
        flush();
    }

    // ---- removing

    private void remove(byte[] key) {
        doomed.add(key);
        if (doomed.size() >= REMOVED_AT_ONCE) {
            flush();
        }
    }

    /** Nobody reads what goes, so nobody conflicts with it. */
    private void flush() {
        List<byte[]> gone = doomed;
        doomed = new ArrayList<>();
        if (gone.isEmpty() || options.dryRun()) {
            return;
        }
        work.change(name, (transaction, again) -> {
            transaction.automaticWriteConflicts(false);
            gone.forEach(transaction::clear);
            return true;
        });
    }
}
