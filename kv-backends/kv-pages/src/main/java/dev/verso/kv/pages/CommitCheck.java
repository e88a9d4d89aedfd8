package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import java.util.BitSet;
import java.util.List;

/** Whether a transaction may still commit after others have. */
final class CommitCheck {
    private final VersionedStore store;

    CommitCheck(VersionedStore store) {
        this.store = store;
    }

    /** Checks commits that the candidate has not been checked against; false if one of them touched what it has read or written. */
    boolean passes(Candidate candidate, List<RecentCommits.Logged> commits) {
        for (RecentCommits.Logged each : commits) {
            if (!passes(candidate, each, null)) {
                return false;
            }
        }
        return true;
    }

    /** The same for one commit; the pages of a staged one are told. */
    boolean passes(Candidate candidate, RecentCommits.Logged commit, BitSet staged) {
        if (!passes(candidate, commit.entry(), staged)) {
            if (!store.isOwn(commit.entry())) {
                candidate.transaction.collidedElsewhere();
            }
            return false;
        }
        candidate.checkedTo = commit.version();
        candidate.hasCompany = true;
        return true;
    }

    /**
     * @param staged the pages of a staged commit, else null
     * @return false if the commit touched what the candidate has read or written; otherwise the candidate knows whether it collides
     */
    boolean passes(Candidate candidate, LogEntry entry, BitSet staged) {
        CommitPlan plan = candidate.plan;
        boolean usesFirstPage = plan.readsFirstPage() || plan.writesFirstPage();
        boolean changesSchema = (entry.flags() & LogEntry.SCHEMA) != 0 && usesFirstPage;
        if (changesSchema
                && (candidate.rebase == null
                        || entry.rows() == null
                        || candidate.rebase.conflictsWithSchema(entry.rows()))) {
            return false;
        }
        boolean collides = changesSchema && plan.writesFirstPage()
                || (entry.flags() & LogEntry.ALLOCATION) != 0 && plan.writesFirstPage()
                || (staged != null ? staged.intersects(plan.checked()) : contains(plan.checked(), entry.pageNumbers()));
        if (!collides && !candidate.collides && !candidate.isRebased) {
            return true;
        }
        // Once a page that was read has changed, its rows may lie on others: from then on only rows tell.
        if (candidate.rebase == null || entry.rows() == null || candidate.rebase.conflictsWith(entry.rows())) {
            return false;
        }
        candidate.collides |= collides;
        return true;
    }

    private static boolean contains(BitSet pages, int[] changed) {
        for (int page : changed) {
            if (pages.get(page)) {
                return true;
            }
        }
        return false;
    }

    DatabaseException conflict() {
        return Failures.conflict(store.name(), "another connection has changed what this transaction read or wrote");
    }
}
