package dev.verso.vm;

import dev.verso.btree.BTree;
import dev.verso.btree.HeaderField;
import dev.verso.btree.TreeKind;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.vm.value.Value;
import java.util.List;

/** Transactions, header integers, the schema, and trees as wholes. */
final class TransactionInstructions {
    private static final HeaderField[] FIELDS = HeaderField.values();

    private TransactionInstructions() {}

    static final class Begin extends Instruction {
        private final boolean checksSchema;
        private final int generation;

        Begin(int address, Operation operation) {
            super(address, operation);
            checksSchema = operation.p5() != 0;
            generation = operation.p4() == null ? 0 : ((Number) operation.p4()).intValue();
        }

        @Override
        int run(Machine m) {
            Session session = m.session;
            BTree tree = session.database(p1);
            if (p2 == 0) {
                if (!tree.pager().isReading()) {
                    tree.beginRead();
                }
            } else {
                if (!tree.pager().isWriting() || p2 > 1) {
                    tree.beginWrite(p2 > 1);
                }
                session.transaction().openSavepointsOf(p1, 0);
                m.end.openSavepoint(p1);
            }
            if (checksSchema) {
                checkSchema(session, tree);
            }
            return next;
        }

        private void checkSchema(Session session, BTree tree) {
            int cookie = tree.headerField(HeaderField.SCHEMA_COOKIE);
            if (cookie == p3 && session.host().schemaGeneration(p1) == generation) {
                return;
            }
            if (session.host().schemaCookie(p1) != cookie) {
                session.host().schemaChanged(p1);
            }
            throw new DatabaseException(ResultCode.SCHEMA, ResultCode.SCHEMA.text());
        }
    }

    static final class AutoCommit extends Instruction {
        AutoCommit(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            m.session.transaction().autocommit(m.end, p1 != 0, p2 != 0);
            return DONE;
        }
    }

    static final class Savepoint extends Instruction {
        private final String name;

        Savepoint(int address, Operation operation) {
            super(address, operation);
            name = (String) operation.p4();
        }

        @Override
        int run(Machine m) {
            m.session.transaction().savepoint(m.end, p1, name);
            return next;
        }
    }

    static final class ReadCookie extends Instruction {
        ReadCookie(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            BTree tree = m.session.database(p1);
            if (p3 == Flags.COOKIE_SCHEMA_VERSION) {
                tree.readsSchema();
            }
            m.registers[p2].setInteger(tree.headerField(FIELDS[p3]));
            return next;
        }
    }

    static final class SetCookie extends Instruction {
        /** Null if the schema was changed in another way than {@link dev.verso.btree.BTree#schemaChanged} can tell. */
        private final int[] tables;

        SetCookie(int address, Operation operation) {
            super(address, operation);
            tables = (int[]) operation.p4();
        }

        @Override
        int run(Machine m) {
            m.session.database(p1).headerField(FIELDS[p2], p3);
            if (p2 == Flags.COOKIE_SCHEMA_VERSION) {
                m.session.database(p1).schemaChanged(tables);
                m.session.schemaTouched(p1);
                m.session.host().schemaCookie(p1, p3);
            }
            return next;
        }
    }

    static final class VerifyCookie extends Instruction {
        VerifyCookie(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            if (m.session.database(p1).headerField(HeaderField.SCHEMA_COOKIE) != p2) {
                throw new DatabaseException(ResultCode.SCHEMA, ResultCode.SCHEMA.text());
            }
            return next;
        }
    }

    /** {@code ParseSchema}, {@code DropTable} and the like: what the layer above does to its schema. */
    static final class HostCall extends Instruction {
        private final Opcode opcode;
        private final String text;

        HostCall(int address, Operation operation) {
            super(address, operation);
            opcode = operation.opcode();
            text = (String) operation.p4();
        }

        @Override
        int run(Machine m) {
            Session session = m.session;
            SchemaHost host = session.host();
            switch (opcode) {
                case ParseSchema -> {
                    session.schemaTouched(p1);
                    host.parseSchema(p1, text);
                }
                case DropTable -> {
                    session.schemaTouched(p1);
                    host.forgetTable(p1, text);
                }
                case DropIndex -> {
                    session.schemaTouched(p1);
                    host.forgetIndex(p1, text);
                }
                case DropTrigger -> {
                    session.schemaTouched(p1);
                    host.forgetTrigger(p1, text);
                }
                case LoadAnalysis -> host.loadStatistics(p1);
                case SqlExec -> host.execute(text);
                case Expire -> {
                    for (int i = 0; i < session.databaseCount(); i++) {
                        if (session.openDatabase(i) != null) {
                            host.schemaChanged(i);
                        }
                    }
                }
                default -> throw new IllegalStateException("not a call of the host: " + opcode);
            }
            return next;
        }
    }

    static final class CreateBtree extends Instruction {
        CreateBtree(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            TreeKind kind = p3 == Flags.TABLE_TREE ? TreeKind.TABLE : TreeKind.INDEX;
            m.registers[p2].setInteger(m.session.database(p1).createTree(kind));
            return next;
        }
    }

    static final class Destroy extends Instruction {
        Destroy(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            if (m.session.activeReaders() > 1 + m.session.virtualDrops()) {
                m.end.conflictAction(Flags.ON_CONFLICT_ABORT);
                throw new DatabaseException(ResultCode.LOCKED, ResultCode.LOCKED.text());
            }
            m.closeCursorsOn(m.session.database(p3), p1);
            int moved = m.session.database(p3).dropTree(p1);
            m.registers[p2].setInteger(moved);
            if (moved != 0) {
                m.session.schemaTouched(p3);
                m.session.host().rootPageMoved(p3, moved, p1);
            }
            return next;
        }
    }

    static final class IncrVacuum extends Instruction {
        IncrVacuum(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            return m.session.database(p1).incrementalVacuum(1) == 0 ? p2 : next;
        }
    }

    static final class IntegrityCk extends Instruction {
        private final int[] roots;
        private final int database;

        IntegrityCk(int address, Operation operation) {
            super(address, operation);
            roots = (int[]) operation.p4();
            database = operation.p5();
        }

        @Override
        int run(Machine m) {
            Value budget = m.registers[p1];
            int maximum = (int) Math.min(budget.integer(), Integer.MAX_VALUE);
            long[] entries = p3 == 0 ? null : new long[roots.length];
            List<String> findings = m.session.database(database).integrityCheck(roots, maximum, entries);
            for (int i = 0; entries != null && i < entries.length; i++) {
                m.registers[p3 + i].setInteger(entries[i]);
            }
            budget.setInteger(budget.integer() - findings.size());
            if (findings.isEmpty()) {
                m.registers[p2].setNull();
            } else {
                m.registers[p2].setText(String.join("\n", findings));
            }
            return next;
        }
    }

    static final class Pagecount extends Instruction {
        Pagecount(int address, Operation operation) {
            super(address, operation);
        }

        @Override
        int run(Machine m) {
            m.registers[p2].setInteger(m.session.database(p1).pager().pageCount());
            return next;
        }
    }
}
