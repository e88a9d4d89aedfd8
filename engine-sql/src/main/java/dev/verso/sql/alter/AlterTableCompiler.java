package dev.verso.sql.alter;

import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Definition.AlterTable;
import dev.verso.parser.ast.Definition.Alteration;
import dev.verso.parser.ast.Name;
import dev.verso.record.AsciiCase;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.sql.write.WriteContext;

/** Code of ALTER TABLE: finds the table and the compiler of each form. */
public final class AlterTableCompiler {
    private AlterTableCompiler() {}

    /** Emits the statement. */
    public static void compile(WriteContext context, Schemas schemas, AlterTable statement) {
        String schemaName =
                statement.schema() == null ? null : statement.schema().text();
        Table table = context.resolver().table(schemaName, statement.table().text());
        Alteration alteration = statement.alteration();
        if (alteration instanceof Definition.RenameTable rename) {
            new TableRename(context, schemas, table, rename.newName().text()).compile();
        } else if (alteration instanceof Definition.RenameColumn rename) {
            new ColumnRename(context, schemas, table, rename.column(), rename.newName()).compile();
        } else if (alteration instanceof Definition.AddColumn add) {
            new ColumnAddition(context, schemas, table, statement, add.column()).compile();
        } else if (alteration instanceof Definition.DropColumn drop) {
            new ColumnRemoval(context, schemas, table, drop.column()).compile();
        } else {
            new ConstraintChange(context, schemas, table, statement).compile();
        }
    }

    /** Refuses tables of the system. */
    static void checkAlterable(WriteContext context, Table table) {
        if (table.schema() == null || AsciiCase.lower(table.name()).startsWith("sqlite_")) {
            throw WriteContext.error("table " + table.name() + " may not be altered");
        }
        if (table.isVirtual() && table.virtual().eponymous() || context.isProtected(table.schema(), table.name())) {
            throw WriteContext.error("table " + table.name() + " may not be altered");
        }
    }

    /** Refuses what is no ordinary table. @param what {@code drop column from} and the like */
    static void checkReal(Table table, String what) {
        if (table.kind() != Table.Kind.TABLE) {
            throw WriteContext.error(
                    "cannot " + what + " " + (table.isView() ? "view" : "virtual table") + " \"" + table.name() + "\"");
        }
    }

    /** Position of a column by its name. */
    static int column(WriteContext context, Table table, Name name) {
        int column = table.columnIndex(name.text());
        if (column < 0) {
            String written = name.span().isKnown() ? name.span().of(context.sql()) : name.text();
            throw WriteContext.error("no such column: \"" + written + "\"");
        }
        return column;
    }
}
