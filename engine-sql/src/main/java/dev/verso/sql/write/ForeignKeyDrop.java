package dev.verso.sql.write;

import dev.verso.parser.SqlParser;
import dev.verso.parser.ast.Statement.Delete;
import dev.verso.sql.schema.ForeignKey;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Opcode;

/** What foreign keys add to DROP TABLE: the rows are deleted first, and no child may be left behind. */
public final class ForeignKeyDrop {
    private ForeignKeyDrop() {}

    /** Emits the work before the table is dropped; nothing if no key concerns it. */
    public static void compile(WriteContext context, Table table) {
        if (!context.settings().foreignKeys() || !table.hasRowid() && !table.isWithoutRowid()) {
            return;
        }
        int skip = 0;
        if (ForeignKeyCode.referencing(table).isEmpty()) {
            if (table.foreignKeys().stream().noneMatch(ForeignKey::initiallyDeferred)) {
                return;
            }
            skip = context.builder().newLabel();
            context.builder().add(Opcode.FkIfZero, 1, skip);
        }
        String sql = "DELETE FROM \"" + table.schema().name().replace("\"", "\"\"") + "\".\""
                + table.name().replace("\"", "\"\"") + "\"";
        context.droppingTable(true);
        DeleteCompiler.compile(context, (Delete) SqlParser.parseNext(sql, 0).statement());
        context.droppingTable(false);
        if (!context.code().session().defersForeignKeys()) {
            int ok = context.builder().newLabel();
            context.builder().add(Opcode.FkIfZero, 0, ok);
            ConstraintError.foreignKey(context);
            context.builder().place(ok);
        }
        if (skip != 0) {
            context.builder().place(skip);
        }
    }
}
