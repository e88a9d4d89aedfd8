package dev.verso.btree;

import dev.verso.record.RecordView;

/** Rows of {@code sqlite_sequence}: a table's name and the largest rowid it has given out. */
final class Counters {
    private static final int VALUE_COLUMN = 1;

    private Counters() {}

    /** The counter in a row. */
    static long value(byte[] record) {
        RecordView view = new RecordView().wrap(record, 0, record.length);
        if (!view.hasColumn(VALUE_COLUMN)) {
            return 0;
        }
        long type = view.serialType(VALUE_COLUMN);
        boolean isInteger = type >= 1 && type <= 6 || type == 8 || type == 9;
        return isInteger ? view.integer(VALUE_COLUMN) : 0;
    }
}
