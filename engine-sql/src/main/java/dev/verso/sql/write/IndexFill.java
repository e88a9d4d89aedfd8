package dev.verso.sql.write;

import dev.verso.parser.ast.ConflictAction;
import dev.verso.record.KeyInfo;
import dev.verso.sql.bound.Source;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;

/** Fills an index from its table: CREATE INDEX and REINDEX. Entries are sorted first and then appended. */
public final class IndexFill {
    private IndexFill() {}

    /**
     * Emits the filling of an index whose tree is empty.
     *
     * @param root the register that holds the root page
     */
    public static void fill(WriteContext context, Index index, int root) {
        fill(context, index, root, true);
    }

    /** Emits the filling of an index anew. That of the primary key of a WITHOUT ROWID table is the table itself, so it is emptied only once it is read. */
    public static void refill(WriteContext context, Index index) {
        fill(context, index, index.rootPage(), false);
    }

    private static void fill(WriteContext context, Index index, int root, boolean rootInRegister) {
        ProgramBuilder builder = context.builder();
        Table table = index.table();
        int database = table.schema().database();
        KeyInfo order = KeyOrders.of(context.code().session(), index);
        int sorter = builder.newCursor();
        int data = builder.newCursor();
        int target = builder.newCursor();
        int count = index.parts().size();
        builder.add(Opcode.SorterOpen, sorter, count, index.keyColumns(), order, 0);
        Object shape = table.isWithoutRowid()
                ? KeyOrders.of(context.code().session(), table.primaryKey())
                : (Object) table.columns().size();
        builder.add(Opcode.OpenRead, data, table.rootPage(), database, shape, 0);
        Source row = context.resolver().source(table, table.name());
        row.access(Source.Access.CURSOR);
        row.cursor(data);
        int first = builder.newRegisters(count);
        int record = builder.newRegister();
        int scanned = builder.newLabel();
        builder.add(Opcode.Rewind, data, scanned);
        int loop = builder.address();
        int next = builder.newLabel();
        IndexEntry.skipUnlessIndexed(context, index, row, next);
        IndexEntry.compileStoredParts(context, index, row, first, count);
        builder.add(Opcode.MakeRecord, first, count, record);
        builder.add(Opcode.SorterInsert, sorter, record);
        builder.place(next);
        builder.add(Opcode.Next, data, loop);
        builder.place(scanned);
        if (!rootInRegister) {
            builder.add(Opcode.Clear, root, database);
        }
        builder.add(
                Opcode.OpenWrite,
                target,
                root,
                database,
                order,
                Flags.BULK_CURSOR | (rootInRegister ? Flags.P2_IS_REGISTER : 0));
        int end = builder.newLabel();
        builder.add(Opcode.SorterSort, sorter, end);
        int append = builder.newLabel();
        int insert;
        if (index.isUnique()) {
            builder.add(Opcode.Goto, 0, append);
            insert = builder.address();
            builder.add(Opcode.SorterCompare, sorter, append, record, index.keyColumns(), 0);
            ConstraintError.unique(context, index, ConflictAction.ABORT);
        } else {
            insert = builder.address();
        }
        builder.place(append);
        builder.add(Opcode.SorterData, sorter, record, target);
        builder.add(Opcode.SeekEnd, target);
        builder.add(Opcode.IdxInsert, target, record, 0, null, Flags.APPEND);
        builder.add(Opcode.SorterNext, sorter, insert);
        builder.place(end);
        builder.add(Opcode.Close, data);
        builder.add(Opcode.Close, target);
        builder.add(Opcode.Close, sorter);
    }
}
