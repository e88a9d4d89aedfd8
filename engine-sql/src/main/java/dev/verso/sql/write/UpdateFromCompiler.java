package dev.verso.sql.write;

import dev.verso.parser.ast.Statement.Update;
import dev.verso.record.AsciiCase;
import dev.verso.record.KeyInfo;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.plan.WhereLoops;
import dev.verso.sql.plan.WhereRequest;
import dev.verso.sql.query.SourceCode;
import dev.verso.sql.resolve.Resolver;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Code of UPDATE … FROM: the join is run first and leaves, for each row of the target, its key and its new values in an ephemeral table; then
 * those rows are changed. If several rows of the join meet one target row, the last one counts.
 */
final class UpdateFromCompiler {
    private UpdateFromCompiler() {}

    static List<BoundColumn> compile(WriteContext context, Update statement, Table table, RowTriggers triggers) {
        ProgramBuilder builder = context.builder();
        builder.multiWrite();
        Scope outer = context.resolver().with(statement.with(), context.outerScope());
        Assignments.requireColumns(table, statement.assignments());
        Source read = DeleteCompiler.source(context, table, statement.target());
        Resolver.FromClause from = context.resolver().from(statement.from(), read, outer);
        List<Source> sources = new ArrayList<>();
        sources.add(read);
        sources.addAll(from.sources());
        Scope scope = Scope.of(sources, outer);
        Assignments assignments = Assignments.resolve(context, table, statement.assignments(), scope);
        refuseTarget(read, statement, from);
        BoundExpr where = statement.where() == null ? null : context.resolver().condition(statement.where(), scope);
        if (statement.limit() != null) {
            BoundExpr chosen = context.resolver().expr(LimitedRows.condition(table, statement), scope);
            where = where == null ? chosen : new BoundExpr.And(where, chosen);
        }
        if (from.condition() != null) {
            where = where == null ? from.condition() : new BoundExpr.And(from.condition(), where);
        }
        int keyCount = table.isWithoutRowid() ? table.primaryKey().keyColumns() : 0;
        int valueCount = assignments.count();
        int aside = builder.newCursor();
        KeyInfo order = table.isWithoutRowid() ? keyOrder(context, table.primaryKey(), keyCount + valueCount) : null;
        builder.add(Opcode.OpenEphemeral, aside, keyCount + valueCount, 0, order, 0);
        SourceCode.prepare(context.code(), sources);
        WhereLoops loops = WhereLoops.begin(
                context.code(), new WhereRequest(sources, where, List.of(), WhereRequest.Purpose.UNORDERED, 0));
        int rowid = builder.newRegister();
        int first = builder.newRegisters(keyCount + valueCount);
        int record = builder.newRegister();
        for (int i = 0; i < keyCount; i++) {
            context.compileColumn(read, table.primaryKey().parts().get(i).column(), first + i);
        }
        assignments.compileAll(context, first + keyCount);
        builder.add(Opcode.MakeRecord, first, keyCount + valueCount, record);
        if (table.isWithoutRowid()) {
            builder.add(Opcode.IdxInsert, aside, record, first, keyCount, 0);
        } else {
            context.compileColumn(read, Source.ROWID, rowid);
            builder.add(Opcode.Insert, aside, record, rowid);
        }
        loops.end();

        Source target = DeleteCompiler.source(context, table, statement.target());
        RowUpdate update = new RowUpdate(
                context, table, assignments.fromRegisters(first + keyCount), statement.onConflict(), triggers);
        TableCursors cursors = TableCursors.open(context, table, update.indexesToOpen());
        target.cursor(cursors.data());
        target.access(Source.Access.CURSOR);
        update.prepare(cursors, target);
        Returning returning =
                Returning.begin(context, statement.returning(), update.newRow().source(), outer);
        int end = builder.newLabel();
        int next = builder.newLabel();
        builder.add(Opcode.Rewind, aside, end);
        int loop = builder.address();
        for (int i = 0; i < keyCount + valueCount; i++) {
            builder.add(Opcode.Column, aside, i, first + i);
        }
        if (table.isWithoutRowid()) {
            builder.add(Opcode.NotFound, cursors.data(), next, first, keyCount, 0);
        } else {
            builder.add(Opcode.Rowid, aside, rowid);
            builder.add(Opcode.NotExists, cursors.data(), next, rowid);
        }
        update.compile(next, returning, false);
        builder.place(next);
        builder.add(Opcode.Next, aside, loop);
        builder.place(end);
        context.rowsAreWritten();
        if (returning == null) {
            return context.rowCount().deliver();
        }
        returning.deliver();
        return returning.columns();
    }

    /** The target may be joined only under another name. */
    private static void refuseTarget(Source target, Update statement, Resolver.FromClause from) {
        boolean hasAlias = statement.target().alias() != null;
        for (Source source : from.sources()) {
            boolean isNamed = source.table() != null
                    && !source.name().equals(source.table().name());
            boolean same = source.table() == target.table()
                    && (hasAlias ? AsciiCase.same(source.name(), target.name()) : !isNamed);
            if (same) {
                throw WriteContext.error("target object/alias may not appear in FROM clause: " + target.name());
            }
        }
    }

    /** Rows are identified by the key; the values behind it are payload. */
    private static KeyInfo keyOrder(WriteContext context, Index key, int columns) {
        KeyInfo all = KeyOrders.of(context.code().session(), key);
        int count = key.keyColumns();
        dev.verso.record.Collation[] collations = new dev.verso.record.Collation[columns];
        boolean[] descending = new boolean[columns];
        System.arraycopy(all.collations(), 0, collations, 0, count);
        System.arraycopy(all.descending(), 0, descending, 0, count);
        return new KeyInfo(all.encoding(), collations, descending, new boolean[columns], count);
    }
}
