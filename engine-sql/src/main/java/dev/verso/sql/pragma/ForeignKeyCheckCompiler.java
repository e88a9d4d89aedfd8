package dev.verso.sql.pragma;

import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.Source;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.schema.ForeignKey;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Table;
import dev.verso.sql.write.ParentKey;
import dev.verso.sql.write.WriteContext;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.ArrayList;
import java.util.List;

/** Code of PRAGMA foreign_key_check: a row for each row of a child table whose parent is missing. */
final class ForeignKeyCheckCompiler {
    private final WriteContext context;
    private final ProgramBuilder builder;
    private final Table child;
    private final int result;

    private ForeignKeyCheckCompiler(WriteContext context, Table child) {
        this.context = context;
        this.builder = context.builder();
        this.child = child;
        result = builder.newRegisters(4);
    }

    static void compile(WriteContext context, PragmaHost host, String schemaName, String tableName) {
        if (tableName != null
                && host.schemas().table(schemaName, tableName) == null
                && host.schemas().eponymous(tableName) == null) {
            throw WriteContext.error(
                    "no such table: " + (schemaName == null ? tableName : schemaName + "." + tableName));
        }
        for (Schema schema : host.schemas().all()) {
            if (schemaName != null && !AsciiCase.same(schema.name(), schemaName)) {
                continue;
            }
            for (Table table : schema.tables()) {
                if (!table.foreignKeys().isEmpty() && (tableName == null || AsciiCase.same(table.name(), tableName))) {
                    new ForeignKeyCheckCompiler(context, table).compile();
                }
            }
        }
    }

    private void compile() {
        int database = child.schema().database();
        context.code().reads(database);
        int data = builder.newCursor();
        openData(child, data);
        Source row = context.resolver().source(child, child.name());
        row.access(Source.Access.CURSOR);
        row.cursor(data);
        int count = child.foreignKeys().size();
        List<CheckedKey> keys = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            keys.add(open(child.foreignKeys().get(count - 1 - id), id));
        }
        int end = builder.newLabel();
        builder.add(Opcode.Rewind, data, end);
        int loop = builder.address();
        for (CheckedKey key : keys) {
            check(key, row);
        }
        builder.add(Opcode.Next, data, loop);
        builder.place(end);
        builder.add(Opcode.Close, data);
    }

    private void openData(Table table, int cursor) {
        Object shape = table.isWithoutRowid()
                ? KeyOrders.of(context.code().session(), table.primaryKey())
                : (Object) table.columns().size();
        builder.add(Opcode.OpenRead, cursor, table.rootPage(), table.schema().database(), shape, 0);
    }

    /** A key with the cursor on its parent, or -1 if there is no parent. */
    private record CheckedKey(ForeignKey key, int id, ParentKey parentKey, int cursor) {}

    private CheckedKey open(ForeignKey key, int id) {
        Table parent = child.schema().table(key.parentTable());
        ParentKey parentKey = parent == null ? null : ParentKey.find(parent, key);
        if (parent != null && parentKey == null) {
            throw WriteContext.error(
                    "foreign key mismatch - \"" + child.name() + "\" referencing \"" + key.parentTable() + "\"");
        }
        int cursor = parentKey == null ? -1 : builder.newCursor();
        if (parentKey != null && parentKey.index() == null) {
            openData(parent, cursor);
        } else if (parentKey != null) {
            builder.add(
                    Opcode.OpenRead,
                    cursor,
                    parentKey.index().rootPage(),
                    parent.schema().database(),
                    KeyOrders.of(context.code().session(), parentKey.index()),
                    0);
        }
        return new CheckedKey(key, id, parentKey, cursor);
    }

    private void check(CheckedKey checked, Source row) {
        ForeignKey key = checked.key();
        ParentKey parentKey = checked.parentKey();
        int next = builder.newLabel();
        int count = key.columns().size();
        int first = builder.newRegisters(count);
        for (int i = 0; i < count; i++) {
            int column = parentKey == null ? key.columns().get(i) : parentKey.childColumns()[i];
            context.compileColumn(row, column, first + i);
            builder.add(Opcode.IsNull, first + i, next);
        }
        int missing = builder.newLabel();
        if (parentKey != null && parentKey.index() == null) {
            builder.add(Opcode.SeekRowid, checked.cursor(), missing, first);
            builder.add(Opcode.Goto, 0, next);
        } else if (parentKey != null) {
            builder.add(Opcode.Affinity, first, count, 0, parentKey.affinities(), 0);
            builder.add(Opcode.Found, checked.cursor(), next, first, count, 0);
        }
        builder.place(missing);
        builder.add(Opcode.String8, 0, result, 0, child.name(), 0);
        if (child.isWithoutRowid()) {
            builder.add(Opcode.Null, 0, result + 1);
        } else {
            builder.add(Opcode.Rowid, row.cursor(), result + 1);
        }
        builder.add(Opcode.String8, 0, result + 2, 0, key.parentTable(), 0);
        builder.add(Opcode.Integer, checked.id(), result + 3);
        builder.add(Opcode.ResultRow, result, 4);
        builder.place(next);
    }
}
