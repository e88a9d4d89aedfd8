package dev.verso.sql.write;

import dev.verso.parser.ast.ConflictAction;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.resolve.ScopeUse;
import dev.verso.sql.schema.Column;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Emits all checks that a row must pass before it is written, and makes the records of its index entries on the way. The order is
 * SQLite's: NOT NULL, CHECK, the rowid, then unique indexes in the order of the table's list (those with ON CONFLICT clauses of an
 * upsert first); but a rowid that REPLACEs comes last if some index might refuse the row.
 */
final class ConstraintChecks {
    private final WriteContext context;
    private final ProgramBuilder builder;
    private final TableCursors cursors;
    private final Table table;
    private final NewRow row;
    private final ConflictAction override;
    private final int ignoreLabel;
    private final RowDelete deletion;
    private final int[] recordRegisters;
    private final int[] partRegisters;

    // For an UPDATE only.
    private boolean isUpdate;
    private boolean keyChanges = true;
    private int oldRowid;
    private int oldFirst;
    private boolean[] changed;

    private Upsert upsert;
    private boolean mayReplace;
    /** Counts rows that were replaced with more happening than their deletion; 0 if nothing can happen. */
    private int replacedCount;

    private final List<Integer> replaceIndexes = new ArrayList<>();

    /** Places where an ON CONFLICT clause of an INSERT takes over. */
    interface Upsert {
        /** The clause that governs a collision in this index (null: the rowid), or -1. Clauses count from 0 in the order to be tried. */
        int clauseOf(Index index);

        boolean isUpdate(int clause);

        /** Emits the DO UPDATE for a collision in that index (null: the rowid), whose cursor is on the entry. */
        void compileUpdate(int clause, Index index, int cursor);
    }

    /** @param override OR of the statement, or null @param ignoreLabel where IGNORE goes on with the next row */
    ConstraintChecks(
            WriteContext context,
            TableCursors cursors,
            NewRow row,
            ConflictAction override,
            int ignoreLabel,
            RowDelete deletion) {
        this.context = context;
        this.builder = context.builder();
        this.cursors = cursors;
        this.table = cursors.table();
        this.row = row;
        this.override = override;
        this.ignoreLabel = ignoreLabel;
        this.deletion = deletion;
        recordRegisters = new int[table.indexes().size()];
        partRegisters = new int[table.indexes().size()];
        for (int i = 0; i < recordRegisters.length; i++) {
            if (cursors.index(i) != TableCursors.NONE) {
                allocate(i);
            }
        }
    }

    private void allocate(int position) {
        int count = table.indexes().get(position).parts().size();
        recordRegisters[position] = builder.newRegisters(1 + count);
        partRegisters[position] = recordRegisters[position] + 1;
    }

    /**
     * The row replaces one that exists.
     *
     * @param oldRowidRegister of the old row
     * @param oldFirstRegister of the old row's columns; used for WITHOUT ROWID tables
     * @param changedColumns by position
     * @param keyMayChange whether rowid or primary key are assigned
     * @param touchedIndexes whose entries may change; others get no record
     */
    void forUpdate(
            int oldRowidRegister,
            int oldFirstRegister,
            boolean[] changedColumns,
            boolean keyMayChange,
            boolean[] touchedIndexes) {
        isUpdate = true;
        oldRowid = oldRowidRegister;
        oldFirst = oldFirstRegister;
        changed = changedColumns;
        keyChanges = keyMayChange;
        for (int i = 0; i < recordRegisters.length; i++) {
            if (!touchedIndexes[i]) {
                recordRegisters[i] = 0;
            }
        }
    }

    /** The rowid of this INSERT was made by {@code NewRowid}: it cannot collide. */
    void rowidIsNew() {
        keyChanges = false;
    }

    void upsert(Upsert clauses) {
        upsert = clauses;
    }

    /** Register of the index's new record; 0 if the index is not touched. NULL at run time for a row that a partial index leaves out. */
    int recordRegister(int index) {
        return recordRegisters[index];
    }

    /** True if a collision may delete rows, so that the data cursor may have moved. */
    boolean mayReplace() {
        return mayReplace;
    }

    void compile() {
        notNull();
        checks();
        if (deletion.needsWholeDelete()) {
            replacedCount = builder.newRegister();
            builder.add(Opcode.Integer, 0, replacedCount);
        }
        uniqueness();
        if (mayReplace && replacedCount != 0) {
            checkAgain();
        }
        if (table.isStrict()) {
            row.applyAffinity(); // a value of the wrong type must stop the statement before the old row is touched
        }
    }

