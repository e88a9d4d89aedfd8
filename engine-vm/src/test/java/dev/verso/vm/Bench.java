package dev.verso.vm;

import dev.verso.btree.BTree;
import dev.verso.pager.PageStore;
import dev.verso.pager.Pager;
import dev.verso.pager.memory.MemoryStore;
import dev.verso.record.KeyInfo;
import dev.verso.record.TextEncoding;
import dev.verso.vm.value.Value;
import java.util.ArrayList;
import java.util.List;

/** A session over a memory store, and short ways to hand-assemble programs and run them. */
final class Bench implements AutoCloseable {
    final Session session;
    final RecordingHost host = new RecordingHost();

    Bench() {
        this(new MemoryStore("bench"));
    }

    Bench(PageStore store) {
        session = new Session(new BTree(new Pager(store)), host);
    }

    static KeyInfo key(int columns) {
        return new KeyInfo(
                TextEncoding.UTF8,
                new dev.verso.record.Collation[columns],
                new boolean[columns],
                new boolean[columns],
                columns);
    }

    /** Creates a tree and returns its root page. */
    int createTree(int kind) {
        ProgramBuilder b = new ProgramBuilder();
        int register = b.newRegister();
        b.add(Opcode.Transaction, 0, 1);
        b.add(Opcode.CreateBtree, 0, register, kind);
        b.add(Opcode.ResultRow, register, 1);
        b.add(Opcode.Halt);
        Machine machine = new Machine(b.build(), session);
        machine.step();
        int root = (int) machine.column(0).integer();
        machine.step();
        machine.close();
        return root;
    }

    /** A program that inserts rows (n, 'row n') for the values of parameter 1 to parameter 2. */
    static Program insertRange(int root) {
        ProgramBuilder b = new ProgramBuilder();
        int cursor = b.newCursor();
        int i = b.newRegister();
        int end = b.newRegister();
        int columns = b.newRegisters(2);
        int record = b.newRegister();
        b.multiWrite();
        b.mayAbort();
        b.add(Opcode.Transaction, 0, 1);
        b.add(Opcode.OpenWrite, cursor, root, 0);
        b.add(Opcode.Variable, 1, i);
        b.add(Opcode.Variable, 2, end);
        int loop = b.address();
        int done = b.newLabel();
        b.add(Opcode.Gt, end, done, i);
        b.add(Opcode.SCopy, i, columns);
        b.add(Opcode.String8, 0, columns + 1, 0, "row ", 0);
        b.add(Opcode.Concat, i, columns + 1, columns + 1);
        b.add(Opcode.MakeRecord, columns, 2, record);
        b.add(Opcode.Insert, cursor, record, i, "t", Flags.COUNT_CHANGE | Flags.LAST_ROWID);
        b.add(Opcode.AddImm, i, 1);
        b.add(Opcode.Goto, 0, loop);
        b.place(done);
        b.add(Opcode.Halt);
        return b.build();
    }

    void insert(int root, long from, long to) {
        try (Machine machine = new Machine(insertRange(root), session)) {
            machine.parameter(1).setInteger(from);
            machine.parameter(2).setInteger(to);
            machine.step();
        }
    }

    static Program scan(int root) {
        ProgramBuilder b = new ProgramBuilder();
        int cursor = b.newCursor();
        int out = b.newRegisters(2);
        b.add(Opcode.Transaction, 0, 0);
        b.add(Opcode.OpenRead, cursor, root, 0);
        int done = b.newLabel();
        b.add(Opcode.Rewind, cursor, done);
        int loop = b.address();
        b.add(Opcode.Column, cursor, 0, out);
        b.add(Opcode.Column, cursor, 1, out + 1);
        b.add(Opcode.ResultRow, out, 2);
        b.add(Opcode.Next, cursor, loop);
        b.place(done);
        b.add(Opcode.Halt);
        return b.build();
    }

    List<Long> scanned(int root) {
        List<Long> rows = new ArrayList<>();
        try (Machine machine = new Machine(scan(root), session)) {
            while (machine.step()) {
                rows.add(machine.column(0).integer());
            }
        }
        return rows;
    }

    /** Runs a program and returns its rows as text. */
    List<String> run(Program program) {
        List<String> rows = new ArrayList<>();
        try (Machine machine = new Machine(program, session)) {
            while (machine.step()) {
                StringBuilder row = new StringBuilder();
                for (int i = 0; i < machine.rowColumnCount(); i++) {
                    Value value = machine.column(i);
                    row.append(i == 0 ? "" : "|").append(value);
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    void execute(Opcode opcode, int p1, int p2, Object p4) {
        ProgramBuilder b = new ProgramBuilder();
        b.add(opcode, p1, p2, 0, p4, 0);
        b.add(Opcode.Halt);
        run(b.build());
    }

    void begin() {
        execute(Opcode.AutoCommit, 0, 0, null);
    }

    void commit() {
        execute(Opcode.AutoCommit, 1, 0, null);
    }

    void rollback() {
        execute(Opcode.AutoCommit, 1, 1, null);
    }

    @Override
    public void close() {
        session.close();
    }

    /** Notes what the machine asked for. */
    static final class RecordingHost implements SchemaHost {
        final List<String> calls = new ArrayList<>();
        int generation;
        int cookie;

        @Override
        public void parseSchema(int database, String where) {
            calls.add("parse " + database + " " + where);
        }

        @Override
        public void forgetTable(int database, String name) {
            calls.add("forget table " + name);
        }

        @Override
        public void forgetIndex(int database, String name) {
            calls.add("forget index " + name);
        }

        @Override
        public void forgetTrigger(int database, String name) {
            calls.add("forget trigger " + name);
        }

        @Override
        public void rootPageMoved(int database, int from, int to) {
            calls.add("moved " + from + " " + to);
        }

        @Override
        public void schemaChanged(int database) {
            calls.add("changed " + database);
        }

        @Override
        public int schemaCookie(int database) {
            return cookie;
        }

        @Override
        public void schemaCookie(int database, int newCookie) {
            cookie = newCookie;
        }

        @Override
        public int schemaGeneration(int database) {
            return generation;
        }

        @Override
        public void execute(String sql) {
            calls.add("execute " + sql);
        }

        @Override
        public ConnectedTable createVirtualTable(int database, String name) {
            throw new UnsupportedOperationException("create " + name);
        }

        @Override
        public void destroyVirtualTable(int database, String name) {
            calls.add("destroy " + name);
        }

        @Override
        public void loadStatistics(int database) {
            calls.add("statistics " + database);
        }
    }
}
