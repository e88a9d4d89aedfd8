package dev.verso.kv.pages;

import dev.verso.kv.Versionstamp;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which staged transactions are published, and when: once known it holds for ever. Shared by the sessions of a store. */
final class StagedOutcomes {
    private static final int MOST = 10_000;

    private final Map<StagedId, Versionstamp> published = new ConcurrentHashMap<>();

    /** The stamp of the commit that published it, or null if that is not known here. */
    Versionstamp get(StagedId id) {
        return published.get(id);
    }

    void put(StagedId id, Versionstamp stamp) {
        if (published.size() >= MOST) {
            published.clear();
        }
        published.put(id, stamp);
    }
}