    private void uniqueness() {
        boolean checksRowid = !table.isWithoutRowid() && keyChanges;
        ConflictAction rowidAction = override != null ? override : table.rowidOnConflict();
        int rowidClause = upsert == null ? -1 : upsert.clauseOf(null);
        List<Integer> order = indexOrder();
        boolean rowidLast = checksRowid
                && (rowidClause < 0 && upsert == null
                        ? rowidAction == ConflictAction.REPLACE
                                && override == null
                                && !table.indexes().isEmpty()
                        : false);
        if (upsert != null && checksRowid) {
            // The clauses are tried in their order: indexes of earlier clauses come before the rowid.
            int before = 0;
            for (int i = 0; i < order.size(); i++) {
                int clause = upsert.clauseOf(table.indexes().get(order.get(i)));
                if (clause >= 0 && (rowidClause < 0 || clause < rowidClause)) {
                    before = i + 1;
                }
            }
            for (int i = 0; i < before; i++) {
                unique(order.get(i));
            }
            rowid(rowidAction, rowidClause);
            for (int i = before; i < order.size(); i++) {
                unique(order.get(i));
            }
            return;
        }
        if (checksRowid && !rowidLast) {
            rowid(rowidAction, rowidClause);
        }
        for (int index : order) {
            unique(index);
        }
        if (checksRowid && rowidLast) {
            rowid(rowidAction, rowidClause);
        }
    }

