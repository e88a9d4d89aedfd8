package dev.verso.vm;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.vm.value.Value;
import dev.verso.vtab.VirtualTable;
import dev.verso.vtab.WritableVirtualTable;

/** Virtual tables: cursors, changes, creation and dropping. */
final class VirtualInstructions {
    private VirtualInstructions() {}

    static final class Begin extends Instruction {
        private final ConnectedTable table;

        Begin(int address, Operation operation) {
            super(address, operation);
            table = (ConnectedTable) operation.p4();
        }

        @Override
        int run(Machine m) {
            m.session.beginVirtual(table);
            return next;
        }
    }

    static final class Open extends Instruction {
        private final ConnectedTable table;

        Open(int address, Operation operation) {
            super(address, operation);
            table = (ConnectedTable) operation.p4();
        }

        @Override
        int run(Machine m) {
            m.cursors[p1].openVirtual(table);
            return next;
        }
    }

    static final class InitIn extends Instruction {
        private final int position;

        InitIn(int address, Operation operation) {
            super(address, operation);
            position = (Integer) operation.p4();
        }

        @Override
        int run(Machine m) {
            m.cursors[p3].virtualArguments.list(position, m.cursors[p1]);
            m.registers[p2].setNull();
            return next;
        }
    }

    static final class Filter extends Instruction {
        private final String text;

        Filter(int address, Operation operation) {
            super(address, operation);
            text = (String) operation.p4();
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            int number = (int) m.registers[p3].integer();
            int count = (int) m.registers[p3 + 1].integer();
            cursor.virtual.filter(number, text, cursor.virtualArguments.wrap(m, p3 + 2, count));
            cursor.state = 0;
            return cursor.virtual.isEnd() ? p2 : next;
        }
    }

    static final class Column extends Instruction {
        Column(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            Cursor cursor = m.cursors[p1];
            Value out = m.registers[p3];
            out.setNull();
            if (cursor.state == 0) {
                cursor.virtual.column(p2, out);
            }
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
                return next;
            }
            cursor.virtual.next();
            return cursor.virtual.isEnd() ? next : p2;
        }
    }

    static final class Update extends Instruction {
        private final VirtualWrite write;
        private final int action;

        Update(int address, Operation operation) {
            super(address, operation);
            write = (VirtualWrite) operation.p4();
            action = operation.p5();
        }

        @Override
        int run(Machine m) {
            WritableVirtualTable table = (WritableVirtualTable) write.table().table();
            try {
                change(m, table);
            } catch (DatabaseException e) {
                if (e.code().primary() == ResultCode.CONSTRAINT.value() && table.honoursConflictClauses()) {
                    if (action == Flags.ON_CONFLICT_IGNORE) {
                        return next;
                    }
                    m.end.conflictAction(action == Flags.ON_CONFLICT_REPLACE ? Flags.ON_CONFLICT_ABORT : action);
                }
                throw e;
            }
            m.changes++;
            return next;
        }

        private void change(Machine m, WritableVirtualTable table) {
            if (p2 == 1) {
                table.delete(m.registers[p3]);
                return;
            }
            VirtualRow row = new VirtualRow(m.registers, p3, p2 - 2, write.unchanged(), action);
            if (write.unchanged() != null) {
                table.update(row);
                return;
            }
            long rowid = table.insert(row);
            if (p1 != 0 && !write.isWithoutRowid()) {
                m.session.lastInsertRowid(rowid);
            }
        }
    }

    static final class Rename extends Instruction {
        private final ConnectedTable table;

        Rename(int address, Operation operation) {
            super(address, operation);
            table = (ConnectedTable) operation.p4();
        }

        @Override
        int run(Machine m) {
            table.table().rename(m.registers[p1].asString());
            return next;
        }
    }

    static final class Create extends Instruction {
        Create(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            ConnectedTable table = m.session.host().createVirtualTable(p1, m.registers[p2].asString());
            m.session.beginVirtual(table);
            return next;
        }
    }

    static final class Destroy extends Instruction {
        private final String name;

        Destroy(int address, Operation operation) {
            super(address, operation);
            name = (String) operation.p4();
        }

        @Override
        int run(Machine m) {
            m.session.dropVirtual(p1, name);
            return next;
        }
    }

    static final class Check extends Instruction {
        private final VirtualCheck check;

        Check(int address, Operation operation) {
            super(address, operation);
            check = (VirtualCheck) operation.p4();
        }

        @Override
        int run(Machine m) {
            VirtualTable table = check.table().table();
            String finding = table.checkIntegrity(check.schema(), check.table().name(), p1 != 0);
            if (finding == null) {
                m.registers[p2].setNull();
            } else {
                m.registers[p2].setText(finding);
            }
            return next;
        }
    }
}
