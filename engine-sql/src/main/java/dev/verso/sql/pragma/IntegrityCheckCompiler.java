package dev.verso.sql.pragma;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.resolve.ScopeUse;
import dev.verso.sql.schema.Column;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Table;
import dev.verso.sql.write.IndexEntry;
import dev.verso.sql.write.WriteContext;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.VirtualCheck;
import java.util.ArrayList;
import java.util.List;

/**
 * Code of PRAGMA integrity_check and quick_check: first the trees themselves ({@code IntegrityCk}), then every row of every table against its
 * constraints and, unless quick, its index entries. A row of the result is one finding, in SQLite's words; {@code ok} if there is none.
 */
final class IntegrityCheckCompiler {
    private static final int DEFAULT_FINDINGS = 100;
    private static final int ANY_BUT_NULL = Flags.TYPE_INTEGER | Flags.TYPE_REAL | Flags.TYPE_TEXT | Flags.TYPE_BLOB;

    private final WriteContext context;
    private final ProgramBuilder builder;
    private final PragmaHost host;
    private final String schemaName;
    private final boolean quick;
    private final String onlyTable;
    private final int remaining;
    private final int found;
    private final int text;

    /** @param value number of findings to stop at, or a table's name, or null */
    IntegrityCheckCompiler(WriteContext context, PragmaHost host, String schemaName, String value, boolean quick) {
        this.context = context;
        this.builder = context.builder();
        this.host = host;
        this.schemaName = schemaName;
        this.quick = quick;
        int limit = DEFAULT_FINDINGS;
        String table = null;
        if (value != null) {
            boolean isNumber = PragmaValue.beginsWithSmallNumber(value);
            if (isNumber) {
                int number = PragmaValue.smallNumber(value);
                limit = number <= 0 ? DEFAULT_FINDINGS : number;
            } else {
                table = value;
                if (host.schemas().table(schemaName, value) == null
                        && host.schemas().eponymous(value) == null) {
                    throw WriteContext.error(
                            "no such table: " + (schemaName == null ? value : schemaName + "." + value));
                }
            }
        }
        onlyTable = table;
        remaining = builder.newRegister();
        found = builder.newRegister();
        text = builder.newRegister();
        builder.add(Opcode.Integer, limit, remaining);
        builder.add(Opcode.Integer, 0, found);
    }

    void compile() {
        for (Schema schema : host.schemas().all()) {
            boolean wanted = schemaName == null || AsciiCase.same(schema.name(), schemaName);
            if (wanted && host.session().openDatabase(schema.database()) != null) {
                compile(schema);
            } else if (wanted) {
                host.session()
                        .database(schema.database()); // SQLite opens temp for it, which PRAGMA database_list shows
            }
        }
        int end = builder.newLabel();
        builder.add(Opcode.If, found, end);
        builder.add(Opcode.String8, 0, text, 0, "ok", 0);
        builder.add(Opcode.ResultRow, text, 1);
        builder.place(end);
    }

    private void compile(Schema schema) {
        context.code().reads(schema.database());
        List<Table> tables = new ArrayList<>();
        List<Integer> roots = new ArrayList<>();
        roots.add(onlyTable == null ? 1 : 0);
        for (Table table : schema.tables()) {
            if (table.kind() != Table.Kind.TABLE || onlyTable != null && !AsciiCase.same(table.name(), onlyTable)) {
                continue;
            }
            tables.add(table);
            if (table.rootPage() != 1) {
                roots.add(table.rootPage());
            }
            for (Index index : table.indexes()) {
                if (!index.isPrimaryKeyOfWithoutRowid()) {
                    roots.add(index.rootPage());
                }
            }
        }
        if (tables.isEmpty()) {
            checkVirtual(schema, onlyTable != null);
            return;
        }
        int sound = builder.newLabel();
        int counts = builder.newRegisters(roots.size());
        builder.add(
                Opcode.IntegrityCk,
                remaining,
                text,
                counts,
                roots.stream().mapToInt(Integer::intValue).toArray(),
                schema.database());
        builder.add(Opcode.IsNull, text, sound);
        int heading = builder.newRegister();
        builder.add(Opcode.String8, 0, heading, 0, "*** in database " + schema.name() + " ***\n", 0);
        builder.add(Opcode.Concat, text, heading, text);
        report();
        builder.place(sound);
        for (Table table : tables) {
            checkCounts(table, roots, counts);
        }
        for (Table table : tables) {
            if (table.rootPage() != 1) {
                compile(table);
            }
        }
        checkVirtual(schema, onlyTable != null);
    }

