package dev.verso.vm;

import dev.verso.record.RecordView;
import dev.verso.record.SerialType;
import dev.verso.record.TextEncoding;
import dev.verso.vm.value.Value;

/** One column of a {@link PendingRow}: read from its record into a register, or by a typed reader, which leaves the column pending. */
final class PendingColumn {
    private final RecordView record;
    private final long[] rowids;
    private final int source;
    private final int place;
    private final boolean isRowid;
    private final boolean makesReal;
    private final Value missing;

    /**
     * @param rowids where at {@code source} the rowid is
     * @param place the column of the record, or {@link RowLayout#ROWID}
     * @param makesReal an integer becomes a real
     * @param missing the value where the record is too short; null for NULL
     */
    PendingColumn(RecordView record, long[] rowids, int source, int place, boolean makesReal, Value missing) {
        this.record = record;
        this.rowids = rowids;
        this.source = source;
        this.place = place;
        this.isRowid = place == RowLayout.ROWID;
        this.makesReal = makesReal;
        this.missing = missing;
    }

    void load(Value into, TextEncoding encoding) {
        if (isRowid) {
            into.setInteger(rowids[source]);
            return;
        }
        if (!into.setColumn(record, place, encoding)) {
            if (missing == null) {
                into.setNull();
            } else {
                into.setShared(missing);
            }
        }
        if (makesReal) {
            into.integerToReal();
        }
    }

    boolean isNull() {
        if (isRowid) {
            return false;
        }
        if (!record.hasColumn(place)) {
            return missing == null || missing.isNull();
        }
        long type = record.foundType(place);
        return SerialType.isNull(type) || type == SerialType.REAL && Double.isNaN(record.foundReal(place));
    }

    boolean isInteger() {
        return isRowid || record.hasColumn(place) && SerialType.isInteger(record.foundType(place)) && !makesReal;
    }

    /** If {@link #isInteger}. */
    long integer() {
        return isRowid ? rowids[source] : record.foundInteger(place);
    }

    boolean isReal() {
        return !isRowid && record.hasColumn(place) && record.foundType(place) == SerialType.REAL;
    }

    /** If {@link #isReal}; 0 for a NaN, which is NULL. */
    double real() {
        double value = record.foundReal(place);
        return value == value ? value : 0;
    }

    boolean isText() {
        return !isRowid && record.hasColumn(place) && SerialType.isText(record.foundType(place));
    }

    /** If {@link #isText}. */
    String text(TextEncoding encoding) {
        return Value.decode(record.foundBytes(), record.foundOffset(place), record.foundLength(place), encoding);
    }
}
