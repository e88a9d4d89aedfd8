package dev.verso.sql.write;

import dev.verso.parser.ast.ConflictAction;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.resolve.ScopeUse;
import dev.verso.sql.schema.Column;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.Arrays;

/** Emits the change of the row that the data cursor is on: by UPDATE or by DO UPDATE of an upsert. */
final class RowUpdate {
    private final WriteContext context;
    private final ProgramBuilder builder;
    private final Table table;
    private final Assignments assignments;
    private final ConflictAction override;
    private final RowTriggers triggers;
    private final boolean changesKey;
    private final boolean[] changed;
    private final boolean[] touched;
    private final boolean mayReplace;
    private TableCursors cursors;
    private Source target;
    private NewRow row;
    private int oldRow;
    private boolean counts = true;

    /** @param triggers of the UPDATE */
    RowUpdate(
            WriteContext context, Table table, Assignments assignments, ConflictAction override, RowTriggers triggers) {
        this.triggers = triggers;
        this.context = context;
        this.builder = context.builder();
        this.table = table;
        this.assignments = assignments;
        this.override = override;
        changesKey = assignments.changesKey();
        changed = assignments.changedColumns();
        addGenerated();
        touched = new boolean[table.indexes().size()];
        boolean replaces = override == ConflictAction.REPLACE
                || override == null && changesKey && table.rowidOnConflict() == ConflictAction.REPLACE;
        for (int i = 0; i < touched.length; i++) {
            Index index = table.indexes().get(i);
            touched[i] = changesKey || index.isPrimaryKeyOfWithoutRowid() || isTouched(index);
            replaces |= override == null && touched[i] && index.onConflict() == ConflictAction.REPLACE;
        }
        mayReplace = replaces;
    }

    /** Generated columns change with the columns that they are computed from. */
    private void addGenerated() {
        if (!NewRow.hasGenerated(table)) {
            return;
        }
        Source probe = context.resolver().source(table, table.name());
        boolean more = true;
        while (more) {
            more = false;
            for (int i = 0; i < changed.length; i++) {
                Column column = table.columns().get(i);
                if (!changed[i]
                        && column.generated() != null
                        && refersToChanged(context.resolver()
                                .expr(column.generated(), Scope.of(probe).use(ScopeUse.GENERATED_COLUMN)))) {
                    changed[i] = true;
                    more = true;
                }
            }
        }
    }

    private boolean isTouched(Index index) {
        for (int i = 0; i < index.parts().size(); i++) {
            Index.Part part = index.parts().get(i);
            if (part.column() >= 0 && changed[part.column()]) {
                return true;
            }
            if (part.column() == Index.EXPRESSION) {
                Source probe = context.resolver().source(table, table.name());
                if (refersToChanged(IndexEntry.expression(context, part, probe))) {
                    return true;
                }
            }
        }
        if (index.where() != null) {
            Source probe = context.resolver().source(table, table.name());
            return refersToChanged(context.resolver().expr(index.where(), Scope.of(probe)));
        }
        return false;
    }

    private boolean refersToChanged(BoundExpr expr) {
        boolean[] found = new boolean[1];
        Trees.walk(expr, part -> {
            if (part instanceof BoundExpr.ColumnRef ref) {
                found[0] |=
                        ref.column() >= 0 && ref.column() != table.rowidColumn() ? changed[ref.column()] : changesKey;
            }
        });
        return found[0];
    }

    /** The row is not one of those that PRAGMA count_changes answers with: an upsert's. */
    void leaveUncounted() {
        counts = false;
    }

    /** Indexes that the change needs, null for all. */
    boolean[] indexesToOpen() {
        return mayReplace ? null : Arrays.copyOf(touched, touched.length);
    }

    /** True if more may happen than the change of this row, so that a running loop over the table could be disturbed. */
    boolean needsTwoPasses() {
        return mayReplace
                || !triggers.isEmpty()
                || ForeignKeyCode.forUpdate(context, table, assignments).isRequired();
    }

    boolean touches(Index index) {
        return touched[table.indexes().indexOf(index)];
    }

