package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.KvException;
import dev.verso.kv.KvStore;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.pages.Committer.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The commit of one connection's transaction over several namespaces of one store: one transaction of the store, all or none.
 *
 * <p>Each namespace has a {@link Candidate}, also one in which the transaction has only read: what it wrote elsewhere may follow from that.
 * All are checked against their logs at one read version of the store. Where pages collide and rows don't, the candidate is carried out
 * again on the newest snapshot of its namespace, and from then on relies on nobody else committing there; then all are checked once more. What
 * holds at that read version holds for the commit, which the store refuses if anything relied on has changed since.
 *
 * <p>Meanwhile it has the turn of the {@link CommitPipeline} of each namespace that it writes, so that the commits of this JVM do not overtake
 * it for ever. Turns are taken in one order everywhere.
 */
final class JointCommit {
    private static final int TRIES = 200;
    private static final int TRIES_BESIDE_READ = 4;

    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Candidate> writers = new ArrayList<>();
    private final List<CommitPipeline> turns = new ArrayList<>();

    /** @param transactions prepared ones */
    JointCommit(List<WriteTransaction> transactions) {
        for (WriteTransaction each : transactions) {
            Candidate candidate = each.candidate();
            candidates.add(candidate);
            if (!candidate.plan.isRead()) {
                writers.add(candidate);
            }
        }
    }

    void commit() {
        Versionstamp stamp = null;
        if (!writers.isEmpty()) {
            requireDistinct();
            stageIfTooLarge();
        }
        try {
            takeTurns(writers);
            if (!writers.isEmpty()) {
                stamp = commitWriters();
            }
            for (Candidate each : candidates) {
                each.transaction.committedTogether(stamp, each);
            }
        } finally {
            endTurns();
        }
    }

    private void takeTurns(List<Candidate> of) {
        of.stream()
                .map(each -> each.transaction.store())
                .distinct()
                .sorted(Comparator.comparingLong(VersionedStore::number))
                .forEach(each -> {
                    each.pipeline().takeTurn();
                    turns.add(each.pipeline());
                });
    }

    private void endTurns() {
        turns.forEach(CommitPipeline::endTurn);
        turns.clear();
    }

    private void requireDistinct() {
        Set<String> namespaces = new HashSet<>();
        for (Candidate each : writers) {
            VersionedStore store = each.transaction.store();
            if (!namespaces.add(store.keys().idText())) {
                throw new DatabaseException(
                        ResultCode.LOCKED,
                        ResultCode.LOCKED.text() + ": " + store.name() + " is written twice by one transaction");
            }
        }
    }

    /** What does not fit one transaction of the store is staged, and then pages decide about its conflicts. */
    private void stageIfTooLarge() {
        long bytes = 0;
        for (Candidate each : writers) {
            bytes += CommitPlanner.imageBytes(each.plan);
        }
        for (Candidate each : writers) {
            if (each.plan.staging() == null && bytes > CommitPlanner.mostInlineBytes(store())) {
                each.plan = each.transaction.stagePlan();
                each.rebase = null;
            }
        }
    }

    private KvStore store() {
        return writers.get(0).transaction.store().store();
    }

    /** Null if nothing is left to write on top of what others have written. */
    private Versionstamp commitWriters() {
        for (int tries = 1; tries <= TRIES; tries++) {
            writers.removeIf(each -> each.plan.isRead());
            if (writers.isEmpty()) {
                return null;
            }
            Versionstamp stamp = tryToCommit();
            if (stamp != null) {
                return stamp;
            }
            if (tries == TRIES_BESIDE_READ) {
                // Where it has only read, others go on committing: too fast for this one.
                endTurns();
                takeTurns(candidates);
            }
            for (Candidate each : candidates) {
                if (each.collides) {
                    carryOutAgain(each);
                }
            }
        }
        throw Failures.conflict(
                writers.get(0).transaction.store().name(), "overtaken by other commits " + TRIES + " times");
    }

    /** Null if it must be tried again, after those that collide have been carried out again. */
    private Versionstamp tryToCommit() {
        Committer first = writers.get(0).transaction.committer();
        try (KvTransaction transaction = store().begin()) {
            List<Question> questions = new ArrayList<>();
            for (Candidate each : candidates) {
                questions.add(each.transaction.committer().ask(transaction, each.checkedTo, each.plan));
            }
            boolean collides = false;
            for (int i = 0; i < candidates.size(); i++) {
                Candidate each = candidates.get(i);
                collides |= !check(transaction, each, questions.get(i));
            }
            if (collides) {
                return null;
            }
            boolean quiet = true;
            for (Candidate each : writers) {
                quiet &= each.transaction.store().expectsQuiet();
            }
            long[] micros = new long[candidates.size()];
            for (int i = 0; i < micros.length; i++) {
                micros[i] = write(transaction, candidates.get(i), quiet);
            }
            Versionstamp stamp = first.stamp(transaction);
            for (int i = 0; stamp != null && i < micros.length; i++) {
                committed(candidates.get(i), stamp, micros[i], quiet);
            }
            return stamp;
        } catch (KvException e) {
            first.orTryAgain(e, true);
            return null;
        }
    }

    private static long write(KvTransaction transaction, Candidate candidate, boolean quiet) {
        Committer committer = candidate.transaction.committer();
        if (candidate.plan.isRead()) {
            committer.rely(transaction, candidate.plan, candidate.isRebased ? candidate.checkedTo : -1);
            return 0;
        }
        return committer.write(
                transaction,
                candidate.transaction.base(),
                candidate.plan,
                reliesOnLog(candidate, quiet) ? candidate.checkedTo : -1);
    }

    private static boolean reliesOnLog(Candidate candidate, boolean quiet) {
        return candidate.isRebased || quiet;
    }

    private static void committed(Candidate candidate, Versionstamp stamp, long micros, boolean quiet) {
        if (candidate.plan.isRead()) {
            return;
        }
        Committer committer = candidate.transaction.committer();
        Snapshot base = candidate.transaction.base();
        committer.note(candidate.plan, stamp);
        if (reliesOnLog(candidate, quiet) && candidate.checkedTo == base.version()) {
            candidate.after =
                    committer.after(stamp, base, base.pageCount(), candidate.plan, micros, candidate.checkedTo);
        }
        if (candidate.after == null) {
            committer.noteUnseen(candidate.plan, stamp);
        }
    }

    /** False if the candidate must be carried out again. */
    private static boolean check(KvTransaction transaction, Candidate candidate, Question question) {
        Committer committer = candidate.transaction.committer();
        long visible = committer.newestVisible(question);
        if (!candidate.plan.isRead() || visible == Long.MAX_VALUE) {
            committer.requireWritable(transaction, question, candidate.transaction.base());
        }
        committer.catchUp(
                transaction,
                candidate,
                new CommitCheck(candidate.transaction.store()),
                question.entries().await(),
                visible);
        if (candidate.collides && candidate.plan.isRead()) {
            // There is nothing to carry out; but its pages tell nothing any more.
            candidate.collides = false;
            candidate.isRebased = true;
        }
        return !candidate.collides;
    }

    private void carryOutAgain(Candidate candidate) {
        WriteTransaction transaction = candidate.transaction;
        Snapshot newest = transaction.catchUp(candidate, new CommitCheck(transaction.store()));
        candidate.plan = transaction.rebaseOrRead(newest);
        candidate.isRebased = true;
        candidate.collides = false;
    }
}
