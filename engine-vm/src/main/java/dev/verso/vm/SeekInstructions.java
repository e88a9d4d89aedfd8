package dev.verso.vm;

import dev.verso.btree.IndexCursor;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.record.Collation;
import dev.verso.record.Collations;
import dev.verso.record.KeyInfo;
import dev.verso.record.RecordView;
import dev.verso.record.SearchKey;
import dev.verso.vm.value.Affinity;
import dev.verso.vm.value.Comparison;
import dev.verso.vm.value.Numbers;
import dev.verso.vm.value.StorageClass;
import dev.verso.vm.value.Value;

/** Moves of cursors to keys, and comparisons of entries with keys. */
final class SeekInstructions {
    private SeekInstructions() {}

    private static int integerP4(Operation operation) {
        return operation.p4() == null ? 0 : (Integer) operation.p4();
    }

    /** {@code SeekLT}, {@code SeekLE}, {@code SeekGE}, {@code SeekGT}. */
    static final class Seek extends Instruction {
        private final boolean greater;
        private final boolean orEqual;
        private final int keyCount;

        Seek(int address, Operation operation) {
            super(address, operation);
            Opcode opcode = operation.opcode();
            greater = opcode == Opcode.SeekGE || opcode == Opcode.SeekGT;
            orEqual = opcode == Opcode.SeekGE || opcode == Opcode.SeekLE;
            keyCount = integerP4(operation);
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            cursor.state = 0;
            boolean found = cursor.table != null ? seekTable(m, cursor) : seekIndex(m, cursor);
            if (found) {
                return next;
            }
            cursor.state = Cursor.NULL_ROW;
            return p2;
        }

        private boolean seekIndex(Machine m, Cursor cursor) {
            SearchKey key = m.key(cursor, p3, keyCount, greater == orEqual ? 1 : -1);
            return greater ? cursor.index.seekAtLeast(key) : cursor.index.seekAtMost(key);
        }

        private boolean seekTable(Machine m, Cursor cursor) {
            Value key = m.registers[p3];
            if (key.isInteger()) {
                return seekRowid(cursor, key.integer(), orEqual);
            }
            Value number = m.scratch;
            number.setShared(key);
            number.applyNumericAffinity();
            if (number.isInteger()) {
                return seekRowid(cursor, number.integer(), orEqual);
            }
            if (!number.isReal()) {
                // texts and blobs are greater than any rowid, NULL compares with none
                return !number.isNull() && !greater && cursor.tree.last();
            }
            double real = number.real();
            long whole = Numbers.truncate(real);
            int order = Numbers.compare(whole, real);
            if (order == 0) {
                return seekRowid(cursor, whole, orEqual);
            }
            if (order > 0) {
                return seekRowid(
                        cursor, whole, greater); // whole > real: "> real" means ">= whole", "<= real" means "< whole"
            }
            return seekRowid(
                    cursor, whole, !greater); // whole < real: ">= real" means "> whole", "< real" means "<= whole"
        }

        private boolean seekRowid(Cursor cursor, long rowid, boolean inclusive) {
            if (greater) {
                if (inclusive) {
                    return cursor.table.seekAtLeast(rowid);
                }
                return rowid != Long.MAX_VALUE && cursor.table.seekAtLeast(rowid + 1);
            }
            if (inclusive) {
                return cursor.table.seekAtMost(rowid);
            }
            return rowid != Long.MIN_VALUE && cursor.table.seekAtMost(rowid - 1);
        }
    }

    /** {@code SeekRowid} and {@code NotExists}. */
    static final class SeekRowid extends Instruction {
        private final boolean checksConstraint;

        SeekRowid(int address, Operation operation) {
            super(address, operation);
            checksConstraint = operation.opcode() == Opcode.NotExists;
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            Value key = m.registers[p3];
            if (!key.isInteger()) {
                Value number = m.scratch;
                number.setShared(key);
                number.applyAffinity(Affinity.NUMERIC, m.encoding);
                if (number.storageClass() == StorageClass.REAL && number.real() == Long.MIN_VALUE) {
                    number.setInteger(Long.MIN_VALUE); // exact, although columns keep it as a real
                }
                if (!number.isInteger()) {
                    return p2;
                }
                key = number;
            }
            if (checksConstraint) {
                cursor.table.readsForConstraint();
            }
            if (cursor.table.seek(key.integer())) {
                cursor.state = 0;
                return next;
            }
            cursor.state = 0;
            if (p2 == 0) {
                throw new DatabaseException(ResultCode.CORRUPT, ResultCode.CORRUPT.text());
            }
            return p2;
        }
    }

    /** {@code Found}, {@code NotFound}, {@code NoConflict}. */
    static final class Lookup extends Instruction {
        private final int keyCount;
        private final boolean jumpsIfFound;
        private final boolean nullMeansNone;

        Lookup(int address, Operation operation) {
            super(address, operation);
            keyCount = integerP4(operation);
            jumpsIfFound = operation.opcode() == Opcode.Found;
            nullMeansNone = operation.opcode() == Opcode.NoConflict;
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            if (nullMeansNone && hasNull(m, cursor)) {
                return p2;
            }
            if (keyCount > 0 && keyCount == cursor.keyInfo.keyColumns()) {
                KeySet keys = cursor.keys();
                if (keys != null) {
                    return lookUp(m, cursor, keys);
                }
            }
            IndexCursor index = cursor.index;
            if (nullMeansNone) {
                index.readsForConstraint();
            }
            boolean found = index.seek(key(m, cursor)) == 0 && index.isOnEntry();
            cursor.state = found ? 0 : Cursor.NULL_ROW;
            return found == jumpsIfFound ? p2 : next;
        }

