package dev.verso.sql.alter;

import dev.verso.parser.SqlParser;
import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Definition.CreateIndex;
import dev.verso.parser.ast.Definition.CreateTable;
import dev.verso.parser.ast.Definition.CreateVirtualTable;
import dev.verso.parser.ast.Name;
import dev.verso.record.AsciiCase;
import dev.verso.sql.ddl.DefinitionCompiler;
import dev.verso.sql.resolve.NameListener;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.SchemaRow;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.sql.schema.Trigger;
import dev.verso.sql.write.WriteContext;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;

/** RENAME TO: the table's name in all definitions of its schema and of temp. With legacy_alter_table only where the table itself is defined. */
final class TableRename {
    private static final String AUTOMATIC = "sqlite_autoindex_";

    private final WriteContext context;
    private final Schemas schemas;
    private final Table table;
    private final String newName;
    private final boolean legacy;
    private final SchemaEdit edit;

    TableRename(WriteContext context, Schemas schemas, Table table, String newName) {
        this.context = context;
        this.schemas = schemas;
        this.table = table;
        this.newName = newName;
        legacy = context.settings().legacyAlterTable();
        edit = new SchemaEdit(context, schemas, table.schema());
    }

    void compile() {
        Schema schema = table.schema();
        if (schemas.table(schema.name(), newName) != null || schema.index(newName) != null) {
            throw WriteContext.error("there is already another table or index with this name: " + newName);
        }
        AlterTableCompiler.checkAlterable(context, table);
        DefinitionCompiler.checkName(context, newName);
        if (table.isView()) {
            throw WriteContext.error("view " + table.name() + " may not be altered");
        }
        edit.opensTemp();
        edit.change(row -> rewritten(row, schema), SchemaEdit::isNamedByUser);
        edit.change(this::renamed);
        edit.changeTemp(row -> rewrittenTemp(row, schemas.schema(Schemas.TEMP)));
        edit.load("after rename");
        edit.test("after rename", true);
        int held = table.isVirtual() ? context.builder().newCursor() : -1;
        if (held >= 0) {
            // A cursor keeps the module's table connected while the schema is read again under its new name.
            context.builder().add(Opcode.VOpen, held, 0, 0, table.connected(), 0);
        }
        edit.emit();
        if (held >= 0) {
            renameVirtual();
        }
        renameSequence();
    }

    private void renameVirtual() {
        ProgramBuilder builder = context.builder();
        int register = builder.newRegister();
        builder.add(Opcode.String8, 0, register, 0, newName, 0);
        builder.add(Opcode.VBegin, 0, 0, 0, table.connected(), 0);
        builder.add(Opcode.VRename, register, 0, 0, table.connected(), 0);
    }

    private SchemaRow rewritten(SchemaRow row, Schema where) {
        if (table.isVirtual() && row.type().equals("table") && isOnTable(row)) {
            TextEdits edits = new TextEdits(row.sql());
            CreateVirtualTable definition =
                    (CreateVirtualTable) SqlParser.parseNext(row.sql(), 0).statement();
            edits.rename(definition.name().span(), newName, true);
            return row.with(row.name(), row.tableName(), edits.apply());
        }
        if (SchemaEdit.isInternal(row) || row.type().equals("index") && !isOnTable(row)) {
            return row;
        }
        return row.with(row.name(), row.tableName(), text(row, where, ""));
    }

    private boolean isOnTable(SchemaRow row) {
        return AsciiCase.same(table.name(), row.tableName());
    }

    private SchemaRow rewrittenTemp(SchemaRow row, Schema temp) {
        boolean concerns = row.type().equals("view") || row.type().equals("trigger");
        if (!concerns || SchemaEdit.isInternal(row)) {
            return row;
        }
        Trigger trigger = row.type().equals("trigger") ? temp.trigger(row.name()) : null;
        String tableName = trigger != null && trigger.isOn(table) ? newName : row.tableName();
        // SQLite tries triggers of tables of that name before it rewrites them.
        return row.with(row.name(), tableName, text(row, temp, isOnTable(row) ? "after rename" : ""));
    }

