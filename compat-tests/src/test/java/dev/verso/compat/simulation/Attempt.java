package dev.verso.compat.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A transaction of a client, with all that it did and was told. */
final class Attempt {
    /** What the client knows. */
    enum Outcome {
        OPEN,
        COMMITTING,
        COMMITTED,
        FAILED,
        /** The client was told that nobody knows. */
        UNKNOWN
    }

    /** What it does in one database. */
    static final class Part {
        private final NamespaceHistory namespace;
        private final long base;
        private final Draft draft;
        private final List<Operation> done = new ArrayList<>();
        private final List<String> answers = new ArrayList<>();
        private final boolean mayBeFrozen;
        private long committedAt = -1;
        private boolean mayBeGone;

        Part(NamespaceHistory namespace, long base, boolean mayBeFrozen) {
            this.namespace = namespace;
            this.base = base;
            draft = new Draft(namespace.at(base));
            this.mayBeFrozen = mayBeFrozen;
        }

        NamespaceHistory namespace() {
            return namespace;
        }

        /** The version that it sees. */
        long base() {
            return base;
        }

        /** True if a lock may have hidden newer versions from it. */
        boolean mayBeFrozen() {
            return mayBeFrozen;
        }

        Draft draft() {
            return draft;
        }

        long committedAt() {
            return committedAt;
        }

        void committedAt(long version) {
            committedAt = version;
        }

        /** It may be in the very version that deleted the database, where nobody can look for it. */
        void mayBeGone() {
            mayBeGone = true;
        }

        /** What must hold of a part of a transaction that is committed. */
        boolean mayBeCommitted() {
            return committedAt >= 0 || mayBeGone || draft.isUntouched();
        }

        /** Remembers what was done; returns the answer that the base and all that was done before ask for. */
        String add(Operation operation) {
            String expected = operation.effect().on(draft);
            done.add(operation);
            answers.add(expected);
            return expected;
        }

        /** Carries all of it out on other contents; null if an answer would differ. */
        Draft replayed(Contents before) {
            Draft again = new Draft(before);
            for (int i = 0; i < done.size(); i++) {
                if (!done.get(i).effect().on(again).equals(answers.get(i))) {
                    return null;
                }
            }
            return again;
        }
    }

    private final long number;
    private final SimulatedProcess process;
    private final boolean isSnapshotIsolated;
    private final Map<NamespaceHistory, Part> parts = new LinkedHashMap<>();
    private Outcome outcome = Outcome.OPEN;
    private String lock = "";

    Attempt(long number, SimulatedProcess process, boolean isSnapshotIsolated) {
        this.number = number;
        this.process = process;
        this.isSnapshotIsolated = isSnapshotIsolated;
    }

    long number() {
        return number;
    }

    boolean isSnapshotIsolated() {
        return isSnapshotIsolated;
    }

    Map<NamespaceHistory, Part> parts() {
        return parts;
    }

    Outcome outcome() {
        return outcome;
    }

    void outcome(Outcome told) {
        outcome = told;
    }

    /** The lock under which it was begun; the empty string for none. */
    String lock() {
        return lock;
    }

    void begunUnder(String heldLock) {
        lock = heldLock;
    }

    /** True if the store may apply it now. */
    boolean mayCommit() {
        return outcome == Outcome.COMMITTING || outcome == Outcome.UNKNOWN;
    }

    @Override
    public String toString() {
        return "transaction " + number + " of " + process + " (" + outcome + ")";
    }
}