        private int lookUp(Machine m, Cursor cursor, KeySet keys) {
            int entry = keys.find(m, p3);
            if (entry < 0) {
                cursor.state = Cursor.NULL_ROW;
            } else {
                cursor.pendingOn(entry);
            }
            return entry >= 0 == jumpsIfFound ? p2 : next;
        }

        private SearchKey key(Machine m, Cursor cursor) {
            if (keyCount > 0) {
                return m.key(cursor, p3, keyCount, 0);
            }
            Value record = m.registers[p3];
            byte[] bytes = record.bytes(m.encoding);
            return m.searchKey.wrap(
                    cursor.keyInfo, bytes, record.offset(), record.length(), cursor.keyInfo.keyColumns(), 0);
        }

        private boolean hasNull(Machine m, Cursor cursor) {
            if (keyCount > 0) {
                for (int i = 0; i < keyCount; i++) {
                    if (m.registers[p3 + i].isNull()) {
                        return true;
                    }
                }
                return false;
            }
            Value record = m.registers[p3];
            byte[] bytes = record.bytes(m.encoding);
            RecordView view = cursor.pseudo().wrap(bytes, record.offset(), record.length());
            for (int i = 0; i < cursor.keyInfo.keyColumns(); i++) {
                if (!view.hasColumn(i) || view.serialType(i) == 0) {
                    return true;
                }
            }
            return false;
        }
    }

    static final class SeekHit extends Instruction {
        SeekHit(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            cursor.hitColumns = Math.min(Math.max(cursor.hitColumns, p2), p3);
            return next;
        }
    }

    /** Ends a loop over values of an IN if the key has no entry even without them. */
    static final class IfNoHope extends Instruction {
        private final int keyCount;

        IfNoHope(int address, Operation operation) {
            super(address, operation);
            keyCount = integerP4(operation);
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            if (cursor.hitColumns >= keyCount) {
                return next;
            }
            IndexCursor index = cursor.index;
            boolean found = index.seek(m.key(cursor, p3, keyCount, 0)) == 0 && index.isOnEntry();
            if (!found) {
                cursor.state = Cursor.NULL_ROW;
                return p2;
            }
            cursor.state = 0;
            cursor.hitColumns = keyCount;
            return next;
        }
    }

    /** {@code IdxLE}, {@code IdxGT}, {@code IdxLT}, {@code IdxGE}: the entry against registers, without serializing them. */
    static final class EntryComparison extends Instruction {
        private final int keyCount;
        private final boolean jumpsIfLess;
        private final boolean jumpsIfEqual;

        EntryComparison(int address, Operation operation) {
            super(address, operation);
            keyCount = integerP4(operation);
            Opcode opcode = operation.opcode();
            jumpsIfLess = opcode == Opcode.IdxLE || opcode == Opcode.IdxLT;
            jumpsIfEqual = opcode == Opcode.IdxLE || opcode == Opcode.IdxGE;
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            if (cursor.state != 0) {
                cursor.finishSeek(m);
            }
            int comparison = compare(m, cursor.tree.record(), cursor.keyInfo, p3, keyCount);
            return comparison == 0 ? jumpsIfEqual ? p2 : next : comparison < 0 == jumpsIfLess ? p2 : next;
        }
    }

    /** Compares the leading columns of a record with registers, in a key's order. */
    static int compare(Machine m, RecordView record, KeyInfo info, int firstRegister, int count) {
        for (int i = 0; i < count; i++) {
            Value key = m.registers[firstRegister + i];
            if (!record.hasColumn(i)) {
                return 0;
            }
            long type = record.serialType(i);
            int result;
            if (key.isInteger() && (type >= 1 && type <= 6 || type == 8 || type == 9)) {
                result = Long.compare(record.integer(i), key.integer());
            } else {
                result = compareColumn(m, record, i, info.collations()[i], key);
            }
            if (result != 0) {
                return info.descending()[i] ? -result : result;
            }
        }
        return 0;
    }

    private static int compareColumn(Machine m, RecordView record, int column, Collation collation, Value key) {
        Value value = m.scratch;
        value.setColumn(record, column, m.encoding);
        return Comparison.compare(value, key, collation == Collations.BINARY ? null : collation, m.encoding);
    }

    static final class DeferredSeek extends Instruction {
        private final int[] columns;

        DeferredSeek(int address, Operation operation) {
            super(address, operation);
            columns = (int[]) operation.p4();
        }

        @Override
        int run(Machine m) {
            Cursor index = m.cursors[p1];
            Cursor table = m.cursors[p3];
            if ((index.state & Cursor.NULL_ROW) != 0) {
                table.state = Cursor.NULL_ROW;
                return next;
            }
            index.finishSeek(m);
            table.pendingRowid = RecordInstructions.lastInteger(index.tree.record());
            table.state = Cursor.PENDING;
            if (index.index != null) {
                table.table.lookupsFrom(index.index);
            }
            table.alternate = columns == null ? null : index;
            table.alternateColumns = columns;
            return next;
        }
    }

    static final class IdxRowid extends Instruction {
        IdxRowid(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Cursor index = m.cursors[p1];
            if ((index.state & Cursor.NULL_ROW) != 0) {
                m.registers[p2].setNull();
            } else {
                index.finishSeek(m);
                m.registers[p2].setInteger(RecordInstructions.lastInteger(index.tree.record()));
            }
            return next;
        }
    }

    static final class FinishSeek extends Instruction {
        FinishSeek(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            m.cursors[p1].finishSeek(m);
            return next;
        }
    }
}
