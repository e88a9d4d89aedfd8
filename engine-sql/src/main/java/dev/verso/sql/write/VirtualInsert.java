package dev.verso.sql.write;

import dev.verso.parser.ast.ConflictAction;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.VirtualWrite;

/** The part of INSERT that is different for virtual tables: the row goes to the module as it is. */
final class VirtualInsert {
    private VirtualInsert() {}

    /** Registers for a row as {@code VUpdate} wants it: the old key, the new one, the columns. */
    static NewRow allocate(WriteContext context, Table table) {
        int first = context.builder().newRegisters(2 + table.columns().size());
        return NewRow.at(context, table, first + 1);
    }

    /** Emits the insertion of the row in the registers. */
    static void insert(WriteContext context, NewRow row, ConflictAction override, boolean hasRowid) {
        ProgramBuilder builder = context.builder();
        Table table = row.table();
        if (hasRowid) {
            int free = builder.add(Opcode.IsNull, row.rowidRegister(), 0);
            builder.add(Opcode.MustBeInt, row.rowidRegister(), 0);
            builder.jumpHere(free);
        } else {
            builder.add(Opcode.Null, 0, row.rowidRegister());
        }
        builder.add(Opcode.Null, 0, row.rowidRegister() - 1);
        begin(context, table);
        builder.add(
                Opcode.VUpdate,
                1,
                table.columns().size() + 2,
                row.rowidRegister() - 1,
                new VirtualWrite(table.connected(), table.isWithoutRowid(), null),
                action(override));
        if (!hasRowid) {
            // What RETURNING shows of a rowid that the module has chosen.
            builder.add(Opcode.Integer, -1, row.rowidRegister());
        }
    }

    /** Emits that the table takes part in the transaction. */
    static void begin(WriteContext context, Table table) {
        context.builder().add(Opcode.VBegin, 0, 0, 0, table.connected(), 0);
        context.builder().mayAbort();
    }

    static int action(ConflictAction override) {
        return override == null ? Flags.ON_CONFLICT_ABORT : WriteContext.flag(override);
    }
}
