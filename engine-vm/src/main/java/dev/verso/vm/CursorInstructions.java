package dev.verso.vm;

import dev.verso.btree.BTree;
import dev.verso.record.KeyInfo;
import dev.verso.vm.value.Value;

/** Opening and closing of cursors, and steps from entry to entry. */
final class CursorInstructions {
    private CursorInstructions() {}

    /** {@code OpenRead}, {@code OpenWrite}, {@code ReopenIdx}. */
    static final class Open extends Instruction {
        private final KeyInfo keyInfo;
        private final boolean writable;
        private final boolean rootInRegister;
        private final boolean forConstraint;
        private final boolean ofCounters;
        private final boolean isBulk;
        private final boolean withoutConstants;

        Open(int address, Operation operation) {
            super(address, operation);
            keyInfo = operation.p4() instanceof KeyInfo info ? info : null;
            writable = operation.opcode() == Opcode.OpenWrite;
            rootInRegister = (operation.p5() & Flags.P2_IS_REGISTER) != 0;
            forConstraint = (operation.p5() & Flags.FOR_CONSTRAINT) != 0;
            ofCounters = (operation.p5() & Flags.COUNTER) != 0;
            isBulk = writable && (operation.p5() & Flags.BULK_CURSOR) != 0;
            withoutConstants = writable && (operation.p5() & Flags.WITHOUT_CONSTANTS) != 0;
        }

        @Override
        int run(Machine m) {
            int root = rootInRegister ? (int) m.registers[p2].asLong() : p2;
            BTree tree = m.session.database(p3);
            m.cursors[p1].open(tree, root, keyInfo, writable);
            if (isBulk && keyInfo != null) {
                m.cursors[p1].index.fillsInOrder();
            }
            if (forConstraint) {
                m.cursors[p1].tree.readsForConstraint();
            } else if (ofCounters) {
                m.cursors[p1].tree.readsUnnoted();
            }
            if (withoutConstants || writable && !tree.hasConstants()) {
                m.builder.constants(false);
            }
            return next;
        }
    }

    static final class OpenDup extends Instruction {
        OpenDup(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            m.cursors[p1].openDuplicate(m.cursors[p2]);
            return next;
        }
    }

    static final class OpenEphemeral extends Instruction {
        private final KeyInfo keyInfo;

        OpenEphemeral(int address, Operation operation) {
            super(address, operation);
            keyInfo = operation.p4() instanceof KeyInfo info ? info : null;
        }

        @Override
        int run(Machine m) {
            m.cursors[p1].openEphemeral(m, keyInfo);
            return next;
        }
    }

    static final class OpenPseudo extends Instruction {
        OpenPseudo(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            m.cursors[p1].openPseudo(p2);
            return next;
        }
    }

    static final class Close extends Instruction {
        Close(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            m.cursors[p1].close();
            return next;
        }
    }

    /** {@code Rewind} and {@code Sort}. */
    static final class Rewind extends Instruction {
        Rewind(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            if ((cursor.state & Cursor.SORTER) != 0) {
                return cursor.sorter.rewind() || p2 == 0 ? next : p2;
            }
            cursor.state = 0;
            if (cursor.tree.first()) {
                return next;
            }
            cursor.state = Cursor.NULL_ROW;
            return p2 == 0 ? next : p2;
        }
    }

    static final class Last extends Instruction {
        Last(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            cursor.state = 0;
            if (cursor.tree.last()) {
                return next;
            }
            cursor.state = Cursor.NULL_ROW;
            return p2 == 0 ? next : p2;
        }
    }

    static final class SeekEnd extends Instruction {
        SeekEnd(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            cursor.state = cursor.tree.last() ? 0 : Cursor.NULL_ROW;
            return next;
        }
    }

    static final class Next extends Instruction {
        Next(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            if (cursor.state != 0) {
                cursor.finishSeek(m);
            }
            if ((cursor.state & Cursor.ENDED) == 0 && cursor.tree.next()) {
                cursor.state = 0;
                return p2;
            }
            cursor.state = Cursor.NULL_ROW;
            return next;
        }
    }

    static final class Prev extends Instruction {
        Prev(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            if (cursor.state != 0) {
                cursor.finishSeek(m);
            }
            if ((cursor.state & Cursor.ENDED) == 0 && cursor.tree.previous()) {
                cursor.state = 0;
                return p2;
            }
            cursor.state = Cursor.NULL_ROW;
            return next;
        }
    }

