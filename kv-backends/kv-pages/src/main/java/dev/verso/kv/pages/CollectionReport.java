package dev.verso.kv.pages;

/**
 * What a collection of garbage has done, or would do.
 *
 * @param oldest the oldest version kept, besides those that are held for a reason of their own
 * @param versions versions that are gone for good
 * @param pagesExamined pages whose entries were looked at
 * @param entries page images removed
 * @param bytes length of these images as stored
 * @param stagings abandoned staged transactions removed
 */
public record CollectionReport(
        long oldest, long versions, long pagesExamined, long entries, long bytes, long stagings) {
    static final CollectionReport NOTHING = new CollectionReport(0, 0, 0, 0, 0, 0);

    CollectionReport at(long newOldest) {
        return new CollectionReport(newOldest, versions, pagesExamined, entries, bytes, stagings);
    }

    CollectionReport plusVersion() {
        return new CollectionReport(oldest, versions + 1, pagesExamined, entries, bytes, stagings);
    }

    CollectionReport plusPage() {
        return new CollectionReport(oldest, versions, pagesExamined + 1, entries, bytes, stagings);
    }

    CollectionReport plusEntry(long length) {
        return new CollectionReport(oldest, versions, pagesExamined, entries + 1, bytes + length, stagings);
    }

    CollectionReport plusStaging() {
        return new CollectionReport(oldest, versions, pagesExamined, entries, bytes, stagings + 1);
    }
}
