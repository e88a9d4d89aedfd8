package dev.verso.compat.simulation;

/**
 * Something that a history shows and that should not have been.
 *
 * @param overTime whether it is a cycle only because one transaction had ended before another one began
 * @param description the transactions that prove it
 */
record Anomaly(Kind kind, boolean overTime, String description) {
    /** Adya's names for the cycles and for G1a and G1b. */
    enum Kind {
        /** A list holds a value twice. */
        DUPLICATE,
        /** A value whose append was acknowledged is missing from a later read. */
        LOST_APPEND,
        /** A value that nobody appended was read. */
        UNWRITTEN_READ,
        /** G1a: a value of a failed transaction was read. */
        ABORTED_READ,
        /** G1b: a state of a list was read that its writer went on to change. */
        INTERMEDIATE_READ,
        /** Two reads of a list of which neither begins with the other. */
        INCOMPATIBLE_ORDER,
        /** A transaction that does not see its own writes, or sees a list change that it did not change. */
        INTERNAL,
        /** A cycle of writes over writes. */
        G0,
        /** A cycle of writes over writes and reads of writes. */
        G1C,
        /** A cycle in which one read misses a write. */
        G_SINGLE,
        /** A cycle in which reads miss writes, but never two in a row: not even snapshot isolation explains it. */
        G_NONADJACENT,
        /** A cycle in which two reads in a row miss writes, but never at a transaction that writes and has only snapshot isolation. */
        G2_SERIALIZABLE,
        /** A cycle in which two reads in a row miss writes, as snapshot isolation allows. */
        G2_ITEM;

        boolean isAllowedBySnapshotIsolation() {
            return this == G2_ITEM;
        }
    }

    @Override
    public String toString() {
        return kind + (overTime ? " over time" : "") + ": " + description;
    }
}
