package dev.verso.sql.write;

import dev.verso.parser.ast.ConflictAction;
import dev.verso.parser.ast.Definition.TriggerEvent;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Statement.Insert;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.extend.Authorizer.Action;
import dev.verso.sql.query.SelectCompiler;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.schema.Column;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Code of INSERT and REPLACE. A single row of VALUES is computed straight into the registers of the new row; other sources run as a
 * coroutine, or are first put aside where they read the table that is written.
 */
public final class InsertCompiler {
    private static final int DEFAULT = -1;

    private final WriteContext context;
    private final ProgramBuilder builder;
    private final Insert statement;
    private final Table table;
    private final ConflictAction override;

    /** For each column of the table, which value of the source it gets; DEFAULT for none. */
    private int[] valueOf;

    private int rowidValue = DEFAULT;
    private int sourceColumns;
    private Autoincrement autoincrement;
    private RowTriggers triggers;
    /** What stands around the statement: common tables, NEW and OLD. */
    private Scope scope;

    private InsertCompiler(WriteContext context, Insert statement) {
        this.context = context;
        this.builder = context.builder();
        this.statement = statement;
        this.table = context.target(statement.schema(), statement.table());
        this.override = statement.onConflict();
    }

    /** Emits the statement. @return columns of RETURNING; empty if there is none */
    public static List<BoundColumn> compile(WriteContext context, Insert statement) {
        return new InsertCompiler(context, statement).compile();
    }

    private List<BoundColumn> compile() {
        triggers = RowTriggers.of(context, table, TriggerEvent.INSERT);
        context.checkWritable(table, triggers, !statement.returning().isEmpty());
        if (!context.allows(Action.INSERT, table, null)) {
            return List.of();
        }
        if (table.isView() && !statement.upserts().isEmpty()) {
            throw WriteContext.error("cannot UPSERT a view");
        }
        if (table.isVirtual() && !statement.upserts().isEmpty()) {
            throw WriteContext.error("UPSERT not implemented for virtual table \"" + table.name() + "\"");
        }
        context.code().writes(table.schema().database());
        if (!triggers.isEmpty()) {
            builder.multiWrite();
        }
        mapColumns();
        autoincrement = Autoincrement.of(context, table);
        scope = context.resolver().with(statement.with(), context.outerScope());
        List<Expr> singleRow = singleRow(statement.source());
        if (statement.source() == null || singleRow != null) {
            return insertOne(singleRow);
        }
        return insertAll();
    }

    /** The expressions if the source is VALUES with one row and nothing else; else null. */
    private static List<Expr> singleRow(Select source) {
        boolean plain = source != null
                && source.with() == null
                && source.orderBy().isEmpty()
                && source.limit() == null
                && source.body() instanceof Select.Values values
                && values.rows().size() == 1;
        return plain ? ((Select.Values) source.body()).rows().get(0) : null;
    }

    private void mapColumns() {
        valueOf = new int[table.columns().size()];
        Arrays.fill(valueOf, DEFAULT);
        if (statement.columns().isEmpty()) {
            if (statement.source() != null) {
                for (int i = 0; i < valueOf.length; i++) {
                    if (table.columns().get(i).generated() == null
                            && !table.columns().get(i).hidden()) {
                        valueOf[i] = sourceColumns++;
                    }
                }
                if (table.rowidColumn() >= 0) {
                    rowidValue = valueOf[table.rowidColumn()];
                }
            }
            return;
        }
        for (Name name : statement.columns()) {
            int column = table.columnIndex(name.text());
            if (column < 0) {
                // Of a view SQLite lets the rowid be given too, for nobody to see.
                boolean isRowid = table.isView() ? Table.isRowidWord(name.text()) : table.isRowidName(name.text());
                if (!isRowid) {
                    throw WriteContext.error("table " + table.name() + " has no column named " + name.text());
                }
                rowidValue = sourceColumns;
            } else if (table.columns().get(column).generated() != null) {
                throw WriteContext.error("cannot INSERT into generated column \""
                        + table.columns().get(column).name() + "\"");
            } else {
                if (valueOf[column] == DEFAULT) {
                    valueOf[column] = sourceColumns;
                }
                if (column == table.rowidColumn()) {
                    rowidValue = sourceColumns; // of a column named twice the first value counts, of the rowid the last
                }
            }
            sourceColumns++;
        }
    }

    private void checkCount(int values) {
        if (values == sourceColumns) {
            return;
        }
        if (statement.columns().isEmpty()) {
            throw WriteContext.error("table " + table.name() + " has " + sourceColumns + " columns but " + values
                    + " values were supplied");
        }
        throw WriteContext.error(values + " values for " + sourceColumns + " columns");
    }

    // ---- one row