    /** Positions of the indexes in the order in which they are checked. */
    private List<Integer> indexOrder() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < recordRegisters.length; i++) {
            if (recordRegisters[i] != 0) {
                order.add(i);
            }
        }
        if (upsert != null) {
            order.sort((a, b) -> Integer.compare(rank(a), rank(b)));
        }
        return order;
    }

    private int rank(int index) {
        int clause = upsert.clauseOf(table.indexes().get(index));
        return clause < 0 ? Integer.MAX_VALUE : clause;
    }

    // ---- NOT NULL and CHECK

    private void notNull() {
        boolean replaced = false;
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            if (column.notNull() == null || i == table.rowidColumn()) {
                continue;
            }
            if (changed != null && !changed[i] && column.generated() == null) {
                continue;
            }
            if (column.generated() != null) {
                continue;
            }
            replaced |= notNull(i, column);
        }
        if (replaced && NewRow.hasGenerated(table)) {
            row.computeGenerated();
        }
        for (int i = 0; replaced && i < table.columns().size(); i++) {
            if (isReplaced(i)) {
                // A default that is NULL itself fails like any NULL, but after the other columns.
                ConstraintError.notNull(context, table, i, row.register(i), ConflictAction.ABORT);
            }
        }
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            if (column.notNull() != null && column.generated() != null) {
                notNull(i, column);
            }
        }
    }

    private boolean isReplaced(int position) {
        Column column = table.columns().get(position);
        ConflictAction action = override != null ? override : column.notNull();
        return action == ConflictAction.REPLACE
                && column.notNull() != null
                && column.generated() == null
                && column.defaultValue() != null
                && position != table.rowidColumn()
                && (changed == null || changed[position]);
    }

    /** @return true if NULL may have been replaced by the default */
    private boolean notNull(int position, Column column) {
        ConflictAction action = override != null ? override : column.notNull();
        int register = row.register(position);
        if (action == ConflictAction.REPLACE) {
            if (column.defaultValue() != null && column.generated() == null) {
                int isSet = builder.add(Opcode.NotNull, register, 0);
                context.expressions().compile(context.defaultValue(table, column), register);
                builder.jumpHere(isSet);
                return true;
            }
            action = ConflictAction.ABORT;
        }
        if (action == ConflictAction.IGNORE) {
            builder.add(Opcode.IsNull, register, ignoreLabel);
        } else {
            ConstraintError.notNull(context, table, position, register, action);
        }
        return false;
    }

    private void checks() {
        if (table.checks().isEmpty() || context.settings().ignoreCheckConstraints()) {
            return;
        }
        ConflictAction action = override == null ? ConflictAction.ABORT : override;
        for (Table.Check check : table.checks()) {
            BoundExpr condition = context.resolver()
                    .expr(check.condition(), Scope.of(row.source()).use(ScopeUse.CHECK));
            if (isUpdate && !touches(condition)) {
                continue;
            }
            row.applyAffinity();
            int ok = builder.newLabel();
            context.expressions().jumpIfTrue(condition, ok, true);
            if (action == ConflictAction.IGNORE) {
                builder.add(Opcode.Goto, 0, ignoreLabel);
            } else {
                ConstraintError.check(
                        context,
                        check.name() != null ? check.name() : check.text(),
                        action == ConflictAction.REPLACE ? ConflictAction.ABORT : action);
            }
            builder.place(ok);
        }
    }

    /** True if the expression's value may differ between the old and the new row. */
    private boolean touches(BoundExpr expr) {
        boolean[] found = new boolean[1];
        Trees.walk(expr, part -> {
            if (part instanceof BoundExpr.ColumnRef ref && ref.source() == row.source()) {
                found[0] |= columnChanges(ref.column());
            }
        });
        return found[0];
    }

    private boolean columnChanges(int column) {
        if (column < 0 || column == table.rowidColumn()) {
            return keyChanges;
        }
        return changed[column];
    }

    // ---- rowid

    private void rowid(ConflictAction declared, int clause) {
        int ok = builder.newLabel();
        if (isUpdate) {
            builder.add(Opcode.Eq, row.rowidRegister(), ok, oldRowid, null, Flags.NULLS_EQUAL);
        }
        builder.add(Opcode.NotExists, cursors.data(), ok, row.rowidRegister());
        if (clause >= 0) {
            if (upsert.isUpdate(clause)) {
                upsert.compileUpdate(clause, null, cursors.data());
            }
            builder.add(Opcode.Goto, 0, ignoreLabel);
        } else {
            switch (declared) {
                case ROLLBACK, ABORT, FAIL -> ConstraintError.rowid(context, table, declared);
                case IGNORE -> builder.add(Opcode.Goto, 0, ignoreLabel);
                case REPLACE -> replaceRowid();
            }
        }
        builder.place(ok);
    }

    private void replaceRowid() {
        mayReplace = true;
        if (deletion.needsWholeDelete()) {
            builder.multiWrite();
            deletion.delete(false, false);
            builder.add(Opcode.AddImm, replacedCount, 1);
        } else if (!table.indexes().isEmpty()) {
            builder.multiWrite();
            // The row itself is overwritten by the insert.
            deletion.deleteIndexEntries(null, TableCursors.NONE);
        }
    }

    // ---- unique indexes

    private void unique(int position) {
        Index index = table.indexes().get(position);
        int record = recordRegisters[position];
        int first = partRegisters[position];
        int ok = builder.newLabel();
        row.applyAffinity();
        if (index.where() != null) {
            builder.add(Opcode.Null, 0, record);
            IndexEntry.skipUnlessIndexed(context, index, row.source(), ok);
        }
        IndexEntry.compileParts(
                context, index, row.source(), first, index.parts().size());
        builder.add(Opcode.MakeRecord, first, index.parts().size(), record);
        boolean isKey = index.isPrimaryKeyOfWithoutRowid();
        if (isUpdate && isKey && !keyChanges || !index.isUnique()) {
            builder.place(ok);
            return;
        }
        ConflictAction action = override != null ? override : index.onConflict();
        int clause = upsert == null ? -1 : upsert.clauseOf(index);
        if (isKey
                && clause < 0
                && action == ConflictAction.REPLACE
                && table.indexes().size() == 1
                && !deletion.needsWholeDelete()) {
            // Writing the entry overwrites the one with an equal key.
            builder.place(ok);
            return;
        }
        int cursor = cursors.index(position);
        builder.add(Opcode.NoConflict, cursor, ok, first, index.keyColumns(), 0);
        int foundKey = first;
        if (isUpdate || clause < 0 && action == ConflictAction.REPLACE) {
            foundKey = loadFoundKey(index, isKey, cursor, first, ok);
        }
        if (clause >= 0) {
            if (upsert.isUpdate(clause)) {
                upsert.compileUpdate(clause, index, cursor);
            }
            builder.add(Opcode.Goto, 0, ignoreLabel);
        } else {
            switch (action) {
                case ROLLBACK, ABORT, FAIL -> ConstraintError.unique(context, index, action);
                case IGNORE -> builder.add(Opcode.Goto, 0, ignoreLabel);
                case REPLACE -> {
                    mayReplace = true;
                    if (deletion.needsWholeDelete()) {
                        builder.multiWrite(); // what only replaces is not undone by itself, as it comes after all that
                        // can fail
                    }
                    int gone = builder.newLabel();
                    boolean locks = isUpdate && deletion.firesTriggers();
                    if (locks) {
                        builder.add(Opcode.CursorLock, cursors.data());
                    }
                    if (!isKey) {
                        deletion.seek(foundKey, gone);
                    }
                    deletion.delete(false, false);
                    builder.place(gone);
                    if (locks) {
                        builder.add(Opcode.CursorUnlock, cursors.data());
                    }
                    if (replacedCount != 0) {
                        builder.add(Opcode.AddImm, replacedCount, 1);
                    }
                    replaceIndexes.add(position);
                }
            }
        }
        builder.place(ok);
    }

    /** When rows have been replaced, triggers and foreign key actions may have put others in their places: then the row is refused. */
    private void checkAgain() {
        int done = builder.newLabel();
        builder.add(Opcode.IfNot, replacedCount, done);
        if (!table.isWithoutRowid()) {
            int ok = builder.newLabel();
            if (isUpdate) {
                builder.add(Opcode.Eq, row.rowidRegister(), ok, oldRowid, null, Flags.NULLS_EQUAL);
            }
            builder.add(Opcode.NotExists, cursors.data(), ok, row.rowidRegister());
            ConstraintError.rowid(context, table, ConflictAction.ABORT);
            builder.place(ok);
        }
        for (int position : replaceIndexes) {
            Index index = table.indexes().get(position);
            int ok = builder.newLabel();
            int first = partRegisters[position];
            if (index.where() != null) {
                builder.add(Opcode.IsNull, recordRegisters[position], ok);
            }
            int cursor = cursors.index(position);
            builder.add(Opcode.NoConflict, cursor, ok, first, index.keyColumns(), 0);
            if (isUpdate) {
                loadFoundKey(index, index.isPrimaryKeyOfWithoutRowid(), cursor, first, ok);
            }
            ConstraintError.unique(context, index, ConflictAction.ABORT);
            builder.place(ok);
        }
        builder.place(done);
    }

    /** Emits the loading of the colliding row's key; for an UPDATE jumps to {@code ok} if it is the row itself. */
    private int loadFoundKey(Index index, boolean isKey, int cursor, int first, int ok) {
        if (!table.isWithoutRowid()) {
            int register = builder.newRegister();
            builder.add(Opcode.IdxRowid, cursor, register);
            if (isUpdate) {
                builder.add(Opcode.Eq, register, ok, oldRowid, null, Flags.NULLS_EQUAL);
            }
            return register;
        }
        Index key = table.primaryKey();
        int count = key.keyColumns();
        int found = first;
        if (!isKey) {
            found = builder.newRegisters(count);
            for (int i = 0; i < count; i++) {
                builder.add(
                        Opcode.Column,
                        cursor,
                        index.positionOf(key.parts().get(i).column()),
                        found + i);
            }
        }
        if (isUpdate) {
            int differs = builder.newLabel();
            for (int i = 0; i < count; i++) {
                boolean last = i == count - 1;
                Index.Part part = key.parts().get(i);
                builder.add(
                        last ? Opcode.Eq : Opcode.Ne,
                        oldFirst + part.column(),
                        last ? ok : differs,
                        found + i,
                        KeyOrders.collation(context.code().session(), part.collation()),
                        Flags.NULLS_EQUAL);
            }
            builder.place(differs);
        }
        return found;
    }

    // ---- writing

    /**
     * Emits the writing of index entries and row.
     *
     * @param rowFlags P5 of the table's {@code Insert}, besides the count
     */
    void complete(int rowFlags) {
        for (int i = 0; i < recordRegisters.length; i++) {
            if (recordRegisters[i] == 0) {
                continue;
            }
            Index index = table.indexes().get(i);
            boolean isKey = index.isPrimaryKeyOfWithoutRowid();
            int skip = -1;
            if (index.where() != null) {
                skip = builder.add(Opcode.IsNull, recordRegisters[i], 0);
            }
            builder.add(
                    Opcode.IdxInsert,
                    cursors.index(i),
                    recordRegisters[i],
                    partRegisters[i],
                    IndexEntry.identifyingParts(index),
                    isKey ? Flags.COUNT_CHANGE : 0);
            if (skip >= 0) {
                builder.jumpHere(skip);
            }
        }
        if (!table.isWithoutRowid()) {
            int record = builder.newRegister();
            row.makeRecord(record);
            builder.add(
                    Opcode.Insert,
                    cursors.data(),
                    record,
                    row.rowidRegister(),
                    table.name(),
                    Flags.COUNT_CHANGE | rowFlags);
        }
    }

    Source newRow() {
        return row.source();
    }
}
