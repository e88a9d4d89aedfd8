package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.pages.Lineage.Segment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads pages as of a version: the newest entry before it, found by a reverse range read of one pair for each page, all pages together
 * in one round trip, and the newest deltas with it, which are applied if they are newer; of a fork, the databases that it was forked from are asked together with it. Entries staged by a transaction that is
 * not published at that version are passed over; whether it is costs one more round trip, once in this JVM for each staged transaction.
 * A store's read version that is used for the first time also tells whether the snapshot's version is still kept.
 */
final class PageReader {
    private static final int TRIES = 60;

    private final NamespaceKeys keys;
    private final String name;
    private final StagedOutcomes outcomes;
    private final DeltaChains chains;

    PageReader(NamespaceKeys keys, String name, StagedOutcomes outcomes, DeltaChains chains) {
        this.keys = keys;
        this.name = name;
        this.outcomes = outcomes;
        this.chains = chains;
    }

    /** A page that is asked for, in all stretches of the lineage at once; {@code at} is the one whose answer counts next. */
    private static final class Wanted {
        private final int pageNumber;
        private final int index;
        private final List<Pending<List<KeyValue>>> answers;
        private final List<Pending<List<KeyValue>>> deltas;
        private int at;
        private KeyValue found;
        private byte[] image;

        private Wanted(int pageNumber, int index, int segments) {
            this.pageNumber = pageNumber;
            this.index = index;
            answers = new ArrayList<>(segments);
            deltas = new ArrayList<>(segments);
        }
    }

    /** {@code images[i]} becomes page {@code pageNumbers[i]} at the version; those that are there already are left. */
    void read(ReadView view, Snapshot snapshot, int[] pageNumbers, int count, byte[][] images) {
        for (int tries = 1; ; tries++) {
            try {
                readOnce(view, snapshot, pageNumbers, count, images);
                return;
            } catch (KvException e) {
                boolean again = e.failure() == KvFailure.TOO_OLD || e.failure() == KvFailure.FUTURE_VERSION;
                if (!again || tries == TRIES) {
                    throw Failures.translate(e, "reading", name);
                }
                view.renew();
            }
        }
    }

    private void readOnce(ReadView view, Snapshot snapshot, int[] pageNumbers, int count, byte[][] images) {
        KvTransaction transaction = view.transaction();
        if (view.isVerified()) {
            read(transaction, snapshot, pageNumbers, count, images);
            return;
        }
        Pending<byte[]> record = transaction.get(keys.record(), ReadMode.SNAPSHOT);
        Pending<List<KeyValue>> hold = Holds.ofVersion(transaction, keys, snapshot.version(), ReadMode.SNAPSHOT);
        List<Segment> segments = snapshot.lineage().at(snapshot.version());
        List<Wanted> open = ask(transaction, segments, pageNumbers, count, images);
        verify(view, snapshot, record.await(), hold);
        take(transaction, segments, snapshot, open, images);
    }

    /** Reads by a transaction that is known to see the version. */
    void read(KvTransaction transaction, Snapshot snapshot, int[] pageNumbers, int count, byte[][] images) {
        List<Segment> segments = snapshot.lineage().at(snapshot.version());
        take(transaction, segments, snapshot, ask(transaction, segments, pageNumbers, count, images), images);
    }

