package dev.verso.sql.write;

import dev.verso.parser.ast.Definition.OnEvent.Action;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.plan.WhereLoops;
import dev.verso.sql.plan.WhereRequest;
import dev.verso.sql.schema.ForeignKey;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What foreign keys add to the change of a row (sqlite.org/foreignkeys.html). Violations are counted, by the statement or, for deferred keys, by the
 * transaction: a child without a parent adds one, and whatever gives it a parent or removes it takes one away. At the end the counter must be 0.
 *
 * <p>Rows are blocks of registers: the rowid, then the columns in declared order.
 */
final class ForeignKeyCode {
    /** A key of another table (or of this one) that refers to this table. @param parentKey null if it refers to no key */
    private record Reference(ForeignKey key, ParentKey parentKey) {}

    private final WriteContext context;
    private final ProgramBuilder builder;
    private final Table table;
    /** The newest first, as SQLite checks them. */
    private final List<ForeignKey> own = new ArrayList<>();

    private final List<Reference> references = new ArrayList<>();
    /** The key that an UPDATE complains of if it finds nothing else to say, or null. */
    private ForeignKey mismatch;
    /** What the statement writes without the counting of violations, which asks for a statement journal, too. */
    private boolean writesSeveralRows;

    private ForeignKeyCode(WriteContext context, Table table) {
        this.context = context;
        this.builder = context.builder();
        this.table = table;
    }

    static ForeignKeyCode forInsert(WriteContext context, Table table) {
        return all(context, table);
    }

    static ForeignKeyCode forDelete(WriteContext context, Table table) {
        return all(context, table);
    }

    private static ForeignKeyCode all(WriteContext context, Table table) {
        ForeignKeyCode code = new ForeignKeyCode(context, table);
        if (context.settings().foreignKeys()) {
            code.own.addAll(table.foreignKeys());
            Collections.reverse(code.own);
            for (ForeignKey key : referencing(table)) {
                code.addReference(key);
            }
        }
        return code;
    }

    /** Only keys whose columns the UPDATE assigns, and those of the table to itself: a row may lose its parent by changing its own key. */
    static ForeignKeyCode forUpdate(WriteContext context, Table table, Assignments assignments) {
        ForeignKeyCode code = new ForeignKeyCode(context, table);
        if (!context.settings().foreignKeys()) {
            return code;
        }
        boolean changesChild = false;
        for (ForeignKey key : table.foreignKeys()) {
            boolean changes = key.columns().stream().anyMatch(assignments::changes);
            changesChild |= changes;
            if (changes || AsciiCase.same(key.parentTable(), table.name())) {
                code.own.add(key);
            }
        }
        Collections.reverse(code.own);
        List<ForeignKey> referencing = referencing(table);
        for (ForeignKey key : referencing) {
            if (changesParent(table, key, assignments)) {
                code.addReference(key);
            }
        }
        if (!changesChild && code.references.isEmpty()) {
            code.own.clear();
            return code;
        }
        // SQLite looks at all of them once it has to look at one, and tells of the last mistake that it sees.
        for (ForeignKey key : referencing) {
            if (ParentKey.find(table, key) == null) {
                code.mismatch = key;
            }
        }
        return code;
    }