    private void checkVirtual(Schema schema, boolean only) {
        for (Table table : schema.tables()) {
            if (!table.isVirtual() || only && !AsciiCase.same(table.name(), onlyTable)) {
                continue;
            }
            try {
                host.schemas().connect(table);
            } catch (DatabaseException e) {
                if (e.code() != ResultCode.ERROR) {
                    throw e;
                }
                continue; // as in SQLite, a table whose module is not there cannot be checked
            }
            int sound = builder.newLabel();
            builder.add(Opcode.VCheck, quick ? 1 : 0, text, 0, new VirtualCheck(table.connected(), schema.name()), 0);
            builder.add(Opcode.IsNull, text, sound);
            report();
            builder.place(sound);
        }
    }

    /** Emits the finding that is in the text register as a row; stops when there have been enough. */
    private void report() {
        builder.add(Opcode.Integer, 1, found);
        builder.add(Opcode.ResultRow, text, 1);
        int more = builder.newLabel();
        builder.add(Opcode.AddImm, remaining, -1);
        builder.add(Opcode.IfPos, remaining, more, 0);
        builder.add(Opcode.Halt);
        builder.place(more);
    }

    private void report(String finding) {
        builder.add(Opcode.String8, 0, text, 0, finding, 0);
        report();
    }

    // ---- rows

    private void compile(Table table) {
        int database = table.schema().database();
        int data = builder.newCursor();
        Object shape = table.isWithoutRowid()
                ? KeyOrders.of(context.code().session(), table.primaryKey())
                : (Object) table.columns().size();
        builder.add(Opcode.OpenRead, data, table.rootPage(), database, shape, 0);
        Source row = context.resolver().source(table, table.name());
        row.access(Source.Access.CURSOR);
        row.cursor(data);
        int count = table.indexes().size();
        int[] cursors = new int[count];
        int rowNumber = builder.newRegister();
        for (int i = 0; i < count; i++) {
            Index index = table.indexes().get(i);
            if (!quick && !index.isPrimaryKeyOfWithoutRowid()) {
                cursors[i] = builder.newCursor();
                builder.add(
                        Opcode.OpenRead,
                        cursors[i],
                        index.rootPage(),
                        database,
                        KeyOrders.of(context.code().session(), index),
                        0);
            }
        }
        builder.add(Opcode.Integer, 0, rowNumber);
        int end = builder.newLabel();
        builder.add(Opcode.Rewind, data, end);
        int loop = builder.address();
        builder.add(Opcode.AddImm, rowNumber, 1);
        checkColumns(table, row);
        checkConditions(table, row);
        for (int i = 0; i < count; i++) {
            Index index = table.indexes().get(i);
            if (!quick && !index.isPrimaryKeyOfWithoutRowid()) {
                checkEntry(index, cursors[i], row, rowNumber);
            }
        }
        builder.add(Opcode.Next, data, loop);
        builder.place(end);
    }

