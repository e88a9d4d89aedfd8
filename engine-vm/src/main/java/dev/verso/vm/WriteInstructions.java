package dev.verso.vm;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.record.SearchKey;
import dev.verso.vm.value.Affinity;
import dev.verso.vm.value.Value;
import java.util.concurrent.ThreadLocalRandom;

/** Changes of trees: rows, index entries, whole trees. */
final class WriteInstructions {
    private static final int SQLITE_DELETE = 9;
    private static final int SQLITE_INSERT = 18;
    private static final int SQLITE_UPDATE = 23;

    private WriteInstructions() {}

    static final class NewRowid extends Instruction {
        private static final int ATTEMPTS = 100;

        /** For a row of {@code sqlite_sequence}: two first rows for one table must collide. */
        private final boolean isCounter;

        NewRowid(int address, Operation operation) {
            super(address, operation);
            isCounter = (operation.p5() & Flags.COUNTER) != 0;
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            cursor.state = 0;
            long rowid = 1;
            boolean exhausted = false;
            if (cursor.table.lastUnnoted()) {
                rowid = cursor.table.rowid();
                exhausted = rowid == Long.MAX_VALUE;
                rowid++;
            }
            if (p3 != 0) {
                rowid = autoincrement(m, cursor, rowid, exhausted);
            } else {
                if (!exhausted && !isCounter) {
                    rowid = cursor.table.reserve(rowid);
                    exhausted = rowid == Long.MIN_VALUE;
                }
                if (exhausted) {
                    rowid = randomRowid(cursor);
                }
            }
            m.registers[p2].setInteger(rowid);
            return next;
        }

        private long autoincrement(Machine m, Cursor cursor, long candidate, boolean exhausted) {
            Value largest = m.mainFrame().registers[p3];
            if (!largest.isInteger()) {
                largest.applyAffinity(Affinity.NUMERIC, m.encoding);
                largest.setInteger(largest.asLong());
            }
            if (exhausted || largest.integer() == Long.MAX_VALUE) {
                throw new DatabaseException(ResultCode.FULL, ResultCode.FULL.text());
            }
            long rowid = cursor.table.reserve(Math.max(candidate, largest.integer() + 1));
            if (rowid == Long.MIN_VALUE) {
                throw new DatabaseException(ResultCode.FULL, ResultCode.FULL.text());
            }
            cursor.table.given(rowid);
            largest.setInteger(rowid);
            return rowid;
        }

        private static long randomRowid(Cursor cursor) {
            for (int i = 0; i < ATTEMPTS; i++) {
                long rowid = (ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE >> 1) + 1;
                if (!cursor.table.seek(rowid)) {
                    return rowid;
                }
            }
            throw new DatabaseException(ResultCode.FULL, ResultCode.FULL.text());
        }
    }

    static final class Insert extends Instruction {
        private final String table;
        private final boolean counts;
        private final boolean setsLastRowid;
        private final boolean appends;
        private final boolean isUpdate;
        private final boolean isPreformatted;
        private final boolean raisesCounter;

        Insert(int address, Operation operation) {
            super(address, operation);
            table = operation.p4() instanceof String name ? name : null;
            int flags = operation.p5();
            counts = (flags & Flags.COUNT_CHANGE) != 0;
            setsLastRowid = (flags & Flags.LAST_ROWID) != 0;
            appends = (flags & Flags.APPEND) != 0;
            isUpdate = (flags & Flags.IS_UPDATE) != 0;
            isPreformatted = (flags & Flags.PREFORMAT) != 0;
            raisesCounter = (flags & Flags.COUNTER) != 0;
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            long rowid = m.registers[p3].integer();
            Value record = isPreformatted ? m.preformatted : m.registers[p2];
            byte[] bytes = record.bytes(m.encoding);
            cursor.state = 0;
            if (!m.session.pinned.isEmpty()) {
                m.session.pinned.check(cursor);
            }
            if (counts) {
                m.changes++;
                if (setsLastRowid) {
                    m.session.lastInsertRowid(rowid); // even if the insert fails, as for a full disk
                }
            }
            if (raisesCounter) {
                cursor.table.raise(rowid, bytes, record.offset(), record.length());
            } else {
                cursor.table.insert(rowid, bytes, record.offset(), record.length(), 0, appends);
            }
            if (table != null && m.session.updateHook() != null) {
                m.session
                        .updateHook()
                        .changed(
                                isUpdate ? SQLITE_UPDATE : SQLITE_INSERT, cursor.databaseName(m.session), table, rowid);
            }
            return next;
        }
    }

    static final class Delete extends Instruction {
        private final String table;
        private final boolean keepsPosition;
        private final boolean isNoop;

        Delete(int address, Operation operation) {
            super(address, operation);
            table = operation.p4() instanceof String name ? name : null;
            keepsPosition = (operation.p5() & Flags.SAVE_POSITION) != 0;
            isNoop = (operation.p5() & Flags.IS_NOOP) != 0;
        }

        @Override
        int run(Machine m) {
            if (isNoop) {
                return next;
            }
            Cursor cursor = m.cursors[p1];
            if (!m.session.pinned.isEmpty()) {
                m.session.pinned.check(cursor);
            }
            cursor.finishSeek(m);
            boolean reports = (p2 & Flags.COUNT_CHANGE) != 0 && table != null && m.session.updateHook() != null;
            long rowid = reports && cursor.table != null ? cursor.table.rowid() : 0;
            cursor.refuseKeys();
            cursor.tree.delete(keepsPosition);
            cursor.state = 0;
            if ((p2 & Flags.COUNT_CHANGE) != 0) {
                m.changes++;
            }
            if (reports && cursor.table != null) {
                m.session.updateHook().changed(SQLITE_DELETE, cursor.databaseName(m.session), table, rowid);
            }
            return next;
        }
    }

