package dev.verso.sql.alter;

import dev.verso.error.ResultCode;
import dev.verso.parser.SqlParser;
import dev.verso.parser.ast.Statement;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.query.Destination;
import dev.verso.sql.query.SelectCompiler;
import dev.verso.sql.resolve.Parameters;
import dev.verso.sql.resolve.Resolver;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.schema.Catalog;
import dev.verso.sql.schema.Table;
import dev.verso.sql.write.WriteContext;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;

/** Emits that the statement fails if a row of the table meets a condition. */
final class RowSearch {
    private final WriteContext context;
    private final Catalog catalog;
    private final Table table;

    /** @param catalog where the table has the definition that the condition is about */
    RowSearch(WriteContext context, Catalog catalog, Table table) {
        this.context = context;
        this.catalog = catalog;
        this.table = table;
    }

    /** @param condition SQL text over the table's columns; null for any row */
    void failIf(String condition, ResultCode code, String message) {
        String sql = "SELECT 1 FROM " + quoted(table.schema().name()) + "." + quoted(table.name())
                + (condition == null ? "" : " WHERE " + condition);
        Resolver resolver = new Resolver(catalog, context.code().session().functions(), new Parameters(), sql);
        Statement.Query query = (Statement.Query) SqlParser.parseNext(sql, 0).statement();
        BoundSelect select = resolver.select(query.select(), Scope.none());
        ProgramBuilder builder = context.builder();
        int found = builder.newRegister();
        SelectCompiler.compile(context.code(), select, new Destination.Exists(found));
        int ok = builder.newLabel();
        builder.add(Opcode.IfNot, found, ok, 1);
        builder.mayAbort();
        builder.add(Opcode.Halt, code.value(), Flags.ON_CONFLICT_ABORT, 0, message, 0);
        builder.place(ok);
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
