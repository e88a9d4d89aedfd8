package dev.verso.vm;

import dev.verso.vm.value.Value;

/** Where the columns of a result row are read that are still in records when the row is ready. Immutable. */
final class RowLayout {
    static final int ROWID = -1;

    /** Number among the layouts of the program. */
    final int ordinal;
    /** The cursors whose records the columns are read from. */
    final int[] cursors;
    /** Last column that is wanted of the record, for each of those. */
    final int[] lastColumns;
    /** Bit i: column i of the row is read from a record. */
    final long mask;
    /** For each column of the row: which of {@link #cursors}. */
    final int[] sources;
    /** For each column of the row: the column of the record, or {@link #ROWID}. */
    final int[] columns;
    /** For each column of the row: whether an integer is to become a real. */
    final boolean[] reals;
    /** For each column of the row: its value where the record is too short; null for NULL. */
    final Value[] defaults;

    RowLayout(
            int ordinal,
            int[] cursors,
            int[] lastColumns,
            long mask,
            int[] sources,
            int[] columns,
            boolean[] reals,
            Value[] defaults) {
        this.ordinal = ordinal;
        this.cursors = cursors;
        this.lastColumns = lastColumns;
        this.mask = mask;
        this.sources = sources;
        this.columns = columns;
        this.reals = reals;
        this.defaults = defaults;
    }
}
