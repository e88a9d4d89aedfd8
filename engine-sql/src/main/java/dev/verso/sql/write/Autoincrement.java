package dev.verso.sql.write;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;

/**
 * The counter of an AUTOINCREMENT table: read from {@code sqlite_sequence} before rows are inserted, written back after; by the statement itself for
 * the INSERTs of its triggers too, which use the counter in the statement's registers. Registers: the table's name, the counter, the rowid of the
 * table's row in {@code sqlite_sequence} (NULL if there is none), the counter as it was read.
 */
final class Autoincrement {
    private final WriteContext context;
    private final Table table;
    private final Table sequence;
    private final int name;

    private Autoincrement(WriteContext context, Table table, Table sequence) {
        this.context = context;
        this.table = table;
        this.sequence = sequence;
        name = context.builder().newRegisters(4);
    }

    /** The counter of the table in the statement that is compiled; null for a table without AUTOINCREMENT. */
    static Autoincrement of(WriteContext context, Table table) {
        if (!table.isAutoincrement()) {
            return null;
        }
        WriteContext statement = context.statement();
        Autoincrement known = statement.autoincrements().get(table);
        if (known == null) {
            known = create(statement, table);
            statement.autoincrements().put(table, known);
            statement.code().atBeginning(known::begin);
        }
        return known;
    }

    private static Autoincrement create(WriteContext context, Table table) {
        Table sequence = table.schema().table("sqlite_sequence");
        if (sequence == null || !sequence.hasRowid() || sequence.columns().size() != 2) {
            throw new DatabaseException(ResultCode.CORRUPT_SEQUENCE, ResultCode.CORRUPT_SEQUENCE.text());
        }
        return new Autoincrement(context, table, sequence);
    }

    int counterRegister() {
        return name + 1;
    }

    /** Emits the reading of the counter. */
    private void begin() {
        ProgramBuilder builder = context.builder();
        int counter = name + 1;
        int rowid = name + 2;
        int before = name + 3;
        int cursor = open(Opcode.OpenRead);
        builder.add(Opcode.String8, 0, name, 0, table.name(), 0);
        builder.add(Opcode.Null, 0, counter, before);
        int none = builder.newLabel();
        int found = builder.newLabel();
        builder.add(Opcode.Rewind, cursor, none);
        int loop = builder.address();
        int next = builder.newLabel();
        int column = builder.newRegister();
        builder.add(Opcode.Column, cursor, 0, column);
        builder.add(Opcode.Ne, name, next, column, null, Flags.JUMP_IF_NULL);
        builder.add(Opcode.Rowid, cursor, rowid);
        builder.add(Opcode.Column, cursor, 1, counter);
        builder.add(Opcode.AddImm, counter, 0);
        builder.add(Opcode.Copy, counter, before);
        builder.add(Opcode.Goto, 0, found);
        builder.place(next);
        builder.add(Opcode.Next, cursor, loop);
        builder.place(none);
        builder.add(Opcode.Integer, 0, counter); // with no counter before, a row is written even if none is inserted
        builder.place(found);
        builder.add(Opcode.Close, cursor);
    }

    /** Emits, in the program of the statement or of a trigger, the raising of the counter to a rowid that was given. */
    void noteRowid(ProgramBuilder builder, int rowidRegister) {
        builder.add(Opcode.MemMax, counterRegister(), rowidRegister);
    }

    /** Emits the writing back. */
    void end() {
        ProgramBuilder builder = context.builder();
        int counter = name + 1;
        int rowid = name + 2;
        int before = name + 3;
        int unchanged = builder.newLabel();
        int hasRow = builder.newLabel();
        builder.add(Opcode.Le, before, unchanged, counter);
        int cursor = open(Opcode.OpenWrite);
        builder.add(Opcode.NotNull, rowid, hasRow);
        builder.add(Opcode.NewRowid, cursor, rowid, 0, null, Flags.COUNTER);
        builder.place(hasRow);
        int record = builder.newRegister();
        builder.add(Opcode.MakeRecord, name, 2, record);
        builder.add(Opcode.Insert, cursor, record, rowid, null, Flags.APPEND | Flags.COUNTER);
        builder.add(Opcode.Close, cursor);
        builder.place(unchanged);
    }

    private int open(Opcode opcode) {
        int cursor = context.builder().newCursor();
        context.builder()
                .add(opcode, cursor, sequence.rootPage(), table.schema().database(), 2, Flags.COUNTER);
        return cursor;
    }
}