    /** @param old the row under the data cursor */
    void prepare(TableCursors openCursors, Source old) {
        cursors = openCursors;
        target = old;
        // OLD and NEW as subprograms expect them: one block.
        int width = 1 + table.columns().size();
        oldRow = builder.newRegisters(2 * width);
        row = NewRow.at(context, table, oldRow + width);
    }

    NewRow newRow() {
        return row;
    }

    /**
     * Emits the change.
     *
     * @param next where to go on if the row is left as it is
     * @param returning null if the statement has none
     * @param keepPosition whether a following Next must find the row after this one
     */
    void compile(int next, Returning returning, boolean keepPosition) {
        ForeignKeyCode foreignKeys = ForeignKeyCode.forUpdate(context, table, assignments);
        if (foreignKeys.isRequired() || !triggers.isEmpty()) {
            builder.multiWrite();
        }
        int columns = table.columns().size();
        int oldRowid = oldRow;
        int oldFirst = oldRowid + 1;
        triggers.compileAll(override);
        loadOld(oldRowid, foreignKeys.isRequired() || !triggers.isEmpty());
        assignments.compileVectors(context);
        if (!table.isWithoutRowid()) {
            if (changesKey) {
                assignments.compile(context, Table.ROWID, row.rowidRegister());
                builder.add(Opcode.MustBeInt, row.rowidRegister(), 0);
            } else {
                builder.add(Opcode.IntCopy, oldRowid, row.rowidRegister());
            }
        }
        for (int i = 0; i < columns; i++) {
            Column column = table.columns().get(i);
            if (i == table.rowidColumn() || column.generated() != null) {
                builder.add(Opcode.Null, 0, row.register(i));
            } else if (assignments.assigns(i)) {
                assignments.compile(context, i, row.register(i));
            } else {
                context.compileColumn(target, i, row.register(i));
            }
        }
        row.computeGenerated();
        RowDelete deletion = RowDelete.ofReplacedRows(context, cursors);
        if (triggers.firesBefore()) {
            fireBefore(deletion, next);
        }
        ConstraintChecks checks = new ConstraintChecks(context, cursors, row, override, next, deletion);
        checks.forUpdate(oldRowid, oldFirst, changed, changesKey, touched);
        checks.compile();
        if (checks.mayReplace() || changesKey) {
            deletion.seekLoaded(oldRowid, next);
        }
        foreignKeys.checkOld(oldRowid);
        deletion.deleteIndexEntries(touched, TableCursors.NONE);
        if (changesKey) {
            builder.add(Opcode.Delete, cursors.data(), 0, 0, null, keepPosition ? Flags.SAVE_POSITION : 0);
        }
        foreignKeys.checkNew(row.rowidRegister());
        checks.complete(Flags.IS_UPDATE | (keepPosition ? Flags.SAVE_POSITION : 0));
        foreignKeys.actionsAfterUpdate(oldRowid);
        if (counts) {
            context.rowCount().row();
        }
        triggers.fireAfter(oldRow, override, next, returning, row.source());
    }

    /** Triggers see the new row before its constraints are checked. They may change or delete the old one: what is not assigned is read again. */
    private void fireBefore(RowDelete deletion, int next) {
        row.applyAffinity();
        triggers.fireBefore(oldRow, override, next);
        deletion.seekLoaded(oldRow, next);
        for (int i = 0; i < table.columns().size(); i++) {
            boolean isRead =
                    i != table.rowidColumn() && table.columns().get(i).generated() == null && !assignments.assigns(i);
            if (isRead) {
                context.compileColumn(target, i, row.register(i));
            }
        }
        row.changed();
        row.computeGenerated();
    }

    private void loadOld(int oldRowid, boolean all) {
        if (!table.isWithoutRowid()) {
            builder.add(Opcode.Rowid, cursors.data(), oldRowid);
        }
        for (int i = 0; i < table.columns().size(); i++) {
            boolean isKey = table.isWithoutRowid()
                    && table.primaryKey().positionOf(i) < table.primaryKey().keyColumns()
                    && table.primaryKey().positionOf(i) >= 0;
            if (all || isKey) {
                context.compileColumn(target, i, oldRowid + 1 + i);
            }
        }
    }
}
