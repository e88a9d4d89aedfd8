package dev.verso.sql.write;

import dev.verso.parser.ast.ConflictAction;
import dev.verso.sql.bound.Source;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;

/** Emits the deletion of one row with its index entries. */
final class RowDelete {
    private final WriteContext context;
    private final TableCursors cursors;
    private final Source row;
    private final ForeignKeyCode foreignKeys;
    private final RowTriggers triggers;
    private final ConflictAction override;
    private final Returning returning;

    private RowDelete(
            WriteContext context,
            TableCursors cursors,
            RowTriggers triggers,
            ConflictAction override,
            Returning returning) {
        this.context = context;
        this.cursors = cursors;
        this.triggers = triggers;
        this.override = override;
        this.returning = returning;
        foreignKeys = ForeignKeyCode.forDelete(context, cursors.table());
        row = context.resolver().source(cursors.table(), cursors.table().name());
        row.access(Source.Access.CURSOR);
        row.cursor(cursors.data());
    }

    /** For DELETE. @param returning null if there is none */
    static RowDelete ofStatement(
            WriteContext context, TableCursors cursors, RowTriggers triggers, Returning returning) {
        return new RowDelete(context, cursors, triggers, null, returning);
    }

    /** For rows in the way of another one (REPLACE). */
    static RowDelete ofReplacedRows(WriteContext context, TableCursors cursors) {
        RowTriggers triggers = RowTriggers.ofReplacedRow(context, cursors.table());
        return new RowDelete(context, cursors, triggers, ConflictAction.REPLACE, null);
    }

    /** True if more happens than the removal of row and entries: triggers fire, or foreign keys are concerned. */
    boolean needsWholeDelete() {
        return foreignKeys.isRequired() || !triggers.isEmpty();
    }

    boolean firesTriggers() {
        return !triggers.isEmpty();
    }

    /** Emits a seek of the data cursor to the row with that key; jumps to {@code label} if it is gone. */
    void seek(int keyRegister, int label) {
        Table table = cursors.table();
        if (table.isWithoutRowid()) {
            context.builder()
                    .add(
                            Opcode.NotFound,
                            cursors.data(),
                            label,
                            keyRegister,
                            table.primaryKey().keyColumns(),
                            0);
        } else {
            context.builder().add(Opcode.NotExists, cursors.data(), label, keyRegister);
        }
    }

    /** Emits a seek of the data cursor to the row that was loaded into registers; jumps to {@code label} if it is gone. */
    void seekLoaded(int oldRowid, int label) {
        Table table = cursors.table();
        if (!table.isWithoutRowid()) {
            seek(oldRowid, label);
            return;
        }
        Index key = table.primaryKey();
        int first = context.builder().newRegisters(key.keyColumns());
        for (int i = 0; i < key.keyColumns(); i++) {
            context.builder()
                    .add(Opcode.SCopy, oldRowid + 1 + key.parts().get(i).column(), first + i);
        }
        seek(first, label);
    }

    /**
     * Emits the deletion of the row under the data cursor: triggers, index entries, foreign key work, the row.
     *
     * @param count whether the row counts in {@code changes()}
     * @param keepPosition whether a following Next must find the row after this one
     */
    void delete(boolean count, boolean keepPosition) {
        Table table = cursors.table();
        ProgramBuilder builder = context.builder();
        int old = -1;
        int end = builder.newLabel();
        if (needsWholeDelete() || returning != null) {
            triggers.compileAll(override);
            old = loadOldRow();
            if (triggers.firesBefore()) {
                triggers.fireBefore(old, override, end);
                seekLoaded(old, end);
            }
            foreignKeys.checkOld(old);
        }
        deleteIndexEntries(null, TableCursors.NONE);
        builder.add(
                Opcode.Delete,
                cursors.data(),
                count ? Flags.COUNT_CHANGE : 0,
                0,
                table.name(),
                keepPosition ? Flags.SAVE_POSITION : 0);
        if (old >= 0) {
            foreignKeys.actionsAfterDelete(old);
            triggers.fireAfter(
                    old,
                    override,
                    end,
                    returning,
                    NewRow.at(context, table, old).source());
        }
        builder.place(end);
    }

    /** Emits the loading of the row into registers: rowid, then all columns. @return the rowid's register */
    int loadOldRow() {
        ProgramBuilder builder = context.builder();
        Table table = cursors.table();
        int first = builder.newRegisters(1 + table.columns().size());
        if (!table.isWithoutRowid()) {
            builder.add(Opcode.Rowid, cursors.data(), first);
        }
        for (int i = 0; i < table.columns().size(); i++) {
            context.compileColumn(row, i, first + 1 + i);
        }
        return first;
    }

    /**
     * Emits the deletion of the index entries of the row under the data cursor.
     *
     * @param only which indexes (by position), null for all
     * @param exceptCursor an index cursor that must be left alone, or {@link TableCursors#NONE}
     */
    void deleteIndexEntries(boolean[] only, int exceptCursor) {
        Table table = cursors.table();
        ProgramBuilder builder = context.builder();
        for (int i = 0; i < table.indexes().size(); i++) {
            Index index = table.indexes().get(i);
            int cursor = cursors.index(i);
            if (index.isPrimaryKeyOfWithoutRowid()
                    || cursor == TableCursors.NONE
                    || cursor == exceptCursor
                    || only != null && !only[i]) {
                continue;
            }
            int label = builder.newLabel();
            IndexEntry.skipUnlessIndexed(context, index, row, label);
            int count = IndexEntry.identifyingParts(index);
            int first = builder.newRegisters(count);
            IndexEntry.compileParts(context, index, row, first, count);
            builder.add(Opcode.IdxDelete, cursor, first, count, null, 1);
            builder.place(label);
        }
    }
}