    /** True if a column is assigned that the key refers to: by its name, or as a part of the primary key if the key names none. */
    private static boolean changesParent(Table table, ForeignKey key, Assignments assignments) {
        for (int i = 0; i < table.columns().size(); i++) {
            String name = table.columns().get(i).name();
            boolean refers = key.parentColumns().isEmpty()
                    ? isInPrimaryKey(table, i)
                    : key.parentColumns().stream().anyMatch(other -> AsciiCase.same(name, other));
            if (refers && assignments.changes(i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInPrimaryKey(Table table, int column) {
        if (column == table.rowidColumn()) {
            return true;
        }
        Index key = table.primaryKey();
        for (int i = 0; key != null && i < key.keyColumns(); i++) {
            if (key.parts().get(i).column() == column) {
                return true;
            }
        }
        return false;
    }

    private void addReference(ForeignKey key) {
        references.add(new Reference(key, ParentKey.find(table, key)));
    }

    /** Keys of tables of the same schema that refer to this table, the newest first: the order in which their actions run. */
    static List<ForeignKey> referencing(Table table) {
        return table.schema() == null ? List.of() : table.schema().referencesTo(table.name());
    }

    private static RuntimeException mismatch(ForeignKey key) {
        return WriteContext.error(
                "foreign key mismatch - \"" + key.child().name() + "\" referencing \"" + key.parentTable() + "\"");
    }

    boolean isRequired() {
        return !own.isEmpty() || !references.isEmpty();
    }

    private void countViolations() {
        builder.multiWrite();
        builder.mayAbort();
    }

    // ---- checks

    /** A row goes: as a child it no longer counts, as a parent it leaves its children behind. */
    void checkOld(int rowid) {
        writesSeveralRows = builder.writesSeveralRows();
        for (ForeignKey key : own) {
            lookUpParent(key, rowid, -1);
        }
        for (Reference reference : references) {
            scanChildren(reference, rowid, 1);
        }
    }

    /** A row comes: as a child it wants a parent, as a parent it may be what children were missing. */
    void checkNew(int rowid) {
        writesSeveralRows = builder.writesSeveralRows();
        for (ForeignKey key : own) {
            if (!hasJustSetNull(key)) {
                lookUpParent(key, rowid, 1);
            }
        }
        for (Reference reference : references) {
            scanChildren(reference, rowid, -1);
        }
        if (mismatch != null) {
            throw mismatch(mismatch);
        }
    }

    /**
     * True if the subprogram that was compiled last sets this key to NULL. SQLite takes that as a sign that it is compiling that subprogram, whose
     * rows need no parent; so a REPLACE in a table that refers to itself is not checked either.
     */
    private boolean hasJustSetNull(ForeignKey key) {
        return context.lastSubprogram() instanceof ForeignKeyAction.Key last
                && last.foreignKey() == key
                && (last.isUpdate() ? key.onUpdate() : key.onDelete()) == Action.SET_NULL;
    }

    private static int register(Table table, int rowid, int column) {
        return column < 0 || column == table.rowidColumn() ? rowid : rowid + 1 + column;
    }

    /** True if a violation can be no other row's business: a single row is inserted, and the key is checked at once. */
    private boolean failsAtOnce(ForeignKey key) {
        return !key.initiallyDeferred()
                && !context.code().session().defersForeignKeys()
                && !context.isSubprogram()
                && !writesSeveralRows;
    }

    private void lookUpParent(ForeignKey key, int rowid, int change) {
        boolean atOnce = failsAtOnce(key);
        if (!atOnce && (change < 0 || !key.initiallyDeferred())) {
            countViolations();
        }
        int deferred = key.initiallyDeferred() ? 1 : 0;
        Table parent = table.schema().table(key.parentTable());
        ParentKey parentKey = null;
        if (parent == null) {
            if (!context.isDroppingTable()) {
                if (context.code().catalog().eponymous(key.parentTable()) != null) {
                    throw mismatch(key);
                }
                throw WriteContext.error("no such table: " + table.schema().name() + "." + key.parentTable());
            }
        } else {
            parentKey = ParentKey.find(parent, key);
            if (parentKey == null) {
                if (context.isDroppingTable()) {
                    return;
                }
                throw mismatch(key);
            }
        }
        int ok = builder.newLabel();
        if (change < 0) {
            builder.add(Opcode.FkIfZero, deferred, ok);
        }
        int count = key.columns().size();
        for (int column : key.columns()) {
            builder.add(Opcode.IsNull, register(table, rowid, column), ok);
        }
        if (parentKey != null) {
            int first = builder.newRegisters(count);
            for (int i = 0; i < count; i++) {
                builder.add(Opcode.Copy, register(table, rowid, parentKey.childColumns()[i]), first + i);
            }
            boolean self = parent == table && change > 0;
            if (parentKey.index() == null) {
                lookUpRowid(parent, first, rowid, self, ok);
            } else {
                lookUpKey(parentKey, first, rowid, self, ok);
            }
        }
        if (atOnce) {
            ConstraintError.foreignKey(context);
        } else {
            builder.add(Opcode.FkCounter, deferred, change);
        }
        builder.place(ok);
    }

    private void lookUpRowid(Table parent, int first, int rowid, boolean self, int ok) {
        int missing = builder.newLabel();
        builder.add(Opcode.MustBeInt, first, missing);
        if (self) {
            builder.add(Opcode.Eq, rowid, ok, first, null, Flags.NULLS_EQUAL);
        }
        int cursor = builder.newCursor();
        builder.add(
                Opcode.OpenRead,
                cursor,
                parent.rootPage(),
                parent.schema().database(),
                parent.columns().size(),
                Flags.FOR_CONSTRAINT);
        builder.add(Opcode.NotExists, cursor, missing, first);
        builder.add(Opcode.Goto, 0, ok);
        builder.place(missing);
    }

    private void lookUpKey(ParentKey parentKey, int first, int rowid, boolean self, int ok) {
        Index index = parentKey.index();
        int count = parentKey.childColumns().length;
        if (self) {
            int differs = builder.newLabel();
            for (int i = 0; i < count; i++) {
                builder.add(
                        Opcode.Ne,
                        register(table, rowid, parentKey.childColumns()[i]),
                        differs,
                        register(table, rowid, parentKey.parentColumn(i)),
                        null,
                        Flags.JUMP_IF_NULL);
            }
            builder.add(Opcode.Goto, 0, ok);
            builder.place(differs);
        }
        int cursor = builder.newCursor();
        builder.add(
                Opcode.OpenRead,
                cursor,
                index.rootPage(),
                index.table().schema().database(),
                KeyOrders.of(context.code().session(), index),
                Flags.FOR_CONSTRAINT);
        builder.add(Opcode.Affinity, first, count, 0, parentKey.affinities(), 0);
        builder.add(Opcode.Found, cursor, ok, first, count, 0);
    }

    private void scanChildren(Reference reference, int rowid, int change) {
        ForeignKey key = reference.key();
        if (failsAtOnce(key)) {
            return; // a new parent neither makes nor mends an immediate violation
        }
        if (reference.parentKey() == null) {
            if (context.isDroppingTable()) {
                return;
            }
            throw mismatch(key);
        }
        countViolations();
        int deferred = key.initiallyDeferred() ? 1 : 0;
        int done = builder.newLabel();
        if (change < 0) {
            builder.add(Opcode.FkIfZero, deferred, done);
        }
        Table child = key.child();
        Source source = context.resolver().source(child, child.name());
        BoundExpr where = null;
        ParentKey parentKey = reference.parentKey();
        for (int i = 0; i < parentKey.childColumns().length; i++) {
            BoundExpr parentValue = parentValue(parentKey.parentColumn(i), rowid);
            BoundExpr equal = new BoundExpr.Comparison(
                    BoundExpr.ComparisonOp.EQUAL,
                    parentValue,
                    context.resolver().column(source, parentKey.childColumns()[i]));
            where = where == null ? equal : new BoundExpr.And(where, equal);
        }
        if (child == table && change > 0) {
            where = new BoundExpr.And(where, new BoundExpr.Not(sameRow(source, rowid)));
        }
        int from = builder.address();
        WhereLoops loops = WhereLoops.begin(
                context.code(), new WhereRequest(List.of(source), where, List.of(), WhereRequest.Purpose.UNORDERED, 0));
        builder.add(Opcode.FkCounter, deferred, change);
        loops.end();
        builder.readForConstraint(from);
        builder.place(done);
    }

    private BoundExpr parentValue(int column, int rowid) {
        if (column < 0 || column == table.rowidColumn()) {
            return new BoundExpr.RegisterRef(rowid, Affinity.INTEGER, "BINARY");
        }
        return new BoundExpr.RegisterRef(
                rowid + 1 + column,
                table.columns().get(column).affinity(),
                table.columns().get(column).collation());
    }

    private BoundExpr sameRow(Source source, int rowid) {
        if (!table.isWithoutRowid()) {
            return equal(source, Source.ROWID, rowid);
        }
        BoundExpr all = null;
        for (int i = 0; i < table.primaryKey().keyColumns(); i++) {
            BoundExpr one = equal(source, table.primaryKey().parts().get(i).column(), rowid);
            all = all == null ? one : new BoundExpr.And(all, one);
        }
        return all;
    }

    private BoundExpr equal(Source source, int column, int rowid) {
        return new BoundExpr.Comparison(
                BoundExpr.ComparisonOp.EQUAL,
                parentValue(column, rowid),
                context.resolver().column(source, column));
    }

    // ---- actions

    /** @param oldRowid first register of the old row */
    void actionsAfterDelete(int oldRowid) {
        for (Reference reference : references) {
            act(reference, reference.key().onDelete(), false, oldRowid);
        }
    }

    /** @param oldRowid first register of the old row, which the new row follows */
    void actionsAfterUpdate(int oldRowid) {
        for (Reference reference : references) {
            act(reference, reference.key().onUpdate(), true, oldRowid);
        }
    }

    private void act(Reference reference, Action action, boolean isUpdate, int oldRowid) {
        boolean nothing = action == Action.NO_ACTION
                || action == Action.RESTRICT && context.code().session().defersForeignKeys();
        if (nothing || reference.parentKey() == null) {
            return;
        }
        Object program =
                ForeignKeyAction.program(context, table, reference.key(), reference.parentKey(), action, isUpdate);
        int next = builder.newLabel();
        builder.add(Opcode.Program, oldRowid, next, builder.newRegister(), program, 0);
        builder.place(next);
    }
}