    private String text(SchemaRow row, Schema where, String when) {
        TextEdits edits = new TextEdits(row.sql());
        NameListener listener = new NameListener() {
            @Override
            public void column(Name written, Table of, int column) {}

            @Override
            public void table(Name written, Table of) {
                if (of == table) {
                    edits.rename(written.span(), newName, true);
                }
            }

            @Override
            public void string(Name written) {}
        };
        boolean understood =
                edit.names(row, where, listener, when, true, (names, visited) -> visit(names, visited, where, edits));
        return understood ? edits.apply() : row.sql();
    }

    private void visit(DefinitionNames names, SchemaRow row, Schema where, TextEdits edits) {
        switch (row.type()) {
            case "table" -> {
                CreateTable definition = Renaming.parse(row.sql());
                if (!legacy || context.settings().foreignKeys()) {
                    for (Definition.ForeignKey reference : Renaming.references(definition)) {
                        if (AsciiCase.same(reference.table().text(), table.name())) {
                            edits.rename(reference.table().span(), newName, true);
                        }
                    }
                }
                if (AsciiCase.same(definition.name().text(), table.name())) {
                    if (!legacy) {
                        names.table(table, false);
                    }
                    edits.rename(definition.name().span(), newName, true);
                }
            }
            case "index" -> {
                CreateIndex definition =
                        (CreateIndex) SqlParser.parseNext(row.sql(), 0).statement();
                edits.rename(definition.table().span(), newName, true);
                if (!legacy) {
                    names.index(table);
                }
            }
            case "view" -> {
                if (!legacy) {
                    names.view(where.table(row.name()));
                }
            }
            default -> visitTrigger(names, where.trigger(row.name()), edits);
        }
    }

    private void visitTrigger(DefinitionNames names, Trigger trigger, TextEdits edits) {
        if (trigger == null) {
            return;
        }
        if (!legacy) {
            names.trigger(trigger);
        } else if (trigger.isOn(table)) {
            edits.rename(trigger.definition().table().span(), newName, true);
        }
    }

    /** The names in the row itself. */
    private SchemaRow renamed(SchemaRow row) {
        if (!isOnTable(row)) {
            return row;
        }
        return switch (row.type()) {
            case "table" -> row.with(newName, newName, row.sql());
            case "index" -> {
                boolean automatic = row.name().regionMatches(true, 0, AUTOMATIC, 0, AUTOMATIC.length());
                String name = automatic
                        ? AUTOMATIC
                                + newName
                                + row.name()
                                        .substring(AUTOMATIC.length()
                                                + table.name().length())
                        : row.name();
                yield row.with(name, newName, row.sql());
            }
            case "trigger" -> row.with(row.name(), newName, row.sql());
            default -> row;
        };
    }

    /** The counter of AUTOINCREMENT goes with the table. */
    private void renameSequence() {
        Table sequence = table.schema().table("sqlite_sequence");
        if (sequence == null || !sequence.hasRowid()) {
            return;
        }
        ProgramBuilder builder = context.builder();
        int cursor = builder.newCursor();
        int wanted = builder.newRegister();
        int first = builder.newRegisters(2);
        int rowid = builder.newRegister();
        int record = builder.newRegister();
        int end = builder.newLabel();
        int next = builder.newLabel();
        builder.add(
                Opcode.OpenWrite, cursor, sequence.rootPage(), sequence.schema().database(), 2, 0);
        builder.add(Opcode.String8, 0, wanted, 0, table.name(), 0);
        builder.add(Opcode.Rewind, cursor, end);
        int loop = builder.address();
        builder.add(Opcode.Column, cursor, 0, first);
        builder.add(Opcode.Ne, wanted, next, first, null, Flags.JUMP_IF_NULL);
        builder.add(Opcode.String8, 0, first, 0, newName, 0);
        builder.add(Opcode.Column, cursor, 1, first + 1);
        builder.add(Opcode.Rowid, cursor, rowid);
        builder.add(Opcode.MakeRecord, first, 2, record);
        builder.add(Opcode.Insert, cursor, record, rowid, null, Flags.SAVE_POSITION);
        builder.place(next);
        builder.add(Opcode.Next, cursor, loop);
        builder.place(end);
        builder.add(Opcode.Close, cursor);
    }
}
