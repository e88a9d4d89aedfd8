package dev.verso.vm;

import dev.verso.btree.TreeCursor;
import dev.verso.record.RecordView;

/**
 * The columns of the current row that nobody has asked for yet. Their records lie on pages that never change, so they can be read until
 * the next row, whatever becomes of the cursors.
 */
final class PendingRow {
    /** Of a row that is whole in its registers. */
    static final PendingRow NONE =
            new PendingRow(new RowLayout(0, new int[0], new int[0], 0, new int[0], new int[0], new boolean[0], null));

    private final RowLayout layout;
    private final RecordView[] records;
    private final long[] rowids;
    private final PendingColumn[] columns;
    /** Bit i: column i is not in its register. */
    private long pending;

    PendingRow(RowLayout layout) {
        this.layout = layout;
        int sources = layout.cursors.length;
        records = new RecordView[sources];
        rowids = new long[sources];
        for (int i = 0; i < sources; i++) {
            records[i] = new RecordView();
            records[i].expect(layout.lastColumns[i]);
        }
        columns = new PendingColumn[layout.columns.length];
        for (int i = 0; i < columns.length; i++) {
            if ((layout.mask >>> i & 1) != 0) {
                int source = layout.sources[i];
                columns[i] = new PendingColumn(
                        records[source], rowids, source, layout.columns[i], layout.reals[i], layout.defaults[i]);
            }
        }
    }

    /** Takes the records that the cursors are on; false if one of them does not last. */
    boolean take(Machine m) {
        int[] cursors = layout.cursors;
        for (int i = 0; i < cursors.length; i++) {
            Cursor cursor = m.cursors[cursors[i]];
            TreeCursor tree = cursor.tree;
            if (cursor.state != 0 || tree == null || !tree.lendRecord(records[i])) {
                return false;
            }
            if (cursor.table != null) {
                rowids[i] = cursor.table.rowid();
            }
        }
        pending = layout.mask;
        return true;
    }

    /** The column, or null if it is in its register. */
    PendingColumn column(int index) {
        return (pending >>> index & 1) != 0 ? columns[index] : null;
    }

    /** The column is in its register now. */
    void loaded(int index) {
        pending &= ~(1L << index);
    }
}
