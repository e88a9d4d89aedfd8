package dev.verso.kv.pages;

import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.pages.Lineage.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the entries of a page that no version to keep sees. An entry is needed if it is the newest one in the first stretch that has one, of
 * the lineage of some version to keep, or newer than the oldest kept. Entries of staged transactions that are not published are left alone.
 */
final class PageSweep {
    private static final int READ_AT_ONCE = 64;

    private final StoreWork work;
    private final NamespaceKeys keys;
    private final String name;
    private final List<List<Segment>> needed;
    private final Versionstamp end;
    private final Map<StagedId, Versionstamp> published = new HashMap<>();

    /** An entry: its key, the stamp that it stands under, the stamp from which it counts (null for never yet), its length. */
    record Entry(byte[] key, Versionstamp stamp, Versionstamp counts, long bytes, StagedId stagedBy) {}

    /**
     * @param needed for each version to keep the stretches that it sees
     * @param end the stamp after the oldest version kept
     */
    PageSweep(StoreWork work, NamespaceKeys keys, String name, List<List<Segment>> needed, Versionstamp end) {
        this.work = work;
        this.keys = keys;
        this.name = name;
        this.needed = needed;
        this.end = end;
    }

    /** The entries of a page that can go. */
    List<Entry> garbage(int pageNumber) {
        byte[] prefix = keys.page(pageNumber);
        List<Entry> entries = entries(prefix, NamespaceKeys.stamped(prefix, end));
        List<Entry> garbage = unneeded(entries);
        addUnneededDeltas(pageNumber, entries, garbage);
        return garbage;
    }

    /** A delta is needed if a version to keep sees it, newer than the whole image that it sees. */
    private void addUnneededDeltas(int pageNumber, List<Entry> entries, List<Entry> garbage) {
        byte[] prefix = keys.deltas(pageNumber);
        List<Entry> deltas = entries(prefix, NamespaceKeys.stamped(prefix, end));
        boolean[] keep = new boolean[deltas.size()];
        for (List<Segment> segments : needed) {
            int seen = seen(segments, entries);
            Entry whole = seen < 0 ? null : entries.get(seen);
            for (int i = 0; i < keep.length; i++) {
                keep[i] |= isSeen(segments, deltas.get(i).stamp(), whole);
            }
        }
        for (int i = 0; i < keep.length; i++) {
            if (!keep[i]) {
                garbage.add(deltas.get(i));
            }
        }
    }

    private static boolean isSeen(List<Segment> segments, Versionstamp delta, Entry whole) {
        for (Segment segment : segments) {
            boolean isLast = whole != null && segment.holds(whole.stamp());
            if (segment.holds(delta)) {
                return !isLast || delta.compareTo(whole.stamp()) > 0;
            }
            if (isLast) {
                return false;
            }
        }
        return false;
    }

    /** The sizes that can go; a rollback writes one, so that versions see the newest before them. */
    List<Entry> garbageSizes() {
        return unneeded(entries(keys.sizes(), NamespaceKeys.stamped(keys.sizes(), end)));
    }

    private List<Entry> unneeded(List<Entry> entries) {
        boolean[] keep = new boolean[entries.size()];
        for (List<Segment> segments : needed) {
            int seen = seen(segments, entries);
            if (seen >= 0) {
                keep[seen] = true;
            }
        }
        List<Entry> garbage = new ArrayList<>();
        for (int i = 0; i < keep.length; i++) {
            Entry each = entries.get(i);
            if (!keep[i] && each.counts() != null && each.counts().compareTo(end) < 0) {
                garbage.add(each);
            }
        }
        return garbage;
    }

    /** Which entry a version sees, or -1. */
    private static int seen(List<Segment> segments, List<Entry> entries) {
        for (Segment segment : segments) {
            for (int i = entries.size() - 1; i >= 0; i--) {
                Entry each = entries.get(i);
                if (segment.holds(each.stamp())
                        && each.counts() != null
                        && each.counts().compareTo(segment.end()) < 0) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** The entries that a staged transaction has left on a page. */
    List<Entry> stagedBy(StagedId id, int pageNumber) {
        byte[] prefix = keys.page(pageNumber);
        return entries(prefix, NamespaceKeys.end(prefix)).stream()
                .filter(each -> id.equals(each.stagedBy()))
                .toList();
    }

    private List<Entry> entries(byte[] first, byte[] last) {
        List<Entry> entries = new ArrayList<>();
        byte[][] from = {first};
        boolean[] more = {true};
        while (more[0]) {
            List<KeyValue> pairs = work.read(name, transaction -> transaction
                    .getRange(from[0], last, READ_AT_ONCE, false, ReadMode.SNAPSHOT)
                    .await());
            for (KeyValue pair : pairs) {
                Versionstamp stamp = NamespaceKeys.stampAtEnd(pair.key());
                StagedId stagedId = isPage(pair.key()) ? PageEntry.stagedBy(pair.value()) : null;
                Versionstamp counts = stagedId == null ? stamp : published(stagedId);
                entries.add(new Entry(pair.key(), stamp, counts, pair.value().length, stagedId));
            }
            more[0] = pairs.size() == READ_AT_ONCE;
            if (more[0]) {
                from[0] = Bytes.after(pairs.get(pairs.size() - 1).key());
            }
        }
        return entries;
    }

    private boolean isPage(byte[] key) {
        return Bytes.startsWith(key, keys.pages());
    }

    /** When a staged transaction was published, or null. */
    Versionstamp published(StagedId id) {
        Versionstamp known = published.get(id);
        if (known == null) {
            byte[] value = work.read(name, (KvTransaction transaction) -> transaction
                    .get(keys.published(id.bytes()), ReadMode.SNAPSHOT)
                    .await());
            if (value != null) {
                known = Versionstamp.read(value, 0);
                published.put(id, known);
            }
        }
        return known;
    }
}
