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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads pages as of a version: the newest entry before it, found by a reverse range read of one pair for each page, all pages together
 * in one round trip. Entries staged by a transaction that is not published at that version are passed over; whether it is costs one more
 * round trip, once in this JVM for each staged transaction.
 */
final class PageReader {
    private static final int TRIES = 60;

    private final NamespaceKeys keys;
    private final String name;
    private final VersionNumbers numbers;
    private final StagedOutcomes outcomes;

    PageReader(NamespaceKeys keys, String name, VersionNumbers numbers, StagedOutcomes outcomes) {
        this.keys = keys;
        this.name = name;
        this.numbers = numbers;
        this.outcomes = outcomes;
    }

    /** A page that is asked for. */
    private static final class Wanted {
        private final int pageNumber;
        private final int index;
        private byte[] end;
        private KeyValue found;
        private Pending<List<KeyValue>> answer;

        private Wanted(int pageNumber, int index, byte[] end) {
            this.pageNumber = pageNumber;
            this.index = index;
            this.end = end;
        }
    }

    /** {@code images[i]} becomes page {@code pageNumbers[i]} at the version; those that are there already are left. */
    void read(ReadView view, long version, int pageSizeBytes, int[] pageNumbers, int count, byte[][] images) {
        for (int tries = 1; ; tries++) {
            try {
                readOnce(view.transaction(), version, pageSizeBytes, pageNumbers, count, images);
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

    private void readOnce(
            KvTransaction transaction, long version, int pageSizeBytes, int[] pageNumbers, int count, byte[][] images) {
        Versionstamp after = numbers.after(version);
        List<Wanted> open = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (images[i] == null) {
                byte[] prefix = keys.page(pageNumbers[i]);
                open.add(new Wanted(pageNumbers[i], i, NamespaceKeys.stamped(prefix, after)));
            }
        }
        while (!open.isEmpty()) {
            for (Wanted each : open) {
                each.answer = transaction.getRange(keys.page(each.pageNumber), each.end, 1, true, ReadMode.SNAPSHOT);
            }
            List<Wanted> undecided = new ArrayList<>();
            List<Wanted> older = new ArrayList<>();
            for (Wanted each : open) {
                take(transaction, each, version, pageSizeBytes, images, undecided, older);
            }
            decide(transaction, version, pageSizeBytes, images, undecided, older);
            open = older;
        }
    }

    private void take(
            KvTransaction transaction,
            Wanted each,
            long version,
            int pageSizeBytes,
            byte[][] images,
            List<Wanted> undecided,
            List<Wanted> older) {
        List<KeyValue> pairs = each.answer.await();
        if (pairs.isEmpty()) {
            throw missing(transaction, each.pageNumber, version);
        }
        each.found = pairs.get(0);
        StagedId stagedId = PageEntry.stagedBy(each.found.value());
        if (stagedId == null) {
            images[each.index] = PageEntry.image(each.found.value(), pageSizeBytes, each.pageNumber);
        } else {
            Versionstamp published = outcomes.get(stagedId);
            if (published == null) {
                undecided.add(each);
            } else {
                choose(each, published, version, pageSizeBytes, images, older);
            }
        }
    }

    private DatabaseException missing(KvTransaction transaction, int pageNumber, long version) {
        if (transaction.get(keys.record(), ReadMode.SNAPSHOT).await() == null) {
            return SnapshotOpener.deleted(name);
        }
        return new DatabaseException(
                ResultCode.CORRUPT,
                ResultCode.CORRUPT.text() + ": " + name + ": page " + pageNumber + " has no image at version "
                        + version);
    }

    /** Takes the staged entry if its transaction is published at the version, else goes on to the entry before. */
    private void choose(
            Wanted each, Versionstamp published, long version, int pageSizeBytes, byte[][] images, List<Wanted> older) {
        if (published != null && numbers.number(published) <= version) {
            images[each.index] = PageEntry.image(each.found.value(), pageSizeBytes, each.pageNumber);
        } else {
            each.end = each.found.key();
            older.add(each);
        }
    }

    private void decide(
            KvTransaction transaction,
            long version,
            int pageSizeBytes,
            byte[][] images,
            List<Wanted> undecided,
            List<Wanted> older) {
        if (undecided.isEmpty()) {
            return;
        }
        Map<StagedId, Pending<byte[]>> asked = new LinkedHashMap<>();
        for (Wanted each : undecided) {
            asked.computeIfAbsent(
                    PageEntry.stagedBy(each.found.value()),
                    id -> transaction.get(keys.published(id.bytes()), ReadMode.SNAPSHOT));
        }
        for (Wanted each : undecided) {
            StagedId id = PageEntry.stagedBy(each.found.value());
            byte[] value = asked.get(id).await();
            Versionstamp published = value == null ? null : Versionstamp.read(value, 0);
            if (published != null) {
                outcomes.put(id, published);
            }
            choose(each, published, version, pageSizeBytes, images, older);
        }
    }
}
