package dev.verso.sql.alter;

import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Definition.CreateTable;
import dev.verso.parser.ast.Definition.TableConstraint;
import dev.verso.parser.ast.Name;
import dev.verso.record.AsciiCase;
import dev.verso.sql.resolve.NameListener;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.SchemaRow;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.sql.schema.Trigger;
import dev.verso.sql.write.WriteContext;

/** RENAME COLUMN: the column's name in all definitions of its schema and of temp. */
final class ColumnRename {
    private final WriteContext context;
    private final Schemas schemas;
    private final Table table;
    private final Name oldName;
    private final Name newName;
    private final SchemaEdit edit;
    private int column;
    /** The table as the definitions with mended quotes make it. */
    private Table target;

    ColumnRename(WriteContext context, Schemas schemas, Table table, Name oldName, Name newName) {
        this.context = context;
        this.schemas = schemas;
        this.table = table;
        this.oldName = oldName;
        this.newName = newName;
        edit = new SchemaEdit(context, schemas, table.schema());
    }

    void compile() {
        AlterTableCompiler.checkAlterable(context, table);
        AlterTableCompiler.checkReal(table, "rename columns of");
        column = AlterTableCompiler.column(context, table, oldName);
        edit.opensTemp();
        edit.test("", true);
        edit.fixQuotes(table);
        target = edit.schema().table(table.name());
        Schema temp = edit.catalog().schema(Schemas.TEMP);
        edit.changeAfterTemp(row -> rewritten(row, edit.schema()), SchemaEdit::isNamedByUser);
        edit.changeTemp(row -> row.type().equals("view") || row.type().equals("trigger") ? rewritten(row, temp) : row);
        edit.load("after rename");
        edit.test("after rename", false);
        edit.emit();
    }

    private SchemaRow rewritten(SchemaRow row, Schema where) {
        boolean otherIndex = row.type().equals("index") && !table.name().equals(row.tableName());
        if (SchemaEdit.isInternal(row) || otherIndex) {
            return row;
        }
        TextEdits edits = new TextEdits(row.sql());
        int wanted = column == target.rowidColumn() ? Table.ROWID : column;
        NameListener listener = new NameListener() {
            @Override
            public void column(Name written, Table of, int position) {
                if (of == target && position == wanted) {
                    rename(edits, written);
                }
            }

            @Override
            public void table(Name written, Table of) {}

            @Override
            public void string(Name written) {}
        };
        boolean understood =
                edit.names(row, where, listener, "", true, (names, visited) -> visit(names, visited, where, edits));
        return !understood ? row : row.with(row.name(), row.tableName(), edits.apply());
    }

    private void rename(TextEdits edits, Name written) {
        edits.rename(written.span(), newName.text(), newName.quoting() != Name.Quoting.NONE);
    }

    private void visit(DefinitionNames names, SchemaRow row, Schema where, TextEdits edits) {
        switch (row.type()) {
            case "table" -> visitTable(names, row, edits);
            case "index" -> names.index(where.index(row.name()).table());
            case "view" -> names.view(where.table(row.name()));
            default -> {
                Trigger trigger = where.trigger(row.name());
                if (trigger != null) {
                    names.trigger(trigger);
                }
            }
        }
    }

    private void visitTable(DefinitionNames names, SchemaRow row, TextEdits edits) {
        CreateTable definition = Renaming.parse(row.sql());
        if (AsciiCase.same(definition.name().text(), target.name())) {
            rename(edits, definition.columns().get(column).name());
            names.table(target, true);
            for (TableConstraint constraint : definition.constraints()) {
                if (constraint instanceof Definition.TablePrimaryKey key) {
                    names.keyColumns(target, key.columns());
                } else if (constraint instanceof Definition.TableUnique unique) {
                    names.keyColumns(target, unique.columns());
                } else if (constraint instanceof Definition.TableForeignKey key) {
                    key.columns().forEach(name -> names.column(name, target));
                }
            }
        }
        String old = target.columns().get(column).name();
        for (Definition.ForeignKey reference : Renaming.references(definition)) {
            if (AsciiCase.same(reference.table().text(), target.name())) {
                for (Name name : reference.columns()) {
                    if (AsciiCase.same(name.text(), old)) {
                        rename(edits, name);
                    }
                }
            }
        }
    }
}
