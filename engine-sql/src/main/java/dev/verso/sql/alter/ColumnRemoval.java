package dev.verso.sql.alter;

import dev.verso.parser.DefinitionText;
import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Definition.ColumnDefinition;
import dev.verso.parser.ast.Definition.CreateTable;
import dev.verso.parser.ast.Name;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.Source;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.schema.Column;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.SchemaRow;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.sql.write.WriteContext;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.value.Affinity;
import java.util.List;

/** DROP COLUMN: the definition without the column, and all rows without its value. */
final class ColumnRemoval {
    private final WriteContext context;
    private final ProgramBuilder builder;
    private final Schemas schemas;
    private final Table table;
    private final Name name;
    private int column;

    ColumnRemoval(WriteContext context, Schemas schemas, Table table, Name name) {
        this.context = context;
        this.builder = context.builder();
        this.schemas = schemas;
        this.table = table;
        this.name = name;
    }

    void compile() {
        AlterTableCompiler.checkAlterable(context, table);
        AlterTableCompiler.checkReal(table, "drop column from");
        column = AlterTableCompiler.column(context, table, name);
        refuseKeys(Renaming.parse(table.sql()));
        if (table.columns().size() <= 1) {
            throw WriteContext.error("cannot drop column \"" + name.text() + "\": no other columns exist");
        }
        SchemaEdit edit = new SchemaEdit(context, schemas, table.schema());
        edit.opensTemp();
        edit.test("", true);
        edit.fixQuotes(null);
        edit.change(this::withoutColumn);
        edit.load("after drop column");
        edit.test("after drop column", false);
        edit.emit();
        if (!table.columns().get(column).isVirtual()) {
            rewriteRows(edit.writesAsForNewTemp() ? Flags.WITHOUT_CONSTANTS : 0);
        }
    }

    private void refuseKeys(CreateTable definition) {
        boolean isKey = column == table.rowidColumn();
        Index key = table.primaryKey();
        for (int i = 0; key != null && i < key.keyColumns(); i++) {
            isKey |= key.parts().get(i).column() == column;
        }
        boolean isUnique = definition.columns().get(column).constraints().stream()
                .anyMatch(Definition.ColumnUnique.class::isInstance);
        if (isKey || isUnique) {
            throw WriteContext.error(
                    "cannot drop " + (isKey ? "PRIMARY KEY" : "UNIQUE") + " column: \"" + name.text() + "\"");
        }
    }

    private SchemaRow withoutColumn(SchemaRow row) {
        if (!row.type().equals("table") || !AsciiCase.same(table.name(), row.tableName())) {
            return row;
        }
        String sql = row.sql();
        List<ColumnDefinition> columns = Renaming.parse(sql).columns();
        int start;
        int end;
        if (column < columns.size() - 1) {
            start = columns.get(column).span().start();
            end = columns.get(column + 1).span().start();
        } else {
            start = DefinitionText.nextToken(sql, columns.get(column - 1).span().end());
            end = DefinitionText.nextToken(sql, columns.get(column).span().end());
        }
        return row.with(row.name(), row.tableName(), sql.substring(0, start) + sql.substring(end));
    }

    /** Emits the loop that writes each row without the column. */
    private void rewriteRows(int openFlags) {
        int cursor = builder.newCursor();
        int database = table.schema().database();
        Object shape = table.isWithoutRowid()
                ? KeyOrders.of(context.code().session(), table.primaryKey())
                : (Object) table.columns().size();
        context.code().writes(database);
        builder.add(Opcode.OpenWrite, cursor, table.rootPage(), database, shape, openFlags);
        int end = builder.newLabel();
        int rowid = builder.newRegister();
        int first = builder.newRegisters(table.columns().size() + 1);
        int record = builder.newRegister();
        builder.add(Opcode.Rewind, cursor, end);
        int loop = builder.address();
        if (table.isWithoutRowid()) {
            int count = loadKeyed(cursor, first);
            builder.add(Opcode.MakeRecord, first, count, record);
            builder.add(
                    Opcode.IdxInsert, cursor, record, first, table.primaryKey().keyColumns(), Flags.SAVE_POSITION);
        } else {
            builder.add(Opcode.Rowid, cursor, rowid);
            int count = load(cursor, first);
            builder.add(Opcode.MakeRecord, first, count, record, affinities(), 0);
            builder.add(Opcode.Insert, cursor, record, rowid, null, Flags.SAVE_POSITION);
        }
        builder.add(Opcode.Next, cursor, loop);
        builder.place(end);
        builder.add(Opcode.Close, cursor);
    }

    /** By which whole numbers in REAL columns are stored as integers again; nothing else changes. */
    private String affinities() {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < table.columns().size(); i++) {
            Column kept = table.columns().get(i);
            if (i != column && !kept.isVirtual()) {
                Affinity affinity = kept.affinity() == Affinity.REAL ? Affinity.REAL : Affinity.BLOB;
                letters.append(affinity.code());
            }
        }
        return letters.isEmpty() ? null : letters.toString();
    }

    private int loadKeyed(int cursor, int first) {
        Source source = source(cursor);
        int count = 0;
        for (Index.Part part : table.primaryKey().parts()) {
            if (part.column() != column) {
                context.compileColumn(source, part.column(), first + count++);
            }
        }
        return count;
    }

    private Source source(int cursor) {
        Source source = context.resolver().source(table, table.name());
        source.access(Source.Access.CURSOR);
        source.cursor(cursor);
        return source;
    }

    private int load(int cursor, int first) {
        Source source = source(cursor);
        int count = 0;
        for (int i = 0; i < table.columns().size(); i++) {
            Column kept = table.columns().get(i);
            if (i == column || kept.isVirtual()) {
                continue;
            }
            int register = first + count++;
            if (i == table.rowidColumn()) {
                builder.add(Opcode.Null, 0, register);
            } else {
                context.compileColumn(source, i, register);
            }
        }
        if (count == 0) {
            builder.add(Opcode.Null, 0, first);
            return 1;
        }
        return count;
    }
}
