package dev.verso.pager;

import dev.verso.error.DatabaseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Commits the write transactions of one connection on all its databases together. Where more than one of them is a file with a rollback
 * journal, a super-journal makes the whole atomic even across a crash. Databases of one versioned store are one commit of that store. What
 * belongs to several such stores, or to one and to files, commits one after the other, the stores first: they can still refuse.
 */
public final class AtomicCommit {
    private AtomicCommit() {}

    /**
     * Commits the transactions of all these pagers that are writing; their snapshots stay open. What those have read that are not writing
     * counts where the others' stores look at what was read.
     *
     * <p>If it fails with {@code SQLITE_BUSY} because a lock was not to be had, nothing has happened and it may be tried again. After any
     * other failure, all of them have been rolled back.
     *
     * @param readsOn false if the snapshots are closed next, and nothing is read before
     */
    public static void commit(List<Pager> pagers, boolean readsOn) {
        List<Pager> writers = new ArrayList<>();
        List<Pager> readers = new ArrayList<>();
        List<Pager> tied = new ArrayList<>();
        for (Pager pager : pagers) {
            if (pager.isWriting()) {
                writers.add(pager);
                if (pager.hasChanges() && pager.session().takesSuperJournal()) {
                    tied.add(pager);
                }
            }
            if (!pager.hasChanges() && pager.hasReads()) {
                readers.add(pager);
            }
        }
        if (writers.size() == 1 && readers.isEmpty()) {
            commitOne(writers.get(0), readsOn);
        } else if (!writers.isEmpty()) {
            commitAll(writers, readers, tied, readsOn);
        }
    }

    private static void commitOne(Pager pager, boolean readsOn) {
        try {
            pager.prepareCommit(null);
            pager.finishCommit(readsOn);
        } catch (RuntimeException | Error e) {
            boolean mayBeTriedAgain = e instanceof DatabaseException known && known.isBusy() && !pager.isPrepared();
            if (pager.isWriting() && !mayBeTriedAgain) {
                rollBack(List.of(pager), e);
            }
            throw e;
        }
    }

    private static void commitAll(List<Pager> writers, List<Pager> readers, List<Pager> tied, boolean readsOn) {
        for (Pager pager : writers) {
            if (pager.hasChanges()) {
                pager.beginWrite(true);
            }
        }
        String superJournal = null;
        StoreSession host = tied.size() > 1 ? tied.get(0).session() : null;
        try {
            if (host != null) {
                superJournal = host.createSuperJournal(
                        tied.stream().map(Pager::session).toList());
            }
            for (Pager pager : writers) {
                pager.prepareCommit(tied.contains(pager) ? superJournal : null);
            }
            commitDomains(writers, readers);
            if (host != null) {
                host.deleteSuperJournal(superJournal);
            }
        } catch (RuntimeException | Error e) {
            rollBack(writers, e);
            if (superJournal != null) {
                deleteAfterRollback(host, superJournal, e);
            }
            throw e;
        }
        finish(writers, readsOn);
    }

    private static void commitDomains(List<Pager> writers, List<Pager> readers) {
        Map<Object, List<StoreSession>> domains = new LinkedHashMap<>();
        for (Pager pager : writers) {
            Object domain = pager.hasChanges() ? pager.session().commitDomain() : null;
            if (domain != null) {
                domains.computeIfAbsent(domain, each -> new ArrayList<>()).add(pager.session());
            }
        }
        for (Map.Entry<Object, List<StoreSession>> domain : domains.entrySet()) {
            List<TiedRead> reads = new ArrayList<>();
            for (Pager pager : readers) {
                if (domain.getKey().equals(pager.session().commitDomain())) {
                    reads.add(new TiedRead(pager.session(), pager.reads()));
                }
            }
            List<StoreSession> sessions = domain.getValue();
            sessions.get(0).commitTogether(sessions, reads);
        }
    }

    /** From here on the tied ones are committed whatever happens; a failure of another one must not keep any from finishing. */
    private static void finish(List<Pager> writers, boolean readsOn) {
        Throwable first = null;
        for (Pager pager : writers) {
            try {
                pager.finishCommit(readsOn);
            } catch (RuntimeException | Error e) {
                rollBack(List.of(pager), e);
                if (first == null) {
                    first = e;
                } else {
                    addTo(first, e);
                }
            }
        }
        if (first instanceof Error error) {
            throw error;
        }
        if (first instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private static void rollBack(List<Pager> writers, Throwable cause) {
        for (Pager pager : writers) {
            try {
                pager.rollback();
            } catch (RuntimeException | Error e) {
                addTo(cause, e);
            }
        }
    }

    private static void addTo(Throwable cause, Throwable further) {
        if (further != cause) {
            cause.addSuppressed(further);
        }
    }

    private static void deleteAfterRollback(StoreSession host, String superJournal, Throwable cause) {
        if (cause.getSuppressed().length > 0) {
            // A journal that could not be played back still needs its super-journal to be hot.
            return;
        }
        try {
            host.deleteSuperJournal(superJournal);
        } catch (DatabaseException e) {
            cause.addSuppressed(e);
        }
    }
}