    private List<BoundColumn> insertOne(List<Expr> values) {
        List<BoundExpr> exprs = new ArrayList<>();
        if (values != null) {
            for (Expr value : values) {
                exprs.add(context.resolver().expr(value, scope));
            }
            context.resolver().selectCount(context.resolver().selectCount() + 1); // VALUES is a query, too
        }
        if (values != null || !statement.columns().isEmpty()) {
            checkCount(exprs.size());
        }
        TableCursors cursors = table.isVirtual() ? null : openTable();
        NewRow row = table.isVirtual() ? VirtualInsert.allocate(context, table) : NewRow.allocate(context, table);
        Returning returning = Returning.begin(context, statement.returning(), row.source(), scope);
        int end = builder.newLabel();
        for (int column = 0; column < valueOf.length; column++) {
            if (column == table.rowidColumn()) {
                builder.add(Opcode.SoftNull, row.register(column));
            } else if (valueOf[column] == DEFAULT) {
                compileDefault(column, row.register(column));
            } else {
                context.expressions().compile(exprs.get(valueOf[column]), row.register(column));
            }
        }
        boolean isNull = rowidValue != DEFAULT
                && exprs.get(rowidValue) instanceof BoundExpr.Literal literal
                && literal.value() == null;
        if (triggers.firesBefore()) {
            fireBefore(row, rowidValue == DEFAULT ? null : exprs.get(rowidValue), end);
        }
        if (rowidValue != DEFAULT && !isNull) {
            context.expressions().compile(exprs.get(rowidValue), row.rowidRegister());
        }
        insertRow(cursors, row, returning, rowidValue != DEFAULT && !isNull, end);
        builder.place(end);
        return finish(returning);
    }

    /** Null for a view. */
    private TableCursors openTable() {
        return table.isView() ? null : TableCursors.open(context, table, null);
    }

    /**
     * Emits the calls of triggers that fire before a row is inserted, or instead of that. They see a copy of the row, with the rowid -1 where it is not
     * yet known.
     *
     * @param rowid null if the statement gives none
     */
    private void fireBefore(NewRow row, BoundExpr rowid, int next) {
        NewRow seen = NewRow.allocate(context, table);
        if (rowid == null) {
            builder.add(Opcode.Integer, -1, seen.rowidRegister());
        } else {
            context.expressions().compile(rowid, seen.rowidRegister());
            int given = builder.add(Opcode.NotNull, seen.rowidRegister(), 0);
            builder.add(Opcode.Integer, -1, seen.rowidRegister());
            builder.jumpHere(given);
            builder.add(Opcode.MustBeInt, seen.rowidRegister(), 0);
        }
        builder.add(
                Opcode.Copy,
                row.firstRegister(),
                seen.firstRegister(),
                table.columns().size() - 1);
        seen.computeGenerated();
        if (!table.isView()) {
            seen.applyAffinity();
        }
        triggers.fireBefore(RowTriggers.blockOfNew(table, seen.rowidRegister()), override, next);
    }

    private List<BoundColumn> finish(Returning returning) {
        context.rowsAreWritten();
        if (returning == null) {
            return context.rowCount().deliver();
        }
        returning.deliver();
        return returning.columns();
    }

    private void compileDefault(int column, int register) {
        Column definition = table.columns().get(column);
        if (definition.generated() != null) {
            builder.add(Opcode.SoftNull, register);
        } else if (definition.defaultValue() == null) {
            builder.add(Opcode.Null, 0, register);
        } else {
            context.expressions().compile(context.defaultValue(table, definition), register);
        }
    }

    /** Emits what happens to one row whose columns are in registers: rowid, checks, writing. */
    private void insertRow(TableCursors cursors, NewRow row, Returning returning, boolean hasRowidValue, int next) {
        if (table.isVirtual()) {
            VirtualInsert.insert(context, row, override, hasRowidValue);
            context.rowCount().row();
            if (returning != null) {
                returning.keepRow();
            }
            return;
        }
        if (table.isView()) {
            context.rowCount().row();
            if (returning != null) {
                row.makeReals();
                returning.keepRow();
            }
            return;
        }
        boolean append = false;
        if (!table.isWithoutRowid()) {
            int counter = autoincrement == null ? 0 : autoincrement.counterRegister();
            if (hasRowidValue) {
                int given = builder.add(Opcode.NotNull, row.rowidRegister(), 0);
                builder.add(Opcode.NewRowid, cursors.data(), row.rowidRegister(), counter);
                builder.jumpHere(given);
                builder.add(Opcode.MustBeInt, row.rowidRegister(), 0);
            } else {
                builder.add(Opcode.NewRowid, cursors.data(), row.rowidRegister(), counter);
                append = true;
            }
            if (autoincrement != null) {
                autoincrement.noteRowid(builder, row.rowidRegister());
            }
        }
        row.computeGenerated();
        ForeignKeyCode foreignKeys = ForeignKeyCode.forInsert(context, table);
        RowDelete deletion = RowDelete.ofReplacedRows(context, cursors);
        ConstraintChecks checks = new ConstraintChecks(context, cursors, row, override, next, deletion);
        ConflictAction ofRowid = override == null ? table.rowidOnConflict() : override;
        boolean plain = statement.upserts().isEmpty() && ofRowid != ConflictAction.REPLACE;
        if (append && (rowidValue == DEFAULT || plain)) {
            checks.rowidIsNew();
        }
        if (!statement.upserts().isEmpty()) {
            checks.upsert(new UpsertCompiler(context, statement, cursors, row, returning, scope));
        }
        checks.compile();
        foreignKeys.checkNew(row.rowidRegister());
        checks.complete(Flags.LAST_ROWID | (append ? Flags.APPEND : 0));
        context.rowCount().row();
        triggers.fireAfter(RowTriggers.blockOfNew(table, row.rowidRegister()), override, next, returning, row.source());
    }

