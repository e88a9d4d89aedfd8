package dev.verso.sql.write;

import dev.verso.record.KeyInfo;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;

/** Keys of the rows to be changed, collected while the WHERE loop runs, and the loop over them afterwards. */
final class CollectedKeys {
    private final ProgramBuilder builder;
    private final TableCursors cursors;
    private final Table table;
    private final int opening;
    private final int count;
    private int setRegister;
    private int keyCursor;
    private int keyRegister;
    private int loop;
    private int next;
    private int end;

    /** Emits what must stand before the WHERE loop. */
    CollectedKeys(WriteContext context, TableCursors cursors) {
        this.builder = context.builder();
        this.cursors = cursors;
        this.table = cursors.table();
        if (table.isWithoutRowid()) {
            Index key = table.primaryKey();
            count = key.keyColumns();
            keyCursor = builder.newCursor();
            opening = builder.add(Opcode.OpenEphemeral, keyCursor, count, 0, prefix(context, key, count), 0);
        } else {
            count = 1;
            setRegister = builder.newRegister();
            opening = builder.add(Opcode.Null, 0, setRegister);
        }
        keyRegister = builder.newRegisters(count);
    }

    private static KeyInfo prefix(WriteContext context, Index key, int count) {
        KeyInfo all = KeyOrders.of(context.code().session(), key);
        return new KeyInfo(all.encoding(), all.collations(), all.descending(), all.nullsLast(), count);
    }

    /** Nothing will be collected after all. */
    void cancel() {
        builder.changeOpcode(opening, Opcode.Noop);
    }

    /** Emits the collecting of the row under the data cursor: the body of the WHERE loop. */
    void collect() {
        if (table.isWithoutRowid()) {
            for (int i = 0; i < count; i++) {
                builder.add(Opcode.Column, cursors.data(), i, keyRegister + i);
            }
            int record = builder.newRegister();
            builder.add(Opcode.MakeRecord, keyRegister, count, record);
            builder.add(Opcode.IdxInsert, keyCursor, record, keyRegister, count, 0);
        } else {
            builder.add(Opcode.Rowid, cursors.data(), keyRegister);
            builder.add(Opcode.RowSetAdd, setRegister, keyRegister);
        }
    }

    /** Emits the beginning of the loop over the keys; the data cursor is then on the row. @return where to go on with the next key */
    int beginLoop() {
        end = builder.newLabel();
        next = builder.newLabel();
        if (table.isWithoutRowid()) {
            builder.add(Opcode.Rewind, keyCursor, end);
            loop = builder.address();
            for (int i = 0; i < count; i++) {
                builder.add(Opcode.Column, keyCursor, i, keyRegister + i);
            }
            builder.add(Opcode.NotFound, cursors.data(), next, keyRegister, count, 0);
        } else {
            loop = builder.address();
            builder.add(Opcode.RowSetRead, setRegister, end, keyRegister);
            builder.add(Opcode.NotExists, cursors.data(), next, keyRegister);
        }
        return next;
    }

    void endLoop() {
        builder.place(next);
        if (table.isWithoutRowid()) {
            builder.add(Opcode.Next, keyCursor, loop);
        } else {
            builder.add(Opcode.Goto, 0, loop);
        }
        builder.place(end);
    }
}
