package dev.verso.sql.write;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Statement.Delete;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.plan.WhereLoops;
import dev.verso.sql.plan.WhereRequest;
import dev.verso.sql.query.SourceCode;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.VirtualWrite;
import java.util.List;

/** Code of DELETE from a virtual table: keys are collected first, unless the loop finds at most one row. */
final class VirtualDelete {
    private final WriteContext context;
    private final ProgramBuilder builder;
    private final Delete statement;
    private final Table table;

    VirtualDelete(WriteContext context, Delete statement, Table table) {
        this.context = context;
        this.builder = context.builder();
        this.statement = statement;
        this.table = table;
    }

    void compile() {
        if (!statement.returning().isEmpty()) {
            throw WriteContext.error("DELETE RETURNING is not available on virtual tables");
        }
        Expr condition = LimitedRows.condition(
                table,
                statement.target(),
                statement.where(),
                statement.orderBy(),
                statement.limit(),
                statement.offset(),
                "DELETE");
        Scope outer = context.resolver().with(statement.with(), context.outerScope());
        Source target = DeleteCompiler.source(context, table, statement.target());
        BoundExpr where =
                condition == null ? null : context.resolver().condition(condition, Scope.of(List.of(target), outer));
        boolean rowid = !table.isWithoutRowid();
        int keyColumn = rowid ? Source.ROWID : table.primaryKey().parts().get(0).column();
        int keys = rowid ? builder.newRegister() : builder.newCursor();
        int opening = rowid ? builder.add(Opcode.Null, 0, keys) : openKeys(keys, keyColumn);
        int key = builder.newRegister();
        SourceCode.prepare(context.code(), List.of(target));
        WhereLoops loops = WhereLoops.begin(
                context.code(), new WhereRequest(List.of(target), where, List.of(), WhereRequest.Purpose.WRITE, 0));
        context.compileColumn(target, keyColumn, key);
        context.rowCount().row();
        if (loops.isSingleRow()) {
            builder.changeOpcode(opening, Opcode.Noop);
            builder.add(Opcode.Close, target.cursor());
            delete(key);
            loops.end();
            return;
        }
        builder.multiWrite();
        if (rowid) {
            builder.add(Opcode.RowSetAdd, keys, key);
        } else {
            int record = builder.newRegister();
            builder.add(Opcode.MakeRecord, key, 1, record);
            builder.add(Opcode.IdxInsert, keys, record, key, 1, 0);
        }
        loops.end();
        int end = builder.newLabel();
        if (!rowid) {
            builder.add(Opcode.Rewind, keys, end);
        }
        int loop = builder.address();
        if (rowid) {
            builder.add(Opcode.RowSetRead, keys, end, key);
        } else {
            builder.add(Opcode.Column, keys, 0, key);
        }
        delete(key);
        builder.add(rowid ? Opcode.Goto : Opcode.Next, rowid ? 0 : keys, loop);
        builder.place(end);
    }

    private int openKeys(int cursor, int keyColumn) {
        String collation = table.columns().get(keyColumn).collation();
        return builder.add(
                Opcode.OpenEphemeral,
                cursor,
                1,
                0,
                KeyOrders.ascending(context.code().session(), List.of(collation)),
                0);
    }

    private void delete(int key) {
        VirtualInsert.begin(context, table);
        builder.add(
                Opcode.VUpdate,
                0,
                1,
                key,
                new VirtualWrite(table.connected(), table.isWithoutRowid(), null),
                Flags.ON_CONFLICT_ABORT);
    }
}
