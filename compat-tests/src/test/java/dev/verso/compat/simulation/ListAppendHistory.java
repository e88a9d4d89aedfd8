package dev.verso.compat.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * What transactions that append to lists and read them were told. A value is appended to a list at most once in the whole history, so each
 * value names its writer, and a read of a list tells the order of all writers before it. Thread-safe.
 */
final class ListAppendHistory {
    /** How a transaction ended, as its application was told. */
    enum Outcome {
        OK,
        /** None of its writes may ever be seen. What it read before must still be one snapshot. */
        FAILED,
        /** Its writes may be seen, all or none, from any later moment on. */
        UNKNOWN
    }

    /** One step of a transaction. */
    sealed interface Operation {
        String list();
    }

    record Append(String list, long value) implements Operation {
        @Override
        public String toString() {
            return "append " + list + " " + value;
        }
    }

    record Read(String list, List<Long> values) implements Operation {
        @Override
        public String toString() {
            return "read " + list + " " + values;
        }
    }

    /**
     * @param process whose it is; the transactions of a process come one after the other
     * @param began a moment before its first step
     * @param ended a moment after its last step was answered
     * @param isSnapshotIsolated what it was promised: what it had read could change before its commit
     */
    record Transaction(
            int number,
            int process,
            List<Operation> operations,
            Outcome outcome,
            long began,
            long ended,
            boolean isSnapshotIsolated) {
        /** True for what was read of the past. */
        boolean isPast() {
            return began == Long.MIN_VALUE;
        }

        @Override
        public String toString() {
            if (isPast()) {
                return "T" + number + " of the past: " + operations;
            }
            return "T" + number + " of process " + process + " (" + began + " to " + ended + ", " + outcome
                    + (isSnapshotIsolated ? ", snapshot isolation" : "") + "): " + operations;
        }
    }

    private final List<Transaction> transactions = new ArrayList<>();
    private long moment;

    /** A moment later than all that were asked for before. */
    synchronized long now() {
        return ++moment;
    }

    /** Adds a transaction that ends now. */
    synchronized void add(int process, long began, Outcome outcome, List<Operation> operations) {
        add(process, began, ++moment, outcome, operations);
    }

    /** Adds a transaction that ends now and was promised one or the other isolation. */
    synchronized void add(
            int process, long began, Outcome outcome, List<Operation> operations, boolean isSnapshotIsolated) {
        add(process, began, ++moment, outcome, operations, isSnapshotIsolated);
    }

    synchronized void add(int process, long began, long ended, Outcome outcome, List<Operation> operations) {
        add(process, began, ended, outcome, operations, false);
    }

    synchronized void add(
            int process,
            long began,
            long ended,
            Outcome outcome,
            List<Operation> operations,
            boolean isSnapshotIsolated) {
        transactions.add(new Transaction(
                transactions.size(), process, List.copyOf(operations), outcome, began, ended, isSnapshotIsolated));
    }

    /** Adds what somebody was shown who asked for the past: it may come anywhere in the order, but at one place. */
    synchronized void addPast(List<Operation> operations) {
        add(0, Long.MIN_VALUE, Long.MAX_VALUE, Outcome.OK, operations);
    }

    synchronized List<Transaction> transactions() {
        return List.copyOf(transactions);
    }

    synchronized long count(Outcome outcome) {
        return transactions.stream().filter(t -> t.outcome() == outcome).count();
    }
}
