package dev.verso.kv.local;

import java.util.ArrayList;
import java.util.List;

/** Commits that are in memory and have yet to go into the log. Edits come under the engine's lock, the rest from whoever writes. */
final class PendingCommits {
    private final CommitLog.Body body = new CommitLog.Body();
    private List<byte[]> bodies = new ArrayList<>();
    private long lastVersion;

    PendingCommits() {}

    void put(byte[] key, byte[] value) {
        body.put(key, value);
    }

    void remove(byte[] key) {
        body.remove(key);
    }

    synchronized void committed(long version) {
        bodies.add(body.take(version));
        lastVersion = version;
    }

    /** Newest version among those taken or waiting. */
    synchronized long lastVersion() {
        return lastVersion;
    }

    synchronized void start(long version) {
        lastVersion = version;
    }

    /** Hands over all bodies, oldest first; the newest of them has {@link #lastVersion}. */
    synchronized Batch take() {
        Batch batch = new Batch(bodies, lastVersion);
        bodies = new ArrayList<>();
        return batch;
    }

    record Batch(List<byte[]> bodies, long lastVersion) {}
}
