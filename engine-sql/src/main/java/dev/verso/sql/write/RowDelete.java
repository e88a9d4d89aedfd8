package dev.verso.sql.write;

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

    RowDelete(WriteContext context, TableCursors cursors, ForeignKeyCode foreignKeys) {
        this.context = context;
        this.cursors = cursors;
        this.foreignKeys = foreignKeys;
        row = context.resolver().source(cursors.table(), cursors.table().name());
        row.access(Source.Access.CURSOR);
        row.cursor(cursors.data());
    }

    /** The row under the data cursor. */
    Source row() {
        return row;
    }

    /** True if more happens than the removal of row and entries: foreign keys of other tables are concerned. */
    boolean needsWholeDelete() {
        return foreignKeys.isRequired();
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

    /**
     * Emits the deletion of the row under the data cursor: index entries, foreign key work, the row.
     *
     * @param count whether the row counts in {@code changes()}
     * @param keepPosition whether a following Next must find the row after this one
     */
    void delete(boolean count, boolean keepPosition) {
        Table table = cursors.table();
        int old = -1;
        if (foreignKeys.isRequired()) {
            old = loadOldRow();
            foreignKeys.checkOld(old);
        }
        deleteIndexEntries(null, TableCursors.NONE);
        context.builder()
                .add(
                        Opcode.Delete,
                        cursors.data(),
                        count ? Flags.COUNT_CHANGE : 0,
                        0,
                        table.name(),
                        keepPosition ? Flags.SAVE_POSITION : 0);
        if (old >= 0) {
            foreignKeys.actionsAfterDelete(old);
        }
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
