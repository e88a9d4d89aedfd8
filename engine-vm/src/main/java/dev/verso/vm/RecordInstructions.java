package dev.verso.vm;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.record.RecordBuilder;
import dev.verso.record.RecordView;
import dev.verso.vm.value.Affinity;
import dev.verso.vm.value.StorageClass;
import dev.verso.vm.value.Value;

/** Reading of entries and building of records. */
final class RecordInstructions {
    private RecordInstructions() {}

    /** The record that the cursor is on, with a pending seek carried out. Not for the null row. */
    static RecordView record(Machine m, Cursor cursor) {
        if (cursor.state == 0) {
            return cursor.tree.record();
        }
        if ((cursor.state & Cursor.PSEUDO) != 0) {
            return pseudoRecord(m, cursor);
        }
        if ((cursor.state & Cursor.SORTER) != 0) {
            return cursor.sorter.view(cursor.pseudo());
        }
        cursor.finishSeek(m);
        return cursor.tree.record();
    }

    private static RecordView pseudoRecord(Machine m, Cursor cursor) {
        if (cursor.followsSorter) {
            return cursor.pseudo();
        }
        Value source = m.registers[cursor.register];
        byte[] bytes = source.bytes(m.encoding);
        int length = source.length();
        return cursor.pseudo().wrap(bytes, source.offset(), length, length, null, source.isLoose());
    }

    /** The rowid at the end of an index entry. */
    static long lastInteger(RecordView record) {
        int last = record.columnCount() - 1;
        if (last >= 0) {
            long type = record.serialType(last);
            if (type >= 1 && type <= 9 && type != 7) {
                return record.integer(last);
            }
        }
        throw new DatabaseException(ResultCode.CORRUPT, ResultCode.CORRUPT.text());
    }

    static final class Column extends Instruction {
        private final Value defaultValue;

        Column(int address, Operation operation) {
            super(address, operation);
            defaultValue = constant(operation.p4());
        }

        static Value constant(Object p4) {
            if (p4 == null || p4 instanceof Value) {
                return (Value) p4;
            }
            Value value = new Value();
            if (p4 instanceof Integer || p4 instanceof Long) {
                value.setInteger(((Number) p4).longValue());
            } else if (p4 instanceof Double real) {
                value.setReal(real);
            } else if (p4 instanceof byte[] bytes) {
                value.setBlob(bytes, 0, bytes.length);
            } else {
                value.setText((String) p4);
            }
            return value;
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            if (cursor.state == 0) {
                load(m, cursor.tree.record(), p2);
                return next;
            }
            if (cursor.followsSorter && cursor.state == Cursor.PSEUDO) {
                load(m, cursor.pseudo(), p2);
                return next;
            }
            return special(m, cursor);
        }

        private int special(Machine m, Cursor cursor) {
            if ((cursor.state & Cursor.NULL_ROW) != 0) {
                m.registers[p3].setNull();
                return next;
            }
            if ((cursor.state & Cursor.PENDING) != 0 && cursor.alternate != null) {
                int[] columns = cursor.alternateColumns;
                int mapped = p2 + 1 < columns.length ? columns[p2 + 1] : 0;
                if (mapped > 0) {
                    load(m, cursor.alternate.tree.record(), mapped - 1);
                    return next;
                }
            }
            load(m, record(m, cursor), p2);
            return next;
        }

        private void load(Machine m, RecordView record, int column) {
            Value out = m.registers[p3];
            if (!out.setColumn(record, column, m.encoding)) {
                if (defaultValue == null) {
                    out.setNull();
                } else {
                    out.setShared(defaultValue);
                    if (defaultValue.isWholeReal()) {
                        out.wholeReal();
                    }
                }
            }
        }
    }

    static final class Rowid extends Instruction {
        Rowid(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            Value out = m.registers[p2];
            if (cursor.state == 0) {
                out.setInteger(cursor.table != null ? cursor.table.rowid() : cursor.virtual.rowid());
            } else if ((cursor.state & Cursor.NULL_ROW) != 0) {
                out.setNull();
            } else {
                out.setInteger(cursor.pendingRowid);
            }
            return next;
        }
    }

    static final class RowData extends Instruction {
        RowData(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            cursor.finishSeek(m);
            Value out = m.registers[p2];
            int length = cursor.tree.payloadBytes();
            if (length > m.session.maximumLength()) {
                throw new DatabaseException(ResultCode.TOOBIG, ResultCode.TOOBIG.text());
            }
            byte[] buffer = out.ownBuffer(length);
            cursor.tree.copyPayload(buffer, 0);
            out.setBlob(buffer, 0, length);
            return next;
        }
    }

    /** {@code RowCell}: keeps the row for the {@code Insert} that follows. */
    static final class RowCell extends Instruction {
        RowCell(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Cursor source = m.cursors[p2];
            int length = source.tree.payloadBytes();
            byte[] buffer = m.preformatted.ownBuffer(length);
            source.tree.copyPayload(buffer, 0);
            m.preformatted.setBlob(buffer, 0, length);
            return next;
        }
    }

    static final class MakeRecord extends Instruction {
        /** Bytes of a value that is worth looking at the whole row before it is copied. */
        private static final int LONG_VALUE = 1 << 20;

        private final Affinity[] affinities;

        MakeRecord(int address, Operation operation) {
            super(address, operation);
            affinities = ArithmeticInstructions.Affinities.parse((String) operation.p4());
        }

        @Override
        int run(Machine m) {
            Value[] registers = m.registers;
            RecordBuilder builder = m.builder;
            builder.begin();
            for (int i = 0; i < p2; i++) {
                Value value = registers[p1 + i];
                if (affinities != null && i < affinities.length) {
                    value.applyAffinity(affinities[i], m.encoding);
                }
                if (value.isLongerThan(LONG_VALUE)) {
                    requireRoom(m);
                }
                m.append(value);
            }
            int length = builder.finish();
            if (length > m.session.maximumLength()) {
                throw new DatabaseException(ResultCode.TOOBIG, ResultCode.TOOBIG.text());
            }
            registers[p3].setBlobCopy(builder.bytes(), 0, length);
            return next;
        }

        /** Refuses a row that would be too long before it is built. */
        private void requireRoom(Machine m) {
            int limit = m.session.maximumLength();
            long bytes = 0;
            for (int i = 0; i < p2; i++) {
                Value value = m.registers[p1 + i];
                if (affinities != null && i < affinities.length) {
                    value.applyAffinity(affinities[i], m.encoding);
                }
                StorageClass kind = value.storageClass();
                if (kind == StorageClass.TEXT) {
                    value.bytes(m.encoding); // the length is that in the database's encoding
                }
                if (kind == StorageClass.TEXT || kind == StorageClass.BLOB) {
                    bytes += value.length();
                }
            }
            if (bytes > limit) {
                throw new DatabaseException(ResultCode.TOOBIG, ResultCode.TOOBIG.text());
            }
        }
    }
}
