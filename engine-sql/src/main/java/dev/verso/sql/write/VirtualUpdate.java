package dev.verso.sql.write;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Statement.Update;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.plan.WhereLoops;
import dev.verso.sql.plan.WhereRequest;
import dev.verso.sql.query.SourceCode;
import dev.verso.sql.resolve.Resolver;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.VirtualWrite;
import dev.verso.vtab.WritableVirtualTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Code of UPDATE of a virtual table. If the loop finds at most one row, its cursor is closed and the row changed; otherwise new rows are put aside
 * while the loop runs, and handed to the module afterwards.
 */
final class VirtualUpdate {
    private final WriteContext context;
    private final ProgramBuilder builder;
    private final Update statement;
    private final Table table;
    private final WritableVirtualTable virtual;

    VirtualUpdate(WriteContext context, Update statement, Table table) {
        this.context = context;
        this.builder = context.builder();
        this.statement = statement;
        this.table = table;
        virtual = (WritableVirtualTable) table.connected().table();
    }

    void compile() {
        if (!statement.returning().isEmpty()) {
            throw WriteContext.error("UPDATE RETURNING is not available on virtual tables");
        }
        boolean single = statement.from().isEmpty();
        Expr condition = LimitedRows.condition(
                table,
                statement.target(),
                statement.where(),
                statement.orderBy(),
                statement.limit(),
                statement.offset(),
                "UPDATE");
        Scope outer = context.resolver().with(statement.with(), context.outerScope());
        Source target = DeleteCompiler.source(context, table, statement.target());
        List<Source> sources = new ArrayList<>();
        sources.add(target);
        BoundExpr where = null;
        if (!single) {
            Resolver.FromClause from = context.resolver().from(statement.from(), target, outer);
            sources.addAll(from.sources());
            where = from.condition();
        }
        Scope scope = Scope.of(sources, outer);
        Assignments assignments = Assignments.resolve(context, table, statement.assignments(), scope);
        if (condition != null) {
            where = Trees.and(where, context.resolver().condition(condition, scope));
        }
        int count = 2 + table.columns().size();
        int aside = builder.newCursor();
        int opening = builder.add(Opcode.OpenEphemeral, aside, count);
        SourceCode.prepare(context.code(), sources);
        WhereRequest.Purpose purpose = single ? WhereRequest.Purpose.WRITE : WhereRequest.Purpose.UNORDERED;
        WhereLoops loops = WhereLoops.begin(context.code(), new WhereRequest(sources, where, List.of(), purpose, 0));
        int first = builder.newRegisters(count);
        boolean[] unchanged = newRow(target, assignments, first);
        VirtualWrite write = new VirtualWrite(table.connected(), table.isWithoutRowid(), unchanged);
        if (single && loops.isSingleRow()) {
            builder.changeOpcode(opening, Opcode.Noop);
            builder.add(Opcode.Close, target.cursor());
            change(write, first, count);
            loops.end();
            return;
        }
        builder.multiWrite();
        int record = builder.newRegisters(2);
        builder.add(Opcode.MakeRecord, first, count, record);
        builder.add(Opcode.NewRowid, aside, record + 1);
        builder.add(Opcode.Insert, aside, record, record + 1);
        loops.end();
        int end = builder.newLabel();
        builder.add(Opcode.Rewind, aside, end);
        int loop = builder.address();
        for (int i = 0; i < count; i++) {
            builder.add(Opcode.Column, aside, i, first + i);
        }
        change(write, first, count);
        builder.add(Opcode.Next, aside, loop);
        builder.place(end);
        builder.add(Opcode.Close, aside);
    }

    /** Emits the old key, the new key and all columns. @return which columns stay as they are */
    private boolean[] newRow(Source target, Assignments assignments, int first) {
        boolean[] unchanged = new boolean[table.columns().size()];
        assignments.compileVectors(context);
        for (int i = 0; i < unchanged.length; i++) {
            int register = first + 2 + i;
            if (assignments.assigns(i)) {
                assignments.compile(context, i, register);
                continue;
            }
            unchanged[i] = true;
            if (virtual.needsUnchanged(i)) {
                context.compileColumn(target, i, register);
            } else {
                builder.add(Opcode.Null, 0, register);
            }
        }
        if (table.isWithoutRowid()) {
            int key = table.primaryKey().parts().get(0).column();
            context.compileColumn(target, key, first);
            if (unchanged[key]) {
                builder.add(Opcode.Copy, first, first + 1);
            } else {
                builder.add(Opcode.Copy, first + 2 + key, first + 1);
            }
            return unchanged;
        }
        context.compileColumn(target, Source.ROWID, first);
        if (assignments.changesKey()) {
            assignments.compile(context, Table.ROWID, first + 1);
        } else {
            builder.add(Opcode.Copy, first, first + 1);
        }
        return unchanged;
    }

    private void change(VirtualWrite write, int first, int count) {
        VirtualInsert.begin(context, table);
        builder.add(Opcode.VUpdate, 0, count, first, write, VirtualInsert.action(statement.onConflict()));
    }
}
