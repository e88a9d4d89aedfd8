package dev.verso.kv.pages;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.Versionstamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The commit of one connection's transaction over several namespaces of one store: one transaction of the store, all or none. */
final class JointCommit {
    private final List<WriteTransaction> transactions;
    /** Those that change something. */
    private final List<WriteTransaction> members = new ArrayList<>();

    /** @param transactions prepared ones */
    JointCommit(List<WriteTransaction> transactions) {
        this.transactions = transactions;
    }

    void commit() {
        Set<String> namespaces = new HashSet<>();
        long bytes = 0;
        for (WriteTransaction each : transactions) {
            if (each.plan() != null) {
                members.add(each);
                bytes += CommitPlanner.imageBytes(each.plan());
                if (!namespaces.add(each.store().keys().idText())) {
                    throw new DatabaseException(
                            ResultCode.LOCKED,
                            ResultCode.LOCKED.text() + ": " + each.store().name()
                                    + " is written twice by one transaction");
                }
            }
        }
        Versionstamp stamp = members.isEmpty()
                ? null
                : commitMembers(bytes > members.get(0).store().mostGroupBytes());
        for (WriteTransaction each : transactions) {
            each.committedTogether(stamp);
        }
    }

    private Versionstamp commitMembers(boolean staged) {
        List<Committer> committers = new ArrayList<>();
        List<Snapshot> bases = new ArrayList<>();
        List<CommitPlan> plans = new ArrayList<>();
        for (WriteTransaction member : members) {
            if (staged && member.plan().staging() == null) {
                member.stagePlan();
            }
            committers.add(member.committer());
            bases.add(member.base());
            plans.add(member.plan());
        }
        return Committer.commitTogether(committers, bases, plans);
    }
}
