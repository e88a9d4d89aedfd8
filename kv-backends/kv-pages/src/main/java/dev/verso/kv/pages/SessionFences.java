package dev.verso.kv.pages;

import dev.verso.kv.KvException;
import dev.verso.kv.KvTransaction;
import dev.verso.pager.BigEndian;

/** The fences of one session: one for its commits and one for each lane of its uploads. Their keys go when the session closes. */
final class SessionFences {
    private final VersionedStore store;
    private final long token;
    private final Fence commit;
    private final Fence[] staging = new Fence[Staging.LANES];
    private int stagingsBegun;

    SessionFences(VersionedStore store, long token) {
        this.store = store;
        this.token = token;
        commit = new Fence(store.store(), store.keys().fence(token, 'c'));
        for (int lane = 0; lane < staging.length; lane++) {
            staging[lane] = new Fence(store.store(), store.keys().fence(token, (char) ('s' + lane)));
        }
    }

    Fence commit() {
        return commit;
    }

    /** Begins to stage a transaction; a session stages one at a time. */
    Staging newStaging(boolean compress, int pageSizeBytes) {
        byte[] id = new byte[NamespaceKeys.STAGED_ID_BYTES];
        BigEndian.put64(id, 0, token);
        BigEndian.put32(id, 8, ++stagingsBegun);
        return new Staging(store, staging, new StagedId(id), compress, pageSizeBytes);
    }

    /** Removes the outcomes: nobody will ask for them any more. */
    void close() {
        boolean isWritten = commit.isWritten();
        for (Fence lane : staging) {
            isWritten |= lane.isWritten();
        }
        if (!isWritten) {
            return;
        }
        byte[] outcomes = store.keys().fences(token);
        try (KvTransaction transaction = store.store().begin()) {
            transaction.automaticWriteConflicts(false);
            transaction.clearRange(outcomes, NamespaceKeys.end(outcomes));
            transaction.commit().await();
        } catch (KvException e) {
            // They cost a few bytes until they are collected.
            return;
        }
    }
}