    private static List<Wanted> ask(
            KvTransaction transaction, List<Segment> segments, int[] pageNumbers, int count, byte[][] images) {
        List<Wanted> open = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (images[i] == null) {
                Wanted wanted = new Wanted(pageNumbers[i], i, segments.size());
                for (Segment segment : segments) {
                    wanted.answers.add(transaction.getRange(
                            segment.first(wanted.pageNumber),
                            segment.last(wanted.pageNumber),
                            1,
                            true,
                            ReadMode.SNAPSHOT));
                    wanted.deltas.add(transaction.getRange(
                            segment.firstDelta(wanted.pageNumber),
                            segment.lastDelta(wanted.pageNumber),
                            PageDelta.MOST_IN_A_ROW,
                            true,
                            ReadMode.SNAPSHOT));
                }
                open.add(wanted);
            }
        }
        return open;
    }

    private void take(
            KvTransaction transaction,
            List<Segment> segments,
            Snapshot snapshot,
            List<Wanted> wanted,
            byte[][] images) {
        List<Wanted> open = wanted;
        while (!open.isEmpty()) {
            List<Wanted> undecided = new ArrayList<>();
            List<Wanted> older = new ArrayList<>();
            for (Wanted each : open) {
                take(each, segments, snapshot, undecided, older);
            }
            decide(transaction, segments, snapshot.pageSizeBytes(), undecided, older);
            for (Wanted each : older) {
                // What was found does not count: the entry before it may.
                each.answers.set(
                        each.at,
                        transaction.getRange(
                                segments.get(each.at).first(each.pageNumber),
                                each.found.key(),
                                1,
                                true,
                                ReadMode.SNAPSHOT));
            }
            open = older;
        }
        for (Wanted each : wanted) {
            applyDeltas(transaction, segments, each);
            images[each.index] = each.image;
        }
    }

    /** Applies what has been changed since the whole image, oldest first. */
    private void applyDeltas(KvTransaction transaction, List<Segment> segments, Wanted each) {
        Versionstamp whole = NamespaceKeys.stampAtEnd(each.found.key());
        List<byte[]> newestFirst = new ArrayList<>();
        for (int i = 0; i <= each.at; i++) {
            List<KeyValue> deltas = each.deltas.get(i).await();
            boolean mayHaveMore = true;
            while (mayHaveMore && !deltas.isEmpty()) {
                for (KeyValue delta : deltas) {
                    mayHaveMore =
                            i < each.at || NamespaceKeys.stampAtEnd(delta.key()).compareTo(whole) > 0;
                    if (!mayHaveMore) {
                        break;
                    }
                    newestFirst.add(delta.value());
                }
                mayHaveMore &= deltas.size() == PageDelta.MOST_IN_A_ROW;
                if (mayHaveMore) {
                    byte[] end = deltas.get(deltas.size() - 1).key();
                    byte[] first = segments.get(i).firstDelta(each.pageNumber);
                    deltas = transaction
                            .getRange(first, end, PageDelta.MOST_IN_A_ROW, true, ReadMode.SNAPSHOT)
                            .await();
                }
            }
        }
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            PageDelta.apply(each.image, newestFirst.get(i), each.pageNumber);
        }
        chains.depth(each.pageNumber, newestFirst.size());
    }

    /** A version that has been dropped reads as an error, not as what is left of it. */
    private void verify(ReadView view, Snapshot snapshot, byte[] recordValue, Pending<List<KeyValue>> hold) {
        if (recordValue == null) {
            throw SnapshotOpener.deleted(name);
        }
        long oldest = NamespaceRecord.decode(recordValue).oldest();
        if (snapshot.version() < oldest && hold.await().isEmpty()) {
            throw SnapshotOpener.dropped(name, snapshot.version(), oldest);
        }
        view.verified();
    }

    private void take(
            Wanted each, List<Segment> segments, Snapshot snapshot, List<Wanted> undecided, List<Wanted> older) {
        List<KeyValue> pairs = each.answers.get(each.at).await();
        while (pairs.isEmpty()) {
            if (++each.at == segments.size()) {
                throw new DatabaseException(
                        ResultCode.CORRUPT,
                        ResultCode.CORRUPT.text() + ": " + name + ": page " + each.pageNumber
                                + " has no image at version " + snapshot.version());
            }
            pairs = each.answers.get(each.at).await();
        }
        each.found = pairs.get(0);
        StagedId stagedId = PageEntry.stagedBy(each.found.value());
        if (stagedId == null) {
            each.image = PageEntry.image(each.found.value(), snapshot.pageSizeBytes(), each.pageNumber);
        } else {
            Versionstamp published = outcomes.get(stagedId);
            if (published == null) {
                undecided.add(each);
            } else {
                choose(each, published, segments, snapshot.pageSizeBytes(), older);
            }
        }
    }

    /** Takes the staged entry if its transaction is published in time, else goes on to the entry before. */
    private static void choose(
            Wanted each, Versionstamp published, List<Segment> segments, int pageSizeBytes, List<Wanted> older) {
        if (published != null && published.compareTo(segments.get(each.at).end()) < 0) {
            each.image = PageEntry.image(each.found.value(), pageSizeBytes, each.pageNumber);
        } else {
            older.add(each);
        }
    }

    private void decide(
            KvTransaction transaction,
            List<Segment> segments,
            int pageSizeBytes,
            List<Wanted> undecided,
            List<Wanted> older) {
        if (undecided.isEmpty()) {
            return;
        }
        Map<StagedId, Pending<byte[]>> asked = new LinkedHashMap<>();
        for (Wanted each : undecided) {
            NamespaceKeys writer = segments.get(each.at).keys();
            asked.computeIfAbsent(
                    PageEntry.stagedBy(each.found.value()),
                    id -> transaction.get(writer.published(id.bytes()), ReadMode.SNAPSHOT));
        }
        for (Wanted each : undecided) {
            StagedId id = PageEntry.stagedBy(each.found.value());
            byte[] value = asked.get(id).await();
            Versionstamp published = value == null ? null : Versionstamp.read(value, 0);
            if (published != null) {
                outcomes.put(id, published);
            }
            choose(each, published, segments, pageSizeBytes, older);
        }
    }
}