    private void checkColumns(Table table, Source row) {
        int value = builder.newRegister();
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            boolean checksNull = column.notNull() != null;
            boolean checksType = table.isStrict()
                    ? !AsciiCase.same(column.declaredType(), "ANY")
                    : column.affinity() == dev.verso.vm.value.Affinity.TEXT;
            if (i == table.rowidColumn() || !checksNull && !checksType) {
                continue;
            }
            context.compileColumn(row, i, value);
            int next = builder.newLabel();
            int notNull = builder.newLabel();
            if (checksNull) {
                builder.add(Opcode.NotNull, value, notNull);
                report("NULL value in " + table.name() + "." + column.name());
                builder.add(Opcode.Goto, 0, next);
                builder.place(notNull);
            }
            if (checksType) {
                checkType(table, column, value, next);
            }
            builder.place(next);
        }
    }

    private void checkType(Table table, Column column, int value, int ok) {
        String where = table.name() + "." + column.name();
        if (!table.isStrict()) {
            builder.add(Opcode.IsType, -1, ok, value, 3, Flags.TYPE_TEXT | Flags.TYPE_BLOB | Flags.TYPE_NULL);
            report("NUMERIC value in " + where);
            return;
        }
        String type = AsciiCase.upper(column.declaredType());
        int allowed =
                switch (type) {
                    case "INT", "INTEGER" -> Flags.TYPE_INTEGER;
                    case "REAL" -> Flags.TYPE_REAL | Flags.TYPE_INTEGER;
                    case "TEXT" -> Flags.TYPE_TEXT;
                    case "BLOB" -> Flags.TYPE_BLOB;
                    default -> ANY_BUT_NULL;
                };
        builder.add(Opcode.IsType, -1, ok, value, 3, allowed | Flags.TYPE_NULL);
        report("non-" + type + " value in " + where);
    }

    private void checkConditions(Table table, Source row) {
        if (table.checks().isEmpty() || context.settings().ignoreCheckConstraints()) {
            return;
        }
        int failed = builder.newLabel();
        int ok = builder.newLabel();
        for (Table.Check check : table.checks()) {
            BoundExpr condition =
                    context.resolver().expr(check.condition(), Scope.of(row).use(ScopeUse.CHECK));
            context.expressions().jumpIfFalse(condition, failed, false);
        }
        builder.add(Opcode.Goto, 0, ok);
        builder.place(failed);
        report("CHECK constraint failed in " + table.name());
        builder.place(ok);
    }

    private void checkEntry(Index index, int cursor, Source row, int rowNumber) {
        int next = builder.newLabel();
        IndexEntry.skipUnlessIndexed(context, index, row, next);
        int count = index.parts().size();
        int first = builder.newRegisters(count);
        IndexEntry.compileParts(context, index, row, first, count);
        int present = builder.newLabel();
        builder.add(Opcode.Found, cursor, present, first, count, 0);
        int part = builder.newRegister();
        builder.add(Opcode.String8, 0, text, 0, "row ", 0);
        builder.add(Opcode.Concat, rowNumber, text, text);
        builder.add(Opcode.String8, 0, part, 0, " missing from index " + index.name(), 0);
        builder.add(Opcode.Concat, part, text, text);
        report();
        builder.add(Opcode.Goto, 0, next);
        builder.place(present);
        if (index.isUnique()) {
            for (int i = 0; i < index.keyColumns(); i++) {
                builder.add(Opcode.IsNull, first + i, next);
            }
            int another = builder.newLabel();
            builder.add(Opcode.Next, cursor, another);
            builder.add(Opcode.Goto, 0, next);
            builder.place(another);
            builder.add(Opcode.IdxGT, cursor, next, first, index.keyColumns(), 0);
            report("non-unique entry in index " + index.name());
        }
        builder.place(next);
    }

    /** Every index but a partial one has as many entries as its table. @param counts first of the registers with the number of entries of each root */
    private void checkCounts(Table table, List<Integer> roots, int counts) {
        for (Index index : table.indexes()) {
            if (index.isPrimaryKeyOfWithoutRowid() || index.where() != null) {
                continue;
            }
            int ok = builder.newLabel();
            builder.add(
                    Opcode.Eq, counts + roots.indexOf(index.rootPage()), ok, counts + roots.indexOf(table.rootPage()));
            report("wrong # of entries in index " + index.name());
            builder.place(ok);
        }
    }
}