    static final class IdxInsert extends Instruction {
        private final boolean counts;
        private final boolean appends;

        IdxInsert(int address, Operation operation) {
            super(address, operation);
            counts = (operation.p5() & Flags.COUNT_CHANGE) != 0;
            appends = (operation.p5() & Flags.APPEND) != 0;
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            Value record = m.registers[p2];
            byte[] bytes = record.bytes(m.encoding);
            if (!m.session.pinned.isEmpty()) {
                m.session.pinned.check(cursor);
            }
            if (cursor.keys != null) {
                rememberKey(m, cursor, bytes, record);
            }
            cursor.index.insert(bytes, record.offset(), record.length(), appends);
            cursor.state = 0;
            if (counts) {
                m.changes++;
            }
            return next;
        }
    }

    /** Keeps the key set of an ephemeral index true: it takes new entries, but cannot replace one. */
    private static void rememberKey(Machine m, Cursor cursor, byte[] bytes, Value record) {
        if (cursor.keys.mayHold(bytes, record.offset(), record.length()) && holds(m, cursor, bytes, record)
                || !cursor.keys.add(bytes, record.offset(), record.length())) {
            cursor.refuseKeys();
        }
    }

    private static boolean holds(Machine m, Cursor cursor, byte[] bytes, Value record) {
        SearchKey key = m.searchKey.wrap(
                cursor.keyInfo, bytes, record.offset(), record.length(), cursor.keyInfo.keyColumns(), 0);
        return cursor.index.seek(key) == 0;
    }

    static final class IdxDelete extends Instruction {
        private final boolean mustExist;

        IdxDelete(int address, Operation operation) {
            super(address, operation);
            mustExist = operation.p5() != 0;
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            cursor.refuseKeys();
            SearchKey key = m.key(cursor, p2, p3, 0);
            if (!cursor.index.deleteKey(key) && mustExist) {
                throw new DatabaseException(ResultCode.CORRUPT_INDEX, ResultCode.CORRUPT_INDEX.text());
            }
            cursor.state = Cursor.NULL_ROW;
            return next;
        }
    }

    static final class CursorLock extends Instruction {
        CursorLock(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            m.session.pinned.pin(m.cursors[p1]);
            return next;
        }
    }

    static final class CursorUnlock extends Instruction {
        CursorUnlock(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            m.session.pinned.unpin(m.cursors[p1]);
            return next;
        }
    }

    static final class Clear extends Instruction {
        Clear(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            long deleted = m.session.database(p2).clearTree(p1);
            if (p3 != 0) {
                m.changes += deleted;
                if (p3 > 0) {
                    Value counter = m.registers[p3];
                    counter.setInteger(counter.asLong() + deleted);
                }
            }
            return next;
        }
    }

    static final class ResetSorter extends Instruction {
        ResetSorter(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            if (cursor.sorter != null) {
                cursor.sorter.reset();
            } else {
                cursor.clearEphemeral();
            }
            return next;
        }
    }

    // ---- sorter

    static final class SorterOpen extends Instruction {
        private final dev.verso.record.KeyInfo keyInfo;

        SorterOpen(int address, Operation operation) {
            super(address, operation);
            keyInfo = (dev.verso.record.KeyInfo) operation.p4();
        }

        @Override
        int run(Machine m) {
            m.cursors[p1].openSorter(m, keyInfo);
            return next;
        }
    }

    static final class SorterInsert extends Instruction {
        SorterInsert(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Value record = m.registers[p2];
            byte[] bytes = record.bytes(m.encoding);
            m.cursors[p1].sorter.add(bytes, record.offset(), record.length());
            return next;
        }
    }

    static final class SorterSort extends Instruction {
        SorterSort(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            if (cursor.sorter == null) {
                return cursor.tree.first() ? next : p2;
            }
            return cursor.sorter.rewind() ? next : p2;
        }
    }

    static final class SorterNext extends Instruction {
        SorterNext(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            return m.cursors[p1].sorter.next() ? p2 : next;
        }
    }

    static final class SorterData extends Instruction {
        SorterData(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Sorter sorter = m.cursors[p1].sorter;
            Value out = m.registers[p2];
            sorter.read(out);
            Cursor reader = m.cursors[p3];
            if ((reader.state & Cursor.PSEUDO) != 0 && reader.register == p2) {
                reader.state = Cursor.PSEUDO;
                reader.followsSorter = true;
                int length = out.length();
                reader.pseudo().wrap(out.bytes(m.encoding), out.offset(), length, length, null, out.isLoose());
            }
            return next;
        }
    }

    static final class SorterCompare extends Instruction {
        private final int columns;

        SorterCompare(int address, Operation operation) {
            super(address, operation);
            columns = (Integer) operation.p4();
        }

        @Override
        int run(Machine m) {
            Value record = m.registers[p3];
            byte[] bytes = record.bytes(m.encoding);
            return m.cursors[p1].sorter.differs(bytes, record.offset(), record.length(), columns) ? p2 : next;
        }
    }
}