    static final class NullRow extends Instruction {
        NullRow(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            cursor.state = cursor.state & (Cursor.PSEUDO | Cursor.SORTER) | Cursor.NULL_ROW | Cursor.ENDED;
            return next;
        }
    }

    static final class Sequence extends Instruction {
        Sequence(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            m.registers[p2].setInteger(m.cursors[p1].sequence++);
            return next;
        }
    }

    static final class SequenceTest extends Instruction {
        SequenceTest(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            return m.cursors[p1].sequence++ == 0 ? p2 : next;
        }
    }

    static final class Count extends Instruction {
        Count(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            m.registers[p2].setInteger(p3 != 0 ? cursor.tree.estimatedCount() : cursor.tree.count());
            return next;
        }
    }

    static final class IfSizeBetween extends Instruction {
        private final int upper;

        IfSizeBetween(int address, Operation operation) {
            super(address, operation);
            upper = (Integer) operation.p4();
        }

        @Override
        int run(Machine m) {
            long entries = m.cursors[p1].tree.estimatedCount();
            int size = entries <= 0 ? -1 : (int) (10 * Math.log(entries) / Math.log(2));
            return size >= p3 && size <= upper ? p2 : next;
        }
    }

    static final class RowsOpen extends Instruction {
        private final RowSource source;

        RowsOpen(int address, Operation operation) {
            super(address, operation);
            source = (RowSource) operation.p4();
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            cursor.close();
            cursor.rows = source.open(m.session, m.registers, p2, p3);
            return next;
        }
    }

    static final class RowsNext extends Instruction {
        RowsNext(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            return m.cursors[p1].rows.next(m.registers, p3) ? p2 : next;
        }
    }

    /** {@code RowSetAdd}, {@code RowSetRead}, {@code RowSetTest}. */
    static final class RowSets extends Instruction {
        private final Opcode opcode;
        private final int batch;

        RowSets(int address, Operation operation) {
            super(address, operation);
            opcode = operation.opcode();
            batch = operation.p4() == null ? 0 : (Integer) operation.p4();
        }

        @Override
        int run(Machine m) {
            RowSet set = m.rowSet(p1);
            if (opcode == Opcode.RowSetAdd) {
                set.add(m.registers[p2].integer());
                return next;
            }
            if (opcode == Opcode.RowSetRead) {
                if (set.isEmpty()) {
                    m.registers[p1].setNull();
                    return p2;
                }
                m.registers[p3].setInteger(set.takeSmallest());
                return next;
            }
            long value = m.registers[p3].integer();
            if (batch != 0 && set.test(batch, value)) {
                return p2;
            }
            if (batch >= 0) {
                set.add(value);
            }
            return next;
        }
    }

    /** {@code Filter} and {@code FilterAdd}: a Bloom filter in a blob. */
    static final class Filters extends Instruction {
        private final int count;
        private final boolean adds;

        Filters(int address, Operation operation) {
            super(address, operation);
            count = (Integer) operation.p4();
            adds = operation.opcode() == Opcode.FilterAdd;
        }

        @Override
        int run(Machine m) {
            Value filter = m.registers[p1];
            byte[] bits = filter.bytes(m.encoding);
            int bit = (int) ((hash(m) >>> 32) * (filter.length() * 8L) >>> 32);
            if (adds) {
                bits[bit >> 3] |= (byte) (1 << (bit & 7));
                return next;
            }
            return (bits[bit >> 3] & 1 << (bit & 7)) == 0 ? p2 : next;
        }

        /** Keys hash alike that are equal by the collation BINARY. */
        private long hash(Machine m) {
            long hash = 0;
            for (int i = 0; i < count; i++) {
                Value value = m.registers[p3 + i];
                long part = value.isInteger()
                        ? value.integer()
                        : value.isNull() ? 0 : value.isReal() ? (long) value.real() : hash(value, m);
                hash = (hash + part) * 0x9E3779B97F4A7C15L;
                hash ^= hash >>> 29;
            }
            return hash;
        }

        private static long hash(Value value, Machine m) {
            byte[] bytes = value.bytes(m.encoding);
            int start = value.offset();
            int end = start + value.length();
            long hash = value.length();
            for (int i = start; i < end; i++) {
                hash = 31 * hash + bytes[i];
            }
            return hash;
        }
    }
}