    // ---- many rows

    private List<BoundColumn> insertAll() {
        BoundSelect select = context.resolver().select(statement.source(), scope);
        int count = select.columns().size();
        checkCount(count);
        builder.multiWrite();
        int yield = builder.newRegister();
        int first = builder.newRegisters(count);
        int begin = builder.address();
        SelectCompiler.compileCoroutine(context.code(), select, yield, first);
        int aside = -1;
        if (!triggers.isEmpty() || readsTable(begin, builder.address())) {
            aside = putAside(yield, first, count);
        }
        TableCursors cursors = table.isVirtual() ? null : openTable();
        NewRow row = table.isVirtual() ? VirtualInsert.allocate(context, table) : NewRow.allocate(context, table);
        Returning returning = Returning.begin(context, statement.returning(), row.source(), scope);
        int end = builder.newLabel();
        int next = builder.newLabel();
        int loop;
        if (aside >= 0) {
            builder.add(Opcode.Rewind, aside, end);
            loop = builder.address();
            for (int i = 0; i < count; i++) {
                builder.add(Opcode.Column, aside, i, first + i);
            }
        } else {
            loop = builder.address();
            builder.add(Opcode.Yield, yield, end);
        }
        for (int column = 0; column < valueOf.length; column++) {
            if (column == table.rowidColumn()) {
                builder.add(Opcode.SoftNull, row.register(column));
            } else if (valueOf[column] == DEFAULT) {
                compileDefault(column, row.register(column));
            } else {
                builder.add(Opcode.SCopy, first + valueOf[column], row.register(column));
            }
        }
        if (triggers.firesBefore()) {
            BoundExpr rowid = rowidValue == DEFAULT
                    ? null
                    : new BoundExpr.RegisterRef(first + rowidValue, Affinity.NONE, "BINARY");
            fireBefore(row, rowid, next);
        }
        if (rowidValue != DEFAULT) {
            builder.add(Opcode.Copy, first + rowidValue, row.rowidRegister());
        }
        insertRow(cursors, row, returning, rowidValue != DEFAULT, next);
        builder.place(next);
        if (aside >= 0) {
            builder.add(Opcode.Next, aside, loop);
        } else {
            builder.add(Opcode.Goto, 0, loop);
        }
        builder.place(end);
        return finish(returning);
    }

    /** Emits the copying of all rows of the coroutine into an ephemeral table. @return its cursor */
    private int putAside(int yield, int first, int count) {
        int cursor = builder.newCursor();
        builder.add(Opcode.OpenEphemeral, cursor, count);
        int done = builder.newLabel();
        int record = builder.newRegisters(2);
        int loop = builder.address();
        builder.add(Opcode.Yield, yield, done);
        builder.add(Opcode.MakeRecord, first, count, record);
        builder.add(Opcode.NewRowid, cursor, record + 1);
        builder.add(Opcode.Insert, cursor, record, record + 1, null, Flags.APPEND);
        builder.add(Opcode.Goto, 0, loop);
        builder.place(done);
        return cursor;
    }

    /** True if the code between those addresses opens a tree of the table. */
    private boolean readsTable(int from, int to) {
        for (int address = from; address < to; address++) {
            if (builder.opcode(address) == Opcode.VOpen && builder.p4(address) == table.connected()) {
                return true;
            }
            if (builder.opcode(address) == Opcode.OpenRead
                    && builder.p3(address) == table.schema().database()
                    && isRootOfTable(builder.p2(address))) {
                return true;
            }
        }
        return false;
    }

    private boolean isRootOfTable(int page) {
        return page == table.rootPage() || table.indexes().stream().anyMatch(index -> index.rootPage() == page);
    }
}
